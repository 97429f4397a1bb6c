"""Settings of dispatch: by which rule units are chosen, and what every rule keeps to."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from sim.config.disturbance import SeverityWord
from sim.config.fields import MOST_ITEMS, Count, Name, Positive, Settings, Share

IN_TIME_MINUTES = 20.0
"""Minutes from an order to the arrival that fill a need in time, where a strategy says nothing (assumption: twice the
standard of ``response.standard_minutes``, which is 10). So long coverage rules look ahead as well."""


class DispatchRule(StrEnum):
    """A rule by which units are chosen."""

    NEAREST = "nearest"
    OWN_SECTOR_FIRST = "own_sector_first"
    FIXED_PREFERENCE = "fixed_preference"
    TIERED = "tiered"
    FEWEST_UNITS = "fewest_units"
    HOLD_RESERVE = "hold_reserve"
    PREPAREDNESS = "preparedness"


class Rules(Settings):
    """What every rule of dispatch keeps to."""

    take_guards_from: SeverityWord | None
    """Guards of other posts may be sent from this severity on; null: never."""
    guards_within_minutes: Positive
    """Only guards whose way is no longer than this."""
    in_time_minutes: Positive | None = IN_TIME_MINUTES
    """Who is sent and will be there later than this does not keep others from being sent who would be there within it
    (the default is an assumption: twice the standard time); null: who is on the way counts, however far he is."""


class Nearest(Rules):
    """Those who would be there first."""

    policy: Literal[DispatchRule.NEAREST]


class OwnSectorFirst(Rules):
    """Those of the district's sector, then of the districts beside it, then the rest; the nearest first in each."""

    policy: Literal[DispatchRule.OWN_SECTOR_FIRST]


class FixedPreference(Rules):
    """By a table: for each place an order of units; who is not in it comes after them, the nearest first."""

    policy: Literal[DispatchRule.FIXED_PREFERENCE]
    preference: Annotated[
        dict[Name, Annotated[tuple[Name, ...], Field(min_length=1, max_length=MOST_ITEMS)]],
        Field(min_length=1, max_length=MOST_ITEMS),
    ]
    """By place (a district, village, station or office): names of units, or of bases for all units that wait there."""


class Tiered(Rules):
    """Reserves only from yellow on, the nearest first."""

    policy: Literal[DispatchRule.TIERED]


class FewestUnits(Rules):
    """Those who meet most of the need first, so that few are bound."""

    policy: Literal[DispatchRule.FEWEST_UNITS]
    within_minutes: Positive | None = None
    """Only among those who would be there within this; the others come after them, the nearest first. Null: among all,
    however far they are."""


class Covering(Rules):
    """A rule that looks at expected coverage.

    It is that of Daskin (1983): a place covered by k free units is served in time with probability ``1 - busy ** k``.
    """

    within_minutes: Positive
    """Minutes from the order to the arrival that are in time."""
    busy: Share
    """Share of the time in which a unit is busy, 0 to 1."""


class HoldReserve(Covering):
    """Those who would be there first, but for the reserves that would be missed most: they wait for red."""

    policy: Literal[DispatchRule.HOLD_RESERVE]
    hold_back: Count
    """Reserve teams that stay back unless the incident is red."""


class Preparedness(Covering):
    """Those whose absence costs least expected coverage, of all who would be there in time.

    The rule is that of Jagtenberg, Bhulai and van der Mei (2016).
    """

    policy: Literal[DispatchRule.PREPAREDNESS]


Dispatch = Annotated[
    Nearest | OwnSectorFirst | FixedPreference | Tiered | FewestUnits | HoldReserve | Preparedness,
    Field(discriminator="policy"),
]
