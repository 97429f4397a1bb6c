"""Where reserves that wait for orders should wait instead: pure functions of who is where, and how far it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.response.command.cover import Cover


class Move(NamedTuple):
    """A unit that should wait somewhere else.

    Attributes:
        unit: Its index.
        base: Number of the base, in the order of those that were offered.
        gain: Registered voters by whom expected coverage grows.
    """

    unit: int
    base: int
    gain: float


def best_move(
    cover: Cover, could: Mapping[int, NDArray[np.bool_]], minutes: Mapping[int, Sequence[float]], most_minutes: float
) -> Move | None:
    """Return the move of one unit that adds most to expected coverage; of equal ones the shortest.

    Args:
        cover: Which free units cover which places from where they are now.
        could: For each unit that may move, (bases, places) whether it would cover a place from a base.
        minutes: For each of these, how far it is to each base.
        most_minutes: No unit is moved farther.

    Returns:
        The move; None where none adds anything.
    """
    many, busy = cover.reached.sum(axis=0), cover.busy ** np.arange(len(cover.units) + 1)  # all of so many units
    best: tuple[float, float, int, int] | None = None
    for unit, reached in could.items():
        covers = cover.reached[cover.units.index(unit)]
        worth = cover.voters * (1.0 - cover.busy) * busy[many - covers]
        stays = float(worth[covers].sum())
        gains = (reached @ worth - stays).tolist()
        for base, (gain, far) in enumerate(zip(gains, minutes[unit], strict=True)):
            if far <= most_minutes and gain > 0 and (best is None or (-gain, far, unit, base) < best):
                best = -gain, far, unit, base
    return None if best is None else Move(best[2], best[3], -best[0])


def who_moves_up(
    there: Sequence[float], to_base: Mapping[int, float], from_base: float, most_minutes: float
) -> int | None:
    """Return the reserve that should move up to a base near something that may grow worse; None: none should.

    Args:
        there: Minutes to the place of each reserve that waits, in no order.
        to_base: Minutes to the base of each that may move.
        from_base: Minutes from the base to the place.
        most_minutes: No unit is moved farther.

    Returns:
        The one that is soonest at the base; none where a reserve waits that is as near to the place as the base is, or
        where nobody is near enough.
    """
    if min(there, default=inf) <= from_base:
        return None
    near = [(far, unit) for unit, far in to_base.items() if far <= most_minutes]
    return min(near)[1] if near else None
