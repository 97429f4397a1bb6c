"""What starts by itself before opening, in anger at a late opening, at offices, on roads and in villages."""

from __future__ import annotations

from dataclasses import replace
from math import exp

import numpy as np
import pytest
import simpy

from sim.config.kinds import Kind
from sim.disturbance.plan import DisturbancePlan, prone
from sim.disturbance.sources.elsewhere import (
    Ground,
    acceptance_at_office,
    acceptance_late,
    acceptance_waiting,
    dominating,
    draw_elsewhere,
    elsewhere,
)
from sim.disturbance.sources.hazard import acceptance, draw_candidates
from sim.disturbance.start import Start
from sim.streams import Streams
from sim.vocabulary import Origin, PlaceKind
from tests.disturbance.made_up import CLASSES, CLOSE, END, OFFICES, OPEN, ROAD, VILLAGE_TWO, WAITING, Answers, Begun
from tests.disturbance.made_up import bare_plan as made_up_plan

NOBODY = np.zeros(len(CLASSES), dtype=bool)
FIRST = np.arange(len(CLASSES)) < 5
RATES = {
    "rate_per_station_hour": 0.5,
    "waiting_factor": 0.5,
    "rate_per_office_hour": 2.0,
    "rate_per_road_hour": 2.0,
    "rate_per_village_hour": 2.0,
}
SETTING = {
    Ground.WAITING: "waiting_factor",
    Ground.LATE: "late_unrest_per_100",
    Ground.OFFICES: "rate_per_office_hour",
    Ground.ROADS: "rate_per_road_hour",
    Ground.VILLAGES: "rate_per_village_hour",
}
PLACES_OF = {Ground.OFFICES: PlaceKind.BASE, Ground.ROADS: PlaceKind.ROAD, Ground.VILLAGES: PlaceKind.AREA}


def plan(**values: object) -> DisturbancePlan:
    return made_up_plan(background={**RATES, **values})


def weighing(plan: DisturbancePlan, weight: str, **weights: float) -> DisturbancePlan:
    """Return a plan whose kinds have these weights, the others none."""
    kinds = {name: kind.model_copy(update={weight: weights.get(name, 0.0)}) for name, kind in plan.kinds.items()}
    return replace(plan, kinds=kinds)


def started(ground: Ground, at: Answers, plan: DisturbancePlan, day: int = 0) -> list[tuple[float, Start]]:
    env = simpy.Environment(initial_time=WAITING)
    begun = Begun(lambda: env.now)
    moments = draw_elsewhere(plan, FIRST, Streams(1, day)).get(ground)
    if moments is not None:
        elsewhere(env, plan, ground, moments, at, begun)
    env.run(END)
    return begun.starts


@pytest.mark.parametrize("ground", Ground)
def test_a_rate_of_zero_gives_none_and_changes_no_other_draw(ground: Ground) -> None:
    every, without = (draw_elsewhere(plan(**more), FIRST, Streams(1, 0)) for more in ({}, {SETTING[ground]: 0}))
    assert set(every) == {*Ground} and set(without) == {*Ground} - {ground}
    for other, drawn in without.items():
        assert np.array_equal(drawn.time, every[other].time) and drawn.kind == every[other].kind
    before, after = (draw_candidates(plan(**more), Streams(1, 0)) for more in ({}, {SETTING[ground]: 0}))
    assert np.array_equal(before.time, after.time) and before.kind == after.kind, "nor of what starts at stations"


@pytest.mark.parametrize("ground", PLACES_OF)
def test_kinds_come_by_the_weight_of_their_ground_and_without_any_nothing_starts(ground: Ground) -> None:
    bare = plan()
    drawn = draw_elsewhere(weighing(bare, ground.weight, brawl=1.0, riot=3.0), NOBODY, Streams(1, 0))[ground]
    share = drawn.kind.count("riot") / len(drawn.kind)
    assert set(drawn.kind) == {"brawl", "riot"} and abs(share - 0.75) / np.sqrt(0.1875 / len(drawn.kind)) < 3.5
    assert ground not in draw_elsewhere(weighing(bare, ground.weight), NOBODY, Streams(1, 0))
    packaged = {name for name, kind in bare.kinds.items() if getattr(kind, ground.weight)}
    assert set(draw_elsewhere(bare, NOBODY, Streams(1, 0))[ground].kind) == packaged
    assert all(PLACES_OF[ground] in bare.kinds[name].places for name in packaged)


