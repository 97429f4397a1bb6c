"""A crowd as the day plays it: with the packaged starting values, cut where officers arrive."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from sim.config.courses import CrowdCourse
from sim.config.kinds import Kind
from sim.config.packaged import CONF
from sim.config.source import read_yaml
from sim.disturbance.courses import COURSES
from sim.disturbance.courses.crowd import Crowd, start
from sim.disturbance.courses.kernel import N_COUNTS
from sim.disturbance.courses.path import CrowdPath, CrowdState, PathEnd
from sim.disturbance.courses.rules import CrowdRules
from sim.streams import Marks
from sim.vocabulary import Severity
from tests.disturbance.courses.paths import jump_path, marks_of
from tests.disturbance.courses.paths import play as play_forces

PACKAGED = {file.stem: Kind.model_validate(read_yaml(file)) for file in (CONF / "kinds").glob("*.yaml")}
THRESHOLDS = ("yellow", "red")


def changed(rules: CrowdRules, yellow: int | None = None, red: int | None = None, **values: float) -> CrowdRules:
    data = PACKAGED["riot"].model_dump()
    data["course"] = rules.settings.model_dump() | values
    for severity, begins, old in zip(THRESHOLDS, (yellow, red), rules.thresholds[1:3], strict=True):
        data["severities"][severity]["from_active"] = old if begins is None else begins
    return CrowdRules.of(Kind.model_validate(data))


def riot(**values: float) -> CrowdRules:
    """The packaged riot where so many live around that 160 of them could join."""
    numbers: dict[str, Any] = {"onlookers": 160, "neighbours": None}
    return changed(CrowdRules.of(PACKAGED["riot"]), **(numbers | values))


PLAIN = riot(supporters=0, injuries_per_active_hour=0)


def play(rules: CrowdRules, state: CrowdState, officers: float, start: float, until: float, marks: Marks) -> CrowdPath:
    """Play with officers who have all come as formed units."""
    return play_forces(rules, state, officers, officers, start, until, marks)


@dataclass(frozen=True)
class Life:
    """A crowd's whole life: how many at most, when it ended, its last state."""

    peak: int
    end: float
    contained: bool
    last: CrowdState


def live(
    kind: CrowdRules, state: CrowdState, officers: float, arrive: float, marks: Marks, until: float = 900.0
) -> Life:
    """Play on and on, the officers being there from ``arrive``."""
    now, peak = 0.0, state.active
    while True:
        there = officers if now >= arrive else 0.0
        path = play(kind, state, there, now, arrive if now < arrive else until, marks)
        peak = max(peak, path.peak(path.end_time)[0])
        now, state = path.end_time, path.last
        if path.end is PathEnd.CONTAINED or now >= until:
            return Life(peak, now, path.end is PathEnd.CONTAINED, state)


def lives(kind: CrowdRules, officers: float, arrive: float = 0.0, count: int = 400, **at_start: int) -> list[Life]:
    state = start(kind, 100)._replace(**at_start)
    return [live(kind, state, officers, arrive, marks_of(7, i)) for i in range(count)]


def differs(a: list[float], b: list[float]) -> float:
    """Return the z-score of mean(a) - mean(b)."""
    x, y = np.array(a), np.array(b)
    return float((x.mean() - y.mean()) / np.sqrt(x.var(ddof=1) / len(x) + y.var(ddof=1) / len(y)))


def active_after(kind: CrowdRules, active: int, bystanders: int, officers: float, minutes: float) -> float:
    """Return the mean number of active people after some minutes."""
    found = []
    state = CrowdState(active, bystanders, 0, kind.settings.supporters, 0, 0, 0, 0, Severity.GREEN)
    for i in range(400):
        found.append(live(kind, state, officers, 0.0, marks_of(9, i), minutes).last.active)
    return float(np.mean(found))


def test_a_crowd_starts_with_its_kind_and_the_people_present() -> None:
    kind = riot(starters=10, bystander_share=0.5, onlookers=7, supporters=60)
    assert start(kind, 61) == CrowdState(10, 7 + 30, 0, 60, 0, 0, 0, 0, Severity.GREEN)  # half of 61, rounded to even
    assert start(kind, 0, 25) == CrowdState(25, 7, 0, 60, 0, 0, 0, 0, Severity.YELLOW)
    assert start(kind, 0, 50).severity is Severity.RED


