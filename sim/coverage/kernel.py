"""How soon free units could bring a force to every place, at many moments: compiled.

The order in which units get to a place is that in which they get to its node: a place adds its access to all of them.
So units are lined up once a node, and only until they have brought what is asked for; each place then asks what the
pair of its own post adds. A moment at which nobody has moved keeps what was found for the moment before.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.compiled import compiled
from sim.coverage.guards import Guards, gather, most_guards, neighbours
from sim.coverage.inputs import Demands, Floats, Ints, Places, Rules, Units, Whereabouts
from sim.coverage.teams import Teams, arrivals, line_up_all, moved, occupied

SLACK = 1e-9
"""Minutes by which sums of the same times may differ."""


class Met(NamedTuple):
    """When teams and guards of other posts have met a demand at each row, from the order on, without the access.

    Attributes:
        whole: (rows) the whole of it; infinite for never.
        less: (rows, sizes) what is left of it when the post's own pair, of one of some sizes, is there.
    """

    whole: Floats
    less: Floats


class Pairs(NamedTuple):
    """The guards of each station's own post.

    Attributes:
        minutes: (stations) when they are there: at once, by order, or by their round; infinite for never.
        ordered: (stations) when they would be at its node, from an order on.
    """

    minutes: Floats
    ordered: Floats


@compiled
def _own(t: int, places: Places, where: Whereabouts, units: Units, rules: Rules, travel: Floats, pairs: Pairs) -> None:
    """Set when the guards of each station's own post are there."""
    minutes, ordered = pairs
    for s in range(places.stations):
        g = units.own[s]
        minutes[s] = ordered[s] = np.inf
        if g < 0 or not where.free[g, t]:
            continue
        v, n, ahead = units.vehicle[g], places.node[s], where.ahead[g, t]
        way = where.minutes[g, t] + travel[v, where.node[g, t], n]
        if ahead >= 0:
            way = min(way, where.ahead_minutes[g, t] + travel[v, ahead, n])
        ordered[s] = units.ready[g] + way
        if where.station[g, t] == s:
            minutes[s] = 0.0
            continue
        soonest = min(where.visit[s, t], rules.alarm + ordered[s] + places.access[s])
        if where.phase[g, t] >= 0 and units.begins[s] >= 0:
            until = units.begins[s] - where.phase[g, t]
            soonest = min(soonest, until if until >= 0 else until + units.period[g])
        minutes[s] = soonest


@compiled
def _merge(d: int, row: Ints, node: Ints, need: int, sizes: Ints, people: Ints, line: Teams, near: Guards, met: Met) -> None:
    """Set when teams and guards near by have met a demand at every row that a place has.

    Args:
        d: The demand.
        row: Row of each place.
        node: Node of each place.
        need: What is asked for.
        sizes: What pairs of a place's own post may bring.
        people: (units) what guards of other posts bring; 0: not sent.
        line: The teams.
        near: The guards.
        met: What is filled.
    """
    _, count, minutes, brings = line
    near_count, near_minutes, near_unit = near
    whole, less = met
    whole[:] = np.nan
    for p in range(len(row)):
        r, n = row[p], node[p]
        if not np.isnan(whole[r]):
            continue
        whole[r] = np.inf
        for k in range(len(sizes)):
            less[r, k] = np.inf if need > sizes[k] else -np.inf
        i, j, missing = 0, 0, need
        while missing > 0:
            team = minutes[d, r, i] if i < count[d, r] else np.inf
            guard = near_minutes[n, j] if j < near_count[n] else np.inf
            now = min(team, guard)
            if now == np.inf:
                break
            before = missing
            if team <= guard:
                missing -= brings[d, r, i]
                i += 1
            else:
                missing -= people[near_unit[n, j]]
                j += 1
            for k in range(len(sizes)):
                if missing <= sizes[k] < before:
                    less[r, k] = now
            if missing <= 0:
                whole[r] = now


@compiled
def _walk(
    d: int, p: int, pair: float, mine: int, extra: int, places: Places, row: Ints, need: int, people: Ints,
    rules: Rules, line: Teams, near: Guards,
) -> float:  # fmt: skip
    """Return when teams, the guards near enough to one place, and the pair of its own post have met a demand there.

    Args:
        d: The demand.
        p: The place.
        pair: When the pair is there; infinite when it does not count.
        mine: Which unit that is.
        extra: What it brings.
        places: The places.
        row: Row of each place.
        need: What is asked for.
        people: (units) what guards of other posts bring; 0: not sent.
        rules: How far they go.
        line: The teams.
        near: The guards.
    """
    r, n, start = row[p], places.node[p], rules.alarm + places.access[p]
    last, missing, i, j = rules.guards_within - places.access[p] + SLACK, need, 0, 0
    while True:
        while j < near.count[n] and near.unit[n, j] == mine:
            j += 1
        team = start + line.minutes[d, r, i] if i < line.count[d, r] else np.inf
        guard = start + near.minutes[n, j] if j < near.count[n] and near.minutes[n, j] <= last else np.inf
        now = min(team, guard, pair)
        if now == np.inf:
            return now
        if pair == now:
            missing -= extra
            pair = np.inf
        elif team == now:
            missing -= line.people[d, r, i]
            i += 1
        else:
            missing -= people[near.unit[n, j]]
            j += 1
        if missing <= 0:
            return now


