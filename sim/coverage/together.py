"""When teams, guards near by and the pair of a place's own post have together brought what is asked for: compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.compiled import compiled
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
def alone(d: int, rows: Ints, need: int, sizes: Ints, line: Teams, met: Met) -> None:
    """Set when teams alone have met a demand at every row, and what the pair of the post may leave of it.

    Args:
        d: The demand.
        rows: Rows that a place has.
        need: What is asked for.
        sizes: What pairs of a place's own post may bring.
        line: The teams.
        met: What is filled.
    """
    whole, less = met
    many, minutes, brought, whole_alone = line.many, line.minutes, line.people, line.met
    for r in rows:
        whole[r] = whole_alone[d, r]
        for k in range(len(sizes)):
            wanted, i = need - sizes[k], 0
            while i < many[d, r] and brought[d, r, i] < wanted:
                i += 1
            less[r, k] = -np.inf if wanted <= 0 else minutes[d, r, i] if i < many[d, r] else np.inf


@compiled
def _reached(
    d: int, r: int, n: int, wanted: int, people: Ints, many: Ints, minutes: Floats, brought: Ints, near_many: Ints,
    near_minutes: Floats, near_unit: Ints,
) -> float:  # fmt: skip
    """Return when teams of a row and guards of a row have together brought so many people; infinite for never.

    Args:
        d: The demand.
        r: Row of the teams.
        n: Row of the guards.
        wanted: How many people.
        people: (units) what guards bring.
        many: As in :class:`~sim.coverage.teams.Teams`, like the next two.
        minutes: Likewise.
        brought: Likewise, their ``people``.
        near_many: As in :class:`~sim.coverage.guards.Guards`, like the next two.
        near_minutes: Likewise.
        near_unit: Likewise.
    """
    i, j, teams, guards, now = 0, 0, 0, 0, -np.inf
    while teams + guards < wanted:
        team = minutes[d, r, i] if i < many[d, r] else np.inf
        guard = near_minutes[n, j] if j < near_many[n] else np.inf
        now = min(team, guard)
        if now == np.inf:
            break
        if team <= guard:
            teams = brought[d, r, i]
            i += 1
        else:
            guards += people[near_unit[n, j]]
            j += 1
    return now


@compiled
def together(
    d: int, rows: Ints, node: Ints, need: int, sizes: Ints, people: Ints, line: Teams, near: Guards, met: Met
) -> None:
    """Set when teams and guards near by have met a demand at every row, and what the pair of the post may leave of it.

    Args:
        d: The demand.
        rows: Rows that a place has.
        node: Node of each of them.
        need: What is asked for.
        sizes: What pairs of a place's own post may bring.
        people: (units) what guards of other posts bring; 0: not sent.
        line: The teams.
        near: The guards.
        met: What is filled.
    """
    whole, less = met
    _, many, minutes, brought, whole_alone = line
    near_many, near_minutes, near_unit, _ = near
    for m in range(len(rows)):
        r, n = rows[m], node[m]
        whole[r] = whole_alone[d, r]
        if near_many[n]:
            whole[r] = _reached(
                d, r, n, need, people, many, minutes, brought, near_many, near_minutes, near_unit
            )  # fmt: skip
        for k in range(len(sizes)):
            less[r, k] = _reached(
                d, r, n, need - sizes[k], people, many, minutes, brought, near_many, near_minutes, near_unit
            )  # fmt: skip


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
        out: (places) minutes.
    """
    less, access = met.less, places.access
    out[:] = base
    for s in range(places.stations):
        if pair[s] < base[s] and size[s] >= 0:
            out[s] = min(base[s], max(pair[s], alarm + access[s] + less[row[s], size[s]]))


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
def _one_by_one(
    d: int, some: Ints, places: Places, row: Ints, own: Own, need: int, people: Ints, rules: Rules, pairs: Pairs,
    line: Teams, near: Guards, out: Floats,
) -> None:  # fmt: skip
    """Set when teams, the guards that are near enough to each of some places, and its own pair have met a demand."""
    _, many, minutes, brought, _ = line
    near_many, near_minutes, near_unit, _ = near
    unit, brings, size = own
    node, access, stations, pair_minutes = places.node, places.access, places.stations, pairs.minutes
    alarm, within, room = rules.alarm, rules.guards_within + SLACK, len(near_many) - 1
    for p in some:
        r, n, k, mine = row[p], node[p], 0, unit[p] if p < stations else -1
        for j in range(near_many[n]):
            if near_unit[n, j] != mine and near_minutes[n, j] <= within - access[p]:
                near_minutes[room, k], near_unit[room, k] = near_minutes[n, j], near_unit[n, j]
                k += 1
        near_many[room] = k
        out[p] = alarm + access[p] + _reached(
            d, r, room, need, people, many, minutes, brought, near_many, near_minutes, near_unit
        )  # fmt: skip
        if mine >= 0 and size[p] >= 0 and pair_minutes[p] < out[p]:
            rest = alarm + access[p] + _reached(
                d, r, room, need - brings[p], people, many, minutes, brought, near_many, near_minutes, near_unit
            )  # fmt: skip
            out[p] = min(out[p], max(pair_minutes[p], rest))


@compiled
def add_guards(
    d: int, places: Places, row: Ints, own: Own, need: int, people: Ints, rules: Rules, pairs: Pairs, line: Teams,
    near: Guards, met: Met, out: Floats,
) -> None:  # fmt: skip
    """Set when teams, guards near by and the pair of each station's own post have met a demand there.

    A pair that is one of the guards near by, and is there before they have met the demand, adds nothing to it.

    Args:
        d: The demand.
        places: The places.
        row: Row of each place.
        own: The pair of its post.
        need: What is asked for.
        people: (units) what guards of other posts bring; 0: not sent.
        rules: How far they go.
        pairs: When the pairs are there.
        line: The teams.
        near: The guards.
        met: When teams and guards near by have met the demand.
        out: (places) minutes.
    """
    whole, less = met
    access, minutes, ordered, unit, size = places.access, pairs.minutes, pairs.ordered, own.unit, own.size
    alarm, within = rules.alarm, rules.guards_within + SLACK
    for p in range(len(row)):
        out[p] = alarm + access[p] + whole[row[p]]
    for s in range(places.stations):
        if size[s] >= 0 and minutes[s] < out[s]:
            listed = people[unit[s]] > 0 and ordered[s] <= within - access[s]
            if not listed or ordered[s] >= whole[row[s]]:
                out[s] = min(out[s], max(minutes[s], alarm + access[s] + less[row[s], size[s]]))
    some = _apart(places, row, own, people, rules, pairs, near, met)
    _one_by_one(d, some, places, row, own, need, people, rules, pairs, line, near, out)
