"""Trouble and extended hours on the day's clock. Open 07:00 (420) to 13:00 (780), one server of 10 minutes a voter.

Every expected time is worked by hand; the restart after a stop takes 15 minutes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import simpy
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.config.voting import Extension, VotingSettings
from sim.day import simulate_day
from sim.day.world import prepare
from sim.errors import UserError
from sim.vocabulary import StationState
from sim.voting import engine
from sim.voting.draws import VoterDraws
from sim.voting.polls import Polls
from sim.voting.trouble import Outage, Troubles
from sim.voting.twin import calm_day
from tests.conftest import small_scenario
from tests.voting.test_polls import VOTING, by_hand, row, script

EXTENDED = VOTING.model_copy(update={"extension": Extension(after_interruption=True, most_minutes=120.0)})
TWO_DESKS = VOTING.model_copy(update={"stages": (VOTING.stages[0].model_copy(update={"servers": 2}),)})
TWO_STAGES = VOTING.model_copy(
    update={"stages": (VOTING.stages[0], VOTING.stages[0].model_copy(update={"name": "booth"}))}
)


def troubled(
    draws: VoterDraws,
    *outages: Outage,
    opens_at: float = -np.inf,
    ballots: float = np.inf,
    voting: VotingSettings = VOTING,
) -> Polls:
    """One station with trouble of its own."""
    troubles = Troubles(np.array([opens_at], dtype=float), np.array([ballots], dtype=float), outages)
    guards = np.zeros(1)
    return Polls(simpy.Environment(400.0), draws, voting, calm_day(draws, voting, guards, troubles), guards, troubles)


def stop(p: Polls, begin: float, end: float, cause: str = "riot", **what: object) -> list[tuple[float, Callable]]:
    how = what or {"speed": 0.0}
    return [(begin, lambda: p.impose(0, cause, **how)), (end, lambda: p.lift(0, cause))]  # type: ignore[arg-type]


def test_before_closing_no_boxes_can_leave_unless_voting_was_given_up_and_nobody_is_played_for_that(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    played: list[float] = []

    def noted(draws, rules, conditions, stations, until):  # type: ignore[no-untyped-def]
        played.append(until)
        return engine.run_stations(draws, rules, conditions, stations, until)

    monkeypatch.setitem(engine.ENGINES, "compiled", noted)
    p = troubled(by_hand([430, 770]))
    played.clear()

    def ask() -> tuple[bool, int]:
        return p.is_before_count(0, float(p.env.now)), len(played)

    def give_up() -> None:
        p.evacuate(0, "order", for_good=True)
        played.clear()

    deter, end = (np.array([0]), np.array([0.4])), (790, ask)
    steps = ((450, ask), (500, lambda: p.deter(*deter, "protest")), (501, ask), *stop(p, 510, 600), (601, ask), end)
    assert [found for found in script(p, *steps) if found is not None] == [(True, 0)] * 3 + [(False, 0)]
    p = troubled(by_hand([430, 770]))
    found = script(p, (500, give_up), (501, ask), (550, lambda: p.lift(0, "order")), (551, lambda: p.ready(0)))
    assert found[1] == (False, 0) and found[3] == 550.0, "sealed long before closing"


# Extended hours


def test_hours_are_extended_by_as_long_as_nobody_was_let_in() -> None:
    """Stopped 500 to 545, serving again at 560: an hour. Who comes at 835 still votes."""
    p = troubled(by_hand([430, 835]), voting=EXTENDED)
    script(p, *stop(p, 500, 545))
    assert row(p)["closed"] == 780 + 60
    assert (row(p)["voted"], row(p)["last_voted"]) == (2, 845)
    assert row(p)["suspended_minutes"] == 60


def test_without_the_rule_hours_stay_as_they_are() -> None:
    p = troubled(by_hand([430, 770]))
    script(p, *stop(p, 500, 545))
    assert row(p)["closed"] == 780


def test_an_extension_has_an_end() -> None:
    p = troubled(by_hand([430]), voting=EXTENDED)
    script(p, *stop(p, 450, 600))  # 165 minutes with the restart
    assert row(p)["closed"] == 780 + 120


def test_two_stops_extend_twice_and_what_overlaps_once() -> None:
    p = troubled(by_hand([430]), voting=EXTENDED)
    script(p, *stop(p, 450, 460), *stop(p, 500, 510))
    assert row(p)["closed"] == 780 + 25 + 25
    p = troubled(by_hand([430]), voting=EXTENDED)
    steps = sorted([*stop(p, 450, 480, "a"), *stop(p, 470, 490, "b")], key=lambda step: step[0])
    script(p, *steps)
    assert row(p)["closed"] == 780 + 490 + 15 - 450


def test_a_stop_during_the_restart_is_one_interruption_with_it() -> None:
    p = troubled(by_hand([430]), voting=EXTENDED)
    script(p, *stop(p, 450, 460, "a"), *stop(p, 465, 480, "b"))  # b comes before the restart at 475
    assert row(p)["closed"] == 780 + 480 + 15 - 450


def test_a_late_opening_is_an_interruption_in_the_calm_twin_too() -> None:
    p = troubled(by_hand([430, 800]), opens_at=450, voting=EXTENDED)
    script(p)
    assert (row(p)["opened"], row(p)["closed"]) == (450, 810)
    assert row(p)["voted"] == row(p)["calm_voted"] == 2
    assert troubled(by_hand([430]), opens_at=450).table()["closed"][0] == 780


def test_stopped_at_closing_there_is_no_time_that_could_be_given() -> None:
    """Stopped from 700 to 850: with the restart 165 minutes, of which 120 can be given: closing at 900."""
    p = troubled(by_hand([430, 770]), voting=EXTENDED)
    script(p, *stop(p, 700, 850))
    assert (row(p)["closed"], row(p)["abandoned"], row(p)["voted"]) == (900, 0, 2)
    assert row(p)["last_voted"] == 850 + 15 + 10
    p = troubled(by_hand([430, 770]), voting=EXTENDED)
    script(p, *stop(p, 700, 890))
    assert (row(p)["abandoned"], row(p)["voted"], row(p)["deferred"]) == (1, 1, 1)


# Before opening


def test_a_stop_before_opening_that_is_over_in_time_costs_nothing() -> None:
    p = troubled(by_hand([430]))
    script(p, *stop(p, 401, 404))
    assert (row(p)["last_voted"], row(p)["suspended_minutes"]) == (440, 0)


def test_a_stop_from_before_opening_delays_it_and_counts_from_opening_only() -> None:
    p = troubled(by_hand([410]), voting=EXTENDED)
    script(p, *stop(p, 405, 435))
    assert row(p)["last_voted"] == 435 + 15 + 10
    assert row(p)["suspended_minutes"] == 450 - 420
    assert row(p)["closed"] == 780 + 30


def test_a_stop_within_a_late_opening_makes_it_no_longer() -> None:
    p = troubled(by_hand([410]), opens_at=460, voting=EXTENDED)
    script(p, *stop(p, 425, 440))  # could serve at 455, before it opens
    assert row(p)["last_voted"] == 470
    assert row(p)["closed"] == 780 + 40


# The door shut, or the room frozen


@pytest.mark.parametrize(
    ("how", "still_there", "waited", "last"),
    [({"door_open": False}, 1, 5 + 86, 550), ({"speed": 0.0}, 3, 5 + 91, 555)],
    ids=["the room finishes", "the room stands still"],
)
def test_who_is_in_the_room_finishes_or_not(how: dict, still_there: int, waited: float, last: float) -> None:
    """Two stages of 10 minutes, voters at 430, 435, 444; stopped from 445, serving again at 530.

    At 445 the first is at the second stage since 440, the second at the first stage since 440, the third in line. If
    the room finishes they leave at 450 and 460, and the third is served from 530. If it stands still each has 5
    minutes left at 530; the second goes on at 535, and the third is served from 535.
    """
    p = troubled(two_stages([430, 435, 444]), voting=TWO_STAGES)
    found = script(p, *stop(p, 445, 515, **how), (520, lambda: p.crowd(0)))
    assert found[-1] == still_there
    assert (row(p)["wait_sum"], row(p)["last_voted"], row(p)["voted"]) == (waited, last, 3)
    assert row(p)["suspended_minutes"] == 530 - 445


@pytest.mark.parametrize(
    "other", [{"door_open": False}, {"out": (1,)}, {"out": (0, 1)}], ids=["two doors", "a desk out", "a booth out"]
)
def test_a_shut_door_stays_shut_whatever_else_happens(other: dict) -> None:
    """The door is shut from 500 to 560 and serves again at 575, with another cause all that time: 75 minutes."""
    p = troubled(two_stages([430, 510]), voting=TWO_STAGES)
    steps = sorted(
        [*stop(p, 500, 560, "riot", door_open=False), *stop(p, 500, 560, "other", **other)], key=lambda step: step[0]
    )
    script(p, *steps)
    assert row(p)["suspended_minutes"] == 75
    assert row(p)["last_voted"] == 575 + 20


def test_suspended_is_the_union_of_the_times_when_nobody_was_let_in() -> None:
    """Shut 500 to 530, stopped 520 to 540, an outage all along; serving again at 555."""
    p = troubled(by_hand([430]), Outage(0, 0, 1, 490.0, 600.0))
    steps = [*stop(p, 500, 530, "door", door_open=False), *stop(p, 520, 540, "stop")]
    script(p, *sorted(steps, key=lambda step: step[0]))
    assert row(p)["suspended_minutes"] == 555 - 500


def two_stages(arrivals: list[float]) -> VoterDraws:
    return replace(by_hand(arrivals), service=np.full((2, len(arrivals)), 10.0))


# Decisions


def test_a_station_closed_by_decision_serves_again_after_it_is_opened() -> None:
    """Two stages; one voter is inside at 435 and finishes at 450, another comes at 440 and waits until 515."""
    p = troubled(two_stages([430, 440]), voting=TWO_STAGES)
    found = script(
        p, (435, lambda: p.close(0)), (455, lambda: (p.state(0), p.votes_so_far(0))), (500, lambda: p.open(0)),
        (501, lambda: p.state(0)), (515, lambda: p.state(0)), (536, lambda: p.votes_so_far(0)),
    )  # fmt: skip
    assert found == [None, (StationState.SHUT, (1, 1, 0)), None, StationState.RESTARTING, StationState.OPEN, (2, 0, 0)]
    assert row(p)["suspended_minutes"] == 515 - 435


def test_opening_takes_back_the_decision_only() -> None:
    p = troubled(by_hand([430]))
    found = script(
        p, (440, lambda: p.close(0)), (441, lambda: p.impose(0, "riot", speed=0.0)), (450, lambda: p.open(0)),
        (451, lambda: p.state(0)), (460, lambda: p.open(0)), (461, lambda: p.state(0)),
    )  # fmt: skip
    assert found == [None, None, None, StationState.STOPPED, None, StationState.STOPPED]


# Servers out of use


def test_one_of_two_desks_out_of_use() -> None:
    """Voters at 430, 431, 432, 433; one desk out from 435 to 475: who is served there goes on, until 440 and 441."""
    p = troubled(by_hand([430, 431, 432, 433]), Outage(0, 0, 1, 435.0, 475.0), voting=TWO_DESKS)
    script(p)
    assert (row(p)["wait_sum"], row(p)["last_voted"]) == ((441 - 432) + (451 - 433), 461)
    assert (row(p)["suspended_minutes"], row(p)["calm_wait_sum"]) == (0, row(p)["wait_sum"])


def test_outages_of_two_causes_add_up() -> None:
    """Both desks are out from 436 to 460, one of them until 475: served are the others at 460 and 470."""
    p = troubled(by_hand([430, 431, 432, 433]), Outage(0, 0, 1, 435.0, 475.0), voting=TWO_DESKS)
    script(p, *stop(p, 436, 460, out=(1,)))
    assert row(p)["wait_sum"] == (460 - 432) + (470 - 433)
    assert row(p)["calm_wait_sum"] == (441 - 432) + (451 - 433)
    assert (row(p)["suspended_minutes"], row(p)["abandoned"]) == (0, 0)


def test_no_more_can_be_out_than_there_are() -> None:
    p = troubled(by_hand([430, 431, 432, 433]), voting=TWO_DESKS)
    script(p, *stop(p, 435, 475, out=(5,)))
    assert row(p)["wait_sum"] == (475 - 432) + (475 - 433)


def test_servers_of_a_stage_that_is_not_there_cannot_be_out() -> None:
    p = troubled(by_hand([430]))
    with pytest.raises(UserError, match="stage 2, but the station has only 1"):
        p.impose(0, "riot", out=(0, 1))


def test_an_outage_for_the_rest_of_the_day_leaves_them_in_line() -> None:
    p = troubled(by_hand([430, 435]), Outage(0, 0, 1, 438.0, np.inf))
    assert script(p, (900, lambda: (p.crowd(0), p.ready(0)))) == [(1, np.inf)]
    assert (row(p)["voted"], row(p)["in_line"]) == (1, 1)
    assert np.isnan(row(p)["counted"])


# Ballots


def test_when_ballots_run_out_the_others_go_home() -> None:
    p = troubled(by_hand([430, 431, 432, 433]), ballots=2)
    script(p)
    assert (row(p)["voted"], row(p)["lost_unsupplied"], row(p)["calm_voted"]) == (2, 2, 2)
    assert row(p)["last_voted"] == 450


def test_ballots_of_who_is_sent_home_are_still_there() -> None:
    """At 445 the first has voted, the second is at the desk; both others are sent home. Two of three ballots are left."""
    p = troubled(by_hand([430, 431, 432, 500, 501, 502]), ballots=3)
    script(p, (445, lambda: p.evacuate(0, "riot")), (450, lambda: p.lift(0, "riot")))
    assert (row(p)["voted"], row(p)["lost_evacuated"], row(p)["lost_unsupplied"]) == (3, 2, 1)


# Evacuation in extended hours


def test_who_comes_back_in_extended_hours_votes() -> None:
    """Evacuated at 700, all-clear at 775, serving again at 790: closing at 870; he is back at 775 + 5."""
    for voting, voted in ((EXTENDED, 1), (VOTING, 0)):
        p = troubled(by_hand([699], back=0.1), voting=voting)
        script(p, (700, lambda p=p: p.evacuate(0, "riot")), (775, lambda p=p: p.lift(0, "riot")))
        assert row(p)["voted"] == voted
        assert row(p)["abandoned"] == 1 - voted


# Written down in a scenario

TROUBLES = (
    'troubles=[{what: late_opening, place: district 1, opens_at: "08:10"},'
    '{what: out_of_use, place: district 2, stage: booth, servers: 3, from_time: "08:00", to_time: "10:00"},'
    "{what: short_ballots, place: district 3, ballots: 50}]"
)
NONE_DRAWN = (
    "voting.trouble.late_opening.share=0",
    "voting.trouble.out_of_use.share=0",
    "voting.trouble.short_ballots.share=0",
    "disturbance.background.rate_per_station_hour=0",
)


def test_trouble_of_a_scenario_is_in_the_log_and_in_the_calm_twin() -> None:
    """Without any disturbance the day is its calm twin, and each trouble costs what it should where it is."""
    troubled_day, plain = (
        simulate_day(prepare(small_scenario(*NONE_DRAWN, *extra)), "even_spread", 0).tables["stations"]
        for extra in ((TROUBLES,), ())
    )
    for name in ("voted", "wait_sum", "waited_over_30", "last_voted"):
        assert np.array_equal(troubled_day[name], troubled_day[f"calm_{name}"], equal_nan=True)
    first, second, third = (troubled_day["district"] == k for k in range(3))
    assert np.all(troubled_day["opened"] == np.where(first, 490.0, 420.0))
    assert np.all(troubled_day["wait_sum"][first | second] > plain["wait_sum"][first | second])
    assert np.all(troubled_day["voted"][third] == np.minimum(50, troubled_day["due"][third]))
    elsewhere = ~(first | second | third)
    assert np.array_equal(troubled_day["wait_sum"][elsewhere], plain["wait_sum"][elsewhere])


# Whatever happens

ACTS = st.lists(
    st.tuples(
        st.floats(401, 1000),
        st.sampled_from("abc"),
        st.sampled_from(["stop", "slow", "shut", "short", "empty", "lift"]),
    ),
    max_size=14,
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    ACTS,
    st.lists(st.floats(400, 780), min_size=1, max_size=25),
    st.booleans(),
    st.sampled_from([-np.inf, 450.0, 500.0]),
    st.sampled_from([np.inf, 5.0]),
    st.floats(0, 1),
)
def test_whatever_happens_hours_are_in_bounds_and_looking_changes_nothing(
    acts: list, arrivals: list[float], extends: bool, opens_at: float, ballots: float, back: float
) -> None:
    draws = by_hand(sorted(arrivals), back=back)
    tables = []
    for curious in (False, True):
        p = troubled(draws, opens_at=opens_at, ballots=ballots, voting=EXTENDED if extends else VOTING)
        for time, cause, what in sorted(acts):
            p.env.run(until=max(time, np.nextafter(p.env.now, np.inf)))
            act(p, cause, what)
            if curious:
                assert 0 <= p.crowd(0) <= max(len(arrivals), 40)
                assert p.ready(0) >= p.closing(0) or p.table()["abandoned"][0]
        p.env.run(until=VOTING.day_end)
        tables.append(row(p))
    assert tables[0] == pytest.approx(tables[1], abs=0, nan_ok=True)
    t = tables[0]
    assert 780 <= t["closed"] <= 780 + (120 if extends else 0)
    assert t["due"] == sum(t[n] for n in t if n.startswith("lost_")) + t["voted"] + t["deferred"] + t["in_line"]
    assert t["voted"] <= ballots
    assert not t["last_voted"] < max(420, opens_at) + 10


def act(p: Polls, cause: str, what: str) -> None:
    if what == "empty":
        p.evacuate(0, cause)
    elif what == "lift":
        p.lift(0, cause)
    else:
        how: dict = {
            "stop": {"speed": 0.0},
            "slow": {"speed": 0.5},
            "shut": {"door_open": False},
            "short": {"out": (1,)},
        }[what]
        p.impose(0, cause, **how)
