"""Why coverage is worst when it is worst: one day played, its worst moment held against the start, part by part."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations
from math import factorial

import numpy as np
from numpy.typing import NDArray

from sim.coverage.covered import covered
from sim.coverage.inputs import Floats, Ints, Whereabouts
from sim.day.coverage import minutes_through
from sim.day.day import Day
from sim.day.draws import DayDraws
from sim.day.garbage import swept_at_end
from sim.day.whereabouts import can_be_sent, held, off_duty, whereabouts
from sim.day.world import World
from sim.region.road_state import RoadState
from sim.response.readiness import FORCES, Readiness, readiness
from sim.vocabulary import Force, Purpose

_FIRST = FORCES.index(Force.FIRST)
_START, _WORST = 0, 1
"""Columns of tables that hold both moments."""


class Part(StrEnum):
    """What a fall of coverage comes from."""

    INCIDENTS = "incidents"
    """Units at disturbances and with casualties, on the way to them, or on the way back."""
    BOXES = "boxes"
    """Units with ballot boxes, or on the way to them, or back."""
    RESTING = "resting"
    """Units that are off duty, or that somebody holds back."""
    MOVED = "moved"
    """Units that were given another place to wait, and are there or on their way."""
    CLOSED = "closed"
    """Roads that are closed."""
    SLOW = "slow"
    """Roads that are slower: by something on them, or in the dark."""
    REST = "rest"
    """All else: where patrols and guards are on their rounds, and who has been asked for."""


_PART_OF = {Purpose.BOXES: Part.BOXES, Purpose.RELOCATION: Part.MOVED}
"""The part of a unit's task; every other purpose is an incident's."""


@dataclass(frozen=True, eq=False)
class Fall:
    """The worst moment of a day against its start: registered voters whom the first officers could reach in time.

    Attributes:
        start: When stations open, minutes after midnight.
        time: The first moment at which fewest are covered.
        voters: All registered voters, by district.
        at_start: Of them, those covered at the start, by district.
        at_worst: Those covered at the worst moment, by district.
        parts: How many voters each part has taken away, by district; below 0: it has brought some. Together they are
            the whole fall. A part that cannot matter has no entry.
    """

    start: float
    time: float
    voters: Ints
    at_start: Ints
    at_worst: Ints
    parts: Mapping[Part, Floats]

    @property
    def district(self) -> int:
        """The district in which most voters are no longer covered; of equal ones the first."""
        return int(np.argmax(self.at_start - self.at_worst))

    @property
    def shares(self) -> dict[Part, float]:
        """The share of the whole fall that each part has, the largest first; empty where coverage never falls."""
        fallen = float((self.at_start - self.at_worst).sum())
        if fallen <= 0:
            return {}
        found = {part: float(by_district.sum()) / fallen for part, by_district in self.parts.items()}
        return dict(sorted(found.items(), key=lambda item: -item[1]))


def fall(world: World, strategy: str, replication: int, draws: DayDraws) -> Fall:
    """Play a day and say what its worst moment of coverage comes from.

    Each part is put back to how it was when stations opened, alone and with every selection of the others, and coverage
    is reckoned anew each time, with the code that reckons the table of coverage. What a part has is its mean effect
    over all orders in which parts can be put back (Shapley, A value for n-person games, 1953): so no order is
    preferred, and the parts add up to the fall exactly.

    Args:
        world: The prepared scenario.
        strategy: Name of one of its strategies.
        replication: Number of the day, from 0.
        draws: The day's shared random numbers.

    Raises:
        UserError: For a strategy that the scenario does not play.
    """
    with swept_at_end():
        day = Day(world, strategy, replication, draws)
        day.finish()
    found = covered(day.potential_response().minutes, world.places, world.scenario.response.standard_minutes)
    first = found.voters[_FIRST]
    worst = int(np.argmin(first.sum(axis=1)))
    start, time = float(world.moments[0]), float(world.moments[worst])
    all_voters = np.bincount(world.places.district, world.places.voters, world.places.districts).astype(np.int64)
    parts = _Undone(world, strategy, day, start, time).parts() if worst else {}
    return Fall(start, time, all_voters, first[0], first[worst], parts)


@dataclass(frozen=True)
class _SameRoads:
    """Roads that stay as they are."""

    state: RoadState

    def periods(self, times: Floats) -> list[tuple[slice, RoadState]]:
        return [(slice(0, len(times)), self.state)]


@dataclass(eq=False)
class _Undone:
    """The worst moment of a day, of which parts can be put back to how they were at the start."""

    world: World
    strategy: str
    day: Day
    start: float
    time: float
    _kept: dict[frozenset[Part], Floats] = field(default_factory=dict)
    _were: dict[_SameRoads, Whereabouts] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.times = np.array([self.start, self.time])
        self.roads = [self.day.roads.state_at(time) for time in self.times]
        self.held = held(self.day.fleet, self.times)
        self.requested = [self._requested_at(time) for time in self.times]
        self.of_unit = self._parts_of_units()

    def parts(self) -> dict[Part, Floats]:
        """Return how many voters each part has taken away, by district."""
        able = self._able()
        return {part: _mean_effect(part, [other for other in able if other is not part], self.without) for part in able}

    def without(self, undone: Collection[Part]) -> Floats:
        """Return the voters covered by district with some parts as they were at the start."""
        key = frozenset(undone)
        if key not in self._kept:
            self._kept[key] = self._covered(key)
        return self._kept[key]

    def _able(self) -> list[Part]:
        """Return the parts that can matter: those that some unit has, roads that are not as they were, and the rest."""
        before, now = self.roads
        has = {*self.of_unit, Part.REST}
        has |= {Part.CLOSED} if before.closed != now.closed else set()
        has |= {Part.SLOW} if (before.slowed, before.dark) != (now.slowed, now.dark) else set()
        return [part for part in Part if part in has]

    def _covered(self, undone: frozenset[Part]) -> Floats:
        world, column = self.world, [_START if part in undone else _WORST for part in self.of_unit]
        roads = _SameRoads(self._roads(undone))
        where = self._where(roads)
        rest = _START if Part.REST in undone else _WORST
        here = _at(where, np.array(column), rest)
        is_held = self.held[np.arange(len(column)), column][:, None]
        plan, now = world.responses[self.strategy], self.times[_WORST:]
        can = can_be_sent(here, is_held, plan, roads, now)
        requested = self.requested[rest]

        def ready(some: frozenset[int]) -> Readiness:
            return readiness(plan, some) if some else world.readiness[self.strategy]

        requests = [(self.start, requested)] if requested else []
        minutes = minutes_through(world, can, roads, now, ready, requests)
        found = covered(minutes, world.places, world.scenario.response.standard_minutes)
        voters: Floats = found.voters[_FIRST, 0].astype(np.float64)
        return voters

    def _where(self, roads: _SameRoads) -> Whereabouts:
        """Return where units were at both moments, on roads that stay as they are."""
        if roads not in self._were:
            self._were[roads] = whereabouts(self.world, self.strategy, self.day.fleet, roads, self.times)
        return self._were[roads]

    def _roads(self, undone: Collection[Part]) -> RoadState:
        closed = self.roads[_START if Part.CLOSED in undone else _WORST].closed
        slow = self.roads[_START if Part.SLOW in undone else _WORST]
        return RoadState(closed, slow.slowed, slow.dark)

    def _requested_at(self, time: float) -> frozenset[int]:
        return next((units for when, units in reversed(self.day.posko.requests) if when <= time), frozenset())

    def _parts_of_units(self) -> list[Part]:
        """Return the part of each unit: what it does at the worst moment, else what it did at the start."""
        fleet, off = self.day.fleet, off_duty(self.day.fleet, self.times)
        resting: list[bool] = np.any(self.held | off, axis=1).tolist()
        idle = self._where(_SameRoads(self.roads[_WORST])).free
        at_work, moved = self._at_work(), self._moved()
        found = []
        for unit in range(len(fleet.units)):
            away = [when for when in (_WORST, _START) if not idle[unit, when]]
            if resting[unit]:
                found.append(Part.RESTING)
            elif away:
                found.append(at_work.get((unit, away[0]), Part.REST))
            else:
                found.append(Part.MOVED if unit in moved else Part.REST)
        return found

    def _at_work(self) -> dict[tuple[int, int], Part]:
        """Return what each unit was last given to do at both moments."""
        found = {}
        for task in self.day.ledger.tasks:
            for when, time in enumerate(self.times):
                if task.ordered <= time:
                    found[task.unit.index, when] = _PART_OF.get(task.goal.purpose, Part.INCIDENTS)
        return found

    def _moved(self) -> set[int]:
        tasks = self.day.ledger.tasks
        return {t.unit.index for t in tasks if t.goal.purpose is Purpose.RELOCATION and t.arrived <= self.time}


def _at(where: Whereabouts, column: NDArray[np.int64], rest: int) -> Whereabouts:
    """Return one moment: each unit as it was at its own of two moments, and the rounds as at another."""
    units = np.arange(len(column))
    one = {name: value[units, column][:, None] for name, value in where._asdict().items() if name != "visit"}
    return Whereabouts(**one, visit=where.visit[:, rest : rest + 1])


def _mean_effect(part: Part, others: Sequence[Part], value: Callable[[Collection[Part]], Floats]) -> Floats:
    """Return the mean over all orders of what is gained when a part is put back after those before it."""
    n = len(others) + 1
    return sum(
        (
            factorial(size) * factorial(n - size - 1) / factorial(n) * (value({*before, part}) - value(before))
            for size in range(n)
            for before in combinations(others, size)
        ),
        np.zeros_like(value(())),
    )
