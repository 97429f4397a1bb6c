"""Settings of the weather on the day."""

from __future__ import annotations

from sim.config.fields import Factor, Name, Positive, Settings


class SpeedFactors(Settings):
    """Speed in this weather as a share of dry speed, by road class."""

    town: Factor
    trunk: Factor
    secondary: Factor
    hill: Factor
    local: Factor


class WeatherSettings(Settings):
    """One kind of weather, all day."""

    name: Name
    speed_factor: SpeedFactors
    turnout_factor: Factor
    """Turnout as a share of turnout in dry weather."""
    report_delay_factor: Positive
    """How much longer it takes until a report gets through."""
