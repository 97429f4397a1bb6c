"""Two courses of one day put together: who arrives before a time is as on the one, the others as on the other."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled
from sim.voting.draws import Floats, Ints, VoterDraws

_BY_STATION = ("first", "counting_factor")
_REST = "_rest"


class _Rest(NamedTuple):
    """What is needed to fill in stations.

    Attributes:
        rows: Each column, a row each: of the day, of the branch, and where it goes.
        cuts: Where each station begins and is cut, as the compiled function takes them.
        missing: (stations) whether its voters have not been filled in.
    """

    rows: list[tuple[NDArray[Any], NDArray[Any], NDArray[Any]]]
    cuts: tuple[Ints, Ints, Ints, Ints, Ints]
    missing: NDArray[np.bool_]


class BranchVoters(VoterDraws):
    """The voters of ``day`` who arrive before the fork, and those of ``branch`` who arrive later.

    What somebody brings with him (service times, patience, marks) is as on the course that he arrives on. The columns
    of a station are filled in when it is needed: most futures of a moment are looked at in a few stations only.

    Args:
        day: The voters of the day up to the fork.
        branch: The voters of the same stations from the fork on.
        fork: Minutes after midnight.
        counting_factor: (stations) how much longer than expected counting takes.
    """

    def __init__(self, day: VoterDraws, branch: VoterDraws, fork: float, counting_factor: Floats) -> None:
        early, late = _arrived(day.first, day.arrival, fork), _arrived(branch.first, branch.arrival, fork)
        first = np.concatenate(([0], np.cumsum(early - day.first[:-1] + branch.first[1:] - late)))
        columns = {name: column for name, column in vars(day).items() if name not in _BY_STATION}
        super().__init__(first=first, counting_factor=counting_factor, **_room_for(columns, int(first[-1])))
        rows = [
            rows
            for name, column in columns.items()
            for rows in zip(*map(np.atleast_2d, (column, getattr(branch, name), getattr(self, name))), strict=True)
        ]
        cuts = day.first, early, late, branch.first, first
        self.__dict__[_REST] = _Rest(rows, cuts, np.ones(len(early), dtype=np.bool_))  # the fields are frozen

    def need(self, stations: Ints | None) -> None:
        """Fill in the voters of these stations, None: of all, unless that has been done."""
        rest: _Rest | None = self.__dict__.get(_REST)
        if rest is None:
            return
        missing = np.flatnonzero(rest.missing) if stations is None else stations[rest.missing[stations]]
        if len(missing):
            for mine, others, out in rest.rows:
                _splice(missing, mine, others, *rest.cuts, out)
            rest.missing[missing] = False
        if stations is None:
            del self.__dict__[_REST]


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
    stations: Ints, mine: NDArray[Any], others: NDArray[Any], first: Ints, early: Ints, late: Ints, others_first: Ints,
    place: Ints, out: NDArray[Any],
) -> None:  # fmt: skip
    """Fill one column at some stations: of mine those before ``early``, of the others those from ``late`` on.

    Args:
        stations: Which stations.
        mine: The column of the day.
        others: The column of the branch.
        first: Where each station begins in ``mine``.
        early: Where those end there who arrive before the fork.
        late: Where those begin in ``others`` who arrive later.
        others_first: Where each station begins in ``others``.
        place: Where each begins in ``out``.
        out: The column that is filled.
    """
    for station in stations:
        at = place[station]
        for i in range(first[station], early[station]):
            out[at] = mine[i]
            at += 1
        for i in range(late[station], others_first[station + 1]):
            out[at] = others[i]
            at += 1
