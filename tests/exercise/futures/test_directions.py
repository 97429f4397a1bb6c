"""Options move the numbers the right way, and by a size that matters."""

from __future__ import annotations

import pytest

from sim.day.decisions import AskForArmy, CloseStation, Hold, OpenStation, Send
from sim.day.world import World
from sim.exercise.futures.answer import Answer, Option
from sim.exercise.futures.measure import Measure
from sim.exercise.futures.question import Course, Moment, Question, Timed
from tests.exercise.futures.conftest import ALONE, NAME, QUIET, RESERVE, RIOT, answer, asking, world_of

NOW = 582.0
"""Two minutes after the riot began: nobody has been sent yet."""
FUTURES = 12
RESERVE_UNIT = "reserve/SEK-KOTAPADANG/1"
NEAR = ("strategy.reserves=[{base: SEK-KOTAPADANG, teams: 1, size: 30, vehicle: truck}]", *RESERVE[1:])
NO_SPREAD = "disturbance.spread.followers=0"
ARMY = (
    "response.attached=[{base: YONIF-144, agency: army, teams: 1, size: 30, vehicle: truck, from_severity: red,"
    " request_delay: 25}]"
)
MILD = (
    RIOT.replace("45", "10"),
    "kinds.riot.course.join_per_minute=0",
    "kinds.riot.course.calm_per_minute=0.005",
    "kinds.riot.course.disperse_per_minute=0",
    "kinds.riot.severities.green.needs.presence=30",
    "strategy.reserves=[]",
)
"""A riot that stays green, goes on for hours, and asks for more people than there are without the army."""

HUGE = tuple(f"kinds.riot.severities.{severity}.needs.presence=30" for severity in ("green", "yellow", "red"))


@pytest.fixture(scope="module")
def world() -> World:
    """A riot, one reserve near it, guards, and nobody else."""
    return world_of(RIOT, *NEAR, *QUIET, *ALONE, NO_SPREAD)


@pytest.fixture(scope="module")
def told(world: World) -> Answer:
    units = [unit.name for unit in world.deployments[NAME].units]
    send = Course("send at once", (Timed(NOW, Send(RESERVE_UNIT, "s0")),))
    late = Course("hold for half an hour", (Timed(NOW, Hold(RESERVE_UNIT)), Timed(612.0, Hold(RESERVE_UNIT, False))))
    hold = Course("hold everybody back", tuple(Timed(NOW, Hold(name)) for name in units if "ambulance" not in name))
    return answer(world, asking(send, late, hold, now=NOW, futures=FUTURES))


@pytest.fixture(scope="module")
def send(told: Answer) -> Option:
    return told.options[0]


@pytest.fixture(scope="module")
def late(told: Answer) -> Option:
    return told.options[1]


@pytest.fixture(scope="module")
def hold(told: Answer) -> Option:
    return told.options[2]


def middle(value: float | None) -> float:
    assert value is not None
    return value


def test_the_reserve_that_is_sent_before_the_report_is_handled_is_there_sooner(send: Option) -> None:
    difference = send.differences[Measure.REINFORCEMENT]
    assert difference.less == FUTURES and middle(difference.middle) < -2.0
    assert middle(send.differences[Measure.PEAK_CROWD].middle) < 0.0


def test_held_back_for_half_an_hour_it_is_late_and_the_riot_larger_and_longer(late: Option) -> None:
    for measure, least in ((Measure.RED_FORCE, 15.0), (Measure.PEAK_CROWD, 10.0), (Measure.OVER, 20.0)):
        difference = late.differences[measure]
        assert difference.more == FUTURES and middle(difference.middle) > least, measure


def test_held_back_for_good_nobody_ever_comes_and_everything_is_worse(hold: Option) -> None:
    for measure in (Measure.FIRST_OFFICERS, Measure.REINFORCEMENT, Measure.RED_FORCE):
        told = hold.ranges[measure]
        assert (told.happened, told.never, told.middle) == (0, FUTURES, None)
        difference = hold.differences[measure]
        assert (difference.more, difference.both, difference.middle) == (FUTURES, 0, None), "never is later than any"
    for measure, least in ((Measure.PEAK_CROWD, 20.0), (Measure.OVER, 100.0), (Measure.VOTES_LOST, 100.0)):
        difference = hold.differences[measure]
        assert difference.more == FUTURES and middle(difference.middle) > least, measure
    assert middle(hold.differences[Measure.PEOPLE_HURT].middle) > 0.0


def test_the_longer_the_reserve_is_held_the_worse(late: Option, hold: Option, told: Answer) -> None:
    crowds = [middle(one.ranges[Measure.PEAK_CROWD].middle) for one in (told.options[0], late, hold)]
    assert crowds == sorted(crowds)


def test_a_station_that_is_closed_costs_the_votes_that_were_to_come_and_opened_again_some_of_them(
    world: World,
) -> None:
    shut = Course("shut", (Timed(NOW, CloseStation("T1.2/01")),))
    hour = Course("for an hour", (*shut.decisions, Timed(NOW + 60.0, OpenStation("T1.2/01"))))
    told = answer(world, asking(shut, hour, now=NOW, futures=FUTURES))
    for_good, for_an_hour = (option.differences[Measure.VOTES_LOST] for option in told.options)
    assert for_good.more == FUTURES and middle(for_good.middle) > 80.0
    assert for_an_hour.more >= FUTURES // 2 and middle(for_an_hour.middle) < middle(for_good.middle) / 2


def test_the_army_that_is_asked_for_comes_to_a_mild_riot_and_otherwise_it_never_would() -> None:
    world = world_of(*MILD, *ALONE, ARMY, *QUIET, NO_SPREAD)
    told = answer(world, asking(Course("army", (Timed(600.0, AskForArmy()),)), now=600.0, futures=6))
    plan, army = told.plan.ranges[Measure.GREEN_FORCE], told.options[0].ranges[Measure.GREEN_FORCE]
    assert (plan.never, army.happened) == (6, 6) and middle(army.low) > 25.0, "after the delay of the request"
    assert told.options[0].differences[Measure.GREEN_FORCE].less == 6


def test_the_army_that_is_asked_for_is_never_later_at_a_riot_that_is_red() -> None:
    world = world_of(RIOT, "strategy.reserves=[]", *ALONE, ARMY, *QUIET, NO_SPREAD, *HUGE)
    told = answer(world, asking(Course("army", (Timed(NOW, AskForArmy()),)), now=NOW, futures=8)).options[0]
    assert told.differences[Measure.RED_FORCE].more == 0 and told.ranges[Measure.RED_FORCE].happened == 8


def test_without_a_disturbance_nothing_is_lost_and_nobody_is_asked_for() -> None:
    world = world_of("incidents=[]", *QUIET, "response.reporting.false_reports.per_hour=0")
    told = answer(world, Question(Moment(NAME, 0, NOW), (Course("hold", (Timed(NOW, Hold("office/KPU")),)),), 4))
    for measure, values in told.plan.ranges.items():
        if measure.value in ("votes_lost", "people_hurt", "officers_hurt", "stations_evacuated", "stations_abandoned"):
            assert (values.low, values.high, values.happened) == (0.0, 0.0, 4), measure
        else:
            assert values.not_asked == 4, measure
