"""Leaving a station: the hydraulic model of the SFPE Handbook of Fire Protection Engineering (Gwynne and Rosenbaum).

Specific flow F = (1 - a D) k D persons a second and metre of effective width, with a = 0.266 m2 and k = 1.40 m/s for
level ways and doors; the effective width is the clear width less a boundary layer on each side.
"""

from __future__ import annotations

from sim.config.evacuation import Egress

A_M2 = 0.266
"""Constant a of the speed-density relation, m2."""
K_LEVEL_M_PER_S = 1.40
"""Constant k for corridors, ramps and doors, m/s."""


def specific_flow(density_per_m2: float, k: float = K_LEVEL_M_PER_S) -> float:
    """Return persons a second and metre of effective width at a density."""
    return (1.0 - A_M2 * density_per_m2) * k * density_per_m2


def door_flow(egress: Egress) -> float:
    """Return persons a second through all exits together."""
    effective_width = egress.exit_width_m - 2.0 * egress.boundary_layer_m
    return specific_flow(egress.density_per_m2) * effective_width * egress.exits


def clearance_minutes(people: int, egress: Egress) -> float:
    """Return the minutes from the order until the last of these people is safe; 0 for nobody.

    Everybody starts after the pre-movement time; the doors let them through one after another, and the last one still
    has the whole way to the assembly point before him.
    """
    if people == 0:
        return 0.0
    through_the_door = people / door_flow(egress) / 60.0
    walk = egress.walk_m / egress.walk_m_per_s / 60.0
    return egress.pre_movement_minutes + through_the_door + walk
