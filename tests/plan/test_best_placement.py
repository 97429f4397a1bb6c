"""The best placement beside each plan: never below the plan's own, and it moves the right way."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from sim.config.compose import load
from sim.day import World, prepare
from sim.plan.best_placement import Beside, BestPlacement, Search, best_placement
from sim.plan.candidates import Candidates, sites
from sim.plan.in_time import InTime
from sim.plan.maximal_covering import maximal_covering
from sim.plan.objective import Model
from sim.plan.solution import Status
from sim.plan.table import best_placements
from tests.conftest import small_scenario

STRATEGIES = ("minimum_pattern", "even_spread", "risk_weighted", "central_reserve", "forward_reserve")
ONCE, TWICE = 0, 1


@cache
def packaged(standard: float = 10.0) -> World:
    return prepare(load("calm_day", [f"response.standard_minutes={standard}"]))


@cache
def found(strategy: str, standard: float = 10.0) -> BestPlacement:
    return best_placement(packaged(standard), strategy)


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_plans_own_placement_is_never_above_the_best(strategy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when the solver is not told of it: to be told may only help when its time is over."""
    monkeypatch.setattr(
        "sim.plan.best_placement.maximal_covering", lambda problem, aim, **_: maximal_covering(problem, aim)
    )
    one = best_placement(packaged(), strategy, Search(busy=0.3))
    assert one.is_among and len(one.beside) == 3
    for beside in one.beside:
        assert beside.without <= beside.planned <= beside.best.value <= one.voters
        assert beside.best.status is Status.OPTIMAL and beside.best.gap == 0.0
    assert one.beside[ONCE].best.value > one.beside[ONCE].planned, "all of them can be placed better"


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_the_people_are_the_same(strategy: str) -> None:
    one, world = found(strategy), packaged()
    settings = next(s for s in world.scenario.strategies if s.name == strategy)
    spent = sum(group.teams * group.size for group in (*settings.patrols, *settings.reserves))
    for beside in one.beside:
        placed = beside.best.placed.sum(axis=1)
        assert sum(n * kind.size for n, kind in zip(placed + beside.best.spare, one.kinds, strict=True)) == spent
        assert (placed + beside.best.spare == one.many).all()


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_backup_is_never_above_single_coverage(strategy: str) -> None:
    once, twice = found(strategy).beside
    assert once.objective.model is Model.MAXIMAL_COVERING and twice.objective.model is Model.BACKUP_COVERAGE
    assert twice.without <= once.without and twice.planned <= once.planned and twice.best.value <= once.best.value


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_larger_standard_never_lowers(strategy: str) -> None:
    before: tuple[Beside, ...] | None = None
    for standard in (5.0, 10.0, 14.0):
        beside = found(strategy, standard).beside
        for one, other in zip(before or beside, beside, strict=True):
            assert one.without <= other.without and one.planned <= other.planned
            assert one.best.value <= other.best.value
        before = beside
    assert found(strategy, 14.0).beside[ONCE].best.value > found(strategy, 5.0).beside[ONCE].best.value


def test_more_candidates_or_more_room_never_lower() -> None:
    def best(**search: object) -> list[float]:
        one = best_placement(packaged(), "forward_reserve", Search(**search))  # type: ignore[arg-type]
        return [beside.best.value for beside in one.beside]

    both, bases, villages = best(), best(candidates=Candidates.BASES), best(candidates=Candidates.VILLAGES)
    assert bases < both and all(b <= a for a, b in zip(both, bases, strict=True))
    assert all(v <= a for a, v in zip(both, villages, strict=True))
    one_each = best(per_site=1)
    assert one_each[ONCE] <= both[ONCE] and one_each[TWICE] < both[TWICE], "twice, two of them stand at one site"


def test_no_site_takes_more_than_it_is_said_to() -> None:
    one = best_placement(packaged(), "forward_reserve", Search(Candidates.BASES, per_site=1))
    assert all(beside.best.placed.sum(axis=0).max() == 1 for beside in one.beside)


def test_a_team_more_never_lowers_and_no_team_gives_what_is_there_without() -> None:
    def with_teams(teams: int) -> BestPlacement:
        reserves = f"[{{base: POLRES, teams: {teams}, size: 2, vehicle: car}}]" if teams else "[]"
        world = prepare(small_scenario(f"strategy.reserves={reserves}", "strategy.patrols=[]"))
        return best_placement(world, "even_spread")

    none, *more = (with_teams(teams) for teams in range(4))
    assert none.kinds == () and all(b.best.value == b.planned == b.without for b in none.beside)
    assert all(not b.best.placed.size and b.best.status is Status.OPTIMAL for b in none.beside)
    for model in (ONCE, TWICE):
        values = [one.beside[model].best.value for one in (none, *more)]
        assert values == sorted(values)
    assert more[0].beside[ONCE].best.value > none.beside[ONCE].best.value


