"""The best placement of the teams that a strategy has, beside the strategy's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.config.fields import MOST_TEAMS
from sim.day.world import World
from sim.errors import UserError
from sim.plan.candidates import Candidates, Site, sites
from sim.plan.in_time import InTime, Kind, Teams
from sim.plan.maximal_covering import maximal_covering
from sim.plan.nested import Order, nested_covering
from sim.plan.objective import Ints, Model, Objective
from sim.plan.problem import MOST_COVER, Problem
from sim.plan.solution import Solution
from sim.solver import SECONDS, check_seconds
from sim.words.language import gettext as _


@dataclass(frozen=True)
class Search:
    """How the best placement is looked for.

    Attributes:
        candidates: The sites that are looked at.
        per_site: How many teams a site takes; None: all of them, which is an assumption.
        busy: Probability that a unit is busy, for expected coverage as well; None: expected coverage is not asked for.
        in_order: Whether the order is asked for as well in which the teams are best placed, one after the other.
        time_limit: How long the solver may take for one search, seconds.

    Raises:
        UserError: For other candidates, a number of teams that is not from 1 on, a probability that is none, or a time
            of 0 and less.
    """

    candidates: Candidates = Candidates.BASES_AND_VILLAGES
    per_site: int | None = None
    busy: float | None = None
    time_limit: float = SECONDS
    in_order: bool = False

    def __post_init__(self) -> None:
        if not isinstance(self.candidates, Candidates):
            raise UserError(
                _("candidates = {value!r}: one of {known}").format(
                    value=self.candidates, known=", ".join(map(repr, map(str, Candidates)))
                )
            )
        most = self.per_site
        if most is not None and (not isinstance(most, int) or isinstance(most, bool) or not 1 <= most <= MOST_TEAMS):
            raise UserError(
                _("per site = {value!r}: a site takes 1 to {most:,} teams").format(value=most, most=MOST_TEAMS)
            )
        check_seconds(self.time_limit)
        if self.busy is not None and not 0.0 <= self.busy <= 1.0:
            raise UserError(
                _("busy = {busy}: the probability that a unit is busy is from 0 to 1").format(busy=self.busy)
            )

    @property
    def objectives(self) -> tuple[Objective, ...]:
        """What is made largest, one after the other: covered once, covered twice, expected where that is asked for."""
        found = (Objective(Model.MAXIMAL_COVERING), Objective(Model.BACKUP_COVERAGE))
        return found if self.busy is None else (*found, Objective(Model.EXPECTED_COVERAGE, self.busy))


class Beside(NamedTuple):
    """A strategy's own placement beside the best, by one objective; in registered voters.

    Attributes:
        objective: What is made largest.
        without: What is covered without the teams that the strategy places.
        planned: What is covered with them where the strategy has them.
        best: The best placement of the same teams, and what is covered with it.
        order: The order in which they are best placed when they come one after the other; None: it is not asked for.
    """

    objective: Objective
    without: float
    planned: float
    best: Solution
    order: Order | None


@dataclass(frozen=True, eq=False)
class BestPlacement:
    """The best placements of the teams of one strategy.

    Attributes:
        sites: The sites that were looked at.
        kinds: The kinds of its teams.
        many: (kinds) how many teams of each there are.
        voters: All registered voters.
        is_among: Whether the strategy's own placement is one of those that were looked at; where it is not, it may
            cover more than the best of them.
        beside: One entry an objective.
    """

    sites: tuple[Site, ...]
    kinds: tuple[Kind, ...]
    many: Ints
    voters: int
    is_among: bool
    beside: tuple[Beside, ...]


def best_placement(world: World, strategy: str, search: Search | None = None) -> BestPlacement:
    """Return the best placements of a strategy's patrols and reserves, beside its own.

    The people are the same: as many teams, of the same sizes and with the same vehicles; guards of posts and everybody
    else stay as they are. What covers a place, :mod:`sim.plan.in_time` says.

    Args:
        world: The prepared scenario.
        strategy: Name of one of its strategies.
        search: How it is looked for; None: as a :class:`Search` has it.

    Raises:
        UserError: For a strategy that is not played, a region without voters or without any of the sites that are asked
            for, or more pairs of sites and stations than can be held.
    """
    search = search or Search()
    in_time, places = InTime(world, strategy), sites(world.gazetteer, search.candidates)
    teams, stations = in_time.teams, world.places.stations
    pairs = max(1, len(teams.kinds)) * len(places) * stations
    if pairs > MOST_COVER:
        raise UserError(
            _(
                "{places:,} sites, {stations:,} stations and {kinds} kinds of team are {pairs:,} "
                "pairs; at most {most:,} are looked at: choose fewer candidates, or a part of the region"
            ).format(places=len(places), stations=stations, kinds=len(teams.kinds), pairs=pairs, most=MOST_COVER)
        )
    nodes = np.array([site.node for site in places], dtype=np.int64)
    first = [int(teams.unit[teams.of == kind][0]) for kind in range(len(teams.kinds))]
    none = np.zeros((0, len(places), stations), dtype=np.bool_)
    problem = Problem.of(
        weight=world.places.voters[:stations].astype(np.float64),
        cover=np.concatenate([none, *(in_time.from_nodes(unit, nodes)[None] for unit in first)]),
        teams=teams.many,
        already=in_time.in_any_case(),
        room=search.per_site,
    )
    planned = problem.already + in_time.as_planned().sum(axis=0)
    own = _placed(teams, nodes)
    is_among = own is not None and problem.allows(own)
    known = [own] if own is not None and is_among else []
    return BestPlacement(
        sites=places,
        kinds=teams.kinds,
        many=teams.many,
        voters=int(problem.weight.sum()),
        is_among=is_among,
        beside=tuple(
            Beside(
                objective=objective,
                without=float(problem.weight @ objective.worth(problem.already)),
                planned=float(problem.weight @ objective.worth(planned)),
                best=maximal_covering(problem, objective, seconds=search.time_limit, known=known),
                order=nested_covering(problem, objective, seconds=search.time_limit) if search.in_order else None,
            )
            for objective in search.objectives
        ),
    )


def _placed(teams: Teams, nodes: Ints) -> Ints | None:
    """Return the strategy's own placement, (kinds, sites); None when one of its teams is at none of the sites."""
    found = np.zeros((len(teams.kinds), len(nodes)), dtype=np.int64)
    site = {int(node): i for i, node in enumerate(nodes)}
    for kind, node in zip(teams.of.tolist(), teams.node.tolist(), strict=True):
        if node not in site:
            return None
        found[kind, site[node]] += 1
    return found
