"""Potential response and coverage from what a run stores alone: other code, on pandas and networkx, no day beside it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from sim.config.scenario import Scenario
from sim.day import Day, World, draw_day, prepare
from sim.day.coverage import potential_response
from sim.experiment.execute import execute
from sim.experiment.store import Run
from sim.log import COVERED_BY
from sim.response.readiness import FORCES
from sim.vocabulary import Force
from tests.conftest import small_scenario
from tests.coverage.conftest import ATTACHED, FORCE, VARIANTS
from tests.coverage.from_tables import Moment, Strategy
from tests.day.conftest import RICH

STANDING = (
    *(f"strategy.guards.{name}={{police: 2, stations: 1, wardens: 2}}" for name in ("very_high", "high", "low")),
    "strategy.patrols=[]",
)
"""A pair at every station, and nobody who goes rounds."""
MORE = {
    **VARIANTS,
    "everybody stands": (*STANDING, ATTACHED, FORCE),
    "rain, slow roads and closed ones": (
        "weather=heavy_rain",
        "slow_stretches=[{between: [T1.1, T1.2], factor: 0.4, from_time: '08:20', to_time: '11:05'}]",
        "strategy.dispatch.take_guards_from=green",
        "+strategy.retasking={way_home: true}",
        FORCE,
    ),
    "teams are moved, and their duty ends": (
        "+strategy.relocation={rule: dynamic, every_minutes: 15, within_minutes: 12, busy: 0.5, least_gain: 0, most_minutes: 90}",
        "+strategy.duty={longest_minutes: 100, rest_minutes: 30, tired_after_minutes: 45, tired_factor: 2.5}",
        "+strategy.retasking={way_home: true}",
        FORCE,
    ),
    "two strategies": ("strategy=even_spread,minimum_pattern", "region.forces.police=260", ATTACHED, FORCE),
}
DAYS = 4


def scenario_of(variant: str, days: int) -> Scenario:
    settings = (f"run.replications={days}", "run.workers=1", "response.standard_minutes=12")
    return small_scenario(*RICH, *settings, *MORE[variant])


def compare(run: Run, world: World, name: str, number: int, moments: Iterable[int]) -> int:
    """Look at some moments of a day; return at how many of them somebody was on a round or a way."""
    day = Day(world, name, number, draw_day(world, number))
    day.run()
    fast = potential_response(world, name, day.fleet, day.roads).minutes
    strategy, on_the_way = Strategy(run, name), 0
    told, places = strategy.day(number), strategy.targets
    for k in moments:
        moment = told.at(float(world.moments[k]))
        slow = np.array([[moment.minutes(force, place) for place in places] for force in FORCES])
        never = np.isinf(slow)
        assert np.array_equal(np.isinf(fast[:, k]), never)
        assert np.abs(fast[:, k][~never] - slow[~never]).max() <= 1e-6
        same_coverage(moment, slow)
        on_the_way += any(unit.wait or unit.state in ("returning", "travelling") for unit in moment.units)
    return on_the_way


def same_coverage(moment: Moment, minutes: np.ndarray) -> None:
    """The table's rows of this moment say what these minutes say, and have as many closed roads as the table of roads."""
    strategy, table, roads = moment.strategy, moment.day.tables["coverage"], moment.day.tables["roads"]
    standard, rows = strategy.settings.standard_minutes, table[table["time"] == moment.time]
    assert rows["district"].tolist() == list(range(len(strategy.region.districts)))
    names = {**COVERED_BY, Force.FIRST_WITH_GUARDS: "covered_any"}
    for row in rows.to_dict("records"):
        for force, ending in names.items():
            found = zip(strategy.targets, minutes[FORCES.index(force)], strict=True)
            near = [place for place, m in found if m <= standard + 1e-9 and place.district == row["district"]]
            assert row[f"voters_{ending}"] == sum(place.voters for place in near)
            if force is not Force.FIRST_WITH_GUARDS:
                assert row[f"stations_{ending}"] == sum(place.station is not None for place in near)
                assert row[f"area_{ending}"] == pytest.approx(sum(place.area for place in near))
    now = roads[(roads["start"] <= moment.time) & (moment.time < roads["end"])]
    assert rows["closed_roads"].sum() == (now["speed"] == 0).sum()


@pytest.mark.parametrize("variant", MORE)
def test_a_few_moments_and_those_at_which_something_happens(variant: str, tmp_path: Path) -> None:
    """A landslide at 9:00, with it a shift; a riot and a closed road at 10:15, which opens at 11:30."""
    scenario = scenario_of(variant, 1)
    run, world = execute(scenario, out=tmp_path), prepare(scenario)
    happens = np.searchsorted(world.moments, (540.0, 615.0, 690.0)).tolist()
    some = np.random.default_rng(1).choice(len(world.moments), 4, replace=False).tolist()
    for name in run.strategies:
        assert compare(run, world, name, 0, [*happens, *some]) or variant == "everybody stands"


@pytest.mark.slow
@pytest.mark.parametrize("variant", MORE)
def test_two_hundred_random_moments(variant: str, tmp_path: Path) -> None:
    scenario, rng = scenario_of(variant, DAYS), np.random.default_rng(2)
    run, world = execute(scenario, out=tmp_path), prepare(scenario)
    for name in run.strategies:
        for number in range(DAYS):
            compare(run, world, name, number, rng.choice(len(world.moments), 200 // DAYS, replace=False).tolist())
