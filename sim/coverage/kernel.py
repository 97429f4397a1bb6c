"""How soon free units could bring a force to every place, at many moments: compiled.

The order in which units get to a place is that in which they get to its node: a place adds its access to all of them.
So units are lined up once a node, and only until they have brought what is asked for; each place then asks what the
pair of its own post adds. A moment at which no team has moved keeps what teams were found to do at the moment before.
A function that is called for each place or node takes few arrays, as each costs time to hand over.
"""

from __future__ import annotations

import numpy as np

from sim.compiled import compiled
from sim.coverage.asked import Asked, Lines
from sim.coverage.guards import Guards, Unsorted, around, gather, last_that_matter, nothing_around, put_in_order
from sim.coverage.inputs import SLACK, Floats, Ints, Places, Rules, Units, Whereabouts
from sim.coverage.pairs import Pairs, own_minutes
from sim.coverage.teams import Teams, line_up, move, note_moved, stand
from sim.coverage.together import Met, Own, add_guards, add_own, with_guards, without_own


@compiled
def _without_guards(
    asked: Asked, places: Places, row: Ints, alarm: float, met: Floats, fixed: Floats, hanging: Ints
) -> Ints:
    """Set when each force is there but for what guards bring, and where they can make a difference, until a team moves.

    They make none where teams alone have met the demand before the rest of the force is there: guards and teams
    together have met it no later. Nor does a place hang on the pair of its own post that has none.

    Args:
        asked: What is asked for.
        places: The places.
        row: Row of each.
        alarm: Mean alarm handling, minutes.
        met: (lines, rows) when teams alone have met each demand.
        fixed: (forces, places) what is filled.
        hanging: (demands, places) set to the places where the force hangs on what guards bring to each demand.

    Returns:
        How many these are for each demand.
    """
    access, slowest = places.access, np.full((len(fixed), met.shape[1]), -np.inf)
    many = np.zeros(len(asked.need), dtype=np.int64)
    for d in range(len(many)):
        if not (asked.with_guards[d] or asked.with_pairs[d]):
            f, by_teams = asked.force[d], met[asked.line[d]]
            for r in range(len(by_teams)):
                slowest[f, r] = max(slowest[f, r], by_teams[r])
    for f in range(len(fixed)):
        for p in range(len(row)):
            fixed[f, p] = max(0.0, alarm + access[p] + slowest[f, row[p]])
    for d in range(len(many)):
        if asked.with_guards[d] or asked.with_pairs[d]:
            force, by_teams, own = fixed[asked.force[d]], met[asked.line[d]], asked.size[d]
            count = 0
            for p in range(len(row)):
                when = alarm + access[p] + by_teams[row[p]]
                hangs = asked.with_guards[d] or (p < places.stations and own[p] >= 0)
                hanging[d, count] = p
                count += hangs and when > force[p]
                force[p] = force[p] if hangs else max(force[p], when)
            many[d] = count
    return many


@compiled
def potential_minutes(
    places: Places, where: Whereabouts, units: Units, asked: Asked, lines: Lines, rules: Rules,
    travel: Floats, nodes: Ints, line: Teams, unsorted: Unsorted, near: Guards, found: Floats,
) -> None:  # fmt: skip
    """Set when each force would be at each place, were it called at a moment: minutes, infinite for never.

    Args:
        places: The places.
        where: Where the units are, by time.
        units: What they are.
        asked: What each brings to each demand.
        lines: What teams are lined up for.
        rules: Who may be sent.
        travel: (vehicles, nodes, nodes) minutes on the open roads.
        nodes: Nodes at which a place is.
        line: Room for the teams.
        unsorted: Room for the guards in no order.
        near: Room for them in the order of arrival.
        found: (forces, moments, places) what is filled.
    """
    teams, sent, sizes, brings, size = asked.teams, asked.sent, asked.sizes, asked.brings, asked.size
    kinds, count, rows, within = len(asked.need), len(nodes), len(line.arrive), rules.guards_within + SLACK
    fixed, hanging = np.zeros((len(found), len(places.node))), np.empty((kinds, len(places.node) + 1), dtype=np.int64)
    many = np.zeros(kinds, dtype=np.int64)
    whole, less = np.empty((kinds, rows)), np.empty((kinds, rows, len(sizes)))
    row, some, node = places.node.copy(), np.empty(rows, dtype=np.int64), np.empty(rows, dtype=np.int64)
    some[:count], node[:count] = nodes, nodes
    pairs = Pairs(np.empty(places.stations), np.empty(places.stations))
    near_by, is_known, end, moved = nothing_around(), False, count, np.empty(len(units.vehicle), dtype=np.bool_)
    for t in range(found.shape[1]):
        note_moved(t, where, units, moved)
        if move(t, teams, moved, lines.gives, where, units, travel, line) or t == 0:
            end = count + stand(t, teams, where, units, places, row, some[count:], node[count:], line)
            line_up(some[:end], lines, where.kept[t][teams], line)
            for d in range(kinds):
                if asked.with_pairs[d] and not asked.with_guards[d]:
                    without_own(asked.line[d], some[:end], asked.need[d], sizes, line, less[d])
            many[:] = _without_guards(asked, places, row, rules.alarm, line.met, fixed, hanging)
        own_minutes(t, places, where, moved, units, rules, travel, pairs)
        for f in range(len(found)):
            found[f, t] = fixed[f]
        for d in range(kinds):
            w, need, out, there = asked.line[d], asked.need[d], found[asked.force[d], t], hanging[d, : many[d]]
            if len(there) > 0 and asked.with_guards[d]:
                if not is_known:  # mostly no place ever hangs on guards of other posts
                    near_by, is_known = around(asked.vehicles, travel, within), True
                met, own = Met(whole[d], less[d]), Own(units.own, brings[d], size[d])
                latest = last_that_matter(there, places, within, line.met[w, : travel.shape[1]])
                gather(t, asked.guards[sent[d][asked.guards] > 0], where, units, travel, near_by, latest, unsorted)
                put_in_order(unsorted, sent[d], near)
                with_guards(w, there, row, places.node, need, sizes, line, near, met)
                add_guards(w, there, places, row, own, need, sent[d], rules, pairs, line, near, met, out)
            elif len(there) > 0 and asked.with_pairs[d]:
                add_own(there, places, row, size[d], rules.alarm, pairs.minutes, line.met[w], less[d], out)
