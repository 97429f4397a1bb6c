"""What a room's orders, parties, lines and disturbances are called in its report."""

from __future__ import annotations

from collections.abc import Iterable

from sim.config.fields import clock_in_words
from sim.errors import UserError
from sim.exercise.after.read import Played
from sim.exercise.session.actions import Decide
from sim.exercise.session.entry import Entry
from sim.exercise.session.orders import Lever, Order
from sim.exercise.session.state import State
from sim.vocabulary import PlaceKind
from sim.words import after as words
from sim.words import names
from sim.words import room as room_words

NONE = "–"
"""Where there is nothing to say."""


def clock(time: float | None) -> str:
    """Return a time of day in words; a dash for none."""
    return NONE if time is None else clock_in_words(time)


def device(state_of_any: Iterable[Entry], name: str) -> str:
    """Return what a device is called: what it calls itself, else its party, else its name in the log."""
    for entry in state_of_any:
        action = entry.action
        if action.do == "join" and action.device == name:
            party = room_words.PARTIES[action.party] if action.party is not None else ""
            return action.label or party or f"{room_words.ROLES[action.role]} {name}"
    return name


def party_of(entries: Iterable[Entry], name: str) -> str:
    """Return for which party a device spoke; empty: for none."""
    for entry in entries:
        if entry.action.do == "join" and entry.action.device == name and entry.action.party is not None:
            return room_words.PARTIES[entry.action.party]
    return ""


def line_name(state: State, number: int) -> str:
    """Return what a line is called."""
    name = state.lines[number].name
    if name:
        return words.LINE_OF_NAMED.format(number=number, name=name)
    return words.LINE_OF.format(number=number)


def incident_name(played: Played, identity: str) -> str:
    """Return what a disturbance of the played day is called; its identity where the room's line has not had it."""
    found = played.day.incidents.get(identity)
    if found is None:
        return identity
    row = found.row()
    kind = played.scenario.kinds[row.kind].said_title if row.kind in played.scenario.kinds else row.kind
    name = words.INCIDENT.format(kind=kind, place=played.place_name(row.place_kind, row.place))
    return words.INCIDENT_CODE.format(name=name, identity=identity)


def order_name(played: Played, order: Order) -> str:
    """Return what an order is, as a sentence."""
    form = room_words.ORDERS[order.lever.value]
    if order.lever is Lever.HOLD and not order.held:
        form = room_words.ORDERS["let_go"]
    return form.format(
        unit=names.unit(order.unit),
        incident=incident_name(played, order.incident) if order.incident else "",
        station=_place(played, order.station, PlaceKind.STATION),
        road=_place(played, order.road, PlaceKind.ROAD),
        place=_place(played, order.place, None),
    )


def _place(played: Played, text: str, kind: PlaceKind | None) -> str:
    """Return the name of a place that an order names by its code or by its name."""
    if not text:
        return ""
    gazetteer = played.world.gazetteer
    try:
        return gazetteer.name_of(gazetteer.find(text, "place", None if kind is None else {kind}))
    except UserError:
        return text


def decision_text(played: Played, entry: Entry) -> str:
    """Return a decision in words: what the room said, else its orders."""
    action = entry.action
    assert isinstance(action, Decide)
    return action.text or "; ".join(order_name(played, order) for order in action.orders)
