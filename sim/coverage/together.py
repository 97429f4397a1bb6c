"""When teams, guards near by and the pair of a place's own post have together brought what is asked for: compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.compiled import compiled, part_of_compiled
from sim.coverage.guards import Guards
from sim.coverage.inputs import SLACK, Floats, Ints, Places, Rules
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


@compiled
def without_own(w: int, rows: Ints, need: int, sizes: Ints, line: Teams, less: Floats) -> None:
    """Set at every row that is stale when teams have brought what the own pair leaves of a demand.

    Args:
        w: The line of the demand.
        rows: Rows that a place has.
        need: What is asked for.
        sizes: What pairs of a place's own post may bring, in order.
        line: The teams.
        less: (rows, sizes) what is filled, as in :class:`Met`.
    """
    many, minutes, brought, stale = line.many[w], line.minutes[w], line.people[w], line.stale[w]
    for r in rows:
        if stale[r]:
            i = 0
            for k in range(len(sizes) - 1, -1, -1):
                while i < many[r] and brought[r, i] < need - sizes[k]:
                    i += 1
                when = minutes[r, i] if i < many[r] else np.inf
                less[r, k] = when if need > sizes[k] else -np.inf


@part_of_compiled
def _reached(
    r: int, n: int, need: int, sizes: Ints, many: Ints, minutes: Floats, brought: Ints, near_many: Ints,
    near_minutes: Floats, near_people: Ints, less: Floats,
) -> float:  # fmt: skip
    """Return when teams of a row and guards of a row have brought what is asked for; infinite for never.

    Args:
        r: Row of the teams.
        n: Row of the guards.
        need: What is asked for.
        sizes: How much of it may be missing for the last argument, in order.
        many: (rows) as in :class:`~sim.coverage.teams.Teams`, of one line, like the next two.
        minutes: (rows, most) likewise.
        brought: (rows, most) likewise, their ``people``.
        near_many: As in :class:`~sim.coverage.guards.Guards`, like the next two.
        near_minutes: Likewise.
        near_people: Likewise.
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
            both += near_people[n, j]
            guards += near_people[n, j]
            j += 1
    while k >= 0:
        less[r, k] = np.inf
        k -= 1
    return np.inf


@compiled
def with_guards(
    w: int, some: Ints, row: Ints, node: Ints, need: int, sizes: Ints, line: Teams, near: Guards, met: Met
) -> None:
    """Set when teams and guards near by have met a demand at the rows of some places, and what the own pair may leave.

    Args:
        w: The line of the demand.
        some: The places.
        row: Row of each of all places.
        node: Node of each of all places.
        need: What is asked for.
        sizes: What pairs of a place's own post may bring, in order.
        line: The teams.
        near: The guards.
        met: What is filled.
    """
    whole, less = met
    many, minutes, brought = line.many[w], line.minutes[w], line.people[w]
    known = np.zeros(len(many), dtype=np.bool_)
    for p in some:
        r, n = row[p], node[p]
        if not known[r]:
            known[r] = True
            whole[r] = _reached(r, n, need, sizes, many, minutes, brought, near.many, near.minutes, near.people, less)


@compiled
def add_own(
    some: Ints, places: Places, row: Ints, size: Ints, alarm: float, pair: Floats, whole: Floats, less: Floats,
    out: Floats,
) -> None:  # fmt: skip
    """Set when teams and the pair of each station's own post have met a demand there.

    Args:
        some: The stations that are asked about; each has such a pair that counts.
        places: The places.
        row: Row of each place.
        size: (stations) which of the sizes of :attr:`Met.less` its pair has.
        alarm: Mean alarm handling, minutes.
        pair: (stations) when the pair is there.
        whole: (rows) when teams alone have met the demand, as in :class:`Met`.
        less: (rows, sizes) likewise.
        out: (places) raised to that.
    """
    access = places.access
    for s in some:
        when = alarm + access[s] + whole[row[s]]
        if pair[s] < when:
            when = min(when, max(pair[s], alarm + access[s] + less[row[s], size[s]]))
        out[s] = max(out[s], when)


