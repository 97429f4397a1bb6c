"""A small finished run, and rooms of it."""