def test_a_path_tells_the_state_at_every_moment() -> None:
    counts = np.zeros((4, N_COUNTS), dtype=np.int64)
    counts[:, 0] = [18, 19, 18, 20]
    path = CrowdPath(np.array([10.0, 11.0, 12.0, 14.0]), counts, PathEnd.SEVERITY, Severity.GREEN, Severity.YELLOW)
    assert [path.at(t).active for t in (10.0, 10.9, 11.0, 13.9, 14.0, 20.0)] == [18, 18, 19, 18, 20, 20]
    assert [path.at(t).severity for t in (10.0, 13.9, 14.0)] == [0, 0, 1]
    assert (path.last.severity, path.end_time) == (1, 14.0)
    assert path.peak(10.5) == (18, 10.0)
    assert path.peak(13.9) == (19, 11.0)
    assert path.peak(99.0) == (20, 14.0)
    for look in (path.at, path.peak):
        with pytest.raises(ValueError, match="before the path"):
            look(9.9)


def test_a_path_ends_at_each_turning_point_and_goes_on_from_there() -> None:
    kind, marks, state, now, ends = riot(), marks_of(3), start(riot(), 200, 30), 580.0, []
    while not ends or ends[-1] is not PathEnd.CONTAINED:
        path = play(kind, state, 0.0, now, 1800.0, marks)
        assert path.times[0] == now and path.at(now) == state
        assert (path.end is PathEnd.SEVERITY) == (path.last.severity != state.severity) or path.end is PathEnd.CONTAINED
        assert path.last.injured - state.injured == (path.end is PathEnd.INJURY)
        now, state = path.end_time, path.last
        ends.append(path.end)
    assert {PathEnd.SEVERITY, PathEnd.INJURY} <= set(ends)
    assert state.active == kind.settings.floor
    assert state.joined == state.left + state.active - 30  # everybody who is active or gone joined, but the starters


def test_one_path_that_goes_on_and_is_cut_tells_what_new_ones_from_each_state_do() -> None:
    kind, state, now = riot(), start(riot(), 200, 30), 580.0
    one, marks, others = (
        CrowdPath.at_start(state, now),
        marks_of(3),
        marks_of(3),
    )
    for piece in range(60):
        one.go_on(kind, 3.0, 3.0, now, 1800.0, marks)
        new = play(kind, state, 3.0, now, 1800.0, others)
        assert np.array_equal(one.times, new.times) and np.array_equal(one.states, new.states)
        assert (one.end, one.end_time, one.last, one.at(now)) == (new.end, new.end_time, new.last, state)
        now, state = one.end_time, one.last
        if piece % 3 == 0:
            now = (one.times[0] + one.end_time) / 2.0
            state = one.at(now)._replace(severity=one.severity_before)
            peak = one.peak(now)
            one.cut(now)
            assert (one.end_time, one.last, one.peak(9e9)) == (now, state, peak)
        if piece % 5 == 0:
            one.withdraw((2, 0))
            state = state.without((2, 0))
            assert one.last == state


def test_nothing_happens_after_until() -> None:
    path = play(riot(), start(riot(), 60), 2.0, 580.0, 581.5, marks_of(1))
    assert (path.end, path.end_time) == (PathEnd.UNTIL, 581.5)


@pytest.mark.parametrize(("active", "minutes"), [(60, 20.0), (30, 200.0)])
def test_injuries_come_at_their_rate_an_hour(active: int, minutes: float) -> None:
    # 0.05 an hour and active person while red, a fifth of it while yellow; nobody joins or leaves.
    kind = riot(
        join_per_minute=0, calm_per_minute=0, supporters=0, injuries_per_active_hour=0.05, injured_yellow_factor=0.2
    )
    state, marks = start(kind, 0, active), marks_of(6)
    first = np.array([play(kind, state, 0.0, 0.0, 1e6, marks).end_time for _ in range(3_000)])
    assert abs(first.mean() - minutes) / (minutes / np.sqrt(len(first))) < 3.5


def test_the_same_stream_gives_the_same_path_whatever_type_the_numbers_have() -> None:
    a = play(riot(), start(riot(), 60), 2, 580, 900, marks_of(5))
    b = play(riot(), start(riot(), 60), 2.0, 580.0, 900.0, marks_of(5))
    assert np.array_equal(a.times, b.times) and np.array_equal(a.states, b.states)


