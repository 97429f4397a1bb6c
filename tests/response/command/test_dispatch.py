"""Who is sent: each rule by hand, and what all of them promise."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.config.strategy import Dispatch
from sim.errors import UserError
from sim.response.command.dispatch import POLICIES, Call, Candidate, eligible, policy

GREEN, YELLOW, RED = 0, 1, 2


def call(severity: int = GREEN, missing: int = 4) -> Call:
    return Call(severity, missing, district=3, neighbours=frozenset({2, 4}))


def unit(
    number: int, strength: int, minutes: float, role: str = "patrol", district: int = 3, severity: int = 0
) -> Candidate:
    return Candidate(number, strength, minutes, role, district, severity)


def rules(**changes: Any) -> Dispatch:
    return Dispatch(
        **{"policy": "nearest_free", "take_guards_from": "red", "guards_within_minutes": 15, "hold_back": 0, **changes}
    )


def numbers(candidates: list[Candidate]) -> list[int]:
    return [c.unit for c in candidates]


def test_nearest_free_sends_the_soonest_until_the_strength_is_met() -> None:
    there = [unit(0, 2, 9), unit(1, 2, 3), unit(2, 2, 5), unit(3, 30, 20)]
    assert policy("nearest_free")(call(missing=4), there) == [1, 2]
    assert policy("nearest_free")(call(missing=5), there) == [1, 2, 0]
    assert policy("nearest_free")(call(missing=7), there) == [1, 2, 0, 3]


def test_of_equally_near_units_the_first_of_the_plan_goes() -> None:
    assert policy("nearest_free")(call(missing=2), [unit(8, 2, 5), unit(1, 2, 5)]) == [1]


def test_own_district_comes_before_nearer_neighbours_and_these_before_the_rest() -> None:
    there = [unit(0, 2, 1, district=9), unit(1, 2, 8, district=4), unit(2, 2, 20), unit(3, 2, 7, district=2)]
    assert policy("own_district_first")(call(missing=8), there) == [2, 3, 1, 0]


def test_tiered_keeps_reserves_for_yellow() -> None:
    there = [unit(0, 30, 2, "reserve"), unit(1, 2, 9), unit(2, 8, 12, "attached")]
    assert policy("tiered")(call(GREEN, 4), there) == [1, 2]
    assert policy("tiered")(call(YELLOW, 4), there) == [0]


def test_fewest_units_sends_one_that_suffices_and_not_more_than_that() -> None:
    there = [unit(0, 2, 1), unit(1, 2, 2), unit(2, 12, 9), unit(3, 30, 8.5)]
    assert policy("fewest_units")(call(missing=10), there) == [3]
    assert policy("fewest_units")(call(missing=2), there) == [0]
    assert policy("fewest_units")(call(missing=32), there) == [3, 2]


def test_cut_off_units_and_units_for_worse_incidents_may_not_go() -> None:
    there = [unit(0, 2, math.inf), unit(1, 30, 3, "attached", severity=YELLOW), unit(2, 2, 50)]
    assert numbers(eligible(call(GREEN), there, rules())) == [2]
    assert numbers(eligible(call(YELLOW), there, rules())) == [1, 2]


def test_guards_of_other_posts_go_from_their_severity_on_and_not_far() -> None:
    there = [unit(0, 2, 15, "guard"), unit(1, 2, 15.1, "guard"), unit(2, 2, 99)]
    assert numbers(eligible(call(YELLOW), there, rules())) == [2]
    assert numbers(eligible(call(RED), there, rules())) == [0, 2]
    assert numbers(eligible(call(YELLOW), there, rules(take_guards_from="yellow"))) == [0, 2]
    assert numbers(eligible(call(RED), there, rules(take_guards_from=None))) == [2]


def test_the_farthest_reserves_stay_back_unless_it_is_red() -> None:
    there = [unit(0, 16, 30, "reserve"), unit(1, 16, 10, "reserve"), unit(2, 16, 20, "reserve"), unit(3, 4, 60)]
    assert numbers(eligible(call(YELLOW), there, rules(hold_back=2))) == [1, 3]
    assert numbers(eligible(call(RED), there, rules(hold_back=2))) == [0, 1, 2, 3]


def test_an_unknown_rule_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UserError, match=r"strategy 'x': dispatch.policy: unknown policy 'nearest'.*nearest_free"):
        policy("nearest", "strategy 'x': dispatch.policy")


CANDIDATES = st.lists(
    st.builds(
        Candidate,
        unit=st.just(0),
        strength=st.integers(1, 40),
        minutes=st.floats(0, 200) | st.just(math.inf),
        role=st.sampled_from(["guard", "patrol", "reserve", "attached"]),
        district=st.integers(0, 14),
        from_severity=st.integers(0, 2),
    ),
    max_size=25,
).map(lambda found: [replace(candidate, unit=i) for i, candidate in enumerate(found)])


@pytest.mark.parametrize("name", sorted(POLICIES))
@given(candidates=CANDIDATES, missing=st.integers(1, 120), severity=st.integers(1, 2))
@settings(deadline=None)
def test_every_rule_sends_enough_when_there_is_enough_and_nobody_in_vain(
    name: str, candidates: list[Candidate], missing: int, severity: int
) -> None:
    asked = call(severity, missing)
    may = eligible(asked, candidates, rules(hold_back=1))
    strength = {c.unit: c.strength for c in may}
    sent = policy(name)(asked, may)
    assert len(set(sent)) == len(sent)
    assert set(sent) <= set(strength)
    total = sum(strength[u] for u in sent)
    assert total >= min(missing, sum(strength.values()))
    if sent:
        assert total - strength[sent[-1]] < missing
    assert sent == policy(name)(asked, list(reversed(may)))
