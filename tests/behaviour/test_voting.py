"""What a planner believes of polling stations without being told; the whole regency, days with the same voters.

At one stage better service makes nobody begin later (tests/voting/test_station.py). At several it may let one voter
pass another who is quicker at the next, so nearly all stations are promised to be better off, and the regency by far.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from sim.config.compose import load
from sim.config.voting import VotingSettings
from sim.day.world import World
from sim.streams import Streams
from sim.voting.conditions import Conditions, flatten
from sim.voting.draws import draw_voters
from sim.voting.engine import StationTable
from sim.voting.station import simulate_station
from sim.voting.twin import play

DAYS = 2
PATIENT = ("voting.balking=null", "voting.patience=null")
SCANNER = ("voting=precinct_scanner",)
DESK = "voting.stages.0.service={{distribution: triangular, low_seconds: {}, mode_seconds: {}, high_seconds: {}}}"
SLOW_DESK, FAST_DESK = DESK.format(20, 35, 60), DESK.format(10, 17.5, 30)


def between(begin: float, end: float, **what: Any) -> Conditions:
    now = {"speed": 1.0, "deterred": 0.0, **what}
    return Conditions().changing(begin, **now).changing(end, 1.0, 0.0)


@pytest.fixture(scope="module")
def play_regency(riot_world: World) -> Any:
    """Days of all stations under some settings, the same thing happening at each station."""
    stations = riot_world.region.stations

    def days(overrides: Sequence[str] = (), conditions: Conditions | None = None) -> StationTable:
        scenario = load("calm_day", list(overrides))
        flat = flatten([conditions or Conditions()] * len(stations))
        tables = []
        for day in range(DAYS):
            draws = draw_voters(
                stations.registered, scenario.voting, scenario.weather, Streams(1, day),
                district_factor=riot_world.region.turnout_factor, special=stations.special,
            )  # fmt: skip
            tables.append(play(draws, scenario.voting, flat, None, scenario.voting.day_end))
        return StationTable(*(np.concatenate([vars(t)[name] for t in tables]) for name in vars(tables[0])))

    return days


def mean_wait(t: StationTable) -> float:
    return float(t.wait_sum.sum() / t.voted.sum())


BETTER_AND_WORSE = {
    "a booth more": (["voting.stages.2.servers=3"], None, ["voting.stages.2.servers=2"], None),
    "a second desk": (["voting.stages.0.servers=2"], None, ["voting.stages.0.servers=1"], None),
    "a faster desk": ([FAST_DESK], None, [SLOW_DESK], None),
    "another country's booth more": ([*SCANNER, "voting.stages.1.servers=7"], None, SCANNER, None),
    "no booth out of use": ([], None, [], between(480, 600, out=(0, 0, 3))),
    "one booth out of use, not three": ([], between(480, 600, out=(0, 0, 1)), [], between(480, 600, out=(0, 0, 3))),
    "full speed": ([], None, [], between(480, 540, speed=0.7)),
    "less slowed": ([], between(480, 540, speed=0.7), [], between(480, 540, speed=0.4)),
    "no standstill": ([], None, [], between(540, 555, speed=0.0)),
    "a shorter standstill": ([], between(540, 555, speed=0.0), [], between(540, 585, speed=0.0)),
    "open on time": ([], None, [], Conditions(opens_at=440.0)),
    "open sooner": ([], Conditions(opens_at=440.0), [], Conditions(opens_at=470.0)),
}


@pytest.mark.parametrize("case", BETTER_AND_WORSE.values(), ids=BETTER_AND_WORSE)
def test_better_service_makes_hardly_a_station_wait_longer_and_the_regency_less(play_regency: Any, case: tuple) -> None:
    good, good_day, bad, bad_day = case
    first = ["voting.priority.share=0"]
    better = play_regency([*good, *PATIENT, *first], good_day)
    worse = play_regency([*bad, *PATIENT, *first], bad_day)
    assert np.array_equal(better.voted, better.due)
    assert np.array_equal(better.due, worse.due)
    assert np.mean(better.wait_sum <= worse.wait_sum + 1e-6) > 0.9
    assert np.mean(better.last_voted - worse.last_voted) <= 0.0
    assert better.wait_sum.sum() < 0.97 * worse.wait_sum.sum()
    assert better.waited_over_30.sum() <= worse.waited_over_30.sum()


LADDERS = {
    "line limit": ("voting.balking={{mean_people: {}, cv: 0.5}}", (5, 15, 60), "lost_balked"),
    "patience": ("voting.patience={{mean_minutes: {}, cv: 0.5}}", (5, 20, 120), "lost_impatient"),
}


@pytest.mark.parametrize(("setting", "values", "lost"), LADDERS.values(), ids=LADDERS)
def test_the_less_they_bear_the_more_are_lost_and_the_less_the_others_wait(
    play_regency: Any, setting: str, values: tuple[float, ...], lost: str
) -> None:
    days = [play_regency([*PATIENT, setting.format(value)]) for value in values]
    losses = [int(getattr(t, lost).sum()) for t in days]
    assert losses == sorted(losses, reverse=True)
    assert losses[0] > 2 * losses[1] > 0
    waits = [mean_wait(t) for t in days]
    assert waits == sorted(waits)
    assert waits[0] < 0.8 * waits[-1]


def test_more_who_come_back_are_fewer_votes_lost_and_longer_lines(play_regency: Any) -> None:
    few, many = (
        play_regency(["voting.balking.mean_people=10", f"voting.absence.impatient_return_share={share}"])
        for share in (0.1, 0.9)
    )
    assert many.lost_balked.sum() < 0.5 * few.lost_balked.sum()
    assert many.voted.sum() > few.voted.sum()
    assert many.wait_sum.sum() > few.wait_sum.sum()


def test_higher_turnout_brings_more_voters_longer_waits_and_later_hours(play_regency: Any) -> None:
    low, high = (play_regency([f"voting.turnout_share={share}"]) for share in (0.65, 0.85))
    assert high.due.sum() / low.due.sum() == pytest.approx(0.85 / 0.65, rel=0.02)
    assert mean_wait(high) > 2 * mean_wait(low)
    assert np.nanmean(high.last_voted) > np.nanmean(low.last_voted)


def test_rain_makes_them_fewer_and_lines_shorter(play_regency: Any) -> None:
    dry, rain = play_regency(), play_regency(["weather=heavy_rain"])
    assert rain.due.sum() < 0.97 * dry.due.sum()
    assert mean_wait(rain) < mean_wait(dry)


def test_a_larger_spread_between_stations_makes_the_worst_one_worse(play_regency: Any) -> None:
    even, uneven = (play_regency([f"voting.turnout_spread={spread}", *PATIENT]) for spread in (0.0, 0.15))
    assert uneven.due.sum() == pytest.approx(even.due.sum(), rel=0.03)
    assert (uneven.wait_sum / uneven.voted).max() > 1.5 * (even.wait_sum / even.voted).max()


def test_who_goes_first_waits_less_and_the_others_a_little_more(play_regency: Any) -> None:
    nobody_first = [f"voting.stages.{k}.priority=false" for k in range(4)]
    queue, first = play_regency([*PATIENT, *nobody_first]), play_regency(PATIENT)
    assert np.array_equal(first.priority_voted, queue.priority_voted)
    before, after = (t.priority_wait_sum.sum() / t.priority_voted.sum() for t in (queue, first))
    assert after < 0.5 * before
    others = [(t.wait_sum - t.priority_wait_sum).sum() / (t.voted - t.priority_voted).sum() for t in (queue, first)]
    assert others[0] < others[1] < 1.2 * others[0]


def test_booths_that_take_the_elderly_longer_hold_everybody_up(play_regency: Any) -> None:
    two_booths = "voting.stages.2.servers=2"
    alike, longer = (play_regency([two_booths, f"voting.stages.2.priority_factor={f}"]) for f in (1.0, 3.0))
    assert mean_wait(longer) > 1.05 * mean_wait(alike)
    others = [(t.wait_sum - t.priority_wait_sum).sum() for t in (alike, longer)]
    assert others[1] > others[0]


def test_guards_deter_their_share_and_more_guards_the_same_voters_and_more(play_regency: Any) -> None:
    shares = (0.02, 0.1)
    tables = [
        play_regency(["voting.absence.deterred_return_share=0"], Conditions(deterred=(share,))) for share in shares
    ]
    for table, share in zip(tables, shares, strict=True):
        spread = np.sqrt(share * (1 - share) / table.due.sum())
        assert abs(table.lost_deterred.sum() / table.due.sum() - share) < 4 * spread
    voting = load("calm_day", ["voting.absence.deterred_return_share=0"]).voting
    few, many = (deterred(voting, share) for share in shares)
    assert few < many


def deterred(voting: VotingSettings, share: float) -> set[int]:
    day = simulate_station(voting, 580, conditions=Conditions(deterred=(share,)))
    assert day.voters is not None
    return set(np.flatnonzero(day.voters.fate == "lost_deterred").tolist())


def test_missing_ballots_are_the_votes_that_are_lost(play_regency: Any) -> None:
    enough = play_regency(PATIENT)
    short = play_regency(PATIENT, Conditions(ballots=200))
    assert np.array_equal(short.voted, np.minimum(enough.voted, 200))
    assert np.array_equal(short.lost_unsupplied, np.maximum(enough.voted - 200, 0))
    assert short.lost_unsupplied.sum() > 0


def test_who_comes_when_the_line_of_a_late_opening_has_gone_notices_nothing() -> None:
    voting = load("calm_day", PATIENT).voting
    on_time, late = (
        simulate_station(voting, 480, conditions=Conditions(opens_at=opens_at)).voters for opens_at in (420.0, 450.0)
    )
    assert on_time is not None
    assert late is not None
    same = np.isclose(on_time.wait, late.wait, atol=1e-9)
    assert not same[on_time.arrived < 450].any()
    assert same[on_time.arrived > 690].all()


def test_an_evacuation_costs_the_votes_of_those_who_do_not_come_back(play_regency: Any) -> None:
    emptied = Conditions().evacuating(570.0).all_clear(600.0).changing(570.0, 0.0, 0.0).changing(615.0, 1.0, 0.0)
    few, many = (
        play_regency([*PATIENT, f"voting.absence.evacuated_return_share={share}"], emptied) for share in (0.1, 0.9)
    )
    assert many.lost_evacuated.sum() < 0.2 * few.lost_evacuated.sum()
    assert many.voted.sum() - few.voted.sum() == few.lost_evacuated.sum() - many.lost_evacuated.sum()
    lasting = emptied.changing(570.0, 0.0, 0.0).changing(700.0, 1.0, 0.0)
    assert play_regency(PATIENT, lasting).wait_sum.sum() > play_regency(PATIENT, emptied).wait_sum.sum()


def test_a_longer_standstill_costs_more_votes(play_regency: Any) -> None:
    lost = []
    for minutes in (0, 20, 60, 120):
        t = play_regency((), between(540, 540 + minutes, speed=0.0) if minutes else None)
        lost.append(int((t.due - t.voted).sum()))
    assert lost == sorted(set(lost))
    assert lost[-1] > 5 * lost[1]
