"""How soon free units could bring a force to every place, at many moments: compiled.

The order in which units get to a place is that in which they get to its node: a place adds its access to all of them.
So units are lined up once a node, and only until they have brought what is asked for; each place then asks what the
pair of its own post adds. A moment at which no team has moved keeps what teams were found to do at the moment before.
A function that is called for each place or node takes few arrays, as each costs time to hand over.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.compiled import compiled
from sim.coverage.guards import Guards, around, gather
from sim.coverage.inputs import SLACK, Demands, Floats, Ints, Places, Rules, Units, Whereabouts
from sim.coverage.pairs import Pairs, own_minutes
from sim.coverage.teams import Lines, Teams, line_up, move, stand
from sim.coverage.together import Crowd, Met, Own, add_guards, add_own, late, soon, weigh


class Asked(NamedTuple):
    """What each unit brings to each demand.

    Attributes:
        teams: Numbers of the units that are no guards.
        guards: Numbers of those that are.
        line: (demands) which line of teams each of them waits for; those that ask for the same share one.
        sent: (demands, units) what guards of other posts bring; 0: not sent.
        sizes: What pairs of a place's own post may bring.
        brings: (demands, stations) what that pair brings; 0 when it does not count.
        size: (demands, stations) which of the sizes that is; below 0 when it does not count.
    """

    teams: Ints
    guards: Ints
    line: Ints
    sent: Ints
    sizes: Ints
    brings: Ints
    size: Ints


@compiled
def _asked(units: Units, demands: Demands, rules: Rules, stations: int) -> Asked:
    """Return what each unit brings to each demand."""
    kinds, numbers = len(demands.need), np.arange(len(units.ready))
    teams, guards = numbers[~units.is_guard], numbers[units.is_guard]
    line, count = np.zeros(kinds, dtype=np.int64), 0
    sent, brings = np.zeros((kinds, len(numbers)), dtype=np.int64), np.zeros((kinds, stations), dtype=np.int64)
    for d in range(kinds):
        line[d] = count
        for e in range(d):
            if (demands.kind[d], demands.severity[d], demands.need[d]) == (
                demands.kind[e], demands.severity[e], demands.need[e],
            ):  # fmt: skip
                line[d] = line[e]
        count = max(count, line[d] + 1)
        people, may = units.people[demands.kind[d]], rules.may[demands.severity[d]]
        sent[d] = people * may * units.is_guard
        if demands.with_own[d]:
            for s in range(stations):
                brings[d, s] = people[units.own[s]] if units.own[s] >= 0 else 0
    every = np.unique(brings)
    sizes = every[every > 0]
    size = np.where(brings > 0, np.searchsorted(sizes, brings), -1)
    return Asked(teams, guards, line, sent, sizes, brings, size)


@compiled
def _lines(asked: Asked, units: Units, demands: Demands, rules: Rules) -> Lines:
    """Return what teams are lined up for."""
    lines = asked.line.max() + 1
    gives = np.zeros((lines, len(asked.teams)), dtype=np.int64)
    need, held = np.zeros(lines, dtype=np.int64), np.zeros(lines, dtype=np.int64)
    for d in range(len(asked.line)):
        w, severity = asked.line[d], demands.severity[d]
        gives[w] = (units.people[demands.kind[d]] * rules.may[severity])[asked.teams]
        need[w], held[w] = demands.need[d], rules.held[severity]
    return Lines(gives, need, held, units.is_reserve[asked.teams])


@compiled
def _room(nodes: int, asked: Asked, lines: int) -> tuple[Teams, Guards]:
    """Return lines of teams and of guards that nobody stands in."""
    teams, guards = len(asked.teams), len(asked.guards) if asked.sent.any() else 0
    rows = nodes + teams
    order = np.empty((rows, teams), dtype=np.int64)
    order[:] = np.arange(teams)
    line = Teams(
        np.full((teams, rows), np.inf), order, np.zeros((lines, rows), dtype=np.int64), np.zeros((lines, rows, teams)),
        np.zeros((lines, rows, teams), dtype=np.int64), np.zeros((lines, rows)), np.zeros(rows, dtype=np.bool_),
    )  # fmt: skip
    near = Guards(
        np.zeros(nodes + 1, dtype=np.int64), np.empty((nodes + 1, guards)),
        np.empty((nodes + 1, guards), dtype=np.int64), np.zeros(nodes + 1),
    )  # fmt: skip
    return line, near


@compiled
def _latest(asked: Asked, line: Teams, within: float, latest: Floats) -> None:
    """Set from when on a guard does not matter at each node: teams alone have met every demand, or it is too far."""
    latest[:] = 0.0
    for d in range(len(asked.sent)):
        if asked.sent[d].any():
            for n in range(len(latest)):
                latest[n] = min(within, max(latest[n], line.met[asked.line[d], n]))


@compiled
def _rebase(places: Places, row: Ints, alarm: float, line: Teams, whole: Floats, base: Floats) -> None:
    """Set when teams alone have met a demand at the places where something has changed."""
    access, stale = places.access, line.stale
    for p in range(len(row)):
        if stale[row[p]]:
            base[p] = alarm + access[p] + whole[row[p]]


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
    moments, nodes, kinds, count = where.node.shape[1], travel.shape[1], len(demands.need), len(places.node)
    asked = _asked(units, demands, rules, places.stations)
    teams, guards, line_of, sent, sizes, brings, size = asked
    lines = _lines(asked, units, demands, rules)
    line, near = _room(nodes, asked, len(lines.need))
    found, base = np.zeros((forces, moments, count)), np.zeros((kinds, count))
    whole, less = np.empty((kinds, nodes + len(teams))), np.empty((kinds, nodes + len(teams), len(sizes)))
    within, latest = rules.guards_within + SLACK, np.empty(nodes)
    near_by = around(np.unique(units.vehicle[guards]), travel, within if sent.any() else -1.0)
    nobody = Crowd(np.zeros(nodes, dtype=np.int64), np.zeros(nodes, dtype=np.bool_))
    crowd = Crowd(nobody.total.copy(), nobody.early.copy())
    wanted, row = np.unique(places.node), places.node.copy()
    rows = row_nodes = wanted
    pairs = Pairs(np.empty(places.stations), np.empty(places.stations))
    for t in range(moments):
        anew = move(t, teams, where, units, lines, travel, line) or t == 0
        if anew:
            beside = stand(t, teams, where, units, places, row, line)
            rows = np.concatenate((wanted, nodes + np.arange(len(beside))))
            row_nodes = np.concatenate((wanted, places.node[beside]))
            line_up(rows, lines, line)
            _latest(asked, line, within, latest)
        if sent.any():
            gather(t, guards, where, units, travel, near_by, latest, near)
        own_minutes(t, places, where, units, rules, travel, pairs)
        for d in range(kinds):
            w, need, met, out = line_of[d], demands.need[d], Met(whole[d], less[d]), found[demands.force[d], t]
            if sent[d].any():
                weigh(w, rows, row_nodes, need, brings[d].max(), sent[d], line, near, crowd)
                late(w, rows, row_nodes, need, sizes, line, crowd, met)
                soon(w, rows, row_nodes, need, sizes, sent[d], line, near, crowd, met)
                own = Own(units.own, brings[d], size[d])
                add_guards(w, places, row, own, need, sent[d], rules, pairs, line, near, crowd, met, out)
            else:
                if anew:
                    fresh = line.stale[rows]
                    late(w, rows[fresh], row_nodes[fresh], need, sizes, line, nobody, met)
                    _rebase(places, row, rules.alarm, line, whole[d], base[d])
                add_own(places, row, size[d], rules.alarm, pairs.minutes, met, base[d], out)
    return found
