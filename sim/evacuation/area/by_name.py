"""The evacuation of an area by the name of its plan: what the command line and a notebook ask for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.config.area_plans import read_plan
from sim.config.compose import load
from sim.evacuation.area.alone import closures, evacuate_area
from sim.evacuation.area.result import AreaResult
from sim.region.load import load_region


def evacuate_area_by(
    plan: str | Path, overrides: Sequence[str] = (), *, seed: int = 0, closed: Sequence[str] = ()
) -> AreaResult:
    """Evacuate an area by itself: no election, posko or units.

    Args:
        plan: A packaged plan's name, or a file that ends in ``.yaml``.
        overrides: Choices of region, weather and settings, as for a scenario.
        seed: What random numbers begin from; the same seed gives the same evacuation.
        closed: Roads that are closed from the beginning, or from a minute on: ``ROAD`` or ``ROAD@MINUTES``.

    Raises:
        UserError: For every mistake in the plan, the settings and the roads.
    """
    settings, file = read_plan(plan)
    scenario = load("calm_day", list(overrides))
    region = load_region(scenario.region)
    return evacuate_area(region, settings, scenario, seed, closures(region, closed), f"{file}: ")