@compiled
def _meet(
    d: int, places: Places, row: Ints, own: Ints, size: Ints, extra: Ints, need: int, people: Ints, rules: Rules,
    pairs: Pairs, line: Teams, near: Guards, met: Met, out: Floats,
) -> None:  # fmt: skip
    """Raise the minutes of each place to when a demand is met there, the pair of its own post counted.

    A pair that counts among the guards near by, and is there before they have met it, changes nothing, unless some of
    them are too far from the place itself: then all of them are asked one by one.

    Args:
        d: The demand.
        places: The places.
        row: Row of each place.
        own: (stations) the pair of its post; below 0 for none.
        size: (units) which of the sizes of ``met.less`` a pair has; below 0 when it does not count.
        extra: (units) what it brings.
        need: What is asked for.
        people: (units) what guards of other posts bring; 0: not sent.
        rules: How far they go.
        pairs: When the pairs are there.
        line: The teams.
        near: The guards.
        met: When teams and guards near by have met the demand.
        out: (places) minutes.
    """
    for p in range(len(row)):
        r, n, access = row[p], places.node[p], places.access[p]
        pair, mine, k = np.inf, -1, -1
        if p < places.stations and own[p] >= 0:
            mine = own[p]
            k = size[mine]
            if k >= 0:
                pair = pairs.minutes[p]
        last, whole, c = rules.guards_within - access + SLACK, met.whole[r], near.count[n]
        if c and whole > last and near.minutes[n, c - 1] > last:
            found = _walk(d, p, pair, mine, extra[mine], places, row, need, people, rules, line, near)
        else:
            found = rules.alarm + access + whole
            if pair < found:
                listed = people[mine] > 0 and pairs.ordered[p] <= last
                if not (listed and pairs.ordered[p] < whole):
                    found = min(found, max(pair, rules.alarm + access + met.less[r, k]))
        out[p] = max(out[p], found)


@compiled
def potential_minutes(
    places: Places, where: Whereabouts, units: Units, demands: Demands, rules: Rules, travel: Floats, forces: int
) -> Floats:
    """Return when each force would be at each place, were it called at a moment: minutes, infinite for never.

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
    moments, nodes, kinds = where.node.shape[1], travel.shape[1], len(demands.need)
    found = np.zeros((forces, moments, len(places.node)))
    each = np.zeros((kinds, len(places.node)))
    numbers = np.arange(len(units.ready))
    teams, guards = numbers[~units.is_guard], numbers[units.is_guard]
    gives = np.zeros((kinds, len(teams)), dtype=np.int64)
    sent, extra = np.zeros((kinds, len(numbers)), dtype=np.int64), np.zeros((kinds, len(numbers)), dtype=np.int64)
    for d in range(kinds):
        of, may = units.people[demands.kind[d]], rules.may[demands.severity[d]]
        gives[d] = (of * may)[teams]
        sent[d] = of * may * units.is_guard
        extra[d] = of * units.is_guard * demands.with_own[d]
    sizes = np.unique(extra)
    size = np.searchsorted(sizes, extra)
    held = rules.held[demands.severity]
    rows, most = nodes + len(teams), most_guards(guards, sent, demands.need)
    order = np.empty((rows, len(teams)), dtype=np.int64)
    order[:] = np.arange(len(teams))
    line = Teams(
        order, np.zeros((kinds, rows), dtype=np.int64), np.zeros((kinds, rows, len(teams))),
        np.zeros((kinds, rows, len(teams)), dtype=np.int64),
    )  # fmt: skip
    near = Guards(np.zeros(nodes, dtype=np.int64), np.zeros((nodes, most)), np.zeros((nodes, most), dtype=np.int64))
    nobody = Guards(np.zeros(nodes, dtype=np.int64), near.minutes, near.unit)
    part, goal = neighbours(np.unique(units.vehicle[guards]), travel, rules.guards_within + SLACK if most else -1.0)
    wanted = np.zeros(nodes, dtype=np.bool_)
    wanted[places.node] = True
    arrive, best = np.empty((nodes, len(teams))), np.full(nodes, np.inf)
    whole, less = np.empty((kinds, rows)), np.empty((kinds, rows, len(sizes)))
    row, stations = places.node.copy(), np.empty(len(teams), dtype=np.int64)
    pairs = Pairs(np.empty(places.stations), np.empty(places.stations))
    for t in range(moments):
        anew = t == 0 or moved(teams, t, where)
        if anew:
            arrivals(teams, t, where, units, travel, arrive)
            beside = stations[: occupied(t, teams, where, places, nodes, row, stations)]
            line_up_all(t, teams, where, units, places, demands.need, held, gives, arrive, wanted, beside, line)
        if most:
            gather(t, guards, part, goal, where, units, rules.guards_within + SLACK, travel, near, best)
        _own(t, places, where, units, rules, travel, pairs)
        for d in range(kinds):
            with_guards, met = sent[d].any(), Met(whole[d], less[d])
            round_about = near if with_guards else nobody
            if anew or with_guards:
                _merge(d, row, places.node, demands.need[d], sizes, sent[d], line, round_about, met)
            if anew or with_guards or demands.with_own[d]:
                each[d] = 0.0
                _meet(
                    d, places, row, units.own, size[d], extra[d], demands.need[d], sent[d], rules, pairs, line,
                    round_about, met, each[d],
                )  # fmt: skip
            f = demands.force[d]
            found[f, t] = np.maximum(found[f, t], each[d])
    return found


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
