"""A site that is left step by step: nobody is lost, blocked exits matter, and no choice of steps matters."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.config.layouts import Layout, layout_names, load_layout
from sim.config.site import packaged_site
from sim.errors import UserError
from sim.evacuation.site.alone import USUAL, evacuate_layout, scaled
from sim.evacuation.site.evacuation import SiteEvacuation
from sim.evacuation.site.network import site_of
from sim.evacuation.site.occupants import Occupants
from tests.evacuation.site.places import AT_ONCE, hall, leave, movement, seconds

PACKAGED = packaged_site().movement
SHARES = st.sampled_from([0.0, 0.05, 0.3, 0.5, 1.0])


@st.composite
def layouts(draw: Any) -> Layout:
    """Up to five spaces, joined in a random tree and by some more ways, and up to three exits."""
    n = draw(st.integers(1, 5))
    names = [f"s{i}" for i in range(n)]
    width, length = st.floats(0.5, 3.0), st.integers(0, 60).map(lambda half: half / 2)
    ways = {}
    pairs = [(names[draw(st.integers(0, i - 1))], names[i]) for i in range(1, n)]
    if n > 2:
        pairs += draw(st.lists(st.sampled_from([(a, b) for a in names for b in names if a < b]), max_size=3))
    for i, pair in enumerate(pairs):
        kind = draw(st.sampled_from(["door", "corridor", "stairs"]))
        stairs = {"stair_class": "7x11"} if kind == "stairs" else {}
        ways[f"w{i}"] = {"kind": kind, "between": pair, "width_m": draw(width), "length_m": draw(length)} | stairs
    exits = {
        f"e{i}": {
            "kind": "gate", "from_space": draw(st.sampled_from(names)), "width_m": draw(width),
            "length_m": draw(length), "to_assembly_m": draw(length),
        }
        for i in range(draw(st.integers(1, 3)))
    }  # fmt: skip
    spaces: dict[str, Any] = {name: {"kind": "room", "area_m2": 50, "people": {"crew": 1 / n}} for name in names}
    spaces[names[-1]]["people"]["voters_inside"] = 1.0
    return Layout.model_validate({"title": "Random", "spaces": spaces, "ways": ways, "exits": exits})


def account(site: SiteEvacuation) -> tuple[int, int, int]:
    assert site.left + site.on_the_way + site.safe == site.people
    assert sum(site.inside().values()) == site.left
    return site.left, site.on_the_way, site.safe


@settings(max_examples=60, deadline=None)
@given(layouts(), st.integers(0, 40), st.integers(0, 20), st.data())
def test_nobody_is_lost_and_nobody_comes_back_whatever_happens_to_the_exits(
    layout: Layout, inside: int, crew: int, data: Any
) -> None:
    site = SiteEvacuation(site_of(layout), Occupants(voters_inside=inside, crew=crew), PACKAGED)
    left, _, safe = account(site)
    for _ in range(6):
        site.advance(data.draw(st.floats(0, 1)), {name: data.draw(SHARES) for name in layout.exits})
        before = left, safe
        left, _, safe = account(site)
        assert left <= before[0] and safe >= before[1]
    clear = site.minutes_to_clear()
    assert math.isfinite(clear)
    site.advance(clear + 1e-9)
    assert account(site) == (0, 0, site.people)
    assert site.curve().last == pytest.approx(site.now, abs=1e-6) or site.curve().last <= site.now


@settings(max_examples=40, deadline=None)
@given(layouts(), st.integers(1, 60), st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_steps_of_time_change_nothing(layout: Layout, people: int, steps: list[float]) -> None:
    whole, stepped = leave(layout, people, PACKAGED), leave(layout, people, PACKAGED)
    for minutes in steps:
        stepped.advance(minutes)
    assert stepped.curve().minutes == pytest.approx(whole.curve().minutes, rel=1e-9)


@settings(max_examples=60, deadline=None)
@given(layouts(), st.integers(1, 150))
def test_clearance_is_never_below_its_bound(layout: Layout, people: int) -> None:
    done = evacuate_layout(layout, Occupants(voters_inside=people, crew=people // 5), AT_ONCE)
    assert done.curve.last >= done.least_minutes - 1e-9


@pytest.mark.parametrize("name", layout_names())
def test_where_only_capacity_holds_people_back_clearance_is_near_its_bound(name: str) -> None:
    crowd = Occupants(voters_inside=40, voters_in_line=300, crew=10, officers=10, spectators=100)
    done = evacuate_layout(name, crowd, AT_ONCE)
    assert 1.0 <= done.ratio <= 1.15


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 120), st.integers(1, 60), st.integers(1, 4), st.floats(0.5, 2), st.floats(0.05, 1))
def test_more_people_narrower_or_fewer_exits_are_not_sooner(
    people: int, more: int, exits: int, width: float, wider: float
) -> None:
    usual = seconds(hall(exits, width), people)
    assert seconds(hall(exits, width), people + more) >= usual
    assert seconds(hall(exits, width + wider), people) <= usual
    assert seconds(hall(exits + 1, width), people) <= usual + 1e-9


@pytest.mark.parametrize("name", layout_names())
def test_packaged_sites_are_empty_within_minutes_and_a_blocked_gate_matters(name: str) -> None:
    done = evacuate_layout(name)
    assert done.curve.people == 100
    assert 1.5 <= done.curve.time_of(0.5) <= 4 and 3 <= done.curve.last <= 10
    main = next(iter(done.site.exits))
    by_main = [evacuate_layout(name, scaled(300), PACKAGED, {main: o}).curve.time_of(0.9) for o in (1, 0.3, 0.15, 0)]
    assert by_main == sorted(by_main)
    assert by_main[-1] > 1.15 * by_main[0]


def test_with_every_exit_shut_nobody_gets_out_and_when_one_opens_they_do() -> None:
    site = leave(hall(exits=2), 100)
    both = dict.fromkeys(site.site.exits, 0.0)
    site.advance(3.0, both)
    assert account(site) == (100, 0, 0)
    assert site.minutes_to_clear(both) == math.inf
    assert site.curve(both).never == 100
    assert site.minutes_to_clear({"exit0": 0.0}) * 60 == pytest.approx(100 / (1.3 * 0.7))
    assert site.minutes_to_clear({"exit0": 0.0, "exit1": 0.5}) * 60 == pytest.approx(200 / (1.3 * 0.7))
    assert account(site) == (100, 0, 0), "looking ahead changes nothing"


def test_to_go_on_with_exits_as_they_are_and_to_look_ahead_first_are_the_same() -> None:
    shares = [{"exit0": 1.0}, {"exit0": 0.0, "exit1": 0.3}, {"exit1": 0.0}, {"exit0": 0.2}, {}]
    going, looking = leave(hall(exits=2), 150), leave(hall(exits=2), 150)
    for how in shares:
        assert going.minutes_left(how) == looking.minutes_to_clear(how)
        going.advance(0.3, how)
        looking.advance(0.3, how)
        assert account(going) == account(looking)
    assert np.array_equal(going.curve({}).minutes, looking.curve({}).minutes)


def test_who_does_not_ask_where_people_were_held_up_is_told_the_same_of_when_they_are_safe() -> None:
    site = leave(hall(exits=2), 150)
    site.advance(0.5, {"exit0": 0.3})
    whole, short = site.curve({"exit1": 0.0}), site.curve({"exit1": 0.0}, waited=False)
    assert np.array_equal(short.minutes, whole.minutes) and np.array_equal(short.safe, whole.safe)
    assert short.last == whole.last and whole.waited and not short.waited


def test_what_happens_to_one_site_is_no_matter_to_another_that_began_alike() -> None:
    one, other = leave(hall(exits=2), 150), leave(hall(exits=2), 150)
    alone = other.curve()
    for shares in ({}, {"exit0": 0.0}, {"exit1": 0.0}, {}):
        one.advance(0.2, shares)
    later = leave(hall(exits=2), 150)
    for site in (other, later):
        assert np.array_equal(site.curve().minutes, alone.minutes) and site.curve().waited == alone.waited
    assert one.curve().last > alone.last


def test_half_an_exit_passes_half_as_many_from_the_moment_on() -> None:
    site = leave(hall(), 200)
    a_minute = 60 * 1.3 * 0.7
    site.advance(1.0)
    site.advance(1.0, {"exit0": 0.5})
    assert site.people - site.left == int(1.5 * a_minute)
    assert site.minutes_to_clear() * a_minute == pytest.approx(200 - 1.5 * a_minute)


def test_slow_and_assisted_people_are_later_and_without_them_nobody_is() -> None:
    far = hall(length_m=30, away_m=50, width_m=3)
    alike = leave(far, 50).curve()
    slow = leave(far, 50, movement(slow_share=0.2, slow_speed_factor=0.5)).curve()
    assert slow.time_of(0.7) == pytest.approx(alike.time_of(0.7), rel=0.05)
    assert slow.last > 1.6 * alike.last
    helped = movement(assisted_share=0.1, assisted_speed_factor=0.5, helpers_each=1)
    assert (leave(far, 50, helped).curve().minutes > 1.6 * alike.last).sum() == 10, "five, and a helper each"


def test_the_longer_people_take_to_start_the_later_they_are_safe() -> None:
    lasts = [seconds(hall(), 50, movement(pre_movement={"mean_minutes": m, "cv": 0.5})) for m in (0, 1, 3)]
    assert lasts[0] + 60 < lasts[1] and lasts[1] + 200 < lasts[2]


def test_the_same_bytes_every_time() -> None:
    one, other = (SiteEvacuation(site_of(load_layout("office")), USUAL, PACKAGED) for _ in range(2))
    other.advance(1.0), one.advance(1.0)
    assert one.curve().minutes.tobytes() == other.curve().minutes.tobytes()


def test_nobody_needs_no_time() -> None:
    site = leave(hall(), 0)
    assert site.minutes_to_clear() == 0.0
    assert account(site) == (0, 0, 0)


def test_unknown_exits_and_impossible_shares_are_refused() -> None:
    site = leave(hall(), 5)
    with pytest.raises(UserError, match="unknown exit 'exit9'; did you mean 'exit0'"):
        site.advance(1.0, {"exit9": 0.0})
    with pytest.raises(UserError, match=r"from 0 to 1, not 1\.5"):
        site.minutes_to_clear({"exit0": 1.5})
    with pytest.raises(ValueError, match="not by -1"):
        site.advance(-1.0)
    with pytest.raises(UserError, match=r"people: crew: the layout 'Hall' has no place"):
        evacuate_layout(hall(), Occupants(crew=3))


def test_a_crowd_hinders_only_what_faces_it() -> None:
    site = site_of(load_layout("school_room"))
    assert site.before_a_crowd(0.25) == {"gate": 0.25, "back_gate": 1.0}
    assert np.isclose(site.before_a_crowd(1.0)["gate"], 1.0)
