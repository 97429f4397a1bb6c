"""How soon free units could bring a force to every place, at many moments: compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.compiled import compiled
from sim.coverage.inputs import Demands, Flags, Floats, Ints, Places, Rules, Units, Whereabouts

SLACK = 1e-9
"""Minutes by which sums of the same times may differ."""


class Arriving(NamedTuple):
    """Units in the order in which they get to a place from the moment of the order, one row a place.

    Attributes:
        count: How many there are.
        unit: Which.
        minutes: When they are there, less the access of the place.
        counts: (places, most, severities) whether they may be sent.
        met: (demands, places) when they alone have brought what is asked for; infinite for never.
    """

    count: Ints
    unit: Ints
    minutes: Floats
    counts: Flags
    met: Floats


@compiled
def _way(u: int, t: int, goal: int, where: Whereabouts, travel: Floats, vehicle: int) -> float:
    """Return the minutes of a unit to a node."""
    way = where.minutes[u, t] + travel[vehicle, where.node[u, t], goal]
    ahead = where.ahead[u, t]
    if ahead >= 0:
        way = min(way, where.ahead_minutes[u, t] + travel[vehicle, ahead, goal])
    return way


@compiled
def _moved(rows: Ints, t: int, where: Whereabouts) -> bool:
    """Return whether one of these units is elsewhere, or free or not free, than at the moment before."""
    for u in rows:
        if where.free[u, t] != where.free[u, t - 1]:
            return True
        if where.free[u, t] and (
            where.node[u, t] != where.node[u, t - 1]
            or where.minutes[u, t] != where.minutes[u, t - 1]
            or where.ahead[u, t] != where.ahead[u, t - 1]
            or where.ahead_minutes[u, t] != where.ahead_minutes[u, t - 1]
            or where.station[u, t] != where.station[u, t - 1]
        ):
            return True
    return False


@compiled
def _line_up(
    row: int,
    at: int,
    station: int,
    access: float,
    t: int,
    teams: Ints,
    where: Whereabouts,
    units: Units,
    demands: Demands,
    rules: Rules,
    travel: Floats,
    line: Arriving,
    when: Floats,
) -> None:
    """Put the free teams in the order in which they get to a place, until every demand is met.

    Args:
        row: Row of ``line`` to fill.
        at: Node of the place.
        station: The station that it is; below 0 when who stands at a station counts as anywhere else.
        access: Minutes from the node to that station.
        t: The moment.
        teams: Units that are no guards.
        where: Where they are.
        units: What they are.
        demands: What is asked for.
        rules: Who may be sent.
        travel: (vehicles, nodes, nodes) minutes.
        line: What is filled.
        when: Room for a number a team.
    """
    severities = len(rules.held)
    usable = np.zeros(severities, dtype=np.int64)
    for k in range(len(teams)):
        u = teams[k]
        when[k] = np.inf
        if where.free[u, t]:
            if station >= 0 and where.station[u, t] == station:
                when[k] = units.ready[u] - access
            else:
                when[k] = units.ready[u] + _way(u, t, at, where, travel, units.vehicle[u])
            if units.is_reserve[u] and when[k] < np.inf:
                for v in range(severities):
                    usable[v] += rules.may[v, u]
    for v in range(severities):
        usable[v] -= rules.held[v]
    missing = demands.need.copy()
    line.met[:, row] = np.inf
    count, unmet = 0, len(missing)
    while unmet > 0 and count < len(teams):
        k = np.argmin(when)
        minutes, u = when[k], teams[k]
        if minutes == np.inf:
            break
        when[k] = np.inf
        line.unit[row, count], line.minutes[row, count] = u, minutes
        for v in range(severities):
            counts = rules.may[v, u]
            if counts and units.is_reserve[u]:
                counts = usable[v] > 0
                usable[v] -= 1
            line.counts[row, count, v] = counts
        for d in range(len(missing)):
            if missing[d] > 0 and line.counts[row, count, demands.severity[d]]:
                missing[d] -= units.people[demands.kind[d], u]
                if missing[d] <= 0:
                    line.met[d, row] = minutes
                    unmet -= 1
        count += 1
    line.count[row] = count


@compiled
def _neighbours(vehicles: Ints, travel: Floats, within: float) -> tuple[Ints, Ints]:
    """Return which nodes each node has within some minutes.

    Args:
        vehicles: For which vehicles it is asked; those of others are left empty.
        travel: (vehicles, nodes, nodes) minutes.
        within: Minutes.

    Returns:
        For each vehicle and node where its neighbours begin in the second and where they end, and the neighbours.
    """
    nodes, k = travel.shape[1], 0
    part = np.zeros((len(travel), nodes, 2), dtype=np.int64)
    for fill in range(2):
        found = np.empty(k, dtype=np.int64)
        k = 0
        for v in vehicles:
            for a in range(nodes):
                part[v, a, 0] = k
                for b in range(nodes):
                    if travel[v, a, b] <= within:
                        if fill:
                            found[k] = b
                        k += 1
                part[v, a, 1] = k
    return part, found


@compiled
def _insert(row: int, unit: int, minutes: float, line: Arriving) -> None:
    """Put a unit in its place in a line that holds the earliest only."""
    most, k = line.unit.shape[1], line.count[row]
    if k == most:
        if minutes >= line.minutes[row, k - 1]:
            return
        k -= 1
    else:
        line.count[row] = k + 1
    while k > 0 and line.minutes[row, k - 1] > minutes:
        line.minutes[row, k], line.unit[row, k] = line.minutes[row, k - 1], line.unit[row, k - 1]
        k -= 1
    line.minutes[row, k], line.unit[row, k] = minutes, unit


@compiled
def _line_up_guards(
    t: int,
    guards: Ints,
    part: Ints,
    goal: Ints,
    where: Whereabouts,
    units: Units,
    rules: Rules,
    travel: Floats,
    line: Arriving,
    best: Floats,
) -> None:
    """Put the free guards near each node in the order in which they get there.

    Args:
        t: The moment.
        guards: The guards.
        part: Part of the next that holds the neighbours of a node, by vehicle.
        goal: The neighbours of all nodes.
        where: Where the guards are.
        units: What they are.
        rules: How near they must be.
        travel: (vehicles, nodes, nodes) minutes.
        line: What is filled: one row a node.
        best: Room for a number a node, all infinite.
    """
    line.count[:] = 0
    for g in guards:
        if not where.free[g, t]:
            continue
        v, here, there = units.vehicle[g], where.node[g, t], where.ahead[g, t]
        if there >= 0:
            for n in goal[part[v, there, 0] : part[v, there, 1]]:
                best[n] = where.ahead_minutes[g, t] + travel[v, there, n]
        for n in goal[part[v, here, 0] : part[v, here, 1]]:
            way = min(best[n], where.minutes[g, t] + travel[v, here, n])
            best[n] = np.inf
            if units.ready[g] + way <= rules.guards_within + SLACK:
                _insert(n, g, units.ready[g] + way, line)
        if there >= 0:
            for n in goal[part[v, there, 0] : part[v, there, 1]]:
                if units.ready[g] + best[n] <= rules.guards_within + SLACK:
                    _insert(n, g, units.ready[g] + best[n], line)
                best[n] = np.inf


@compiled
def _own_minutes(s: int, t: int, where: Whereabouts, units: Units, places: Places, rules: Rules, travel: Floats) -> float:
    """Return when the guards of a station's own post are there: at once where they stand there, by order, or by their
    round."""
    g = units.own[s]
    if g < 0 or not where.free[g, t]:
        return np.inf
    if where.station[g, t] == s:
        return 0.0
    way = places.access[s] + _way(g, t, places.node[s], where, travel, units.vehicle[g])
    soonest = min(where.visit[s, t], rules.alarm + units.ready[g] + way)
    if where.phase[g, t] >= 0 and units.begins[s] >= 0:
        until = units.begins[s] - where.phase[g, t]
        soonest = min(soonest, until if until >= 0 else until + units.period[g])
    return soonest


@compiled
def _together(
    d: int,
    own: int,
    own_minutes: float,
    access: float,
    a: int,
    g: int,
    teams: Arriving,
    guards: Arriving,
    units: Units,
    demands: Demands,
    rules: Rules,
) -> float:
    """Return when teams, guards of other posts and the post's own have together met a demand; infinite for never.

    Args:
        d: The demand.
        own: The guards of the post; below 0 for none.
        own_minutes: When they are there; infinite when they do not count.
        access: Minutes from the node to the place.
        a: Row of the teams' line.
        g: Row of the guards' line.
        teams: Units that are no guards.
        guards: Guards near the node.
        units: What all of them are.
        demands: What is asked for.
        rules: Who may be sent.
    """
    kind, severity, missing = demands.kind[d], demands.severity[d], demands.need[d]
    i, j, start = 0, 0, rules.alarm + access
    own_waits = own_minutes < np.inf and units.people[kind, own] > 0
    while True:
        while i < teams.count[a] and not (teams.counts[a, i, severity] and units.people[kind, teams.unit[a, i]] > 0):
            i += 1
        while j < guards.count[g] and (guards.unit[g, j] == own or not rules.may[severity, guards.unit[g, j]]):
            j += 1
        team = start + teams.minutes[a, i] if i < teams.count[a] else np.inf
        guard = np.inf
        if j < guards.count[g] and guards.minutes[g, j] + access <= rules.guards_within + SLACK:
            guard = start + guards.minutes[g, j]
        if own_waits and own_minutes <= team and own_minutes <= guard:
            minutes, own_waits = own_minutes, False
            missing -= units.people[kind, own]
        elif team <= guard:
            if team == np.inf:
                return np.inf
            minutes = team
            missing -= units.people[kind, teams.unit[a, i]]
            i += 1
        else:
            minutes = guard
            missing -= units.people[kind, guards.unit[g, j]]
            j += 1
        if missing <= 0:
            return minutes


@compiled
def _lines(rows: int, most: int, severities: int, demands: int) -> Arriving:
    return Arriving(
        np.zeros(rows, dtype=np.int64),
        np.zeros((rows, most), dtype=np.int64),
        np.zeros((rows, most)),
        np.zeros((rows, most, severities), dtype=np.bool_),
        np.full((demands, rows), np.inf),
    )


@compiled
def _most_guards(guards: Ints, units: Units, demands: Demands, rules: Rules) -> int:
    """Return how many guards, those nearest, can matter anywhere: as many as meet a demand, and the post's own."""
    most = 0
    for d in range(len(demands.need)):
        least = 0
        for g in guards:
            people = units.people[demands.kind[d], g]
            if rules.may[demands.severity[d], g] and people > 0 and (least == 0 or people < least):
                least = people
        if least > 0:
            most = max(most, -(-demands.need[d] // least) + 1)
    return min(most, len(guards))


@compiled
def potential_minutes(
    places: Places,
    where: Whereabouts,
    units: Units,
    demands: Demands,
    rules: Rules,
    travel: Floats,
    forces: int,
) -> Floats:
    """Return when each force would be at each place, were it called at a moment: minutes, infinite for never.

    The order in which teams get to a place is that in which they get to its node: a place adds its access to all of
    them. So teams are lined up once a node, and only until every demand is met; a moment at which none has moved keeps
    the lines of the moment before. Guards are lined up where the rules let them be sent. Then each place asks who of
    both lines, and of the pair of its own post, has together met each demand.

    Args:
        places: The places.
        where: Where the units are.
        units: What they are.
        demands: What is asked for.
        rules: Who may be sent.
        travel: (vehicles, nodes, nodes) minutes on the open roads.
        forces: How many there are.

    Returns:
        Minutes, shape (forces, moments, places).
    """
    moments, nodes, severities = where.node.shape[1], travel.shape[1], len(rules.held)
    minutes = np.zeros((forces, moments, len(places.node)))
    all_units = np.arange(len(units.ready))
    teams, guards = all_units[~units.is_guard], all_units[units.is_guard]
    line = _lines(nodes + 1, len(teams), severities, len(demands.need))
    most = _most_guards(guards, units, demands, rules)
    near = _lines(nodes, most, 0, 0)
    ready = np.inf
    for g in guards:
        ready = min(ready, units.ready[g])
    within = rules.guards_within - ready + SLACK if most else -1.0
    part, goal = _neighbours(np.unique(units.vehicle[guards]), travel, within)
    when, best = np.empty(len(teams)), np.full(nodes, np.inf)
    wanted = np.zeros(nodes, dtype=np.bool_)
    for p in range(len(places.node)):
        wanted[places.node[p]] = True
    occupied = np.zeros(places.stations, dtype=np.bool_)
    for t in range(moments):
        if t == 0 or _moved(teams, t, where):
            for n in range(nodes):
                if wanted[n]:
                    _line_up(n, n, -1, 0.0, t, teams, where, units, demands, rules, travel, line, when)
        if most:
            _line_up_guards(t, guards, part, goal, where, units, rules, travel, near, best)
        occupied[:] = False
        for u in teams:
            if where.free[u, t] and where.station[u, t] >= 0:
                occupied[where.station[u, t]] = True
        for p in range(len(places.node)):
            n, access, own, own_minutes = places.node[p], places.access[p], -1, np.inf
            a = n
            if p < places.stations:
                own = units.own[p]
                own_minutes = _own_minutes(p, t, where, units, places, rules, travel)
                if occupied[p]:
                    a = nodes
                    _line_up(a, n, p, access, t, teams, where, units, demands, rules, travel, line, when)
            for d in range(len(demands.need)):
                pair = own_minutes if demands.with_own[d] else np.inf
                met = rules.alarm + access + line.met[d, a]
                if met > pair or (near.count[n] and met > rules.alarm + access + near.minutes[n, 0]):
                    met = _together(d, own, pair, access, a, n, line, near, units, demands, rules)
                f = demands.force[d]
                minutes[f, t, p] = max(minutes[f, t, p], met)
    return minutes


@compiled
def sums(minutes: Floats, places: Places, standard: float) -> tuple[Ints, Ints, Floats]:
    """Return voters, stations and area of each district whose force is there in time.

    Args:
        minutes: (forces, moments, places) minutes.
        places: The places.
        standard: Minutes.

    Returns:
        Three arrays of the shape (forces, moments, districts).
    """
    forces, moments, count = minutes.shape
    voters = np.zeros((forces, moments, places.districts), dtype=np.int64)
    stations, area = np.zeros_like(voters), np.zeros(voters.shape)
    for f in range(forces):
        for t in range(moments):
            for p in range(count):
                if minutes[f, t, p] <= standard + SLACK:
                    d = places.district[p]
                    voters[f, t, d] += places.voters[p]
                    stations[f, t, d] += p < places.stations
                    area[f, t, d] += places.area[p]
    return voters, stations, area


@compiled
def spread(minutes: Floats, places: Places, marks: float) -> Ints:
    """Return how many voters a force needs so long for, once each moment.

    Args:
        minutes: (forces, moments, places) minutes.
        places: The places.
        marks: Marks in a minute; minutes are rounded up to them.

    Returns:
        Voters by force and mark, from 0 on; the last column is never.
    """
    forces, moments, _ = minutes.shape
    most = 0
    for f in range(forces):
        for t in range(moments):
            for s in range(places.stations):
                if minutes[f, t, s] < np.inf:
                    most = max(most, int(np.ceil(minutes[f, t, s] * marks - SLACK)))
    found = np.zeros((forces, most + 2), dtype=np.int64)
    for f in range(forces):
        for t in range(moments):
            for s in range(places.stations):
                k = most + 1
                if minutes[f, t, s] < np.inf:
                    k = max(0, int(np.ceil(minutes[f, t, s] * marks - SLACK)))
                found[f, k] += places.voters[s]
    return found
