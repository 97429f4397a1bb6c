"""Coverage: how many voters and stations, and how much area, have their potential response within the standard time."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.coverage.inputs import Floats, Ints, Places

MARKS_A_MINUTE = 2
"""Potential response is kept on half minutes, rounded up: days add, and a median is known to that."""


class Covered(NamedTuple):
    """What is covered, by force, moment and district.

    Attributes:
        voters: Registered voters of the stations that are covered.
        stations: Stations that are covered.
        area: Area of the villages whose middle is covered, km2.
    """

    voters: Ints
    stations: Ints
    area: Floats


def covered(minutes: Floats, places: Places, standard: float) -> Covered:
    """Return what is covered within the standard time.

    Args:
        minutes: Potential response, shape (forces, moments, places).
        places: The places.
        standard: Minutes.
    """
    from sim.coverage.counted import sums  # loads the compiler

    return Covered(*sums(minutes, places, standard))


def everything(places: Places) -> Covered:
    """Return what there is to be covered in each district."""
    return Covered(
        np.bincount(places.district, places.voters, places.districts).astype(np.int64),
        np.bincount(places.district[: places.stations], minlength=places.districts).astype(np.int64),
        np.bincount(places.district, places.area, places.districts).astype(np.float64),
    )


def spread_of(minutes: Floats, places: Places) -> tuple[Ints, Floats, Ints]:
    """Return for how many voters a force needs how long, each voter once a moment.

    Args:
        minutes: Potential response, shape (forces, moments, places).
        places: The places.

    Returns:
        Force, minutes (rounded up to marks, infinite for never) and voters, only where there are any.
    """
    from sim.coverage.counted import spread  # loads the compiler

    voters = spread(minutes, places, float(MARKS_A_MINUTE))
    marks = np.arange(voters.shape[1]) / MARKS_A_MINUTE
    marks[-1] = np.inf
    force, mark = np.nonzero(voters)
    return force, marks[mark], voters[force, mark]
