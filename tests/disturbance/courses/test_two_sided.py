"""Two crowds that meet: one of them empty, both alike, each by itself; and what police between them do."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim import exact
from sim.config.kinds import Kind
from sim.config.packaged import CONF
from sim.config.source import read_yaml
from sim.disturbance.courses.crowd import start
from sim.disturbance.courses.kernel import ACTIVE, INJURED, OTHER_ACTIVE, Rates, Thresholds, numbers_of
from sim.disturbance.courses.path import CrowdPath, CrowdState, PathEnd
from sim.disturbance.courses.rules import CrowdRules
from sim.disturbance.courses.sides import Side
from sim.disturbance.courses.two_sided import TwoSided
from sim.vocabulary import Severity
from tests.disturbance.courses.exact_crowds import final_size
from tests.disturbance.courses.paths import jump_path, marks_of, play

CLASH = read_yaml(CONF / "kinds" / "clash.yaml")
CLASH["course"] |= {"onlookers": 70, "neighbours": None}
CLASH["course"]["other_side"] |= {"onlookers": 70}
"""Where so many live around that 70 of them could join each side."""
NOBODY = {"starters": 0, "onlookers": 0, "supporters": 0, "supporters_per_minute": 0.0}


def kind(other: dict[str, float] | None = None, **course: Any) -> Kind:
    """The packaged clash, some numbers of its course and of its second side changed."""
    side = CLASH["course"]["other_side"] | (other or {})
    return Kind.model_validate({**CLASH, "course": CLASH["course"] | {"other_side": side} | course})


def clash(other: dict[str, float] | None = None, **course: Any) -> CrowdRules:
    return TwoSided.rules_of(kind(other, **course))


def one_crowd(**course: Any) -> CrowdRules:
    """The first side of the clash as a kind of one crowd."""
    own = ("other_side", "own_share", "provocation", "contact_injuries_per_hour", "separation")
    alone = {name: value for name, value in (CLASH["course"] | course).items() if name not in own}
    return CrowdRules.of(Kind.model_validate({**CLASH, "course": alone | {"course": "crowd"}}))


def life(rules: CrowdRules, seed: int, officers: float = 0.0, present: int = 100, until: float = 900.0) -> CrowdPath:
    """Play one life, the officers being there from the start; its paths joined."""
    marks, state, now, paths = marks_of(11, seed), start(rules, present), 0.0, []
    while not paths or (paths[-1].end is not PathEnd.CONTAINED and now < until):
        paths.append(play(rules, state, officers, officers, now, until, marks))
        now, state = paths[-1].end_time, paths[-1].last
    last = paths[-1]
    times, states = (np.concatenate([getattr(path, name) for path in paths]) for name in ("times", "states"))
    return CrowdPath(times, states, last.end, last.severity_before, last.severity_after)


@cache
def lives(officers: float, count: int = 300, **course: Any) -> tuple[CrowdPath, ...]:
    rules = clash(**course)
    return tuple(life(rules, seed, officers) for seed in range(count))


def z(sample: Any, expected: float = 0.0) -> float:
    values = np.asarray(sample, dtype=float)
    return float((values.mean() - expected) / (values.std(ddof=1) / np.sqrt(len(values))))


def differs(a: Any, b: Any) -> float:
    """Return the z-score of mean(a) - mean(b)."""
    x, y = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    return float((x.mean() - y.mean()) / np.sqrt(x.var(ddof=1) / len(x) + y.var(ddof=1) / len(y)))


# One side is empty.


def plainly(counts: list[int], severity: int, q: float, formed: float, r: Rates, t: Thresholds, until: float,
            marks: NDArray[np.float64], shares: list[float]) -> tuple[list[float], list[list[int]]]:  # fmt: skip
    """One crowd from its description alone, in plain Python: the same random numbers, two for each jump."""
    a, s, left, to_come, joined, dispersed, injured, hurt = counts
    now, used, times, states, first = 0.0, 0, [0.0], [list(counts)], severity
    while a > t.floor and severity == first and injured + hurt == counts[6] + counts[7]:
        there = 0.0 if severity == 2 and q < r.withdraw_ratio * a else q
        works = min(there, formed) if severity >= t.formed_from else there
        enough, n = works >= r.engage_ratio * a, a + s + left
        reached = sum(share <= a / n + 1e-12 for share in shares) / len(shares)
        waiting = max(0, min(s, int(n * reached + 0.5) - (a + left)))
        rates = [
            (r.join * s * a / n + r.react * waiting) * exact.exp(-r.deterrence * there / a),
            r.calm * a,
            r.disperse * min(works / r.team_size, a) if enough else 0.0,
            r.supporters if to_come else 0.0,
            (0.0, r.injury_yellow, r.injury_red)[severity] * a,
            0.0 if enough or severity < 2 else r.officer_injury * there,
        ]
        total = sum(rates)
        wait = -exact.log1p(-marks[used]) / total if total else np.inf
        if now + wait >= until:
            return [*times, until], [*states, states[-1]]
        now, mark, jump = now + wait, marks[used + 1] * total, -1
        for i, rate in enumerate(rates):
            if rate > 0:
                jump = i
                if mark < rate:
                    break
                mark -= rate
        a, s, left, to_come = (
            a + (jump == 0) - (jump in (1, 2)), s - (jump == 0) + (jump == 3), left + (jump in (1, 2)), to_come - (jump == 3),
        )  # fmt: skip
        joined, dispersed = joined + (jump == 0), dispersed + (jump == 2)
        injured, hurt, used = injured + (jump == 4), hurt + (jump == 5), used + 2
        times.append(now)
        states.append([a, s, left, to_come, joined, dispersed, injured, hurt])
        reached = 2 if a >= t.red_at else 1 if a >= t.yellow_at else 0
        kept = 2 if a >= t.hysteresis * t.red_at else 1 if a >= t.hysteresis * t.yellow_at else 0
        severity = max(reached, min(severity, kept))
    return times, states


RATE = st.one_of(st.just(0.0), st.floats(1e-3, 2.0))
RATES = st.builds(
    Rates, join=RATE, calm=RATE, disperse=RATE, deterrence=RATE, team_size=st.floats(0.5, 6), engage_ratio=RATE,
    supporters=RATE, injury_yellow=st.floats(0, 0.01), injury_red=st.floats(0, 0.01), officer_injury=st.floats(0, 0.05),
    withdraw_ratio=st.floats(0, 0.3), provocation=RATE, contact_yellow=RATE, contact_red=RATE, separation=RATE,
    other_supporters=st.just(0.0), react=RATE,
)  # fmt: skip
SHARES = st.lists(st.floats(0, 1), min_size=1, max_size=30).map(sorted)
PEOPLE = st.tuples(*(st.integers(0, 70) for _ in range(4)))


@settings(max_examples=150, deadline=None)
@given(
    RATES,
    SHARES,
    PEOPLE,
    st.integers(0, 5),
    st.integers(0, 3),
    st.integers(0, 40),
    st.integers(0, 40),
    st.integers(0, 2**32),
)
def test_with_one_side_empty_it_is_one_crowd_to_the_last_digit(
    rates: Rates, shares: list[float], people: tuple[int, ...], floor: int, formed_from: int, officers: int, formed: int,
    seed: int,
) -> None:  # fmt: skip
    limits = Thresholds(float(floor), 20.0, 50.0, 0.7, float(formed_from))
    marks = np.random.default_rng(seed).random(3_000)
    severity = 2 if people[0] >= 50 else 1 if people[0] >= 20 else 0
    alone = plainly(
        [*people, 0, 0, 0, 0], severity, float(officers), float(formed), rates, limits, 400.0, marks, shares
    )
    first = jump_path(
        np.array([*people, 0, 0, 0, 0, 0, 0, 0, 0]), severity, float(officers), float(formed),
        numbers_of(rates, limits), np.array(shares), 0.0, 400.0, marks, 0,
    )  # fmt: skip
    other = rates._replace(other_supporters=rates.supporters, supporters=0.77)
    second = jump_path(
        np.array([*people, 0, 0, 0, 0, *people]), severity, float(officers), float(formed),
        numbers_of(other, limits), np.array(shares), 0.0, 400.0, marks, 0,
    )  # fmt: skip
    for times, states, *_ in (first, second):
        assert times.tolist() == alone[0] and states[:, :8].tolist() == alone[1]
    assert not first[1][:, 8:].any()
    assert np.array_equal(second[1][:, 8:], second[1][:, :4])


@settings(max_examples=25, deadline=None)
@given(st.floats(0, 5), st.floats(0, 5), st.floats(0, 50), st.integers(0, 300), st.integers(0, 30), st.integers(0, 99))
def test_a_kind_whose_second_side_is_empty_lives_as_one_crowd(
    provocation: float, contact: float, separation: float, present: int, officers: int, seed: int
) -> None:
    more = {"provocation": provocation, "contact_injuries_per_hour": contact, "separation": separation}
    more = {name: 0.0 if value < 1e-9 else value for name, value in more.items()}
    first = life(clash(NOBODY, own_share=1.0, **more), seed, officers, present)
    alone = life(one_crowd(), seed, officers, present)
    assert first.times.tolist() == alone.times.tolist() and np.array_equal(first.states, alone.states)
    assert (first.end, first.last) == (alone.end, alone.last)


def test_a_side_of_which_nobody_is_active_does_not_rise_again() -> None:
    rules = clash()
    state = CrowdState(30, 200, 0, 100, 0, 0, 0, 0, Severity.YELLOW, Side(0, 100, 0, 50))
    path = play(rules, state, 0.0, 0.0, 0.0, 400.0, marks_of(4))
    assert path.states[-1, 4] > 10 and (path.states[:, 8:] == [0, 100, 0, 50]).all()


# Both sides are alike, or change places.


def test_two_sides_that_are_alike_have_the_same_law() -> None:
    for officers in (0.0, 12.0):
        for minute in (15.0, 40.0):
            here = [path.at(minute) for path in lives(officers)]
            assert abs(z([state.active - 2 * state.other.active for state in here])) < 3.0
        ended = [path.last for path in lives(officers)]
        assert abs(z([state.left - 2 * state.other.left for state in ended])) < 3.0
        assert abs(z([state.to_come - 2 * state.other.to_come for state in ended])) < 3.0


def test_sides_that_change_places_make_the_same_clash() -> None:
    small = {"starters": 3, "onlookers": 60, "supporters": 20, "supporters_per_minute": 0.5}
    large = {"starters": 9, "onlookers": 120, "supporters": 80, "supporters_per_minute": 2.0}
    one = [life(clash(small, own_share=0.75, **large), seed, 4.0) for seed in range(400)]
    other = [life(clash(large, own_share=0.25, **small), seed + 10_000, 4.0) for seed in range(400)]
    for minute in (20.0, 60.0):
        first, second = ([path.at(minute) for path in paths] for paths in (one, other))
        assert abs(differs([s.active for s in first], [s.active for s in second])) < 3.0
        assert abs(differs([s.active - s.other.active for s in first], [s.other.active for s in second])) < 3.0
        assert np.mean([s.active - s.other.active for s in first]) > 2 * np.mean([s.other.active for s in first])
    assert abs(differs([path.last.injured for path in one], [path.last.injured for path in other])) < 3.0
    assert abs(differs([path.end_time for path in one], [path.end_time for path in other])) < 3.0


# What moves what.


def peaks(paths: tuple[CrowdPath, ...]) -> list[int]:
    return [path.peak(path.end_time)[0] for path in paths]


def injured(paths: tuple[CrowdPath, ...]) -> list[int]:
    return [path.last.injured for path in paths]


def test_more_provocation_makes_a_larger_peak() -> None:
    found = [peaks(lives(0.0, provocation=p)) for p in (0.0, 0.5, 2.0)]
    assert differs(found[1], found[0]) > 3.0 and differs(found[2], found[1]) > 3.0


def test_police_between_the_sides_spare_the_injured_and_nothing_is_spared_without_police() -> None:
    more = {
        "contact_injuries_per_hour": 1.0,
        "injuries_per_active_hour": 0.0,
        "disperse_per_minute": 0.0,
        "deterrence": 0.0,
    }
    none, some, much = (injured(lives(9.0, separation=s, **more)) for s in (0.0, 3.0, 12.0))
    assert differs(none, some) > 3.0 and differs(some, much) > 3.0
    alone = [injured(lives(0.0, separation=s, **more)) for s in (0.0, 3.0, 12.0)]
    assert alone[0] == alone[1] == alone[2] and sum(alone[0]) > sum(some)


def test_more_officers_end_it_sooner_and_no_side_of_it_grows_larger() -> None:
    few, some, many = (lives(q) for q in (0.0, 6.0, 30.0))
    for fewer, more in ((few, some), (some, many)):
        assert differs([path.end_time for path in fewer], [path.end_time for path in more]) > 3.0
        sides = [[path.peak_other(path.end_time) for path in paths] for paths in (fewer, more)]
        assert differs(*sides) > 3.0


def test_more_people_of_the_second_side_alone_make_a_larger_clash_and_provoke_the_first() -> None:
    fewer, more = ([life(clash({"onlookers": n}, provocation=3.0), seed) for seed in range(300)] for n in (20, 200))
    own = [[int((p.states[:, ACTIVE] - p.states[:, OTHER_ACTIVE]).max()) for p in paths] for paths in (fewer, more)]
    assert differs(peaks(tuple(more)), peaks(tuple(fewer))) > 3.0
    assert differs(own[1], own[0]) > 3.0


# Its people.


def test_no_jump_loses_anybody_of_either_side() -> None:
    for seed in range(60):
        path = life(clash(), seed, 12.0)
        both, other = path.states[:, :4], path.states[:, 8:]
        own = both - other
        assert own.min() >= 0 and other.min() >= 0
        assert len(set(own.sum(axis=1))) == len(set(other.sum(axis=1))) == 1
        moved = np.abs(np.diff(path.states, axis=0))
        assert moved.max() <= 1
        sides = np.stack([np.abs(np.diff(side, axis=0)).any(axis=1) for side in (own, other)])
        assert not sides.all(axis=0).any(), "a jump happens on one side"
        assert np.all(path.states[:, ACTIVE] == 8 + path.states[:, 4] - path.states[:, 2])


def test_nobody_is_hurt_by_contact_where_one_side_is_empty() -> None:
    more = {"injuries_per_active_hour": 0.0, "contact_injuries_per_hour": 50.0, "officers_hurt_per_hour": 0.0}
    rules = clash(NOBODY, starters=60, **more)
    assert not any(life(rules, seed, 0.0).states[:, INJURED].any() for seed in range(20))
    assert all(life(clash({"starters": 30}, starters=30, **more), seed, 0.0).last.injured for seed in range(20))


@pytest.mark.parametrize(("own", "other", "factor"), [(40, 20, 1.0), (20, 40, 1.0), (15, 10, 0.25)])
def test_contact_hurts_the_smaller_side_at_its_rate_an_hour(own: int, other: int, factor: float) -> None:
    # Red at 50, yellow at 20; nobody joins or leaves; a tenth of an officer to each active person.
    rules = clash(
        join_per_minute=0, calm_per_minute=0, disperse_per_minute=0, supporters_per_minute=0, injuries_per_active_hour=0,
        officers_hurt_per_hour=0, contact_injuries_per_hour=0.9, separation=3, injured_yellow_factor=0.25, withdraw_ratio=0,
        other={"supporters_per_minute": 0},
    )  # fmt: skip
    severity = Severity.RED if own + other >= 50 else Severity.YELLOW
    state = CrowdState(own + other, 10, 0, 0, 0, 0, 0, 0, severity, Side(other, 5, 0, 0))
    marks, officers = marks_of(6), 0.1 * (own + other)
    first = [play(rules, state, officers, 0.0, 0.0, 1e6, marks).end_time for _ in range(3_000)]
    expected = 60.0 / (0.9 * factor * min(own, other) * np.exp(-3 * 0.1))
    assert abs(z(first, expected)) < 3.0


def test_officers_who_have_drawn_back_separate_nobody() -> None:
    more = {"contact_injuries_per_hour": 2.0, "injuries_per_active_hour": 0.0, "separation": 5.0, "starters": 40}
    more |= {"join_per_minute": 0, "calm_per_minute": 0, "officers_hurt_per_hour": 0}
    held, back = (clash({"starters": 40}, withdraw_ratio=ratio, **more) for ratio in (0.05, 0.2))
    state = start(held, 100)
    there = [play(held, state, 8.0, 0.0, 0.0, 1e6, marks_of(i)).end_time for i in range(600)]
    gone = [play(back, state, 8.0, 0.0, 0.0, 1e6, marks_of(i)).end_time for i in range(600)]
    nobody = [play(back, state, 0.0, 0.0, 0.0, 1e6, marks_of(i)).end_time for i in range(600)]
    assert gone == nobody and differs(there, gone) > 3.0


def test_officers_disperse_from_both_sides_in_proportion_to_their_active_people() -> None:
    rules = clash(join_per_minute=0, calm_per_minute=0, injuries_per_active_hour=0, contact_injuries_per_hour=0)
    state = CrowdState(80, 0, 0, 0, 0, 0, 0, 0, Severity.RED, Side(20, 0, 0, 0))
    gone = [play(rules, state, 30.0, 30.0, 0.0, 1e6, marks_of(i)).states[1, 10] for i in range(4_000)]
    assert abs(z(gone, 0.25)) < 3.0


def test_without_provocation_each_side_is_an_epidemic_of_its_own() -> None:
    # One starter among 120 and two among 60, joining 1.5 times as fast as calming: two independent final sizes.
    rules = clash(
        {"starters": 2, "onlookers": 58, "supporters": 0}, starters=1, onlookers=119, supporters=0, provocation=0,
        join_per_minute=0.15, calm_per_minute=0.1, bystander_share=0, floor=0, injuries_per_active_hour=0,
        contact_injuries_per_hour=0,
    )  # fmt: skip
    ends = [life(rules, seed, 0.0, until=1e6).last for seed in range(4_000)]
    other = np.array([state.other.left - 2 for state in ends])
    own = np.array([state.left - 1 for state in ends]) - other - 2
    for joined, (people, active) in ((own, (120, 1)), (other, (60, 2))):
        share = final_size(people, active, 1.5)
        mean = float(np.arange(len(share)) @ share)
        variance = float((np.arange(len(share)) - mean) ** 2 @ share)
        assert abs(z(joined, mean)) < 3.0
        assert abs(z((joined - mean) ** 2, variance)) < 3.0
        assert abs(z(joined == 0, share[0])) < 3.0
    assert abs(z((own - own.mean()) * (other - other.mean()))) < 3.0


# Its start, and its place in an incident.


@pytest.mark.parametrize(
    ("sides", "starters", "expected"),
    [((4, 4), 9, (5, 4)), ((4, 4), 1, (1, 0)), ((1, 3), 5, (1, 4)), ((3, 1), 5, (4, 1)), ((2, 1), 30, (20, 10)),
     ((7, 0), 5, (5, 0))],
)  # fmt: skip
def test_the_starters_of_a_scenario_are_divided_as_those_of_the_kind(
    sides: tuple[int, int], starters: int, expected: tuple[int, int]
) -> None:
    state = start(clash({"starters": sides[1]}, starters=sides[0]), 0, starters)
    assert (state.active - state.other.active, state.other.active) == expected


def test_it_starts_with_both_sides_and_the_people_at_the_station_divided() -> None:
    rules = clash({"starters": 5, "onlookers": 30, "supporters": 9}, starters=20, onlookers=10, own_share=0.25)
    state = start(rules, 80)  # 40 of them could join, 10 the first side
    assert state == CrowdState(25, 80, 0, 59, 0, 0, 0, 0, Severity.YELLOW, Side(5, 60, 0, 9))
