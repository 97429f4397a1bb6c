"""Settings of command: how orders come to the agencies that help the police."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from sim.config.distribution import Delay
from sim.config.fields import Settings, Size
from sim.echelon import Echelon

CalledBy = Annotated[tuple[Echelon, ...], Field(min_length=1, max_length=len(Echelon))]
"""Command posts that may call somebody."""


class CommandRule(StrEnum):
    """How the agencies are led together."""

    ON_REQUEST = "on_request"
    JOINT_COMMAND = "joint_command"
    SEPARATE = "separate"


class OnRequest(Settings):
    """Other agencies have somebody at the centre; those that move on request only do so after their request delay."""

    rule: Literal[CommandRule.ON_REQUEST]


class JointCommand(Settings):
    """One centre leads all: what may be sent is ordered at once, without a request."""

    rule: Literal[CommandRule.JOINT_COMMAND]


class Separate(Settings):
    """Every other agency has a command post of its own: after its request delay, an order waits for a desk there."""

    rule: Literal[CommandRule.SEPARATE]
    desks: Size
    """Desks of each of these command posts."""
    handling: Delay
    """How long a desk takes to pass an order on."""


Command = Annotated[OnRequest | JointCommand | Separate, Field(discriminator="rule")]
ON_REQUEST = OnRequest(rule=CommandRule.ON_REQUEST)
