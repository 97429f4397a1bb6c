"""Times are minutes, numbers of 53 bits: how far sums of the same times may differ."""

ROUNDING = 1e-9
"""Minutes by which a sum of times may miss what it should be: who is so late is in time."""
