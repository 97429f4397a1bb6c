"""Who carries an injured person, and where to: pure choices."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def choose_ambulance(minutes: NDArray[np.float64]) -> int | None:
    """Return the ambulance that would be there first; None when none can come.

    Args:
        minutes: Time each free ambulance would need; infinite when it is cut off.
    """
    if not len(minutes) or not np.isfinite(minutes.min()):
        return None
    return int(np.argmin(minutes))


def choose_facility(minutes: NDArray[np.float64], free_beds: NDArray[np.int64]) -> int | None:
    """Return the nearest facility with a free bed, or the nearest at all when every bed is taken.

    Args:
        minutes: Time to each facility; infinite when it is cut off.
        free_beds: Free beds of each; none or fewer when it is full.

    Returns:
        Its index; None when every one is cut off.
    """
    reachable = np.isfinite(minutes)
    with_bed = reachable & (free_beds > 0)
    allowed = with_bed if with_bed.any() else reachable
    return int(np.argmin(np.where(allowed, minutes, np.inf))) if allowed.any() else None
