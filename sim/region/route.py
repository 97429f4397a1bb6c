"""Routes: where somebody who walks a round or is under way is at any moment.

A route is a row of pieces, each a stay, a road, or the way between the middle of a village and a station in it. It is
made once, from the roads that are open then, and can be asked for any moment of it; it changes nothing and asks nothing
else. Times are minutes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.region.position import ELSEWHERE, Position, Positions, Spot, Stop, paced, position_of, soonest
from sim.region.road_state import OPEN, RoadState
from sim.region.travel import Path, RoadNetwork

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_NO_STAYS = np.empty((0, 3))


class Piece(NamedTuple):
    """A stay, one road, or the way to or from a station: after e minutes one is ``base + slope * e`` from its node.

    As a leg of a route it is part of a road, or such a way.
    """

    length: float
    node: int
    ahead: int  # ELSEWHERE on no road
    base: float
    slope: float
    station: int  # ELSEWHERE at none
    km: float
    road: int  # ELSEWHERE on none


class Drive(NamedTuple):
    """A leg of a route: a whole way over the roads."""

    length: float
    km: float
    path: Path


class Stay(NamedTuple):
    """A leg of a route: somebody stands at one place."""

    length: float
    position: Position
    km: float = 0.0


Leg = Piece | Drive | Stay


@dataclass(eq=False)
class Route:
    """A way, leg by leg. Nobody changes it: it is shared by all who go it.

    Attributes:
        legs: Its legs, those without length left out.
        begins: When each begins, minutes from the start of the route.
        kms: Kilometres of road driven when each begins.
        minutes: The length of the whole.
        km: Kilometres of road of the whole.
        reached: When each stop is reached, minutes from the start; those that cannot be reached are left out.
        end: Where it ends.
    """

    legs: tuple[Leg, ...]
    begins: tuple[float, ...]
    kms: tuple[float, ...]
    minutes: float
    km: float
    reached: tuple[float, ...]
    end: Position

    @cached_property
    def roads(self) -> frozenset[int]:
        """The roads that it uses."""
        return frozenset(piece.road for _, piece in pieces(self) if piece.road != ELSEWHERE)

    def at(self, elapsed: float) -> Position:
        """Return where one is so many minutes after the start; from its end on, where it ends."""
        if elapsed >= self.minutes:
            return self.end
        i = bisect_right(self.begins, elapsed, 1) - 1
        leg = self.legs[i]
        if isinstance(leg, Stay):
            return leg.position
        e = elapsed - self.begins[i] if elapsed > 0.0 else 0.0
        if isinstance(leg, Drive):
            nodes, minutes, _, _ = leg.path
            k = bisect_right(minutes, e, 1, len(nodes) - 1) - 1
            return position_of((nodes[k], e - minutes[k], nodes[k + 1], minutes[k + 1] - e, None))
        there = leg.base + leg.slope * e
        if leg.ahead == ELSEWHERE:
            return position_of((leg.node, there, None, 0.0, None))
        return position_of((leg.node, there, leg.ahead, leg.length - e, None))

    def km_at(self, elapsed: float) -> float:
        """Return the kilometres of road driven so many minutes after the start."""
        if elapsed >= self.minutes:
            return self.km
        i = bisect_right(self.begins, elapsed, 1) - 1
        leg, e = self.legs[i], elapsed - self.begins[i] if elapsed > 0.0 else 0.0
        return self.kms[i] + (_km_driven(leg.path, e) if isinstance(leg, Drive) else leg.km * e / leg.length)

    @cached_property
    def passes(self) -> tuple[tuple[int, float], ...]:
        """The nodes at which one stands or drives by, each with when, minutes from the start."""
        ends = [(piece.ahead, begin + piece.length) for begin, piece in pieces(self) if piece.ahead != ELSEWHERE]
        return ((self.legs[0].path.nodes[0], 0.0), *ends) if self.legs and isinstance(self.legs[0], Drive) else (*ends,)

    @cached_property
    def stands(self) -> Floats:
        """(stays, 3) the stays at stations: which, and from when to when one stands there, minutes from the start."""
        timed = zip(self.begins, self.legs, strict=True)
        stays = [
            (leg.position.station, begin, begin + leg.length)
            for begin, leg in timed
            if isinstance(leg, Stay) and leg.position.station is not None
        ]
        return np.array(stays, dtype=np.float64) if stays else _NO_STAYS

    @cached_property
    def visits(self) -> dict[int, list[float]]:
        """When each stay at each station begins, minutes from the start."""
        visits: dict[int, list[float]] = {}
        for station, begin, _ in self.stands.tolist():
            visits.setdefault(int(station), []).append(begin)
        return visits

    @cached_property
    def stays(self) -> dict[tuple[int | None, int, float], float]:
        """When each stay begins, minutes from the start, by its station, node and minutes from there."""
        stays: dict[tuple[int | None, int, float], float] = {}
        for begin, leg in zip(self.begins, self.legs, strict=True):
            if isinstance(leg, Stay):
                stays.setdefault((leg.position.station, leg.position.node, leg.position.minutes), begin)
        return stays

    def stay_after(self, elapsed: float) -> tuple[int | None, int, float]:
        """Return the stay that begins next after so many minutes, as ``stays`` has it; after the last, the first."""
        begins, stays = self._stays_in_order
        return stays[bisect_left(begins, elapsed) % len(stays)]

    @cached_property
    def _stays_in_order(self) -> tuple[list[float], list[tuple[int | None, int, float]]]:
        return list(self.stays.values()), list(self.stays)

    @cached_property
    def station_stays(self) -> dict[int, float]:
        """When the first stay at each station begins, minutes from the start."""
        found: dict[int, float] = {}
        for (station, _, _), begin in self.stays.items():
            if station is not None:
                found[station] = min(begin, found.get(station, begin))
        return found

    @cached_property
    def table(self) -> RouteTable:
        """The pieces as arrays, for many moments at once."""
        timed = pieces(self)
        columns = list(zip(*(piece for _, piece in timed), strict=True)) if timed else [()] * len(Piece._fields)
        of = dict(zip(Piece._fields, columns, strict=True))
        return RouteTable(
            begin=np.array([begin for begin, _ in timed], dtype=np.float64),
            length=np.array(of["length"], dtype=np.float64),
            node=np.array(of["node"], dtype=np.int64),
            ahead=np.array(of["ahead"], dtype=np.int64),
            base=np.array(of["base"], dtype=np.float64),
            slope=np.array(of["slope"], dtype=np.float64),
            station=np.array(of["station"], dtype=np.int64),
        )


def _km_driven(path: Path, e: float) -> float:
    """Return the kilometres of a way that are driven after some minutes: on each road at an even speed."""
    minutes, km = path.minutes, path.km
    k = bisect_right(minutes, e) - 1
    if k >= len(km) - 1:
        return km[-1]
    return (km[k + 1] - km[k]) / (minutes[k + 1] - minutes[k]) * (e - minutes[k]) + km[k]


def pieces(route: Route) -> list[tuple[float, Piece]]:
    """Return the pieces of a route, its drives cut into roads, each with when it begins."""
    found: list[tuple[float, Piece]] = []
    for begin, leg in zip(route.begins, route.legs, strict=True):
        if isinstance(leg, Drive):
            found += [(begin + at, piece) for at, piece in _roads_of(leg.path)]
        elif isinstance(leg, Stay):
            found.append((begin, standing_at(leg.position, leg.length)))
        else:
            found.append((begin, leg))
    return found


def standing_at(here: Position, minutes: float) -> Piece:
    """Return the piece of somebody who stands at one place for so many minutes, off the roads."""
    at = ELSEWHERE if here.station is None else here.station
    return Piece(minutes, here.node, ELSEWHERE, here.minutes, 0.0, at, 0.0, ELSEWHERE)


def resting_at(here: Position) -> Piece:
    """Return the piece of somebody who stands where he is for good; one on a road has some way to the node ahead."""
    if here.ahead is None:
        return standing_at(here, 0.0)
    return standing_at(here, here.ahead_minutes)._replace(ahead=here.ahead)


def _roads_of(path: Path) -> list[tuple[float, Piece]]:
    """Return the roads of a way, each with when it begins."""
    nodes, minutes, km = path.nodes, path.minutes, path.km
    ends = zip(nodes, nodes[1:], minutes, minutes[1:], km, km[1:], path.roads, strict=False)
    return [(at, Piece(to - at, a, b, 0.0, 1.0, ELSEWHERE, k - of, road)) for a, b, at, to, of, k, road in ends]


class RouteTable(NamedTuple):
    """The pieces of a route as arrays."""

    begin: Floats
    length: Floats
    node: Ints
    ahead: Ints
    base: Floats
    slope: Floats
    station: Ints

    def at(self, elapsed: Floats) -> Positions:
        """Return where one is at several moments inside the route, minutes from its start."""
        i = np.maximum(np.searchsorted(self.begin, elapsed, side="right") - 1, 0)
        e = np.maximum(elapsed - self.begin[i], 0.0)
        on_road = self.ahead[i] != ELSEWHERE
        return Positions(
            self.node[i],
            self.base[i] + self.slope[i] * e,
            self.ahead[i],
            np.where(on_road, self.length[i] - e, 0.0),
            self.station[i],
        )


def plan_route(
    start: Position,
    stops: Sequence[Stop],
    network: RoadNetwork,
    vehicle: str,
    roads: RoadState = OPEN,
) -> Route:
    """Return the quickest way from stop to stop, up to the first that cannot be reached.

    Args:
        start: Where it begins.
        stops: Where it goes, one after another, staying at each.
        network: The roads.
        vehicle: Name of the vehicle.
        roads: How the roads are.
    """
    made = _Making(start, network, vehicle, roads)
    for stop in stops:
        if not made.go(stop.spot):
            break
        made.stay(stop.stay)
    return made.route()


def way_to(start: Position, spot: Spot, network: RoadNetwork, vehicle: str, roads: RoadState) -> Route:
    """Return the quickest way to one spot; for the arguments see :func:`plan_route`."""
    made = _Making(start, network, vehicle, roads)
    made.go(spot)
    return made.route()


def way_to_closure(start: Position, spot: Spot, network: RoadNetwork, vehicle: str, roads: RoadState) -> Route:
    """Return the way of somebody who is cut off to where a closure stops him.

    He goes the way that would be quickest were every road open, as far as the first road of it that is closed; on a
    road that is closed he stands where he is.

    Args:
        start: Where he is.
        spot: Where he wants to go, and cannot.
        network: The roads.
        vehicle: Name of the vehicle.
        roads: How the roads are.
    """
    if start.ahead is not None and network.region.edge(start.node, start.ahead) in roads.closed:
        return nowhere_to_go(start)
    whole = way_to(start, spot, network, vehicle, roads.with_all_open())
    before = next((piece.node for _, piece in pieces(whole) if piece.road in roads.closed), None)
    if before is None:
        return nowhere_to_go(start)
    return way_to(start, Spot((before,)), network, vehicle, roads)


class _Making:
    """A route while it is made."""

    def __init__(self, start: Position, network: RoadNetwork, vehicle: str, roads: RoadState) -> None:
        self.here = start if start.ahead is None else paced(start, network, vehicle, roads)
        self.network, self.vehicle, self.roads = network, vehicle, roads
        self.legs: list[Leg] = []
        self.begins: list[float] = []
        self.kms: list[float] = []
        self.reached: list[float] = []
        self.minutes = self.km = 0.0

    def add(self, leg: Leg) -> None:
        if leg.length > 0:
            self.legs.append(leg)
            self.begins.append(self.minutes)
            self.kms.append(self.km)
            self.minutes += leg.length
            self.km += leg.km

    def go(self, spot: Spot) -> bool:
        """Go to a spot; return whether that is possible."""
        if spot.station is None or self.here.station != spot.station:
            node, access = self._drive(spot), spot.access
            if node is None:
                return False
            if spot.walked is not None:
                access = spot.access_in(self.vehicle in self.network.on_tracks)
            if access:
                self.add(Piece(access, node, ELSEWHERE, 0.0, 1.0, ELSEWHERE, 0.0, ELSEWHERE))
            self.here = Position(node, access, station=spot.station)
        self.reached.append(self.minutes)
        return True

    def stay(self, minutes: float) -> None:
        if minutes:
            self.add(Stay(minutes, self.here))

    def _drive(self, spot: Spot) -> int | None:
        """Drive to the node from which a spot is reached soonest, and return it; None where that is not possible."""
        here = self.here
        if here.ahead is None and len(spot.nodes) == 1:
            forward, node, goal = False, here.node, spot.nodes[0]
        else:
            _, forward, node, goal = soonest(here, spot.nodes, self.network, self.vehicle, self.roads)
        path = self.network.path(self.vehicle, node, goal, self.roads)
        if path is None:
            return None
        if here.ahead is not None or here.minutes:
            self._leave(forward)
        if node != goal:
            self.add(Drive(path.minutes[-1], path.km[-1], path))
        return goal

    def _leave(self, forward: bool) -> None:
        """Get from where one is to the node that the way begins at: ahead, or back."""
        here = self.here
        if here.ahead is None:
            self.add(Piece(here.minutes, here.node, ELSEWHERE, here.minutes, -1.0, ELSEWHERE, 0.0, ELSEWHERE))
            return
        road = self.network.region.edges[here.node, here.ahead]
        whole = here.minutes + here.ahead_minutes
        rate = self.network.region.roads.km.item(road) / whole if whole > 0 else 0.0
        if forward:
            left = here.ahead_minutes
            self.add(Piece(left, here.node, here.ahead, here.minutes, 1.0, ELSEWHERE, rate * left, road))
        else:  # seen from the node ahead, so that what is left is counted towards the node he came from
            back = here.minutes
            self.add(Piece(back, here.ahead, here.node, here.ahead_minutes, 1.0, ELSEWHERE, rate * back, road))

    def route(self) -> Route:
        return Route(
            tuple(self.legs),
            tuple(self.begins),
            tuple(self.kms),
            self.minutes,
            self.km,
            tuple(self.reached),
            self.here,
        )


def nowhere_to_go(position: Position) -> Route:
    """Return the route of somebody who is where he should be."""
    return Route((), (), (), 0.0, 0.0, (), position)