def test_cutting_a_path_and_going_on_changes_nothing_in_distribution() -> None:
    kind, state = riot(), start(riot(), 60, 10)._replace(severity=Severity.GREEN)
    whole, cut = [], []
    for i in range(3_000):
        marks = marks_of(1, i)
        whole.append(live(kind, state, 2.0, 0.0, marks, 20.0).last.active)
        path = play(kind, state, 2.0, 0.0, 20.0, marks)
        at = min(7.3, path.end_time)
        cut.append(_go_on(kind, path.at(at), at, marks))
    assert abs(differs(whole, cut)) < 3.5
    square = [[(x - np.mean(v)) ** 2 for x in v] for v in (whole, cut)]
    assert abs(differs(*square)) < 3.5


def _go_on(kind: CrowdRules, state: CrowdState, now: float, marks: Marks) -> int:
    while now < 20.0:
        path = play(kind, state, 2.0, now, 20.0, marks)
        now, state = path.end_time, path.last
        if path.end is PathEnd.CONTAINED:
            break
    return state.active


def test_more_officers_contain_it_sooner() -> None:
    times = [
        [life.end for life in lives(PLAIN, q, active=25, bystanders=80, severity=Severity.YELLOW)] for q in (4, 10, 30)
    ]
    assert differs(times[0], times[1]) > 3.5
    assert differs(times[1], times[2]) > 3.5


def test_officers_who_come_earlier_meet_a_smaller_peak_and_fewer_injuries() -> None:
    runs = [lives(riot(), 20, arrive, active=15, bystanders=150) for arrive in (5.0, 25.0, 50.0)]
    for sooner, later in pairwise(runs):
        assert differs([life.peak for life in later], [life.peak for life in sooner]) > 3.5
        assert differs([life.last.injured for life in later], [life.last.injured for life in sooner]) > 3.5


def test_it_doubles_in_about_fourteen_minutes_where_everybody_could_join() -> None:
    # ln 2 / (0.07 - 0.02) = 13.9 minutes
    assert active_after(PLAIN, 10, 10**7, 0, np.log(2) / 0.05) == pytest.approx(20, rel=0.06)


def test_two_officers_turn_eight_but_not_forty() -> None:
    eight = lives(PLAIN, 2, active=8, bystanders=20)
    assert np.mean([life.contained for life in eight]) == 1.0
    assert np.mean([life.peak < PLAIN.thresholds.yellow_at for life in eight]) > 0.95
    assert active_after(PLAIN, 8, 20, 2, 15.0) < 7.0
    assert active_after(PLAIN, 40, 100, 2, 15.0) > 40.0


def test_a_platoon_of_thirty_turns_a_hundred_but_a_dozen_does_not() -> None:
    assert active_after(PLAIN, 100, 200, 30, 15.0) < 85.0
    assert active_after(PLAIN, 100, 200, 12, 15.0) > 100.0


def test_a_riot_that_no_number_of_pairs_ends_is_ended_by_a_platoon_that_comes_in_time() -> None:
    state = start(PLAIN, 100)._replace(active=80, severity=Severity.RED)

    def active_at_the_end(officers: float, formed: float, minutes: float) -> float:
        marks, left = [marks_of(3, i) for i in range(200)], []
        for one in marks:
            now, here = 0.0, state
            while now < minutes:
                path = play_forces(PLAIN, here, officers, formed, now, minutes, one)
                now, here = path.end_time, path.last
                if path.end is PathEnd.CONTAINED:
                    break
            left.append(here.active)
        return float(np.mean(left))

    pairs, platoon = active_at_the_end(16, 0, 20.0), active_at_the_end(30, 30, 20.0)
    assert pairs > 80 > 2 * platoon, (pairs, platoon)
    assert pairs < active_at_the_end(2, 0, 20.0)  # they hold it, though


def test_how_long_those_on_scene_had_drawn_back_is_counted_on_the_path() -> None:
    states = np.zeros((4, N_COUNTS), dtype=np.int64)
    states[:, 0] = [39, 41, 60, 30]
    path = CrowdPath(np.array([0.0, 2.0, 5.0, 9.0]), states, PathEnd.UNTIL, Severity.RED, Severity.RED)
    assert path.minutes_outnumbered(2.0, 0.05, 9.0) == 7.0  # fewer than 2 for 40: from 2 to 9
    assert path.minutes_outnumbered(2.0, 0.05, 3.0) == 1.0
    assert path.minutes_outnumbered(3.0, 0.05, 9.0) == 0.0


