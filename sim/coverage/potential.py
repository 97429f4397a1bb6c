"""Potential response: how soon the free units could bring a force to a place at a moment.

Potential response = mean alarm handling + request delay + mean mobilisation + travel on the open roads. Where some
units are ordered sooner to some nodes, their travel there is that much shorter: it may be below 0. Units add up: a
force is there when those that arrive first have together all that is asked for.
"""

from __future__ import annotations

import numpy as np

from sim.coverage.asked import Asked, Lines
from sim.coverage.inputs import Floats, Places, Rules, Units, Whereabouts


def potential(
    places: Places,
    where: Whereabouts,
    units: Units,
    asked: Asked,
    lines: Lines,
    rules: Rules,
    travel: Floats,
    forces: int,
) -> Floats:
    """Return when each force would be at each place, minutes; infinite for never. Shape (forces, moments, places).

    Args:
        places: The places.
        where: Where the units are.
        units: What they are.
        asked: What each brings to each demand.
        lines: What teams are lined up for.
        rules: Who may be sent.
        travel: (vehicles, nodes, nodes) minutes on the roads that are open.
        forces: How many forces there are.
    """
    from sim.coverage.guards import Guards, Unsorted  # loads the compiler, which preparing a day does not need
    from sim.coverage.kernel import potential_minutes
    from sim.coverage.teams import Teams

    nodes, teams, kinds = travel.shape[1], len(asked.teams), len(lines.need)
    rows, guards = nodes + teams, len(asked.guards)
    line = Teams(
        arrive=np.full((rows, teams), np.inf),
        order=np.tile(np.arange(teams), (rows, 1)),
        many=np.zeros((kinds, rows), dtype=np.int64),
        minutes=np.empty((kinds, rows, teams)),
        people=np.empty((kinds, rows, teams), dtype=np.int64),
        met=np.full((kinds, rows), np.inf),
        stale=np.zeros((kinds, rows), dtype=np.bool_),
    )
    unsorted = Unsorted(
        many=np.zeros(nodes, dtype=np.int64),
        minutes=np.empty((nodes, guards + 1)),
        unit=np.empty((nodes, guards + 1), dtype=np.int64),
    )
    near = Guards(
        many=np.zeros(nodes + 1, dtype=np.int64),
        minutes=np.empty((nodes + 1, guards)),
        people=np.empty((nodes + 1, guards), dtype=np.int64),
        unit=np.empty((nodes + 1, guards), dtype=np.int64),
    )
    found = np.empty((forces, where.node.shape[1], len(places.node)))
    potential_minutes(
        places,
        where.by_time(),
        units,
        asked,
        lines,
        rules,
        travel,
        np.flatnonzero(np.bincount(places.node)),
        line,
        unsorted,
        near,
        found,
    )
    return found
