"""People who are hurt by something else than a crowd: when, and in which village of an area."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.clock import Process
from sim.config.effects import Injure
from sim.counts import poisson
from sim.disturbance.incident import Incident
from sim.region.place import AreaPlace


def injuries(incident: Incident, effect: Injure, voters: NDArray[np.int64]) -> Process[None]:
    """Process: people are hurt one after another, until all are or the disturbance is over.

    Args:
        incident: The disturbance, at the moment that it is so bad.
        effect: How many, and within what time.
        voters: Registered voters of every node, shape (nodes).
    """
    drawn = incident.marks("injuries")
    number = poisson(effect.people, drawn)
    times, marks = sorted(drawn.several(number)), drawn.several(number)
    began = incident.env.now
    for time, mark in zip((time * effect.within_minutes for time in times), marks, strict=True):
        yield incident.env.timeout(max(0.0, began + time - incident.env.now))
        if incident.is_over:
            return
        incident.injure(_village(incident, voters, mark))


def _village(incident: Incident, voters: NDArray[np.int64], mark: float) -> int | None:
    """Return the village of an area where somebody is hurt, by its voters; None for any other place."""
    place = incident.place
    if not isinstance(place, AreaPlace):
        return None
    villages = np.array(place.villages)
    reach = np.cumsum(voters[villages])
    if not len(villages) or not reach[-1]:
        return None
    return int(villages[np.searchsorted(reach, mark * reach[-1], side="right")])
