"""The quickest flow of own transport: when at the earliest everybody with a vehicle can be in a shelter.

It is the bound of :mod:`sim.evacuation.bound` with three things more: who leaves when, how many a shelter holds, and a
clock of its own at each place. There it shows by when somebody would be safe who went on from now on by the quickest
way, so on that way it stands still, and nothing is lost when it is cut into steps. On any other way it goes on by the
minutes that are lost there, rounded down to steps (the reduced costs of Johnson 1977, "Efficient algorithms for
shortest paths in sparse networks").

It stays a bound: each road is as fast as for the fastest vehicle and in any state of the roads, takes as many people
in a step as if all used the vehicle that carries most for each car unit, and one vehicle more; traffic posts are
manned from the beginning; buses are not in the way; everybody chooses for the good of all.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

import numpy as np
from numpy.typing import NDArray

from sim.config.region import ROAD_CLASSES
from sim.evacuation.area.plan import AreaEvacuationPlan
from sim.evacuation.area.population import BY_BUS, Population

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
STEPS = (240, 60, 20)
"""Time between the first who could be safe and the last is cut into so many steps at most. Each gives a bound, and the
largest is taken: short steps lose little by being rounded, long ones by the vehicle more that each lets out."""
LEAST_STEP_MINUTES = 0.5
_ROUNDING = 1e-9
"""So much of a step a time may be off by reckoning with numbers of 53 bits; it is rounded down all the same."""


@dataclass(frozen=True, eq=False)
class _Roads:
    """The network of own transport, a direction of a road each.

    Attributes:
        tail: Node that it leads from.
        head: Node that it leads to.
        minutes: Of the fastest vehicle.
        per_minute: People it lets out; infinite without limit.
        left: Minutes of the quickest way from each node to a shelter; infinite without any.
    """

    tail: Ints
    head: Ints
    minutes: Floats
    per_minute: Floats
    left: Floats


@dataclass(frozen=True, eq=False)
class _Steps:
    """The same in steps of a clock that shows by when one would be safe.

    Attributes:
        tail: Of each direction of a road that leads to a shelter.
        head: Of the same.
        lost: Steps that are lost on it.
        most: People it lets out in a step.
        first: Step at each node before which nobody can be there; beyond every horizon where nobody can.
        nodes: Where people start.
        begin: The step in which they do.
        people: How many they are.
        shelters: The node of each shelter.
        received: People whom it lets in, in a step.
        places: People whom it holds.
    """

    tail: Ints
    head: Ints
    lost: Ints
    most: Ints
    first: Ints
    nodes: Ints
    begin: Ints
    people: Ints
    shelters: Ints
    received: Ints
    places: Ints


def quickest_own_transport(plan: AreaEvacuationPlan, population: Population, least: float, most: float) -> float:
    """Return the minutes from the order before which not everybody with own transport can be safe.

    Args:
        plan: The plan.
        population: Who leaves when.
        least: Another bound; where this one is no more than that it is not looked for, and 0 is returned.
        most: When all of them were safe in an evacuation that was played.
    """
    drives = (population.vehicle != BY_BUS) & np.isfinite(population.leaves)
    if most <= least or not drives.any():
        return 0.0
    roads = _roads(plan)
    homes = np.array([zone.node for zone in plan.zones])[population.zone[drives]]
    by = population.leaves[drives] + roads.left[homes]
    found = least
    for number in STEPS:
        step = max(LEAST_STEP_MINUTES, (most - float(by.min())) / number)
        cut = _cut(plan, roads, step, homes, by, population.people[drives])
        found = max(found, _first_step(cut, floor(found / step), floor(most / step)) * step)
    return found if found > least else 0.0


def _first_step(cut: _Steps, low: int, high: int) -> int:
    """Return the first step by whose end all can be safe, that is no earlier than one and no later than another."""
    everybody = int(cut.people.sum())
    if low >= high or _safe_by(cut, low) >= everybody:
        return low
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _safe_by(cut, middle) >= everybody else (middle, high)
    return high


def _roads(plan: AreaEvacuationPlan) -> _Roads:
    settings, roads = plan.settings, plan.network.region.roads
    tail, head = np.concatenate([roads.u, roads.v]), np.concatenate([roads.v, roads.u])
    fastest = np.min([plan.network.road_minutes(own.vehicle) for own in settings.own_vehicles], axis=0)
    dense = max(own.people / own.car_units for own in settings.own_vehicles)
    limits = [getattr(settings.road_capacity, name) for name in ROAD_CLASSES]
    flow = np.array([np.inf if limit is None else limit / 60.0 * dense for limit in limits])[roads.road_class]
    per_minute = np.concatenate([flow, flow])
    per_minute[np.isin(head, list(plan.traffic_posts))] *= settings.traffic_post_factor
    minutes = np.concatenate([fastest, fastest])
    left = np.full(len(plan.network.region.nodes), np.inf)
    left[[shelter.node for shelter in plan.shelters]] = 0.0
    while True:
        before = left.copy()
        np.minimum.at(left, tail, minutes + left[head])
        if np.array_equal(left, before):
            return _Roads(tail, head, minutes, per_minute, left)


def _cut(plan: AreaEvacuationPlan, roads: _Roads, step: float, homes: Ints, by: Floats, people: Ints) -> _Steps:
    """Cut the clock into steps of so many minutes; who would be safe by when stands in ``by``."""
    known = np.isfinite(roads.left[roads.tail]) & np.isfinite(roads.left[roads.head])
    tail, head = roads.tail[known], roads.head[known]
    lost = np.maximum(0.0, roads.minutes[known] - roads.left[tail] + roads.left[head])
    steps = np.floor(lost / step - _ROUNDING).clip(0).astype(np.int64)
    everybody, party = int(people.sum()), max(own.people for own in plan.settings.own_vehicles)
    begin = np.floor(by / step - _ROUNDING).clip(0).astype(np.int64)
    starts, number = np.unique(np.stack([homes, begin]), axis=1, return_inverse=True)
    first = np.full(len(roads.left), np.iinfo(np.int64).max // 2)
    np.minimum.at(first, starts[0], starts[1])
    while True:
        before = first.copy()
        np.minimum.at(first, head, first[tail] + steps)
        if np.array_equal(first, before):
            break
    return _Steps(
        tail=tail, head=head, lost=steps, first=first,
        most=_in_a_step(roads.per_minute[known], step, party, everybody),
        nodes=starts[0], begin=starts[1],
        people=np.bincount(number.reshape(-1), people, starts.shape[1]).astype(np.int64),
        shelters=np.array([shelter.node for shelter in plan.shelters]),
        received=_in_a_step(np.array([s.per_minute for s in plan.shelters]), step, party, everybody),
        places=np.array([min(s.places, everybody) for s in plan.shelters]),
    )  # fmt: skip


def _in_a_step(per_minute: Floats, step: float, party: int, everybody: int) -> Ints:
    """Return the most people who can pass in a step: the last of them may begin in it and end beyond."""
    return np.minimum(np.floor(per_minute * step + party + 1e-6), everybody).astype(np.int64)


def _safe_by(cut: _Steps, horizon: int) -> int:
    """Return the most people who can be in shelters by the end of a step."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import maximum_flow

    copies = np.maximum(0, horizon + 1 - cut.first)
    offset = np.concatenate([[0], np.cumsum(copies)])
    n, everybody = int(offset[-1]), int(cut.people.sum())
    source, end, gates = n, n + 1, n + 2 + np.arange(len(cut.shelters))

    def at(node: Ints, step: Ints) -> Ints:
        return offset[node] + step - cut.first[node]

    held = np.setdiff1d(np.arange(n), offset[1:] - 1)
    link, since = _each(np.maximum(0, horizon + 1 - cut.first[cut.tail] - cut.lost))
    entered = cut.first[cut.tail[link]] + since
    gate, after = _each(copies[cut.shelters])
    in_time = cut.begin <= horizon
    tails = [held, at(cut.tail[link], entered), at(cut.shelters[gate], cut.first[cut.shelters[gate]] + after)]
    heads = [held + 1, at(cut.head[link], entered + cut.lost[link]), gates[gate]]
    capacity = [np.full(len(held), everybody), cut.most[link], cut.received[gate]]
    tails += [np.full(int(in_time.sum()), source), gates]
    heads += [at(cut.nodes[in_time], cut.begin[in_time]), np.full(len(gates), end)]
    capacity += [cut.people[in_time], cut.places]
    shape = (n + 2 + len(gates),) * 2
    places = np.concatenate(tails), np.concatenate(heads)
    between = coo_array((np.concatenate(capacity), places), shape=shape).tocsr()
    between.data = np.minimum(between.data, everybody)
    return int(maximum_flow(between.astype(np.int32), source, end).flow_value)


def _each(counts: Ints) -> tuple[Ints, Ints]:
    """Return each number as often as its count says, and which time it is."""
    which = np.repeat(np.arange(len(counts)), counts)
    return which, np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
