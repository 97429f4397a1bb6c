"""What starts because an incident has reached a severity, or a station has opened late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest
import simpy

from sim.config.distribution import Delay
from sim.disturbance.conditioned import Conditioned
from sim.disturbance.incident import Incident
from sim.disturbance.sources.condition import Occasions
from sim.disturbance.start import Start
from sim.region.place import Place
from sim.streams import Streams
from sim.vocabulary import Origin, Severity
from tests.disturbance.made_up import END, KINDS, OFFICES, OPEN, PLACES, ROAD, Begun, Heard, bare_plan, nobody_around

AFTER_RIOT = Conditioned(
    after=frozenset({"riot"}),
    severity=Severity.RED,
    late=None,
    kind_name="office_protest",
    place=OFFICES[0],
    probability=1.0,
    delay=Delay(mean_minutes=20, cv=0.5),
    starters=40,
    times=1,
)
WHEN_LATE = replace(
    AFTER_RIOT, after=frozenset(), severity=None, late=30.0, kind_name="brawl", place=None, starters=None
)
GREEN, YELLOW, RED = Severity
RIOT = (("s0", "riot", PLACES[3], (GREEN, YELLOW, RED)),)
Lives = Iterable[tuple[str, str, Place, tuple[Severity, ...]]]


def brought(
    *conditions: Conditioned, lives: Lives = RIOT, opens_at: Iterable[float] = (), day: int = 0, seed: int = 1
) -> list[tuple[float, Start]]:
    """Return what conditions bring when these incidents, ten minutes apart, reach their severities a minute apart."""
    env, plan, streams = simpy.Environment(initial_time=600.0), bare_plan(conditions=conditions), Streams(seed, day)
    begun = Begun(lambda: env.now)
    occasions = Occasions(env, plan, streams, begun)

    def live(identity: str, kind: str, place: Place, severities: tuple[Severity, ...], when: float):  # type: ignore[no-untyped-def]
        yield env.timeout(when)
        start = Start(identity, kind, Origin.SCRIPTED, place, None, 0.0)
        incident = Incident(env, start, KINDS[kind], streams, Heard().hooks(), END, nobody_around())
        for severity in severities:
            incident.severity = severity
            occasions.reached(incident)
            yield env.timeout(1.0)

    for n, life in enumerate(lives):
        env.process(live(*life, when=10.0 * n))
    for process in occasions.late_openings(np.array([*opens_at] or [-np.inf])):
        env.process(process)
    env.run(END)
    return begun.starts


def test_an_incident_that_turns_red_brings_one_elsewhere_after_a_delay() -> None:
    ((when, start),) = brought(AFTER_RIOT)
    assert when > 602.0
    assert start == Start("c0", "office_protest", Origin.CONDITION, OFFICES[0], 40, bare_plan().spread.followers)


@pytest.mark.parametrize(
    ("reaches", "reached", "number"),
    [
        (RED, (GREEN, YELLOW), 0),
        (RED, (RED,), 1),
        (YELLOW, (GREEN, YELLOW, RED), 1),
        (YELLOW, (RED,), 1),  # worse than asked for, at once
        (YELLOW, (GREEN,), 0),
        (GREEN, (GREEN, YELLOW, RED, YELLOW, RED), 1),
    ],
)
def test_the_occasion_is_the_first_moment_at_which_it_is_so_bad(
    reaches: Severity, reached: tuple[Severity, ...], number: int
) -> None:
    often = replace(AFTER_RIOT, severity=reaches, times=9)
    assert len(brought(often, lives=[("s0", "riot", PLACES[3], reached)])) == number


def test_another_kind_is_no_occasion_and_any_kind_is_where_any_will_do() -> None:
    clash = [("s0", "clash", PLACES[3], (GREEN, RED))]
    assert brought(AFTER_RIOT, lives=clash) == []
    assert len(brought(replace(AFTER_RIOT, after=frozenset(KINDS) - {"office_protest"}), lives=clash)) == 1


@pytest.mark.parametrize("times", [1, 2, 5])
def test_so_many_occasions_of_a_day_count_and_no_more(times: int) -> None:
    lives = [(f"b{n}", "riot", PLACES[n], (RED,)) for n in range(4)]
    found = brought(replace(AFTER_RIOT, times=times), lives=lives)
    assert len(found) == min(times, 4)
    assert sorted(start.identity for _, start in found) == ["c0", "c0-2", "c0-3", "c0-4"][: len(found)]


def test_a_probability_of_zero_brings_none_and_one_between_its_share_of_the_days() -> None:
    assert [brought(replace(AFTER_RIOT, probability=0.0), day=day) for day in range(50)] == [[]] * 50
    happened = np.array([len(brought(replace(AFTER_RIOT, probability=0.3), day=day)) for day in range(500)])
    assert abs(happened.mean() - 0.3) / np.sqrt(0.21 / len(happened)) < 3.5
    delays = np.array([brought(AFTER_RIOT, day=day)[0][0] - 602.0 for day in range(500)])
    assert abs(delays.mean() - 20.0) / (10.0 / np.sqrt(len(delays))) < 3.5


def test_a_larger_probability_brings_the_same_and_more() -> None:
    few, many = ({d for d in range(200) if brought(replace(AFTER_RIOT, probability=p), day=d)} for p in (0.2, 0.6))
    assert few < many


def test_what_the_first_occasion_brings_is_settled_whatever_it_is_and_whatever_other_conditions_do() -> None:
    later = [("b1", "clash", PLACES[9], (RED,)), ("b7", "riot", PLACES[8], (RED,))]
    ((when, start),) = brought(AFTER_RIOT)
    ((other_when, other),) = brought(AFTER_RIOT, lives=later)
    assert other == start and other_when - 610.0 == pytest.approx(when - 602.0)
    beside = replace(AFTER_RIOT, after=frozenset({"clash"}), place=OFFICES[1])
    assert (other_when, other) in brought(AFTER_RIOT, beside, lives=later)


def test_there_is_the_place_of_the_occasion_and_where_the_kind_cannot_be_it_is_none() -> None:
    there = replace(
        AFTER_RIOT, after=frozenset({"ballot_box_interception"}), kind_name="brawl", place=None, starters=None
    )
    at_boxes = [(f"b{n}", "ballot_box_interception", p, (RED,)) for n, p in enumerate((ROAD, PLACES[7], PLACES[8]))]
    ((_, start),) = brought(there, lives=at_boxes)
    assert (start.kind_name, start.place, start.identity) == ("brawl", PLACES[7], "c0")


def test_a_station_that_opens_so_late_is_an_occasion_there_when_it_is_so_late() -> None:
    late = replace(WHEN_LATE, delay=Delay(mean_minutes=0, cv=0), late=200.0, times=9)
    opens_at = [-np.inf, OPEN + 199.0, OPEN + 200.0, OPEN, OPEN + 290.0]
    found = brought(late, opens_at=opens_at, lives=())
    assert [(when, start.place) for when, start in found] == [(OPEN + 200.0, PLACES[2]), (OPEN + 200.0, PLACES[4])]
    assert len(brought(replace(late, times=1), opens_at=opens_at, lives=())) == 1
    assert brought(replace(late, late=300.0), opens_at=opens_at, lives=()) == []
    assert brought(late, opens_at=[OPEN, -np.inf], lives=()) == []


def test_after_a_fork_occasions_draw_from_the_branch() -> None:
    env, plan = simpy.Environment(initial_time=600.0), bare_plan(conditions=[AFTER_RIOT])
    begun, times = Begun(lambda: env.now), []
    for branch in (0, 1, 2):
        env = simpy.Environment(initial_time=600.0)
        begun = Begun(lambda env=env: env.now)  # type: ignore[misc]
        streams = Streams(1, 0, branch, fork=600.0, now=lambda env=env: env.now)  # type: ignore[misc]
        occasions = Occasions(env, plan, streams, begun)
        start = Start("s0", "riot", Origin.SCRIPTED, PLACES[3], None, 0.0)
        incident = Incident(env, start, KINDS["riot"], streams, Heard().hooks(), END, nobody_around())
        incident.severity = RED
        occasions.reached(incident)
        env.run(END)
        times.append(begun.starts[0][0])
    assert len(set(times)) == 3
