"""The deck: which kinds can happen in a region, where, and in which hours of the day; by the record of each kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sim.config.kinds import Kind
from sim.config.scenario import Scenario
from sim.day.world import World
from sim.region.place import Place
from sim.vocabulary import BaseKind, PlaceKind

_EVENING_MINUTES = 240.0
"""From the count on boxes are counted, wait, and go home: four hours (assumption; most boxes are home by then)."""
_MARGIN_MINUTES = 30.0
"""Cards of voting keep so far from opening and closing that a decision still matters (assumption)."""
_ON_VOTING = frozenset({"slow", "suspend", "shut_door", "evacuate", "end_voting", "deter", "leave_area", "take_signal"})
"""Effects that matter while people vote."""


class Phase(StrEnum):
    """The hours of the day to which a kind belongs."""

    VOTING = "voting"
    EVENING = "evening"
    """The count, and the boxes' way home."""
    DAY = "day"
    """Both of them."""


@dataclass(frozen=True)
class Ground:
    """Places of one kind where a disturbance may be.

    Attributes:
        places: The places.
        weights: How likely each is, against the others.
    """

    places: tuple[Place, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True)
class Hand:
    """One kind that can happen in the region.

    Attributes:
        kind: Name of the kind.
        grounds: Where it can happen, a ground for each kind of place that its record names and the region has.
        begin: When it may start at the earliest, minutes after midnight.
        end: When it may start at the latest.
    """

    kind: str
    grounds: tuple[Ground, ...]
    begin: float
    end: float


def phase_of(kind: Kind) -> Phase:
    """Return the hours to which a kind belongs, by what it does.

    What holds up boxes and keeps no voter away belongs to the evening. What acts on voting, at a station or over an
    area, belongs to the hours of voting. The rest may be at any time of both.
    """
    effects = {effect.effect for _severity, stage in kind.severities.items() for effect in stage.effects}
    if "hold_boxes" in effects and "deter" not in effects:
        return Phase.EVENING
    if effects & _ON_VOTING and {PlaceKind.STATION, PlaceKind.AREA} & set(kind.places):
        return Phase.VOTING
    return Phase.DAY


def hours_of(kind: Kind, scenario: Scenario) -> tuple[float, float]:
    """Return from when to when a card of this kind may start, minutes after midnight."""
    voting = scenario.voting
    margin = min(_MARGIN_MINUTES, (voting.close - voting.open) / 4)
    first, last = voting.open + margin, voting.close - margin
    count = voting.close + voting.counting.setup_minutes
    evening = max(count, min(count + _EVENING_MINUTES, voting.day_end - margin))
    return {Phase.VOTING: (first, last), Phase.EVENING: (count, evening), Phase.DAY: (first, evening)}[phase_of(kind)]


def deck_of(world: World) -> Mapping[str, Hand]:
    """Return the kinds that can happen somewhere in a region, by name and in order of it."""
    scenario, found = world.scenario, {}
    for name, kind in sorted(scenario.kinds.items()):
        grounds = tuple(ground for place in kind.places if (ground := _ground(place, world)).places)
        if grounds and (kind.telling is None or kind.telling.share > 0):
            found[name] = Hand(name, grounds, *hours_of(kind, scenario))
    return found


def _ground(where: PlaceKind, world: World) -> Ground:
    """Return the places of one sort where a kind may be.

    Stations are as likely as the model has them by their vulnerability class; what may be at bases is at an office
    where the region has any; roads have an end in the region; areas are villages, those with stations where
    there are any.
    """
    names, region = world.gazetteer, world.region
    match where:
        case PlaceKind.STATION:
            weight = world.disturbances.weight.tolist()
            even = [1.0] * len(weight)
            return Ground(tuple(map(names.station_place, range(len(weight)))), tuple(weight if any(weight) else even))
        case PlaceKind.BASE:
            bases = range(len(region.bases))
            offices = [i for i in bases if region.bases[i].kind == BaseKind.OFFICE]
            return _even(tuple(map(names.base_place, offices or bases)))
        case PlaceKind.ROAD:
            roads = map(names.road_place, range(len(region.roads.u)))
            return _even(tuple(road for road in roads if road.district is not None))
        case PlaceKind.AREA:
            villages = tuple(map(names.area_of_village, range(len(region.villages))))
            return _even(tuple(one for one in villages if one.stations) or villages)


def _even(places: tuple[Place, ...]) -> Ground:
    return Ground(places, (1.0,) * len(places))
