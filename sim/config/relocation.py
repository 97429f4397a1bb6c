"""Settings of relocation: when units that wait for orders are moved elsewhere, before anybody calls there."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from sim.config.fields import MINUTES_A_DAY, Number, Positive, Settings, Share


class RelocationRule(StrEnum):
    """A rule by which reserves are moved."""

    NONE = "none"
    DYNAMIC = "dynamic"
    FORWARD_ON_YELLOW = "forward_on_yellow"


class NoRelocation(Settings):
    """Everybody goes back to where he belongs."""

    rule: Literal[RelocationRule.NONE]


class Dynamic(Settings):
    """The worst gap is filled: now and then the reserve moves whose move adds most to expected coverage.

    Expected coverage is that of Daskin (1983); the rule is that of Jagtenberg, Bhulai and van der Mei (2015), "An
    efficient heuristic for real-time ambulance redeployment", with the moves looked at every so many minutes.
    """

    rule: Literal[RelocationRule.DYNAMIC]
    every_minutes: Annotated[Number, Field(ge=1, le=MINUTES_A_DAY)]
    """So often the centre looks at it: once a minute at most, so that a day stays quick."""
    within_minutes: Positive
    """Minutes from the order to the arrival that are in time."""
    busy: Share
    """Share of the time in which a unit is busy, 0 to 1."""
    least_gain: Share
    """No move is made that adds less than this share of all registered voters to expected coverage."""
    most_minutes: Positive
    """No move is made that takes longer than this."""


class ForwardOnYellow(Settings):
    """When the centre learns that something is yellow, a reserve moves up to the police base that is nearest to it.

    None does where one waits there already, or where nobody would be nearer then. When nothing is yellow or red any
    more, those who have moved go back.
    """

    rule: Literal[RelocationRule.FORWARD_ON_YELLOW]
    most_minutes: Positive
    """No reserve moves that would be on the way for longer than this."""


Relocation = Annotated[NoRelocation | Dynamic | ForwardOnYellow, Field(discriminator="rule")]
NO_RELOCATION = NoRelocation(rule=RelocationRule.NONE)
