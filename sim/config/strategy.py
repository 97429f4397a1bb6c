"""Settings of a strategy: who stands where, who waits in reserve, who is sent.

Guards, patrols, reserves and standing guards may be written by list as well, in the strategy or in a table beside
its file; what such a table holds is read with the place (:mod:`sim.response.deploy.listed`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Discriminator, Field, Tag, ValidationInfo, model_validator

from sim.config.command import ON_REQUEST, Command
from sim.config.dispatch import Dispatch
from sim.config.duty import ALL_DAY, Duty, Shift
from sim.config.fields import (
    MOST_ITEMS,
    MOST_TEAMS,
    Count,
    Description,
    Location,
    Name,
    NonNegative,
    PlainName,
    Positive,
    Settings,
    Size,
    Title,
    Whole,
)
from sim.config.leaving import CHAIR_SENDS_OUT, Leaving
from sim.config.numbers import Numbered
from sim.config.plan_tables import PlanTable
from sim.config.reach import CONTEXT, Reach
from sim.config.refusal import SettingError
from sim.config.relocation import NO_RELOCATION, Relocation
from sim.config.retasking import USUAL_RETASKING, Retasking
from sim.vocabulary import EscortRule
from sim.words.language import gettext as _

MOST_STOPS = 200
"""Stops of a route (assumption): at twenty minutes each they fill more than two days."""


def _in_reach(path: str, info: ValidationInfo) -> str:
    reach = (info.context or {}).get(CONTEXT)
    return reach.plan_table(path) if isinstance(reach, Reach) else path


TablePath = Annotated[Location, AfterValidator(_in_reach)]
"""A CSV table beside the file of the strategy."""


class Pattern(Settings):
    """Police : stations : wardens that share a post, always by name because the press writes it in two orders."""

    police: Count
    """Officers of a post, all its stations together."""
    stations: Size
    """Stations of a post."""
    wardens: Count
    """Wardens of a post, all its stations together."""


class PatternGuards(Settings):
    """Guard posts by the pattern of each vulnerability class."""

    rule: Literal["pattern"]
    very_high: Pattern
    """Stations of the class very vulnerable."""
    high: Pattern
    """Stations of the class vulnerable."""
    low: Pattern
    """All other stations."""


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
    """Wardens at every station."""
    remoteness_minutes: Positive
    """A station so many minutes from headquarters weighs twice as much as one beside it."""
    low: NonNegative = 1.0
    """Weight of the class less vulnerable."""
    high: NonNegative = 2.0
    """Weight of the class vulnerable."""
    very_high: NonNegative = 4.0
    """Weight of the class very vulnerable."""


class ListedGuards(Settings):
    """Guard posts by list."""

    rule: Literal["list"]
    table: TablePath
    """A row for each post: ``post``, ``stations``, ``officers``, ``wardens``, and ``team`` if it is known."""


Guards = Annotated[PatternGuards | RiskGuards | ListedGuards, Field(discriminator="rule")]


class Patrols(Settings):
    """Patrols that go from village to village in a district and are sent when something happens."""

    teams: Annotated[Whole, Field(ge=0, le=MOST_TEAMS)]
    """How many patrols."""
    size: Size
    """Officers of each."""
    vehicle: Name
    """A vehicle of ``response.vehicles``."""
    shift: Shift | None = None
    """When they are on duty; null: as ``duty`` says for all."""
    districts: Literal["by_voters", "by_risk"] | Annotated[tuple[Name, ...], Field(max_length=MOST_ITEMS)]
    """Districts in turn, those with most voters or most risk first; or a list of districts."""


class RoutePatrols(Settings):
    """Patrols with a route of their own, and are sent when something happens."""

    teams: Annotated[Whole, Field(ge=0, le=MOST_TEAMS)] = 1
    """They go the same route, all from its beginning."""
    size: Size
    """Officers of each."""
    vehicle: Name
    """A vehicle of ``response.vehicles``."""
    shift: Shift | None = None
    """When they are on duty; null: as ``duty`` says for all."""
    route: Annotated[tuple[Name, ...], Field(max_length=MOST_STOPS)]
    """Stations, villages or bases in this order, again and again; a district is its seat."""

    @model_validator(mode="after")
    def _goes_somewhere(self) -> Self:
        if len(self.route) < 2:
            raise SettingError("route", _("a route has two places or more; who stays at one is a reserve at a base"))
        return self


class PatrolTable(Settings):
    """Patrols by list, each with a route of its own."""

    table: TablePath
    """A row for each patrol: ``patrol``, ``route``, ``officers``, ``vehicle``, and ``team`` if it is known."""


def _how_patrols_go(value: Any) -> str:
    keys = value if isinstance(value, dict) else type(value).model_fields if isinstance(value, Settings) else ()
    return next((f"by {key}" for key in ("table", "route") if key in keys), "by districts")


AnyPatrols = Annotated[
    Annotated[Patrols, Tag("by districts")]
    | Annotated[RoutePatrols, Tag("by route")]
    | Annotated[PatrolTable, Tag("by table")],
    Discriminator(_how_patrols_go),
]
"""Patrols in one of three ways; ``route`` or ``table`` says which."""


class ListedOffice(Settings):
    """An office with a standing guard."""

    place: Name
    """An office (a base of kind ``office``), or a district: its office."""
    officers: Count
    """0: nobody stands there."""


class OfficeTable(Settings):
    """Offices with a standing guard, by list."""

    table: TablePath
    """A row for each office: ``place``, ``officers``."""


def _how_offices_are_listed(value: Any) -> str:
    is_table = "table" in value if isinstance(value, dict) else isinstance(value, OfficeTable)
    return "by table" if is_table else "by place"


AnyOffices = Annotated[
    Annotated[ListedOffice, Tag("by place")] | Annotated[OfficeTable, Tag("by table")],
    Discriminator(_how_offices_are_listed),
]
"""An office, or a table of them."""


class Reserve(Settings):
    """Teams that wait at a base until they are sent."""

    base: Name
    """Code or name of a base."""
    teams: Annotated[Whole, Field(ge=1, le=MOST_TEAMS)]
    """How many teams."""
    size: Size
    """Officers of each."""
    vehicle: Name
    """A vehicle of ``response.vehicles``."""
    shift: Shift | None = None
    """When they are on duty; null: as ``duty`` says for all."""


class ReserveTable(Settings):
    """Teams that wait at a base until they are sent, by list."""

    table: TablePath
    """A row for each team: ``reserve``, ``base``, ``officers``, ``vehicle``, and ``team`` if it is known."""


def _how_reserves_are_listed(value: Any) -> str:
    is_table = "table" in value if isinstance(value, dict) else isinstance(value, ReserveTable)
    return "by table" if is_table else "by place"


AnyReserves = Annotated[
    Annotated[Reserve, Tag("by place")] | Annotated[ReserveTable, Tag("by table")],
    Discriminator(_how_reserves_are_listed),
]
"""Teams at a base, or a table of teams."""

_TABLES: dict[type[Settings], PlanTable] = {
    PatrolTable: PlanTable.PATROLS,
    ReserveTable: PlanTable.RESERVES,
    OfficeTable: PlanTable.STANDING_GUARDS,
}
"""What the tables hold that may be an item of a list."""


class StrategySettings(Numbered):
    """A strategy spends the region's police and wardens."""

    name: PlainName
    """Name of its file; the file itself does not say it."""
    title: Title
    """How it is called in tables and figures."""
    description: Description = ""
    """What it is, in a sentence or two."""
    guards: Guards
    """Guard posts: who stands at the stations."""
    patrols: Annotated[tuple[AnyPatrols, ...], Field(max_length=MOST_ITEMS)]
    """Patrols that are on the roads all day, and are sent when something happens."""
    reserves: Annotated[tuple[AnyReserves, ...], Field(max_length=MOST_ITEMS)]
    """Teams that wait at a base until they are sent."""
    dispatch: Dispatch
    """Who is sent when something is reported."""
    command: Command = ON_REQUEST
    """How orders come to other agencies. Unless said otherwise: to those that move on request, after their delay."""
    relocation: Relocation = NO_RELOCATION
    """When reserves are moved before anybody calls. Unless said otherwise: never."""
    retasking: Retasking = USUAL_RETASKING
    """Who is sent on, taken from what is milder, or let go early. Unless said otherwise: who is no longer needed is let
    go, and nobody is sent on or taken."""
    duty: Duty = ALL_DAY
    """How long teams are on duty, and when they are tired. Unless said otherwise: all day, and nobody is."""
    escort: EscortRule = EscortRule.PAIR_EACH_VILLAGE
    """How the ballot boxes come home. Unless said otherwise: with the pair of a post, as is usual."""
    evacuation: Leaving = CHAIR_SENDS_OUT
    """Who orders a station to be left that has become dangerous, and how. Unless said otherwise: its chair, at once."""
    standing_guards: Annotated[tuple[AnyOffices, ...], Field(max_length=MOST_ITEMS)] | None = None
    """Officers of the routine duty who stand at offices: all that do under this strategy. Null: as
    ``response.standing_guards`` says."""

    @model_validator(mode="after")
    def _one_table_each(self) -> Self:
        for setting in ("patrols", "reserves", "standing_guards"):
            tables = [i for i, item in enumerate(getattr(self, setting) or ()) if type(item) in _TABLES]
            if len(tables) > 1:
                raise SettingError(
                    (setting, tables[1], "table"), _("there is a table already; one of each kind is read")
                )
        return self

    @property
    def tables(self) -> dict[PlanTable, str]:
        """The tables that it names, by what they hold."""
        found = {PlanTable.POSTS: self.guards.table} if isinstance(self.guards, ListedGuards) else {}
        for item in (*self.patrols, *self.reserves, *(self.standing_guards or ())):
            if isinstance(item, PatrolTable | ReserveTable | OfficeTable):
                found[_TABLES[type(item)]] = item.table
        return found

    def with_tables(self, files: Mapping[PlanTable, Path]) -> Self:
        """Return the same strategy with other files in place of the tables that it names."""
        held: dict[type[Settings], PlanTable] = {ListedGuards: PlanTable.POSTS, **_TABLES}

        def other(item: Any) -> Any:
            what = held.get(type(item))
            return item if what is None else item.model_copy(update={"table": str(files[what])})

        changed = {
            "guards": other(self.guards),
            "patrols": tuple(map(other, self.patrols)),
            "reserves": tuple(map(other, self.reserves)),
            "standing_guards": self.standing_guards and tuple(map(other, self.standing_guards)),
        }
        return self.model_copy(update=changed)
