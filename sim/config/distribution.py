"""Distributions of a duration, by name."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.config.fields import NonNegative, Positive, Settings


class Triangular(Settings):
    """Triangular between ``low`` and ``high`` with the peak at ``mode``; seconds."""

    distribution: Literal["triangular"]
    low_seconds: NonNegative
    mode_seconds: NonNegative
    high_seconds: Positive

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low_seconds <= self.mode_seconds <= self.high_seconds or self.low_seconds == self.high_seconds:
            raise ValueError("low_seconds <= mode_seconds <= high_seconds is needed, and low below high")
        return self

    @property
    def mean_minutes(self) -> float:
        """Mean in minutes."""
        return (self.low_seconds + self.mode_seconds + self.high_seconds) / 180.0


class MeanAndSpread(Settings):
    """Lognormal or gamma by mean (seconds) and coefficient of variation."""

    distribution: Literal["lognormal", "gamma"]
    mean_seconds: Positive
    cv: Positive

    @property
    def mean_minutes(self) -> float:
        """Mean in minutes."""
        return self.mean_seconds / 60.0


class MeanOnly(Settings):
    """Exponential or constant by its mean (seconds)."""

    distribution: Literal["exponential", "constant"]
    mean_seconds: Positive

    @property
    def mean_minutes(self) -> float:
        """Mean in minutes."""
        return self.mean_seconds / 60.0


Duration = Annotated[Triangular | MeanAndSpread | MeanOnly, Field(discriminator="distribution")]
"""The service time of a stage."""


class Delay(Settings):
    """A lognormal delay by mean (minutes) and coefficient of variation; a cv of 0 makes it constant."""

    mean_minutes: NonNegative
    cv: NonNegative = 0.5
