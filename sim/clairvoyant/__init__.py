"""The best dispatch there was, had all calls been known beforehand: arrays in, the fewest late calls out.

Nothing of a polling day is in here: :mod:`sim.day.clairvoyant` makes the arrays of a day, others can make theirs.
"""
