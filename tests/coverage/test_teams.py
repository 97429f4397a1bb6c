"""Which units count as moved from one moment to the next."""

from __future__ import annotations

import numpy as np

from sim.coverage.inputs import Units, Whereabouts
from sim.coverage.teams import note_moved

AT_REST = {
    "node": 3, "minutes": 1.0, "ahead": -1, "ahead_minutes": 0.0, "station": 2, "free": True, "kept": False, "phase": 5.0,
}  # fmt: skip
CHANGES = {
    "node": 4, "minutes": 2.0, "ahead": 1, "ahead_minutes": 3.0, "station": -1, "free": False, "kept": True, "phase": 6.0,
}  # fmt: skip


def moved(t: int, *, is_guard: bool = False, free: bool = True) -> list[bool]:
    """Who has moved of units of which the first stays as it is, and each of the others differs in one thing."""
    n = len(CHANGES) + 1
    columns = {name: np.array([[value] * n] * 2) for name, value in (AT_REST | {"free": free}).items()}
    for k, (name, value) in enumerate(CHANGES.items()):
        columns[name][1, k + 1] = value
    units = np.zeros(n, np.int64)
    found = np.zeros(n, dtype=np.bool_)
    note_moved(
        t,
        Whereabouts(**columns, visit=np.full((2, 1), np.inf)),
        Units(units, np.zeros(n), np.full(n, is_guard), units[None], units, np.zeros(n), np.zeros(n)),
        found,
    )
    return found.tolist()


def test_whoever_is_elsewhere_or_can_be_sent_for_other_things_has_moved_and_at_first_all_have() -> None:
    assert moved(0) == [True] * 9
    assert moved(1) == [False, *[True] * 7, False], "how far it is on its round counts of guards only"
    assert moved(1, is_guard=True) == [False, *[True] * 8]
    assert moved(1, free=False) == [*[False] * 7, True, False], "of who cannot be sent it counts that he is kept"
