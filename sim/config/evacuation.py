"""Settings of evacuation from a station and of care for the injured."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from sim.config.distribution import Delay
from sim.config.fields import Count, Name, NonNegative, Positive, Settings, Size
from sim.config.refusal import SettingError


class Egress(Settings):
    """Leaving a station: pre-movement, walking, and the door as a bottleneck (SFPE hydraulic model)."""

    pre_movement_minutes: NonNegative
    walk_m: NonNegative
    """Way from the door or the line to the assembly point, metres."""
    walk_m_per_s: Positive
    exits: Size
    exit_width_m: Positive
    """Clear width of one exit."""
    boundary_layer_m: NonNegative
    """Width on each side of an exit that nobody uses (0.15 m at doors, SFPE Handbook)."""
    density_per_m2: Positive
    """Crowd density in front of the exit."""

    @model_validator(mode="after")
    def _passable(self) -> Self:
        if self.exit_width_m <= 2 * self.boundary_layer_m:
            message = "exit_width_m must exceed twice boundary_layer_m, or nobody gets out"
            raise SettingError("exit_width_m", message, also=["boundary_layer_m"], named=True)
        if self.density_per_m2 >= 1 / 0.266:
            message = "density_per_m2 must be under 3.759: at higher densities nobody moves in the SFPE model"
            raise SettingError("density_per_m2", message, named=True)
        return self


class Ambulances(Settings):
    """Ambulances that wait at a base."""

    base: Name
    count: Size
    vehicle: Name


class Beds(Settings):
    """Places for the injured at a base."""

    base: Name
    beds: Count


class Care(Settings):
    """Casualties: found, collected, carried, handed over."""

    load: Delay
    """At the scene, minutes."""
    handover: Delay
    """At the hospital or clinic, minutes."""
    ambulances: tuple[Ambulances, ...]
    facilities: tuple[Beds, ...]


class EvacuationSettings(Settings):
    """Evacuation and care."""

    egress: Egress
    care: Care
