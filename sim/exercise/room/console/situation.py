"""Units, incidents and roads: how things stand in truth, and as the operations centre knows them."""

from __future__ import annotations

from typing import Any

from sim.day.picture import IncidentPicture, Picture
from sim.exercise.room.console.said import Said, clock, minutes
from sim.exercise.session.room import Room
from sim.response.fleet import Unit
from sim.vocabulary import IDLE_STATES, Role, Severity, StationState
from sim.words import names
from sim.words import room_console as words

_NEAR = (Role.RESERVE, Role.ATTACHED)
"""Whom the room may send first: they wait for nothing else."""
_OTHERS = "others"
_USUAL = frozenset({StationState.OPEN, StationState.UNOPENED, StationState.CLOSED, StationState.COUNTED})
"""What a station does when nothing is the matter."""


def situation(room: Room) -> dict[str, Any]:
    """Return incidents, troubled stations, closed roads, and units: those at work, in reserve, and the rest."""
    said, picture = Said(room), room.picture()
    return {
        "time": clock(picture.time),
        "incidents": [_incident(one, said) for one in _worst_first(picture)],
        "stations": [
            (said.named(one.code), one.code, words.STATION_STATES[str(one.state)])
            for one in picture.stations
            if one.state not in _USUAL
        ],
        "roads": [(said.named(code), code) for code in picture.closed_roads],
        "voted": sum(one.voted for one in picture.stations),
        "in_line": sum(one.in_line for one in picture.stations),
        "units": [
            {"name": name, "title": words.UNIT_GROUPS[name], "rows": rows}
            for name, rows in _units(said, picture).items()
            if rows and name != _OTHERS
        ],
    }


def others(room: Room) -> dict[str, Any]:
    """Return the units that wait at their posts or walk their rounds: most of them, looked at seldom."""
    return {"rows": _units(Said(room), room.picture())[_OTHERS]}


def _worst_first(picture: Picture) -> list[IncidentPicture]:
    return sorted(picture.incidents, key=lambda one: (-one.severity, -one.active, one.identity))


def _incident(one: IncidentPicture, said: Said) -> dict[str, Any]:
    times = said.day.incidents[one.identity].times
    return {
        "identity": one.identity,
        "kind": said.kind(one.kind),
        "place": said.named(one.place),
        "severity": shown_severity(one.severity),
        "known": None if one.known_severity is None else shown_severity(one.known_severity),
        "differs": one.known_severity is not None and one.known_severity is not one.severity,
        "active": one.active,
        "officers": one.officers,
        "since": clock(times.onset),
        "span": minutes(said.day.env.now - times.onset),
    }


def shown_severity(severity: Severity) -> dict[str, str]:
    """Return a severity as it is shown: its word, its letter, and the name of its mark; never a colour alone."""
    return {
        "name": severity.word,
        "said": names.called(names.SEVERITY, severity.word),
        "letter": words.LETTERS[severity.word],
    }


def _units(said: Said, picture: Picture) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {"working": [], "held": [], "reserve": [], _OTHERS: []}
    shown = {one.name: one for one in picture.units}
    for unit in said.day.fleet.units:
        groups[_group(unit)].append(_unit(unit, shown[unit.spec.name].incident, said))
    return groups


def _group(unit: Unit) -> str:
    if unit.task is not None or unit.state not in IDLE_STATES:
        return "working"
    if unit.is_held:
        return "held"
    return "reserve" if unit.spec.role in _NEAR else _OTHERS


def _unit(unit: Unit, incident: str, said: Said) -> dict[str, Any]:
    task = unit.task
    return {
        "name": unit.spec.name,
        "said": names.unit(unit.spec.name),
        "agency": names.called(names.AGENCY, unit.spec.agency),
        "people": unit.spec.strength,
        "state": words.UNIT_STATES[str(unit.state)],
        "since": clock(max(unit.since, 0.0)),
        "task": words.PURPOSES[str(task.goal.purpose)] if task is not None else "",
        "incident": said.incident(incident) if incident else "",
        "where": said.where(said.day.fleet.position(unit)),
        "held": unit.is_held,
        "busy": task is not None,
        "stays": unit.spec.stays,
    }
