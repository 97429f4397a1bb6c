"""The plan of disturbances: places where each kind can happen, and who notices what happens there."""

from __future__ import annotations

from math import exp

import numpy as np
import pytest

from sim.config.scenario import Scenario
from sim.disturbance.plan import DisturbancePlan, noticing, plan_disturbances
from sim.errors import UserError
from sim.region.gazetteer import Gazetteer
from sim.region.load import load_region
from sim.region.place import BasePlace
from sim.region.travel import RoadNetwork
from sim.vocabulary import Origin, PlaceKind
from tests.conftest import small_scenario
from tests.disturbance.made_up import PLACES, ROAD, VILLAGE_TWO, bare_plan


def planned(*overrides: str) -> tuple[DisturbancePlan, Scenario]:
    scenario = small_scenario(*overrides)
    region = load_region(scenario.region)
    network = RoadNetwork(region, scenario.region.speed_kmh, scenario.weather.speed_factor, scenario.response.vehicles)
    return plan_disturbances(scenario, region, Gazetteer(region), network.km()), scenario


def script(kind: str, place: str, more: str = "") -> str:
    return f"incidents=[{{kind: {kind}, onset: '09:00', place: '{place}'{more}}}]"


def test_a_plan_holds_what_the_scenario_says() -> None:
    plan, scenario = planned(script("riot", "T2.1", ", starters: 9, followers: 2"), "disturbance.spread.followers=0.3")
    (one,) = plan.scripted
    start = one.start
    assert (one.onset, plan.earliest) == (540.0, 540.0)
    assert (start.identity, start.kind_name, start.origin) == ("s0", "riot", Origin.SCRIPTED)
    assert (start.starters, start.followers) == (9, 2.0)
    assert start.place.kind is PlaceKind.STATION and plan.node[start.place.stations[0]] == start.place.node
    assert (plan.open, plan.close, plan.end) == (scenario.voting.open, scenario.voting.close, scenario.voting.day_end)
    assert plan.kinds == scenario.kinds and plan.all_clear_minutes == scenario.disturbance.all_clear_minutes
    assert [place.station for place in plan.stations] == list(range(len(plan.node)))
    assert len(plan.weight) == len(plan.district) == len(plan.node)
    assert planned(script("riot", "T2.1"), "disturbance.spread.followers=0.3")[0].scripted[0].start.followers == 0.3
    assert planned()[0].scripted == () and planned()[0].earliest == float("inf")


@pytest.mark.parametrize(
    ("kind", "place", "found"),
    [
        ("riot", "T2.1", PlaceKind.STATION),
        ("flood", "T2.1", PlaceKind.AREA),
        ("flood", "district 1", PlaceKind.AREA),
        ("landslide", "T1.1--T2.1", PlaceKind.ROAD),
    ],
)
def test_an_incident_is_where_its_kind_can_happen(kind: str, place: str, found: PlaceKind) -> None:
    assert planned(script(kind, place))[0].scripted[0].start.place.kind is found


@pytest.mark.parametrize(
    ("kind", "place", "needed"),
    [
        ("landslide", "T2.1", "a road is needed"),
        ("office_protest", "T2.1", "a base is needed"),
        ("riot", "T1.1--T2.1", "a station is needed"),
    ],
)
def test_a_kind_is_refused_where_it_cannot_happen(kind: str, place: str, needed: str) -> None:
    with pytest.raises(UserError, match=rf"incidents\[0\]\.place: '{place}' is .*{needed}"):
        planned(script(kind, place))


def test_who_notices_falls_with_the_distance_by_road() -> None:
    near, share = noticing(bare_plan(), PLACES[12], 3.0)
    felt = dict(zip(near.tolist(), share.tolist(), strict=True))
    assert 12 not in felt
    assert felt[10] == felt[14] == 1.0  # the same village
    assert felt[5] == felt[15] == pytest.approx(exp(-2 / 3))
    assert min(felt.values()) == pytest.approx(exp(-6 / 3)) and 30 not in felt  # exp(-8/3) is under a tenth
    assert len(felt) == 4 + 5 * 5


def test_a_road_is_as_near_as_the_nearer_of_its_ends_and_an_area_as_its_nearest_village() -> None:
    plan = bare_plan()
    near, share = noticing(plan, ROAD, 1.0)
    assert dict(zip(near.tolist(), share.tolist(), strict=True)) == {
        **dict.fromkeys(range(10, 20), 1.0),
        **dict.fromkeys([*range(5, 10), *range(20, 25)], pytest.approx(exp(-2))),
    }
    near, _ = noticing(plan, VILLAGE_TWO, 1.0)
    assert near.tolist() == [*range(5, 10), *range(15, 20)]  # not the area's own stations
    office = BasePlace(0, "KPU", "Office", 8, 1)
    assert noticing(plan, office, 0.1)[0].tolist() == list(range(40, 45))


def test_a_reach_of_its_own_goes_before_that_of_the_settings() -> None:
    plan = bare_plan()
    assert plan.deterred_reach_km == 1.5
    for default, own in zip(noticing(plan, PLACES[0]), noticing(plan, PLACES[0], 1.5), strict=True):
        assert np.array_equal(default, own)
    assert len(noticing(plan, PLACES[0], 5.0)[0]) > len(noticing(plan, PLACES[0])[0])


def test_nobody_notices_where_no_road_leads() -> None:
    plan = bare_plan()
    plan.km[0, 1:] = np.inf
    assert noticing(plan, PLACES[0])[0].tolist() == [1, 2, 3, 4]
