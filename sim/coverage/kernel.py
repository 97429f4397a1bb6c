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
from sim.coverage.teams import Teams, arrivals, line_up, moved, occupied
from sim.coverage.together import Met, Own, add_guards, add_own, alone, together


class Asked(NamedTuple):
    """What each unit brings to each demand.

    Attributes:
        teams: Numbers of the units that are no guards.
        guards: Numbers of those that are.
        gives: (demands, teams) what each team brings; 0: not sent.
        sent: (demands, units) what guards of other posts bring; 0: not sent.
        sizes: What pairs of a place's own post may bring.
        brings: (demands, stations) what that pair brings; 0 when it does not count.
        size: (demands, stations) which of the sizes that is; below 0 when it does not count.
    """

    teams: Ints
    guards: Ints
    gives: Ints
    sent: Ints
    sizes: Ints
    brings: Ints
    size: Ints


@compiled
def _asked(units: Units, demands: Demands, rules: Rules, stations: int) -> Asked:
    kinds, numbers = len(demands.need), np.arange(len(units.ready))
    teams, guards = numbers[~units.is_guard], numbers[units.is_guard]
    gives = np.zeros((kinds, len(teams)), dtype=np.int64)
    sent, brings = np.zeros((kinds, len(numbers)), dtype=np.int64), np.zeros((kinds, stations), dtype=np.int64)
    for d in range(kinds):
        people, may = units.people[demands.kind[d]], rules.may[demands.severity[d]]
        gives[d] = (people * may)[teams]
        sent[d] = people * may * units.is_guard
        if demands.with_own[d]:
            for s in range(stations):
                brings[d, s] = people[units.own[s]] if units.own[s] >= 0 else 0
    every = np.unique(brings)
    sizes = every[every > 0]
    size = np.where(brings > 0, np.searchsorted(sizes, brings), -1)
    return Asked(teams, guards, gives, sent, sizes, brings, size)


@compiled
def _room(nodes: int, asked: Asked) -> tuple[Teams, Guards]:
    """Return lines of teams and of guards that nobody stands in."""
    kinds, teams = asked.gives.shape
    rows, guards = nodes + teams, len(asked.guards) if asked.sent.any() else 0
    order = np.empty((rows, teams), dtype=np.int64)
    order[:] = np.arange(teams)
    line = Teams(
        order, np.zeros((kinds, rows), dtype=np.int64), np.zeros((kinds, rows, teams)),
        np.zeros((kinds, rows, teams), dtype=np.int64), np.zeros((kinds, rows)),
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
                latest[n] = min(within, max(latest[n], line.met[d, n]))


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
    teams, guards, gives, sent, sizes, brings, size = asked
    line, near = _room(nodes, asked)
    found, base, each = np.zeros((forces, moments, count)), np.zeros((kinds, count)), np.zeros((kinds, count))
    whole, less = np.empty((kinds, nodes + len(teams))), np.empty((kinds, nodes + len(teams), len(sizes)))
    within, held = rules.guards_within + SLACK, rules.held[demands.severity]
    near_by = around(np.unique(units.vehicle[guards]), travel, within if sent.any() else -1.0)
    arrive, latest, wanted = np.empty((nodes + len(teams), len(teams))), np.empty(nodes), np.unique(places.node)
    row, beside = places.node.copy(), np.empty(len(teams), dtype=np.int64)
    rows = row_nodes = wanted
    pairs = Pairs(np.empty(places.stations), np.empty(places.stations))
    for t in range(moments):
        anew = t == 0 or moved(teams, t, where)
        if anew:
            extra = beside[: occupied(t, teams, where, places, nodes, row, beside)]
            rows = np.concatenate((wanted, nodes + np.arange(len(extra))))
            row_nodes = np.concatenate((wanted, places.node[extra]))
            arrivals(teams, t, where, units, travel, places, extra, arrive)
            line_up(rows, arrive, gives, units.is_reserve[teams], held, demands.need, line)
            _latest(asked, line, within, latest)
        if sent.any():
            gather(t, guards, where, units, travel, near_by, latest, near)
        own_minutes(t, places, where, units, rules, travel, pairs)
        for d in range(kinds):
            need, met = demands.need[d], Met(whole[d], less[d])
            if sent[d].any():
                together(d, rows, row_nodes, need, sizes, sent[d], line, near, met)
                own = Own(units.own, brings[d], size[d])
                add_guards(d, places, row, own, need, sent[d], rules, pairs, line, near, met, each[d])
            else:
                if anew:
                    alone(d, rows, need, sizes, line, met)
                    base[d] = rules.alarm + places.access + whole[d][row]
                if anew or demands.with_own[d]:
                    add_own(places, row, size[d], rules.alarm, pairs.minutes, met, base[d], each[d])
            f = demands.force[d]
            found[f, t] = np.maximum(found[f, t], each[d])
    return found
