"""The one alternative that is put beside the plan: by what the card's kind does and asks for, and who is free."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf

from sim.config.kinds import Kind
from sim.config.slow import GrowingCourse
from sim.day.day import Day
from sim.day.decisions import CloseStation, Decision, EvacuateStation, MoveUnit, Send
from sim.exercise.quick.card import IDENTITY, Card
from sim.exercise.quick.teams import Team, team_of
from sim.region.place import Place
from sim.response.fleet import Unit
from sim.response.units import UnitSpec
from sim.vocabulary import Agency, Capability, PlaceKind, Role, Severity


class Alternative(StrEnum):
    """What else could be done at once."""

    EVACUATE = "evacuate"
    """Bring everybody at the stations there to safety."""
    SEND = "send"
    """Send the team that can be there first of those that wait, besides whom the plan sends."""
    SOONER = "sooner"
    """Send those at once whom the plan sends a little later: nobody else is free."""
    MOVE = "move"
    """Let such a team wait there: nothing asks for it, and yet messages will come late."""
    CLOSE = "close"
    """Shut the station's door: who is inside still votes. Where nobody is free to go."""


@dataclass(frozen=True)
class Choice:
    """The alternative of one card.

    Attributes:
        what: What is done.
        decisions: The same as the model carries it out.
        team: Who goes; None where nobody does.
    """

    what: Alternative
    decisions: tuple[Decision, ...]
    team: Team | None = None


def alternative_of(kind: Kind, place: Place) -> Alternative:
    """Return what else could be done, by what a kind does and where.

    Stations where people go on voting until a later severity empties them are emptied before it does: in an area that
    grows worse that cannot be turned back. Else a team is sent where any is asked for, and waits there where none is.
    """
    stages = [{effect.effect for effect in stage.effects} for _severity, stage in kind.severities.items()]
    go_on_voting = not stages[0] & {"evacuate", "suspend", "end_voting"}
    if (
        isinstance(kind.course, GrowingCourse)
        and place.stations
        and go_on_voting
        and "evacuate" in set().union(*stages)
    ):
        return Alternative.EVACUATE
    return Alternative.SEND if any(any(needs.values()) for needs in _needs(kind).values()) else Alternative.MOVE


def capability_of(kind: Kind) -> Capability:
    """Return what the team must be able to do: the rarest of what a kind asks for at any severity."""
    asked = {able for needs in _needs(kind).values() for able, people in needs.items() if people}
    return next((able for able in _RAREST if able in asked), Capability.PRESENCE)


_RAREST = (
    Capability.CROWD_CONTROL, Capability.RESCUE, Capability.ENGINEERING, Capability.INVESTIGATE, Capability.NEGOTIATE,
    Capability.ESCORT, Capability.PRESENCE, Capability.MEDICAL,
)  # fmt: skip


def _needs(kind: Kind) -> dict[Severity, dict[Capability, int]]:
    return {
        severity: {able: int(getattr(stage.needs, able.value)) for able in Capability}
        for severity, stage in kind.severities.items()
    }


def choose(day: Day, card: Card, soon: Sequence[str] = ()) -> Choice | None:
    """Return the alternative of a card on a day that has come to the report; None where there is none.

    Args:
        day: The day, played to the report.
        card: The card.
        soon: Names of units that the plan is about to send by itself. To send one of them changes little, so another
            is taken where there is another; and they are sent beside it, since the operations centre would count it
            and leave them at home.
    """
    kind, region = day.world.scenario.kinds[card.kind], day.world.region
    what = alternative_of(kind, card.place)
    if what is Alternative.EVACUATE:
        return Choice(what, tuple(EvacuateStation(region.stations.code[i]) for i in card.place.stations))
    able = capability_of(kind)
    unit = nearest_free(day, able, soon) or nearest_free(day, able)
    if unit is not None:
        name = unit.spec.name
        if what is Alternative.MOVE:
            return Choice(what, (MoveUnit(name, card.place.code),), team_of(day, unit))
        sent = tuple(Send(one, IDENTITY) for one in dict.fromkeys((*soon, name)))
        return Choice(Alternative.SOONER if name in soon else what, sent, team_of(day, unit))
    if card.place.kind is PlaceKind.STATION and day.env.now < day.world.scenario.voting.close:
        return Choice(Alternative.CLOSE, (CloseStation(card.place.code),))
    return None


def nearest_free(day: Day, able: Capability, but: Collection[str] = ()) -> Unit | None:
    """Return the unit that can be at the card's place first, of those that wait for orders and are able.

    Reserves and others that wait for any call are asked first; then those attached that the plan keeps for something
    worse, but not the army, which has to be asked for; then patrols, whose round is their task.

    Args:
        day: The day.
        able: What it must be able to do.
        but: Names of units that are not meant.
    """
    tiers: list[list[tuple[float, int, Unit]]] = [[], [], []]
    for unit in day.fleet.units:
        tier = _tier(unit.spec)
        free = unit.is_free and unit.may_be_sent and not unit.spec.stays and unit.spec.name not in but
        if tier is not None and free and able in unit.spec.abilities:
            minutes = team_of(day, unit).minutes
            if minutes < inf:
                tiers[tier].append((minutes, unit.index, unit))
    return next((min(tier)[2] for tier in tiers if tier), None)


def _tier(spec: UnitSpec) -> int | None:
    """Return how soon units like this are asked; None: never."""
    if spec.role is Role.PATROL:
        return 2
    if spec.role not in (Role.RESERVE, Role.ATTACHED, Role.AMBULANCE):  # a pair of a post guards its stations
        return None
    if spec.from_severity is Severity.GREEN:
        return 0
    return None if spec.agency is Agency.ARMY else 1
