"""Settings of disturbances: how they start and how they spread. The kinds: ``sim/config/kinds.py``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.config.fields import NonNegative, Number, Positive, Settings, Share

MOST_FOLLOWERS = 100
"""Expected followers of one disturbance: an incident for each is begun within hours, in one regency."""

Severity = Literal["green", "yellow", "red"]


class VulnerabilityWeights(Settings):
    """How much more likely a disturbance is at a station of each class."""

    low: NonNegative
    high: NonNegative
    very_high: NonNegative

    @property
    def as_tuple(self) -> tuple[float, float, float]:
        """Weights in the order of the class codes 0, 1, 2."""
        return (self.low, self.high, self.very_high)


MOST_BOXES_FACTOR = 1_000
"""A thousand times the hazard of a station: with it nearly every station's boxes would be stopped on the way."""


class Background(Settings):
    """Disturbances that start by themselves: a hazard at each station and at its ballot boxes, by thinning."""

    rate_per_station_hour: Annotated[Number, Field(ge=0, le=1_000)]
    """Hazard of a less vulnerable, empty, unguarded station during voting, per hour; above 1,000 there
    is no polling day to speak of. How many there are in all is limited where the stations are known."""
    vulnerability_weight: VulnerabilityWeights
    counting_factor: NonNegative
    """Hazard while ballots are counted, against voting."""
    crowding_per_100: NonNegative
    """Increase of the hazard for every 100 people present."""
    crowding_most: Positive
    """Largest factor that crowding can reach."""
    deterrence_per_officer: NonNegative
    """The hazard is multiplied by exp(-this * officers present)."""
    boxes_factor: Annotated[Number, Field(ge=0, le=MOST_BOXES_FACTOR)]
    """Hazard at a station's ballot boxes, from counted or sealed until they are handed over, against that of the empty
    station during voting; 0: nothing starts at boxes. Which kinds start there: ``boxes_weight`` of a kind. One above
    the largest value of all other factors together (2 as packaged) has all candidates drawn anew, so that such days
    are not paired with those of a smaller one."""

    @property
    def dominating_factor(self) -> float:
        """The largest value that the hazard's factors other than vulnerability can reach together."""
        return max(max(1.0, self.counting_factor) * max(1.0, self.crowding_most), self.boxes_factor)


class Spread(Settings):
    """Self-excitation (Hawkes, cluster form): an incident raises the hazard around it for a time.

    Each incident has Poisson many followers; a follower starts an exponential time later (mean
    ``delay_minutes``), at a station drawn with weight ``vulnerability * exp(-road distance / reach_km)``, and is
    thinned by the officers who stand there.
    """

    followers: Annotated[Number, Field(ge=0, le=MOST_FOLLOWERS)]
    """Expected followers of a crowd that turns red where nobody hinders them; from one on they feed themselves."""
    yellow_share: Share
    """Share of them that comes when it turns yellow; the rest when it turns red."""
    delay_minutes: Positive
    """Mean time until a follower starts."""
    reach_km: Positive
    """Road distance over which the weight of a station falls to 37 %."""


class DisturbanceSettings(Settings):
    """Everything about disturbances."""

    background: Background
    spread: Spread
    deterred_reach_km: Positive
    """Distance by road over which neighbours notice: the share that stays away falls by exp(-distance / this)."""
    noticed_from: Share
    """Who would notice less than this share notices nothing."""
    all_clear_minutes: NonNegative
    """From the end of a disturbance to the all-clear for the station, minutes."""
