"""The map of the day as data: the ground once, and what moves on it as often as somebody asks."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np

from sim.day.day import Day
from sim.day.picture import point
from sim.day.world import World
from sim.exercise.room.table import called
from sim.exercise.room.table.known import Known, KnownIncident, KnownUnit, known
from sim.region.place import Place, StationPlace
from sim.region.region import Region
from sim.report.ground import FINE, Plane, ground
from sim.text import shown
from sim.vocabulary import Role, StationState, UnitState
from sim.words import names
from sim.words import room_table as words

SHAPES = {
    Role.GUARD: "guard",
    Role.PATROL: "patrol",
    Role.RESERVE: "reserve",
    Role.ATTACHED: "reserve",
    Role.AMBULANCE: "ambulance",
}
"""How units of a role are drawn."""
_LOOKS = {
    UnitState.MOBILISING: "sent",
    UnitState.TRAVELLING: "sent",
    UnitState.ON_SCENE: "sent",
    UnitState.ESCORTING: "escorting",
    UnitState.RETURNING: "returning",
    UnitState.OFF_DUTY: "off",
}
"""How a unit looks in a state; in the others it waits."""


@lru_cache(maxsize=2)
def plane_of(region: Region) -> Plane:
    """Return the plane of a region's map."""
    return Plane.around(region)


@lru_cache(maxsize=2)
def _ground(region: Region) -> dict[str, Any]:
    return ground(region, plane_of(region))


def ground_of(world: World) -> dict[str, Any]:
    """Return what does not move: districts, roads, bases, stations and names, in units of the plane; and the words."""
    return {
        "map": _ground(world.region),
        "fine": FINE,
        "letters": words.LETTERS,
        "severities": words.SEVERITIES,
        "legend": words.LEGEND,
    }


def known_map(day: Day, what: Known) -> dict[str, Any]:
    """Return what moves, of what the operations centre knows."""
    return {
        "time": what.time,
        "incidents": [_known_incident(day, one) for one in what.incidents],
        "units": _units(day.world, what.units),
        "stations": _stations(day.world, what.stations),
        "roads": list(what.roads),
    }


def true_map(day: Day) -> dict[str, Any]:
    """Return what moves, as it is: for the control team alone. What the centre does not know of is marked."""
    what, world = known(day), day.world
    told, roads = dict(what.stations), set(what.roads)
    states = [(s, day.polls.state(s)) for s in range(len(world.region.stations)) if day.polls.history(s)]
    troubled = [(s, state) for s, state in states if str(state) in words.STATION_STATES]
    return {
        "time": what.time,
        "incidents": [_true_incident(day, name) for name, one in day.incidents.items() if not one.is_over],
        "units": _true_units(day),
        "stations": [
            {**one, "unknown": station not in told}
            for one, (station, _) in zip(_stations(world, troubled), troubled, strict=True)
        ],
        "roads": sorted(day.roads.closed),
        "unknown_roads": sorted(day.roads.closed - roads),
    }


def _known_incident(day: Day, one: KnownIncident) -> dict[str, Any]:
    return {
        "id": one.identity,
        "what": called.kind(day.world, one.kind),
        "where": called.place(day.world, one.place),
        **_at(day.world, one.place),
        "severity": int(one.severity),
        "officers": one.officers,
        "since": called.clock(one.since),
    }


def _true_incident(day: Day, name: str) -> dict[str, Any]:
    incident, reported = day.incidents[name], day.reported[name]
    return {
        "id": name,
        "what": called.kind(day.world, incident.start.kind_name),
        "where": called.place(day.world, incident.place),
        **_at(day.world, incident.place),
        "severity": int(incident.severity),
        "officers": incident.scene.officers,
        "since": called.clock(incident.times.onset),
        "active": incident.state.active if incident.state is not None else 0,
        "unknown": not reported.is_known,
        "thought": int(reported.severity) if reported.is_known else None,
    }


def _units(world: World, units: Iterable[KnownUnit]) -> list[list[Any]]:
    plane, listed = plane_of(world.region), list(units)
    x = np.rint(plane.x(np.array([one.lon for one in listed]))).astype(int).tolist()
    y = np.rint(plane.y(np.array([one.lat for one in listed]))).astype(int).tolist()
    texts = units_in_words(listed)
    return [
        [one.name, SHAPES[one.role], _LOOKS.get(one.state, ""), *at, text]
        for one, *at, text in zip(listed, x, y, texts, strict=True)
    ]


def _true_units(day: Day) -> list[list[Any]]:
    found = []
    for unit in day.fleet.units:
        lat, lon = point(day.world.region, day.fleet.position(unit))
        goal = unit.task.goal if unit.task is not None else None
        found.append(
            KnownUnit(
                unit.spec.name, unit.spec.agency, unit.spec.role, unit.spec.strength, unit.state, lat, lon,
                goal.purpose if goal is not None else None, goal.incident if goal is not None else "", unit.is_held,
            )
        )  # fmt: skip
    return _units(day.world, found)


def units_in_words(units: Iterable[KnownUnit]) -> list[str]:
    """Return of each unit what it is called, how many it is, and what it does."""
    many, alone, held, states = words.UNIT, words.UNIT_ALONE, words.HELD, words.UNIT_STATES  # each is looked up once
    found = []
    for one in units:
        form = alone if one.role is Role.AMBULANCE else many
        text = form.format(name=shown(names.unit(one.name)), people=one.people, state=states[one.state])
        found.append(held.format(unit=text) if one.held else text)
    return found


def _stations(world: World, stations: Iterable[tuple[int, StationState]]) -> list[dict[str, Any]]:
    return [
        {"station": s, "state": str(state), "name": called.station(world, s), "text": words.STATION_STATES[state]}
        for s, state in stations
    ]


def _at(world: World, place: Place) -> dict[str, int]:
    region = world.region
    if isinstance(place, StationPlace):
        lat, lon = float(region.stations.lat[place.station]), float(region.stations.lon[place.station])
    else:
        ends = [region.nodes[node] for node in place.nodes]
        lat, lon = sum(n.lat for n in ends) / len(ends), sum(n.lon for n in ends) / len(ends)
    x, y = _xy(plane_of(region), lat, lon)
    return {"x": x, "y": y}


def _xy(plane: Plane, lat: float, lon: float) -> tuple[int, int]:
    """Return a place in whole units of the plane: of a region of 40 km, 40 m."""
    return round(float(plane.x(np.array(lon)))), round(float(plane.y(np.array(lat))))
