"""The best possible beside a day that has been played: the fewest responses that could have been late.

A response is late as in :func:`sim.measures.response.within_standard`: the disturbance was reported, asked for
officers, and none were there within the standard time after the report. Given is the day as it was under its strategy;
another choice of whom to send is looked for, by somebody who knew all of it beforehand (Jagtenberg, van den Berg and
van der Mei, "Benchmarking online dispatch algorithms for Emergency Medical Services", European Journal of Operational
Research 258, 2017: the offline model). The ratio of late to late at best says how much of the lateness comes of the
choice; the rest comes of reports, desks, and where the units wait.

**As it was, and the same for every choice:** which disturbances there were, when each was reported and ended; when the
sector post and the centre had dealt with the report, and since when the centre knew how bad it was; the roads; who went
with ballot boxes when; where each unit waits that nothing has called, on its round or where the relocation rule had
moved it; how long the first officers were bound. A disturbance that nobody reached binds whoever is sent until it ends.

**Chosen:** which one unit goes to each disturbance first, of those that the strategy allows: agencies and guards of
other posts only from their severity on, guards only within their distance. Nobody need go to what will be late in any
case, to a false report, or to reinforce, and no reserve is kept back. The pair of a post that stands at the place, or
comes by, is there without an order.

**Never worse than it was:** whoever was first at a disturbance in time on the day may do the same again, one after
another as he did, whatever is said below. So late at best is never more than late, by construction.

**Where it is not known how it would have been** the sooner is taken. A unit gets ready as soon as the soonest of the
times that it drew up to its last call of the day, which has all that it really needed; one that was not called needs
the first that it would have drawn. On roads that changed meanwhile a way takes what it takes on the best of each. Who
comes from another disturbance need not get ready, and is on his way home as near to the next as can be
(:class:`sim.clairvoyant.calls.Calls`).

**What it is not.** It is no plan: nobody knows a day beforehand. It does not follow what else would have been had
others come sooner: smaller crowds, fewer followers. It bounds the choices on this day, not those of another strategy,
whose own day has its own bound. Nor is it the very least: who goes rounds and was called before is taken to go on as if
he had not been, and by luck may be nearer.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import inf, isnan

import numpy as np

from sim.clairvoyant.calls import Calls, Floats
from sim.clairvoyant.fewest_late import Fewest, fewest_late
from sim.day.called import Called, called
from sim.delay import draw
from sim.disturbance.incident import Incident
from sim.echelon import Echelon
from sim.log import BoundRow
from sim.region.place import StationPlace
from sim.region.position import Motion, at, travel_minutes
from sim.region.road_state import RoadState
from sim.region.round import Round
from sim.response.fleet import Fleet, Idle
from sim.response.open_roads import OpenRoads
from sim.response.plan import ResponsePlan
from sim.response.task import Task
from sim.response.units import UnitSpec
from sim.streams import Streams
from sim.vocabulary import Purpose, Role, Severity

MOST_PAIRS = 200_000
"""Units times disturbances that are looked at on one day, about a second's work; a day with more has no bound."""
MOST_CALLS = 500
"""Disturbances that are looked at on one day; every two of them are compared."""


def bound_rows(
    incidents: Iterable[Incident],
    tasks: Sequence[Task],
    fleet: Fleet,
    roads: OpenRoads,
    plan: ResponsePlan,
    streams: Streams,
) -> list[BoundRow]:
    """Return the best possible beside a day that is over: one row, or none when there is too much of it to look at.

    Args:
        incidents: Its disturbances.
        tasks: Its tasks.
        fleet: Its units, their last stretches recorded.
        roads: Its roads.
        plan: The response under its strategy.
        streams: Its random streams, from which nothing has been drawn.
    """
    found = called(incidents, tasks, plan, streams)
    if len(found) * len(plan.deployment.units) > MOST_PAIRS or len(found) > MOST_CALLS:
        return []
    best = fewest_late(calls_of(found, tasks, fleet, roads, plan, streams)) if found else Fewest(0, 0, ())
    return [BoundRow(len(found), sum(call.is_late for call in found), best.bound, int(best.gap == 0))]


