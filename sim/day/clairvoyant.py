"""The best possible beside a day that has been played: the fewest disturbances that could have been reached late.

Stub of the docstring.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import inf, isnan

import numpy as np

from sim.clairvoyant.calls import Calls, Floats
from sim.clairvoyant.fewest_late import Fewest, fewest_late
from sim.day.called import Called, called
from sim.delay import draw
from sim.disturbance.incident import Incident
from sim.log import BoundRow
from sim.region.place import StationPlace
from sim.region.position import Position, at, travel_minutes
from sim.region.road_state import RoadState
from sim.region.round import Round
from sim.response.fleet import Fleet, Idle
from sim.response.open_roads import OpenRoads
from sim.response.plan import ResponsePlan
from sim.response.task import Task
from sim.response.units import UnitSpec
from sim.streams import Streams
from sim.vocabulary import Capability, Purpose, Role, Severity


def bound_row(calls: Sequence[Called], best: Fewest) -> BoundRow:
    """Return the record of a day."""
    return BoundRow(len(calls), sum(call.is_late for call in calls), best.bound, int(best.gap == 0))


def best_dispatch(
    incidents: Iterable[Incident],
    tasks: Sequence[Task],
    fleet: Fleet,
    roads: OpenRoads,
    plan: ResponsePlan,
    streams: Streams,
) -> tuple[list[Called], Fewest]:
    """Return what a day that is over asked for, and the fewest of it that could have been late.

    Args:
        incidents: Its disturbances.
        tasks: Its tasks.
        fleet: Its units, closed.
        roads: Its roads.
        plan: The response under its strategy.
        streams: Its random streams, from which nothing has been drawn.
    """
    found = called(incidents, tasks, plan, streams)
    if not found:
        return found, Fewest(0, 0, ())
    return found, fewest_late(_Table(found, tasks, fleet, roads, plan, streams).calls())


class _Table:
    """The arrays of a day while they are filled in."""

    def __init__(
        self,
        called: Sequence[Called],
        tasks: Sequence[Task],
        fleet: Fleet,
        roads: OpenRoads,
        plan: ResponsePlan,
        streams: Streams,
    ) -> None:
        self.called, self.plan, self.fleet, self.roads = called, plan, fleet, roads
        self.specs = plan.deployment.units
        self.spots = [plan.spot(call.place) for call in called]
        self.free = np.array([call.free for call in called])
        self.last = np.array([min(c.deadline, c.ended, c.free) for c in called])
        self.shape = (len(self.specs), len(called))
        self.idle: dict[int, list[Idle]] = {}
        for idle in fleet.idle_stretches:
            self.idle.setdefault(idle.unit, []).append(idle)
        self.with_boxes: dict[int, list[tuple[float, float]]] = {}
        for task in tasks:
            if task.goal.purpose is Purpose.BOXES:
                ends = inf if isnan(task.released) else task.released
                self.with_boxes.setdefault(task.unit.index, []).append((task.ordered, ends))
        self.ready = _readiness(self.specs, tasks, streams)
        self.states = [
            self._roads_until(call.onset, last) for call, last in zip(called, self.last.tolist(), strict=True)
        ]

    def calls(self) -> Calls:
        """Return the arrays."""
        order, there, may = np.full(self.shape, inf), np.full(self.shape, inf), np.zeros(self.shape, dtype=np.bool_)
        for i, call in enumerate(self.called):
            guard = self.plan.guard_of(call.place)
            for unit, when in self._asked(call, guard):
                order[unit, i], there[unit, i] = when, self._there(unit, i, when)
                may[unit, i] = True
            if guard is not None:
                visit = self._visit(guard, call)
                if visit < there[guard, i]:
                    order[guard, i], there[guard, i] = min(visit, order[guard, i]), visit
        vehicles = sorted({spec.vehicle for spec in self.specs})
        return Calls(
            order=order,
            there=there,
            deadline=self.last,
            free=self.free,
            between=np.array([self._between(vehicle) for vehicle in vehicles]),
            kind=np.array([vehicles.index(spec.vehicle) for spec in self.specs], dtype=np.int64),
            home=self._home(),
            ready=self.ready,
            anyhow=np.array([not call.is_late and call.first is None for call in self.called]),
            may=may,
            known=self._known(),
        )

    def _known(self) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """Return who served what in time on the day as it was."""
        found: dict[int, list[int]] = {}
        for i in np.argsort([call.came for call in self.called], kind="stable").tolist():
            call = self.called[i]
            if not call.is_late and call.first is not None:
                found.setdefault(call.first.unit.index, []).append(i)
        return tuple((unit, tuple(served)) for unit, served in sorted(found.items()))

    def _asked(self, call: Called, guard: int | None) -> Iterable[tuple[int, float]]:
        """Give the units that may be sent, and when each can be ordered first."""
        district = call.place.district
        post = self.plan.sectors[district] if district is not None else ""
        dispatch = self.plan.dispatch
        guards_from = None if dispatch.take_guards_from is None else Severity.of(dispatch.take_guards_from)
        for unit, spec in enumerate(self.specs):
            if unit == guard:
                yield unit, min(call.known[Severity.GREEN], call.sector)
            elif spec.stays or not spec.provides[Capability.PRESENCE]:
                continue
            elif spec.role is Role.GUARD:
                if guards_from is not None:
                    yield unit, call.known[max(guards_from, spec.from_severity)]
            elif spec.base == post and self.plan.is_of_sector(spec):
                yield unit, min(call.known[Severity.GREEN], call.sector)
            else:
                yield unit, call.known[spec.from_severity]

    def _there(self, unit: int, i: int, when: float) -> float:
        """Return when a unit would be there that is ordered from where it waits, or would be waiting."""
        call, spec = self.called[i], self.specs[unit]
        if when + self.ready[unit] > self.last[i] or self._is_with_boxes(unit, when):
            return inf
        here = self._waits(unit, when)
        if here is None:
            return inf
        way = travel_minutes(here, self.spots[i], self.plan.network, spec.vehicle, self.states[i])
        is_of_other = spec.role is Role.GUARD and unit != self.plan.guard_of(call.place)
        if is_of_other and spec.ready_minutes + way > self.plan.dispatch.guards_within_minutes:
            return inf
        return when + float(self.ready[unit]) + way

    def _is_with_boxes(self, unit: int, when: float) -> bool:
        return any(begin <= when < end for begin, end in self.with_boxes.get(unit, ()))

    def _waits(self, unit: int, when: float) -> Position | None:
        """Return where a unit waits, or would if nothing had called it since it last did; None: it never has."""
        before = [idle for idle in self.idle.get(unit, ()) if idle.start <= when]
        return before[-1].motion.at(when) if before else None

    def _visit(self, guard: int, call: Called) -> float:
        """Return when the pair of a post is there, or would be, without having been sent; infinite: not in time."""
        before = [idle for idle in self.idle.get(guard, ()) if idle.start <= call.onset]
        if not before or self._is_with_boxes(guard, call.onset):
            return inf
        if not isinstance(call.place, StationPlace):
            return call.onset
        motion = before[-1].motion
        if motion.at(call.onset).station == call.place.station:
            return call.onset
        return motion.visit(call.place.station, call.onset) if isinstance(motion, Round) else inf

    def _between(self, vehicle: str) -> Floats:
        """Return minutes from the place of each call to that of each other, on the roads of the latter."""
        network, places = self.plan.network, [at(spot, self.plan.network, vehicle) for spot in self.spots]
        nodes, access = np.array([p.node for p in places]), np.array([p.minutes for p in places])
        found = np.empty((len(places), len(places)))
        for i, (spot, state) in enumerate(zip(self.spots, self.states, strict=True)):
            table = network.minutes(vehicle, state)
            there = table[np.ix_(nodes, spot.nodes)].min(axis=1) + spot.access_in(vehicle in network.on_tracks)
            found[:, i] = access + there
        same = np.array([[s.station is not None and s.station == o.station for o in self.spots] for s in self.spots])
        found[same] = 0.0
        return found

    def _home(self) -> Floats:
        """Return minutes from the place of each call to where each unit belongs, every road open, by day."""
        network, found = self.plan.network, np.empty(self.shape)
        for vehicle in {spec.vehicle for spec in self.specs}:
            mine = [u for u, spec in enumerate(self.specs) if spec.vehicle == vehicle]
            homes = [at(self.specs[u].home, network, vehicle) for u in mine]
            places = [at(spot, network, vehicle) for spot in self.spots]
            table = network.minutes(vehicle)[np.ix_([h.node for h in homes], [p.node for p in places])]
            out = np.array([h.minutes for h in homes])[:, None] + np.array([p.minutes for p in places])
            found[mine] = table + out
        return found

    def _roads_until(self, begin: float, end: float) -> RoadState:
        """Return roads on which nobody is slower than on those that there were between two times."""
        history = self.roads.history
        ends = [when for when, _ in history[1:]] + [inf]
        states = [s for (a, s), b in zip(history, ends, strict=True) if b > begin and (a <= end or a <= begin)]
        return best_of(states)


def best_of(states: Sequence[RoadState]) -> RoadState:
    """Return roads on which nobody is slower than on any of some others: closed, slow and dark where all are."""
    first, *others = states
    slowed = dict(first.slowed)
    for other in others:
        factors = dict(other.slowed)
        slowed = {road: max(factor, factors[road]) for road, factor in slowed.items() if road in factors}
    closed = frozenset.intersection(*(state.closed for state in states))
    found = RoadState.of(closed, slowed, dark=all(state.dark for state in states))
    return first if found == first else found


def _readiness(specs: Sequence[UnitSpec], tasks: Iterable[Task], streams: Streams) -> Floats:
    """Return how soon each unit can be ready, minutes: the soonest of the times it drew on the day, else its first.

    The times that it needs one after another are drawn from a stream of its own: its first is the same however often it
    was called.
    """
    drawn = Counter(task.unit.index for task in tasks if task.sent)
    return np.array([_soonest(spec, max(1, drawn[unit]), streams) for unit, spec in enumerate(specs)])


def _soonest(spec: UnitSpec, times: int, streams: Streams) -> float:
    rng = streams.generator(f"unit/{spec.name}/mobilisation")
    ready = spec.request_delay + min(draw(spec.mobilisation, rng) for _ in range(times))
    if spec.passing is not None:
        passing = streams.generator(f"unit/{spec.name}/passing")
        ready += min(draw(spec.passing, passing) for _ in range(times))
    return ready
