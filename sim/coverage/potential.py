"""Potential response: how soon the free units could bring a force to a place at a moment, from the order of things now.

Potential response = mean alarm handling + request delay + mean mobilisation + travel on the open roads. Units add up:
a force is there when those that arrive first have together all that is asked for.
"""

from __future__ import annotations

import numpy as np

from sim.coverage.inputs import Demands, Floats, Places, Rules, Units, Whereabouts


def potential(
    places: Places, where: Whereabouts, units: Units, demands: Demands, rules: Rules, travel: Floats, forces: int
) -> Floats:
    """Return when each force would be at each place, minutes; infinite for never. Shape (forces, moments, places).

    Args:
        places: The places.
        where: Where the units are.
        units: What they are.
        demands: What is asked for.
        rules: Who may be sent.
        travel: (vehicles, nodes, nodes) minutes on the roads that are open.
        forces: How many forces there are.
    """
    from sim.coverage.kernel import potential_minutes  # loads the compiler, which preparing a day does not need

    found: Floats = potential_minutes(
        places,
        where._replace(**{name: np.ascontiguousarray(getattr(where, name)) for name in where._fields}),
        units,
        demands,
        rules,
        travel,
        forces,
    )
    return found
