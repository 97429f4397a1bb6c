"""When teams, guards near by and the pair of a place's own post have together brought what is asked for: compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.compiled import compiled, part_of_compiled
from sim.coverage.guards import Guards, sort
from sim.coverage.inputs import SLACK, Flags, Floats, Ints, Places, Rules
from sim.coverage.pairs import Pairs
from sim.coverage.teams import Teams


class Met(NamedTuple):
    """When teams and guards of other posts have met a demand at each row, from the order on, without the access.

    Attributes:
        whole: (rows) the whole of it; infinite for never.
        less: (rows, sizes) what is left of it when the post's own pair, of one of some sizes, is there.
    """

    whole: Floats
    less: Floats


class Own(NamedTuple):
    """The pair of each station's own post, as far as a demand counts it.

    Attributes:
        unit: (stations) which unit it is; below 0 for none.
        brings: (stations) what it brings; 0 when it does not count.
        size: (stations) which of the sizes of :attr:`Met.less` that is; below 0 when it does not count.
    """

    unit: Ints
    brings: Ints
    size: Ints


class Crowd(NamedTuple):
    """What guards near each node are together, for a demand.

    Attributes:
        total: (nodes) what they bring.
        early: (nodes) whether the demand may be met before the last of them is there: then they are sorted, and their
            order matters. Elsewhere only their number does.
    """

    total: Ints
    early: Flags


@compiled
def weigh(
    w: int, rows: Ints, node: Ints, need: int, sizes: Ints, people: Ints, line: Teams, near: Guards, crowd: Crowd
) -> None:
    """Find out where the order of guards matters, and sort them there.

    Args:
        w: The line of the demand.
        rows: Rows that a place has.
        node: Node of each of them.
        need: What is asked for.
        sizes: What pairs of a place's own post may bring, in order.
        people: (units) what guards of other posts bring; 0: not sent.
        line: The teams.
        near: The guards.
        crowd: What is filled.
    """
    total, early = crowd
    many, minutes, brought = line.many[w], line.minutes[w], line.people[w]
    near_many, near_minutes, near_unit, near_last = near
    most = sizes[-1] if len(sizes) else 0
    total[:] = 0
    early[:] = False
    for n in range(len(total)):
        for j in range(near_many[n]):
            total[n] += people[near_unit[n, j]]
    for m in range(len(rows)):
        r, n, teams, i = rows[m], node[m], 0, 0
        if total[n] == 0 or early[n]:
            continue
        while i < many[r] and minutes[r, i] <= near_last[n]:
            teams = brought[r, i]
            i += 1
        if teams + total[n] + most >= need:
            early[n] = True
            sort(n, near_many, near_minutes, near_unit)


@compiled
def late(
    w: int, rows: Ints, node: Ints, these: Flags, need: int, sizes: Ints, line: Teams, crowd: Crowd, met: Met
) -> None:
    """Set when a demand is met at every row at which all guards are there before, and what the own pair may leave.

    Args:
        w: The line of the demand.
        rows: Rows that a place has.
        node: Node of each of them.
        these: (rows) which of them; the others stay as they were.
        need: What is asked for.
        sizes: What pairs of a place's own post may bring.
        line: The teams.
        crowd: The guards near each node.
        met: What is filled.
    """
    whole, less = met
    total, early = crowd
    many, minutes, brought = line.many[w], line.minutes[w], line.people[w]
    for m in range(len(rows)):
        r = rows[m]
        if early[node[m]] or not these[r]:
            continue
        missing, i = need - total[node[m]], 0
        for k in range(len(sizes) - 1, -1, -1):
            while i < many[r] and brought[r, i] < missing - sizes[k]:
                i += 1
            when = minutes[r, i] if i < many[r] else np.inf
            less[r, k] = when if missing > sizes[k] else -np.inf
        while i < many[r] and brought[r, i] < missing:
            i += 1
        whole[r] = minutes[r, i] if i < many[r] else np.inf


@part_of_compiled
def _reached(
    r: int, n: int, need: int, sizes: Ints, people: Ints, many: Ints, minutes: Floats, brought: Ints,
    near_many: Ints, near_minutes: Floats, near_unit: Ints, less: Floats,
) -> float:  # fmt: skip
    """Return when teams of a row and guards of a row have brought what is asked for; infinite for never.

    Args:
        r: Row of the teams.
        n: Row of the guards, which are in order.
        need: What is asked for.
        sizes: How much of it may be missing for the last argument, in order.
        people: (units) what guards bring.
        many: (rows) as in :class:`~sim.coverage.teams.Teams`, of one line, like the next two.
        minutes: (rows, most) likewise.
        brought: (rows, most) likewise, their ``people``.
        near_many: As in :class:`~sim.coverage.guards.Guards`, like the next two.
        near_minutes: Likewise.
        near_unit: Likewise.
        less: (rows, sizes) set to when all but so much has been brought; minus infinite where that asks for nothing.
    """
    i, j, both, guards, now, k = 0, 0, 0, 0, -np.inf, len(sizes) - 1
    while True:
        while k >= 0 and both >= need - sizes[k]:
            less[r, k] = now
            k -= 1
        if both >= need:
            return now
        team = minutes[r, i] if i < many[r] else np.inf
        guard = near_minutes[n, j] if j < near_many[n] else np.inf
        now = min(team, guard)
        if now == np.inf:
            break
        if team <= guard:
            both = brought[r, i] + guards
            i += 1
        else:
            both += people[near_unit[n, j]]
            guards += people[near_unit[n, j]]
            j += 1
    while k >= 0:
        less[r, k] = np.inf
        k -= 1
    return np.inf


@compiled
def soon(
    w: int, rows: Ints, node: Ints, need: int, sizes: Ints, people: Ints, line: Teams, near: Guards, crowd: Crowd,
    met: Met,
) -> None:  # fmt: skip
    """Set the same at the other rows, where teams and guards are asked one by one.

    Args:
        w: The line of the demand.
        rows: Rows that a place has.
        node: Node of each of them.
        need: What is asked for.
        sizes: What pairs of a place's own post may bring, in order.
        people: (units) what guards of other posts bring; 0: not sent.
        line: The teams.
        near: The guards.
        crowd: The guards near each node.
        met: What is filled.
    """
    whole, less = met
    early, many, minutes, brought = crowd.early, line.many[w], line.minutes[w], line.people[w]
    near_many, near_minutes, near_unit, _ = near
    for m in range(len(rows)):
        r, n = rows[m], node[m]
        if early[n]:
            whole[r] = _reached(
                r, n, need, sizes, people, many, minutes, brought, near_many, near_minutes, near_unit, less
            )


@compiled
def add_own(
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
        out: (places) raised to that.
    """
    less, access = met.less, places.access
    for p in range(len(base)):
        when = base[p]
        if p < places.stations and pair[p] < when and size[p] >= 0:
            when = min(when, max(pair[p], alarm + access[p] + less[row[p], size[p]]))
        out[p] = max(out[p], when)


