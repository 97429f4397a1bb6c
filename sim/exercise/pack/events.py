"""The events of a day that an exercise can tell: each with a stable key, when it happened, when it can be known.

    incident/s0/reported      station/17.02.08.2001/01/stopped      road/17.02--17.03/closed      phase/closing

The second time that the same happens to the same, the key ends in ``/2``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from math import inf, isnan

from sim.day.world import World
from sim.exercise.pack.seen import RoadMoment, Seen, StationMoment, What
from sim.log import NEVER, ForceRow, IncidentRow
from sim.region.place import Place
from sim.vocabulary import Origin, PlaceKind, Severity

_ORDINARY = (What.LATE, What.OPENED, What.UNSUPPLIED)
"""What happens to a station without any disturbance."""


class Subject(StrEnum):
    """What an event is about; the word with which its key begins."""

    INCIDENT = "incident"
    STATION = "station"
    ROAD = "road"
    PHASE = "phase"


@dataclass(frozen=True)
class OfIncident:
    """What the texts of an incident's event need; all of it was so when the event could be known.

    Attributes:
        kind: Name of its kind.
        place_kind: What its place is.
        place: Code of its place.
        origin: Where it comes from.
        severity: How bad it is.
        officers: Whether officers have come, so that it is they who tell.
        over: Whether it has ended.
        is_news: Whether the event came about after the disturbance was reported; else the report comes after it.
    """

    kind: str
    place_kind: PlaceKind
    place: str
    origin: Origin
    severity: Severity
    officers: bool
    over: bool
    is_news: bool


@dataclass(frozen=True)
class OfStation:
    """What the texts of a station's event need.

    Attributes:
        station: Its index.
        incident: The disturbance because of which it is; empty for none.
        at_its_place: Whether that disturbance is at this very station.
    """

    station: int
    incident: str = ""
    at_its_place: bool = False


@dataclass(frozen=True)
class OfRoad:
    """What the texts of a road's event need: its index, its speed as a share, and the disturbance that did it."""

    road: int
    factor: float = 1.0
    incident: str = ""


@dataclass(frozen=True)
class ModelEvent:
    """Something that happened on a day.

    Attributes:
        subject: What it is about.
        name: Identity of the incident, code of the station or road; empty for a phase.
        what: What happened.
        time: When, minutes after midnight.
        known: When the operations centre can know of it; NaN: it cannot, as far as the day has been played.
        facts: What texts about it need; None for a phase.
        number: 1, or 2 and so on when the same has happened before.
    """

    subject: Subject
    name: str
    what: What
    time: float
    known: float
    facts: OfIncident | OfStation | OfRoad | None = None
    number: int = 1

    @property
    def key(self) -> str:
        """The event's own name, the same in every language and whenever the day is looked at."""
        parts = [self.subject, self.name, self.what] if self.name else [self.subject, self.what]
        return "/".join([*map(str, parts), *([str(self.number)] if self.number > 1 else [])])


def events_of(seen: Seen, world: World) -> list[ModelEvent]:
    """Return the events of a day so far, in order of time.

    Args:
        seen: What has happened, from :func:`seen_of` or :func:`seen_in`.
        world: The prepared scenario.
    """
    places = {row.incident: _place(row, world) for row in seen.incidents}
    found = [
        *_phases(seen, world),
        *(event for row in seen.incidents for event in _incident(row, seen.forces.get(row.incident, ()))),
        *(_station(moment, seen, places, world) for moment in seen.stations),
        *(_road(moment, seen, places, world) for moment in seen.roads),
    ]
    ordered = sorted((event for event in found if event.time <= seen.now), key=lambda event: event.time)
    return _numbered(ordered)


def _numbered(events: list[ModelEvent]) -> list[ModelEvent]:
    count = Counter[str]()
    found = []
    for event in events:
        count[event.key] += 1
        found.append(replace(event, number=count[event.key]))
    return found


