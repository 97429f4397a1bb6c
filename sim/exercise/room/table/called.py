"""What things of the day are called on the pages of the table."""

from __future__ import annotations

from math import floor

from sim.config.fields import clock_in_words
from sim.day.day import Day
from sim.day.world import World
from sim.errors import UserError
from sim.exercise.room.table.known import is_known
from sim.exercise.session.orders import Lever, Order
from sim.region.place import Place
from sim.text import shown
from sim.vocabulary import PlaceKind
from sim.words import names
from sim.words import room as words


def clock(minutes: float) -> str:
    """Write a time of the scenario clock, as a clock shows it: the minute that has begun."""
    return clock_in_words(floor(minutes + 1e-6))


def place(world: World, where: Place) -> str:
    """Return the name of a place."""
    return shown(world.gazetteer.name_of(where))


def station(world: World, index: int) -> str:
    """Return the name of a station by its index."""
    return _found(world, world.region.stations.code[index], PlaceKind.STATION)


def road(world: World, index: int) -> str:
    """Return the name of a road by its index."""
    return place(world, world.gazetteer.road_place(index))


def kind(world: World, name: str) -> str:
    """Return the title of a kind of disturbance."""
    kinds = world.scenario.kinds
    return shown(kinds[name].said_title) if name in kinds else shown(name)


def incident(day: Day, identity: str) -> str:
    """Return what a disturbance is, and where; of one that the centre does not know of, only what it is called by."""
    if not is_known(day, identity):
        return shown(identity)
    one = day.reported[identity]
    return f"{kind(day.world, one.incident.start.kind_name)}, {place(day.world, one.place)}"


def order(day: Day, one: Order) -> str:
    """Write a decision that moves the model as a sentence."""
    key = "let_go" if one.lever is Lever.HOLD and not one.held else str(one.lever)
    return words.ORDERS[key].format(
        unit=shown(names.unit(one.unit)),
        incident=incident(day, one.incident),
        station=_found(day.world, one.station, PlaceKind.STATION),
        road=_found(day.world, one.road, PlaceKind.ROAD),
        place=_found(day.world, one.place),
    )


def _found(world: World, text: str, *kinds: PlaceKind) -> str:
    """Return the name of what somebody has named by code or name; his own word where there is no such thing."""
    try:
        return place(world, world.gazetteer.find(text, "place", kinds or None)) if text else ""
    except UserError:
        return shown(text)
