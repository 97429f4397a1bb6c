"""Where somebody is and where one can go: at a node, on a road, or on the way between a village's middle and a station.

Times are minutes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from sim.region.road_state import OPEN, RoadState
from sim.region.travel import RoadNetwork

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
ELSEWHERE = -1
"""In arrays of stations and nodes: at no station; on no road."""
_ROUNDING = 1e-9
"""Share by which the minutes of a road may differ and still be the same."""


class Position(NamedTuple):
    """Where somebody is.

    Attributes:
        node: The node where he is, or that he passed last.
        minutes: From there to where he really is: along a road, or on the way to a station.
        ahead: The other end of the road that he is on; None when he is on none.
        ahead_minutes: What is left to it.
        station: The station where he stands; None when at none.
    """

    node: int
    minutes: float = 0.0
    ahead: int | None = None
    ahead_minutes: float = 0.0
    station: int | None = None


position_of: Callable[[tuple[int, float, int | None, float, int | None]], Position] = partial(tuple.__new__, Position)
"""Makes a position of all its fields in their order, for half of what its class takes: a day makes a thousand."""


class Spot(NamedTuple):
    """Where one can go.

    Attributes:
        nodes: Nodes from which one gets there, whichever is nearest.
        access: Minutes from the node to the spot itself, in a vehicle that gets there.
        station: The station that it is; None when it is none.
        walked: The same for those whose vehicle does not, because it keeps to roads; None where every vehicle does.
    """

    nodes: tuple[int, ...]
    access: float = 0.0
    station: int | None = None
    walked: float | None = None

    def access_in(self, on_tracks: bool) -> float:
        """Return the minutes from the node for a vehicle that goes on tracks, or for one that keeps to roads."""
        return self.access if self.walked is None or on_tracks else self.walked


class Stop(NamedTuple):
    """A spot on the way, and how long one stays there, minutes."""

    spot: Spot
    stay: float = 0.0


class Motion(Protocol):
    """Whatever knows where it has somebody at any moment."""

    def at(self, time: float) -> Position:
        """Return where he is at this time, minutes after midnight."""


class Standing(NamedTuple):
    """Somebody who stays where he is."""

    position: Position

    def at(self, _time: float) -> Position:
        """Return where he is at any time."""
        return self.position


class Positions(NamedTuple):
    """Where somebody is at several times, one entry a time.

    Attributes:
        node: As in :class:`Position`.
        minutes: Likewise.
        ahead: Likewise; ELSEWHERE on no road.
        ahead_minutes: Likewise.
        station: Likewise; ELSEWHERE at none.
    """

    node: Ints
    minutes: Floats
    ahead: Ints
    ahead_minutes: Floats
    station: Ints


def at(spot: Spot, network: RoadNetwork, vehicle: str) -> Position:
    """Return the position of who stands at a spot, and came there in a vehicle."""
    return Position(spot.nodes[0], spot.access_in(vehicle in network.on_tracks), station=spot.station)


def paced(position: Position, network: RoadNetwork, vehicle: str, roads: RoadState) -> Position:
    """Return the same place in minutes of the roads as they are: a part of the way stays that part of the way.

    A position counts minutes at the speed that its road had when it was taken; a road that has been slowed since, or is
    slow no more, takes other ones.
    """
    node, behind, ahead, left, station = position
    if ahead is None:
        return position
    whole = behind + left
    now: float = network.road_minutes(vehicle, roads).item(network.region.edges[node, ahead])
    if abs(now - whole) <= _ROUNDING * now or whole <= 0:
        return position
    return position_of((node, behind / whole * now, ahead, left / whole * now, station))


def exits(position: Position, network: RoadNetwork, vehicle: str, roads: RoadState) -> tuple[tuple[int, float], ...]:
    """Return the nodes that somebody can go on from, and the minutes to each.

    On a road he may go on or turn round; on a road that is closed he can only go back to where he came from.
    """
    if position.ahead is None:
        return ((position.node, position.minutes),)
    return exits_of_paced(paced(position, network, vehicle, roads), network, roads)


def exits_of_paced(here: Position, network: RoadNetwork, roads: RoadState) -> tuple[tuple[int, float], ...]:
    """Return the same for a place that is in minutes of the roads as they are."""
    back = (here.node, here.minutes)
    if here.ahead is None or (roads.closed and network.region.edge(here.node, here.ahead) in roads.closed):
        return (back,)
    return back, (here.ahead, here.ahead_minutes)


def soonest(
    here: Position, goals: Sequence[int], network: RoadNetwork, vehicle: str, roads: RoadState
) -> tuple[float, bool, int, int]:
    """Return the quickest way on from a place that is in minutes of the roads as they are, to any of several nodes.

    Returns:
        Its minutes, infinite when there is none; whether it goes on ahead; the node that it begins at; and the goal.
    """
    minutes = network.minutes(vehicle, roads).item
    if len(goals) > 1:
        ways = enumerate(exits_of_paced(here, network, roads))
        return min([(out + minutes(node, goal), bool(k), node, goal) for k, (node, out) in ways for goal in goals])
    node, behind, ahead, left, _ = here
    goal = goals[0]
    back = behind + minutes(node, goal)
    if ahead is not None and not (roads.closed and network.region.edge(node, ahead) in roads.closed):
        on = left + minutes(ahead, goal)
        if on < back:
            return on, True, ahead, goal
    return back, False, node, goal


def nearest_spot(
    position: Position, spots: Sequence[Spot], network: RoadNetwork, vehicle: str, roads: RoadState
) -> tuple[float, int]:
    """Return the shortest time to any of several spots, minutes, and which it is; infinite when all are cut off."""
    minutes, on_tracks = network.minutes(vehicle, roads).item, vehicle in network.on_tracks
    ways = exits(position, network, vehicle, roads)
    return min(
        (0.0, i)
        if spot.station is not None and spot.station == position.station
        else (
            spot.access_in(on_tracks) + min([out + minutes(node, goal) for node, out in ways for goal in spot.nodes]),
            i,
        )
        for i, spot in enumerate(spots)
    )


def travel_minutes(
    position: Position, spot: Spot, network: RoadNetwork, vehicle: str, roads: RoadState = OPEN
) -> float:
    """Return the shortest time to a spot, minutes; infinite when it is cut off, 0 for who stands there."""
    goals, access, station, walked = spot
    node, minutes, ahead, _, here = position
    if station is not None and here == station:
        return 0.0
    if walked is not None:
        access = spot.access_in(vehicle in network.on_tracks)
    if ahead is None and len(goals) == 1:  # nearly always
        return access + (minutes + network.minutes(vehicle, roads).item(node, goals[0]))
    return access + soonest(paced(position, network, vehicle, roads), goals, network, vehicle, roads)[0]
