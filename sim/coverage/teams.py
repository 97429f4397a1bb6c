"""Teams, which are all units but guards, in the order in which they get to each place: compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.compiled import compiled, part_of_compiled
from sim.coverage.asked import Lines
from sim.coverage.inputs import Flags, Floats, Ints, Places, Units, Whereabouts


class Teams(NamedTuple):
    """Teams in the order in which they get to places, as far as each line needs them.

    A line is what one or several demands ask for in the same way. A row is a node, or, behind the nodes, a station at
    which some team stands.

    Attributes:
        arrive: (rows, teams) when each team is at each row, from the order on and without the access of the place.
        order: (rows, teams) all teams in the order of arrival.
        many: (lines, rows) how many of them each line needs.
        minutes: (lines, rows, most) when each of these is there.
        people: (lines, rows, most) what they have brought by then.
        met: (lines, rows) when they alone have brought all that is asked for; infinite for never.
        stale: (lines, rows) whether something has changed for a line at the last moment that was looked at.
    """

    arrive: Floats
    order: Ints
    many: Ints
    minutes: Floats
    people: Ints
    met: Floats
    stale: Flags


@part_of_compiled
def _from_here(u: int, t: int, where: Whereabouts, units: Units, travel: Floats) -> Floats:
    """Return when a unit would be at each node, from the order on; infinite when it is not free."""
    minutes = np.empty(travel.shape[1])
    if not where.free[t, u]:
        minutes[:] = np.inf
        return minutes
    v, here, ahead = units.vehicle[u], where.node[t, u], where.ahead[t, u]
    out, left = units.ready[u] + where.minutes[t, u], units.ready[u] + where.ahead_minutes[t, u]
    for n in range(len(minutes)):
        minutes[n] = out + travel[v, here, n]
    if ahead >= 0:
        for n in range(len(minutes)):
            minutes[n] = min(minutes[n], left + travel[v, ahead, n])
    return minutes


@part_of_compiled
def note_moved(t: int, where: Whereabouts, units: Units, moved: Flags) -> None:
    """Set which units are elsewhere, or can be sent for other things, than at the moment before; at first all.

    Only of guards it counts how far they are on their round: it says when they are where they would go anyway.
    """
    free, kept, node, minutes, phase = where.free, where.kept, where.node, where.minutes, where.phase
    ahead, left, station = where.ahead, where.ahead_minutes, where.station
    for u in range(len(moved)):
        if t == 0 or free[t, u] != free[t - 1, u] or kept[t, u] != kept[t - 1, u]:
            moved[u] = True
            continue
        elsewhere = node[t, u] != node[t - 1, u] or minutes[t, u] != minutes[t - 1, u]
        elsewhere = elsewhere or ahead[t, u] != ahead[t - 1, u] or left[t, u] != left[t - 1, u]
        elsewhere = elsewhere or station[t, u] != station[t - 1, u]
        moved[u] = free[t, u] and (elsewhere or (units.is_guard[u] and phase[t, u] != phase[t - 1, u]))


@compiled
def move(
    t: int, teams: Ints, moved: Flags, gives: Ints, where: Whereabouts, units: Units, travel: Floats, line: Teams
) -> bool:
    """Set when the teams that have moved are at each node; return whether there are any.

    A row is stale for a line when one that it counts gets there, or got there before, while somebody is still missing:
    later ones do not matter to it.

    Args:
        t: The moment.
        teams: The teams.
        moved: (units) which units have moved since the moment before.
        gives: (lines, teams) what each team brings to each line; 0: it does not count.
        where: Where units are, by time.
        units: What they are.
        travel: (vehicles, nodes, nodes) minutes.
        line: What is filled.
    """
    arrive, met, stale, nodes = line.arrive, line.met, line.stale, travel.shape[1]
    some = False
    stale[:] = t == 0
    first = np.empty(nodes)
    for k in range(len(teams)):
        if moved[teams[k]]:
            some = True
            now = _from_here(teams[k], t, where, units, travel)
            for n in range(nodes):
                first[n] = min(now[n], arrive[n, k])
                arrive[n, k] = now[n]
            for w in range(len(gives)):
                if gives[w, k] > 0:
                    for n in range(nodes):
                        stale[w, n] |= first[n] <= met[w, n]
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
        where: Where they are, by time.
        units: What they are.
        places: The places.
        row: (places) set to the row of each.
        some: Set to these rows.
        node: Set to the node of each.
        line: What is filled.

    Returns:
        How many there are.
    """
    nodes, count = len(line.arrive) - len(teams), 0
    for s in range(places.stations):
        if row[s] >= nodes:  # it had a row of its own until now
            line.stale[:, places.node[s]] = True
            row[s] = places.node[s]
    for u in teams:
        s = where.station[t, u]
        if where.free[t, u] and s >= 0 and row[s] < nodes:
            r = nodes + count
            row[s], some[count], node[count], line.stale[:, r] = r, r, places.node[s], True
            count += 1
            for k in range(len(teams)):
                v = teams[k]
                there = where.free[t, v] and where.station[t, v] == s
                line.arrive[r, k] = units.ready[v] - places.access[s] if there else line.arrive[places.node[s], k]
    return count


@part_of_compiled
def _put_in_order(arrive: Floats, order: Ints, now: Floats) -> None:
    """Put all teams of one row in the order in which they arrive, of equal ones the first.

    Few have changed places since the moment before, so the order of then is put right by insertion.

    Args:
        arrive: (teams) when each is there.
        order: (teams) the order of before; set to that of now.
        now: (teams) set to when they are there, in this order.
    """
    for i in range(len(order)):
        k, j = order[i], i
        x = arrive[k]
        while j > 0 and (now[j - 1] > x or (now[j - 1] == x and order[j - 1] > k)):
            order[j], now[j] = order[j - 1], now[j - 1]
            j -= 1
        order[j], now[j] = k, x


@compiled
def line_up(rows: Ints, lines: Lines, kept: Flags, line: Teams) -> None:
    """Put teams in the order in which they arrive at stale rows; each stale line takes them until it has enough.

    Args:
        rows: The rows.
        lines: What the lines ask for.
        kept: (teams) which of them are kept for something red.
        line: What is filled.
    """
    arrive, orders, many, minutes, people, met, stale = line
    gives, need, keeps = lines.gives, lines.need, lines.keeps
    now = np.empty(arrive.shape[1])
    for r in rows:
        some = False
        for w in range(len(need)):
            some |= stale[w, r]
        if not some:
            continue
        order = orders[r]
        _put_in_order(arrive[r], order, now)
        for w in range(len(need)):
            if not stale[w, r]:
                continue
            brought, n, last = 0, 0, np.inf
            for i in range(len(order)):
                if now[i] == np.inf or brought >= need[w]:
                    break
                k = order[i]
                if gives[w, k] == 0 or (keeps[w] and kept[k]):
                    continue
                brought += gives[w, k]
                last = now[i]
                minutes[w, r, n], people[w, r, n] = last, brought
                n += 1
            many[w, r] = n
            met[w, r] = last if brought >= need[w] else np.inf
