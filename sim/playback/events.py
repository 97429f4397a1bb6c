"""What happens on a day, sentence by sentence, for the line that tells it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import isnan
from typing import Any, NamedTuple

from sim.config.scenario import Scenario
from sim.day.world import World
from sim.playback.record import Recording
from sim.text import shown
from sim.vocabulary import Ending, PlaceKind, StationState
from sim.words import playback as words

_TIMES = ("onset", "reported", "ordered", "first_on_scene", "yellow", "red", "force_complete")
"""Columns of an incident that are told."""
_STATES = {
    StationState.STOPPED: "stopped",
    StationState.SHUT: "shut",
    StationState.EVACUATED: "evacuated",
    StationState.RESTARTING: "restarting",
    StationState.ABANDONED: "abandoned",
}
_STOOD = frozenset(_STATES) - {StationState.ABANDONED}
"""The states after which it is told that voting goes on."""
Columns = dict[str, Any]


class Event(NamedTuple):
    """Something that happens.

    Attributes:
        time: When, minutes after midnight.
        text: What, in a sentence.
        incident: Identity of the incident that it is about; empty for none.
    """

    time: float
    text: str
    incident: str = ""


class Names:
    """The names of places and kinds, as sentences have them.

    Args:
        world: The prepared scenario.
    """

    def __init__(self, world: World) -> None:
        self._gazetteer, self._kinds = world.gazetteer, world.scenario.kinds
        self.region = world.region

    def place(self, kind: str, code: str) -> str:
        """Return the name of a place by its kind and code."""
        return shown(self._gazetteer.name_of(self._gazetteer.find(code, "place", {PlaceKind(kind)})))

    def station(self, station: int) -> str:
        """Return the name of a station."""
        return self.place(PlaceKind.STATION, self.region.stations.code[station])

    def road(self, road: int) -> str:
        """Return the name of a road."""
        return shown(self._gazetteer.name_of(self._gazetteer.road_place(road)))

    def kind(self, name: str) -> str:
        """Return the title of a kind of disturbance."""
        return shown(self._kinds[name].said_title) if name in self._kinds else name


def incident_rows(recording: Recording) -> list[dict[str, Any]]:
    """Return the incidents of a day, a dictionary of the log's columns each, in order of their onset."""
    columns = recording.log.tables["incidents"]
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    return sorted(rows, key=lambda row: float(row["onset"]))


def events(recording: Recording, names: Names, scenario: Scenario) -> list[Event]:
    """Return all that is told of a day, in order of time."""
    found = [
        Event(scenario.voting.open, words.EVENTS["open"]),
        Event(scenario.voting.close, words.EVENTS["close"]),
        *_of_incidents(recording, names),
        *_of_stations(recording, names),
        *_of_roads(recording, names),
        *_of_leaving(recording, names),
        *_of_boxes(recording),
    ]
    return sorted(found, key=lambda event: event.time)


def _of_incidents(recording: Recording, names: Names) -> Iterator[Event]:
    for row in incident_rows(recording):
        what, where = names.kind(row["kind"]), names.place(row["place_kind"], row["place"])
        for name in _TIMES:
            if not isnan(row[name]):
                yield Event(float(row[name]), words.EVENTS[name].format(what=what, where=where), row["incident"])
        if row["outcome"] != Ending.OPEN:
            text = words.EVENTS[str(row["outcome"])].format(what=what, where=where)
            yield Event(float(row["ended"]), text, row["incident"])


def _of_stations(recording: Recording, names: Names) -> Iterator[Event]:
    for station, moments in enumerate(recording.stations):
        for before, now in pairwise(moments):
            name = _STATES.get(now.state)
            if now.state is StationState.OPEN and before.state in _STOOD:
                name = "again"
            if name is not None:
                yield Event(now.time, words.EVENTS[name].format(where=names.station(station)))


def _of_roads(recording: Recording, names: Names) -> Iterator[Event]:
    for (_, before), (time, now) in pairwise(recording.closed):
        for name, roads in (("road_closed", now - before), ("road_open", before - now)):
            for road in sorted(roads):
                yield Event(time, words.EVENTS[name].format(where=names.road(road)))


def _of_leaving(recording: Recording, names: Names) -> Iterator[Event]:
    leaving, areas = recording.log.tables["evacuations"], recording.log.tables["areas"]
    for incident, station, ordered in zip(leaving["incident"], leaving["station"], leaving["ordered"], strict=True):
        if not isnan(ordered) and station >= 0:
            yield Event(float(ordered), words.EVENTS["leave"].format(where=names.station(int(station))), str(incident))
    for incident, plan, ordered in zip(areas["incident"], areas["plan"], areas["ordered"], strict=True):
        if not isnan(ordered):
            yield Event(float(ordered), words.EVENTS["leave"].format(where=shown(str(plan))), str(incident))


def _of_boxes(recording: Recording) -> Iterator[Event]:
    home = recording.log.tables["stations"]["boxes_home"]
    if len(home) and not any(map(isnan, home.tolist())):
        yield Event(float(home.max()), words.EVENTS["boxes"])
