"""Lets ``python -m sim`` do what ``simulate`` does."""

from sim.cli import main

main()
