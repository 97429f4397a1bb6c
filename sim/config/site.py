"""Settings of leaving a site: when people start and how they walk, and what a crowd does to an exit."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Self

from pydantic import Field, model_validator

from sim.config.distribution import Delay
from sim.config.fields import Factor, NonNegative, Number, Positive, Settings, Share, Whole
from sim.config.packaged import CONF
from sim.config.refusal import SettingError
from sim.config.source import read_yaml

Longer = Annotated[Number, Field(ge=1, le=100)]
"""A factor of at least 1."""


class Movement(Settings):
    """When people start to walk after the order, and how fast they are against the model's free speed."""

    pre_movement: Delay
    """From the order to walking; lognormal. It is not drawn: people start at its quantiles, evenly spread."""
    slow_share: Share
    """Share of voters and spectators who walk slowly."""
    slow_speed_factor: Factor
    slow_delay_factor: Longer
    """Their pre-movement time is this much longer."""
    assisted_share: Share
    """Share of voters and spectators who leave with help only."""
    assisted_speed_factor: Factor
    """Of them and of whoever helps them."""
    assisted_delay_factor: Longer
    helpers_each: Annotated[Whole, Field(ge=0, le=8)]
    """Helpers that one of them takes; those left without any wait until the first helpers are back."""
    shut_below_share: Share
    """An exit that is open less than this counts as shut to who chooses an exit; 0: only one that is shut."""

    @model_validator(mode="after")
    def _shares(self) -> Self:
        if self.slow_share + self.assisted_share > 1:
            raise SettingError(
                "slow_share", "slow_share and assisted_share are at most 1 together", ["assisted_share"], named=True
            )
        return self


class Hindrance(Settings):
    """What a crowd before an exit does to it, and officers to the crowd."""

    half_shut_by: Positive
    """People before it who leave half of it open."""
    held_per_officer: NonNegative
    """People whom one officer keeps away from it."""
    least_open_share: Share
    """What stays open whatever the crowd."""


class SiteSettings(Settings):
    """Leaving a site."""

    movement: Movement
    hindrance: Hindrance


@lru_cache
def packaged_site() -> SiteSettings:
    """Return the packaged settings, each with its source in ``conf/site/default.yaml``."""
    return SiteSettings.model_validate(read_yaml(CONF / "site" / "default.yaml"))
