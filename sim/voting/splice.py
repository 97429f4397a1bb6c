"""Two courses of one day put together: who arrives before a time is as on the one, the others as on the other."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled
from sim.voting.draws import Floats, Ints, VoterDraws

_BY_STATION = ("first", "counting_factor")
_COLUMNS = tuple(column.name for column in fields(VoterDraws) if column.name not in _BY_STATION)
_RECIPE = "_recipe"


class _Recipe(NamedTuple):
    """What the voters of a station are put together from.

    Attributes:
        day: The voters up to the fork.
        branch: Those from it on.
        early: Where those of each station end in ``day`` who arrive before the fork.
        late: Where those of each station begin in ``branch`` who arrive later.
    """

    day: VoterDraws
    branch: VoterDraws
    early: Ints
    late: Ints


class BranchVoters(VoterDraws):
    """The voters of ``day`` who arrive before the fork, and those of ``branch`` who arrive later.

    What somebody brings with him (service times, patience, marks) is as on the course that he arrives on. They are put
    together when they are asked for, a few stations apart from the others: most futures of a moment are looked at in a
    few stations only.

    Args:
        day: The voters of the day up to the fork.
        branch: The voters of the same stations from the fork on.
        fork: Minutes after midnight.
        counting_factor: (stations) how much longer than expected counting takes.
    """

    def __init__(self, day: VoterDraws, branch: VoterDraws, fork: float, counting_factor: Floats) -> None:
        early, late = _arrived(day.first, day.arrival, fork), _arrived(branch.first, branch.arrival, fork)
        first = np.concatenate(([0], np.cumsum(early - day.first[:-1] + branch.first[1:] - late)))
        recipe = _Recipe(day, branch, early, late)
        self.__dict__.update(  # the fields are frozen
            first=first, counting_factor=counting_factor, **{_RECIPE: recipe}
        )

    def __getattr__(self, name: str) -> Any:
        """Put the voters of all stations together when one of their columns is asked for first."""
        if name not in _COLUMNS:
            raise AttributeError(name)
        recipe = self.__dict__.pop(_RECIPE)
        self.__dict__.update(_columns(recipe, np.arange(len(recipe.early)), self.first))
        return self.__dict__[name]

    def of(self, stations: Ints) -> VoterDraws:
        """Return the voters of these stations only, in this order; those of others are not put together for it."""
        recipe: _Recipe | None = self.__dict__.get(_RECIPE)
        if recipe is None:
            return super().of(stations)
        first = np.concatenate(([0], np.cumsum(self.due[stations])))
        columns = _columns(recipe, stations, first)
        return VoterDraws(first=first, counting_factor=self.counting_factor[stations], **columns)

    def at_hand(self, stations: Ints) -> tuple[VoterDraws, Ints]:
        """Return voters among whom those of these stations are at hand, and the numbers of the stations there."""
        if _RECIPE not in self.__dict__:
            return self, stations
        return self.of(stations), np.arange(len(stations))


def _columns(recipe: _Recipe, stations: Ints, first: Ints) -> dict[str, NDArray[Any]]:
    """Return all columns of some stations' voters.

    Args:
        recipe: What they are put together from.
        stations: Which.
        first: Where each of them begins in the columns; the last entry is the number of voters.
    """
    day, branch, early, late = recipe
    found = {}
    for name in _COLUMNS:
        mine, others = getattr(day, name), getattr(branch, name)
        found[name] = out = np.empty((*mine.shape[:-1], first[-1]), dtype=mine.dtype)
        for row in zip(*map(np.atleast_2d, (mine, others, out)), strict=True):
            _splice(stations, row[0], row[1], day.first, early, late, branch.first, first, row[2])
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
        place: Where each of ``stations`` begins in ``out``.
        out: The column that is filled.
    """
    for k in range(len(stations)):
        station, at = stations[k], place[k]
        for i in range(first[station], early[station]):
            out[at] = mine[i]
            at += 1
        for i in range(late[station], others_first[station + 1]):
            out[at] = others[i]
            at += 1
