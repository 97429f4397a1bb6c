"""What players can ask for, and what has come of what they asked."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sim.day.day import Day
from sim.exercise.inject import Party
from sim.exercise.room.table import called, told
from sim.exercise.room.table.sight import AGENCIES
from sim.exercise.session.actions import Decide, Decline, Propose
from sim.exercise.session.orders import Lever, needs
from sim.exercise.session.permits import LEVERS
from sim.exercise.session.state import Proposal, State
from sim.region.gazetteer import Gazetteer, Sort
from sim.text import shown
from sim.vocabulary import Agency
from sim.words import names
from sim.words import room as words

_LISTS = {
    "station": (Sort.STATION,),
    "road": (Sort.ROAD,),
    "place": (Sort.DISTRICT, Sort.VILLAGE, Sort.BASE, Sort.STATION),
}
"""Of what sort of thing each field of a lever names one."""


def requests(state: State, day: Day, party: Party | None, device: str) -> list[dict[str, Any]]:
    """Return what a party has asked for, the newest first."""
    own = told.devices_of(state, party) | {device}
    return [_request(one, day) for one in reversed(state.proposals.values()) if one.entry.by in own]


def _request(one: Proposal, day: Day) -> dict[str, Any]:
    action = one.entry.action
    assert isinstance(action, Propose)
    declined = one.declined.action if one.declined is not None else None
    decided = one.decided.action if one.decided is not None else None
    return {
        "number": one.entry.seq,
        "time": called.clock(one.entry.time),
        "text": action.text,
        "orders": [called.order(day, order) for order in action.orders],
        "inject": action.inject,
        "is_open": one.is_open,
        "decided": isinstance(decided, Decide),
        "declined": isinstance(declined, Decline),
        "why": declined.why if isinstance(declined, Decline) else "",
    }


def levers(party: Party | None) -> list[dict[str, Any]]:
    """Return the levers by which a party may ask, and what each needs to know."""
    may = LEVERS[party] if party is not None else frozenset()
    return [{"lever": str(one), "title": words.LEVERS[one], "needs": needs(one)} for one in Lever if one in may]


def units(day: Day, party: Party | None) -> list[dict[str, Any]]:
    """Return a party's own units that can be sent, by whose and what they are."""
    own = AGENCIES[party] if party is not None else frozenset[Agency]()
    groups: dict[str, list[dict[str, str]]] = {}
    for unit in day.fleet.units:
        spec = unit.spec
        if spec.agency in own and not spec.stays:
            title = f"{names.UNIT_AGENCY[spec.agency]}, {names.ROLE[spec.role]}"
            groups.setdefault(title, []).append({"value": spec.name, "text": shown(names.unit(spec.name))})
    return [{"title": title, "units": found} for title, found in groups.items()]


def lists(gazetteer: Gazetteer, wanted: set[str]) -> dict[str, list[dict[str, str]]]:
    """Return the names from which the fields of some levers are chosen; each is found again by what is written."""
    return {name: found for name, found in _lists(gazetteer).items() if name in wanted}


@lru_cache(maxsize=2)
def _lists(gazetteer: Gazetteer) -> dict[str, list[dict[str, str]]]:
    entries = gazetteer.entries()
    return {
        name: [
            {"value": entry.code, "text": shown(gazetteer.name_of_entry(entry))}
            for entry in entries
            if entry.sort in sorts
        ]
        for name, sorts in _LISTS.items()
    }
