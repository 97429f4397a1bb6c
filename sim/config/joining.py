"""Settings of who can join a crowd besides those who are there, and of people who wait for others to begin."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from sim.config.fields import Number, Positive, Settings, Share, Size
from sim.config.refusal import SettingError
from sim.words.language import gettext as _

MOST_REACH_KM = 200
"""Farther than any regency is wide."""
Reach = Annotated[Number, Field(gt=0, le=MOST_REACH_KM)]
"""A road distance over which a weight falls to 37 %, km."""


class Neighbours(Settings):
    """People of the neighbourhood who could join from the start, besides those who are at the place.

    They are ``share`` of the sum of all villages' registered voters, each weighted by exp(-road distance /
    ``reach_km``), at most ``most``. The exponential form is that of a gravity model of trips (Wilson, Transportation
    Research 1, 1967), with the negative exponential of distance; its numbers are assumptions to vary.
    """

    share: Share
    """Share of the people around who could join."""
    reach_km: Reach
    """Road distance over which the weight of a village falls to 37 %, km."""
    most: Size
    """No more than so many, however large the town."""


MOST_THRESHOLDS = 10_000
"""More people than stand at one place."""


class Thresholds(Settings):
    """People who join once enough others take part: each has a threshold of his own.

    One joins at rate ``react_per_minute`` from when the active are at least his threshold, a share of all who are there
    (active, bystanders, and those who have left). Who has joined is taken to have had the lowest thresholds. The form
    is that of Granovetter (American Journal of Sociology 83, 1978), where everybody reacts at once and nobody leaves;
    two crowds whose thresholds are nearly the same may end quite differently. Its numbers are assumptions to vary.
    """

    react_per_minute: Positive
    """Rate at which somebody joins whose threshold is reached."""
    mean_share: Share | None = None
    """Mean of the thresholds, which are normal; null: they are listed."""
    sd_share: Share | None = None
    """Their standard deviation; 0: all are alike. Null: they are listed."""
    shares: Annotated[tuple[Share, ...], Field(max_length=MOST_THRESHOLDS)] = ()
    """The thresholds themselves, each of as many people as any other; none: they are normal."""

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        normal = (self.mean_share is not None, self.sd_share is not None)
        if normal != ((not self.shares,) * 2):
            raise SettingError(
                "shares" if self.shares else "mean_share",
                _("thresholds are either normal, with mean_share and sd_share, or listed as shares"),
                also=["sd_share"],
            )
        return self
