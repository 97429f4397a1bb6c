"""One definition of coverage: that of potential response, everybody where his day begins."""

from __future__ import annotations

import numpy as np
import pytest

from sim.config.compose import load
from sim.coverage.inputs import SLACK, Whereabouts
from sim.coverage.potential import potential
from sim.day import World, prepare
from sim.plan.best_placement import Beside, Search, best_placement
from sim.plan.candidates import Candidates
from sim.plan.in_time import InTime
from sim.region.position import ELSEWHERE, at
from sim.region.road_state import OPEN
from sim.response.readiness import FORCES
from sim.vocabulary import Force
from tests.conftest import small_scenario


def as_coverage_has_it(world: World, strategy: str) -> dict[Force, np.ndarray]:
    """Which stations each force would be at in time when the day begins, by the code that every day's coverage is from."""
    plan, ready, stations = world.responses[strategy], world.readiness[strategy], world.places.stations
    units = plan.deployment.units
    here = [at(unit.home, world.network, unit.vehicle) for unit in units]

    def column(values: list[object], kind: type) -> np.ndarray:
        return np.array(values, dtype=kind).reshape(-1, 1)

    known = {
        "node": column([p.node for p in here], np.int64),
        "minutes": column([p.minutes for p in here], float),
        "ahead": column([ELSEWHERE for _ in here], np.int64),
        "ahead_minutes": column([0.0 for _ in here], float),
        "station": column([ELSEWHERE if p.station is None else p.station for p in here], np.int64),
        "free": column([True for _ in here], np.bool_),
        "kept": column([False for _ in here], np.bool_),
        "phase": column([-1.0 if home.cycle is None else 0.0 for home in plan.homes], float),
        "visit": np.full((stations, 1), np.inf),
    }
    where = Whereabouts(**{name: known[name] for name in Whereabouts._fields})
    travel = ready.travel(world.network, OPEN)
    minutes = potential(world.places, where, ready.units, ready.asked, ready.lines, ready.rules, travel, len(FORCES))[
        :, 0, :stations
    ]
    standard = world.scenario.response.standard_minutes + SLACK
    return {force: minutes[i] <= standard for i, force in enumerate(FORCES)}


def agrees(world: World, strategy: str) -> InTime:
    found, by_coverage = InTime(world, strategy), as_coverage_has_it(world, strategy)
    times = found.in_any_case() + found.as_planned().sum(axis=0)
    assert np.array_equal(times >= 1, by_coverage[Force.FIRST_WITH_GUARDS])
    assert np.array_equal(times - found.by_own_pair() >= 1, by_coverage[Force.FIRST])
    assert np.array_equal(times - found.by_own_pair() >= 2, by_coverage[Force.BACKUP])
    return found


@pytest.mark.parametrize(
    "strategy", ["minimum_pattern", "even_spread", "risk_weighted", "central_reserve", "forward_reserve"]
)
def test_it_is_what_coverage_says_of_every_packaged_strategy(strategy: str, riot_world: World) -> None:
    agrees(riot_world, strategy)


@pytest.mark.parametrize(
    "overrides",
    [
        (),
        ("strategy.dispatch.take_guards_from=green", "strategy.dispatch.guards_within_minutes=6", "response.standard_minutes=12"),
        ("strategy.dispatch.take_guards_from=green", "strategy.dispatch.guards_within_minutes=20", "response.standard_minutes=9"),
        ("strategy.dispatch.take_guards_from=green", "strategy.dispatch.guards_within_minutes=3", "response.standard_minutes=18"),
        ("strategy.guards.very_high.stations=1", "strategy.guards.high.stations=1", "response.standard_minutes=1", "region.forces={police: 200, wardens: 200}"),
        ("strategy.dispatch.policy=tiered", "strategy.reserves=[{base: POLRES, teams: 2, size: 10, vehicle: truck}]"),
        ("response.sector_posts.desks=0", "response.standard_minutes=8"),
        ("weather=heavy_rain", "response.standard_minutes=25"),
        ("strategy.patrols=[]", "response.sector_patrol_size=0"),
    ],
    ids=["as it is", "guards near by", "guards from far", "guards next door", "only who stands there", "tiered", "no sector posts", "rain, a long standard", "guards only"],
)  # fmt: skip
def test_it_is_what_coverage_says_under_other_rules(overrides: tuple[str, ...]) -> None:
    agrees(prepare(small_scenario(*overrides)), "even_spread")


def test_teams_that_are_not_sent_to_green_cover_nothing_wherever_they_stand() -> None:
    teams = "strategy.reserves=[{base: POLRES, teams: 2, size: 10, vehicle: truck}]"
    nearest, tiered = (
        prepare(small_scenario(teams, "strategy.patrols=[]", "response.standard_minutes=15", f"strategy.dispatch.policy={policy}"))
        for policy in ("nearest", "tiered")
    )  # fmt: skip

    def adds(world: World) -> Beside:
        return best_placement(world, "even_spread").beside[0]

    assert adds(nearest).best.value > adds(nearest).without
    assert adds(tiered).best.value == adds(tiered).planned == adds(tiered).without


def test_the_best_bases_are_what_a_strategy_with_these_bases_covers(riot_world: World) -> None:
    """The placement that was found is written as a strategy, deployed anew, and covers what was said."""
    found = best_placement(riot_world, "central_reserve", Search(Candidates.BASES, busy=0.3))
    for number, beside in enumerate(found.beside):
        assert beside.best.value > beside.planned, "else it shows nothing"
        teams = [
            f"{{base: {site.code}, teams: {beside.best.placed[k, j]}, size: {kind.size}, vehicle: {kind.vehicle}}}"
            for j, site in enumerate(found.sites)
            for k, kind in enumerate(found.kinds)
            if beside.best.placed[k, j]
        ]
        again = prepare(load("riot_kecamatan3", ["strategy=central_reserve", f"strategy.reserves=[{','.join(teams)}]"]))
        anew = best_placement(again, "central_reserve", Search(Candidates.BASES, busy=0.3)).beside[number]
        assert anew.planned == pytest.approx(beside.best.value, abs=1e-6)
        assert anew.without == beside.without
