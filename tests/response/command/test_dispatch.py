"""Who is sent: each rule by hand, and what all of them promise."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from sim.config.dispatch import Dispatch, DispatchRule
from sim.response.command.cover import Cover
from sim.response.command.dispatch import POLICIES, Call, Candidate, Choice, why_none
from sim.vocabulary import Capability, Role, Severity, Verdict

GREEN, YELLOW, RED = Severity


def call(severity: Severity = GREEN, missing: int = 4) -> Call:
    return Call(severity, Capability.PRESENCE, missing, district=3, neighbours=frozenset({2, 4}))


def unit(
    number: int,
    strength: int,
    minutes: float,
    role: Role = Role.PATROL,
    district: int | None = 3,
    severity: Severity = GREEN,
    held: bool = False,
) -> Candidate:
    return Candidate(number, strength, minutes, role, district, severity, held)


OWN: dict[str, dict[str, Any]] = {
    "fixed_preference": {"preference": {"Curup": ["POLRES"]}},
    "preparedness": {"within_minutes": 15, "busy": 0.5},
    "hold_reserve": {"within_minutes": 15, "busy": 0.5, "hold_back": 1},
}
"""What rules ask for beside what all of them keep to."""


def rules(policy: str = "nearest", **changes: Any) -> Dispatch:
    common = {"policy": policy, "take_guards_from": "red", "guards_within_minutes": 15}
    found: Dispatch = TypeAdapter(Dispatch).validate_python({**common, **OWN.get(policy, {}), **changes})
    return found


def choose(name: str, asked: Call, there: list[Candidate], **changes: Any) -> Choice:
    return POLICIES[DispatchRule(name)](asked, there, rules(name, **changes))


def sent(name: str, asked: Call, there: list[Candidate], **changes: Any) -> list[int]:
    return list(choose(name, asked, there, **changes).units)


def willing(asked: Call, there: list[Candidate], **changes: Any) -> list[int]:
    """Who may go at all: with a need that nobody can meet, all of them do."""
    return sorted(sent("nearest", asked._replace(missing=10_000), there, **changes))


def test_nearest_sends_the_soonest_until_the_strength_is_met() -> None:
    there = [unit(0, 2, 9), unit(1, 2, 3), unit(2, 2, 5), unit(3, 30, 20)]
    assert sent("nearest", call(missing=4), there) == [1, 2]
    assert sent("nearest", call(missing=5), there) == [1, 2, 0]
    assert sent("nearest", call(missing=7), there) == [1, 2, 0, 3]


def test_of_equally_near_units_the_first_of_the_plan_goes() -> None:
    assert sent("nearest", call(missing=2), [unit(8, 2, 5), unit(1, 2, 5)]) == [1]


def test_own_district_comes_before_nearer_neighbours_and_these_before_the_rest() -> None:
    there = [unit(0, 2, 1, district=9), unit(1, 2, 8, district=4), unit(2, 2, 20), unit(3, 2, 7, district=2)]
    assert sent("own_sector_first", call(missing=8), there) == [2, 3, 1, 0]
    assert sent("own_sector_first", call(missing=4), [unit(0, 2, 1, district=None), unit(1, 2, 9)]) == [1, 0]


def test_the_rest_of_the_sector_comes_between_the_district_and_its_neighbours() -> None:
    there = [unit(0, 2, 1, district=2), unit(1, 2, 8, district=7), unit(2, 2, 20), unit(3, 2, 7, district=11)]
    asked = call(missing=8)._replace(sector=frozenset({3, 7}))
    assert sent("own_sector_first", asked, there) == [2, 1, 0, 3]


def test_tiered_keeps_reserves_for_yellow() -> None:
    there = [unit(0, 30, 2, Role.RESERVE), unit(1, 2, 9), unit(2, 8, 12, Role.ATTACHED)]
    assert sent("tiered", call(GREEN, 4), there) == [1, 2]
    assert sent("tiered", call(YELLOW, 4), there) == [0]
    assert choose("tiered", call(GREEN, 4), there).verdicts[0] is Verdict.HELD_BACK


def test_fewest_units_sends_one_that_suffices_and_not_more_than_that() -> None:
    there = [unit(0, 2, 1), unit(1, 2, 2), unit(2, 12, 9), unit(3, 30, 8.5)]
    assert sent("fewest_units", call(missing=10), there) == [3]
    assert sent("fewest_units", call(missing=2), there) == [0]
    assert sent("fewest_units", call(missing=32), there) == [3, 2]


def test_cut_off_units_held_ones_and_units_for_worse_incidents_may_not_go() -> None:
    there = [
        unit(0, 2, math.inf),
        unit(1, 30, 3, Role.ATTACHED, severity=YELLOW),
        unit(2, 2, 50),
        unit(3, 2, 1, held=True),
    ]
    assert willing(call(GREEN), there) == [2]
    assert willing(call(YELLOW), there) == [1, 2]
    verdicts = choose("nearest", call(GREEN), there).verdicts
    assert verdicts == {0: Verdict.CUT_OFF, 1: Verdict.NOT_AGREED, 2: Verdict.SENT, 3: Verdict.HELD_BACK}


def test_guards_of_other_posts_go_from_their_severity_on_and_not_far() -> None:
    there = [unit(0, 2, 15, Role.GUARD), unit(1, 2, 15.1, Role.GUARD), unit(2, 2, 99)]
    assert willing(call(YELLOW), there) == [2]
    assert willing(call(RED), there) == [0, 2]
    assert willing(call(YELLOW), there, take_guards_from="yellow") == [0, 2]
    assert willing(call(RED), there, take_guards_from=None) == [2]
    assert choose("nearest", call(RED), there).verdicts[1] is Verdict.TOO_FAR
    assert choose("nearest", call(YELLOW), there).verdicts[0] is Verdict.HELD_BACK


def test_reserves_that_are_kept_stay_back_unless_it_is_red() -> None:
    there = [unit(0, 16, 30, Role.RESERVE), unit(1, 16, 10, Role.RESERVE)._replace(is_kept=True), unit(3, 4, 60)]
    assert willing(call(YELLOW), there) == [0, 3]
    assert willing(call(RED), there) == [0, 1, 3]
    assert choose("hold_reserve", call(YELLOW), there).verdicts[1] is Verdict.HELD_BACK
    assert sent("hold_reserve", call(RED, 4), there) == [1]


def test_who_was_not_needed_is_told_apart_from_who_was_kept() -> None:
    there = [unit(0, 2, 9), unit(1, 2, 3), unit(2, 2, 5)]
    assert choose("nearest", call(missing=2), there).verdicts == {
        0: Verdict.NOT_NEEDED, 1: Verdict.SENT, 2: Verdict.NOT_NEEDED,
    }  # fmt: skip


def test_a_fixed_preference_goes_before_who_is_near_and_the_others_come_after_it() -> None:
    there = [unit(0, 2, 1), unit(1, 2, 30)._replace(preference=1), unit(2, 2, 40)._replace(preference=0), unit(3, 2, 9)]
    assert sent("fixed_preference", call(missing=8), there) == [2, 1, 0, 3]


def test_fewest_units_looks_no_farther_than_its_limit_while_somebody_is_within_it() -> None:
    there = [unit(0, 2, 9), unit(1, 2, 20), unit(2, 30, 56), unit(3, 12, 25)]
    assert sent("fewest_units", call(missing=30), there) == [2]
    assert sent("fewest_units", call(missing=30), there, within_minutes=30) == [3, 0, 1, 2]


def test_preparedness_sends_whom_the_rest_can_do_without_of_those_in_time() -> None:
    """Units 0 and 1 cover the same thousand voters, 2 alone a hundred, 3 is late wherever it goes."""
    reached = np.array([[1, 0], [1, 0], [0, 1], [1, 1]], dtype=np.bool_)
    cover = Cover((0, 1, 2, 3), reached, np.array([1000.0, 100.0]), 0.5)
    there = [unit(0, 2, 3), unit(1, 2, 5), unit(2, 2, 9), unit(3, 2, 40)]
    asked = call(missing=2)._replace(cover=cover)
    assert sent("nearest", asked, there) == [0]
    # Away are 1000 x (0.5 - 0.125 - ...): of three who cover a thousand each is missed by 1000 / 8, unit 2 by 100 / 4.
    assert sent("preparedness", asked, there) == [2]
    assert sent("preparedness", asked._replace(missing=4), there) == [2, 0]
    alone = Cover((0, 2), reached[[0, 2]], np.array([1000.0, 100.0]), 0.5)
    assert sent("preparedness", asked._replace(cover=alone), [there[0], there[2]]) == [2]
    assert sent("preparedness", asked, there, within_minutes=8) == [0], "only who is there in time, while anybody is"
    assert sent("preparedness", asked._replace(missing=6), there, within_minutes=2) == [2, 0, 1], "nobody is: all"


CANDIDATES = st.lists(
    st.builds(
        Candidate,
        unit=st.just(0),
        strength=st.integers(1, 40),
        minutes=st.floats(0, 200) | st.just(math.inf),
        role=st.sampled_from([Role.GUARD, Role.PATROL, Role.RESERVE, Role.ATTACHED]),
        district=st.integers(0, 14) | st.none(),
        from_severity=st.sampled_from(Severity),
        is_held=st.booleans(),
        is_kept=st.booleans(),
        preference=st.integers(0, 5) | st.just(math.inf),
    ),
    max_size=25,
).map(lambda found: [candidate._replace(unit=i) for i, candidate in enumerate(found)])


def cover_of(candidates: list[Candidate]) -> Cover:
    """Some cover or other: unit number u covers the places whose number divides u."""
    units = tuple(sorted(c.unit for c in candidates))
    reached = np.array([[u % (place + 2) == 0 for place in range(6)] for u in units], dtype=np.bool_).reshape(-1, 6)
    return Cover(units, reached, np.arange(1.0, 7.0), 0.4)


@pytest.mark.parametrize("name", sorted(DispatchRule))
@given(candidates=CANDIDATES, missing=st.integers(1, 120), severity=st.sampled_from([YELLOW, RED]))
@settings(deadline=None)
def test_every_rule_sends_enough_when_there_is_enough_and_nobody_in_vain(
    name: str, candidates: list[Candidate], missing: int, severity: Severity
) -> None:
    asked = call(severity, missing)._replace(cover=cover_of(candidates))
    may = willing(asked, candidates)
    strength = {c.unit: c.strength for c in candidates}
    choice = choose(name, asked, candidates)
    assert len(set(choice.units)) == len(choice.units) and set(choice.units) <= set(may)
    total = sum(strength[u] for u in choice.units)
    assert total >= min(missing, sum(strength[u] for u in may))
    if choice.units:
        assert total - strength[choice.units[-1]] < missing
    assert choice == choose(name, asked, list(reversed(candidates)))
    assert set(choice.verdicts) == {c.unit for c in candidates}, "everybody gets a verdict"
    assert {u for u, v in choice.verdicts.items() if v is Verdict.SENT} == set(choice.units)


@pytest.mark.parametrize(
    ("said", "busy", "why"),
    [
        ([Verdict.NOT_AGREED, Verdict.CUT_OFF, Verdict.HELD_BACK], True, Verdict.HELD_BACK),
        ([Verdict.NOT_AGREED, Verdict.CUT_OFF], True, Verdict.CUT_OFF),
        ([Verdict.NOT_AGREED, Verdict.TOO_FAR], True, Verdict.BUSY),
        ([Verdict.TOO_FAR, Verdict.NOT_AGREED], False, Verdict.NOT_AGREED),
        ([Verdict.TOO_FAR, Verdict.NOT_CALLED, Verdict.NOT_AGREED], False, Verdict.NOT_AGREED),
        ([Verdict.TOO_FAR, Verdict.NOT_CALLED], False, Verdict.NOT_CALLED),
        ([Verdict.TOO_FAR], False, Verdict.TOO_FAR),
        ([], True, Verdict.BUSY),
        ([], False, Verdict.NOT_ABLE),
    ],
)
def test_why_nobody_was_sent_is_what_kept_those_nearest_to_going(said: list[Verdict], busy: bool, why: Verdict) -> None:
    assert why_none(said, busy=busy) is why
