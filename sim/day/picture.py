"""How things stand at one moment of a day: what a map, a room or an analyst is shown. Looking changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.region.position import Position
from sim.region.region import Region
from sim.vocabulary import Purpose, Severity, StationState, UnitState

if TYPE_CHECKING:
    from sim.day.day import Day


@dataclass(frozen=True)
class StationPicture:
    """One station.

    Attributes:
        code: Its code.
        state: What it does.
        voted: Who has voted and left.
        in_line: Who stands in line.
        in_room: Who is inside.
    """

    code: str
    state: StationState
    voted: int
    in_line: int
    in_room: int


@dataclass(frozen=True)
class UnitPicture:
    """One unit.

    Attributes:
        name: Its name.
        state: What it does.
        lat: Where it is, degrees.
        lon: Where it is, degrees.
        purpose: What its task is for; None without one.
        incident: Where it is sent; empty when to none.
        held: Whether it is held back.
    """

    name: str
    state: UnitState
    lat: float
    lon: float
    purpose: Purpose | None
    incident: str
    held: bool


@dataclass(frozen=True)
class IncidentPicture:
    """One disturbance that is going on.

    Attributes:
        identity: What it is called.
        kind: Name of its kind.
        place: Code of its place.
        severity: How bad it is.
        known_severity: How bad the operations centre thinks it is; None: it does not know of it.
        active: People who take part; 0 for a kind without a crowd.
        officers: Officers on scene.
    """

    identity: str
    kind: str
    place: str
    severity: Severity
    known_severity: Severity | None
    active: int
    officers: int


@dataclass(frozen=True)
class Picture:
    """How things stand.

    Attributes:
        time: Minutes after midnight.
        stations: Every station.
        units: Every unit.
        incidents: The disturbances that are going on.
        closed_roads: Codes of the roads that are closed.
    """

    time: float
    stations: tuple[StationPicture, ...]
    units: tuple[UnitPicture, ...]
    incidents: tuple[IncidentPicture, ...]
    closed_roads: tuple[str, ...]


def take_picture(day: Day) -> Picture:
    """Return how things stand now."""
    world = day.world
    return Picture(
        time=float(day.env.now),
        stations=tuple(_station(day, i) for i in range(len(world.region.stations))),
        units=tuple(_unit(day, i) for i in range(len(day.fleet.units))),
        incidents=tuple(_incident(day, name) for name, i in day.incidents.items() if not i.is_over),
        closed_roads=tuple(world.gazetteer.road_place(road).code for road in sorted(day.roads.closed)),
    )


def _station(day: Day, station: int) -> StationPicture:
    voted, in_line, in_room = day.polls.votes_so_far(station)
    code = day.world.region.stations.code[station]
    return StationPicture(code, day.polls.state(station), voted, in_line, in_room)


def _unit(day: Day, index: int) -> UnitPicture:
    unit = day.fleet.units[index]
    lat, lon = point(day.world.region, day.fleet.position(unit))
    task = unit.task
    return UnitPicture(
        unit.spec.name,
        unit.state,
        lat,
        lon,
        task.goal.purpose if task is not None else None,
        task.goal.incident if task is not None else "",
        unit.is_held,
    )


def point(region: Region, position: Position) -> tuple[float, float]:
    """Return latitude and longitude of a position: a station, a node, or a point on the straight line of its road."""
    if position.station is not None:
        return float(region.stations.lat[position.station]), float(region.stations.lon[position.station])
    node = region.nodes[position.node]
    whole = position.minutes + position.ahead_minutes
    if position.ahead is None or whole <= 0:
        return node.lat, node.lon
    ahead, share = region.nodes[position.ahead], position.minutes / whole
    return node.lat + share * (ahead.lat - node.lat), node.lon + share * (ahead.lon - node.lon)


def _incident(day: Day, name: str) -> IncidentPicture:
    incident = day.incidents[name]
    return IncidentPicture(
        identity=name,
        kind=incident.start.kind_name,
        place=incident.place.code,
        severity=incident.severity,
        known_severity=day.reported[name].severity if day.reported[name].is_known else None,
        active=incident.state.active if incident.state is not None else 0,
        officers=incident.scene.officers,
    )
