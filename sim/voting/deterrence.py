"""What keeps voters away from stations that feel nothing else: one list for all of them, read station by station."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled
from sim.voting.conditions import INF, FlatConditions, under_deterrence
from sim.voting.life import Cause, Happening, Imposed, Lifted

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
_ENTRY = np.dtype([("time", np.float64), ("cause", np.int64), ("station", np.int64), ("share", np.float64)])
"""When, who or what acts, where, and the share of arriving voters who stay away from then on; NaN: it is lifted."""
Entries = NDArray[np.void]


class Shares(NamedTuple):
    """Shares of voters who stay away, piecewise constant in time: the k-th station has pieces ``first[k]`` to the next.

    Attributes:
        first: (stations + 1) where each station's pieces begin.
        time: When each piece begins, minutes after midnight; the first of a station at minus infinity.
        deterred: Share of arriving voters who stay away in each piece, 0 to 1.
    """

    first: Ints
    time: Floats
    deterred: Floats


def deterring(time: float, cause: str, share: float) -> Imposed | Lifted:
    """Return what happens to a station when a cause keeps a share of voters away from then on; NaN: no more."""
    return Imposed(time, cause, Cause(deterred=share)) if share == share else Lifted(time, cause)


class Deterrence:
    """What keeps voters away from stations, and does nothing else there, in order of time.

    It is the history of many stations, and stands for the lives that would follow from it: such a station serves in its
    hours, as on a calm day, and some of its voters stay away.

    Args:
        calm: The conditions of all stations when nothing happens.
    """

    def __init__(self, calm: FlatConditions) -> None:
        self._calm = calm
        self._apart = np.column_stack([calm.opens_at, calm.extended, calm.ballots])
        self._causes: dict[str, int] = {}
        self._entries = np.empty(512, dtype=_ENTRY)
        self.length = 0
        """Entries until now."""

    def add(self, time: float, cause: str, stations: Ints, shares: Floats | float) -> None:
        """Let a cause act on stations from a time on, in place of what it did there.

        Args:
            time: Minutes after midnight, not before that of the latest entry.
            cause: Who or what acts.
            stations: Where, each once.
            shares: Share of arriving voters who stay away at each, or at all of them; NaN: the cause does nothing there
                any more.
        """
        begin, end = self.length, self.length + len(stations)
        if end > len(self._entries):
            before, self._entries = self._entries, np.empty(2 * end, dtype=_ENTRY)
            self._entries[:begin] = before[:begin]
        new = self._entries[begin:end]
        new["time"], new["cause"] = time, self._causes.setdefault(cause, len(self._causes))
        new["station"], new["share"] = stations, shares
        self.length = end

    def history(self, station: int) -> list[Happening]:
        """Return what has kept voters away from a station, in order of time."""
        names, here = list(self._causes), np.flatnonzero(self._entries["station"][: self.length] == station)
        return [deterring(time, names[cause], share) for time, cause, _, share in self._entries[here].tolist()]

    def shares(self, stations: Ints) -> Shares:
        """Return who stays away from some stations, each once, in their order."""
        return Shares(*_pieces(stations, self._calm.deterred, self._entries[: self.length]))

    def conditions(self, stations: Ints) -> FlatConditions:
        """Return the conditions of some stations, each once, in their order."""
        return under_deterrence(self._calm, stations, *self.shares(stations))

    def marked(self, stations: Ints) -> tuple[list[bytes], Callable[[Sequence[int]], FlatConditions]]:
        """Return what tells the conditions of some stations from all others, and what gives those of some of them.

        Equal bytes are equal conditions. They are given by their rows in ``stations``; until more has happened.
        """
        shares = self.shares(stations)

        def conditions(rows: Sequence[int]) -> FlatConditions:
            if len(rows) == len(stations):
                return under_deterrence(self._calm, stations, *shares)
            return self.conditions(stations[rows])

        return self._marks(stations, shares), conditions

    def _marks(self, stations: Ints, shares: Shares) -> list[bytes]:
        told, begins = _told(stations, self._apart, *shares)
        words, places = told.tobytes(), begins.tolist()
        return [words[begin:end] for begin, end in pairwise(places)]

    def done(self, stations: Ints, begun: Floats, work: Floats) -> Floats:
        """Return when work of so many minutes is done that some stations, each once, begin at these times.

        It is as in ``Conditions.advance``, to the last bit: time is added up piece by piece.
        """
        first, time, _ = self.shares(stations)
        return _advanced(begun, work, first, time)


@compiled
def _by_station(stations: Ints, everywhere: int, entries: Entries) -> tuple[Ints, Ints]:
    """Sort the entries of some stations by station, those of each in order of time.

    Args:
        stations: Which stations.
        everywhere: How many stations there are.
        entries: What has been added.

    Returns:
        Where those of each of ``stations`` begin, the last entry is their number; and the entries' places.
    """
    number = np.full(everywhere, -1)
    for k in range(len(stations)):
        number[stations[k]] = k
    first, of, n = np.zeros(len(stations) + 1, np.int64), np.empty(len(entries), np.int64), 0
    for i in range(len(entries)):
        k = number[entries[i].station]
        if k >= 0:
            first[k + 1] += 1
            of[n] = i
            n += 1
    for k in range(len(stations)):
        first[k + 1] += first[k]
    end, place = first[:-1].copy(), np.empty(n, np.int64)
    for i in of[:n]:
        k = number[entries[i].station]
        place[end[k]] = i
        end[k] += 1
    return first, place


@compiled
def _acted(cause: int, share: float, n: int, causes: Ints, shares: Floats) -> int:
    """Change what acts, n causes in the order in which they began to; return how many do now.

    A cause that acts already keeps its place; one that is lifted, its share NaN, leaves it to the next.
    """
    at = 0
    while at < n and causes[at] != cause:
        at += 1
    if share == share:
        causes[at], shares[at] = cause, share
        return max(n, at + 1)
    for i in range(at, n - 1):
        causes[i], shares[i] = causes[i + 1], shares[i + 1]
    return n - 1 if at < n else n


@compiled
def _together(shares: Floats, base: float) -> float:
    """Return the share whom independent causes keep away, and guards who keep away the share ``base``."""
    kept = 1.0
    for share in shares:
        kept *= 1.0 - share
    return base if kept == 1.0 else 1.0 - (1.0 - base) * kept


@compiled
def _pieces(stations: Ints, base: Floats, entries: Entries) -> tuple[Ints, Floats, Floats]:
    """Return the fields of ``Shares`` for some stations.

    Of several changes at one time the last counts, and a piece begins only where the share changes.

    Args:
        stations: Which stations.
        base: Share that guards keep away at every station.
        entries: What has been added.
    """
    of_station, place = _by_station(stations, len(base), entries)
    first, last = np.zeros(len(stations) + 1, np.int64), -1
    time, deterred = np.empty(len(stations) + len(place)), np.empty(len(stations) + len(place))
    causes, shares = np.empty(len(place), np.int64), np.empty(len(place))
    for k in range(len(stations)):
        acting, last = 0, last + 1
        first[k], time[last], deterred[last] = last, -INF, base[stations[k]]
        for row in range(of_station[k], of_station[k + 1]):
            entry = entries[place[row]]
            acting = _acted(entry.cause, entry.share, acting, causes, shares)
            share = _together(shares[:acting], base[stations[k]])
            while last > first[k] and time[last] >= entry.time:
                last -= 1
            if deterred[last] != share:
                last += 1
                time[last], deterred[last] = entry.time, share
    first[-1] = last + 1
    return first, time[: last + 1], deterred[: last + 1]


@compiled
def _told(stations: Ints, apart: Floats, first: Ints, time: Floats, deterred: Floats) -> tuple[Floats, Ints]:
    """Return all that there is to tell of each of some stations, one after another.

    Args:
        stations: Which stations.
        apart: (all stations, 3) what else there is about each.
        first: As in ``Shares``.
        time: As in ``Shares``.
        deterred: As in ``Shares``.

    Returns:
        The numbers, and the bytes from the first on where those of each station begin; the last entry is where they
        all end.
    """
    told, begins, n = np.empty(3 * len(stations) + 2 * len(time)), np.zeros(len(stations) + 1, np.int64), 0
    for k in range(len(stations)):
        told[n : n + 3] = apart[stations[k]]
        n += 3
        for piece in range(first[k], first[k + 1]):
            told[n], told[n + 1] = time[piece], deterred[piece]
            n += 2
        begins[k + 1] = told.itemsize * n
    return told, begins


@compiled
def _advanced(begun: Floats, work: Floats, first: Ints, time: Floats) -> Floats:
    """Return when work at normal speed is done that begins at these times, added up from piece to piece."""
    done = begun.copy()
    for k in range(len(begun)):
        left = work[k]
        for piece in range(first[k] + 1, first[k + 1]):
            if time[piece] <= done[k]:
                continue
            if done[k] + left <= time[piece]:
                break
            left -= time[piece] - done[k]
            done[k] = time[piece]
        done[k] += max(left, 0.0)
    return done