@pytest.mark.parametrize("ground", [Ground.ROADS, Ground.VILLAGES])
def test_a_hazard_starts_at_places_prone_to_it_as_often_in_all_and_others_where_they_did(ground: Ground) -> None:
    bare = replace(plan(), roads=(ROAD,) * 6, villages=(VILLAGE_TWO,) * 6)
    brawl, flood = bare.kinds["brawl"], bare.kinds["brawl"].model_copy(update={"prone_to": "flood"})
    weights = {ground.weight: 1.0}
    kinds = {"brawl": brawl.model_copy(update=weights), "flood": flood.model_copy(update=weights)}
    everywhere = replace(bare, kinds=kinds)
    known = [("landslide",), ("flood",), (), ("landslide", "flood"), (), ()]
    some = replace(everywhere, prone={PLACES_OF[ground]: prone(kinds, known)})
    before, after = (draw_elsewhere(one, NOBODY, Streams(1, 0))[ground] for one in (everywhere, some))
    floods = np.array([kind == "flood" for kind in after.kind])
    assert np.array_equal(before.time, after.time) and np.array_equal(before.mark, after.mark)
    assert before.kind == after.kind and 0 < floods.sum() < len(floods)
    assert np.array_equal(before.place[~floods], after.place[~floods])
    assert set(before.place[floods].tolist()) == {*range(6)} and set(after.place[floods].tolist()) == {1, 3}
    assert prone(kinds, [("landslide",), ()]) == {}, "where none is known to be prone it starts at any"


@pytest.mark.parametrize(
    ("ground", "each_hour", "begin", "end"),
    [
        (Ground.WAITING, 0.05 * 100 * 0.5 * 2.0, WAITING, OPEN),  # 30 + 10 x 3 + 5 x 8 weights; crowding at most 2
        (Ground.LATE, 0.05 * 5 * 2.0 * 2.0, OPEN, END),  # five stations of weight 1, at most twice the hazard beside it
        (Ground.OFFICES, 2 * 0.1, OPEN, END),
        (Ground.ROADS, 0.1, OPEN, END),
        (Ground.VILLAGES, 0.1, OPEN, END),
    ],
)
def test_moments_come_at_the_dominating_rate_of_their_hours(
    ground: Ground, each_hour: float, begin: float, end: float
) -> None:
    rates = {
        name: value if "factor" in name else value / (10 if "station" in name else 20) for name, value in RATES.items()
    }
    seldom = plan(**rates)
    assert dominating(seldom, ground, FIRST).rate.sum() == pytest.approx(each_hour)
    drawn = [draw_elsewhere(seldom, FIRST, Streams(3, day))[ground] for day in range(300)]
    expected = each_hour * (end - begin) / 60.0
    number = np.array([len(one.time) for one in drawn])
    assert abs(number.mean() - expected) / np.sqrt(expected / len(number)) < 3.5
    times = np.concatenate([one.time for one in drawn])
    assert begin <= times.min() and times.max() < end
    share = (np.sort(times) - begin) / (end - begin)
    assert np.max(np.abs(share - np.arange(len(share)) / len(share))) < 1.95 / np.sqrt(len(share))  # KS, 0.1 %
    if ground is Ground.LATE:
        assert set(np.concatenate([one.place for one in drawn])) == set(range(5)), "only where it opens late"


def test_each_starts_where_and_when_its_moment_is() -> None:
    places = {Ground.OFFICES: {*OFFICES}, Ground.ROADS: {ROAD}, Ground.VILLAGES: {VILLAGE_TWO}}
    identities: set[str] = set()
    for ground in Ground:
        found = started(ground, Answers(400, line=500), plan(office_counting_factor=1.0))
        drawn = draw_elsewhere(plan(office_counting_factor=1.0), FIRST, Streams(1, 0))[ground]
        times = [when for when, _ in found]
        numbers = [int(start.identity.removeprefix(ground.letters)) for _, start in found]
        assert len(times) > 10 and times == pytest.approx(drawn.time[numbers].tolist(), abs=1e-9)
        assert [start.kind_name for _, start in found] == [drawn.kind[n] for n in numbers]
        assert {start.origin for _, start in found} == {Origin.BACKGROUND}
        assert ground not in places or {start.place for _, start in found} == places[ground]
        assert not identities & {start.identity for _, start in found}
        identities |= {start.identity for _, start in found}
    at_roads = started(Ground.ROADS, Answers(0, 9.0), plan())
    assert len(at_roads) == len(draw_elsewhere(plan(), FIRST, Streams(1, 0))[Ground.ROADS].time), "nobody stands there"


def test_more_officers_at_an_office_let_fewer_start_and_none_that_would_not_have() -> None:
    guarded = [
        {start.identity for _, start in started(Ground.OFFICES, Answers(0, at_office=dict.fromkeys(("KPU", "OFFICE-1"), n)), plan())}
        for n in (0, 1, 4)
    ]  # fmt: skip
    assert guarded[2] < guarded[1] < guarded[0]
    only_kpu = started(Ground.OFFICES, Answers(0, at_office={"KPU": 40}), plan())
    assert {start.place for _, start in only_kpu} == {OFFICES[1]}


def test_thinning_reproduces_the_hazard_of_offices() -> None:
    # two offices: six hours of voting, then seventeen at half; two officers at one
    half, days = plan(rate_per_office_hour=0.2, office_counting_factor=0.5), 300
    found = [
        start for day in range(days) for _, start in started(Ground.OFFICES, Answers(at_office={"KPU": 2}), half, day)
    ]
    hours = (CLOSE - OPEN) / 60.0 + 0.5 * (END - CLOSE) / 60.0
    for office, factor in zip(OFFICES, (exp(-1.0), 1.0), strict=True):
        expected = days * 0.2 * hours * factor
        assert abs(sum(start.place == office for start in found) - expected) / np.sqrt(expected) < 3.5


