"""Settings of the response: reports, posko, units that are there under every strategy, vehicles, routines."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.config.courses import Needs
from sim.config.distribution import Delay
from sim.config.disturbance import Severity
from sim.config.fields import MOST_ITEMS, MOST_TEAMS, Count, Name, NonNegative, Positive, Settings, Share, Size, Whole
from sim.config.refusal import SettingError

Agency = Literal["police", "mobile_brigade", "army", "medical", "disaster"]


class Vehicle(Settings):
    """Speed of a vehicle as a factor on the speed of a car, by road class."""

    town: Positive
    trunk: Positive
    secondary: Positive
    hill: Positive
    local: Positive


class Reporting(Settings):
    """From the start of a disturbance until posko has the report."""

    guarded: Delay
    """Where an officer stands."""
    by_phone: Delay
    """Where nobody stands but there is a mobile signal."""
    no_signal: Delay
    """Where there is none."""


class Posko(Settings):
    """The joint operations centre."""

    desks: Size
    """Reports that can be handled at one time."""
    alarm_handling: Delay
    """From taking up a report to the order, minutes."""


class Mobilisation(Settings):
    """From the order to departure."""

    guard: Delay
    patrol: Delay
    reserve: Delay
    ambulance: Delay


class Attached(Settings):
    """Units that are there under every strategy and cost it nothing."""

    base: Name
    """Code of the base where they wait."""
    agency: Agency
    teams: Annotated[Whole, Field(ge=1, le=MOST_TEAMS)]
    size: Size
    vehicle: Name
    from_severity: Severity
    """They are sent only from this severity on."""
    request_delay: NonNegative
    """Minutes between asking and the order (the army moves only on request)."""


class ForceNeeds(Settings):
    """How much a force is, wherever potential response and coverage speak of one."""

    yellow: Needs
    red: Needs

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        for name in ("yellow", "red"):
            if not getattr(self, name).strength:
                raise SettingError(name, "a force asks for somebody: one of its numbers must be above 0")
        return self


class Rounds(Settings):
    """How guards and patrols spend their time when nothing happens."""

    guard_dwell_minutes: Positive
    """A pair that covers several stations stays this long at one before it walks to the next."""
    patrol_dwell_minutes: Positive
    """A patrol stays this long in a village before it goes to the next."""


class RiskWeights(Settings):
    """The risk of a station, for patrols dealt ``by_risk`` under guards that follow a pattern.

    The weight is ``weight of its class * registered / mean registered * (1 + minutes from headquarters /
    remoteness_minutes)``.
    """

    low: NonNegative
    high: NonNegative
    very_high: NonNegative
    remoteness_minutes: Positive


class ResponseSettings(Settings):
    """The response."""

    standard_minutes: Positive
    """The time within which officers should be on scene (benchmark of the police since January 2026: 10 minutes)."""
    reporting: Reporting
    posko: Posko
    mobilisation: Mobilisation
    work: Delay
    """On-scene work after the disturbance has ended, minutes."""
    force: ForceNeeds
    """The strength that potential response and coverage call the yellow and the red force."""
    warden_strength: Share
    """Effect of a warden at the station as a share of an officer's."""
    sector_patrol_size: Count
    """Officers in the routine patrol that every sector post can send; 0: none."""
    sector_patrol_vehicle: Name
    guard_vehicle: Name
    """What the pair of a guard post rides."""
    attached: Annotated[tuple[Attached, ...], Field(max_length=MOST_ITEMS)]
    rounds: Rounds
    access_speed_kmh: Positive
    """Speed between a village's middle and a station in it."""
    risk: RiskWeights
    unescorted_vehicle: Name
    """What carries the boxes of stations without a guard."""
    escort_load_minutes: NonNegative
    """Loading the boxes of one station, and handing them over, minutes."""
    vehicles: Annotated[dict[Name, Vehicle], Field(min_length=1, max_length=30)]
    """By name; each has a table of travel times between all nodes of the roads."""