@compiled
def _apart(
    places: Places, row: Ints, own: Own, people: Ints, rules: Rules, pairs: Pairs, near: Guards, met: Met
) -> Ints:
    """Return the places where not all guards near the node count: some too far from the place itself, or its own pair.

    Where the demand is met before those would be there, nothing hangs on them.
    """
    whole, near_many, near_last, ordered = met.whole, near.many, near.last, pairs.ordered
    node, access, unit, size, stations = places.node, places.access, own.unit, own.size, places.stations
    within = rules.guards_within + SLACK
    found, count = np.empty(len(row), dtype=np.int64), 0
    for p in range(len(row)):
        last, n = within - access[p], node[p]
        apart = near_many[n] > 0 and whole[row[p]] > last and near_last[n] > last
        if p < stations and unit[p] >= 0 and size[p] < 0:
            apart = apart or (people[unit[p]] > 0 and ordered[p] <= whole[row[p]])
        if apart:
            found[count] = p
            count += 1
    return found[:count]


@compiled
def _few(
    w: int, some: Ints, places: Places, row: Ints, own: Own, need: int, people: Ints, rules: Rules, pairs: Pairs,
    line: Teams, near: Guards, crowd: Crowd, when: Floats,
) -> None:  # fmt: skip
    """Set when a demand is met at those of some places where all guards that count are there before."""
    many, minutes, brought = line.many, line.minutes, line.people
    near_many, near_minutes, near_unit, _ = near
    unit, brings, size = own
    node, access, stations, pair = places.node, places.access, places.stations, pairs.minutes
    for p in some:
        r, n, start, i = row[p], node[p], rules.alarm + access[p], 0
        if crowd.early[n]:
            continue
        mine, missing = unit[p] if p < stations else -1, need
        for j in range(near_many[n]):
            counts = near_unit[n, j] != mine and near_minutes[n, j] <= rules.guards_within + SLACK - access[p]
            missing -= people[near_unit[n, j]] * counts
        if mine >= 0 and size[p] >= 0:
            while i < many[w, r] and brought[w, r, i] < missing - brings[p]:
                i += 1
            rest = start + minutes[w, r, i] if i < many[w, r] else np.inf
            when[p] = max(pair[p], rest if missing > brings[p] else -np.inf)
        else:
            when[p] = np.inf
        while i < many[w, r] and brought[w, r, i] < missing:
            i += 1
        when[p] = min(when[p], start + minutes[w, r, i] if i < many[w, r] else np.inf)


