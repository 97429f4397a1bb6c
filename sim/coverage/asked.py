"""What each unit brings to each demand: the same on every day of a strategy."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.coverage.inputs import Demands, Flags, Ints, Rules, Units


class Lines(NamedTuple):
    """What teams, which are all units but guards, are lined up for; demands that ask for the same share a line.

    Attributes:
        gives: (lines, teams) what each team brings; 0: not sent.
        need: (lines) how much is asked for.
        keeps: (lines) whether those that are kept for something red stay back.
    """

    gives: Ints
    need: Ints
    keeps: Flags


class Asked(NamedTuple):
    """What each unit brings to each demand.

    Attributes:
        force: (demands) the force that each belongs to.
        need: (demands) what is asked for.
        line: (demands) which line of teams each of them waits for.
        teams: Numbers of the units that are no guards.
        guards: Numbers of those that are, and may be sent to other posts.
        vehicles: Numbers of the vehicles of those that may be sent to other posts.
        with_guards: (demands) whether guards of other posts may be sent.
        with_pairs: (demands) whether the pair of a place's own post brings anything.
        sent: (demands, units) what guards of other posts bring; 0: not sent.
        sizes: What pairs of a place's own post may bring.
        brings: (demands, stations) what that pair brings; 0 when it does not count.
        size: (demands, stations) which of the sizes that is; below 0 when it does not count.
    """

    force: Ints
    need: Ints
    line: Ints
    teams: Ints
    guards: Ints
    vehicles: Ints
    with_guards: Flags
    with_pairs: Flags
    sent: Ints
    sizes: Ints
    brings: Ints
    size: Ints


def who_brings_what(units: Units, demands: Demands, rules: Rules) -> tuple[Asked, Lines]:
    """Return what each unit brings to each demand, and what teams are lined up for.

    Args:
        units: What the units are.
        demands: What is asked for.
        rules: Who may be sent.
    """
    teams = np.flatnonzero(~units.is_guard)
    people, may = units.people[demands.kind], rules.may[demands.severity]
    same = np.stack([demands.kind, demands.severity, demands.need], axis=1)
    _, first, line = np.unique(same, axis=0, return_index=True, return_inverse=True)
    sent = people * may * units.is_guard
    brings = _of_own(units, people) * demands.with_own[:, None]
    sizes = np.unique(brings[brings > 0])
    asked = Asked(
        force=demands.force,
        need=demands.need,
        line=line.reshape(-1).astype(np.int64),
        teams=teams,
        guards=np.flatnonzero(sent.any(axis=0)),
        vehicles=np.unique(units.vehicle[sent.any(axis=0)]),
        with_guards=np.asarray(sent.any(axis=1)),
        with_pairs=np.asarray((brings > 0).any(axis=1)),
        sent=sent,
        sizes=sizes,
        brings=brings,
        size=np.where(brings > 0, np.searchsorted(sizes, brings), -1),
    )
    gives = np.ascontiguousarray((people * may)[first][:, teams])
    return asked, Lines(gives, demands.need[first], rules.keeps[demands.severity[first]])


def _of_own(units: Units, people: Ints) -> Ints:
    """Return what the pair of each station's own post brings, (demands, stations)."""
    brings = np.zeros((len(people), len(units.own)), dtype=np.int64)
    has = units.own >= 0
    brings[:, has] = people[:, units.own[has]]
    return brings
