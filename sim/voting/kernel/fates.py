"""What can become of a voter, as whole numbers that machine code can hold: the columns of the counts."""

from __future__ import annotations

from sim.vocabulary import Fate

VOTED = int(Fate.VOTED)
LOST_DETERRED = int(Fate.LOST_DETERRED)
LOST_IMPATIENT = int(Fate.LOST_IMPATIENT)
LOST_EVACUATED = int(Fate.LOST_EVACUATED)
DEFERRED = int(Fate.DEFERRED)
IN_LINE = int(Fate.IN_LINE)
IN_ROOM = int(Fate.IN_ROOM)
AWAY = int(Fate.AWAY)
LOST_BALKED = int(Fate.LOST_BALKED)
LOST_UNSUPPLIED = int(Fate.LOST_UNSUPPLIED)
N_FATES = len(Fate)

LONG_WAITS = N_FATES
"""Column of the counts: those who voted after a long wait."""
PRIORITY_VOTED = N_FATES + 1
"""Column of the counts: those who voted and went first."""
N_COUNTS = N_FATES + 2

LONG_WAIT = 30.0
"""Minutes above which a wait counts as long: the standard of the US commission on election administration (2014)."""
