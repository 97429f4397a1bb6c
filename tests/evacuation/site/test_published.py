"""Published tests of evacuation models (RiMEA 3.0, NIST TN 1822) and of the hydraulic model, on the network."""

from __future__ import annotations

import numpy as np
import pytest

from sim.config.layouts import Layout, StairClass
from sim.evacuation.site.closed import A_M2, specific_flow
from sim.evacuation.site.hydraulics import (
    FREE_DENSITY_PER_M2,
    K_STAIRS_M_PER_S,
    density_of_flow,
    merged_flow,
    most_flow,
    speed_m_per_s,
    spread_s,
)
from sim.evacuation.site.network import FREE_M_PER_S
from tests.evacuation.site.places import PACE_1_M_PER_S, chain, hall, leave, movement, seconds

CORRIDOR = {"kind": "corridor", "width_m": 2.0, "length_m": 40.0}
HOLD_2_M = 1 / (1.3 * 1.6)
"""Seconds that one person takes to enter a corridor of 2 m, whose effective width is 1.6 m."""
HOLD_OUT = 1 / (1.3 * 9.7)
"""The same of the wide opening at the end of a chain."""


def test_sfpe_constants() -> None:
    assert [K_STAIRS_M_PER_S[c] for c in StairClass] == [1.00, 1.08, 1.16, 1.23]
    assert [most_flow(k) for k in K_STAIRS_M_PER_S.values()] == pytest.approx(
        [0.9398, 1.0150, 1.0902, 1.1560], abs=1e-4
    )
    assert most_flow() == 1.3
    for density in (0.0, 0.3, 0.54):
        assert speed_m_per_s(density) == pytest.approx(1.19)
    assert speed_m_per_s(1.8797) == pytest.approx(0.7, abs=1e-4)
    assert speed_m_per_s(3.8) == 0.0
    assert speed_m_per_s(FREE_DENSITY_PER_M2) == pytest.approx(1.40 * (1 - A_M2 * FREE_DENSITY_PER_M2))


def test_openfire_transitions() -> None:
    assert merged_flow(np.array([1.0]), np.array([2.0]), 1.0) == pytest.approx(2.0)
    assert merged_flow(np.array([1.2, 0.8]), np.array([1.0, 1.2]), 2.0) == pytest.approx(1.08)


def test_imperial_first_order_example() -> None:
    # 50 people at 1.5 a m2 on a 7x11 stair of 3.3 m by 1.8 m, a corridor of 1.8 m, a door of 1.3 m
    k = K_STAIRS_M_PER_S[StairClass.USUAL]
    on_stairs = specific_flow(1.5, k)
    assert speed_m_per_s(1.5, k) == pytest.approx(0.64908)
    assert 3.3 / speed_m_per_s(1.5, k) == pytest.approx(5.1, abs=0.05)
    assert on_stairs * 1.5 == pytest.approx(1.46, abs=0.005)
    assert 50 / (on_stairs * 1.5) == pytest.approx(34.2, abs=0.1)
    in_corridor = merged_flow(np.array([on_stairs]), np.array([1.5]), 1.4)
    low, high = density_of_flow(in_corridor)
    assert (low, high) == (pytest.approx(1.02, abs=0.01), pytest.approx(2.74, abs=0.01))
    assert speed_m_per_s(low) == pytest.approx(1.0186, abs=2e-3)
    door = {"kind": "door", "width_m": 1.3, "length_m": 0}
    clear = seconds(chain(door), 50)
    assert clear == pytest.approx(50 / 1.3 + HOLD_OUT), "at least 38.46 s at the door, which passes 1.3 a second"


def test_imperial_queue_grows_where_less_can_leave_than_comes() -> None:
    k = K_STAIRS_M_PER_S[StairClass.USUAL]
    assert merged_flow(np.array([specific_flow(1.5, k)]), np.array([1.5]), 1.0) - 1.3 == pytest.approx(0.16, abs=0.005)


def test_no_density_carries_more_than_the_largest_flow() -> None:
    with pytest.raises(ValueError, match=r"no density carries 1\.5 persons"):
        density_of_flow(1.5)


@pytest.mark.parametrize("width", [0.4, 0.6, 0.8, 0.9, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.2, 2.5])
def test_bottleneck_experiments_band(width: float) -> None:
    flow = 500 / seconds(hall(width_m=width), 500)
    assert 1.3 * (width - 0.3) * (1 - 1e-9) <= flow <= 2.5 * width


def test_rimea_1_and_nist_2_1_one_person_in_a_corridor() -> None:
    # NIST: 1 m/s over 40 m is 40 s; he takes a moment to enter and to leave
    assert seconds(chain(CORRIDOR), 1, PACE_1_M_PER_S) == pytest.approx(40 + HOLD_2_M + HOLD_OUT)
    at_1_33 = 40 / FREE_M_PER_S
    assert 26 <= seconds(chain(CORRIDOR), 1) <= 34.3
    assert seconds(chain(CORRIDOR), 1) == pytest.approx(at_1_33 + HOLD_2_M + HOLD_OUT)


