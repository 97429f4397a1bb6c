"""Where every unit was at some moments of a day while it waited for orders."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from operator import attrgetter
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.config.dispatch import HoldReserve
from sim.coverage.inputs import Floats, Rounds, Whereabouts
from sim.day.tracks import Once, OnRounds, Tracks
from sim.day.world import World
from sim.region.position import ELSEWHERE, Motion, Position, Standing
from sim.region.round import Round
from sim.response.command.kept import ROLES, kept
from sim.response.fleet import Fleet
from sim.response.journey import Journey
from sim.response.open_roads import RoadPeriods
from sim.response.plan import ResponsePlan
from sim.response.units import UnitSpec

T = TypeVar("T", bound=np.generic)
_ON_NO_ROUND = -1.0
_START = attrgetter("start")
_Walk = tuple[int, int, int, float, float, float]
"""A unit that is on its own round, from which of the moments on and up to which, and since when: as in ``Going``; and
from when on and up to when."""


def whereabouts(
    world: World, strategy: str, fleet: Fleet, roads: RoadPeriods, times: Floats, tracks: Tracks | None = None
) -> Whereabouts:
    """Return where the units of a day were at some times, in order, in which they could be sent.

    One that is on a road that is closed can only go back; nothing is ahead of it. Those that somebody holds back wait
    for no orders: :func:`held` says which.

    Args:
        world: The prepared scenario.
        strategy: Name of the strategy.
        fleet: The units, the day being over.
        roads: Which roads were open when.
        times: The times.
        tracks: Is told which ways they went, where somebody wants to know.
    """
    timeline = _Timeline(fleet, world.responses[strategy], times, tracks or Tracks())
    timeline.fill(world.rounds[strategy])
    timeline.tire()
    for part, state in roads.periods(times):
        for road in state.closed:
            timeline.shut(part, int(world.region.roads.u[road]), int(world.region.roads.v[road]))
    return timeline.where


def held(fleet: Fleet, times: Floats) -> NDArray[np.bool_]:
    """Return whether somebody held each unit back: one row a unit, one column a time."""
    found = np.zeros((len(fleet.units), len(times)), dtype=np.bool_, order="F")
    for when, unit, is_held in fleet.holds:
        found[unit, np.searchsorted(times, when) :] = is_held
    return found


def off_duty(fleet: Fleet, times: Floats) -> NDArray[np.bool_]:
    """Return whether each unit was off duty: one row a unit, one column a time."""
    found = np.zeros((len(fleet.units), len(times)), dtype=np.bool_, order="F")
    found[[unit for unit, _, _ in fleet.duties] + list(fleet.off_duty)] = True  # some never were on it
    ends = np.searchsorted(times, [(began, over) for _, began, over in fleet.duties]).tolist()
    for (unit, _, _), (a, b) in zip(fleet.duties, ends, strict=True):
        found[unit, a:b] = False
    return found


def can_be_sent(
    where: Whereabouts,
    held: NDArray[np.bool_],
    plan: ResponsePlan,
    roads: RoadPeriods,
    times: Floats,
    more: Sequence[UnitSpec] = (),
) -> Whereabouts:
    """Return whereabouts with those free whom nobody holds, and those kept whom the rule of dispatch keeps.

    Args:
        where: Where units are, and which of them wait.
        held: (units, times) whether somebody holds them back.
        plan: The response under the strategy.
        roads: Which roads were open when.
        times: The times.
        more: Units that the strategy has not; they are numbered after its own.
    """
    can = where._replace(free=where.free & ~held)
    if not isinstance(plan.dispatch, HoldReserve):
        return can
    units = [(i, spec) for i, spec in enumerate((*plan.deployment.units, *more)) if spec.role in ROLES]
    keeps = can.kept.copy()
    for part, state in roads.periods(times):
        for k in range(part.start, part.stop):
            free = [(i, spec, _position(can, i, k)) for i, spec in units if can.free[i, k]]
            keeps[list(kept(free, plan, state)), k] = True
    return can._replace(kept=keeps)


def _position(where: Whereabouts, unit: int, k: int) -> Position:
    ahead, station = int(where.ahead[unit, k]), int(where.station[unit, k])
    return Position(
        int(where.node[unit, k]),
        float(where.minutes[unit, k]),
        None if ahead == ELSEWHERE else ahead,
        float(where.ahead_minutes[unit, k]),
        None if station == ELSEWHERE else station,
    )


def _always(of_unit: NDArray[T], shape: tuple[int, int]) -> NDArray[T]:
    """Return a table with what there is of each unit at all times: one moment after another in memory."""
    table = np.empty(shape, dtype=of_unit.dtype, order="F")
    table[:] = of_unit[:, np.newaxis]
    return table


class _Timeline:
    """The table of whereabouts while it is filled in: at first every unit stands at its home all the time."""

    def __init__(self, fleet: Fleet, plan: ResponsePlan, times: Floats, tracks: Tracks) -> None:
        self.tracks = tracks
        self.fleet = fleet
        self.plan = plan
        self.times = times
        shape = (len(fleet.units), len(times))
        # One moment after another in memory, as they are looked at.
        self.where = Whereabouts(
            node=_always(plan.at_home.node, shape),
            minutes=_always(plan.at_home.minutes, shape),
            ahead=np.full(shape, ELSEWHERE, order="F"),
            ahead_minutes=np.zeros(shape, order="F"),
            station=_always(plan.at_home.station, shape),
            free=np.zeros(shape, dtype=np.bool_, order="F"),
            kept=np.zeros(shape, dtype=np.bool_, order="F"),
            phase=np.full(shape, _ON_NO_ROUND, order="F"),
            visit=np.full((len(plan.stations), len(times)), np.inf, order="F"),
        )
        self.drives = np.zeros(shape, dtype=np.bool_)

    def fill(self, rounds: Rounds) -> None:
        """Fill in where units are while they wait for orders: rounds all at once, the rest one by one."""
        walking: list[_Walk] = []
        # Most come later, when boxes are escorted.
        whole = self.fleet.idle_stretches
        is_seen = np.fromiter(map(_START, whole), np.float64, len(whole)) <= self.times[-1]
        stretches = [*compress(whole, is_seen.tolist())]
        which, starts, ends, motions = zip(*stretches, strict=True) if stretches else ((),) * 4
        firsts, lasts = np.searchsorted(self.times, starts).tolist(), np.searchsorted(self.times, ends).tolist()
        free, units, homes, elsewhere = self.where.free, self.fleet.units, self.plan.homes, self.tracks.elsewhere
        for unit, motion, a, b, start, end in zip(which, motions, firsts, lasts, starts, ends, strict=True):
            if a == b:
                continue
            free[unit, a:b] = True
            if isinstance(motion, Standing):
                if motion is not homes[unit].stands:
                    self._put(unit, slice(a, b), motion.position)
                    elsewhere.append((unit, start, end, motion))
            elif isinstance(motion, Round) and motion.cycle is units[unit].home.cycle:
                way, joined, since = motion.lead.minutes, a, start
                if way:
                    joined, since = self._lead(unit, motion, a, b), min(max(start, motion.began + way), end)
                    elsewhere.append((unit, start, since, Once(motion.lead, motion.began)))
                walking.append((unit, joined, b, motion.began + way - motion.joins, since, end))
            else:
                elsewhere.append((unit, start, end, motion))
                self._one_by_one(unit, motion, slice(a, b))
                if isinstance(motion, Round):
                    self._visits(motion, a, b)
        if walking:
            from sim.coverage.rounds import Going, go  # loads the compiler, which preparing a day does not need

            units_on, joins, leaves, origins, since, until = zip(*walking, strict=True)
            going = Going(np.array(units_on), np.array(joins), np.array(leaves), np.array(origins, dtype=np.float64))
            go(going, self.times, rounds, self.where)
            self.tracks.rounds = OnRounds(going.unit, np.array(since), np.array(until), going.began)

    def tire(self) -> None:
        """Let those who are tired take longer to get ready: it is added to how far they are."""
        duty = self.plan.duty
        if duty.tired_after_minutes is None:
            return
        for unit, began, over in self.fleet.duties:
            a, b = np.searchsorted(self.times, (began + duty.tired_after_minutes, over)).tolist()
            later = np.where(self.drives[unit, a:b], 0.0, self.plan.deployment.units[unit].tired_minutes(duty))
            self.where.minutes[unit, a:b] += later
            self.where.ahead_minutes[unit, a:b] += later

    def shut(self, part: slice, u: int, v: int) -> None:
        """Let nobody go on along a road between two nodes that is closed during some of the times."""
        node, ahead = self.where.node[:, part], self.where.ahead[:, part]
        on_it = ((node == u) & (ahead == v)) | ((node == v) & (ahead == u))
        ahead[on_it] = ELSEWHERE

    def _lead(self, unit: int, motion: Round, a: int, b: int) -> int:
        """Fill in the way to a round; return the first moment on the round itself."""
        joined = int(np.searchsorted(self.times, motion.began + motion.lead.minutes))
        self._one_by_one(unit, motion, slice(a, min(joined, b)))
        self._visits(motion, a, min(joined, b))
        return max(a, joined)

    def _one_by_one(self, unit: int, motion: Motion, moments: slice) -> None:
        # Who drives has got ready long ago: what counts for who gets ready first is taken off again.
        drives = isinstance(motion, Journey)
        sooner = self.plan.deployment.units[unit].ready_minutes if drives else 0.0
        self.drives[unit, moments] = drives
        for k, time in enumerate(self.times[moments].tolist(), moments.start):
            self._put(unit, k, motion.at(time), sooner)

    def _put(self, i: int, moments: slice | int, here: Position, sooner: float = 0.0) -> None:
        where = self.where
        where.node[i, moments], where.minutes[i, moments] = here.node, here.minutes - sooner
        if here.ahead is not None:
            where.ahead[i, moments], where.ahead_minutes[i, moments] = here.ahead, here.ahead_minutes - sooner
        where.station[i, moments] = ELSEWHERE if here.station is None else here.station

    def _visits(self, motion: Round, a: int, b: int) -> None:
        """Fill in when a pair comes to its stations by a round that is not its own, or on its way to its own."""
        stays, period = motion.cycle.station_stays, motion.cycle.minutes
        if not stays or a >= b:
            return
        stations, begins = np.array(list(stays)), np.array(list(stays.values()))
        since = self.times[a:b] - motion.began - motion.lead.minutes
        waits = np.maximum(-since, 0.0) + np.mod(begins[:, None] - motion.joins - np.maximum(since, 0.0), period)
        self.where.visit[stations, a:b] = waits
