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
        count: (demands, rows) how many there are for each demand.
        minutes: (demands, rows, most) when each is there, from the order on and without the access of the place.
        people: (demands, rows, most) what each brings.
    """

    order: Ints
    count: Ints
    minutes: Floats
    people: Ints


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
def arrivals(teams: Ints, t: int, where: Whereabouts, units: Units, travel: Floats, minutes: Floats) -> None:
    """Set (nodes, teams) when each team is at each node, from the order on; infinite for one that is not free."""
    nodes = len(minutes)
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


@compiled
def line_up(row: int, when: Floats, gives: Ints, reserve: Flags, held: Ints, need: Ints, line: Teams) -> None:
    """Put teams in the order in which they arrive, of equal ones the first; each demand takes them until it is met.

    Few have changed places since the moment before, so the order of then is put right by insertion.

    Args:
        row: Row of ``line`` to fill.
        when: (teams) when each arrives.
        gives: (demands, teams) what each team brings to each demand.
        reserve: (teams) whether it may be held back.
        held: (demands) reserves that stay back, those that would need longest.
        need: (demands) what is asked for.
        line: What is filled.
    """
    order, count, minutes, people = line
    demands, teams = gives.shape
    for i in range(1, teams):
        k = order[row, i]
        now, j = when[k], i
        while j > 0 and (when[order[row, j - 1]] > now or (when[order[row, j - 1]] == now and order[row, j - 1] > k)):
            order[row, j] = order[row, j - 1]
            j -= 1
        order[row, j] = k
    for d in range(demands):
        usable = teams
        if held[d] > 0:
            usable = -held[d]
            for k in range(teams):
                usable += reserve[k] and gives[d, k] > 0 and when[k] < np.inf
        missing, n = need[d], 0
        for i in range(teams):
            k = order[row, i]
            if when[k] == np.inf or missing <= 0:
                break
            if gives[d, k] == 0:
                continue
            if reserve[k]:
                usable -= 1
                if usable < 0:
                    continue
            minutes[d, row, n], people[d, row, n] = when[k], gives[d, k]
            missing -= gives[d, k]
            n += 1
        count[d, row] = n


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


@compiled
def line_up_all(
    t: int, teams: Ints, where: Whereabouts, units: Units, places: Places, need: Ints, held: Ints, gives: Ints,
    arrive: Floats, wanted: Flags, stations: Ints, line: Teams,
) -> None:  # fmt: skip
    """Line the teams up at every node where a place is, and at stations where one of them stands.

    Args:
        t: The moment.
        teams: The teams.
        where: Where they are.
        units: What they are.
        places: The places.
        need: (demands) what is asked for.
        held: (demands) reserves that stay back.
        gives: (demands, teams) what each brings.
        arrive: (nodes, teams) when each is at each node.
        wanted: (nodes) whether a place is there.
        stations: Stations of the rows behind the nodes.
        line: What is filled.
    """
    nodes, reserve = len(wanted), units.is_reserve[teams]
    for n in range(nodes):
        if wanted[n]:
            line_up(n, arrive[n], gives, reserve, held, need, line)
    for e in range(len(stations)):
        s = stations[e]
        when = arrive[places.node[s]].copy()
        for k in range(len(teams)):
            if where.free[teams[k], t] and where.station[teams[k], t] == s:
                when[k] = units.ready[teams[k]] - places.access[s]
        line_up(nodes + e, when, gives, reserve, held, need, line)
