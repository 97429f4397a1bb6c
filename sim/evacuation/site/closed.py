"""One door in a closed formula, which the network of a site must agree with.

The hydraulic model of the SFPE Handbook (Gwynne and Rosenbaum, 5th edition, chapter 59).

Specific flow F = (1 - a D) k D persons a second and metre of effective width, with D the density in persons a square
metre, a = 0.266 m2 and k = 1.40 m/s for level ways and doors; the effective width is the clear width less a boundary
layer on each side. The same form, without boundary layers, is in IMO circular MSC.1/Circ.1533.
"""

from __future__ import annotations

from typing import Annotated, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from sim.config.fields import NonNegative, Positive, Settings, Whole
from sim.config.refusal import SettingError
from sim.words.language import gettext as _

A_M2 = 0.266
"""Constant a of the speed-density relation, m2."""
K_LEVEL_M_PER_S = 1.40
"""Constant k for corridors, ramps and doors, m/s."""
MOST_SPECIFIC_FLOW = 1.3
"""Largest specific flow to count on at a door, persons a second and metre (tables of the SFPE Handbook and of IMO; the
formula itself reaches 1.316)."""


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
            message = _("exit_width_m must exceed twice boundary_layer_m, or nobody gets out")
            raise SettingError("exit_width_m", message, also=["boundary_layer_m"], named=True)
        if self.density_per_m2 >= 1 / 0.266:
            message = _("density_per_m2 must be under 3.759: at higher densities nobody moves in the SFPE model")
            raise SettingError("density_per_m2", message, named=True)
        return self


def specific_flow(density_per_m2: float, k: float = K_LEVEL_M_PER_S) -> float:
    """Return persons a second and metre of effective width at a density, by the formula alone."""
    return (1.0 - A_M2 * density_per_m2) * k * density_per_m2


def door_flow(egress: Egress) -> float:
    """Return persons a second through all exits together."""
    effective_width = egress.exit_width_m - 2.0 * egress.boundary_layer_m
    return min(specific_flow(egress.density_per_m2), MOST_SPECIFIC_FLOW) * effective_width * egress.exits


def safe_times(people: int, egress: Egress) -> NDArray[np.float64]:
    """Return when each of these people is safe, minutes from the order, in order; shape (people).

    Everybody starts after the pre-movement time; the doors let them through one after another, and each still has the
    whole way to the assembly point before him.
    """
    through_the_door = np.arange(1, people + 1) / door_flow(egress) / 60.0
    walk = egress.walk_m / egress.walk_m_per_s / 60.0
    return np.asarray(egress.pre_movement_minutes + through_the_door + walk, dtype=np.float64)


def clearance_minutes(people: int, egress: Egress) -> float:
    """Return the minutes from the order until the last of these people is safe; 0 for nobody."""
    return float(safe_times(people, egress)[-1]) if people else 0.0
