"""The best placements beside every strategy of a scenario, as tidy tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sim.config.scenario import Scenario
from sim.day.world import prepare
from sim.experiment.interrupt import check
from sim.plan.best_placement import BestPlacement, Search, best_placement
from sim.plan.candidates import Site
from sim.plan.in_time import Kind

_COVERAGE = (
    "strategy", "objective", "voters", "without", "planned", "best", "bound", "ratio", "gap", "status", "teams",
    "spare", "is_among",
)  # fmt: skip
_ORDER = ("strategy", "objective", "team", "site", "name", "role", "vehicle", "size", "covered")
_ORDERS = ("strategy", "objective", "mean", "bound", "gap", "status")
_SITES = ("strategy", "objective", "site", "name", "role", "vehicle", "size", "teams")


class BestPlacements(NamedTuple):
    """The best placement of each strategy's teams, beside its own.

    Attributes:
        coverage: One row a strategy and objective: ``voters``, all that are registered; of these, covered ``without``
            the teams that the strategy places, as ``planned``, and in the ``best`` placement (with expected coverage
            the number on average); ``bound``, more than which no placement covers; ``ratio``, planned by best, NaN
            where nobody can be covered; ``gap``, by what share of the bound a better one could be better, 0 when
            ``status`` is optimal; how many ``teams`` there are, and how many of them are ``spare`` in the best
            placement; ``is_among``, whether the strategy's own placement is one of those that were looked at.
        sites: One row a strategy, objective, site and kind of team in the best placement: code and name of the site,
            ``role``, ``vehicle`` and ``size`` of the teams, and how many ``teams`` of that kind stand there.
        order: One row a strategy, objective and team, in the order in which they are best placed when they come one
            after the other: the how-manieth ``team`` it is, where it goes and what it is, and how many voters are
            ``covered`` with it and all before it. Nothing where the order is not asked for.
        orders: One row a strategy and objective: the ``mean`` of what is covered with one team, two, and so on, all
            alike; ``bound``, more than which it is in no order, ``gap`` and ``status`` as in ``coverage``.
    """

    coverage: pd.DataFrame
    sites: pd.DataFrame
    order: pd.DataFrame
    orders: pd.DataFrame


def best_placements(
    scenario: Scenario,
    search: Search | None = None,
    *,
    remark: Callable[[Sequence[str]], None] | None = None,
) -> BestPlacements:
    """Return the best placement of each strategy's patrols and reserves, beside its own.

    Nothing is played: it is the coverage of a moment, everybody free and where his day begins.

    Args:
        scenario: Its region, its strategies, and its standard time.
        search: How it is looked for; None: as a :class:`~sim.plan.best_placement.Search` has it.
        remark: Is told what is odd in the region's tables and in the strategies, though not wrong.

    Raises:
        UserError: As :func:`~sim.plan.best_placement.best_placement`, or for any mistake of the scenario.
    """
    world = prepare(scenario)
    if remark is not None:
        remark(world.remarks)
    coverage, places, order, orders = (list[dict[str, Any]]() for _table in range(4))
    for strategy in world.responses:
        check()
        found = best_placement(world, strategy, search)
        coverage += _coverage(strategy, found)
        places += _sites(strategy, found)
        order += _order(strategy, found)
        orders += _orders(strategy, found)
    return BestPlacements(
        pd.DataFrame(coverage, columns=_COVERAGE),
        pd.DataFrame(places, columns=_SITES),
        pd.DataFrame(order, columns=_ORDER),
        pd.DataFrame(orders, columns=_ORDERS),
    )


def _coverage(strategy: str, found: BestPlacement) -> list[dict[str, Any]]:
    return [
        {
            "strategy": strategy,
            "objective": str(one.objective.model),
            "voters": found.voters,
            "without": one.without,
            "planned": one.planned,
            "best": one.best.value,
            "bound": one.best.bound,
            "ratio": one.planned / one.best.value if one.best.value else np.nan,
            "gap": one.best.gap,
            "status": str(one.best.status),
            "teams": int(found.many.sum()),
            "spare": int(one.best.spare.sum()),
            "is_among": found.is_among,
        }
        for one in found.beside
    ]


def _sites(strategy: str, found: BestPlacement) -> list[dict[str, Any]]:
    return [
        {
            "strategy": strategy,
            "objective": str(one.objective.model),
            **_team(site, kind),
            "teams": int(one.best.placed[k, j]),
        }
        for one in found.beside
        for j, site in enumerate(found.sites)
        for k, kind in enumerate(found.kinds)
        if one.best.placed[k, j]
    ]


def _order(strategy: str, found: BestPlacement) -> list[dict[str, Any]]:
    return [
        {
            "strategy": strategy,
            "objective": str(one.objective.model),
            "team": number,
            **_team(found.sites[step.site], found.kinds[step.kind]),
            "covered": step.value,
        }
        for one in found.beside
        if one.order is not None
        for number, step in enumerate(one.order.steps, start=1)
    ]


def _orders(strategy: str, found: BestPlacement) -> list[dict[str, Any]]:
    return [
        {
            "strategy": strategy,
            "objective": str(one.objective.model),
            "mean": one.order.value,
            "bound": one.order.bound,
            "gap": one.order.gap,
            "status": str(one.order.status),
        }
        for one in found.beside
        if one.order is not None and one.order.steps
    ]


def _team(site: Site, kind: Kind) -> dict[str, Any]:
    return {
        "site": site.code,
        "name": site.name,
        "role": str(kind.role),
        "vehicle": kind.vehicle,
        "size": kind.size,
    }
