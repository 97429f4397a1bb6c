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
from sim.coverage.guards import Around, Guards, gather
from sim.coverage.inputs import SLACK, Flags, Floats, Ints, Places, Rules, Units, Whereabouts
from sim.coverage.pairs import Pairs, own_minutes
from sim.coverage.teams import Teams, line_up, move, stand
from sim.coverage.together import Crowd, Met, Own, add_guards, add_own, late, soon, weigh


@compiled
def _latest(asked: Asked, line: Teams, within: float, latest: Floats) -> None:
    """Set from when on a guard does not matter at each node: teams alone have met every demand, or it is too far."""
    latest[:] = 0.0
    for d in range(len(asked.need)):
        if asked.with_guards[d]:
            for n in range(len(latest)):
                latest[n] = min(within, max(latest[n], line.met[asked.line[d], n]))


@compiled
def _rebase(places: Places, row: Ints, alarm: float, stale: Flags, whole: Floats, base: Floats) -> None:
    """Set when teams alone have met a demand at the places whose row is stale."""
    access = places.access
    for p in range(len(row)):
        if stale[row[p]]:
            base[p] = alarm + access[p] + whole[row[p]]


@compiled
def _without_pairs(asked: Asked, base: Floats, fixed: Floats) -> None:
    """Set when each force is there but for what guards bring: it stays so until a team moves."""
    fixed[:] = 0.0
    for d in range(len(base)):
        if not (asked.with_guards[d] or asked.with_pairs[d]):
            when, now = fixed[asked.force[d]], base[d]
            for p in range(len(now)):
                when[p] = max(when[p], now[p])


@compiled
def potential_minutes(
    places: Places, where: Whereabouts, moved: Flags, units: Units, asked: Asked, lines: Lines, rules: Rules,
    travel: Floats, near_by: Around, nodes: Ints, line: Teams, near: Guards, found: Floats,
) -> None:  # fmt: skip
    """Set when each force would be at each place, were it called at a moment: minutes, infinite for never.

    Args:
        places: The places.
        where: Where the units are.
        moved: (units, moments) which of them have moved since the moment before.
        units: What they are.
        asked: What each brings to each demand.
        lines: What teams are lined up for.
        rules: Who may be sent.
        travel: (vehicles, nodes, nodes) minutes on the open roads.
        near_by: The nodes around each.
        nodes: Nodes at which a place is.
        line: Room for the teams.
        near: Room for the guards.
        found: (forces, moments, places) what is filled.
    """
    teams, guards, sent, sizes, brings, size = (
        asked.teams, asked.guards, asked.sent, asked.sizes, asked.brings, asked.size
    )  # fmt: skip
    kinds, count, rows, latest = len(asked.need), len(nodes), len(line.arrive), np.empty(travel.shape[1])
    base, every = np.zeros((kinds, len(places.node))), np.ones(rows, dtype=np.bool_)
    fixed = np.zeros((len(found), len(places.node)))
    whole, less = np.empty((kinds, rows)), np.empty((kinds, rows, len(sizes)))
    total, early = np.zeros((2, len(latest)), dtype=np.int64), np.zeros((2, len(latest)), dtype=np.bool_)
    nobody, crowd = Crowd(total[0], early[0]), Crowd(total[1], early[1])
    row, some, node = places.node.copy(), np.empty(rows, dtype=np.int64), np.empty(rows, dtype=np.int64)
    some[:count], node[:count] = nodes, nodes
    pairs = Pairs(np.empty(places.stations), np.empty(places.stations))
    end = count
    for t in range(found.shape[1]):
        anew = move(t, teams, moved[:, t], lines.gives, where, units, travel, line) or t == 0
        if anew:
            end = count + stand(t, teams, where, units, places, row, some[count:], node[count:], line)
            line_up(some[:end], lines, where.kept[:, t][teams], line)
            _latest(asked, line, rules.guards_within + SLACK, latest)
            for d in range(kinds):
                if not asked.with_guards[d]:
                    w, met = asked.line[d], Met(whole[d], less[d])
                    late(w, some[:end], node, line.stale[w], asked.need[d], sizes, line, nobody, met)
                    _rebase(places, row, rules.alarm, line.stale[w], whole[d], base[d])
            _without_pairs(asked, base, fixed)
        if len(near_by.goal):
            gather(t, guards, where, units, travel, near_by, latest, near)
        own_minutes(t, places, where, moved[:, t], units, rules, travel, pairs)
        found[:, t] = fixed
        for d in range(kinds):
            w, need, met, out = asked.line[d], asked.need[d], Met(whole[d], less[d]), found[asked.force[d], t]
            if asked.with_guards[d]:
                weigh(w, some[:end], node, need, sizes, sent[d], line, near, crowd)
                late(w, some[:end], node, every, need, sizes, line, crowd, met)
                soon(w, some[:end], node, need, sizes, sent[d], line, near, crowd, met)
                own = Own(units.own, brings[d], size[d])
                add_guards(w, places, row, own, need, sent[d], rules, pairs, line, near, crowd, met, out)
            elif asked.with_pairs[d]:
                add_own(places, row, size[d], rules.alarm, pairs.minutes, met, base[d], out)
