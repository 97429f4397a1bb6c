"""Settings of disturbances: how they start and how they spread. The kinds: ``sim/config/kinds.py``."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from sim.config.fields import NonNegative, Number, OneOf, Positive, Settings, Share
from sim.config.refusal import SettingError
from sim.vocabulary import Severity
from sim.words.language import gettext as _

MOST_FOLLOWERS = 100
"""Expected followers of one disturbance: an incident for each is begun within hours, in one regency."""
Rate = Annotated[Number, Field(ge=0, le=1_000)]
"""Per hour at one place; above 1,000 there is no polling day to speak of."""
UnrestFactor = Annotated[Number, Field(ge=1, le=1_000)]
"""What a hazard is multiplied by at most; beyond a thousand something is all but certain."""

SeverityWord = Annotated[str, OneOf(severity.word for severity in Severity)]
"""A severity as settings have it, by its word."""


class VulnerabilityWeights(Settings):
    """How much more likely a disturbance is at a station of each class."""

    low: NonNegative
    """Weight of the class less vulnerable."""
    high: NonNegative
    """Weight of the class vulnerable."""
    very_high: NonNegative
    """Weight of the class very vulnerable."""

    @property
    def as_tuple(self) -> tuple[float, float, float]:
        """Weights in the order of the class codes 0, 1, 2."""
        return (self.low, self.high, self.very_high)


MOST_BOXES_FACTOR = 1_000
"""A thousand times the hazard of a station: with it nearly every station's boxes would be stopped on the way."""


class Background(Settings):
    """Disturbances that start by themselves: a hazard at each station, at its ballot boxes, and elsewhere, by thinning.

    Elsewhere are the offices (of the election commission, its supervisor, the districts), the roads and the villages.
    Each has a hazard from opening to the end of the day, and kinds of its own: ``office_weight``, ``road_weight`` and
    ``area_weight`` of a kind.
    """

    rate_per_station_hour: Rate
    """Hazard of a less vulnerable, empty, unguarded station during voting, per hour. How many there are in all is
    limited where the stations are known."""
    vulnerability_weight: VulnerabilityWeights
    waiting_factor: NonNegative = 0.0
    """Hazard before the hour of opening, where people wait at the door, against voting; 0: nothing starts then. It
    begins with the first arrivals."""
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
    late_unrest_per_100: NonNegative = 0.0
    """Increase of the hazard of a station that opens late for every 100 people in line, from the hour of opening until
    the line has been gone for the first time; 0: a late opening angers nobody."""
    late_unrest_most: UnrestFactor = 3.0
    """Largest factor that the unrest of a late opening can reach."""
    rate_per_office_hour: Rate = 0.0
    """Hazard of an unguarded office before the close of voting, per hour. Officers who stand there deter as they do at
    a station."""
    office_counting_factor: NonNegative = 1.0
    """Hazard at offices after the close of voting, when results come in, against before."""
    rate_per_road_hour: Rate = 0.0
    """Hazard of each road of the region, per hour, whatever its length."""
    rate_per_village_hour: Rate = 0.0
    """Hazard of each village, per hour."""

    @cached_property
    def dominating_factor(self) -> float:
        """The largest value that the factors of a station and its boxes other than vulnerability can reach together.

        The unrest of late openings is not among them: what it adds is drawn by itself.
        """
        return max(max(1.0, self.counting_factor) * max(1.0, self.crowding_most), self.boxes_factor)


class Spread(Settings):
    """Self-excitation (Hawkes, cluster form): an incident raises the hazard around it for a time.

    Each incident has Poisson many followers; a follower starts an exponential time later (mean
    ``delay_minutes``), at a station drawn with weight ``vulnerability * exp(-road distance / reach_km)``, and is
    thinned by the officers who stand there.
    """

    followers: Annotated[Number, Field(ge=0, le=MOST_FOLLOWERS)]
    """Expected followers of a crowd that turns red where nobody hinders them. It must be below one: else each would
    have another, and they would never end. A scripted incident may have more of its own; they have so many again."""
    yellow_share: Share
    """Share of them that comes when it turns yellow; the rest when it turns red."""
    delay_minutes: Positive
    """Mean time until a follower starts."""
    reach_km: Positive
    """Road distance over which the weight of a station falls to 37 %."""

    @model_validator(mode="after")
    def _ends(self) -> Self:
        if self.followers >= 1:
            raise SettingError(
                "followers",
                _(
                    "must be below 1: each disturbance would have one follower or more, each of these again, "
                    "and it would never end (an incident of the scenario may have more of its own: "
                    "incidents[0].followers)"
                ),
            )
        return self


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