def test_the_force_that_turns_a_crowd_is_that_of_the_threshold_formula() -> None:
    # A falls where disperse Q / team > (join S/N exp(-deterrence Q/A) - calm) A; the first half minute of a large
    # crowd is the fluid limit, where the drift is this difference.
    kind = changed(PLAIN, engage_ratio=0, yellow=100_000, red=200_000)
    active, bystanders = 5_000, 15_000

    def drift(officers: float) -> float:
        joining = kind.settings.join_per_minute * bystanders / (active + bystanders)
        joining *= np.exp(-kind.settings.deterrence * officers / active)
        return (
            joining - kind.settings.calm_per_minute
        ) * active - kind.settings.disperse_per_minute * officers / kind.settings.team_size

    low, high = 0.0, float(active)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if drift(middle) > 0 else (low, middle)
    marks, state = (
        marks_of(4),
        CrowdState(active, bystanders, 0, 0, 0, 0, 0, 0, Severity.GREEN),
    )
    for officers, sign in ((0.8 * low, 1), (1.2 * low, -1)):
        change = np.array([play(kind, state, officers, 0.0, 0.5, marks).last.active - active for _ in range(600)])
        error = change.std(ddof=1) / np.sqrt(len(change))
        assert sign * change.mean() > 5 * error
        assert abs(change.mean() - 0.5 * drift(officers)) < 3.5 * error + 0.02 * abs(0.5 * drift(officers))


def test_a_delay_of_one_doubling_needs_twice_the_officers() -> None:
    # Early growth without deterrence: Q* = team x growth x A0 exp(growth x delay) / disperse. The turning force for A
    # and for 2 A differs by a factor two: at that force both crowds stand still.
    kind = changed(PLAIN, deterrence=0, engage_ratio=0, yellow=100_000, red=200_000)
    force = (
        kind.settings.team_size
        * (kind.settings.join_per_minute - kind.settings.calm_per_minute)
        / kind.settings.disperse_per_minute
    )
    for active in (500, 1_000):
        mean = active_after(kind, active, 10**8, force * active, 2.0)
        assert mean == pytest.approx(active, rel=0.005)


def test_every_packaged_crowd_ends() -> None:
    for name, of_name in PACKAGED.items():
        if isinstance(of_name.course, CrowdCourse):
            course = COURSES[type(of_name.course)]
            assert issubclass(course, Crowd)
            kind = course.rules_of(of_name)
            life = live(kind, start(kind, 150), 4.0, 20.0, marks_of(2), until=1e6)
            assert life.contained and life.last.active <= kind.settings.floor, name


@pytest.mark.parametrize(
    ("missing", "seen"),
    [
        (["red"], [Severity.GREEN, Severity.YELLOW]),
        (["yellow"], [Severity.GREEN, Severity.RED]),
        (["yellow", "red"], [Severity.GREEN]),
    ],
)
def test_a_severity_that_a_kind_does_not_have_is_never_reached(missing: list[str], seen: list[Severity]) -> None:
    data = PACKAGED["riot"].model_dump()
    for severity in missing:
        data["severities"][severity] = None
    rules, marks = CrowdRules.of(Kind.model_validate(data)), marks_of(8)
    state, now, found = start(rules, 300, 15), 0.0, {Severity.GREEN}
    while now < 900.0:
        path = play(rules, state, 0.0, now, 900.0, marks)
        now, state = path.end_time, path.last
        found.add(state.severity)
        if path.end is PathEnd.CONTAINED:
            break
    assert sorted(found) == seen


def test_random_numbers_drawn_in_blocks_are_the_same_as_all_at_once() -> None:
    kind = riot(onlookers=3_000)
    marks, state, now, jumps = marks_of(12), start(kind, 500, 300), 0.0, 0
    numbers, used = np.random.default_rng(12).random(200_000), 0
    while jumps < 1_000:
        path = play(kind, state, 1.0, now, 1e6, marks)
        at_once = jump_path(
            np.array(state.counts), int(state.severity), 1.0, 1.0, kind.numbers, kind.shares, now, 1e6, numbers, used
        )
        assert path.times.tolist() == at_once[0].tolist() and path.states.tolist() == at_once[1].tolist()
        jumps, now, state, used = jumps + len(path.times), path.end_time, path.last, at_once[4]


def test_the_rules_of_a_kind_are_read_once_and_those_of_an_equal_one_are_the_same() -> None:
    one, other = PACKAGED["riot"], Kind.model_validate(PACKAGED["riot"].model_dump())
    assert CrowdRules.of(one) is CrowdRules.of(one)
    assert CrowdRules.of(other) is not CrowdRules.of(one)
    assert CrowdRules.of(other).numbers.tolist() == CrowdRules.of(one).numbers.tolist()
