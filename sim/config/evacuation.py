"""Settings of evacuation from a station and of care for the injured."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from sim.config.distribution import Delay
from sim.config.fields import MOST_ITEMS, MOST_TEAMS, Count, Name, NonNegative, Positive, Settings, Whole
from sim.config.refusal import SettingError


class Egress(Settings):
    """Leaving a station: pre-movement, walking, and the door as a bottleneck (SFPE hydraulic model)."""

    pre_movement_minutes: NonNegative
    walk_m: NonNegative
    """Way from the door or the line to the assembly point, metres."""
    walk_m_per_s: Positive
    exits: Annotated[Whole, Field(ge=1, le=1_000)]
    """Doors that lead out; no building has a thousand."""
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
    count: Annotated[Whole, Field(ge=1, le=MOST_TEAMS)]
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
    stay: Delay
    """How long a bed is taken, minutes."""
    ambulances: Annotated[tuple[Ambulances, ...], Field(max_length=MOST_ITEMS)]
    facilities: Annotated[tuple[Beds, ...], Field(max_length=MOST_ITEMS)]


class EvacuationSettings(Settings):
    """Evacuation and care."""

    egress: Egress
    care: Care
