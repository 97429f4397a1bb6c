"""From where units were through the day to potential response and coverage: two tables of its log."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.coverage.covered import covered, spread_of
from sim.coverage.inputs import Floats, Whereabouts
from sim.coverage.potential import potential
from sim.day.tracks import Tracks
from sim.day.whereabouts import can_be_sent, held, off_duty, whereabouts
from sim.day.world import World
from sim.disturbance.incident import Incident
from sim.log import COVERED_BY, NEVER, Columns, dtypes
from sim.response.fleet import Fleet
from sim.response.open_roads import OpenRoads, RoadPeriods
from sim.response.readiness import FORCES, Readiness, readiness
from sim.vocabulary import Force

Requests = Sequence[tuple[float, frozenset[int]]]
"""From when on which units were asked for, in order."""


@dataclass(frozen=True, eq=False)
class Response:
    """Potential response through one day.

    Attributes:
        times: The moments, minutes after midnight.
        idle: (units, moments) whether a unit waited for orders.
        held: (units, moments) whether somebody held it back.
        off_duty: (units, moments) whether it was off duty.
        minutes: Minutes of each force to each place, shape (forces, moments, places); infinite for never.
        tracks: Which ways units went that could be sent.
    """

    times: Floats
    idle: NDArray[np.bool_]
    held: NDArray[np.bool_]
    off_duty: NDArray[np.bool_]
    minutes: Floats
    tracks: Tracks


def potential_response(
    world: World, strategy: str, fleet: Fleet, roads: OpenRoads, requests: Requests = ()
) -> Response:
    """Return how soon each force would have been anywhere, every five minutes of the polling hours.

    Args:
        world: The prepared scenario.
        strategy: Name of the strategy.
        fleet: The units, the day being over.
        roads: Which roads were open when.
        requests: Units that somebody had asked for, whatever the severity they wait for, and from when on.
    """
    times, tracks = world.moments, Tracks()
    where, is_held = whereabouts(world, strategy, fleet, roads, times, tracks), held(fleet, times)
    can = can_be_sent(where, is_held, world.responses[strategy], roads, times)

    def ready(requested: frozenset[int]) -> Readiness:
        return readiness(world.responses[strategy], requested) if requested else world.readiness[strategy]

    minutes = minutes_through(world, can, roads, times, ready, requests)
    return Response(times, where.free, is_held, off_duty(fleet, times), minutes, tracks)


def minutes_through(
    world: World,
    can: Whereabouts,
    roads: RoadPeriods,
    times: Floats,
    ready_when: Callable[[frozenset[int]], Readiness],
    requests: Requests = (),
) -> Floats:
    """Return the minutes of each force to each place through a day, shape (forces, moments, places).

    Args:
        world: The prepared scenario.
        can: Where units are, and which of them can be sent.
        roads: Which roads were open when.
        times: The moments, in order.
        ready_when: From the units that somebody has asked for to what units are ready for.
        requests: Which units were asked for, and from when on.
    """
    places, parts = world.places, []
    for part, state in roads.periods(times):
        for some, requested in _by_request(part, times, requests):
            ready = ready_when(requested)
            if not ready.vehicles:  # there is nobody
                parts.append(np.full((len(FORCES), some.stop - some.start, len(places.node)), np.inf))
                continue
            travel = ready.travel(world.network, state)
            parts.append(
                potential(
                    places, can.during(some), ready.units, ready.asked, ready.lines, ready.rules, travel, len(FORCES)
                )
            )
    return np.concatenate(parts, axis=1) if len(parts) > 1 else parts[0]


def _by_request(part: slice, times: Floats, requests: Requests) -> list[tuple[slice, frozenset[int]]]:
    """Return the parts of a part of the times in which the same units were asked for, and which."""
    cuts = [(part.start, frozenset[int]())]
    cuts += [(max(part.start, int(np.searchsorted(times, when))), units) for when, units in requests]
    ends = [*(start for start, _ in cuts[1:]), part.stop]
    return [(slice(a, min(b, part.stop)), units) for (a, units), b in zip(cuts, ends, strict=True) if a < b]


def coverage_columns(
    world: World, response: Response, fleet: Fleet, roads: OpenRoads, incidents: Iterable[Incident]
) -> Columns:
    """Return the table of coverage: every district at every moment."""
    from sim.coverage.counted import units  # loads the compiler

    times, places = response.times, world.places
    free, busy = units(response.idle, response.held, response.off_duty, fleet.plan.sent_from, places.districts)
    columns, found = {**world.whole}, covered(response.minutes, places, world.scenario.response.standard_minutes)
    for what in found._fields:
        for force, ending in COVERED_BY.items():
            columns[f"{what}_{ending}"] = getattr(found, what)[FORCES.index(force)].ravel()
    columns["voters_covered_any"] = found.voters[FORCES.index(Force.FIRST_WITH_GUARDS)].ravel()
    columns["free_units"], columns["busy_units"] = free.ravel(), busy.ravel()
    columns["closed_roads"] = _closed(world, roads, times).ravel()
    columns["active_incidents"] = _active(world, incidents, times).ravel()
    return {name: columns[name] for name in dtypes("coverage")}


def potential_columns(world: World, response: Response) -> Columns:
    """Return the table of potential response."""
    force, minutes, voters = spread_of(response.minutes, world.places)
    names = np.array([str(name) for name in FORCES], dtype=object)
    return {
        "force": names[force],
        "minutes": np.where(np.isinf(minutes), NEVER, minutes),
        "voters": voters,
    }


def _closed(world: World, roads: OpenRoads, times: Floats) -> NDArray[np.int64]:
    """Return closed roads, by time and by the district of their first end that lies in one."""
    found = np.zeros((len(times), len(world.region.districts)), dtype=np.int64)
    table, nodes = world.region.roads, world.region.nodes
    for part, state in roads.periods(times):
        for road in state.closed:
            ends = (nodes[int(table.u[road])].district, nodes[int(table.v[road])].district)
            district = next((d for d in ends if d is not None), None)
            if district is not None:
                found[part, district] += 1
    return found


def _active(world: World, incidents: Iterable[Incident], times: Floats) -> NDArray[np.int64]:
    """Return disturbances going on, by time and district."""
    found = np.zeros((len(times), len(world.region.districts)), dtype=np.int64)
    there = [incident for incident in incidents if incident.place.district is not None]
    spans = [(i.times.onset, i.times.ended if i.is_over else np.inf) for i in there]
    for incident, (a, b) in zip(there, np.searchsorted(times, spans).tolist(), strict=True):
        found[a:b, incident.place.district] += 1
    return found
