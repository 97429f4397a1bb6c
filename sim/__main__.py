"""Lets ``python -m sim`` do what ``simulate`` does."""

from sim.cli import main

try:
    main()
finally:
    # CPython remembers an interrupt that ended code run from a string (as libraries do while they are imported), and
    # would end ``python -m`` by that signal whatever the exit code. Running another string makes it forget.
    eval("None")
