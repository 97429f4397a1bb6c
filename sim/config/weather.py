"""Settings of the weather on the day."""

from __future__ import annotations

from sim.config.fields import Factor, Name, Positive, Settings


class SpeedFactors(Settings):
    """Speed in this weather as a share of dry speed, by road class."""

    town: Factor
    """Share of the speed that one has otherwise on streets in town."""
    trunk: Factor
    """Share of the speed that one has otherwise on trunk roads."""
    secondary: Factor
    """Share of the speed that one has otherwise on secondary roads."""
    hill: Factor
    """Share of the speed that one has otherwise on hill roads."""
    local: Factor
    """Share of the speed that one has otherwise on local roads."""


class WeatherSettings(Settings):
    """One kind of weather, all day."""

    name: Name
    """How it is called in reports."""
    speed_factor: SpeedFactors
    """Speed in this weather as a share of dry speed, by road class."""
    turnout_factor: Factor
    """Turnout as a share of turnout in dry weather."""
    report_delay_factor: Positive
    """How much longer it takes until a report gets through."""
