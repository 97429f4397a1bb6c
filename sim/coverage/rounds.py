"""Where units on their rounds are at many moments: compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.compiled import compiled
from sim.coverage.inputs import Floats, Ints, Rounds, Whereabouts


class Going(NamedTuple):
    """Stretches of time in which units go their rounds.

    Attributes:
        unit: Who goes.
        first: The first time of each.
        end: The time after its last.
        began: When the round would have begun that takes it past where it is, minutes after midnight.
    """

    unit: Ints
    first: Ints
    end: Ints
    began: Floats


@compiled
def go(going: Going, times: Floats, rounds: Rounds, where: Whereabouts) -> None:
    """Fill in where units are on their rounds, and how far they are on them.

    From one time to the next a unit comes to one of the next pieces of its round, or to the beginning again: where it
    is on the piece is what :meth:`~sim.region.route.RouteTable.at` says.

    Args:
        going: Who goes when.
        times: The times, minutes after midnight.
        rounds: The rounds of all units.
        where: What is filled.
    """
    begin, last = rounds.begin, len(rounds.begin) - 1
    for g in range(len(going.unit)):
        u, i = going.unit[g], 0
        for k in range(going.first[g], going.end[g]):
            elapsed = (times[k] - going.began[g]) % rounds.period[u]
            now = rounds.offset[u] + elapsed
            if k == going.first[g] or begin[i] > now:
                i = max(np.searchsorted(begin, now, side="right") - 1, 0)
            while i < last and begin[i + 1] <= now:
                i += 1
            since = max(now - begin[i], 0.0)
            where.node[u, k], where.minutes[u, k] = rounds.node[i], rounds.base[i] + rounds.slope[i] * since
            where.ahead[u, k], where.station[u, k] = rounds.ahead[i], rounds.station[i]
            where.ahead_minutes[u, k] = rounds.length[i] - since if rounds.ahead[i] >= 0 else 0.0
            where.phase[u, k] = elapsed
