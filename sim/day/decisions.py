"""Decisions that somebody can take while the day goes on: data that say what, carried out in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import singledispatch
from typing import TYPE_CHECKING, Any, TypeVar

from sim.day.joint import Reported
from sim.errors import UserError, nearest
from sim.region.place import Place, RoadPlace
from sim.response.fleet import Unit
from sim.vocabulary import Agency, Outcome, PlaceKind, Purpose, StationState
from sim.voting.polls import DECISION as CLOSED
from sim.words.language import gettext as _

if TYPE_CHECKING:
    from sim.day.day import Day

BY_DECISION = "decision"
"""The cause under which a decision closes or evacuates a station."""
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Send:
    """Send a unit to a disturbance, whatever else it has to do."""

    unit: str
    incident: str


@dataclass(frozen=True)
class Hold:
    """Hold a unit back, or let it go again: one that is held is not sent by any rule."""

    unit: str
    held: bool = True


@dataclass(frozen=True)
class Withdraw:
    """Take a unit away from its task; it goes home, and is held there until it is let go: nobody sends it back."""

    unit: str


@dataclass(frozen=True)
class AskForArmy:
    """Ask for the army now, whatever the severity that it waits for; its request delay still passes."""


@dataclass(frozen=True)
class CloseStation:
    """Shut the door of a station: who is inside still votes."""

    station: str


@dataclass(frozen=True)
class OpenStation:
    """Open a station again that a decision has closed or evacuated."""

    station: str


@dataclass(frozen=True)
class EvacuateStation:
    """Bring everybody at a station to safety; it stays empty until it is opened again."""

    station: str


@dataclass(frozen=True)
class CloseRoad:
    """Close a road."""

    road: str


@dataclass(frozen=True)
class OpenRoad:
    """Open a road: one cause of its closure is taken away."""

    road: str


@dataclass(frozen=True)
class MoveUnit:
    """Move a unit to another place, which is its home from then on: a reserve sent forward."""

    unit: str
    place: str


Decision = (
    Send | Hold | Withdraw | AskForArmy | CloseStation | OpenStation | EvacuateStation | CloseRoad | OpenRoad | MoveUnit
)
"""What can be decided."""


@singledispatch
def carry_out(decision: Any, _day: Day) -> None:
    """Carry a decision out on a day, now.

    Raises:
        UserError: When it names what is not there, or cannot be done at this moment; nothing has happened then.
    """
    raise TypeError(f"{type(decision).__name__} is no decision")


def _named(setting: str, name: str, things: Mapping[str, Thing]) -> Thing:
    if name not in things:
        raise UserError(
            _("{setting}: there is no '{name}'; {hint}").format(setting=setting, name=name, hint=nearest(name, things))
        )
    return things[name]


def _unit(day: Day, setting: str, name: str) -> Unit:
    return _named(setting, name, {unit.spec.name: unit for unit in day.fleet.units})


def _movable(day: Day, setting: str, name: str) -> Unit:
    """Return a unit that may be given another task."""
    unit = _unit(day, setting, name)
    if unit.spec.stays:
        raise UserError(
            _("{setting}: '{name}' is a standing guard, which never leaves its office").format(
                setting=setting, name=name
            )
        )
    if day.casualties.carries(unit):
        raise UserError(
            _("{setting}: '{name}' has an injured person aboard; it can be sent when he is in care").format(
                setting=setting, name=name
            )
        )
    return unit


@carry_out.register(Send)
def _send(decision: Send, day: Day) -> None:
    unit = _movable(day, "send.unit", decision.unit)
    going_on: dict[str, Reported] = {name: e for name, e in day.reported.items() if not e.is_over}
    emergency = _named("send.incident", decision.incident, going_on)
    if unit.task is not None and unit.task.goal.incident == decision.incident and unit.task.is_open:
        raise UserError(
            _("send.unit: '{unit}' is at '{incident}', or on its way there").format(
                unit=decision.unit, incident=decision.incident
            )
        )
    if decision.incident not in day.posko.reports:  # who sends there knows of it
        day.posko.reports[decision.incident] = day.env.now
        emergency.reported()
        emergency.handled()
    day.posko.order(emergency, unit)


@carry_out.register(Hold)
def _hold(decision: Hold, day: Day) -> None:
    unit = _unit(day, "hold.unit", decision.unit)
    day.fleet.hold(unit, decision.held)
    if unit.moved is not None:
        unit.moved.fire()
    if not decision.held and unit.is_idle:
        day.fleet.became_idle.fire(unit)
    if not decision.held and unit.task is None:  # an injured person may wait for it
        day.fleet.set_free[unit.spec.role].fire(unit)


@carry_out.register(Withdraw)
def _withdraw(decision: Withdraw, day: Day) -> None:
    unit = _movable(day, "withdraw.unit", decision.unit)
    if unit.task is None:
        raise UserError(_("withdraw.unit: '{unit}' has no task").format(unit=decision.unit))
    day.fleet.hold(unit, True)
    unit.task.call_off(Outcome.WITHDRAWN)


@carry_out.register(AskForArmy)
def _ask_for_army(_decision: AskForArmy, day: Day) -> None:
    army = {unit.index for unit in day.fleet.units if unit.spec.agency is Agency.ARMY}
    if not army:
        raise UserError(_("ask for the army: no unit of the army is attached (response.attached)"))
    day.posko.request(army)


@carry_out.register(CloseStation)
def _close_station(decision: CloseStation, day: Day) -> None:
    day.polls.close(_station_at_work(day, _("close station"), decision.station))


@carry_out.register(OpenStation)
def _open_station(decision: OpenStation, day: Day) -> None:
    station = _station(day, _("open station"), decision.station)
    if not (day.polls.acts(station, CLOSED) or day.polls.acts(station, BY_DECISION)):
        raise UserError(
            _("open station: '{station}' is neither closed nor evacuated by a decision").format(
                station=decision.station
            )
        )
    day.polls.open(station)
    day.polls.lift(station, BY_DECISION)


@carry_out.register(EvacuateStation)
def _evacuate_station(decision: EvacuateStation, day: Day) -> None:
    day.leaving.order(_station_at_work(day, _("evacuate station"), decision.station), BY_DECISION)


def _station(day: Day, setting: str, text: str) -> int:
    return day.world.gazetteer.station(text, setting).station


def _station_at_work(day: Day, setting: str, text: str) -> int:
    """Return a station whose day is not over."""
    station = _station(day, setting, text)
    state = day.polls.state(station)
    if state in (StationState.COUNTED, StationState.ABANDONED):
        counted = _("{setting}: the day of '{station}' is over: it is counted")
        abandoned = _("{setting}: the day of '{station}' is over: it is abandoned")
        said = counted if state is StationState.COUNTED else abandoned
        raise UserError(said.format(setting=setting, station=text))
    return station


@carry_out.register(CloseRoad)
def _close_road(decision: CloseRoad, day: Day) -> None:
    day.roads.close(_road(day, _("close road"), decision.road))


@carry_out.register(OpenRoad)
def _open_road(decision: OpenRoad, day: Day) -> None:
    road = _road(day, _("open road"), decision.road)
    if road not in day.roads.closed:
        raise UserError(_("open road: '{road}' is open").format(road=decision.road))
    day.roads.open(road)


def _road(day: Day, setting: str, text: str) -> int:
    place = day.world.gazetteer.find(text, setting, (PlaceKind.ROAD,))
    assert isinstance(place, RoadPlace)
    return place.road


@carry_out.register(MoveUnit)
def _move(decision: MoveUnit, day: Day) -> None:
    unit = _movable(day, "move.unit", decision.unit)
    if unit.task is not None and unit.task.goal.purpose is Purpose.BOXES:
        raise UserError(
            _("move.unit: '{unit}' has ballot boxes aboard; it can be moved when they are home").format(
                unit=decision.unit
            )
        )
    place: Place = day.world.gazetteer.find(decision.place, "move.place")
    day.ledger.relocate(unit, day.plan.spot(place), place.code)