def calls_of(
    found: Sequence[Called],
    tasks: Sequence[Task],
    fleet: Fleet,
    roads: OpenRoads,
    plan: ResponsePlan,
    streams: Streams,
) -> Calls:
    """Return what a day asked for as arrays; for the arguments see :func:`bound_rows`."""
    units = _Units(found, tasks, fleet, plan, streams)
    states = [_roads_between(roads, call.onset, call.last) for call in found]
    shape = (len(plan.deployment.units), len(found))
    order, there, may = np.full(shape, inf), np.full(shape, inf), np.zeros(shape, dtype=np.bool_)
    for i, (call, state) in enumerate(zip(found, states, strict=True)):
        guard = plan.guard_of(call.place)
        for unit, when in units.asked(call, guard):
            may[unit, i], order[unit, i] = True, when
            there[unit, i] = units.there(unit, call, when, state, is_own=unit == guard)
        if guard is not None and (visit := units.visit(guard, call)) < there[guard, i]:
            order[guard, i], there[guard, i] = min(visit, order[guard, i]), visit
    vehicles = sorted({spec.vehicle for spec in plan.deployment.units})
    return Calls(
        order=order,
        there=there,
        deadline=np.array([call.last for call in found]),
        free=np.array([call.free for call in found]),
        between=np.array([_between(found, states, plan, vehicle) for vehicle in vehicles]).reshape(-1, *shape[1:] * 2),
        kind=np.array([vehicles.index(spec.vehicle) for spec in plan.deployment.units], dtype=np.int64),
        home=_home(found, plan),
        ready=np.nan_to_num(units.ready),
        anyhow=np.array([not call.is_late and call.first is None for call in found]),
        may=may,
        known=_as_it_was(found),
    )


