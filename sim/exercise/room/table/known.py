"""What the operations centre knows of the day, and nothing else: made of its reports, its units and its decisions.

Everything that a player or the projector is shown of the day comes from here. A disturbance that has not been reported
is not in it, and neither is what would give it away: a station that it stops, a road that it closes, a pair of officers
who have walked into it. Where a unit is, is known of every unit: each has a radio.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sim.day import decisions
from sim.day.day import Day
from sim.day.picture import point
from sim.errors import UserError
from sim.exercise.inject import Party
from sim.exercise.room.table.sight import AGENCIES, SCREEN, Sight, sight_of
from sim.region.place import Place, RoadPlace
from sim.response.fleet import Unit
from sim.response.units import IDLE
from sim.vocabulary import Agency, PlaceKind, Purpose, Role, Severity, StationState, UnitState
from sim.voting.life import Imposed

TROUBLED = (
    StationState.SHUT, StationState.STOPPED, StationState.EVACUATED, StationState.RESTARTING, StationState.ABANDONED,
)  # fmt: skip
"""The states of a station that does not keep its hours, in the order in which they are told."""


@dataclass(frozen=True)
class KnownIncident:
    """A disturbance that the centre knows of.

    Attributes:
        identity: What it is called.
        kind: Name of its kind.
        place: Where it is, as it was first reported.
        severity: How bad the centre thinks it is.
        since: When it was first reported, minutes after midnight.
        officers: Officers on scene.
    """

    identity: str
    kind: str
    place: Place
    severity: Severity
    since: float
    officers: int


@dataclass(frozen=True)
class KnownUnit:
    """A unit, as the centre sees it.

    Attributes:
        name: Its name.
        agency: Whose people they are.
        role: What it is there for.
        people: How many.
        state: What it does.
        lat: Where it is, degrees.
        lon: Where it is, degrees.
        purpose: What it is sent for; None: it is not.
        incident: The disturbance that it is sent to; empty: to none that is known.
        held: Whether it is held back.
    """

    name: str
    agency: Agency
    role: Role
    people: int
    state: UnitState
    lat: float
    lon: float
    purpose: Purpose | None
    incident: str
    held: bool


@dataclass(frozen=True)
class Known:
    """What the centre knows at a moment.

    Attributes:
        time: Minutes after midnight.
        incidents: The disturbances that are going on, the worst first.
        units: The units.
        stations: The stations that do not keep their hours, by index, and what each does.
        roads: The roads that are closed, by index.
    """

    time: float
    incidents: tuple[KnownIncident, ...] = ()
    units: tuple[KnownUnit, ...] = ()
    stations: tuple[tuple[int, StationState], ...] = ()
    roads: tuple[int, ...] = ()


def known(day: Day) -> Known:
    """Return what the centre knows now; looking changes nothing.

    That a disturbance is over the centre knows at once, as it does in the model, which calls its units back then.
    """
    return Known(float(day.env.now), _incidents(day), _units(day), _stations(day), _roads(day))


def seen(what: Known, sight: frozenset[Sight], own: frozenset[Agency] = frozenset()) -> Known:
    """Return as much of what the centre knows as somebody may see.

    Args:
        what: What the centre knows.
        sight: What of it he may see.
        own: Whose units are his own.
    """
    units = what.units if Sight.FORCES in sight else ()
    if Sight.FORCES not in sight and Sight.OWN_FORCES in sight:
        units = tuple(unit for unit in what.units if unit.agency in own)
    if Sight.INCIDENTS not in sight:
        units = tuple(replace(unit, incident="") for unit in units)
    return Known(
        what.time,
        what.incidents if Sight.INCIDENTS in sight else (),
        units,
        what.stations if Sight.STATIONS in sight else (),
        what.roads if Sight.ROADS in sight else (),
    )


def seen_by(day: Day, party: Party | None) -> Known:
    """Return what the player of a party sees now."""
    return seen(known(day), sight_of(party), AGENCIES[party] if party is not None else frozenset())


def seen_on_screen(day: Day) -> Known:
    """Return what the projector shows now."""
    return seen(known(day), SCREEN)


def is_known(day: Day, identity: str) -> bool:
    """Say whether the centre knows, or has known, of a disturbance."""
    return identity in day.reported and day.reported[identity].is_known


def _incidents(day: Day) -> tuple[KnownIncident, ...]:
    found = [
        KnownIncident(
            identity=name, kind=one.incident.start.kind_name, place=one.place, severity=one.severity,
            since=float(day.posko.reports.get(name, day.env.now)), officers=one.incident.scene.officers,
        )
        for name, one in day.reported.items()
        if one.is_known and not one.is_over
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-one.severity, one.since, one.identity)))


def _unknown(day: Day) -> frozenset[str]:
    return frozenset(name for name, one in day.reported.items() if not one.is_known)


def _units(day: Day) -> tuple[KnownUnit, ...]:
    unknown = _unknown(day)
    return tuple(_unit(day, unit, unknown) for unit in day.fleet.units)


def _unit(day: Day, unit: Unit, unknown: frozenset[str]) -> KnownUnit:
    """Return a unit; one that has to do with what the centre does not know of does what it always does."""
    task, state = unit.task, unit.state
    hides = task is not None and task.goal.incident in unknown
    if hides or (task is None and state is UnitState.ON_SCENE):
        task, state = None, IDLE[unit.spec.role]
    lat, lon = point(day.world.region, day.fleet.position(unit))
    there = task.goal.incident if task is not None else ""
    return KnownUnit(
        name=unit.spec.name, agency=unit.spec.agency, role=unit.spec.role, people=unit.spec.strength, state=state,
        lat=lat, lon=lon, purpose=task.goal.purpose if task is not None else None,
        incident=there if is_known(day, there) else "", held=unit.is_held,
    )  # fmt: skip


def _stations(day: Day) -> tuple[tuple[int, StationState], ...]:
    unknown, found = _unknown(day), []
    for station in range(len(day.world.region.stations)):
        if not day.polls.history(station):
            continue
        state = _known_state(day, station, unknown)
        if state is not None:
            found.append((station, state))
    return tuple(sorted(found, key=lambda one: (TROUBLED.index(one[1]), one[0])))


def _known_state(day: Day, station: int, unknown: frozenset[str]) -> StationState | None:
    """Return how a station is in trouble, as far as the centre knows; None: it knows of none.

    What counts is what stops it now, or has stopped it last. A station that stands still for a reason of its own (a
    machine, a late delivery) tells the election commission. Where something unknown stops a station whose door the
    centre has had shut, it is shut, and nobody knows more.
    """
    state = day.polls.state(station)
    imposed = [h for h in day.polls.history(station) if isinstance(h, Imposed)]
    last = {h.by: h.cause for h in imposed}
    acting = [by for by, cause in last.items() if cause.stops and day.polls.acts(station, by)]
    acting = acting or [h.by for h in imposed if h.cause.stops][-1:]
    told = [by for by in acting if by not in unknown]
    if state not in TROUBLED or not told:
        return None
    only_shut = len(told) < len(acting) and all(last[by].speed > 0.0 for by in told)
    return StationState.SHUT if only_shut else state


def _roads(day: Day) -> tuple[int, ...]:
    """Return the closed roads, but for those that only a disturbance closes of which the centre does not know."""
    now = float(day.env.now)
    hidden = {
        one.place.road
        for one in day.reported.values()
        if not one.is_known and not one.is_over and isinstance(one.place, RoadPlace)
    }
    announced = {closure.road for closure in day.world.closures if closure.closed <= now < closure.reopened}
    return tuple(sorted(day.roads.closed - (hidden - announced - _closed_by_decision(day))))


def _closed_by_decision(day: Day) -> set[int]:
    """Return the roads that a decision has closed and none has opened since."""
    found: set[int] = set()
    for _, decision in day.decisions:
        if isinstance(decision, (decisions.CloseRoad, decisions.OpenRoad)):
            road = _road(day, decision.road)
            if road is not None and isinstance(decision, decisions.CloseRoad):
                found.add(road)
            elif road is not None:
                found.discard(road)
    return found


def _road(day: Day, text: str) -> int | None:
    try:
        place = day.world.gazetteer.find(text, "road", (PlaceKind.ROAD,))
    except UserError:
        return None
    return place.road if isinstance(place, RoadPlace) else None
