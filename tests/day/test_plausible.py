"""Whether as many disturbances start by themselves as were ever seen: the estimate moves the right way, and warns late."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.config.compose import load
from sim.config.scenario import Scenario
from sim.config.seen import MOST_VIOLENT_A_DAY
from sim.day import World, prepare
from sim.day.plausible import deterrence, odd_hazard, odd_hazards, violent_a_day, violent_share


@pytest.fixture(scope="module")
def world() -> World:
    return prepare(load("calm_day", ["strategy=even_spread,minimum_pattern"]))


def violent(world: World, strategy: str = "even_spread", **background: float) -> float:
    plan = world.disturbances
    plan = replace(plan, background=plan.background.model_copy(update=background))
    return violent_a_day(world.scenario, world.region, plan, world.deployments[strategy])


def test_it_is_in_proportion_to_the_rate_and_nothing_without_one(world: World) -> None:
    rate = world.disturbances.background.rate_per_station_hour
    assert violent(world, rate_per_station_hour=2 * rate) == pytest.approx(2 * violent(world))
    assert violent(world, rate_per_station_hour=0.0) == 0.0
    assert 0.0 < violent(world) < MOST_VIOLENT_A_DAY


def test_officers_lower_it_and_counting_raises_it(world: World) -> None:
    undeterred = violent(world, deterrence_per_officer=0.0)
    assert violent(world, deterrence_per_officer=5.0) < violent(world) < undeterred
    assert violent(world, counting_factor=0.0) < violent(world) < violent(world, counting_factor=2.0)


def test_without_anything_but_a_rate_it_is_rate_x_stations_x_hours(world: World) -> None:
    plan = world.disturbances
    plain = plan.background.model_copy(update={"deterrence_per_officer": 0.0, "counting_factor": 0.0})
    plan = replace(plan, background=plain, weight=np.ones(len(plan.weight)))
    found = violent_a_day(world.scenario, world.region, plan, world.deployments["even_spread"])
    share = violent_share(plan.kinds.values())
    assert found == pytest.approx(plain.rate_per_station_hour * len(plan.weight) * 6 * share)
    assert 0.0 < share < 1.0


def test_a_post_deters_at_one_of_its_stations_at_a_time(world: World) -> None:
    deployment = world.deployments["even_spread"]
    factor = deterrence(world.disturbances.background, deployment, warden_strength=0.0)
    post = deployment.posts[0]
    there = 1 / len(post.stations)
    by_officer = np.exp(-world.disturbances.background.deterrence_per_officer * post.officers)
    assert factor[list(post.stations)] == pytest.approx(1 - there + there * by_officer)
    nobody = replace(deployment, posts=(), wardens_at=np.zeros(len(factor)))
    assert deterrence(world.disturbances.background, nobody, warden_strength=1.0) == pytest.approx(1.0)


def test_it_is_remarked_only_where_it_is_more_under_every_strategy(world: World) -> None:
    rate = world.disturbances.background.rate_per_station_hour
    by_strategy = sorted(violent(world, name) for name in world.deployments)
    assert by_strategy[0] < by_strategy[1]
    for wanted, remarks in ((0.99, 0), (1.01, 1)):  # of the strategy with the fewest; the other has more already
        times = wanted * MOST_VIOLENT_A_DAY / by_strategy[0]
        plan = world.disturbances
        plan = replace(plan, background=plan.background.model_copy(update={"rate_per_station_hour": times * rate}))
        found = odd_hazard(world.scenario, world.region, plan, world.deployments.values())
        assert len(found) == remarks
        assert all("at least 4.1 violent incidents a day" in text and "585 in 143" in text for text in found)


def test_a_run_and_a_check_are_told_of_it_once() -> None:
    scenario: Scenario = load(
        "calm_day", ["strategy=even_spread,minimum_pattern", "disturbance.background.rate_per_station_hour=0.01"]
    )
    remarks = prepare(scenario).remarks
    assert len([text for text in remarks if "rate_per_station_hour = 0.01" in text]) == 1


def test_a_hazard_that_no_village_or_road_is_called_prone_to_is_told_where_others_are(world: World) -> None:
    kinds = world.disturbances.kinds

    def told(name: str, **update: object) -> list[str]:
        plan = replace(world.disturbances, kinds={name: kinds[name].model_copy(update=update)})
        return odd_hazards(world.region, plan)

    assert told("flood") == told("landslide") == told("blackout") == []
    (text,) = told("flood", prone_to="flod")
    assert text.startswith(
        "kinds.flood.prone_to = flod: villages.csv calls no place prone to it, so it starts at any; did"
    )
    assert told("flood", prone_to="flod", area_weight=0.0) == [], "it starts nowhere by itself"
    (text,) = told("landslide", prone_to="flood")
    assert "roads.csv" in text