class _Units:
    """The units of a day: who may be sent when, and how soon he would be there."""

    def __init__(
        self, found: Sequence[Called], tasks: Sequence[Task], fleet: Fleet, plan: ResponsePlan, streams: Streams
    ) -> None:
        self.plan = plan
        self.specs = plan.deployment.units
        self._streams, self._times = streams, _times_drawn(found, tasks, len(self.specs))
        self.ready = np.full(len(self.specs), np.nan)
        self._others = list(self._may_be_sent())
        stretches: list[list[Idle]] = [[] for _ in self.specs]
        for idle in fleet.idle_stretches:
            stretches[idle.unit].append(idle)
        self._waits = [_uncalled(some) for some in stretches]
        self._since = [[idle.start for idle in waits] for waits in self._waits]
        self._with_boxes: list[list[tuple[float, float]]] = [[] for _ in self.specs]
        for task in tasks:
            if task.goal.purpose is Purpose.BOXES:
                ends = inf if isnan(task.released) else task.released
                self._with_boxes[task.unit.index].append((task.ordered, ends))

    def _may_be_sent(self) -> Iterator[tuple[int, Severity, str]]:
        """Give officers who go to places that are not their own, from what severity on, and their sector post."""
        guards_from = self.plan.dispatch.take_guards_from
        for unit, spec in enumerate(self.specs):
            if spec.stays or not spec.provides.officers:
                continue
            if spec.role is not Role.GUARD:
                yield unit, spec.from_severity, spec.base if self.plan.is_of_sector(spec) else ""
            elif guards_from is not None:
                yield unit, max(spec.from_severity, Severity.of(guards_from)), ""

    def asked(self, call: Called, guard: int | None) -> Iterator[tuple[int, float]]:
        """Give the units that may be sent, and when each can be ordered first; infinite: never.

        The pair whose post it is, and the sector post's own patrol, go as soon as either the post or the centre has
        dealt with the report; everybody else when the centre knows that it is as bad as he waits for, if it may call
        him. Whom sector posts may call goes as soon as the post has dealt with the report, which may have told it worse
        than the centre ever knew.
        """
        district = call.place.district
        post, soonest = self.plan.sectors[district] if district is not None else "", min(call.known.values())
        if guard is not None and self.specs[guard].provides.officers:
            yield guard, min(soonest, call.sector)
        for unit, severity, sector in self._others:
            if unit != guard:
                own = bool(sector) and sector == post
                yield unit, min(soonest, call.sector) if own else self._when_called(unit, severity, call)

    def _when_called(self, unit: int, severity: Severity, call: Called) -> float:
        """Return when a unit that is no sector post's own can be called first."""
        called_by = self.specs[unit].called_by
        by_centre = call.known[severity] if Echelon.POSKO in called_by else inf
        return min(by_centre, call.sector) if Echelon.SECTOR in called_by else by_centre

    def there(self, unit: int, call: Called, when: float, roads: RoadState, *, is_own: bool) -> float:
        """Return when a unit is there that is ordered from where it waits; infinite: too late, or it may not go.

        To set out later helps nobody: by his round he comes no nearer than by going there.
        """
        spec = self.specs[unit]
        if when > call.last or self._is_with_boxes(unit, when):
            return inf
        ready = self._ready(unit)
        motion, spot = self._motion(unit, when), self.plan.spot(call.place)
        if motion is None:
            return inf
        way = travel_minutes(motion.at(when), spot, self.plan.network, spec.vehicle, roads)
        far = spec.role is Role.GUARD and spec.ready_minutes + way > self.plan.dispatch.guards_within_minutes
        return inf if far and not is_own else when + ready + way

    def _ready(self, unit: int) -> float:
        """Return how soon a unit can be ready, minutes, worked out for those alone who can be asked in time."""
        if isnan(self.ready[unit]):
            self.ready[unit] = _soonest(self.specs[unit], self._times[unit], self._streams)
        return float(self.ready[unit])

    def _is_with_boxes(self, unit: int, when: float) -> bool:
        return any(begin <= when < end for begin, end in self._with_boxes[unit])

    def _motion(self, unit: int, when: float) -> Motion | None:
        """Return how a unit waits, or would if nothing had called it by then; None: it has not begun."""
        number = bisect_right(self._since[unit], when)
        return self._waits[unit][number - 1].motion if number else None

    def visit(self, guard: int, call: Called) -> float:
        """Return when the pair of a post is at its place, or would be, without having been sent; infinite: never."""
        if not self.specs[guard].officers:
            return inf
        motion, place, when = self._motion(guard, call.onset), call.place, call.onset
        if motion is None:
            return inf
        if isinstance(place, StationPlace) and motion.at(when).station != place.station:
            when = motion.visit(place.station, when) if isinstance(motion, Round) else inf
        return inf if self._is_with_boxes(guard, when) else when


def _uncalled(stretches: Sequence[Idle]) -> list[Idle]:
    """Return those of a unit's stretches of waiting that tell where it would have been had nothing called it.

    After a call one who goes rounds is somewhere else on his round: those before the first call have him where he would
    have been, whether the roads changed or not. One who stands may have been moved: all of his count.
    """
    if not stretches or not isinstance(stretches[0].motion, Round):
        return list(stretches)
    breaks = [i for i, (one, other) in enumerate(pairwise(stretches), 1) if other.start > one.end]
    return list(stretches[: breaks[0]] if breaks else stretches)


def _as_it_was(found: Sequence[Called]) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Return who was the first at what in time on the day as it was, each unit's in order."""
    served: dict[int, list[int]] = {}
    for i, call in enumerate(found):  # in the order in which officers were free again
        if not call.is_late and call.first is not None:
            served.setdefault(call.first.unit.index, []).append(i)
    return tuple((unit, tuple(calls)) for unit, calls in sorted(served.items()))


