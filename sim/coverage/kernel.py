"""How soon free units could bring a force to every place, at many moments: compiled.

The order in which units get to a place is that in which they get to its node: a place adds its access to all of them.
So units are lined up once a node, and only until they have brought what is asked for; each place then asks what the
pair of its own post adds. A moment at which nobody has moved keeps what was found for the moment before.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.compiled import compiled
from sim.coverage.guards import Guards, around, gather
from sim.coverage.inputs import Demands, Flags, Floats, Ints, Places, Rules, Units, Whereabouts
from sim.coverage.teams import Teams, arrivals, line_up, moved, occupied

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
    free, node, out, ahead, left = where.free, where.node, where.minutes, where.ahead, where.ahead_minutes
    station, phase, visit = where.station, where.phase, where.visit
    own, vehicle, ready, begins, period = units.own, units.vehicle, units.ready, units.begins, units.period
    goal, access, alarm = places.node, places.access, rules.alarm
    for s in range(places.stations):
        g = own[s]
        minutes[s] = ordered[s] = np.inf
        if g < 0 or not free[g, t]:
            continue
        v, n = vehicle[g], goal[s]
        way = out[g, t] + travel[v, node[g, t], n]
        if ahead[g, t] >= 0:
            way = min(way, left[g, t] + travel[v, ahead[g, t], n])
        ordered[s] = ready[g] + way
        if station[g, t] == s:
            minutes[s] = 0.0
            continue
        soonest = min(visit[s, t], alarm + ordered[s] + access[s])
        if phase[g, t] >= 0 and begins[s] >= 0:
            until = begins[s] - phase[g, t]
            soonest = min(soonest, until if until >= 0 else until + period[g])
        minutes[s] = soonest


@compiled
def _alone(d: int, used: Ints, need: int, sizes: Ints, line: Teams, met: Met) -> None:
    """Set when teams alone have met a demand at every row, and what the pair of the post may leave of it.

    Args:
        d: The demand.
        used: Rows that a place has.
        need: What is asked for.
        sizes: What pairs of a place's own post may bring.
        line: The teams.
        met: What is filled.
    """
    whole, less = met
    count, minutes, brought, alone = line.count, line.minutes, line.people, line.met
    for r in used:
        whole[r] = alone[d, r]
        for k in range(len(sizes)):
            wanted, i = need - sizes[k], 0
            while i < count[d, r] and brought[d, r, i] < wanted:
                i += 1
            less[r, k] = -np.inf if wanted <= 0 else minutes[d, r, i] if i < count[d, r] else np.inf


@compiled
def _sort_where_it_matters(
    d: int, used: Ints, node: Ints, need: int, most: int, people: Ints, line: Teams, near: Guards, early: Flags,
    sum_near: Ints,
) -> None:  # fmt: skip
    """Sort the guards near each node where a demand may be met before the last of them is there.

    Elsewhere all of them are too few for that, and only their number matters.

    Args:
        d: The demand.
        used: Rows that a place has.
        node: Node of each of them.
        need: What is asked for.
        most: The most that the pair of a place's own post may bring.
        people: (units) what guards of other posts bring; 0: not sent.
        line: The teams.
        near: The guards.
        early: (nodes) set to whether their order matters.
        sum_near: (nodes) set to what they bring.
    """
    count, minutes, brought = line.count, line.minutes, line.people
    near_count, near_minutes, near_unit, near_last = near
    early[:] = False
    for m in range(len(used)):
        r, n, guards, teams = used[m], node[m], 0, 0
        if early[n]:
            continue
        for j in range(near_count[n]):
            guards += people[near_unit[n, j]]
        sum_near[n] = guards
        if guards == 0:
            continue
        for i in range(count[d, r]):
            if minutes[d, r, i] > near_last[n]:
                break
            teams = brought[d, r, i]
        if teams + guards + most >= need:
            early[n] = True
            for i in range(1, near_count[n]):
                now, g, k = near_minutes[n, i], near_unit[n, i], i
                while k > 0 and near_minutes[n, k - 1] > now:
                    near_minutes[n, k], near_unit[n, k] = near_minutes[n, k - 1], near_unit[n, k - 1]
                    k -= 1
                near_minutes[n, k], near_unit[n, k] = now, g


@compiled
def _together(
    d: int, used: Ints, node: Ints, need: int, sizes: Ints, people: Ints, line: Teams, near: Guards, early: Flags,
    sum_near: Ints, met: Met,
) -> None:  # fmt: skip
    """Set when teams and guards near by have met a demand at every row, and what the pair of the post may leave of it.

    Args:
        d: The demand.
        used: Rows that a place has.
        node: Node of each of them.
        need: What is asked for.
        sizes: What pairs of a place's own post may bring.
        people: (units) what guards of other posts bring; 0: not sent.
        line: The teams.
        near: The guards.
        early: (nodes) whether they are sorted; elsewhere they are all there before the demand is met.
        sum_near: (nodes) what they bring.
        met: What is filled.
    """
    whole, less = met
    count, minutes, brought = line.count, line.minutes, line.people
    near_count, near_minutes, near_unit, _ = near
    for m in range(len(used)):
        r, n = used[m], node[m]
        whole[r] = np.inf
        for k in range(len(sizes)):
            less[r, k] = np.inf if need > sizes[k] else -np.inf
        i, j, guards = 0, near_count[n], sum_near[n]
        if early[n]:
            j = guards = 0
        missing = need - guards
        for k in range(len(sizes)):
            if missing <= sizes[k]:
                less[r, k] = -np.inf
        if missing <= 0:
            whole[r] = -np.inf
        while missing > 0:
            team = minutes[d, r, i] if i < count[d, r] else np.inf
            guard = near_minutes[n, j] if j < near_count[n] else np.inf
            now, before = min(team, guard), missing
            if now == np.inf:
                break
            if team <= guard:
                missing = need - guards - brought[d, r, i]
                i += 1
            else:
                guards += people[near_unit[n, j]]
                missing -= people[near_unit[n, j]]
                j += 1
            for k in range(len(sizes)):
                if missing <= sizes[k] < before:
                    less[r, k] = now
            if missing <= 0:
                whole[r] = now


@compiled
def _one_by_one(
    d: int, some: Ints, places: Places, row: Ints, own: Ints, size: Ints, extra: Ints, need: int, people: Ints,
    rules: Rules, pairs: Pairs, line: Teams, near: Guards, early: Flags, out: Floats,
) -> None:  # fmt: skip
    """Set when teams, the guards near enough to a place itself, and the pair of its own post have met a demand there.

    Args:
        d: The demand.
        some: Places at which not all guards near their node count.
        places: All places.
        row: Row of each place.
        own: (stations) the pair of its post; below 0 for none.
        size: (stations) below 0 when that pair does not count.
        extra: (units) what it brings.
        need: What is asked for.
        people: (units) what guards of other posts bring; 0: not sent.
        rules: How far they go.
        pairs: When the pairs are there.
        line: The teams.
        near: The guards.
        early: (nodes) whether they are sorted; elsewhere they are all there before the demand is met.
        out: (places) minutes.
    """
    count, minutes, brought = line.count, line.minutes, line.people
    near_count, near_minutes, near_unit, _ = near
    node, access, stations, pair_minutes = places.node, places.access, places.stations, pairs.minutes
    alarm, within = rules.alarm, rules.guards_within + SLACK
    for p in some:
        r, n, start, last = row[p], node[p], alarm + access[p], within - access[p]
        mine, pair, bring = -1, np.inf, 0
        if p < stations and own[p] >= 0:
            mine = own[p]
            if size[p] >= 0:
                pair, bring = pair_minutes[p], extra[mine]
        i, j, teams, others, now = 0, 0, 0, 0, -np.inf
        if not early[n]:
            while j < near_count[n]:
                if near_unit[n, j] != mine and near_minutes[n, j] <= last:
                    others += people[near_unit[n, j]]
                j += 1
        while teams + others < need:
            while j < near_count[n] and near_unit[n, j] == mine:
                j += 1
            team = start + minutes[d, r, i] if i < count[d, r] else np.inf
            guard = start + near_minutes[n, j] if j < near_count[n] and near_minutes[n, j] <= last else np.inf
            now = min(team, guard, pair)
            if now == np.inf:
                break
            if pair == now:
                others += bring
                pair = np.inf
            elif team == now:
                teams = brought[d, r, i]
                i += 1
            else:
                others += people[near_unit[n, j]]
                j += 1
        out[p] = now


@compiled
def _add_own(
    places: Places, row: Ints, size: Ints, alarm: float, pair: Floats, met: Met, base: Floats, out: Floats
) -> None:
    """Set when teams and the pair of each station's own post have met a demand there.

    Args:
        places: The places.
        row: Row of each place.
        size: (stations) which of the sizes of ``met.less`` its pair has; below 0 when none counts.
        alarm: Mean alarm handling, minutes.
        pair: (stations) when the pair is there.
        met: When teams alone have met the demand.
        base: (places) the same in minutes from now.
        out: (places) minutes.
    """
    less, access = met.less, places.access
    out[:] = base
    for s in range(places.stations):
        if pair[s] < base[s] and size[s] >= 0:
            out[s] = min(base[s], max(pair[s], alarm + access[s] + less[row[s], size[s]]))


@compiled
def _add_guards(
    d: int, places: Places, row: Ints, own: Ints, size: Ints, extra: Ints, need: int, people: Ints, rules: Rules,
    pairs: Pairs, line: Teams, near: Guards, early: Flags, met: Met, out: Floats,
) -> None:  # fmt: skip
    """Set when teams, guards near by and the pair of each station's own post have met a demand there.

    A pair that counts among the guards near by, and is there before they have met it, changes nothing. All of them are
    asked one by one where some are too far from the place itself, or where one is the pair and must not count.

    Args:
        d: The demand.
        places: The places.
        row: Row of each place.
        own: (stations) the pair of its post; below 0 for none.
        size: (stations) which of the sizes of ``met.less`` it has; below 0 when it does not count.
        extra: (units) what it brings; 0 when it does not count.
        need: What is asked for.
        people: (units) what guards of other posts bring; 0: not sent.
        rules: How far they go.
        pairs: When the pairs are there.
        line: The teams.
        near: The guards.
        early: (nodes) whether they are sorted.
        met: When teams and guards near by have met the demand.
        out: (places) minutes.
    """
    whole, less = met
    node, accesses, stations = places.node, places.access, places.stations
    near_count, near_last, pair_minutes, ordered = near.count, near.last, pairs.minutes, pairs.ordered
    alarm, within = rules.alarm, rules.guards_within + SLACK
    some, count = np.empty(len(row), dtype=np.int64), 0
    for p in range(len(row)):
        r, n, last, start = row[p], node[p], within - accesses[p], alarm + accesses[p]
        apart = near_count[n] and whole[r] > last and near_last[n] > last
        if p < stations and own[p] >= 0 and size[p] < 0 and people[own[p]] > 0 and ordered[p] <= whole[r]:
            apart = True
        if apart:
            some[count] = p
            count += 1
            continue
        pair = pair_minutes[p] if p < stations and size[p] >= 0 else np.inf
        out[p] = start + whole[r]
        if pair < out[p] and not (people[own[p]] > 0 and ordered[p] <= last and ordered[p] < whole[r]):
            out[p] = min(out[p], max(pair, start + less[r, size[p]]))
    _one_by_one(d, some[:count], places, row, own, size, extra, need, people, rules, pairs, line, near, early, out)


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
    base, each = np.zeros((kinds, len(places.node))), np.zeros((kinds, len(places.node)))
    numbers = np.arange(len(units.ready))
    teams, guards = numbers[~units.is_guard], numbers[units.is_guard]
    gives = np.zeros((kinds, len(teams)), dtype=np.int64)
    sent, extra = np.zeros((kinds, len(numbers)), dtype=np.int64), np.zeros((kinds, len(numbers)), dtype=np.int64)
    for d in range(kinds):
        of, may = units.people[demands.kind[d]], rules.may[demands.severity[d]]
        gives[d] = (of * may)[teams]
        sent[d] = of * may * units.is_guard
        extra[d] = of * units.is_guard * demands.with_own[d]
    sizes = np.array([k for k in np.unique(extra) if k > 0], dtype=np.int64)
    size = np.full((kinds, places.stations), -1)
    for d in range(kinds):
        for s in range(places.stations):
            if units.own[s] >= 0 and extra[d, units.own[s]] > 0:
                size[d, s] = np.searchsorted(sizes, extra[d, units.own[s]])
    held = rules.held[demands.severity]
    rows = nodes + len(teams)
    order = np.empty((rows, len(teams)), dtype=np.int64)
    order[:] = np.arange(len(teams))
    line = Teams(
        order, np.zeros((kinds, rows), dtype=np.int64), np.zeros((kinds, rows, len(teams))),
        np.zeros((kinds, rows, len(teams)), dtype=np.int64), np.zeros((kinds, rows)),
    )  # fmt: skip
    room = (nodes, len(guards) if sent.any() else 0)
    near = Guards(np.zeros(nodes, dtype=np.int64), np.empty(room), np.empty(room, dtype=np.int64), np.zeros(nodes))
    within = rules.guards_within + SLACK
    near_by = around(np.unique(units.vehicle[guards]), travel, within if sent.any() else -1.0)
    wanted = np.zeros(nodes, dtype=np.bool_)
    wanted[places.node] = True
    arrive, latest = np.empty((rows, len(teams))), np.empty(nodes)
    early, sum_near = np.zeros((kinds, nodes), dtype=np.bool_), np.zeros(nodes, dtype=np.int64)
    whole, less = np.empty((kinds, rows)), np.empty((kinds, rows, len(sizes)))
    row, stations = places.node.copy(), np.empty(len(teams), dtype=np.int64)
    pairs = Pairs(np.empty(places.stations), np.empty(places.stations))
    used = used_node = np.flatnonzero(wanted)
    for t in range(moments):
        anew = t == 0 or moved(teams, t, where)
        if anew:
            beside = stations[: occupied(t, teams, where, places, nodes, row, stations)]
            arrivals(teams, t, where, units, travel, places, beside, arrive)
            used = np.concatenate((np.flatnonzero(wanted), nodes + np.arange(len(beside))))
            used_node = np.concatenate((np.flatnonzero(wanted), places.node[beside]))
            line_up(used, arrive, gives, units.is_reserve[teams], held, demands.need, line)
            latest[:] = 0.0
            for d in range(kinds):
                if sent[d].any():
                    latest[:] = np.minimum(within, np.maximum(latest, line.met[d, :nodes]))
        if sent.any():
            gather(t, guards, where, units, travel, near_by, latest, near)
        _own(t, places, where, units, rules, travel, pairs)
        for d in range(kinds):
            need, met = demands.need[d], Met(whole[d], less[d])
            if sent[d].any():
                biggest = extra[d].max()
                _sort_where_it_matters(
                    d, used, used_node, need, biggest, sent[d], line, near, early[d], sum_near
                )  # fmt: skip
                _together(d, used, used_node, need, sizes, sent[d], line, near, early[d], sum_near, met)
                _add_guards(
                    d, places, row, units.own, size[d], extra[d], need, sent[d], rules, pairs, line, near, early[d],
                    met, each[d],
                )  # fmt: skip
            else:
                if anew:
                    _alone(d, used, need, sizes, line, met)
                    base[d] = rules.alarm + places.access + whole[d][row]
                if anew or demands.with_own[d]:
                    _add_own(places, row, size[d], rules.alarm, pairs.minutes, met, base[d], each[d])
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
