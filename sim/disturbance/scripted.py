"""The disturbances that a scenario writes down, made ready: when each may start, and of what places one is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.config.kinds import Kind
from sim.config.scenario import Scenario
from sim.config.script import ScriptedIncident
from sim.disturbance.start import Start
from sim.errors import Mistakes, UserError
from sim.region.gazetteer import Gazetteer
from sim.region.place import Place
from sim.vocabulary import Origin, PlaceKind
from sim.words.language import gettext as _
from sim.words.language import marked


@dataclass(frozen=True)
class Scripted:
    """A disturbance of the scenario.

    Attributes:
        onset: When it starts, at the earliest; minutes after midnight.
        start: How it starts, at the first of its places; its identity is ``s0``, ``s1``, … in the scenario's order.
        window: For how many minutes from ``onset`` on it may start, each moment as likely; 0: at ``onset``.
        places: The places of which one is drawn; none: it is that of ``start``.
        weights: How likely each is, against the others.
        named: The places that the scenario names, where one is drawn: a village stands for its stations.
    """

    onset: float
    start: Start
    window: float = 0.0
    places: tuple[Place, ...] = ()
    weights: tuple[float, ...] = ()
    named: tuple[Place, ...] = ()

    @property
    def latest(self) -> float:
        """When it starts at the latest."""
        return self.onset + self.window


def plan_script(scenario: Scenario, gazetteer: Gazetteer, weight: NDArray[np.float64]) -> tuple[Scripted, ...]:
    """Find the places of a scenario's disturbances.

    Args:
        scenario: The settings.
        gazetteer: Finds the places.
        weight: How likely a disturbance is at every station, by its vulnerability class, shape (stations).

    Raises:
        UserError: For a place that is unknown, or where this kind of disturbance cannot happen.
    """

    def made(i: int, one: ScriptedIncident) -> Scripted:
        kind, setting = scenario.kinds[one.kind], scenario.item("incidents", i)
        followers = scenario.disturbance.spread.followers if one.followers is None else one.followers
        named, places = _places(one, kind, setting, gazetteer)
        start = Start(f"s{i}", one.kind, Origin.SCRIPTED, places[0], one.starters, followers)
        window = one.onset.latest - one.onset.earliest
        if one.among is None:
            return Scripted(one.onset.earliest, start, window)
        weights = tuple(float(weight[p.stations[0]]) if p.kind is PlaceKind.STATION else 1.0 for p in places)
        if not any(weights):
            raise UserError(_(_ZERO).format(setting=setting))
        return Scripted(one.onset.earliest, start, window, places, weights, named)

    mistakes = Mistakes()
    found = mistakes.each(scenario.incidents, made)
    mistakes.refuse()
    return found


def where_of(one: Scripted, names: Gazetteer) -> str:
    """Return where a disturbance of the scenario happens, in words that a scenario may use."""
    if not one.named:
        return names.name_of(one.start.place)
    known, several = set(one.places), len(one.places) > 1
    inside = {place: sum(station in place.stations for p in known for station in p.stations) for place in one.named}
    with_stations = _("{place} ({count} stations)")
    texts = [
        names.name_of(place)
        if place in known
        else with_stations.format(place=names.name_of(place), count=inside[place])
        for place in one.named
    ]
    return _("one of {places}").format(places=", ".join(texts)) if several else texts[0]


_ZERO = marked(
    "{setting}.among: none of these stations can be drawn, as disturbance.background.vulnerability_weight is 0 for all "
    "of them"
)


def _places(
    one: ScriptedIncident, kind: Kind, setting: str, gazetteer: Gazetteer
) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    """Return the places that an incident names, and those where it may be: each once, in the order of their names."""
    if one.among is None:
        assert one.place is not None  # the settings have seen to it
        place = gazetteer.find(one.place, f"{setting}.place", kind.places)
        return (place,), (place,)
    named = [_named(name, kind, f"{setting}.among[{i}]", gazetteer) for i, name in enumerate(one.among)]
    places = [place for name in named for place in _inside(name, kind, gazetteer)]
    return tuple(dict.fromkeys(named)), tuple(dict.fromkeys(places))


def _named(text: str, kind: Kind, setting: str, gazetteer: Gazetteer) -> Place:
    """Find a place, or an area whose stations it stands for; one without stations only where areas will do."""
    if PlaceKind.STATION not in kind.places:
        return gazetteer.find(text, setting, kind.places)
    place = gazetteer.find(text, setting, {*kind.places, PlaceKind.AREA})
    return place if place.stations or place.kind in kind.places else gazetteer.find(text, setting, kind.places)


def _inside(place: Place, kind: Kind, gazetteer: Gazetteer) -> Iterator[Place]:
    if place.kind is PlaceKind.AREA and place.stations and PlaceKind.STATION in kind.places:
        yield from map(gazetteer.station_place, place.stations)
    else:
        yield place