@compiled
def _apart(
    some: Ints, places: Places, row: Ints, own: Own, people: Ints, within: float, ordered: Floats, near: Guards,
    whole: Floats,
) -> Ints:  # fmt: skip
    """Return those of some places where not all guards near the node count: too far from the place, or its own pair.

    Where the demand is met before those would be there, nothing hangs on them.
    """
    node, access, unit, size, stations = places.node, places.access, own.unit, own.size, places.stations
    found, count = np.empty(len(some), dtype=np.int64), 0
    for p in some:
        last, n = within - access[p], node[p]
        apart = whole[row[p]] > last and near.many[n] > 0 and near.minutes[n, near.many[n] - 1] > last
        if p < stations and unit[p] >= 0 and size[p] < 0:
            apart = apart or (people[unit[p]] > 0 and ordered[p] <= whole[row[p]])
        if apart:
            found[count] = p
            count += 1
    return found[:count]


@compiled
def _one_by_one(
    w: int, some: Ints, places: Places, row: Ints, own: Own, need: int, rules: Rules, pair: Floats, line: Teams,
    near: Guards, when: Floats,
) -> None:  # fmt: skip
    """Set when a demand is met at some places with only the guards that count there."""
    many, minutes, brought = line.many[w], line.minutes[w], line.people[w]
    near_many, near_minutes, near_people, near_unit = near
    room, extra, less = len(near_many) - 1, np.zeros(1, dtype=np.int64), np.empty((len(many), 1))
    for p in some:
        r, n, start, k = row[p], places.node[p], rules.alarm + places.access[p], 0
        mine, last = own.unit[p] if p < places.stations else -1, rules.guards_within + SLACK - places.access[p]
        for j in range(near_many[n]):
            near_minutes[room, k], near_people[room, k] = near_minutes[n, j], near_people[n, j]
            k += (near_unit[n, j] != mine) & (near_minutes[n, j] <= last)
        near_many[room] = k
        extra[0] = own.brings[p] if mine >= 0 and own.size[p] >= 0 else 0
        whole = _reached(r, room, need, extra, many, minutes, brought, near_many, near_minutes, near_people, less)
        when[p] = start + whole
        if extra[0] > 0:
            when[p] = min(when[p], max(pair[p], start + less[r, 0]))


@compiled
def add_guards(
    w: int, there: Ints, places: Places, row: Ints, own: Own, need: int, people: Ints, rules: Rules, pairs: Pairs,
    line: Teams, near: Guards, met: Met, out: Floats,
) -> None:  # fmt: skip
    """Set when teams, guards near by and the pair of each station's own post have met a demand there.

    A pair that is one of the guards near by, and is there before they have met the demand, adds nothing to it.

    Args:
        w: The line of the demand.
        there: The places that are asked about.
        places: All places.
        row: Row of each.
        own: The pair of its post.
        need: What is asked for.
        people: (units) what guards of other posts bring; 0: not sent.
        rules: How far they go.
        pairs: When the pairs are there.
        line: The teams.
        near: The guards.
        met: When teams and guards near by have met the demand.
        out: (places) raised to that.
    """
    whole, less = met
    when = np.empty(len(row))
    access, minutes, ordered, unit, size = places.access, pairs.minutes, pairs.ordered, own.unit, own.size
    alarm, within = rules.alarm, rules.guards_within + SLACK
    for p in there:
        when[p] = alarm + access[p] + whole[row[p]]
        if p < places.stations and size[p] >= 0 and minutes[p] < when[p]:
            listed = people[unit[p]] > 0 and ordered[p] <= within - access[p]
            if not listed or ordered[p] >= whole[row[p]]:
                when[p] = min(when[p], max(minutes[p], alarm + access[p] + less[row[p], size[p]]))
    some = _apart(there, places, row, own, people, within, ordered, near, whole)
    _one_by_one(w, some, places, row, own, need, rules, minutes, line, near, when)
    for p in there:
        out[p] = max(out[p], when[p])
