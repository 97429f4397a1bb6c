"""Conservation, bounds and directions of the evacuation of an area; the same bytes from the same seed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.config.area import AreaPlan, BusRule
from sim.config.compose import load
from sim.evacuation.area.alone import evacuate_area
from sim.evacuation.area.bounds import free_roads
from sim.evacuation.area.buses import Stop, choose_point
from sim.evacuation.area.engine import AreaEvacuation
from sim.evacuation.area.result import AreaResult, Bottleneck
from sim.evacuation.area.state import Whereabouts
from sim.evacuation.curve import Curve
from sim.region.load import load_region
from sim.region.road_state import RoadState
from tests.evacuation.area.made_up import BUS, BY_BUS, flow, packaged, played, prepared, valley

MIXED = {"residents_per_voter": 1, "own_transport_share": 0.5, "assisted_share": 0.1}
EVERY = {"villages": ["Atas", "Bawah", "Ceruk"]}


@settings(max_examples=40, deadline=None)
@given(
    voters=st.lists(st.integers(1, 80), min_size=3, max_size=3),
    places=st.lists(st.integers(0, 150), min_size=2, max_size=2),
    seats=st.integers(1, 30),
    count=st.integers(0, 3),
    per_minute=st.floats(0.3, 20),
    never=st.sampled_from([0, 0.1, 0.5]),
    closed=st.lists(st.tuples(st.integers(1, 90), st.frozensets(st.integers(0, 3), max_size=3)), max_size=3),
    seed=st.integers(0, 1000),
)
def test_nobody_is_lost_or_made_at_any_step_and_no_bound_is_beaten(
    voters: list[int], places: list[int], seats: int, count: int, per_minute: float, never: float,
    closed: list[tuple[int, frozenset[int]]], seed: int,
) -> None:  # fmt: skip
    result = played(
        valley(voters, km=6),
        [(float(since), RoadState(roads)) for since, roads in sorted(closed, key=lambda one: one[0])],
        seed,
        area=EVERY,
        people=MIXED,
        preparation={"mean_minutes": 10, "cv": 1},
        reluctance={"never": never, "late": 0.2, "late_by": {"mean_minutes": 20, "cv": 0.5}},
        walk={"mean_minutes": 5, "cv": 0.5},
        road_capacity=flow(per_minute),
        shelters=[
            {"at": at, "places": n, "received_per_minute": 7} for at, n in zip(("Kota", "Pasar"), places, strict=True)
        ],
        buses=[{**BUS, "seats": seats, "count": count}],
        give_up_minutes=600,
    )
    assert np.all(result.account[:, 1:].sum(axis=1) == sum(voters))  # the engine asserts more at each of them
    assert np.all(np.diff(result.account[:, 1 + Whereabouts.SAFE]) >= 0)
    assert sum(result.inside) == result.counts[Whereabouts.SAFE] == len(result.safe)
    assert np.all(result.safe >= result.free[: len(result.safe)] - 1e-9)
    if not result.left_behind and not result.counts[Whereabouts.ABOARD] and result.last < 600:
        assert result.last >= result.bus_bound - 1e-9


def test_the_same_seed_gives_the_same_evacuation_to_the_last_bit() -> None:
    plan = {"people": MIXED, "preparation": {"mean_minutes": 10, "cv": 1}, "buses": [BUS]}
    one, again, other = (played(valley([200]), seed=seed, **plan) for seed in (3, 3, 4))
    assert one.safe.tobytes() == again.safe.tobytes()
    assert one.account.tobytes() == again.account.tobytes()
    assert one.safe.tobytes() != other.safe.tobytes()


def test_it_is_the_same_in_whatever_steps_it_is_advanced() -> None:
    plan = prepared(valley([300]), road_capacity=flow(5), preparation={"mean_minutes": 10, "cv": 1})
    fine, coarse = (AreaEvacuation(plan, np.random.default_rng(0), begins=480) for _ in range(2))
    for minute in range(480, 900):
        fine.advance(minute + 0.25)
        fine.advance(minute + 1)
    coarse.advance(900)
    assert fine.safe_at == coarse.safe_at
    assert np.array_equal(fine.curve, coarse.curve)
    assert fine.settled
    assert min(fine.safe_at) > 480


def test_fewer_buses_are_later_and_none_carry_nobody() -> None:
    last = [played(valley([200]), **{**BY_BUS, "buses": [{**BUS, "count": n}]}).last for n in (4, 2, 1)]
    assert last[1] > 1.7 * last[0]
    assert last[2] > 1.7 * last[1]
    none = played(valley([200]), **{**BY_BUS, "buses": [{**BUS, "count": 0}]})
    assert none.counts[Whereabouts.WAITING] == 200
    assert none.plan.remarks


def test_a_later_warning_is_later_by_as_much() -> None:
    def warned(minutes: float) -> AreaResult:
        channel = {"per_minute": 0.1, "begins_minutes": minutes}
        silent = {"per_minute": 0, "begins_minutes": 0}
        return played(valley([400]), warning={"mobile": silent, "patrol": channel, "neighbours_per_minute": 0.05})

    soon, late = warned(5), warned(45)
    assert late.safe - soon.safe == pytest.approx(np.full(400, 40.0), abs=1e-6)
    assert late.bottleneck is Bottleneck.WARNING


def test_where_there_is_no_signal_only_patrols_warn() -> None:
    warning = {
        "mobile": {"per_minute": 0.2, "begins_minutes": 0},
        "patrol": {"per_minute": 0.02, "begins_minutes": 30},
        "neighbours_per_minute": 0,
    }
    signal, none = (played(valley([400], signal=there), warning=warning) for there in (True, False))
    assert none.t50 > signal.t50 + 40
    no_patrol = {**warning, "patrol": {"per_minute": 0, "begins_minutes": 0}}
    unwarned = played(valley([400], signal=False), warning=no_patrol)
    assert unwarned.counts[Whereabouts.REFUSED] == 400
    assert "Atas" in unwarned.plan.remarks[-1]


def test_staging_lets_the_village_in_danger_out_first_and_costs_all_no_more_than_the_wait() -> None:
    # Both use the road from Bawah to Kota, 4 a minute; Atas is in danger, and Bawah lies before it
    region = valley([200, 200], roads=[(0, 1, 5.0), (1, 2, 5.0), (2, 3, 5.0)])
    area = {"around": "Atas", "radius_km": 0.5, "villages": ["Bawah"]}

    def staged(**staging: object) -> tuple[float, float]:
        plan = prepared(region, area=area, road_capacity=flow(4), staging=staging)
        evacuation = AreaEvacuation(plan, np.random.default_rng(0))
        evacuation.advance(400)
        safe, zone = np.array(evacuation.safe_at), evacuation.population.zone
        return float(safe[zone == 0].max()), float(safe.max())

    first, everybody = staged(order="all_at_once")
    kept, together = staged(order="nearest_first", ring_km=1, ring_minutes=55)
    assert kept < first - 40
    assert together == pytest.approx(everybody, abs=12)
    listed = staged(order="listed", delays=[{"village": "Bawah", "minutes": 55}])
    assert listed == pytest.approx((kept, together))


def test_smaller_shelters_leave_more_without_a_place() -> None:
    without = [
        played(
            valley([300]), people=MIXED, buses=[BUS],
            shelters=[{"at": "Kota", "places": places, "received_per_minute": 50}],
        ).counts[Whereabouts.WITHOUT_PLACE] for places in (300, 200, 100)
    ]  # fmt: skip
    assert without[0] == 0
    assert without[0] < without[1] < without[2]


def test_the_ill_and_disabled_board_first_and_then_who_came_first() -> None:
    people = {"residents_per_voter": 1, "own_transport_share": 0, "assisted_share": 0.2}
    plan = prepared(valley([50]), people=people, buses=[BUS], preparation={"mean_minutes": 10, "cv": 1})
    area = AreaEvacuation(plan, np.random.default_rng(0))
    area.advance(500)
    assert area.counts[Whereabouts.WAITING] == 50
    point = plan.zones[0].point
    boarded = area.board(point, 30)
    assert area.population.assisted[boarded].tolist() == [True] * 10 + [False] * 20
    came = [area.waits_from[party] for party in boarded]
    assert came[:10] == sorted(came[:10])
    assert came[10:] == sorted(came[10:])
    assert max(came[10:]) <= min(area.waits_from[party] for party in area.waiting[point][1])
    rest = area.alight(0, boarded)
    area.advance(501)
    assert rest == []
    assert area.counts[Whereabouts.SAFE] == 30


def test_a_family_that_fits_nowhere_is_without_a_place_and_not_in_a_dead_end() -> None:
    cars = [{"vehicle": "car", "share": 1, "people": 4, "car_units": 1}]
    shelters = [{"at": "Kota", "places": 7, "received_per_minute": 50}]
    result = played(valley([12]), own_vehicles=cars, shelters=shelters)
    assert (result.counts[Whereabouts.SAFE], result.counts[Whereabouts.WITHOUT_PLACE]) == (4, 8)


def test_a_bus_goes_where_it_carries_most_a_minute_or_where_the_danger_is() -> None:
    near = Stop(1, people=4, minutes=10, ordered=0, from_danger_km=5)
    full = Stop(2, people=40, minutes=30, ordered=0, from_danger_km=1)
    cut_off = Stop(3, people=99, minutes=np.inf, ordered=0, from_danger_km=0)
    served = Stop(4, people=0, minutes=1, ordered=0, from_danger_km=0)
    stops = [near, full, cut_off, served]
    assert choose_point(stops, 30, BusRule.MOST_PER_MINUTE) == 1
    assert choose_point(stops, 6, BusRule.MOST_PER_MINUTE) == 0
    assert choose_point(stops, 6, BusRule.NEAREST_DANGER_FIRST) == 1
    assert choose_point([cut_off, served], 6, BusRule.MOST_PER_MINUTE) is None


def reached(safe: NDArray[np.float64], wanted: int) -> Curve:
    """Return the curve of these who were safe, of so many who wanted to be."""
    return Curve(safe, np.arange(1.0, len(safe) + 1.0), float(wanted))


def test_share_safe_counts_those_who_wanted_to_leave() -> None:
    safe = np.arange(1.0, 91.0)
    assert reached(safe, 100).time_of(0.5) == 50
    assert reached(safe, 100).time_of(0.9) == 90
    assert reached(safe, 100).time_of(0.95) == np.inf
    assert reached(safe[:0], 0).time_of(0.5) == 0


@pytest.fixture(scope="module")
def evacuated() -> dict[str, AreaResult]:
    scenario = load("calm_day", [])
    region = load_region(scenario.region)

    def played_plan(plan: AreaPlan) -> AreaResult:
        return evacuate_area(region, plan, scenario, seed=1)

    names = ("kaba_ring", "kaba_ring_more_trucks", "kaba_ring_staged", "flood_lowland", "flood_lowland_far")
    return {name: played_plan(packaged(name)) for name in names}


def test_packaged_plans_bring_everybody_to_safety_and_beat_no_bound(evacuated: dict[str, AreaResult]) -> None:
    for result in evacuated.values():
        assert result.left_behind == 0
        assert result.ratio >= 1
        assert np.all(result.safe >= free_of(result))
    assert evacuated["kaba_ring"].plan.people > 30_000


def free_of(result: AreaResult) -> np.ndarray:
    return result.free[: len(result.safe)] - 1e-9


def test_packaged_plans_differ_as_they_should(evacuated: dict[str, AreaResult]) -> None:
    assert evacuated["kaba_ring_more_trucks"].last < 0.6 * evacuated["kaba_ring"].last
    assert evacuated["kaba_ring_staged"].t50 > evacuated["kaba_ring"].t50 + 30
    centre = [zone.name for zone in evacuated["kaba_ring"].plan.zones].index("Air Dingin")
    assert evacuated["kaba_ring_staged"].zone_last[centre] < 0.4 * evacuated["kaba_ring"].zone_last[centre]
    assert evacuated["flood_lowland_far"].t50 > evacuated["flood_lowland"].t50 + 30


def test_free_roads_is_what_leaves_shifted_by_the_way() -> None:
    plan = prepared(valley([40], km=7))
    evacuation = AreaEvacuation(plan, np.random.default_rng(0))
    assert free_roads(plan, evacuation.population) == pytest.approx(np.full(40, 7.0), abs=0.01)
