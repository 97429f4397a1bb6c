"""Teams that are no guards, in the order in which they get to each place: compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.compiled import compiled
from sim.coverage.inputs import Flags, Floats, Ints, Places, Units, Whereabouts


class Teams(NamedTuple):
    """Teams in the order in which they get to places, as far as each demand needs them.

    A row is a node, or, behind the nodes, a station at which some team stands.

    Attributes:
        order: (rows, teams) all teams in the order of arrival.
        many: (demands, rows) how many there are for each demand.
        minutes: (demands, rows, most) when each is there, from the order on and without the access of the place.
        people: (demands, rows, most) what they have brought by then.
        met: (demands, rows) when they alone have met the demand; infinite for never.
    """

    order: Ints
    many: Ints
    minutes: Floats
    people: Ints
    met: Floats


@compiled
def moved(rows: Ints, t: int, where: Whereabouts) -> bool:
    """Return whether one of these units is elsewhere, or free or not free, than at the moment before."""
    free, node, minutes, station = where.free, where.node, where.minutes, where.station
    ahead, ahead_minutes = where.ahead, where.ahead_minutes
    for u in rows:
        if free[u, t] != free[u, t - 1]:
            return True
        if free[u, t] and (
            node[u, t] != node[u, t - 1]
            or minutes[u, t] != minutes[u, t - 1]
            or ahead[u, t] != ahead[u, t - 1]
            or ahead_minutes[u, t] != ahead_minutes[u, t - 1]
            or station[u, t] != station[u, t - 1]
        ):
            return True
    return False


@compiled
def arrivals(
    teams: Ints, t: int, where: Whereabouts, units: Units, travel: Floats, places: Places, beside: Ints, minutes: Floats
) -> None:
    """Set when each team is at each row, from the order on and without the access of the place.

    Args:
        teams: The teams.
        t: The moment.
        where: Where they are.
        units: What they are.
        travel: (vehicles, nodes, nodes) minutes.
        places: The places.
        beside: Stations of the rows behind the nodes.
        minutes: (rows, teams) what is filled; infinite for one that is not free.
    """
    nodes = travel.shape[1]
    for k in range(len(teams)):
        u = teams[k]
        if not where.free[u, t]:
            minutes[:, k] = np.inf
            continue
        v, here, there = units.vehicle[u], where.node[u, t], where.ahead[u, t]
        out = units.ready[u] + where.minutes[u, t]
        for n in range(nodes):
            minutes[n, k] = out + travel[v, here, n]
        if there >= 0:
            out = units.ready[u] + where.ahead_minutes[u, t]
            for n in range(nodes):
                minutes[n, k] = min(minutes[n, k], out + travel[v, there, n])
    for e in range(len(beside)):
        s = beside[e]
        minutes[nodes + e] = minutes[places.node[s]]
        for k in range(len(teams)):
            if where.free[teams[k], t] and where.station[teams[k], t] == s:
                minutes[nodes + e, k] = units.ready[teams[k]] - places.access[s]


@compiled
def _put_in_order(rows: Ints, when: Floats, line: Teams) -> None:
    """Put all teams in the order in which they arrive, of equal ones the first.

    Few have changed places since the moment before, so the order of then is put right by insertion.
    """
    orders, teams = line.order, when.shape[1]
    order, now = np.empty(teams, dtype=np.int64), np.empty(teams)
    for r in rows:
        for i in range(teams):
            k = orders[r, i]
            x, j = when[r, k], i
            while j > 0 and (now[j - 1] > x or (now[j - 1] == x and order[j - 1] > k)):
                order[j], now[j] = order[j - 1], now[j - 1]
                j -= 1
            order[j], now[j] = k, x
        orders[r] = order


@compiled
def _reserves(rows: Ints, when: Floats, gives: Ints, reserve: Flags, held: Ints) -> Ints:
    """Return how many reserves can be sent, (demands, rows): the first so many of those that can get there."""
    usable = np.full((len(held), len(when)), len(reserve))
    for d in range(len(held)):
        if held[d] > 0:
            for r in rows:
                usable[d, r] = -held[d]
                for k in range(len(reserve)):
                    usable[d, r] += reserve[k] and gives[d, k] > 0 and when[r, k] < np.inf
    return usable


@compiled
def line_up(rows: Ints, when: Floats, gives: Ints, reserve: Flags, held: Ints, need: Ints, line: Teams) -> None:
    """Put teams in the order in which they arrive; each demand takes them until it is met.

    Args:
        rows: Rows of ``line`` to fill.
        when: (rows, teams) when each team arrives.
        gives: (demands, teams) what each team brings to each demand.
        reserve: (teams) whether it may be held back.
        held: (demands) reserves that stay back, those that would need longest.
        need: (demands) what is asked for.
        line: What is filled.
    """
    _put_in_order(rows, when, line)
    order, many, minutes, people, met = line
    demands, teams = gives.shape
    usable = _reserves(rows, when, gives, reserve, held)
    for d in range(demands):
        for r in rows:
            brought, n, last = 0, 0, np.inf
            for i in range(teams):
                k = order[r, i]
                if when[r, k] == np.inf or brought >= need[d]:
                    break
                if gives[d, k] == 0:
                    continue
                if reserve[k]:
                    usable[d, r] -= 1
                    if usable[d, r] < 0:
                        continue
                brought += gives[d, k]
                last = when[r, k]
                minutes[d, r, n], people[d, r, n] = last, brought
                n += 1
            many[d, r] = n
            met[d, r] = last if brought >= need[d] else np.inf


@compiled
def occupied(t: int, teams: Ints, where: Whereabouts, places: Places, nodes: int, row: Ints, station: Ints) -> int:
    """Set the row of each place, and the station of each row behind the nodes; return how many of those there are."""
    row[:], extra = places.node, 0
    for u in teams:
        s = where.station[u, t]
        if where.free[u, t] and s >= 0 and row[s] < nodes:
            row[s], station[extra] = nodes + extra, s
            extra += 1
    return extra
