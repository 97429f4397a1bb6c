"""Who carries an injured person, and where to: pure choices. Among equals the first in order is taken."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def choose_ambulance(minutes: NDArray[np.float64]) -> int | None:
    """Return the index of the ambulance that would be there first; None when none can come.

    Args:
        minutes: Time each free ambulance would need; infinite when it is cut off.
    """
    return _first(minutes)


def choose_facility(minutes: NDArray[np.float64], free_beds: NDArray[np.int64]) -> int | None:
    """Return the nearest facility with a free bed, or the nearest at all when every bed is taken.

    Args:
        minutes: Time to each facility; infinite when it is cut off.
        free_beds: Free beds of each; none or fewer when it is full.

    Returns:
        Its index; None when every one is cut off.
    """
    with_bed = _first(np.where(free_beds > 0, minutes, np.inf))
    return with_bed if with_bed is not None else _first(minutes)


def _first(minutes: NDArray[np.float64]) -> int | None:
    if not len(minutes):
        return None
    soonest = int(np.argmin(minutes))
    return soonest if np.isfinite(minutes[soonest]) else None