def test_rimea_5_and_nist_1_1_people_start_when_they_react() -> None:
    # Ten people: they are safe as they start, at the quantiles of the pre-movement time, shifted by their walk
    late = movement(pre_movement={"mean_minutes": 2, "cv": 0.5})
    times = leave(hall(length_m=11.9, width_m=5), 10, late).curve().minutes * 60
    starts = times - 11.9 / FREE_M_PER_S - 1 / (1.3 * 4.7)
    sigma = np.sqrt(np.log(1.25))
    scores = np.array([-1.6448536, -1.0364334, -0.6744898, -0.3853205, -0.1256613])
    expected = 120 * np.exp(sigma * np.concatenate([scores, -scores[::-1]]) - sigma**2 / 2)
    assert starts == pytest.approx(expected, rel=1e-6)


def test_rimea_9_four_exits_take_half_the_time_of_two() -> None:
    assert 1.6 <= seconds(hall(exits=2), 1000) / seconds(hall(exits=4), 1000) <= 2.4
    assert seconds(hall(exits=2), 1000) == pytest.approx(500 / (1.3 * 0.7))


def _two_rooms(only: list[str]) -> Layout:
    near = {"kind": "door", "from_space": "room", "width_m": 1.2, "length_m": 5, "to_assembly_m": 0}
    room = {"kind": "room", "area_m2": 50, "people": {"voters_inside": 1.0}, "only_exits": only}
    exits = {"near": near, "far": near | {"length_m": 30}}
    return Layout.model_validate({"title": "Rooms", "spaces": {"room": room}, "exits": exits})


def test_rimea_10_and_nist_3_1_who_is_told_an_exit_uses_it() -> None:
    assert seconds(_two_rooms([]), 1) < 6
    assert seconds(_two_rooms(["far"]), 1) == pytest.approx(30 / FREE_M_PER_S + 1 / (1.3 * 0.9))


def test_rimea_11_most_use_the_nearest_exit_and_some_the_other() -> None:
    both = seconds(_two_rooms([]), 1000)
    assert both < 0.55 * seconds(_two_rooms(["near"]), 1000)


def test_rimea_12_no_more_leave_the_second_bottleneck_than_the_first() -> None:
    first, second = {"kind": "door", "width_m": 1.0, "length_m": 0}, {"kind": "door", "width_m": 1.6, "length_m": 5}
    site = leave(chain(first, second), 150)
    site.advance(1.0)
    inside = site.inside()
    assert site.left == sum(inside.values()) > 50
    assert inside["s1"] < 8, "nothing piles up behind the narrower of the two"
    assert site.minutes_to_clear() * 60 + 60 >= 150 / (1.3 * 0.7)


def test_rimea_13_stairs_pass_less_and_are_slower_than_a_corridor() -> None:
    level = {"kind": "corridor", "width_m": 1.5, "length_m": 10}
    stairs = {"kind": "stairs", "width_m": 1.5, "length_m": 10, "stair_class": "7x11"}
    assert seconds(chain(stairs), 1) > seconds(chain(level), 1)
    flows = [100 / (seconds(chain(way), 300) - seconds(chain(way), 200)) for way in (level, stairs)]
    assert flows == pytest.approx([1.3 * 1.1, 1.0150 * 1.2], rel=1e-2)


def test_nist_4_1_an_exit_that_becomes_unavailable() -> None:
    site = leave(hall(exits=2), 400)
    site.advance(1.0)
    left = site.left
    assert left == 400 - 2 * int(60 * 1.3 * 0.7)
    assert site.minutes_to_clear({"exit1": 0.0}) * 60 == pytest.approx(left / (1.3 * 0.7), abs=2.0)
    assert site.minutes_to_clear({"exit0": 0.0, "exit1": 0.0}) == np.inf


def test_nist_5_1_congestion_before_a_narrow_way() -> None:
    narrow = {"kind": "door", "width_m": 0.8, "length_m": 0}
    curve = leave(chain(CORRIDOR, narrow), 100).curve()
    assert curve.bottleneck == "w1"
    came = leave(chain(CORRIDOR), 100).curve().minutes
    assert curve.waited["w1"] == pytest.approx(float((curve.minutes - came).sum()) - 100 * (1 / 0.65) / 60, rel=0.02)


def test_nist_5_2_the_largest_flow_of_a_door() -> None:
    assert np.diff(leave(hall(), 200).curve().minutes * 60) == pytest.approx(np.full(199, 1 / (1.3 * 0.7)))


def test_a_dense_group_fans_out_as_the_kinematic_wave_says() -> None:
    # 100th person of a group at the begin of 10 m, 1.2 m wide: the largest over all wave speeds of what they let pass
    later = spread_s(101, 10, 1.2)
    density = np.linspace(0, 1.6705, 20001)
    flow = np.minimum(np.minimum(1.19, 1.4 * (1 - A_M2 * density)) * density, 1.3)
    for n in (1, 10, 50, 100):
        t = later[n] + 10 / 1.19
        assert 1.2 * t * float((flow - density * 10 / t).max()) == pytest.approx(n, rel=1e-3)
    assert spread_s(5, 0, 1.2) == pytest.approx(np.arange(5) / 1.56)
