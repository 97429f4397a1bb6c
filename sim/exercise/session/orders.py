"""Decisions of the room as they are written into its log, and read from it as data."""

from __future__ import annotations

from dataclasses import fields
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from sim.day import decisions
from sim.day.decisions import Decision
from sim.text import NAME

Name = Annotated[str, StringConstraints(max_length=NAME.most)]


class Lever(StrEnum):
    """What of the model a decision moves."""

    SEND = "send"
    HOLD = "hold"
    WITHDRAW = "withdraw"
    ASK_FOR_ARMY = "ask_for_army"
    CLOSE_STATION = "close_station"
    OPEN_STATION = "open_station"
    EVACUATE_STATION = "evacuate_station"
    CLOSE_ROAD = "close_road"
    OPEN_ROAD = "open_road"
    MOVE_UNIT = "move_unit"


_CLASSES: dict[Lever, type[Decision]] = {
    Lever.SEND: decisions.Send,
    Lever.HOLD: decisions.Hold,
    Lever.WITHDRAW: decisions.Withdraw,
    Lever.ASK_FOR_ARMY: decisions.AskForArmy,
    Lever.CLOSE_STATION: decisions.CloseStation,
    Lever.OPEN_STATION: decisions.OpenStation,
    Lever.EVACUATE_STATION: decisions.EvacuateStation,
    Lever.CLOSE_ROAD: decisions.CloseRoad,
    Lever.OPEN_ROAD: decisions.OpenRoad,
    Lever.MOVE_UNIT: decisions.MoveUnit,
}
_LEVERS = {cls: lever for lever, cls in _CLASSES.items()}


def needs(lever: Lever) -> tuple[str, ...]:
    """Return what a lever needs to know, of ``unit``, ``incident``, ``station``, ``road``, ``place`` and ``held``."""
    return tuple(one.name for one in fields(_CLASSES[lever]))


class Order(BaseModel):
    """A decision as it is written down: its lever, and of the others what it needs; the rest stays empty.

    Attributes:
        lever: What it moves.
        unit: Name of a unit.
        incident: Identity of a disturbance.
        station: Code or name of a polling station.
        road: Code or name of a road.
        place: Code or name of a place.
        held: Hold it back, or let it go again.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    lever: Lever
    unit: Name = ""
    incident: Name = ""
    station: Name = ""
    road: Name = ""
    place: Name = ""
    held: bool = True

    def decision(self) -> Decision:
        """Return the decision that the model carries out."""
        return _CLASSES[self.lever](**{name: getattr(self, name) for name in needs(self.lever)})

    @classmethod
    def of(cls, decision: Decision) -> Order:
        """Return a decision as it is written down."""
        lever = _LEVERS[type(decision)]
        return cls.model_validate({"lever": lever, **{name: getattr(decision, name) for name in needs(lever)}})
