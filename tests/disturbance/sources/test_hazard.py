"""Background disturbances: drawn beforehand, thinned by the station of the moment."""

from __future__ import annotations

from dataclasses import replace
from math import exp, inf

import numpy as np
import pytest
import simpy

from sim.config.disturbance import Background
from sim.disturbance.plan import DisturbancePlan
from sim.disturbance.sources.hazard import (
    Candidates,
    acceptance,
    acceptance_at_boxes,
    background,
    dominating_rate,
    draw_candidates,
    possible,
)
from sim.disturbance.start import Start
from sim.streams import Streams
from sim.vocabulary import Origin
from tests.disturbance.made_up import CLASSES, CLOSE, END, OPEN, ROAD, Answers, Begun, bare_plan

PACKAGED = bare_plan().background
HOURS = (END - OPEN) / 60.0


def hazard(**values: object) -> Background:
    return Background.model_validate(PACKAGED.model_dump() | values)


def plan(**values: object) -> DisturbancePlan:
    return bare_plan(background=values)


def only(*kinds: str, **values: object) -> DisturbancePlan:
    """Return a plan with a background weight of one for these kinds, in order 1, 2, 3…, others none."""
    one = plan(**values)
    weights = {name: kinds.index(name) + 1.0 if name in kinds else 0.0 for name in one.kinds}
    return replace(one, kinds={n: k.model_copy(update={"background_weight": weights[n]}) for n, k in one.kinds.items()})


def test_candidates_are_ordered_and_within_the_day() -> None:
    drawn = draw_candidates(plan(rate_per_station_hour=0.1), Streams(1, 0))
    assert len(drawn.time) > 50
    assert len(drawn.time) == len(drawn.station) == len(drawn.mark) == len(drawn.kind)
    assert np.all(np.diff(drawn.time) >= 0)
    assert drawn.time[0] >= OPEN and drawn.time[-1] < END
    assert drawn.station.min() >= 0 and drawn.station.max() < len(CLASSES)
    assert drawn.mark.min() >= 0 and drawn.mark.max() < 1


def test_candidates_depend_on_seed_and_day_alone() -> None:
    frequent = plan(rate_per_station_hour=0.1)
    one, again = (draw_candidates(frequent, Streams(1, 4)) for _ in range(2))
    for name in ("time", "station", "mark"):
        assert np.array_equal(getattr(one, name), getattr(again, name))
    assert one.kind == again.kind
    for other in (Streams(1, 5), Streams(2, 4)):
        assert not np.array_equal(one.time[:20], draw_candidates(frequent, other).time[:20])


def test_candidates_come_at_the_dominating_rate_of_each_class() -> None:
    often = plan(rate_per_station_hour=0.02)
    counts = np.zeros((400, 3))
    for day in range(len(counts)):
        drawn = draw_candidates(often, Streams(3, day))
        counts[day] = np.bincount(CLASSES[drawn.station], minlength=3)
    expected = np.array([30 * 1, 10 * 3, 5 * 8]) * 0.02 * 2.0 * HOURS  # weights 1, 3, 8; crowding at most doubles
    assert np.allclose(np.bincount(CLASSES, dominating_rate(often)) * HOURS, expected)
    z = (counts.mean(axis=0) - expected) / np.sqrt(expected / len(counts))  # Poisson: variance is the mean
    assert np.all(np.abs(z) < 3.5)


def test_thinning_reproduces_the_hazard() -> None:
    # 120 people and one officer during voting: rate x weight x (1 + 0.5 x 1.2) x exp(-0.5)
    often = plan(rate_per_station_hour=0.02)
    b, days, happened = often.background, 400, 0
    chance = acceptance(b, counting=False, crowd=120, officers=1)
    for day in range(days):
        drawn = draw_candidates(often, Streams(5, day))
        happened += int(np.count_nonzero((drawn.mark < chance) & (drawn.time < CLOSE)))
    expected = days * 6.0 * 0.02 * (30 * 1 + 10 * 3 + 5 * 8) * 1.6 * exp(-0.5)
    assert abs(happened - expected) / np.sqrt(expected) < 3.5


