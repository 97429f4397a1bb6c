"""When the guards of each station's own post are there: compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.compiled import compiled
from sim.coverage.inputs import Flags, Floats, Places, Rules, Units, Whereabouts


class Pairs(NamedTuple):
    """The guards of each station's own post.

    Attributes:
        minutes: (stations) when they are there: at once, by order, or by their round; infinite for never.
        ordered: (stations) when they would be at its node, from an order on.
    """

    minutes: Floats
    ordered: Floats


@compiled
def own_minutes(
    t: int,
    places: Places,
    where: Whereabouts,
    moved: Flags,
    units: Units,
    rules: Rules,
    travel: Floats,
    pairs: Pairs,
) -> None:
    """Set when the guards of each station's own post are there; of those who have not moved, that is known.

    Args:
        t: The moment.
        places: The places.
        where: Where units are, by time.
        moved: (units) which of them have moved since the moment before.
        units: What they are.
        rules: When they are ordered.
        travel: (vehicles, nodes, nodes) minutes.
        pairs: What is filled.
    """
    minutes, ordered = pairs
    free, node, out, ahead, left = where.free, where.node, where.minutes, where.ahead, where.ahead_minutes
    station, phase, visit = where.station, where.phase, where.visit
    own, vehicle, ready, begins, period = units.own, units.vehicle, units.ready, units.begins, units.period
    goal, access, alarm = places.node, places.access, rules.own_alarm
    for s in range(places.stations):
        g = own[s]
        if t > 0 and (g < 0 or (not moved[g] and visit[t, s] == visit[t - 1, s])):
            continue
        minutes[s] = ordered[s] = np.inf
        if g < 0 or not free[t, g]:
            continue
        v, n = vehicle[g], goal[s]
        way = out[t, g] + travel[v, node[t, g], n]
        if ahead[t, g] >= 0:
            way = min(way, left[t, g] + travel[v, ahead[t, g], n])
        ordered[s] = ready[g] + way
        if station[t, g] == s:
            minutes[s] = 0.0
            continue
        soonest = min(visit[t, s], alarm[s] + ordered[s] + access[s])
        if phase[t, g] >= 0 and begins[s] >= 0:
            until = begins[s] - phase[t, g]
            soonest = min(soonest, until if until >= 0 else until + period[g])
        minutes[s] = soonest
