"""Teams, which are all units but guards, in the order in which they get to each place: compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.compiled import compiled
from sim.coverage.asked import Lines
from sim.coverage.inputs import Flags, Floats, Ints, Places, Units, Whereabouts


class Teams(NamedTuple):
    """Teams in the order in which they get to places, as far as each line needs them.

    A line is what one or several demands ask for in the same way. A row is a node, or, behind the nodes, a station at
    which some team stands.

    Attributes:
        arrive: (teams, rows) when each team is at each row, from the order on and without the access of the place.
        order: (rows, teams) all teams in the order of arrival.
        many: (lines, rows) how many of them each line needs.
        minutes: (lines, rows, most) when each of these is there.
        people: (lines, rows, most) what they have brought by then.
        met: (lines, rows) when they alone have brought all that is asked for; infinite for never.
        stale: (rows) whether something has changed at the last moment that was looked at.
    """

    arrive: Floats
    order: Ints
    many: Ints
    minutes: Floats
    people: Ints
    met: Floats
    stale: Flags


@compiled
def _has_moved(u: int, t: int, where: Whereabouts) -> bool:
    """Return whether a unit is elsewhere, or can be sent for other things, than at the moment before."""
    if t == 0 or where.free[u, t] != where.free[u, t - 1] or where.kept[u, t] != where.kept[u, t - 1]:
        return True
    return bool(where.free[u, t]) and bool(
        where.node[u, t] != where.node[u, t - 1]
        or where.minutes[u, t] != where.minutes[u, t - 1]
        or where.ahead[u, t] != where.ahead[u, t - 1]
        or where.ahead_minutes[u, t] != where.ahead_minutes[u, t - 1]
        or where.station[u, t] != where.station[u, t - 1]
    )


@compiled
def _from_here(u: int, t: int, where: Whereabouts, units: Units, travel: Floats) -> Floats:
    """Return when a unit would be at each node, from the order on; infinite when it is not free."""
    minutes = np.empty(travel.shape[1])
    if not where.free[u, t]:
        minutes[:] = np.inf
        return minutes
    v, here, ahead = units.vehicle[u], where.node[u, t], where.ahead[u, t]
    out, left = units.ready[u] + where.minutes[u, t], units.ready[u] + where.ahead_minutes[u, t]
    for n in range(len(minutes)):
        minutes[n] = out + travel[v, here, n]
    if ahead >= 0:
        for n in range(len(minutes)):
            minutes[n] = min(minutes[n], left + travel[v, ahead, n])
    return minutes


@compiled
def move(t: int, teams: Ints, where: Whereabouts, units: Units, travel: Floats, line: Teams) -> bool:
    """Set when the teams that have moved are at each node; return whether there are any.

    A row is stale when one of them gets there, or got there before, while somebody is still missing: later ones do not
    matter.
    """
    arrive, met, stale, nodes = line.arrive, line.met, line.stale, travel.shape[1]
    some = False
    stale[:] = t == 0
    until = np.zeros(nodes)
    for w in range(len(met)):
        for n in range(nodes):
            until[n] = max(until[n], met[w, n])
    for k in range(len(teams)):
        if _has_moved(teams[k], t, where):
            some = True
            now, before = _from_here(teams[k], t, where, units, travel), arrive[k]
            for n in range(nodes):
                stale[n] |= min(now[n], before[n]) <= until[n]
                before[n] = now[n]
    return some


@compiled
def stand(
    t: int,
    teams: Ints,
    where: Whereabouts,
    units: Units,
    places: Places,
    row: Ints,
    some: Ints,
    node: Ints,
    line: Teams,
) -> int:
    """Give each station at which a team stands a row of its own, with when the teams are there.

    Args:
        t: The moment.
        teams: The teams.
        where: Where they are.
        units: What they are.
        places: The places.
        row: (places) set to the row of each.
        some: Set to these rows.
        node: Set to the node of each.
        line: What is filled.

    Returns:
        How many there are.
    """
    nodes, count = len(line.stale) - len(teams), 0
    for s in range(places.stations):
        if row[s] >= nodes:  # it had a row of its own until now
            line.stale[places.node[s]] = True
            row[s] = places.node[s]
    for u in teams:
        s = where.station[u, t]
        if where.free[u, t] and s >= 0 and row[s] < nodes:
            r = nodes + count
            row[s], some[count], node[count], line.stale[r] = r, r, places.node[s], True
            count += 1
            for k in range(len(teams)):
                v = teams[k]
                there = where.free[v, t] and where.station[v, t] == s
                line.arrive[k, r] = units.ready[v] - places.access[s] if there else line.arrive[k, places.node[s]]
    return count


@compiled
def _put_in_order(rows: Ints, line: Teams) -> None:
    """Put all teams in the order in which they arrive, of equal ones the first.

    Few have changed places since the moment before, so the order of then is put right by insertion.
    """
    arrive, orders, stale, teams = line.arrive, line.order, line.stale, len(line.arrive)
    order, now = np.empty(teams, dtype=np.int64), np.empty(teams)
    for r in rows:
        if not stale[r]:
            continue
        for i in range(teams):
            k = orders[r, i]
            x, j = arrive[k, r], i
            while j > 0 and (now[j - 1] > x or (now[j - 1] == x and order[j - 1] > k)):
                order[j], now[j] = order[j - 1], now[j - 1]
                j -= 1
            order[j], now[j] = k, x
        for i in range(teams):
            orders[r, i] = order[i]


@compiled
def line_up(rows: Ints, lines: Lines, kept: Flags, line: Teams) -> None:
    """Put teams in the order in which they arrive at stale rows; each line takes them until it has enough.

    Args:
        rows: The rows.
        lines: What the lines ask for.
        kept: (teams) which of them are kept for something red.
        line: What is filled.
    """
    _put_in_order(rows, line)
    arrive, order, many, minutes, people, met, stale = line
    gives, need, keeps = lines.gives, lines.need, lines.keeps
    for w in range(len(need)):
        for r in rows:
            if not stale[r]:
                continue
            brought, n, last = 0, 0, np.inf
            for i in range(len(arrive)):
                k = order[r, i]
                now = arrive[k, r]
                if now == np.inf or brought >= need[w]:
                    break
                if gives[w, k] == 0 or (keeps[w] and kept[k]):
                    continue
                brought += gives[w, k]
                last = now
                minutes[w, r, n], people[w, r, n] = now, brought
                n += 1
            many[w, r] = n
            met[w, r] = last if brought >= need[w] else np.inf
