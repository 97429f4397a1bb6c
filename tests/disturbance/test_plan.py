"""The plan of disturbances: places where each kind can happen, and who notices what happens there."""

from __future__ import annotations

from dataclasses import replace
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


def test_where_everything_is_noticed_the_stations_of_the_place_still_feel_it_itself_and_do_not_notice_it() -> None:
    near, share = noticing(replace(bare_plan(), noticed_from=0.0), PLACES[12], 3.0)
    assert 12 not in near and min(share) > 0.0 and len(near) == len(bare_plan().stations) - 1


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


def test_whom_a_share_keeps_away_is_that_share_of_who_notices_and_the_same_answer_again() -> None:
    plan = bare_plan()
    near, felt = noticing(plan, PLACES[12], 3.0)
    deterred = plan.deterred(PLACES[12], 3.0, 0.4)
    assert np.array_equal(deterred.stations, near) and np.array_equal(deterred.shares, 0.4 * felt)
    assert deterred.by_station == dict(zip(near.tolist(), (0.4 * felt).tolist(), strict=True))
    assert plan.deterred(PLACES[12], 3.0, 0.4) is deterred is not plan.deterred(PLACES[12], 3.0, 0.5)


def test_nobody_notices_where_no_road_leads() -> None:
    plan = bare_plan()
    plan.km[0, 1:] = np.inf
    assert noticing(plan, PLACES[0])[0].tolist() == [1, 2, 3, 4]


def among(kind: str, *places: str, onset: str = "'09:00'") -> str:
    return f"incidents=[{{kind: {kind}, onset: {onset}, among: [{', '.join(places)}]}}]"


def test_a_district_stands_for_its_stations_by_their_vulnerability_each_once() -> None:
    plan, _ = planned(among("riot", "district 1", "T1.1", "kecamatan 1"))
    (one,) = plan.scripted
    stations = [place.stations[0] for place in one.places]
    assert stations == np.flatnonzero(plan.district == 0).tolist() and len(stations) > 3
    assert one.weights == tuple(plan.weight[stations]) and len(set(one.weights)) > 1
    assert [len(place.stations) < len(stations) for place in one.named] == [False, True], "the district, its village"
    (mixed,) = planned(among("riot", "T1.1", "T2.1"))[0].scripted
    assert {plan.node[place.stations[0]] for place in mixed.places} == {place.node for place in mixed.named}


def test_an_area_is_itself_where_only_areas_or_no_stations_will_do() -> None:
    only_area = (
        "kinds.flood.places=[area]",
        "kinds.flood.background_weight=0",
        "kinds.flood.severities.yellow.effects=[]",
    )
    (one,) = planned(among("flood", "district 1", "T2.1"), *only_area)[0].scripted
    assert [place.kind for place in one.places] == [PlaceKind.AREA, PlaceKind.AREA] and one.weights == (1.0, 1.0)
    (road,) = planned(among("landslide", "T1.1--T2.1"))[0].scripted
    assert road.places[0].kind is PlaceKind.ROAD and road.weights == (1.0,)


@pytest.mark.parametrize(
    ("overrides", "says"),
    [
        ((among("riot", "T1.1", "Pasar Tengh"),), r"incidents\[0\]\.among\[1\]: unknown place 'Pasar Tengh'"),
        ((among("office_protest", "KPU", "T1.1"),), r"incidents\[0\]\.among\[1\]: 'T1.1' is .*a base is needed"),
        ((among("riot", "KPU"),), r"incidents\[0\]\.among\[0\]: 'KPU' is a base, but"),
        (
            (among("riot", "T1.1"), "disturbance.background.vulnerability_weight={low: 0, high: 0, very_high: 0}"),
            r"incidents\[0\]\.among: none of these stations can be drawn",
        ),
        (
            ("conditions=[{when: {incident: riot, reaches: red}, then: {kind: office_protest, place: T1.1, "
             "probability: 1, delay: {mean_minutes: 5}}}]",),
            r"conditions\[0\]\.then\.place: 'T1.1' is .*a base is needed",
        ),
    ],
)  # fmt: skip
def test_a_place_that_cannot_be_drawn_is_refused(overrides: tuple[str, ...], says: str) -> None:
    with pytest.raises(UserError, match=says):
        planned(*overrides)


def test_the_earliest_is_the_earliest_possible() -> None:
    plan, _ = planned(among("riot", "T1.1", onset="['06:10', '11:00']"))
    assert (plan.earliest, plan.scripted[0].latest) == (370.0, 660.0)


def test_offices_roads_and_villages_are_those_of_the_region_and_none_where_nothing_starts() -> None:
    plan, scenario = planned()
    region = load_region(scenario.region)
    assert [office.code for office in plan.offices] == [base.code for base in region.bases if base.kind == "office"]
    assert len(plan.offices) > 0 and len(plan.villages) == len(region.villages)
    assert 0 < len(plan.roads) <= len(region.roads.u) and all(road.district is not None for road in plan.roads)
    rates = (f"disturbance.background.rate_per_{place}_hour=0" for place in ("office", "road", "village"))
    quiet, _ = planned(*rates)
    assert quiet.offices == quiet.roads == quiet.villages == ()
