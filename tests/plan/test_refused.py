"""What is no covering problem is refused, with one clear message each."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.day import World, prepare
from sim.errors import UserError
from sim.plan.best_placement import Search, best_placement
from sim.plan.candidates import Candidates
from sim.plan.maximal_covering import maximal_covering
from sim.plan.objective import Model, Objective
from sim.plan.problem import Problem
from sim.region.gazetteer import Gazetteer
from tests.conftest import small_scenario

ONE = np.ones((1, 1), dtype=np.bool_)
PROBLEM = Problem.of(np.ones(1), ONE, 1)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ((np.zeros(0), np.ones((2, 0), dtype=np.bool_), 1), "there is no demand"),
        ((np.zeros(1), ONE, 1), "there is no demand"),
        ((np.ones(1), np.ones((0, 1), dtype=np.bool_), 1), "there is no site"),
        ((np.array([-1.0]), ONE, 1), "weight: every number of it is 0 or more"),
        ((np.array([np.nan]), ONE, 1), "weight: every number of it is 0 or more, and finite"),
        ((np.ones(1), ONE, -1), "teams: every number of it is 0 or more"),
        ((np.ones(2), ONE, 1), r"weight: its shape is \(2,\); cover asks for \(1,\)"),
        ((np.ones(1), ONE.astype(float), 1), "cover: flags"),
    ],
)
def test_a_problem_that_is_none(given: tuple[object, ...], message: str) -> None:
    with pytest.raises(UserError, match=message):
        Problem.of(*given)  # type: ignore[arg-type]


def test_no_team_at_all_is_a_problem_and_nothing_is_placed() -> None:
    found = maximal_covering(Problem.of(np.ones(1), ONE, 0))
    assert found.value == 0 and not found.placed.any()


@pytest.mark.parametrize("seconds", [0.0, -1.0, np.nan, np.inf])
def test_a_time_that_is_none(seconds: float) -> None:
    with pytest.raises(UserError, match="time limit"):
        maximal_covering(PROBLEM, seconds=seconds)
    with pytest.raises(UserError, match="time limit"):
        Search(time_limit=seconds)


@pytest.mark.parametrize("placed", [np.array([[2]]), np.array([[-1]]), np.array([[1, 0]])])
def test_a_known_placement_that_is_not_allowed(placed: np.ndarray) -> None:
    with pytest.raises(UserError, match="known placement"):
        maximal_covering(PROBLEM, known=[placed])


@pytest.mark.parametrize("busy", [-0.1, 1.1, np.nan])
def test_a_probability_that_is_none(busy: float) -> None:
    with pytest.raises(UserError, match="busy"):
        Objective(Model.EXPECTED_COVERAGE, busy)
    with pytest.raises(UserError, match="busy"):
        Search(busy=busy)


def test_how_busy_units_are_is_nothing_to_a_model_that_does_not_ask() -> None:
    with pytest.raises(UserError, match="only 'expected_coverage' asks"):
        Objective(Model.MAXIMAL_COVERING, 0.3)


@pytest.mark.parametrize("room", [0, -1, 2.5, True, 10**9])
def test_a_room_for_no_team(room: int) -> None:
    with pytest.raises(UserError, match=r"per site = .*: a site takes 1 to"):
        Search(per_site=room)


def test_candidates_by_a_bare_string() -> None:
    with pytest.raises(UserError, match="candidates = 'bases'"):
        Search("bases")  # type: ignore[arg-type]


def without(world: World, **tables: tuple[()]) -> World:
    region = replace(world.region, **tables)
    return replace(world, region=region, gazetteer=Gazetteer(region))


@pytest.mark.parametrize(
    ("candidates", "tables", "message"),
    [
        (Candidates.VILLAGES, {"villages": ()}, "Tanjung Contoh has no village where a team could be placed"),
        (Candidates.BASES, {"bases": ()}, "Tanjung Contoh has no base of agency 'police'"),
        (Candidates.BASES_AND_VILLAGES, {"villages": (), "bases": ()}, "has no village, and no base"),
    ],
)
def test_a_region_without_sites(
    candidates: Candidates, tables: dict[str, tuple[()]], message: str, small_world: World
) -> None:
    with pytest.raises(UserError, match=message):
        best_placement(without(small_world, **tables), "even_spread", Search(candidates))


def test_a_region_without_voters(small_world: World) -> None:
    world = prepare(small_scenario())
    world.places.voters[:] = 0
    with pytest.raises(UserError, match="there is no demand"):
        best_placement(world, "even_spread")


def test_a_strategy_that_is_not_played(small_world: World) -> None:
    with pytest.raises(UserError, match="unknown strategy 'even'"):
        best_placement(small_world, "even")


def test_more_pairs_than_can_be_held(small_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.plan.best_placement.MOST_COVER", 10)
    with pytest.raises(UserError, match=r"at most 10 are looked at: choose fewer candidates"):
        best_placement(small_world, "even_spread")
