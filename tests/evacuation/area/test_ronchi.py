"""The components of the protocol of Ronchi et al. 2023 (Natural Hazards 117, 1493-1519), a test or more each.

What of the protocol passes, passes in part or does not apply is in docs/evacuation.md.
"""

from __future__ import annotations

import numpy as np
import pytest

from sim.evacuation.area.population import BY_BUS, draw_population
from sim.evacuation.area.result import Bottleneck
from sim.evacuation.area.state import Whereabouts
from sim.evacuation.area.warning import warned_after, warned_share
from sim.region.road_state import OPEN, RoadState
from tests.evacuation.area.made_up import BUS, flow, played, prepared, valley
from tests.evacuation.area.made_up import BY_BUS as ON_BUSES

LATE = {"mean_minutes": 30, "cv": 0.6}
TWO_WAYS = [(0, 1, 10.0), (0, 2, 30.0), (1, 2, 5.0)]
"""Atas to Kota in 10 minutes, to Pasar by a road of 30, and 5 between the two."""


def test_population_is_as_many_people_and_vehicles_as_the_shares_say() -> None:
    people = {"residents_per_voter": 1.5, "own_transport_share": 0.6, "assisted_share": 0.1}
    kinds = [
        {"vehicle": "motorcycle", "share": 0.5, "people": 2, "car_units": 0.3},
        {"vehicle": "car", "share": 0.5, "people": 4, "car_units": 1},
    ]
    drawn = draw_population(prepared(valley([200]), people=people, own_vehicles=kinds), np.random.default_rng(0))
    assert drawn.people.sum() == 300
    assert [drawn.people[drawn.vehicle == kind].sum() for kind in (0, 1, BY_BUS)] == [90, 90, 120]
    assert [(drawn.vehicle == kind).sum() for kind in (0, 1)] == [45, 23]  # the last car has two people
    assert drawn.assisted.sum() == 30


def test_pre_evacuation_times_are_drawn_from_the_distribution() -> None:
    drawn = draw_population(prepared(valley([20_000]), preparation=LATE), np.random.default_rng(0))
    assert drawn.leaves.mean() == pytest.approx(30, rel=0.02)
    assert drawn.leaves.std() == pytest.approx(18, rel=0.04)


def test_pre_evacuation_who_refuses_stays() -> None:
    reluctance = {"never": 0.25, "late": 0, "late_by": LATE}
    result = played(valley([4000]), reluctance=reluctance)
    assert result.counts[Whereabouts.REFUSED] == pytest.approx(1000, abs=4 * np.sqrt(4000 * 0.25 * 0.75))
    assert result.counts[Whereabouts.SAFE] + result.counts[Whereabouts.REFUSED] == 4000


def test_pre_evacuation_warning_is_the_curve_of_broadcast_and_contagion() -> None:
    # Half are warned after ln(2 + b/a) / (a + b) minutes: a = 0.02, b = 0.05: ln 4.5 / 0.07 = 21.487
    assert warned_after(np.array([0.5]), [(0.0, 0.02)], 0.05)[0] == pytest.approx(21.4868, abs=1e-4)
    two = [(5.0, 0.03), (15.0, 0.05)]
    shares = np.linspace(0, 0.99, 50)
    minutes = warned_after(shares, two, 0.05)
    assert [warned_share(float(m), two, 0.05) for m in minutes] == pytest.approx(shares.tolist(), abs=1e-9)
    assert np.all(np.diff(minutes) > 0)
    # Without contagion it is an exponential delay
    assert warned_after(np.array([0.5]), [(3.0, 0.1)], 0.0)[0] == pytest.approx(3 + np.log(2) / 0.1)


def test_movement_of_vehicles_takes_the_length_of_the_road_over_the_speed() -> None:
    result = played(valley([50], km=12))
    assert result.safe == pytest.approx(np.full(50, 12.0), abs=0.01)


def test_movement_on_foot_to_the_assembly_point() -> None:
    region = valley([20, 20], roads=[(0, 1, 2.0), (1, 2, 10.0), (2, 3, 5.0)])
    points = [{"village": "Atas", "at": "Bawah"}]
    plan = prepared(region, **ON_BUSES, assembly_points=points)
    drawn = draw_population(plan, np.random.default_rng(0))
    assert drawn.walk == pytest.approx(np.full(20, 30.0))  # 2 km at 4 km/h


def test_with_free_roads_the_arrival_curve_is_that_of_leaving_shifted_by_travel() -> None:
    plan = prepared(valley([3000], km=12), preparation=LATE)
    result = played(valley([3000], km=12), preparation=LATE)
    assert result.safe == pytest.approx(result.free, abs=0.01)
    leaves = np.sort(draw_population(plan, np.random.default_rng(1).spawn(2)[1]).leaves)
    assert result.safe == pytest.approx(leaves + 12.0, abs=0.01)


def test_route_is_the_quickest_unless_the_plan_gives_one() -> None:
    region = valley([10], roads=[(0, 1, 10.0), (0, 2, 8.0), (1, 2, 1.0)])
    assert played(region).last == pytest.approx(9.0, abs=0.01)  # by Pasar
    # A route by way of Pasar, though the road to Kota is shorter
    around = valley([10], roads=TWO_WAYS)
    given = [{"village": "Atas", "shelter": "Kota", "through": ["Pasar"]}]
    assert played(around).last == pytest.approx(10.0, abs=0.01)
    assert played(around, routes=given).last == pytest.approx(15.0 + 5.0, abs=0.01)


