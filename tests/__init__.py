"""Tests; a package with a file of its own, since some libraries install another one of this name."""
