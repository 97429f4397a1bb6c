"""What a decision may name: units and incidents as they are now, stations, roads and places as they are called."""

from __future__ import annotations

from typing import Any

from sim.exercise.room.console.said import Said
from sim.exercise.session.orders import Lever, needs
from sim.exercise.session.room import Room
from sim.region.gazetteer import Sort
from sim.region.listing import kind_of
from sim.vocabulary import IDLE_STATES
from sim.words import names
from sim.words import room as room_words
from sim.words import room_console as words


def levers() -> list[dict[str, str]]:
    """Return the levers in their order, each with the fields that it needs."""
    return [{"name": str(one), "said": room_words.LEVERS[one], "needs": " ".join(needs(one))} for one in Lever]


def choices(room: Room) -> dict[str, Any]:
    """Return units, those that wait first, and the incidents that go on, each with a word about it."""
    said = Said(room)
    units = sorted(said.day.fleet.units, key=lambda unit: (unit.task is not None, unit.is_held, -unit.spec.strength))
    incidents = [(i, said.incident(i)) for i, one in said.day.incidents.items() if not one.is_over]
    return {
        "units": [
            (
                unit.spec.name,
                words.UNIT_CHOICE.format(
                    unit=names.unit(unit.spec.name),
                    people=unit.spec.strength,
                    state=words.FREE if unit.state in IDLE_STATES else words.UNIT_STATES[str(unit.state)],
                    held=words.HELD_TOO if unit.is_held else "",
                ),
            )
            for unit in units
            if not unit.spec.stays
        ],
        "incidents": incidents,
    }


def places(room: Room) -> dict[str, Any]:
    """Return the stations, roads and places that a decision may name: code, name, and what it is. They never change."""
    gazetteer = room.live.world.gazetteer
    found: dict[str, list[tuple[str, str]]] = {"stations": [], "roads": [], "places": []}
    for entry in gazetteer.entries():
        name = gazetteer.name_of_entry(entry)
        if entry.sort is Sort.ROAD:
            found["roads"].append((entry.code, name))
        elif entry.sort is Sort.STATION:
            found["stations"].append((entry.code, name))
        else:
            found["places"].append(
                (entry.code, words.PLACE_CHOICE.format(name=name, kind=kind_of(entry, gazetteer.region)))
            )
    return found
