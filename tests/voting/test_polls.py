"""The stations on the day's clock. Open 07:00 (420) to 13:00 (780), restart 15 minutes, one server of 10 minutes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import simpy
from numpy.typing import NDArray

from sim.config.compose import load
from sim.config.voting import Counting, VotingSettings
from sim.errors import UserError
from sim.log import BOXES, dtypes
from sim.streams import Streams
from sim.voting.conditions import at_station, flatten, undisturbed
from sim.voting.draws import VoterDraws, draw_voters
from sim.voting.engine import run_stations
from sim.voting.life import Imposed, hours_of, life_of
from sim.voting.outlook import Outlook
from sim.voting.polls import Polls
from sim.voting.rules import rules_of
from sim.voting.twin import calm_day

SCENARIO = load("calm_day", [])
VOTING: VotingSettings = SCENARIO.voting.model_copy(
    update={
        "stages": SCENARIO.voting.stages[:1],
        "restart_minutes": 15.0,
        "counting": Counting(minutes_per_voter=2.0, setup_minutes=30.0, cv=0.0, spectators=40.0),
    }
)
COLUMNS = [n for n in dtypes("stations") if n not in ("station", "district", "untold", *BOXES)]


def by_hand(*stations: list[float], back: float = 0.9, mark: float = 0.5, factor: float = 1.0) -> VoterDraws:
    """Voters of some stations; nobody comes back unless ``back`` is below the share that does."""
    n = sum(map(len, stations))
    return VoterDraws(
        first=np.cumsum([0, *map(len, stations)]),
        arrival=np.array([a for s in stations for a in s], dtype=float),
        service=np.full((1, n), 10.0),
        patience=np.full(n, np.inf),
        line_limit=np.full(n, np.inf),
        priority=np.zeros(n, dtype=np.bool_),
        group=np.zeros(n, dtype=np.int8),
        deterred_mark=np.full(n, mark),
        return_mark=np.full(n, back),
        return_delay=np.full(n, 5.0),
        counting_factor=np.full(len(stations), factor),
    )


def polls(draws: VoterDraws, guards: list[float] | None = None, voting: VotingSettings = VOTING) -> Polls:
    deterred = np.array(guards if guards is not None else [0.0] * (len(draws.first) - 1))
    return Polls(simpy.Environment(400.0), draws, voting, calm_day(draws, voting, deterred, None), deterred)


def script(p: Polls, *steps: tuple[float, Callable[[], object]]) -> list[object]:
    """Do things at their times, then go on to the end of the day. Return what each gave."""
    found = []
    for time, step in steps:
        if time > p.env.now:
            p.env.run(until=time)
        found.append(step())
    p.env.run(until=VOTING.day_end)
    return found


def at(shares: dict[int, float]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    return np.array(list(shares)), np.array(list(shares.values()))


def row(p: Polls, station: int = 0) -> dict[str, float]:
    return {name: column[station].item() for name, column in p.table().items()}


def test_an_untouched_day_is_the_calm_twin_and_has_the_columns_of_the_log() -> None:
    p = polls(by_hand([430, 431], []))
    found = script(p, (434, lambda: p.crowd(0)), (441, lambda: p.crowd(0)), (455, lambda: p.crowd(0)))
    assert found == [2, 1, 0]
    assert list(p.table()) == COLUMNS
    r = row(p)
    assert (r["due"], r["voted"], r["wait_sum"], r["last_voted"]) == (2, 2, 9, 450)
    assert (r["calm_voted"], r["calm_wait_sum"], r["calm_last_voted"]) == (2, 9, 450)
    assert r["counted"] == 780 + 30 + 2 * 2
    assert (r["suspended_minutes"], r["evacuations"], r["abandoned"]) == (0, 0, 0)
    empty = row(p, 1)
    assert (empty["due"], empty["counted"]) == (0, 810)
    assert np.isnan(empty["last_voted"])
    assert p.all_ready() == [p.ready(0), p.ready(1)] == [r["counted"], 810]


def test_spectators_watch_the_count_after_the_last_vote() -> None:
    p = polls(by_hand([775, 776]))
    found = script(
        p, (779, lambda: p.crowd(0)), (790, lambda: p.crowd(0)), (795, lambda: p.crowd(0)), (828.9, lambda: p.crowd(0)),
        (829, lambda: p.crowd(0)),
    )  # fmt: skip
    assert found == [2, 1, 40, 40, 0]
    assert p.ready(0) == 795 + 34


def test_counting_takes_as_long_as_the_station_needs() -> None:
    assert polls(by_hand([430], factor=1.5)).ready(0) == 780 + 30 + 3


def test_a_stop_and_its_restart() -> None:
    p = polls(by_hand([430, 450]))
    steps = [(435, lambda: p.impose(0, "riot", speed=0.0)), (500, lambda: p.lift(0, "riot"))]
    script(p, *steps)
    r = row(p)
    assert r["last_voted"] == 530  # 5 minutes of service were left at 435; 515, 520, 530
    assert r["wait_sum"] == 70
    assert r["suspended_minutes"] == 80
    assert (r["voted"], r["calm_last_voted"], r["abandoned"]) == (2, 460, 0)


def test_causes_stack_and_only_the_last_all_clear_restarts() -> None:
    p = polls(by_hand([430]))
    script(
        p,
        (425, lambda: p.impose(0, "a", speed=0.8)),
        (432, lambda: p.impose(0, "b", speed=0.5)),
        (436, lambda: p.impose(0, "a", speed=0.0)),
        (440, lambda: p.impose(0, "c", speed=0.0)),
        (450, lambda: p.lift(0, "a")),
        (460, lambda: p.lift(0, "c")),
        (465, lambda: p.lift(0, "unknown")),
        (470, lambda: p.lift(0, "b")),
    )
    done = 2 * 0.8 + 4 * 0.5  # by 436, when it stops; "b" still slows the restart until it is lifted, too
    assert row(p)["last_voted"] == pytest.approx(475 + 10 - done)
    assert row(p)["suspended_minutes"] == pytest.approx(475 - 436)


def test_a_restart_under_a_slower_cause_stays_slow() -> None:
    p = polls(by_hand([430]))
    script(
        p, (432, lambda: p.impose(0, "a", speed=0.0)), (433, lambda: p.impose(0, "b", speed=0.5)),
        (440, lambda: p.lift(0, "a")),
    )  # fmt: skip
    assert row(p)["last_voted"] == 455 + 8 / 0.5


@pytest.mark.parametrize(("mark", "lost"), [(0.74, 1), (0.76, 0)])
def test_deterrence_of_several_causes_is_independent(mark: float, lost: int) -> None:
    p = polls(by_hand([450], mark=mark))
    script(p, (440, lambda: p.impose(0, "a", deterred=0.5)), (441, lambda: p.impose(0, "b", deterred=0.5)))
    assert row(p)["lost_deterred"] == lost


def test_a_cause_that_is_gone_deters_nobody() -> None:
    p = polls(by_hand([450], mark=0.6), [0.5])
    script(p, (440, lambda: p.impose(0, "a", deterred=0.5)), (445, lambda: p.lift(0, "a")))
    assert row(p)["lost_deterred"] == 0


def test_guards_deter_in_the_calm_twin_as_well() -> None:
    p = polls(by_hand([450], [450], mark=0.3), [0.4, 0.2])
    script(p)
    assert p.table()["lost_deterred"].tolist() == [1, 0]
    assert p.table()["calm_voted"].tolist() == [0, 1]


def test_the_deterred_return_after_the_all_clear() -> None:
    p = polls(by_hand([450], back=0.1))
    script(p, (440, lambda: p.impose(0, "a", deterred=0.9)), (500, lambda: p.lift(0, "a")))
    assert row(p)["last_voted"] == 515


def test_an_evacuation_sends_people_home_once() -> None:
    p = polls(by_hand([430, 431, 432], back=0.1))
    found = script(
        p,
        (435, lambda: p.crowd(0)),
        (435, lambda: p.evacuate(0, "riot")),
        (435, lambda: p.crowd(0)),
        (440, lambda: p.evacuate(0, "other")),
        (460, lambda: p.lift(0, "riot")),
        (465, lambda: p.crowd(0)),  # "other" still stops it
        (500, lambda: p.lift(0, "other")),
        (506, lambda: p.crowd(0)),  # back at 505, before service begins at 515
    )
    assert found == [3, 3, 0, 0, None, 0, None, 3]
    r = row(p)
    assert (r["evacuations"], r["voted"], r["last_voted"]) == (1, 3, 545)
    assert r["suspended_minutes"] == 80
    assert r["wait_sum"] == 10 + 20 + 30


def test_a_station_can_be_evacuated_again_after_the_all_clear() -> None:
    p = polls(by_hand([430], back=0.1))
    found = script(
        p,
        (435, lambda: p.evacuate(0, "a")),
        (450, lambda: p.lift(0, "a")),
        (457, lambda: p.evacuate(0, "b")),
        (470, lambda: p.lift(0, "b")),
    )
    assert found == [1, None, 1, None]
    r = row(p)
    assert (r["evacuations"], r["voted"], r["last_voted"], r["suspended_minutes"]) == (2, 1, 495, 50)


def test_stopped_at_closing_it_is_abandoned_and_its_boxes_wait_for_the_all_clear() -> None:
    p = polls(by_hand([430, 700, 760]))
    found = script(
        p, (690, lambda: p.impose(0, "riot", speed=0.0)), (779, lambda: p.crowd(0)), (781, lambda: p.crowd(0)),
        (781, lambda: p.ready(0)), (800, lambda: p.lift(0, "riot")), (801, lambda: p.ready(0)),
    )  # fmt: skip
    assert found == [None, 2, 0, np.inf, None, 800]
    r = row(p)
    assert (r["abandoned"], r["voted"], r["deferred"], r["in_line"]) == (1, 1, 2, 0)
    assert np.isnan(r["counted"])
    assert r["suspended_minutes"] == 90


def test_an_all_clear_too_late_to_restart_abandons_at_once() -> None:
    p = polls(by_hand([430, 700, 775]))
    found = script(
        p, (690, lambda: p.impose(0, "riot", speed=0.0)), (766, lambda: p.lift(0, "riot")), (767, lambda: p.crowd(0)),
        (767, lambda: p.ready(0)),
    )  # fmt: skip
    assert found == [None, None, 0, 766]
    r = row(p)
    assert (r["abandoned"], r["deferred"], r["suspended_minutes"]) == (1, 2, 90)
    late = polls(by_hand([430, 700]))
    script(late, (690, lambda: late.impose(0, "riot", speed=0.0)), (764, lambda: late.lift(0, "riot")))
    assert (row(late)["abandoned"], row(late)["last_voted"]) == (0, 789)


def test_a_stop_after_closing_is_only_a_pause() -> None:
    p = polls(by_hand([775, 776]))
    found = script(
        p, (782, lambda: p.impose(0, "x", speed=0.0)), (785, lambda: p.ready(0)), (785, lambda: p.crowd(0)),
        (800, lambda: p.lift(0, "x")), (801, lambda: p.ready(0)),
    )  # fmt: skip
    resumed = 815
    voted = resumed + 3 + 10  # 3 minutes were left of the first
    assert found == [None, np.inf, 2, None, voted + 34]
    r = row(p)
    assert (r["abandoned"], r["last_voted"], r["counted"], r["suspended_minutes"]) == (0, voted, voted + 34, 0)


def test_a_pause_of_the_count() -> None:
    p = polls(by_hand([430]))
    found = script(
        p, (790, lambda: p.impose(0, "x", speed=0.0)), (800, lambda: p.crowd(0)), (800, lambda: p.lift(0, "x"))
    )
    assert found[1] == 40
    assert row(p)["counted"] == 812 + 25


def test_an_evacuation_after_closing_ends_voting_and_counting() -> None:
    counting = polls(by_hand([430]))
    found = script(counting, (790, lambda: counting.evacuate(0, "x")), (900, lambda: counting.lift(0, "x")))
    assert found[0] == 40
    r = row(counting)
    assert (r["abandoned"], r["voted"], r["evacuations"]) == (1, 1, 1)
    assert np.isnan(r["counted"])
    assert counting.ready(0) == 900
    line = polls(by_hand([770, 775]))
    assert script(line, (785, lambda: line.evacuate(0, "x")))[0] == 1
    assert (row(line)["voted"], row(line)["deferred"]) == (1, 1)


def test_after_its_day_nothing_more_happens_to_a_station() -> None:
    p = polls(by_hand([430]))
    assert p.ready(0) == 812
    assert script(p, (813, lambda: p.evacuate(0, "x")), (820, lambda: p.lift(0, "x")))[0] == 0
    r = row(p)
    assert (r["abandoned"], r["evacuations"], r["counted"]) == (0, 0, 812)


def test_who_listens_is_told_of_each_change_of_a_station_and_only_once() -> None:
    p = polls(by_hand([430], [430]))
    told: list[tuple[float, int]] = []
    p.listeners.append(lambda station: told.append((p.env.now, station)))
    script(
        p, (430, lambda: p.impose(1, "x", speed=0.5)), (440, lambda: p.impose(0, "x", speed=0.0)),
        (500, lambda: p.lift(0, "x")), (600, lambda: p.impose(0, "y", speed=0.0)),
    )  # fmt: skip
    assert [time for time, station in told if station == 0] == [440, 500, 600, 780]


def test_once_nobody_comes_any_more_who_is_kept_away_is_no_news_but_what_slows_the_line_is() -> None:
    p = polls(by_hand([775, 776, 777]))
    told: list[float] = []
    p.listeners.append(lambda _: told.append(p.env.now))
    found = script(
        p, (770, lambda: p.deter(*at({0: 0.2}), "near")), (781, lambda: p.deter(*at({0: 0.4}), "near")),
        (782, lambda: p.lift(0, "near")), (783, lambda: p.impose(0, "in the room", speed=0.5)), (784, lambda: p.ready(0)),
        (790, lambda: p.impose(0, "in the room", deterred=0.1)), (791, lambda: p.lift(0, "in the room")),
    )  # fmt: skip
    assert told == [770, 783, 790]
    assert found[4] == 827 + 36 / 0.5  # served until 787, 807, 827, if it goes on like that
    assert (row(p)["last_voted"], row(p)["counted"]) == (808.5, 808.5 + 36)


def test_to_deter_at_many_stations_is_to_impose_it_at_each() -> None:
    voting, shares = SCENARIO.voting, {3: 0.3, 1: 0.6, 7: 0.0}
    draws = draw_voters(np.full(12, 500), voting, SCENARIO.weather, Streams(4, 0))
    together, one_by_one = polls(draws, voting=voting), polls(draws, voting=voting)
    script(together, (480, lambda: together.deter(*at(shares), "s0")), (600, lambda: together.lift(1, "s0")))

    def each() -> None:
        for station, share in shares.items():
            one_by_one.impose(station, "s0", deterred=share)

    script(one_by_one, (480, each), (600, lambda: one_by_one.lift(1, "s0")))
    assert all(np.array_equal(a, b, equal_nan=True) for a, b in zip(
        together.table().values(), one_by_one.table().values(), strict=True))  # fmt: skip
    assert sum(together.table()["lost_deterred"]) > 100
    assert [together.history(i) for i in range(12)] == [one_by_one.history(i) for i in range(12)]
    with pytest.raises(UserError, match=r"deterred must lie between 0 and 1, not 1\.2"):
        together.deter(*at({2: 0.1, 4: 1.2}), "s1")
    assert together.history(2) == ()


def test_stations_that_only_lose_voters_are_played_as_their_lives_would_be() -> None:
    """A day on which some stations only lose voters, some do so at first, and some feel more from the beginning."""
    voting = SCENARIO.voting
    draws = draw_voters(np.full(12, 500), voting, SCENARIO.weather, Streams(4, 0))
    p, g, guards = (
        polls(draws, [0.1] * 12, voting),
        np.random.default_rng(5),
        at_station(undisturbed(np.full(1, 0.1)), 0),
    )
    for time in np.sort(g.uniform(400, 900, 120)):
        p.env.run(until=time)
        stations, cause, what = g.permutation(12)[: g.integers(1, 9)], f"c{g.integers(4)}", g.integers(8)
        if what == 0:
            p.impose(int(g.integers(6)), cause, speed=float(g.choice([0.5, 1.0])), deterred=0.2)
        elif what < 5:
            p.deter(stations, g.uniform(0, 0.8, len(stations)), cause)
        else:
            p.lift_all(stations.tolist(), cause)
        look = int(g.integers(12))
        lived = life_of(p.history(look), hours_of(voting), guards, time)
        by_then = run_stations(draws, rules_of(voting), flatten([lived.conditions]), np.array([look]), time)
        assert p.votes_so_far(look) == (by_then.voted[0], by_then.in_line[0], by_then.in_room[0])
    p.env.run(until=voting.day_end)
    lives = [life_of(p.history(station), hours_of(voting), guards, voting.day_end) for station in range(12)]
    day = run_stations(draws, rules_of(voting), flatten([life.conditions for life in lives]), None, voting.day_end)
    table, touched = p.table(), p.touched()
    for name in ("voted", "lost_deterred", "wait_sum", "last_voted"):
        assert np.array_equal(table[name], getattr(day, name), equal_nan=True)
    outlook = Outlook(day, voting.counting, draws.counting_factor)
    assert table["counted"].tolist() == [outlook.counted(station, life) for station, life in enumerate(lives)]
    assert touched.stations.tolist() == list(range(12)) and touched.voted.tolist() == day.voted.tolist()
    felt = [any(isinstance(h, Imposed) and h.cause.is_felt_inside for h in p.history(s)) for s in range(12)]
    assert any(felt) and not all(felt)


def test_a_look_is_taken_anew_when_time_or_the_station_has_changed() -> None:
    p = polls(by_hand([430, 431, 432]))
    found = script(
        p, (433, lambda: p.crowd(0)), (433, lambda: p.evacuate(0, "x")), (433, lambda: p.crowd(0)),
        (440, lambda: p.crowd(0)),
    )  # fmt: skip
    assert found == [3, 3, 0, 0]


def test_what_posko_is_told_is_what_the_table_says_and_the_accounts_hold() -> None:
    """A busy day over many stations: looks at the crowd change nothing, and every voter has one fate."""
    voting = SCENARIO.voting
    draws = draw_voters(np.full(12, 500), voting, SCENARIO.weather, Streams(4, 0))
    logs = []
    for curious in (False, True):
        p, g = polls(draws, voting=voting), np.random.default_rng(3)
        for time in np.sort(g.uniform(400, 900, 150)):
            p.env.run(until=time)
            station, cause, what = int(g.integers(12)), f"c{g.integers(3)}", g.integers(4)
            if what == 0:
                p.evacuate(station, cause)
            elif what == 1:
                p.impose(station, cause, speed=float(g.choice([0.0, 0.5, 1.0])), deterred=float(g.uniform(0, 0.8)))
            else:
                p.lift(station, cause)
            if curious:
                assert p.crowd(station) >= 0
                assert p.ready(station) >= 0
        p.env.run(until=voting.day_end)
        logs.append(p.table())
    for name in COLUMNS:
        assert np.array_equal(logs[0][name], logs[1][name], equal_nan=True)
    t = logs[0]
    lost = [name for name in COLUMNS if name.startswith("lost_")]
    parts = ("voted", *lost, "deferred", "in_line")
    assert np.array_equal(sum(t[name] for name in parts), t["due"])
    assert t["evacuations"].sum() > 0
    assert t["abandoned"].sum() > 0
    assert t["lost_deterred"].sum() > 0