def test_candidates_are_spread_evenly_over_the_day() -> None:
    time = draw_candidates(plan(rate_per_station_hour=1.0), Streams(9, 0)).time
    assert len(time) > 1_000
    share = (time - OPEN) / (END - OPEN)
    assert np.max(np.abs(share - np.arange(len(share)) / len(share))) < 1.95 / np.sqrt(len(share))  # KS, 0.1 %


def test_acceptance_by_hand() -> None:
    b = hazard(counting_factor=0.5, crowding_per_100=0.5, crowding_most=2.0, deterrence_per_officer=0.5)
    assert b.dominating_factor == 2.0
    assert acceptance(b, counting=False, crowd=100, officers=0) == pytest.approx(1.5 / 2)
    assert acceptance(b, counting=False, crowd=1_000, officers=0) == pytest.approx(1.0)
    assert acceptance(b, counting=True, crowd=100, officers=2) == pytest.approx(0.5 * 1.5 * exp(-1.0) / 2)


def test_nothing_starts_where_nobody_is() -> None:
    assert acceptance(PACKAGED, counting=False, crowd=0, officers=0) == 0.0
    assert acceptance(PACKAGED, counting=True, crowd=0, officers=0) == 0.0
    assert acceptance(PACKAGED, counting=False, crowd=1, officers=0) > 0.0


def test_officers_lower_the_hazard_and_a_crowd_raises_it() -> None:
    b = PACKAGED
    by_officers = [acceptance(b, counting=False, crowd=80, officers=q) for q in (0, 0.5, 1, 2, 8)]
    assert by_officers == sorted(by_officers, reverse=True) and len(set(by_officers)) == 5
    by_crowd = [acceptance(b, counting=False, crowd=n, officers=1) for n in (0, 1, 50, 150, 200, 900)]
    assert by_crowd == sorted(by_crowd) and by_crowd[-2] == by_crowd[-1]


@pytest.mark.parametrize(
    "values",
    [
        {"counting_factor": 3.0, "crowding_most": 2.0},
        {"counting_factor": 0.0, "crowding_most": 0.5},
        {"counting_factor": 2.5, "crowding_most": 4.0, "crowding_per_100": 9.0},
    ],
)
def test_acceptance_never_passes_one(values: dict[str, float]) -> None:
    b = hazard(**values)
    chances = [acceptance(b, counting=c, crowd=n, officers=0) for c in (False, True) for n in (1, 100, 10_000)]
    assert all(0.0 <= chance <= 1.0 for chance in chances)


def test_kinds_come_by_their_weights() -> None:
    kinds = draw_candidates(only("brawl", "vandalism", rate_per_station_hour=1.0), Streams(2, 0)).kind
    assert set(kinds) == {"brawl", "vandalism"}
    share = kinds.count("vandalism") / len(kinds)
    assert abs(share - 2 / 3) / np.sqrt(2 / 9 / len(kinds)) < 3.5


@pytest.mark.parametrize(
    "nothing",
    [
        plan(rate_per_station_hour=0),
        plan(vulnerability_weight={"low": 0, "high": 0, "very_high": 0}),
        only(boxes_factor=0),
    ],
)
def test_no_rate_or_no_kind_gives_no_candidates(nothing: DisturbancePlan) -> None:
    drawn = draw_candidates(nothing, Streams(1, 0))
    assert (len(drawn.time), len(drawn.station), len(drawn.mark), drawn.kind) == (0, 0, 0, ())


def test_a_class_of_no_weight_has_no_candidates() -> None:
    quiet = plan(rate_per_station_hour=1.0, vulnerability_weight={"low": 0, "high": 1, "very_high": 0})
    drawn = draw_candidates(quiet, Streams(1, 0))
    assert len(drawn.time) > 100 and set(CLASSES[drawn.station]) == {1}