def _phases(seen: Seen, world: World) -> Iterator[ModelEvent]:
    voting = world.scenario.voting
    times = {
        What.OPENING: voting.open,
        What.CLOSING: voting.close,
        What.COUNTING: voting.close + voting.counting.setup_minutes,
        What.BOXES_HOME: seen.boxes_home,
    }
    for what, time in times.items():
        if time < inf:
            yield ModelEvent(Subject.PHASE, "", what, time, time)


def _incident(row: IncidentRow, forces: tuple[ForceRow, ...]) -> Iterator[ModelEvent]:
    """Give what happened to an incident; who has not reported it yet tells nothing else of it either."""
    known = {Severity(force.severity): force.known for force in forces}
    times = [(What.ONSET, row.onset, NEVER), (What.REPORTED, row.reported, row.reported)]
    times += [(What.FIRST_ON_SCENE, row.first_on_scene, _later(row.first_on_scene, row.reported))]
    for what, severity, reached in ((What.YELLOW, Severity.YELLOW, row.yellow), (What.RED, Severity.RED, row.red)):
        times.append((what, reached, _later(known.get(severity, reached), row.reported)))
    for complete in sorted({force.complete for force in forces if _was_enough(force, forces)}):
        times.append((What.FORCE_COMPLETE, complete, _later(complete, row.reported)))
    times.append((What.ENDED, row.ended, _later(row.ended, row.reported)))
    for what, time, told in times:
        if not isnan(time):
            facts = _facts(row, time if isnan(told) else told, is_news=time > row.reported)
            yield ModelEvent(Subject.INCIDENT, row.incident, what, time, told, facts)


def _was_enough(force: ForceRow, forces: tuple[ForceRow, ...]) -> bool:
    """Return whether a force came together before anything worse asked for more."""
    worse = [other.reached for other in forces if other.severity > force.severity]
    return not isnan(force.complete) and force.complete < min(worse, default=inf)


def _later(time: float, other: float) -> float:
    """Return the later of two times; NaN where either never was."""
    return NEVER if isnan(time) or isnan(other) else max(time, other)


def _facts(row: IncidentRow, at: float, *, is_news: bool) -> OfIncident:
    """Return an incident as it was at a moment."""
    severity = Severity.RED if row.red <= at else Severity.YELLOW if row.yellow <= at else Severity.GREEN
    return OfIncident(
        row.kind, PlaceKind(row.place_kind), row.place, Origin(row.origin), severity,
        officers=row.first_on_scene <= at, over=row.ended <= at, is_news=is_news,
    )  # fmt: skip


def _place(row: IncidentRow, world: World) -> Place:
    return world.gazetteer.find(row.place, "place", (PlaceKind(row.place_kind),))


def _station(moment: StationMoment, seen: Seen, places: dict[str, Place], world: World) -> ModelEvent:
    """Return a station's event; what a disturbance did to it is known when that is known."""
    by_whom = next((row for row in seen.incidents if row.incident == moment.by), None)
    row = None if moment.what in _ORDINARY else by_whom or _acting(seen, moment, places)
    known = moment.time if row is None else _later(moment.time, row.reported)
    code = world.region.stations.code[moment.station]
    facts = OfStation(moment.station, "" if row is None else row.incident, row is not None and row.place == code)
    return ModelEvent(Subject.STATION, code, moment.what, moment.time, known, facts)


def _road(moment: RoadMoment, seen: Seen, places: dict[str, Place], world: World) -> ModelEvent:
    """Return a road's event, likewise."""
    code = world.gazetteer.road_place(moment.road).code
    there = [row for row in seen.incidents if row.onset <= moment.time and places[row.incident].code == code]
    row = max(there, key=lambda row: row.onset, default=None)
    known = moment.time if row is None else _later(moment.time, row.reported)
    facts = OfRoad(moment.road, moment.factor, "" if row is None else row.incident)
    return ModelEvent(Subject.ROAD, code, moment.what, moment.time, known, facts)


def _acting(seen: Seen, moment: StationMoment, places: dict[str, Place]) -> IncidentRow | None:
    """Return the disturbance at a station's place that had begun by then: the latest to begin."""
    found = [r for r in seen.incidents if r.onset <= moment.time and moment.station in places[r.incident].stations]
    return max(found, key=lambda row: row.onset, default=None)
