"""What the pages and parts of the table speak of: functions of the room and of who asks.

A player's, the projector's and an evaluator's views are made of :class:`sim.exercise.inject.PlayerMessage`, of what the
operations centre knows (:mod:`sim.exercise.room.table.known`) and of what was done in the open. Nothing else reaches a
template, so that nothing else can be on a page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.exercise.inject import Party
from sim.exercise.room.parts import Visit
from sim.exercise.room.table import asked, called, told
from sim.exercise.room.table.drawn import units_in_words
from sim.exercise.room.table.known import Known, KnownUnit, seen_by, seen_on_screen
from sim.exercise.room.table.sight import Sight, sight_of
from sim.exercise.session.actions import RoomRole
from sim.exercise.session.room import Room
from sim.exercise.session.state import MAIN
from sim.vocabulary import UnitState
from sim.words import room as names
from sim.words import room_table as words

_WAITING = (UnitState.POST, UnitState.FREE, UnitState.OFF_DUTY)


def base(room: Room, visit: Visit) -> dict[str, Any]:
    """Return what every page of the table speaks of."""
    return {
        "words": words,
        "names": names,
        "name": room.about.name,
        "device": visit.device,
        "is_over": room.state.ended,
    }


def clock(room: Room, visit: Visit) -> Mapping[str, Any]:
    """Return the scenario clock, and whether the room plays."""
    time, state = room.now, room.state
    return {
        **base(room, visit),
        "time": called.clock(time),
        "minutes": f"{time:.3f}",
        "speed": f"{state.clock.speed:.3f}" if state.clock.running else "0",
        "end": f"{state.clock.end:.1f}",
        "says": clock_in_words(room),
        "is_running": state.clock.running and not state.ended,
        "is_read_only": bool(room.read_only),
        "line": _line(room),
    }


def clock_in_words(room: Room) -> str:
    """Return how the scenario clock goes."""
    clock = room.state.clock
    if room.state.ended:
        return words.COMMON["over"]
    if not clock.running:
        return words.COMMON["paused"]
    return words.COMMON["real_time"] if clock.speed == 1.0 else words.COMMON["running"].format(speed=clock.speed)


def _line(room: Room) -> str:
    """Return which line the room is on; nothing on the first one."""
    line = room.state.lines[room.state.line]
    if line.number == MAIN:
        return ""
    text = words.SCREEN["line"] if line.name else words.SCREEN["line_only"]
    return text.format(number=line.number + 1, name=line.name)


def join(room: Room, visit: Visit) -> Mapping[str, Any]:
    """Return what the page speaks of by which devices join."""
    return {**base(room, visit), "parties": names.PARTIES}


def play(room: Room, visit: Visit) -> Mapping[str, Any]:
    """Return a player's page."""
    device, party = visit.device, visit.device.party
    levers = asked.levers(party)
    wanted = {name for lever in levers for name in lever["needs"]}
    day = room.day()
    return {
        **clock(room, visit),
        "who": _who(device.label, party),
        "levers": levers,
        "units": asked.units(day, party),
        "lists": asked.lists(room.live.world.gazetteer, wanted),
        "incidents": _incident_options(room, party),
        "sees_map": bool(sight_of(party)),
    }


def _who(label: str, party: Party | None) -> str:
    name = names.PARTIES[party] if party is not None else ""
    return words.PLAY["as"].format(party=name, label=label) if label else name


def _incident_options(room: Room, party: Party | None) -> list[dict[str, str]]:
    """Return the disturbances that a party may name, as it knows them."""
    day = room.day()
    return [
        {"value": one.identity, "text": called.incident(day, one.identity)} for one in seen_by(day, party).incidents
    ]


def messages(room: Room, visit: Visit) -> Mapping[str, Any]:
    """Return the messages that a player's party has been given."""
    device = visit.device
    own = told.devices_of(room.state, device.party)
    found = [told.message(one, own, device.name) for one in told.to_party(room.state, device.party)]
    return {**base(room, visit), "messages": found}


def requests(room: Room, visit: Visit) -> Mapping[str, Any]:
    """Return what a player's party has asked for."""
    device = visit.device
    return {**base(room, visit), "requests": asked.requests(room.state, room.day(), device.party, device.name)}


def knows(room: Room, visit: Visit) -> Mapping[str, Any]:
    """Return what a player, or the projector, is told of what the operations centre knows: the map in words."""
    sight = {str(one) for one in _sight(visit)}
    return {**base(room, visit), "sight": sight, **_in_words(room, seen(room, visit))}


def _sight(visit: Visit) -> frozenset[Sight]:
    return frozenset(Sight) if visit.device.role is RoomRole.PROJECTOR else sight_of(visit.device.party)


def seen(room: Room, visit: Visit) -> Known:
    """Return what of the day a player, or the projector, may know."""
    day = room.day()
    return seen_on_screen(day) if visit.device.role is RoomRole.PROJECTOR else seen_by(day, visit.device.party)


def _closeness(unit: KnownUnit) -> tuple[bool, str]:
    """Put units that are sent to the same disturbance side by side, and first."""
    return not unit.incident, unit.incident


def _in_words(room: Room, what: Known) -> dict[str, Any]:
    day, world = room.day(), room.live.world
    busy = sorted((one for one in what.units if one.state not in _WAITING), key=_closeness)
    return {
        "incidents": [
            {
                "level": int(one.severity),
                "letter": words.LETTERS[one.severity],
                "severity": words.SEVERITIES[one.severity],
                "what": called.kind(world, one.kind),
                "where": called.place(world, one.place),
                "since": called.clock(one.since),
                "officers": one.officers,
            }
            for one in what.incidents
        ],
        "stations": [
            {"name": called.station(world, one), "text": words.STATION_STATES[state]} for one, state in what.stations
        ],
        "roads": [called.road(world, one) for one in what.roads],
        "unit_count": len(what.units),
        "busy": [
            {"text": text, "incident": called.incident(day, one.incident) if one.incident else ""}
            for one, text in zip(busy, units_in_words(busy), strict=True)
        ],
    }