def played(candidates: Candidates, answers: Answers, plan: DisturbancePlan) -> list[tuple[float, str, int]]:
    """Return when which candidate became a disturbance, and at what station."""
    env = simpy.Environment(initial_time=OPEN - 60.0)
    begun = Begun(lambda: env.now)
    background(env, plan, possible(plan, candidates), answers, begun)
    env.run(END)
    assert all(start.origin is Origin.BACKGROUND and start.starters is None for _, start in begun.starts)
    assert all(start.followers == plan.spread.followers for _, start in begun.starts)
    return [(when, start.identity, start.place.stations[0]) for when, start in begun.starts]


def test_the_process_starts_those_that_the_station_of_the_moment_lets_through() -> None:
    often = plan(rate_per_station_hour=0.5, counting_factor=0.25)
    drawn = draw_candidates(often, Streams(1, 0))
    chance = np.where(
        drawn.time < CLOSE,
        acceptance(often.background, counting=False, crowd=80, officers=1.5),
        acceptance(often.background, counting=True, crowd=80, officers=1.5),
    )
    kept = np.flatnonzero(drawn.mark < chance)
    assert 20 < len(kept) < 0.7 * len(drawn.time)
    assert played(drawn, Answers(80, 1.5), often) == [
        (pytest.approx(drawn.time[i], abs=1e-9), f"b{i}", drawn.station[i]) for i in kept
    ]
    assert played(drawn, Answers(0), often) == []


def test_nothing_starts_at_boxes_where_the_factor_is_zero_and_no_other_draw_depends_on_it() -> None:
    often, never = (plan(rate_per_station_hour=0.5, boxes_factor=factor) for factor in (1.5, 0.0))
    one, none = draw_candidates(often, Streams(1, 0)), draw_candidates(never, Streams(1, 0))
    assert set(one.kind_at_boxes) == {"ballot_box_interception"} and set(none.kind_at_boxes) == {None}
    assert one.kind == none.kind
    assert all(np.array_equal(getattr(one, name), getattr(none, name)) for name in ("time", "station", "mark"))
    assert played(none, Answers(0, with_boxes=0.0), never) == []
    assert played(one, Answers(80, with_boxes=0.0), often) == played(none, Answers(80), never), "where people are"


def test_kinds_at_boxes_come_by_their_own_weights_also_where_nothing_starts_at_stations() -> None:
    bare = only(rate_per_station_hour=1.0)
    weights = {"brawl": 1.0, "vandalism": 3.0}
    kinds = {
        name: kind.model_copy(update={"boxes_weight": weights.get(name, 0.0)}) for name, kind in bare.kinds.items()
    }
    drawn = draw_candidates(replace(bare, kinds=kinds), Streams(2, 0))
    share = drawn.kind_at_boxes.count("vandalism") / len(drawn.time)
    assert set(drawn.kind) == {None} and set(drawn.kind_at_boxes) == {"brawl", "vandalism"}
    assert abs(share - 0.75) / np.sqrt(0.1875 / len(drawn.time)) < 3.5
    assert played(drawn, Answers(80), bare) == []


def test_acceptance_at_boxes_by_hand_and_never_more_than_one() -> None:
    b = hazard(boxes_factor=0.25, deterrence_per_officer=0.5)
    assert b.dominating_factor == PACKAGED.dominating_factor == 2.0, "the packaged candidates stay"
    assert acceptance_at_boxes(b, officers=0) == pytest.approx(0.125)
    assert acceptance_at_boxes(b, officers=2) == pytest.approx(0.125 * exp(-1.0))
    assert acceptance_at_boxes(hazard(boxes_factor=0.0), officers=0) == 0.0
    many = hazard(boxes_factor=50.0)
    assert acceptance_at_boxes(many, officers=0) == 1.0
    assert acceptance(many, counting=False, crowd=10_000, officers=0) == pytest.approx(2.0 / 50.0)


