"""A future is a branch of the day: its numbers are those of the whole day, and only what is decided differs."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.day import Day, draw_day
from sim.day.decisions import CloseStation, EvacuateStation, Hold, OpenStation, Send
from sim.day.draws import draw_trunk
from sim.day.world import World
from sim.disturbance.incident import Incident
from sim.errors import UserError
from sim.exercise.futures.measure import FORCES, NEVER, NOT_ASKED, Measure
from sim.exercise.futures.play import day_at, horizon, worst
from sim.exercise.futures.question import Course, Moment, Question, Timed
from sim.log import DayLog
from sim.vocabulary import Purpose, Severity, UnitState
from tests.exercise.futures.conftest import NAME, NOW, ONE, answer, asking, futures_of, world_of

SEND = Course("send the reserve", (Timed(NOW, Send(ONE, "s0")),))
CLOSE = Course("close two stations", (Timed(NOW, CloseStation("T1.2/01")), Timed(620.0, CloseStation("T2.1/01"))))


def whole(world: World, course: Course, number: int) -> tuple[DayLog, tuple[int, int]]:
    """The whole day of a future, and who had been hurt at its beginning; played without the room of futures."""
    draws = draw_day(world, 0, branch=number, fork=NOW)
    day = Day(world, NAME, 0, draws, branch=number, fork=NOW)
    day.until(NOW)
    before = [incident.row() for incident in day.incidents.values()]
    for timed in course.decisions:
        day.until(timed.time)
        day.act(timed.decision)
    return day.run(), (sum(r.injured for r in before), sum(r.officers_hurt for r in before))


def minutes(time: float) -> float:
    return NEVER if math.isnan(time) else time - NOW


@pytest.mark.parametrize("course", [Course("nothing"), SEND, CLOSE], ids=["nothing", "send", "close"])
def test_every_number_is_that_of_the_whole_day(riotous: World, course: Course) -> None:
    compared = 0
    for future in futures_of(riotous, asking(course, futures=8)):
        log, (hurt, officers) = whole(riotous, course, future.number)
        incidents, stations, forces = (log.tables[name] for name in ("incidents", "stations", "forces"))
        (s0,) = np.flatnonzero(incidents["incident"] == "s0")
        sample = future.played[1].sample
        assert sample[Measure.FIRST_OFFICERS] == minutes(incidents["first_on_scene"][s0])
        assert sample[Measure.REINFORCEMENT] == minutes(incidents["first_reinforcement"][s0])
        assert sample[Measure.OVER] == minutes(incidents["ended"][s0])
        if incidents["peak_time"][s0] >= NOW:
            compared += 1
            assert sample[Measure.PEAK_CROWD] == incidents["peak_active"][s0]
        else:
            assert sample[Measure.PEAK_CROWD] <= incidents["peak_active"][s0]
        for severity, measure in FORCES.items():
            row = np.flatnonzero((forces["incident"] == "s0") & (forces["severity"] == severity))
            expected = minutes(forces["complete"][row[0]]) if len(row) else NOT_ASKED
            assert sample[measure] == expected, measure
        assert np.all(incidents["onset"] < riotous.scenario.voting.close)
        over = np.all(incidents["ended"] < riotous.scenario.voting.close)
        if over:
            assert sample[Measure.PEOPLE_HURT] == incidents["injured"].sum() - hurt
            assert sample[Measure.OFFICERS_HURT] == incidents["officers_hurt"].sum() - officers
            assert sample[Measure.VOTES_LOST] == (stations["calm_voted"] - stations["voted"]).sum()
            assert sample[Measure.STATIONS_EVACUATED] == (stations["evacuations"] > 0).sum()
            assert sample[Measure.STATIONS_ABANDONED] == stations["abandoned"].sum()
            compared += 1
    assert compared > 8, "most futures can be compared in full"


def test_a_course_without_decisions_is_the_plan_in_every_future(riotous: World) -> None:
    question = asking(Course("nothing"), futures=10)
    for future in futures_of(riotous, question):
        assert future.played[0] == future.played[1]
    for measure, difference in answer(riotous, question).options[0].differences.items():
        assert (difference.less, difference.more, difference.same) == (0, 0, 10), measure
        assert {difference.low, difference.middle, difference.high} <= {0.0, None}


def test_futures_differ_from_each_other_and_each_is_the_same_every_time(riotous: World) -> None:
    one, again = (futures_of(riotous, asking(SEND, futures=6)) for _ in range(2))
    assert one == again
    assert len({tuple(future.played[0].sample.values()) for future in one}) == 6


def test_the_options_do_not_change_each_other(riotous: World) -> None:
    """What an option is told of does not depend on which others are asked beside it."""
    both, alone = (futures_of(riotous, asking(*courses, futures=5)) for courses in ((CLOSE, SEND), (SEND,)))
    assert [f.played[2] for f in both] == [f.played[1] for f in alone]
    assert [f.played[0] for f in both] == [f.played[0] for f in alone]


def test_up_to_the_moment_every_future_is_the_day_with_all_that_was_decided(riotous: World) -> None:
    past = (Timed(540.0, Hold(ONE)), Timed(585.0, CloseStation("T2.1/01")))
    moment = Moment(NAME, 0, NOW, past)
    trunk = draw_trunk(riotous, 0)
    day = Day(riotous, NAME, 0, draw_day(riotous, 0))
    for timed in past:
        day.until(timed.time)
        day.act(timed.decision)
    day.until(NOW)
    for number in (1, 2, 7):
        draws = draw_day(riotous, 0, branch=number, fork=NOW, trunk=trunk)
        future = day_at(riotous, moment, draws, number)
        assert future.picture() == day.picture()
        rows = [[str(incident.row()) for incident in one.incidents.values()] for one in (future, day)]
        assert rows[0] == rows[1]


def test_a_past_that_was_not_this_day_is_refused(riotous: World) -> None:
    past = (Timed(540.0, Send("reserve/POLRES/9", "s0")),)
    with pytest.raises(UserError, match=r"there is no 'reserve/POLRES/9'"):
        futures_of(riotous, asking(SEND, past=past))


@pytest.mark.parametrize("time", [0.0, 1800.0, 5000.0])
def test_a_moment_that_is_not_on_the_day_is_refused(riotous: World, time: float) -> None:
    with pytest.raises(UserError, match="the day is played from"):
        futures_of(riotous, asking(Course("nothing"), now=time))


def test_decisions_that_cannot_be_carried_out_are_left_out_and_counted(riotous: World) -> None:
    follower = Course("to a follower", (Timed(700.0, Send(ONE, "s0.1")), Timed(700.0, Send("nobody", "s0"))))
    told = answer(riotous, asking(follower)).options[0]
    by_number = {left.number: left for left in told.left_out}
    assert by_number[1].futures == 12 and "'nobody'" in by_number[1].why
    assert 0 < by_number[0].futures <= 12, "it comes in some futures only, and is over in others"
    impossible = answer(riotous, asking(Course("no", (Timed(NOW, Send(ONE, "s77")),)))).options[0]
    assert [left.futures for left in impossible.left_out] == [12]
    assert all(difference.same == 12 for difference in impossible.differences.values())


def test_a_unit_that_is_sent_where_it_is_going_changes_nothing(riotous: World) -> None:
    now = 610.0
    day = Day(riotous, NAME, 0, draw_day(riotous, 0))
    day.until(now)
    (going, *_rest) = [
        u.name for u in day.picture().units if u.purpose is Purpose.INCIDENT and u.state == UnitState.TRAVELLING
    ]
    told = answer(riotous, asking(Course("again", (Timed(now, Send(going, "s0")),)), now=now)).options[0]
    assert [left.futures for left in told.left_out] == [12] and "is at 's0'" in told.left_out[0].why
    assert all(difference.same == 12 for difference in told.differences.values())


def test_of_several_disturbances_the_worst_that_the_centre_knows_of_is_asked_about(riotous: World) -> None:
    day = Day(riotous, NAME, 0, draw_day(riotous, 0))
    day.until(500.0)
    assert worst(day) is None or day.incidents[str(worst(day))].times.onset < 500.0
    day.until(NOW)
    assert day.reported["s0"].is_known and worst(day) == "s0"
    assert answer(riotous, asking(Course("nothing"))).focus == "s0"


def test_one_that_nobody_knows_of_comes_after_any_that_the_centre_knows_of() -> None:
    two = (
        'incidents=[{kind: blackout, onset: "09:25", place: "Pasar Barat"},'
        '{kind: riot, onset: "09:40", place: "Pasar Timur", starters: 45, followers: 0}]'
    )
    world = world_of(two, "disturbance.background.rate_per_station_hour=0")
    day = Day(world, NAME, 0, draw_day(world, 0))
    day.until(580.01)
    known = [name for name, emergency in day.reported.items() if emergency.is_known and not emergency.is_over]
    assert "s0" in known and "s1" not in known and day.incidents["s1"].severity > Severity.GREEN
    assert worst(day) == "s0"


def test_a_disturbance_that_comes_in_no_future_cannot_be_asked_about(riotous: World) -> None:
    moment = Moment(NAME, 0, NOW)
    with pytest.raises(UserError, match=r"focus: there is no incident 's7' on this day; known: .*s0"):
        answer(riotous, Question(moment, (Course("nothing"),), 3, focus="s7"))


def test_a_disturbance_may_be_asked_about_before_it_comes(riotous: World) -> None:
    told = answer(riotous, Question(Moment(NAME, 0, 500.0), (Course("nothing"),), 6, focus="s0"))
    over = told.plan.ranges[Measure.OVER]
    assert told.focus == "s0" and over.happened == 6 and over.low is not None and over.low > 80.0


def test_where_nothing_goes_on_all_that_begin_from_now_on_are_told_of() -> None:
    world = world_of(*QUIET_LATER)
    told = answer(world, Question(Moment(NAME, 0, 430.0), (Course("nothing"),), 8))
    assert told.focus is None
    first, crowd = told.plan.ranges[Measure.FIRST_OFFICERS], told.plan.ranges[Measure.PEAK_CROWD]
    assert first.happened == 8 and first.high is not None and first.high < 60.0, "from its onset, not from now"
    assert crowd.middle is not None and crowd.middle >= 45.0


QUIET_LATER = (
    'incidents=[{kind: riot, onset: "10:00", place: "Pasar Timur", starters: 45, followers: 0}]',
    "disturbance.background.rate_per_station_hour=0",
    "disturbance.background.rate_per_office_hour=0",
    "disturbance.background.rate_per_road_hour=0",
    "disturbance.background.rate_per_village_hour=0",
)


def test_until_when_is_counted() -> None:
    def until(question: Question) -> float:
        return horizon(question, close=780.0, end=1800.0)

    assert until(asking(Course("a"))) == 780.0
    assert until(asking(Course("a"), now=780.0)) == 1800.0, "asked after closing: to the end of the day"
    assert until(asking(Course("a", (Timed(900.0, Hold(ONE)),)))) == 900.0, "never before the last decision"
    assert until(Question(Moment(NAME, 0, NOW), (Course("a"),), until=700.0)) == 700.0
    assert until(Question(Moment(NAME, 0, NOW), (Course("a"),), until=9000.0)) == 1800.0


def test_the_crowd_of_before_is_forgotten(riotous: World) -> None:
    """A riot at its height before the moment tells nothing of what it will be from then on."""
    now = 640.0
    futures = futures_of(riotous, Question(Moment(NAME, 0, now), (Course("nothing"),), 6, focus="s0"))
    day = Day(riotous, NAME, 0, draw_day(riotous, 0))
    day.until(now)
    riot: Incident = day.incidents["s0"]
    assert riot.state is not None and not riot.is_over
    peak, at_now = riot.row().peak_active, riot.state.active
    told = [future.played[0].sample[Measure.PEAK_CROWD] for future in futures]
    assert at_now <= min(told) and max(told) < peak / 2


@pytest.mark.parametrize("now", [612.0, 618.0, 624.0, 630.0, 636.0])
def test_the_largest_crowd_is_the_largest_that_is_seen_from_now_on(riotous: World, now: float) -> None:
    """Looked at every few seconds; what was drawn ahead before the moment does not count."""
    question = Question(Moment(NAME, 0, now), (Course("nothing"),), 2, focus="s0")
    for future in futures_of(riotous, question):
        draws = draw_day(riotous, 0, branch=future.number, fork=now)
        day, seen = Day(riotous, NAME, 0, draws, branch=future.number, fork=now), 0
        for time in np.arange(now, 720.0, 0.1).tolist():
            day.until(time)
            state = day.incidents["s0"].state
            seen = max(seen, state.active if state is not None else 0)
        assert seen <= future.played[0].sample[Measure.PEAK_CROWD] <= seen + 3


def test_a_station_that_is_closed_for_good_is_given_up_and_one_that_opens_again_is_not(riotous: World) -> None:
    shut = Course("shut", (Timed(NOW, CloseStation("T2.1/01")),))
    open_again = Course("shut for a while", (*shut.decisions, Timed(650.0, OpenStation("T2.1/01"))))
    left = Course("leave", (Timed(NOW, EvacuateStation("T2.1/01")),))
    told = answer(riotous, asking(shut, open_again, left))
    given_up, not_given_up, evacuated = (o.differences[Measure.STATIONS_ABANDONED] for o in told.options)
    assert given_up.more == 12 and not_given_up.more == 0 and evacuated.more == 12
    assert told.options[2].differences[Measure.STATIONS_EVACUATED].more == 12
