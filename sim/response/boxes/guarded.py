"""For how long boxes were without officers: nobody went with them, and no pair stood where they waited. Compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled, part_of_compiled

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
_TIMES = ("start", "end", "began", "joined", "offset", "period")
_PLACES = ("unit", "rests_at", "lead", "round", "over")
STRETCH = np.dtype([(name, np.float64) for name in _TIMES] + [(name, np.int64) for name in _PLACES])
"""A stretch of time in which a unit waits for orders, and how it moves meanwhile; times in minutes after midnight.

From when to when; when it set out to its round, joined it, and would have been at the beginning of it; how long one
round takes, 0 for who stands still from then on. Which unit it is, and the station where it stands still, -1: at none.
Where its stays begin among those of all: on the way to its round, on one round, and those of the next stretch.
"""


class Stood(NamedTuple):
    """Where units were while they waited for orders.

    Attributes:
        stretches: What each did, in order of time.
        stays: (stays, 3) station, and from when to when, minutes after setting out or after the beginning of a round.
        guard: (stations) the unit that counts there; -1: none does.
    """

    stretches: NDArray[np.void]
    stays: Floats
    guard: Ints


class Covers(NamedTuple):
    """When officers went with boxes; those of several stations may be together all day, and share a row.

    Attributes:
        row: (stations) the row of each.
        first: (rows + 1) where each row begins in the next two.
        begin: From when on officers were with them, minutes after midnight.
        end: Until when.
    """

    row: Ints
    first: Ints
    begin: Floats
    end: Floats

    def are_there(self) -> NDArray[np.bool_]:
        """Return whether officers went with each station's boxes at all."""
        return np.asarray(self.first[self.row + 1] > self.first[self.row])


@compiled
def overlapping(unit: Ints, start: Floats, end: Floats, guard: Ints, begins: Floats, ends: Floats) -> Ints:
    """Return the numbers of those stretches in which something matters at a station where their unit counts.

    Args:
        unit: (stretches) which unit waits for orders.
        start: From when on, minutes after midnight.
        end: Until when.
        guard: (stations) the unit that counts there; -1: none does.
        begins: (stations) from when on it matters.
        ends: Until when; where it is no later, it does not matter at all.
    """
    last, before = np.full(guard.max() + 1, -1), np.full(len(guard), -1)  # each unit's stations, one after another
    for s in range(len(guard)):
        if guard[s] >= 0 and begins[s] < ends[s]:
            before[s], last[guard[s]] = last[guard[s]], s
    found, n = np.empty(len(unit), np.int64), 0
    for k in range(len(unit)):
        s = last[unit[k]] if unit[k] < len(last) else -1
        while s >= 0 and not (start[k] < ends[s] and end[k] > begins[s]):
            s = before[s]
        if s >= 0:
            found[n] = k
            n += 1
    return found[:n]


@part_of_compiled
def _note(a: float, b: float, begin: float, end: float, found: Floats, n: int) -> int:
    """Note what of a time lies between two others, if there is room for it; return how many there are now."""
    if a >= end or b <= begin:
        return n
    if n < len(found):
        found[n, 0], found[n, 1] = a if a > begin else begin, b if b < end else end
    return n + 1


@part_of_compiled
def _stays(s: int, k: int, begin: float, end: float, stood: Stood, found: Floats, n: int) -> int:
    """Note when the unit of the k-th stretch stood at a station between two times; return how many there are now."""
    how, stays = stood.stretches[k], stood.stays
    begin, end = max(begin, how.start), min(end, how.end)
    if begin >= end:
        return n
    if begin < how.joined:
        until = min(end, how.joined)
        for i in range(how.lead, how.round):
            if stays[i, 0] == s:
                n = _note(stays[i, 1] + how.began, stays[i, 2] + how.began, begin, until, found, n)
        begin = how.joined
    if how.period <= 0:
        return _note(begin, end, begin, end, found, n) if how.rests_at == s and begin < end else n
    for i in range(how.round, how.over):
        if stays[i, 0] == s:
            offset = how.offset + (begin - how.offset) // how.period * how.period
            while offset < end:
                n = _note(stays[i, 1] + offset, stays[i, 2] + offset, begin, end, found, n)
                offset += how.period
    return n


@part_of_compiled
def _uncovered(begin: float, end: float, covers: Floats, n: int) -> float:
    """Return the minutes between two times that none of n covers covers, and put these in order of their beginning."""
    for i in range(1, n):
        a, b, place = covers[i, 0], covers[i, 1], i
        while place > 0 and covers[place - 1, 0] > a:
            covers[place, 0], covers[place, 1] = covers[place - 1, 0], covers[place - 1, 1]
            place -= 1
        covers[place, 0], covers[place, 1] = a, b
    alone, now = 0.0, begin
    for i in range(n):
        if now >= end:
            return alone
        if covers[i, 0] > now:
            alone += min(covers[i, 0], end) - now
        now = max(now, covers[i, 1])
    return alone + (end - now if now < end else 0.0)


@part_of_compiled
def _gather(
    s: int, begin: float, end: float, last: Ints, before: Ints, stood: Stood, covers: Covers, found: Floats
) -> tuple[int, int]:  # fmt: skip
    """Note when officers went with the boxes of a station, then when its pair stood there between two times.

    Returns how many of the first there are, and of both; no more are noted than there is room for.
    """
    with_them, guard = 0, stood.guard[s]
    for i in range(covers.first[covers.row[s]], covers.first[covers.row[s] + 1]):
        with_them = _note(covers.begin[i], covers.end[i], -np.inf, np.inf, found, with_them)
    both, k = with_them, last[guard] if guard >= 0 else -1
    while k >= 0:
        both = _stays(s, k, begin, end, stood, found, both)
        k = before[k]
    return with_them, both


@compiled
def minutes_alone(
    ready: Floats, left: Floats, set_out: Floats, over: Floats, stood: Stood, covers: Covers
) -> tuple[Floats, Floats]:
    """Return for how long each station's boxes were without officers: in all, and since they set out from the village.

    Args:
        ready: (stations) since when they waited, minutes after midnight.
        left: When they left the station, or the last time if they have not.
        set_out: When they set out from the middle of the village.
        over: The last time: when they were handed over, or now.
        stood: Where the pairs of posts were.
        covers: When officers were with the boxes.
    """
    alone, on_the_way, found = np.zeros(len(ready)), np.zeros(len(ready)), np.empty((16, 2))
    unit = stood.stretches["unit"]
    last, before = np.full(stood.guard.max() + 1, -1), np.empty(len(unit), np.int64)  # each unit's stretches
    for k in range(len(unit)):
        before[k], last[unit[k]] = last[unit[k]], k
    for s in range(len(ready)):
        if ready[s] >= over[s]:
            continue
        with_them, both = _gather(s, ready[s], left[s], last, before, stood, covers, found)
        if both > len(found):
            found = np.empty((2 * both, 2))
            with_them, both = _gather(s, ready[s], left[s], last, before, stood, covers, found)
        on_the_way[s] = _uncovered(set_out[s], over[s], found, with_them)
        alone[s] = _uncovered(ready[s], over[s], found, both)
    return alone, on_the_way
