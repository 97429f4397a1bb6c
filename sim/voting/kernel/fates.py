"""What can become of a voter, as codes: the columns of the counts."""

from __future__ import annotations

VOTED = 0
"""Voted and left."""
LOST_DETERRED = 1
"""Stayed away from a disturbance or from visible force, and did not come later."""
LOST_IMPATIENT = 2
"""Left the entrance line after waiting (reneged), and did not come back."""
LOST_EVACUATED = 3
"""Sent away by an evacuation, and did not come back."""
DEFERRED = 4
"""At an abandoned station: waits for the follow-up poll."""
IN_LINE = 5
"""Still before the first service."""
IN_ROOM = 6
"""Still between the first service and the way out."""
AWAY = 7
"""Has not come yet, or may come back; nobody after closing."""
LOST_BALKED = 8
"""Went away at the sight of the line (balked), and did not come back."""
LOST_UNSUPPLIED = 9
"""Found that there were no ballots left."""
N_FATES = 10

LONG_WAITS = N_FATES
"""Column of the counts: those who voted after a long wait."""
PRIORITY_VOTED = N_FATES + 1
"""Column of the counts: those who voted and went first."""
N_COUNTS = N_FATES + 2

LONG_WAIT = 30.0
"""Minutes above which a wait counts as long: the standard of the US commission on election administration (2014)."""