def test_destination_who_finds_a_shelter_full_goes_on_to_the_next() -> None:
    shelters = [
        {"at": "Kota", "places": 30, "received_per_minute": 1_000_000},
        {"at": "Pasar", "places": 50, "received_per_minute": 1_000_000},
    ]
    result = played(valley([100]), shelters=shelters)
    assert result.inside == (30, 50)
    assert result.counts[Whereabouts.WITHOUT_PLACE] == 20
    assert result.safe[[29, 30]] == pytest.approx([12.0, 17.0], abs=0.01)
    assert "20 will be without a place" in result.plan.remarks[0]


def test_flow_constraint_a_road_lets_out_no_more_than_its_capacity() -> None:
    # One path of 12 minutes with 8 a minute and 500 people: 12 + 499 / 8; by whole minutes 12 + ceil(500 / 8) - 1 = 74
    result = played(valley([500]), road_capacity=flow(8))
    assert result.last == pytest.approx(12 + 499 / 8, abs=0.01)
    assert result.last >= 74
    assert np.diff(result.safe) == pytest.approx(np.full(499, 1 / 8), abs=0.001)
    assert result.bottleneck is Bottleneck.ROAD


def test_flow_constraint_a_merge_is_no_faster_than_the_quickest_flow() -> None:
    # A (30) -> J in 2 by 3 a minute, B (20) -> J in 1 by 2, J -> E in 3 by 4: by whole minutes the last is at E at 16
    region = valley([30, 20], roads=[(0, 2, 2.0), (1, 2, 1.0), (2, 3, 3.0)])
    shelters = [{"at": "Pasar", "places": 100, "received_per_minute": 4}]
    area = {"villages": ["Atas", "Bawah"]}
    result = played(region, area=area, shelters=shelters, road_capacity=flow(4))
    assert result.last >= 16
    assert result.last == pytest.approx(4 + 50 / 4, abs=0.3)


def test_flow_constraint_reception_at_the_shelter() -> None:
    shelters = [{"at": "Kota", "places": 1000, "received_per_minute": 5}]
    result = played(valley([500]), shelters=shelters)
    assert result.last == pytest.approx(12 + 500 / 5, abs=0.01)
    assert result.bottleneck is Bottleneck.RECEPTION


def test_without_capacity_the_queue_vanishes() -> None:
    narrow, free = played(valley([500]), road_capacity=flow(8)), played(valley([500]))
    assert narrow.queued.sum() > 10_000
    assert free.queued.sum() == 0
    assert free.last == pytest.approx(12.0, abs=0.01)


def test_event_a_road_that_closes_on_the_way_makes_people_turn_back_and_go_round() -> None:
    region = valley([10], roads=TWO_WAYS)
    closed = RoadState(frozenset({0}))
    # Noticed at 4: back at Atas at 8, then 30 to Pasar and 5 to Kota
    assert played(region, [(4.0, closed)]).last == pytest.approx(8 + 35, abs=0.02)
    assert played(region, [(11.0, closed)]).last == pytest.approx(10, abs=0.02)  # too late to matter


def test_event_without_another_way_people_are_in_a_dead_end_until_it_opens() -> None:
    closed = RoadState(frozenset({0}))
    stuck = played(valley([10]), [(4.0, closed)])
    assert stuck.counts[Whereabouts.DEAD_END] == 10
    assert stuck.counts[Whereabouts.SAFE] == 0
    assert np.isinf(stuck.t50)
    freed = played(valley([10]), [(4.0, closed), (60.0, OPEN)])
    assert freed.last == pytest.approx(60 + 12, abs=0.02)


def test_event_a_road_that_is_slow_takes_the_rest_of_the_way_longer() -> None:
    slow = RoadState(slowed=((0, 0.5),))
    assert played(valley([10]), [(4.0, slow)]).last == pytest.approx(4 + 8 / 0.5, abs=0.02)


def test_interaction_buses_shuttle_until_all_are_carried() -> None:
    # 35 people, 10 seats, 12 minutes each way: four rounds, the last ends on arrival
    result = played(valley([35]), **ON_BUSES)
    assert [people for *_, people in result.trips] == [10, 10, 10, 5]
    assert result.last >= 4 * 24
    assert result.last == pytest.approx(4 * 24, abs=4)  # a bus looks round once a minute
    assert result.bus_bound == pytest.approx(4 * 24)
    assert result.bottleneck is Bottleneck.BUSES


def test_interaction_buses_stand_in_the_queue_of_the_cars() -> None:
    people = {"residents_per_voter": 1, "own_transport_share": 0.9, "assisted_share": 0}
    ahead = {**BUS, "base": "Atas"}
    free = played(valley([500]), people=people, buses=[ahead])
    jam = played(valley([500]), people=people, buses=[ahead], road_capacity=flow(4))
    assert jam.trips[0][0] == pytest.approx(free.trips[0][0], abs=1)
    assert jam.last > free.last + 60


def test_interaction_the_ill_and_disabled_board_first() -> None:
    people = {"residents_per_voter": 1, "own_transport_share": 0, "assisted_share": 0.2}
    plan = prepared(valley([50]), people=people, buses=[BUS])
    drawn = draw_population(plan, np.random.default_rng(0))
    assert drawn.assisted.sum() == 10
    only = played(valley([50]), people=people, buses=[{**BUS, "assisted_only": True}])
    assert only.counts[Whereabouts.SAFE] == 10
    assert only.counts[Whereabouts.WAITING] == 40