def _between(found: Sequence[Called], roads: Sequence[RoadState], plan: ResponsePlan, vehicle: str) -> Floats:
    """Return minutes from the place of each disturbance to that of each other, on the roads of the other."""
    network, spots = plan.network, [plan.spot(call.place) for call in found]
    places = [at(spot, network, vehicle) for spot in spots]
    node, out = np.array([place.node for place in places]), np.array([place.minutes for place in places])
    minutes = np.empty((len(found), len(found)))
    for i, (spot, state) in enumerate(zip(spots, roads, strict=True)):
        way = network.minutes(vehicle, state)[np.ix_(node, np.array(spot.nodes))].min(axis=1)
        minutes[:, i] = out + way + spot.access_in(vehicle in network.on_tracks)
        minutes[[spot.station is not None and spot.station == other.station for other in spots], i] = 0.0
    return minutes


def _home(found: Sequence[Called], plan: ResponsePlan) -> Floats:
    """Return minutes from the place of each disturbance to where each unit belongs, by day with every road open."""
    network, specs = plan.network, plan.deployment.units
    minutes = np.empty((len(specs), len(found)))
    for vehicle in {spec.vehicle for spec in specs}:
        mine = [unit for unit, spec in enumerate(specs) if spec.vehicle == vehicle]
        ends = [[at(s, network, vehicle) for s in spots] for spots in (
            [specs[unit].home for unit in mine], [plan.spot(call.place) for call in found]
        )]  # fmt: skip
        homes, places = (np.array([(end.node, end.minutes) for end in some]) for some in ends)
        way = network.minutes(vehicle)[np.ix_(homes[:, 0].astype(np.int64), places[:, 0].astype(np.int64))]
        minutes[mine] = homes[:, 1][:, None] + way + places[:, 1]
    return minutes


def _roads_between(roads: OpenRoads, begin: float, end: float) -> RoadState:
    """Return roads on which nobody is slower than on any that there were between two times."""
    until = [*(when for when, _ in roads.history[1:]), inf]
    states = [s for (since, s), to in zip(roads.history, until, strict=True) if to > begin and since <= max(begin, end)]
    return best_of(states)


def best_of(states: Sequence[RoadState]) -> RoadState:
    """Return roads on which nobody is slower than on any of some others: closed, slow and dark where all are."""
    first, *others = states
    slowed = dict(first.slowed)
    for factors in (dict(other.slowed) for other in others):
        slowed = {road: max(factor, factors[road]) for road, factor in slowed.items() if road in factors}
    closed = frozenset.intersection(*(state.closed for state in states))
    found = RoadState.of(closed, slowed, dark=all(state.dark for state in states))
    return first if found == first else found  # the same object: its ways are known


def _times_drawn(found: Sequence[Called], tasks: Iterable[Task], units: int) -> list[int]:
    """Return how many times to get ready each unit drew up to its last call of the day; 1 where nothing called it."""
    calls, drawn, until = {call.identity for call in found}, [0] * units, [1] * units
    for task in tasks:
        if task.sent:
            drawn[task.unit.index] += 1
            if task.goal.incident in calls:
                until[task.unit.index] = drawn[task.unit.index]
    return until


def _soonest(spec: UnitSpec, times: int, streams: Streams) -> float:
    """Return the least of the first so many times to get ready of a unit, minutes, with a desk free for it.

    What it needs one time after another is drawn from a stream of its own: the same whatever it is called for.
    """
    readiness = streams.marks(f"unit/{spec.stream}/mobilisation")
    ready = spec.request_delay + min(draw(spec.mobilisation, readiness) for _ in range(times))
    if spec.passing is None:
        return ready
    passing = streams.marks(f"unit/{spec.stream}/passing")
    return ready + min(draw(spec.passing, passing) for _ in range(times))
