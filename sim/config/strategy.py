"""Settings of a strategy: who stands where, who waits in reserve, who is sent."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.config.command import ON_REQUEST, Command
from sim.config.dispatch import Dispatch
from sim.config.fields import (
    MOST_ITEMS,
    MOST_TEAMS,
    Count,
    Description,
    Name,
    NonNegative,
    PlainName,
    Positive,
    Settings,
    Size,
    Title,
    Whole,
)
from sim.config.relocation import NO_RELOCATION, Relocation
from sim.vocabulary import EscortRule


class Pattern(Settings):
    """Police : stations : wardens that share a post, always by name because the press writes it in two orders."""

    police: Count
    stations: Size
    wardens: Count


class PatternGuards(Settings):
    """Guard posts by the pattern of each vulnerability class."""

    rule: Literal["pattern"]
    very_high: Pattern
    high: Pattern
    low: Pattern


class RiskGuards(Settings):
    """Guard posts in proportion to risk: vulnerability x registered voters x remoteness.

    The weight of a station is ``vulnerability weight * registered / mean registered *
    (1 + minutes from headquarters / remoteness_minutes)``.
    """

    rule: Literal["risk_weighted"]
    officers: Count
    """Officers spent on guard posts."""
    post_size: Size
    """Officers of one post."""
    wardens_per_station: Count
    remoteness_minutes: Positive
    low: NonNegative = 1.0
    high: NonNegative = 2.0
    very_high: NonNegative = 4.0


class Patrols(Settings):
    """Patrols that go from village to village in a district and are sent when something happens."""

    teams: Annotated[Whole, Field(ge=0, le=MOST_TEAMS)]
    size: Size
    vehicle: Name
    districts: Literal["by_voters", "by_risk"] | Annotated[tuple[Name, ...], Field(max_length=MOST_ITEMS)]
    """Districts in turn, those with most voters or most risk first; or a list of districts."""


class Reserve(Settings):
    """Teams that wait at a base until they are sent."""

    base: Name
    """Code of a base."""
    teams: Annotated[Whole, Field(ge=1, le=MOST_TEAMS)]
    size: Size
    vehicle: Name


class StrategySettings(Settings):
    """A strategy spends the region's police and wardens."""

    name: PlainName
    title: Title
    description: Description = ""
    guards: Annotated[PatternGuards | RiskGuards, Field(discriminator="rule")]
    patrols: Annotated[tuple[Patrols, ...], Field(max_length=MOST_ITEMS)]
    reserves: Annotated[tuple[Reserve, ...], Field(max_length=MOST_ITEMS)]
    dispatch: Dispatch
    command: Command = ON_REQUEST
    """How orders come to other agencies. Unless said otherwise: to those that move on request, after their delay."""
    relocation: Relocation = NO_RELOCATION
    """When reserves are moved before anybody calls. Unless said otherwise: never."""
    escort: EscortRule = EscortRule.PAIR_EACH_VILLAGE
    """How the ballot boxes come home. Unless said otherwise: with the pair of a post, as is usual."""
