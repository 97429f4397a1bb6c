"""Settings of disturbances: the kinds, how they start, how they spread."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.config.distribution import Delay
from sim.config.fields import Count, Name, NonNegative, Positive, Settings, Share, Size, Switch
from sim.config.refusal import SettingError

SEVERITIES = ("green", "yellow", "red")
Severity = Literal["green", "yellow", "red"]


class Need(Settings):
    """Strength asked for: people by agency."""

    police: Count = 0
    """Officers of police, mobile brigade and army together."""
    medical: Count = 0
    """Ambulances standing by."""
    disaster: Count = 0
    """People of the disaster agency."""


class Needs(Settings):
    """The effective response force that each severity asks for."""

    green: Need
    yellow: Need
    red: Need

    def at(self, severity: int) -> Need:
        """Return the need at severity 0 (green), 1 (yellow) or 2 (red)."""
        return (self.green, self.yellow, self.red)[severity]


class StationEffect(Settings):
    """What a disturbance does to the station it happens at."""

    action: Literal["none", "slow", "suspend", "evacuate"]
    speed: Share = 1.0
    """With ``slow``: speed of service as a share of the normal speed."""
    room_finishes: Switch = False
    """With ``suspend``: whether those inside still vote and only the door is shut; else everybody stands still."""


class StationEffects(Settings):
    """The effect on the station at each severity."""

    green: StationEffect
    yellow: StationEffect
    red: StationEffect

    def at(self, severity: int) -> StationEffect:
        """Return the effect at severity 0 (green), 1 (yellow) or 2 (red)."""
        return (self.green, self.yellow, self.red)[severity]


class _Kind(Settings):
    title: Name
    needs: Needs
    effects: StationEffects
    deterred_share: Share
    """Share of the voters due at the station meanwhile who stay away; neighbours see less of it with distance."""
    background_weight: NonNegative
    """How often this kind is the one that starts by itself, against the other kinds."""


class CrowdKind(_Kind):
    """A disturbance with a crowd that grows and shrinks: a Markov chain in continuous time.

    Active people A, bystanders S who could join, people R who have left, N = S + A + R, and Q officers on scene:
    one joins at rate ``join_per_minute * S * A / N * exp(-deterrence * Q / A)``, one calms down at rate
    ``calm_per_minute * A``, one is dispersed or detained at rate ``disperse_per_minute * min(Q / team_size, A)``.
    Form: contagion as in Burbeck et al. (1978) and Bonnasse-Gahot et al. (2018), local force ratio Q / A as in
    Epstein (2002) and Davies et al. (2013). Their constants are for cities and days and do not carry over: every
    value here is an assumption to vary.
    """

    model: Literal["crowd"]
    starters: Size
    join_per_minute: NonNegative
    calm_per_minute: NonNegative
    disperse_per_minute: NonNegative
    deterrence: NonNegative
    team_size: Positive
    """Officers who work together to disperse or detain one person."""
    engage_ratio: NonNegative
    """With fewer officers per active person they hold a perimeter: they deter joining but disperse nobody."""
    bystander_share: Share
    """Share of the people at the station who could join."""
    onlookers: Count
    """People of the neighbourhood, besides those at the station, who could join from the start."""
    supporters: Count
    """People from elsewhere who could travel in."""
    supporters_per_minute: NonNegative
    """Rate at which they arrive while the disturbance lasts."""
    yellow_at: Size
    """Active people from which it is yellow (disorderly)."""
    red_at: Size
    """Active people from which it is red (violent)."""
    hysteresis: Share
    """A severity is left again only when the active fall under this share of its threshold."""
    floor: Count
    """Contained when no more than this many are active."""
    injuries_per_active_hour: NonNegative
    """Injuries for each active person and hour while red; a fifth of it while yellow."""
    injured_yellow_factor: Share
    """Rate of injuries while yellow, as a share of the rate while red."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.floor < self.yellow_at < self.red_at:
            message = "floor < yellow_at < red_at is needed"
            raise SettingError("floor", message, also=["yellow_at", "red_at"], named=True)
        return self


class FixedKind(_Kind):
    """A disturbance without a crowd: it lasts for a time and has a severity; the response shortens it."""

    model: Literal["fixed"]
    severity: Severity
    duration: Delay
    """How long it lasts if nobody comes, minutes."""
    resolve: Delay
    """How long it lasts after the effective force is there, minutes, if that is sooner."""
    signal_lost: bool = False
    """Whether it takes the mobile signal of the place with it."""


Kind = Annotated[CrowdKind | FixedKind, Field(discriminator="model")]


class VulnerabilityWeights(Settings):
    """How much more likely a disturbance is at a station of each class."""

    low: NonNegative
    high: NonNegative
    very_high: NonNegative

    @property
    def as_tuple(self) -> tuple[float, float, float]:
        """Weights in the order of the class codes 0, 1, 2."""
        return (self.low, self.high, self.very_high)


class Background(Settings):
    """Disturbances that start by themselves: a hazard at each station, by thinning."""

    rate_per_station_hour: NonNegative
    """Hazard of a less vulnerable, empty, unguarded station during voting, per hour."""
    vulnerability_weight: VulnerabilityWeights
    counting_factor: NonNegative
    """Hazard while ballots are counted, against voting."""
    crowding_per_100: NonNegative
    """Increase of the hazard for every 100 people present."""
    crowding_most: Positive
    """Largest factor that crowding can reach."""
    deterrence_per_officer: NonNegative
    """The hazard is multiplied by exp(-this * officers present)."""


class Spread(Settings):
    """Self-excitation (Hawkes, cluster form): an incident raises the hazard around it for a time.

    Each incident has Poisson many followers; a follower starts an exponential time later (mean
    ``delay_minutes``), at a station drawn with weight ``vulnerability * exp(-road distance / reach_km)``, and is
    thinned by the officers who stand there.
    """

    followers: NonNegative
    """Expected followers of a crowd that turns red where nobody hinders them; half of them come from yellow on."""
    delay_minutes: Positive
    reach_km: Positive


class DisturbanceSettings(Settings):
    """Everything about disturbances."""

    background: Background
    spread: Spread
    deterred_reach_km: Positive
    """Distance by road over which neighbours notice: the share that stays away falls by exp(-distance / this)."""
    all_clear_minutes: NonNegative
    """From the end of a disturbance to the all-clear for the station, minutes."""
    kinds: dict[str, Kind] = Field(min_length=1)
