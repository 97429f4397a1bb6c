"""Where one more team would help most: the days of a scenario played under each strategy, and what a team would add."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from sim.config.scenario import Scenario
from sim.coverage.one_more import Told
from sim.day.draws import draw_day
from sim.day.one_more import Team, check_team, one_more, police_bases
from sim.day.world import World, prepare
from sim.experiment.interrupt import check
from sim.log import COVERED_BY
from sim.measures.sample import Quantile
from sim.response.readiness import FORCES
from sim.vocabulary import Force

PLANNED = ""
"""Stands for the base in the rows of the strategy as it is, without one more team."""
TOLD_OF = tuple(force for force in COVERED_BY if force is not Force.BACKUP)
"""The forces whose coverage and minutes are told: first officers, the yellow and the red force."""


def gains(
    scenario: Scenario,
    team: Team | None = None,
    *,
    progress: Callable[[int, int], None] | None = None,
    remark: Callable[[Sequence[str]], None] | None = None,
) -> pd.DataFrame:
    """Return what one more team at each base of police would add to coverage, under each strategy.

    It plays ``run.replications`` days and reckons potential response again with the team standing at the base all day,
    never sent: the most that it can give. Days themselves stay as they are.

    Args:
        scenario: What to play.
        team: The team; None: 12 people on a truck.
        progress: Is told how many days are finished, of how many.
        remark: Is told what is odd in the region's tables and in the strategies, though not wrong.

    Returns:
        One row for each strategy, base and force: ``coverage``, the share of voters whose potential response is within
        the standard time over the polling hours of all days, 0 to 1; ``gain``, how much more than without the team,
        and ``gain_least`` and ``gain_most``, the same of the days one by one; ``minutes``, the median potential
        response of voters, infinite for never. The base is empty where there is no more than the strategy has.

    Raises:
        UserError: For a team that there cannot be, a region without a base of police, or any mistake of the scenario.
    """
    team = team or Team()
    world = prepare(scenario)
    check_team(team, world)
    bases, days = police_bases(world), scenario.run.replications
    if remark is not None:
        remark(world.remarks)
    arms: dict[tuple[str, int | None], list[Told]] = {}
    for day in range(days):
        if progress is not None:
            progress(day, days)
        draws = draw_day(world, day)
        for strategy in world.responses:
            check()
            found = one_more(world, strategy, day, draws, team)
            arms.setdefault((strategy, None), []).append(found.planned)
            for base in bases:
                arms.setdefault((strategy, base), []).append(found.added[base])
    if progress is not None:
        progress(days, days)
    return _table(world, arms)


def _table(world: World, arms: dict[tuple[str, int | None], list[Told]]) -> pd.DataFrame:
    rows, names = [], world.gazetteer
    for (strategy, index), parts in arms.items():
        base = None if index is None else world.region.bases[index]
        for force in TOLD_OF:
            k = FORCES.index(force)
            share, by_day = _coverage(parts, k)
            before, before_by_day = _coverage(arms[strategy, None], k)
            gained = by_day - before_by_day
            rows.append(
                {
                    "strategy": strategy,
                    "base": PLANNED if base is None else base.code,
                    "name": PLANNED if index is None else names.name_of(names.base_place(index)),
                    "force": str(force),
                    "coverage": share,
                    "gain": share - before,
                    "gain_least": float(gained.min()),
                    "gain_most": float(gained.max()),
                    "minutes": _median(parts, k),
                }
            )
    return pd.DataFrame(rows)


def _coverage(parts: Sequence[Told], force: int) -> tuple[float, np.ndarray]:
    """Return the share that is covered over all days, and on each."""
    inside = np.array([part.covered[force] for part in parts], dtype=np.float64)
    voters = np.array([part.voters for part in parts], dtype=np.float64)
    return float(inside.sum() / voters.sum()), inside / voters


def _median(parts: Sequence[Told], force: int) -> float:
    """Return the median minutes of a force, each voter once a moment."""
    minutes = np.concatenate([part.minutes[part.force == force] for part in parts])
    many = np.concatenate([part.many[part.force == force] for part in parts]).astype(np.float64)
    together = Quantile(minutes, np.zeros(len(minutes), dtype=np.int64), 0.5, many)
    return float(together.estimate(np.ones((1, 1)))[0])