def test_each_kind_covers_what_its_own_teams_would_from_there() -> None:
    """A patrol in a car is ready five minutes sooner than a reserve on a truck, so it matters who stands where."""

    def mixed(cars: int, trucks: int) -> World:
        patrols = f"strategy.patrols=[{{teams: {cars}, size: 4, vehicle: car, districts: by_voters}}]"
        reserves = f"[{{base: POLRES, teams: {trucks}, size: 12, vehicle: truck}}]" if trucks else "[]"
        return prepare(load("calm_day", ["strategy=central_reserve", patrols, f"strategy.reserves={reserves}"]))

    world = mixed(1, 3)
    one, in_time = best_placement(world, "central_reserve"), InTime(world, "central_reserve")
    units = world.deployments["central_reserve"].units
    for beside in one.beside:
        times = in_time.in_any_case()
        for k, j in zip(*np.nonzero(beside.best.placed), strict=True):
            unit = next(
                i
                for i, u in enumerate(units)
                if u.strength == one.kinds[k].size and u.name.startswith(one.kinds[k].role)
            )
            assert units[unit].vehicle == one.kinds[k].vehicle
            times += beside.best.placed[k, j] * in_time.from_nodes(unit, np.array([one.sites[j].node]))[0]
        assert np.array_equal(times, beside.best.times)
    least, most = (best_placement(mixed(*teams), "central_reserve") for teams in ((0, 4), (4, 0)))
    for model in (ONCE, TWICE):
        assert least.beside[model].best.value < one.beside[model].best.value < most.beside[model].best.value


def test_a_plan_whose_own_sites_are_no_candidates_is_said_to_be_none_of_them() -> None:
    one = best_placement(packaged(), "risk_weighted", Search(Candidates.BASES))
    assert not one.is_among
    assert best_placement(packaged(), "central_reserve", Search(Candidates.BASES)).is_among
    assert not best_placement(packaged(), "central_reserve", Search(Candidates.BASES, per_site=2)).is_among


def test_every_base_of_police_and_every_village_is_a_candidate_once() -> None:
    world = packaged()
    here = sites(world.gazetteer, Candidates.BASES_AND_VILLAGES)
    bases = {base.node for base in world.region.bases if base.agency == "police"}
    assert sorted(site.node for site in here) == sorted(bases | set(range(len(world.region.villages))))
    assert {site.node for site in sites(world.gazetteer, Candidates.BASES)} == bases
    assert {site.node for site in sites(world.gazetteer, Candidates.VILLAGES)} == set(range(len(world.region.villages)))
    assert len({site.name for site in here}) == len(here)
    for site in here:
        assert world.gazetteer.find(site.name, "test").nodes == (site.node,), site.name


def test_the_tables_say_the_same() -> None:
    tables = best_placements(load("calm_day"), Search(busy=0.3))
    assert list(dict.fromkeys(tables.coverage["strategy"])) == [s.name for s in packaged().scenario.strategies]
    for strategy in STRATEGIES:
        one = found(strategy)
        rows = tables.coverage[tables.coverage["strategy"] == strategy]
        assert list(rows["objective"]) == [str(model) for model in Model]
        for beside, row in zip(one.beside, rows.to_dict("records"), strict=False):
            assert (row["without"], row["planned"], row["best"]) == (beside.without, beside.planned, beside.best.value)
            assert row["ratio"] == beside.planned / beside.best.value and row["status"] == "optimal"
            here = tables.sites[
                (tables.sites["strategy"] == strategy) & (tables.sites["objective"] == row["objective"])
            ]
            assert here["teams"].sum() + row["spare"] == row["teams"] == one.many.sum()
            assert (here["teams"] > 0).all()


def test_nothing_of_the_world_is_changed(small_world: World) -> None:
    before = [array.copy() for array in small_world.places if isinstance(array, np.ndarray)]
    first = best_placement(small_world, "even_spread")
    again = best_placement(small_world, "even_spread")
    assert [b.best.value for b in first.beside] == [b.best.value for b in again.beside]
    after = [array for array in small_world.places if isinstance(array, np.ndarray)]
    assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))