def test_the_process_starts_at_boxes_where_they_are_and_without_followers() -> None:
    often = plan(rate_per_station_hour=0.5, boxes_factor=1.0)
    drawn, begun = draw_candidates(often, Streams(1, 0)), Begun(lambda: env.now)
    env = simpy.Environment(initial_time=OPEN)
    background(env, often, possible(often, drawn), Answers(0, with_boxes=1.0), begun)
    env.run(END)
    kept = np.flatnonzero(drawn.mark < 0.5 * exp(-0.5))
    assert len(kept) > 20
    assert [(start.identity, start.boxes_of) for _, start in begun.starts] == [
        (f"b{i}", drawn.station[i]) for i in kept
    ]
    assert {(start.place, start.followers, start.kind_name) for _, start in begun.starts} == {
        (ROAD, 0.0, "ballot_box_interception")
    }
    few, many = ({start.identity for _, start in starts_at_boxes(often, drawn, officers)} for officers in (0.0, 3.0))
    assert many < {start.identity for _, start in begun.starts} < few


def starts_at_boxes(plan: DisturbancePlan, drawn: Candidates, officers: float) -> list[tuple[float, Start]]:
    env = simpy.Environment(initial_time=OPEN)
    begun = Begun(lambda: env.now)
    background(env, plan, possible(plan, drawn), Answers(0, with_boxes=officers), begun)
    env.run(END)
    return begun.starts


def test_what_starts_with_more_officers_would_have_started_with_fewer() -> None:
    often = plan(rate_per_station_hour=0.5)
    drawn = draw_candidates(often, Streams(4, 0))
    few, many = (set(played(drawn, Answers(80, officers), often)) for officers in (0.5, 3.0))
    assert many < few


def test_a_fork_keeps_what_was_before_it_and_draws_the_rest_anew() -> None:
    often = plan(rate_per_station_hour=0.2)
    day = draw_candidates(often, Streams(1, 0))
    one, other = (draw_candidates(often, Streams(1, 0, branch, fork=700.0)) for branch in (1, 2))
    before = int(np.searchsorted(day.time, 700.0))
    assert before > 10 and len(one.time) > before + 10
    for name in ("time", "station", "mark"):
        assert np.array_equal(getattr(one, name)[:before], getattr(day, name)[:before])
        assert not np.array_equal(getattr(one, name)[before : before + 9], getattr(other, name)[before : before + 9])
    assert one.kind[:before] == day.kind[:before]
    assert np.all(np.diff(one.time) >= 0) and len(one.kind) == len(one.time)
    whole = draw_candidates(often, Streams(1, 0, 1, fork=-inf))
    assert np.array_equal(whole.time[whole.time >= 700.0], one.time[before:])


@pytest.mark.parametrize("boxes_factor", [0.0, 0.25, 1.5])
def test_a_candidate_is_possible_where_something_starts_under_the_best_of_circumstances(boxes_factor: float) -> None:
    often = plan(rate_per_station_hour=0.5, counting_factor=0.25, boxes_factor=boxes_factor)
    drawn = draw_candidates(often, Streams(1, 0))
    crowded = {identity for _, identity, _ in played(drawn, Answers(10_000), often)}
    boxes = {start.identity for _, start in starts_at_boxes(often, drawn, 0.0)}
    found = possible(often, drawn)
    assert {f"b{one.number}" for one in found} == crowded | boxes
    assert {f"b{one.number}" for one in found if one.kind} == crowded
    assert {f"b{one.number}" for one in found if one.kind_at_boxes} >= boxes
    assert all(
        (one.time, one.station, one.mark) == (drawn.time[i], drawn.station[i], drawn.mark[i])
        for one in found
        for i in [one.number]
    )
    assert len(found) < len(drawn.time)


def test_after_closing_nobody_asks_for_officers_where_nobody_is() -> None:
    class Asked(Answers):
        def strength(self, station: int) -> float:
            assert self.people, "an empty station"
            return 0.0

    often = plan(rate_per_station_hour=0.5)
    drawn = draw_candidates(often, Streams(1, 0))
    none = Candidates(np.empty(0), np.empty(0, np.int64), np.empty(0), (), ())
    after = none.until(CLOSE, drawn)
    assert played(after, Asked(0), often) == [] and played(after, Asked(80), often)