def test_nobody_at_the_door_nothing_before_opening() -> None:
    assert started(Ground.WAITING, Answers(0), plan()) == []
    few, many = ({start.identity for _, start in started(Ground.WAITING, Answers(n), plan())} for n in (5, 150))
    kept = {start.identity for _, start in started(Ground.WAITING, Answers(150, 2.0), plan())}
    assert few < many and kept < many
    assert all(when < OPEN for when, _ in started(Ground.WAITING, Answers(150), plan()))


def test_a_longer_line_at_a_late_station_brings_more_and_none_when_it_has_gone() -> None:
    short, long = ({s.identity for _, s in started(Ground.LATE, Answers(100, line=n), plan())} for n in (20, 150))
    assert short < long
    assert started(Ground.LATE, Answers(100, line=0), plan()) == []


def test_the_unrest_of_a_late_opening_is_a_factor_of_the_hazard() -> None:
    b = plan(late_unrest_per_100=0.8, late_unrest_most=3.0).background
    for counting, line, crowd, officers in ((False, 100, 120, 0.5), (True, 40, 40, 0.0), (False, 900, 900, 1.0)):
        own = acceptance(b, counting=counting, crowd=crowd, officers=officers) * b.dominating_factor
        most = 2.0 * 2.0  # voting and crowding at most, and twice as much may be added
        added = acceptance_late(b, counting=counting, line=line, crowd=crowd, officers=officers) * most
        assert (own + added) / own == pytest.approx(min(3.0, 1.0 + 0.8 * line / 100.0))


class Counting(Answers):
    """Stations that note for whom they are played."""

    def __init__(self, **values: float) -> None:
        super().__init__(**values)  # type: ignore[arg-type]
        self.asked = 0

    def crowd(self, station: int) -> int:
        self.asked += 1
        return super().crowd(station)

    def late_line(self, station: int) -> int:
        self.asked += 1
        return super().late_line(station)


@pytest.mark.parametrize("ground", [Ground.WAITING, Ground.LATE])
def test_nobody_is_counted_at_a_station_where_officers_keep_off_whatever_comes(ground: Ground) -> None:
    """Four officers leave exp(-4 x 0.5), about one moment in seven, for which it matters who is there."""
    moments = draw_elsewhere(plan(), FIRST, Streams(1, 0))[ground]
    guarded = Counting(people=150, line=150, officers=4.0)
    begun = started(ground, guarded, plan())
    assert 0 < len(begun) <= guarded.asked < 0.5 * len(moments.time)
    assert {s.identity for _, s in begun} < {s.identity for _, s in started(ground, Answers(150, line=150), plan())}


@pytest.mark.parametrize(
    "values",
    [
        {"counting_factor": 3.0, "crowding_most": 2.0, "office_counting_factor": 4.0},
        {"counting_factor": 0.0, "crowding_most": 0.5, "office_counting_factor": 0.0},
        {"waiting_factor": 9.0, "crowding_per_100": 50.0, "late_unrest_per_100": 70.0, "late_unrest_most": 1.5},
        {"late_unrest_most": 1.0, "boxes_factor": 40.0},
    ],
)
def test_the_dominating_rate_dominates(values: dict[str, float]) -> None:
    b = plan(**values).background
    chances = [acceptance_waiting(b, crowd=n, officers=0.0) for n in (0, 1, 500)]
    for counting in (False, True):
        chances.append(acceptance_at_office(b, counting=counting, officers=0.0))
        chances += [acceptance_late(b, counting=counting, line=n, crowd=n, officers=0.0) for n in (0, 1, 5_000)]
    assert all(0.0 <= chance <= 1.0 for chance in chances)


def test_a_fork_keeps_what_was_before_it_and_draws_the_rest_anew() -> None:
    day, branch = (draw_elsewhere(plan(), FIRST, Streams(1, 0, b, fork=700.0)) for b in (0, 1))
    for ground in Ground:
        before = int(np.searchsorted(day[ground].time, 700.0))
        assert np.array_equal(branch[ground].time[:before], day[ground].time[:before])
        assert branch[ground].kind[:before] == day[ground].kind[:before]
        if ground is not Ground.WAITING:
            assert not np.array_equal(branch[ground].time[before : before + 9], day[ground].time[before : before + 9])


def test_a_kind_has_a_weight_only_where_it_can_be() -> None:
    kind = made_up_plan().kinds["riot"]
    for weight in ("office_weight", "road_weight", "area_weight"):
        with pytest.raises(ValueError, match=f"{weight}: it counts at places of kind"):
            Kind.model_validate(kind.model_dump(by_alias=True) | {weight: 1.0})
