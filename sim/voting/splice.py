"""Two courses of one day put together: who arrives before a time is as on the one, the others as on the other."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled
from sim.voting.draws import Floats, Ints, VoterDraws

_BY_STATION = ("first", "counting_factor")


def splice_voters(before: VoterDraws, after: VoterDraws, fork: float) -> VoterDraws:
    """Return the voters of ``before`` who arrive before the fork, and those of ``after`` who arrive later.

    What somebody brings with him (service times, patience, marks) is as on the course that he arrives on; how long
    counting takes is as on the second course.

    Args:
        before: The voters of the day up to the fork.
        after: The voters of the same stations from the fork on.
        fork: Minutes after midnight.
    """
    early, late = _arrived(before.first, before.arrival, fork), _arrived(after.first, after.arrival, fork)
    first = np.concatenate(([0], np.cumsum(early - before.first[:-1] + after.first[1:] - late)))

    columns = {name: column for name, column in vars(before).items() if name not in _BY_STATION}
    filled = _room_for(columns, int(first[-1]))
    for name, column in columns.items():
        rows = map(np.atleast_2d, (column, getattr(after, name), filled[name]))
        for mine, others, row in zip(*rows, strict=True):
            _splice(mine, others, before.first, early, late, after.first, row)
    return VoterDraws(first=first, counting_factor=after.counting_factor, **filled)


def _room_for(columns: dict[str, NDArray[Any]], voters: int) -> dict[str, NDArray[Any]]:
    """Return columns like these for so many voters, not filled in; those of floats lie in one block of memory.

    The memory of a large block comes in large pages, which is ten times faster than that of many small ones.
    """
    rows = {name: len(np.atleast_2d(column)) for name, column in columns.items() if column.dtype == np.float64}
    block, found, place = np.empty((sum(rows.values()), voters)), {}, 0
    for name, column in columns.items():
        if name in rows:
            found[name] = block[place : place + rows[name]].reshape(*column.shape[:-1], voters)
            place += rows[name]
        else:
            found[name] = np.empty((*column.shape[:-1], voters), dtype=column.dtype)
    return found


@compiled
def _arrived(first: Ints, arrival: Floats, fork: float) -> Ints:
    """Return where the voters of each station end who arrive before the fork; they stand in order of arrival."""
    end = np.empty(len(first) - 1, np.int64)
    for station in range(len(end)):
        low, high = first[station], first[station + 1]
        while low < high:  # halved, as in a search in an ordered list
            middle = (low + high) // 2
            if arrival[middle] < fork:
                low = middle + 1
            else:
                high = middle
        end[station] = low
    return end


@compiled
def _splice(
    mine: NDArray[Any], others: NDArray[Any], first: Ints, early: Ints, late: Ints, others_first: Ints, out: NDArray[Any]
) -> None:  # fmt: skip
    """Fill one column, station by station: of mine those before ``early``, of the others those from ``late`` on."""
    place = 0
    for station in range(len(early)):
        for i in range(first[station], early[station]):
            out[place] = mine[i]
            place += 1
        for i in range(late[station], others_first[station + 1]):
            out[place] = others[i]
            place += 1
