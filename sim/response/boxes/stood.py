"""Who was with the boxes: the pairs that stood at stations before they left, and the officers who went along."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from math import inf
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from sim.region.position import ELSEWHERE, Motion, Standing
from sim.region.round import Round
from sim.response.boxes.group import Cover, Group, Track, Tracks
from sim.response.boxes.guarded import STRETCH, Covers, Stood, overlapping
from sim.response.fleet import Fleet, Idle, Unit

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
_NO_STAYS = np.empty((0, 3))
_END = attrgetter("end")


def guards_at(fleet: Fleet, station: int, time: float) -> int:
    """Return the officers of the post who stood at a station at a time, and waited for orders."""
    guard = fleet.guard_of(station)
    if guard is None:
        return 0
    motion = _waited(fleet, guard, time)
    stood = isinstance(motion, Round | Standing) and motion.at(time).station == station
    return guard.officers if stood else 0


def _waited(fleet: Fleet, unit: Unit, time: float) -> Motion | None:
    """Return where a unit was that waited for orders at a time; None: it did not."""
    over = bisect_right(fleet.idle_stretches, time, key=_END)
    for idle in fleet.idle_stretches[over:]:
        if idle.unit == unit.index and idle.start <= time:
            return idle.motion
    return unit.motion if unit.is_idle and unit.since <= time else None


def stood_between(fleet: Fleet, begins: Floats, ends: Floats) -> Stood:
    """Return where the pairs of posts were that waited for orders at some moment between two times of their stations.

    Args:
        fleet: The units.
        begins: (stations) from when on it matters at each, minutes after midnight.
        ends: (stations) until when; where it is no later, it does not matter at all.
    """
    guard, idle = _guards(fleet), _idle(fleet, float(begins.min()), float(ends.max()))
    units, starts, ends_of, _ = zip(*idle, strict=True) if idle else ((),) * 4
    which = np.array(units, dtype=np.int64)
    since, until = np.array(starts, dtype=np.float64), np.array(ends_of, dtype=np.float64)
    rows: list[tuple[float, ...]] = []
    stays, n = [_NO_STAYS], 0
    for k in overlapping(which, since, until, guard, begins, ends).tolist():
        index, first, last, motion = idle[k]
        if isinstance(motion, Round):
            began, lead, cycle, on_it = motion.began, motion.lead, motion.cycle, n
            if lead.legs:
                stays.append(lead.stands)
                on_it += len(lead.stands)
            stays.append(cycle.stands)
            joined, over = began + lead.minutes, on_it + len(cycle.stands)
            rests_at = ELSEWHERE if cycle.end.station is None else cycle.end.station
            offset = joined - motion.joins
            rows.append((first, last, began, joined, offset, cycle.minutes, index, rests_at, n, on_it, over))
            n = over
        elif isinstance(motion, Standing) and motion.position.station is not None:
            rows.append((first, last, -inf, -inf, -inf, 0.0, index, motion.position.station, n, n, n))
    return Stood(np.array(rows, dtype=STRETCH), np.concatenate(stays), guard)


def _guards(fleet: Fleet) -> Ints:
    """Return the unit that guards each station; ELSEWHERE: none does."""
    deployment = fleet.plan.deployment
    return np.array([*(post.unit for post in deployment.posts), ELSEWHERE])[deployment.post_of_station]


def _idle(fleet: Fleet, since: float, until: float) -> list[Idle]:
    """Return the times in which units waited for orders, and wait now: those that end after one moment.

    Of those who wait now only those who have done so since before another moment, or since then. Times are noted when
    they end, so they are in order of that.
    """
    over = bisect_right(fleet.idle_stretches, since, key=_END)
    now = [
        Idle(unit.index, unit.since, inf, unit.motion)
        for units in fleet.idle.values()
        for unit in units.values()
        if unit.since <= until
    ]
    return [*fleet.idle_stretches[over:], *now]


def accompanied(groups: Sequence[Group], tracks: Tracks, stations: int) -> tuple[Covers, Floats]:
    """Return when officers went with the boxes, and when each station's set out from its village, if officers ever did.

    Args:
        groups: All groups in which stations' boxes were before any had joined another.
        tracks: What those went through that were in several, and maybe others.
        stations: How many there are.
    """
    courses: list[tuple[Sequence[int], Sequence[Cover], float]] = [
        (group.stations, group.covers, group.started) for group in groups if group.covers and group.became is None
    ]
    parts = [(Track(group), group.stations) for group in groups if group.became is not None and group.stations]
    parts += [(track, (station,)) for station, track in tracks.items() if track.has_changed]
    courses += [(which, track.covers(), track.set_out) for track, which in parts]
    covers: list[Cover] = []
    row, first, set_out = [0] * stations, [0, 0], [inf]  # nobody went with those of the first row
    for which, with_them, started in courses:
        if with_them:
            number = len(set_out)
            for station in which:
                row[station] = number
            covers += with_them
            set_out.append(started)
            first.append(len(covers))
    begins, ends, _ = zip(*covers, strict=True) if covers else ((),) * 3
    of = np.array(row)
    return Covers(of, np.array(first), np.array(begins, np.float64), np.array(ends, np.float64)), np.array(set_out)[of]