@compiled
def _one_by_one(
    w: int, some: Ints, places: Places, row: Ints, own: Own, need: int, people: Ints, rules: Rules, pairs: Pairs,
    line: Teams, near: Guards, crowd: Crowd, when: Floats,
) -> None:  # fmt: skip
    """Set when a demand is met at the others of these places, with only the guards that count."""
    many, minutes, brought = line.many, line.minutes, line.people
    near_many, near_minutes, near_unit, _ = near
    unit, brings, size = own
    node, access, stations, pair = places.node, places.access, places.stations, pairs.minutes
    room, extra, less = len(near_many) - 1, np.zeros(1, dtype=np.int64), np.empty((len(many[w]), 1))
    for p in some:
        r, n, start, k = row[p], node[p], rules.alarm + access[p], 0
        if not crowd.early[n]:
            continue
        mine = unit[p] if p < stations else -1
        for j in range(near_many[n]):
            if near_unit[n, j] != mine and near_minutes[n, j] <= rules.guards_within + SLACK - access[p]:
                near_minutes[room, k], near_unit[room, k] = near_minutes[n, j], near_unit[n, j]
                k += 1
        extra[0] = brings[p] if mine >= 0 and size[p] >= 0 else 0
        near_many[room] = k
        whole = _reached(
            r, room, need, extra, people, many[w], minutes[w], brought[w], near_many, near_minutes, near_unit, less
        )
        when[p] = start + whole
        if extra[0] > 0:
            when[p] = min(when[p], max(pair[p], start + less[r, 0]))


@compiled
def add_guards(
    w: int, places: Places, row: Ints, own: Own, need: int, people: Ints, rules: Rules, pairs: Pairs, line: Teams,
    near: Guards, crowd: Crowd, met: Met, out: Floats,
) -> None:  # fmt: skip
    """Set when teams, guards near by and the pair of each station's own post have met a demand there.

    A pair that is one of the guards near by, and is there before they have met the demand, adds nothing to it.

    Args:
        w: The line of the demand.
        places: The places.
        row: Row of each place.
        own: The pair of its post.
        need: What is asked for.
        people: (units) what guards of other posts bring; 0: not sent.
        rules: How far they go.
        pairs: When the pairs are there.
        line: The teams.
        near: The guards.
        crowd: What those near each node are together.
        met: When teams and guards near by have met the demand.
        out: (places) raised to that.
    """
    whole, less = met
    when = np.empty(len(row))
    access, minutes, ordered, unit, size = places.access, pairs.minutes, pairs.ordered, own.unit, own.size
    alarm, within = rules.alarm, rules.guards_within + SLACK
    for p in range(len(row)):
        when[p] = alarm + access[p] + whole[row[p]]
    for s in range(places.stations):
        if size[s] >= 0 and minutes[s] < when[s]:
            listed = people[unit[s]] > 0 and ordered[s] <= within - access[s]
            if not listed or ordered[s] >= whole[row[s]]:
                when[s] = min(when[s], max(minutes[s], alarm + access[s] + less[row[s], size[s]]))
    some = _apart(places, row, own, people, rules, pairs, near, met)
    _few(w, some, places, row, own, need, people, rules, pairs, line, near, crowd, when)
    _one_by_one(w, some, places, row, own, need, people, rules, pairs, line, near, crowd, when)
    for p in range(len(row)):
        out[p] = max(out[p], when[p])
