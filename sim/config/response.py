"""Settings of the response: reports, posko, units that are there under every strategy, vehicles, routines."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.config.distribution import Delay
from sim.config.disturbance import Severity
from sim.config.fields import MOST_ITEMS, MOST_TEAMS, Count, Name, NonNegative, Positive, Settings, Share, Size, Whole

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


class BoxEscort(Settings):
    """The ballot boxes' way home, whatever the strategy's rule of escort."""

    vehicle: Name
    """What carries the boxes; each station's crew has one of its own, also in a convoy."""
    load_minutes: NonNegative
    """From counted to loaded, minutes; the stations of a village load at the same time."""
    notice_minutes: NonNegative
    """So long before boxes are to set out their escort is called: a station knows when it will have counted."""
    wait_minutes: NonNegative
    """Boxes that could set out wait so long for an escort that is busy or not there yet, then they go without one. At 0
    they are home no later with officers than without; else later by this much at most."""


class ResponseSettings(Settings):
    """The response."""

    standard_minutes: Positive
    """The time within which officers should be on scene (benchmark of the police since January 2026: 10 minutes)."""
    reporting: Reporting
    posko: Posko
    mobilisation: Mobilisation
    work: Delay
    """On-scene work after the disturbance has ended, minutes."""
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
    escort: BoxEscort
    vehicles: Annotated[dict[Name, Vehicle], Field(min_length=1, max_length=30)]
    """By name; each has a table of travel times between all nodes of the roads."""
