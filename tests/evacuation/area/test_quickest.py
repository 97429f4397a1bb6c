"""The quickest flow of own transport: exact where that can be worked out by hand, and never beaten by the engine."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.evacuation.area.population import draw_population
from sim.evacuation.area.quickest import LEAST_STEP_MINUTES, quickest_own_transport
from sim.evacuation.area.result import AreaResult
from sim.evacuation.bound import Link, quickest
from sim.region.region import Region
from tests.evacuation.area.made_up import AT_ONCE, BUS, SAME, flow, played, prepared, valley

FAST_GATE = 1_000_000


def bound_of(region: Region, most: float, least: float = 0.0, **plan: Any) -> float:
    ready = prepared(region, **plan)
    people = np.random.default_rng(1).spawn(2)[1]
    return quickest_own_transport(ready, draw_population(ready, people), least, most)


def test_one_road_lets_out_so_many_a_minute() -> None:
    # 12 minutes, 8 a minute, 500 cars: the last is out at 12 + 499 / 8 = 74.375; a step lets out one car more
    found = bound_of(valley([500]), 150.0, road_capacity=flow(8))
    assert 12 + 499 / 8 >= found > 65.0


def test_the_longer_it_takes_the_nearer_it_is_to_the_truth() -> None:
    # 5,000 cars at 8 a minute: 636.9
    found = bound_of(valley([5000]), 1500.0, road_capacity=flow(8))
    assert 0.95 * (12 + 4999 / 8) < found <= 12 + 4999 / 8


def test_a_merge_against_the_quickest_flow_in_whole_minutes() -> None:
    # A (300) -> J in 2, B (200) -> J in 1, J -> E in 3, all by 4 a minute
    region = valley([300, 200], roads=[(0, 2, 2.0), (1, 2, 1.0), (2, 3, 3.0)])
    plan = {
        "area": {"villages": ["Atas", "Bawah"]}, "road_capacity": flow(4),
        "shelters": [{"at": "Pasar", "places": 1000, "received_per_minute": FAST_GATE}],
    }  # fmt: skip
    links = [Link("A", "J", 2, 4), Link("B", "J", 1, 4), Link("J", "E", 3, 4)]
    plain = quickest(links, {"A": 300, "B": 200}, ["E"])
    assert plain == 4 + 500 / 4 - 1
    assert plain >= bound_of(region, 250.0, **plan) > 0.9 * plain
    assert played(region, **plan).last >= plain


def test_who_leaves_later_is_counted_from_then_on() -> None:
    late = {"order": "listed", "delays": [{"village": "Bawah", "minutes": 100.0}]}
    region, area = valley([400, 400]), {"villages": ["Atas", "Bawah"]}
    plan = {"area": area, "road_capacity": flow(8), "staging": late}
    found = bound_of(region, 300.0, **plan)
    assert 100 + 12 + 399 / 8 >= found > 100 + 12 + 0.85 * 399 / 8


def test_a_full_shelter_sends_people_to_the_next() -> None:
    shelters = [
        {"at": "Kota", "places": 100, "received_per_minute": FAST_GATE},
        {"at": "Pasar", "places": 900, "received_per_minute": FAST_GATE},
    ]
    free = bound_of(valley([500]), 40.0, shelters=shelters)
    assert 17.0 >= free >= 17.0 - LEAST_STEP_MINUTES, "400 of them have 5 minutes more to go"


def test_a_gate_lets_in_so_many_a_minute() -> None:
    shelters = [{"at": "Kota", "places": 1000, "received_per_minute": 5}]
    assert 112.0 >= bound_of(valley([500]), 250.0, shelters=shelters) > 0.9 * 112.0


def test_a_way_round_that_pays_is_taken() -> None:
    region = valley([500], roads=[(0, 1, 10.0), (0, 2, 8.0), (1, 2, 6.0)])
    plan = {"road_capacity": flow(8)}
    one, both = bound_of(valley([500], km=10.0), 73.0, **plan), bound_of(region, 73.0, **plan)
    assert 10 + 500 / 16 - 5 < both < one - 20


def test_of_several_vehicles_the_fastest_and_the_one_that_carries_most_for_its_size_count() -> None:
    mixed = [
        {"vehicle": "motorcycle", "share": 0.95, "people": 2, "car_units": 0.3},
        {"vehicle": "truck", "share": 0.05, "people": 1, "car_units": 1},
    ]
    narrow = played(valley([500]), own_vehicles=mixed, road_capacity=flow(8))
    assert bound_of(valley([500]), 200.0, own_vehicles=mixed, road_capacity=flow(8)) <= narrow.last < 40.0
    few = [{**mixed[0], "share": 0.5}, {**mixed[1], "share": 0.5}]
    assert (
        bound_of(valley([2], km=60.0), 200.0, own_vehicles=few)
        <= 60.0
        < played(valley([2], km=60.0), own_vehicles=few).last
    )


def test_it_is_not_looked_for_where_another_bound_is_more() -> None:
    assert bound_of(valley([500]), 150.0, 74.0, road_capacity=flow(8)) == 0.0
    assert bound_of(valley([500]), 150.0, 80.0, road_capacity=flow(8)) == 0.0
    assert (
        bound_of(valley([500]), 150.0, people={"residents_per_voter": 1, "own_transport_share": 0, "assisted_share": 0})
        == 0.0
    )


def test_it_is_part_of_the_bound_of_an_area_whose_roads_are_narrow() -> None:
    narrow, wide = played(valley([500]), road_capacity=flow(8)), played(valley([500]))
    assert narrow.road_bound == narrow.bound > 55.0 and narrow.bound <= narrow.last
    assert wide.road_bound == 0.0 and wide.bound == pytest.approx(12.0, abs=0.01)
    full = [{"at": "Kota", "places": 30, "received_per_minute": FAST_GATE}]
    assert played(valley([500]), road_capacity=flow(8), shelters=full).road_bound == 0.0, "not all are safe in the end"


def test_the_narrower_the_roads_the_later_and_posts_help() -> None:
    plan = {"posts": [{"place": "Kota", "officers": 2, "duty": "traffic"}], "traffic_post_factor": 2}
    four, eight = (bound_of(valley([500]), 200.0, road_capacity=flow(rate)) for rate in (4, 8))
    assert four > eight + 40
    assert bound_of(valley([500]), 200.0, road_capacity=flow(4), **plan) == pytest.approx(eight, abs=2.0)


minutes = st.integers(1, 30).map(float)
rates = st.sampled_from([0.5, 2.0, 7.0, 30.0, None])
shares = st.sampled_from([(1.0, 0.0), (0.5, 0.5), (0.85, 0.15)])


@st.composite
def cases(draw: st.DrawFn) -> tuple[Region, dict[str, Any], int]:
    """A made-up valley with roads of any sort, and a plan for it with own transport and perhaps a bus."""
    n = draw(st.integers(1, 4))
    voters = draw(st.lists(st.integers(1, 120), min_size=n, max_size=n))
    nodes = n + 2
    roads = [(draw(st.integers(0, i - 1)), i, draw(minutes)) for i in range(1, nodes)]
    for _ in range(draw(st.integers(0, 4))):
        u, v = sorted(draw(st.tuples(st.integers(0, nodes - 1), st.integers(0, nodes - 1))))
        if u != v and (u, v) not in {(a, b) for a, b, _ in roads}:
            roads.append((u, v, draw(minutes)))
    rate, gate, places = draw(rates), draw(st.sampled_from([1.0, 10.0, 1000.0])), draw(st.integers(10, 400))
    by_motorcycle, by_car = draw(shares)
    vehicles = [
        {"vehicle": name, "share": share, "people": people, "car_units": units}
        for name, share, people, units in (("motorcycle", by_motorcycle, 2, 0.3), ("car", by_car, 4, 1))
        if share
    ]
    plan = {
        "area": {"villages": ["Atas", "Bawah", "Ceruk", "Dusun"][:n]},
        "people": {"residents_per_voter": 1, "own_transport_share": draw(st.sampled_from([0.6, 1.0])), "assisted_share": 0},
        "own_vehicles": vehicles,
        "road_capacity": dict.fromkeys(SAME, None if rate is None else rate * 60),
        "shelters": [
            {"at": "Kota", "places": places, "received_per_minute": gate},
            {"at": "Pasar", "places": 1000, "received_per_minute": gate},
        ],
        "preparation": draw(st.sampled_from([AT_ONCE, {"mean_minutes": 30, "cv": 0.6}])),
        "buses": [{**BUS, "count": 3}],
        "posts": [{"place": "Kota", "officers": 2, "duty": "traffic"}] * draw(st.integers(0, 1)),
        "traffic_post_factor": 2,
    }  # fmt: skip
    return valley(voters, roads=roads), plan, draw(st.integers(0, 1000))


def never_beaten(result: AreaResult) -> None:
    if not result.left_behind:
        assert result.bound <= result.last + 1e-6
        assert result.road_bound <= result.last + 1e-6


@settings(max_examples=60, deadline=None)
@given(cases())
def test_no_evacuation_that_is_played_beats_it(case: tuple[Region, dict[str, Any], int]) -> None:
    region, plan, seed = case
    result = played(region, seed=seed, **plan)
    never_beaten(result)
    ready = prepared(region, **plan)
    drawn = draw_population(ready, np.random.default_rng(seed).spawn(2)[1])
    if not result.left_behind:  # nothing of the evacuation helps: it is looked for far beyond
        assert quickest_own_transport(ready, drawn, 0.0, 3 * result.last + 100) <= result.last + 1e-6
