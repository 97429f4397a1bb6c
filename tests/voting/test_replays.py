"""What has been played once is looked up, and is what the engine gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.config.compose import load
from sim.streams import Streams
from sim.voting import engine
from sim.voting.conditions import Conditions, flatten
from sim.voting.draws import draw_voters
from sim.voting.engine import StationTable, run_stations
from sim.voting.outlook import Outlook
from sim.voting.replays import Replays
from sim.voting.rules import rules_of

SCENARIO = load("calm_day", [])
VOTING = SCENARIO.voting
DRAWS = draw_voters(np.array([480, 0, 300, 17, 560]), VOTING, SCENARIO.weather, Streams(1, 0))
CALM, SLOW = Conditions(), Conditions().changing(600.0, 0.5, 0.0)
SHUT = SLOW.changing(660.0, 1.0, 0.2, door_open=False)


def same(one: StationTable, other: StationTable) -> bool:
    return all(getattr(one, name).tobytes() == getattr(other, name).tobytes() for name in vars(one))


def plainly(stations: list[int], conditions: list[Conditions], until: float) -> StationTable:
    known = flatten(conditions)
    return run_stations(DRAWS, rules_of(VOTING), known, np.array(stations, dtype=np.int64), until)


ASKED = st.lists(st.tuples(st.integers(0, 4), st.sampled_from([CALM, SLOW, SHUT])), max_size=6)


@settings(deadline=None)
@given(st.lists(st.tuples(ASKED, st.sampled_from([630.0, 700.0, np.inf])), max_size=5), st.booleans())
def test_whatever_was_asked_before_the_answer_is_the_engines(
    questions: list[tuple[list[tuple[int, Conditions]], float]], keeps: bool
) -> None:
    replays = Replays(DRAWS, VOTING, keeps=keeps)
    for pairs, until in questions:
        stations, conditions = [station for station, _ in pairs], [known for _, known in pairs]
        assert same(replays.play(stations, conditions, until), plainly(stations, conditions, until))


def test_a_station_is_played_once_for_each_moment_and_for_each_that_happens_to_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    played: list[list[int]] = []

    def noted(draws, rules, conditions, stations, until):  # type: ignore[no-untyped-def]
        played.append(stations.tolist())
        return run_stations(draws, rules, conditions, stations, until)

    monkeypatch.setitem(engine.ENGINES, "compiled", noted)
    replays = Replays(DRAWS, VOTING, keeps=True)
    replays.play([0, 2], [CALM, SLOW], 700.0)
    replays.play([2, 0], [SLOW, CALM], 700.0)
    replays.play([2, 2, 4], [SLOW, SHUT, CALM], 700.0)
    replays.play([2], [SLOW], 701.0)
    assert played == [[0, 2], [2, 4], [2]]
    alone = Replays(DRAWS, VOTING)
    alone.play([2], [SLOW], 701.0)
    alone.play([2], [SLOW], 701.0)
    assert played[3:] == [[2], [2]] and not alone._kept, "a day that is played once keeps nothing, however long"


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 4), st.sampled_from([CALM, SLOW, SHUT]), st.booleans()), max_size=6),
    st.booleans(),
)
def test_a_look_is_what_the_engine_has_at_that_moment(looks: list[tuple[int, Conditions, bool]], keeps: bool) -> None:
    replays = Replays(DRAWS, VOTING, keeps=keeps)
    for station, known, flat in looks:
        for now in (640.0, 700.0):
            seen = replays.votes(station, known, (lambda known=known: flatten([known])) if flat else known, now)  # type: ignore[misc]
            table = plainly([station], [known], now)
            assert seen == (table.voted[0], table.in_line[0], table.in_room[0])


def test_a_look_is_taken_once_and_the_calm_day_is_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    played: list[int] = []

    def noted(draws, rules, conditions, stations, until):  # type: ignore[no-untyped-def]
        played.extend(stations.tolist())
        return run_stations(draws, rules, conditions, stations, until)

    monkeypatch.setitem(engine.ENGINES, "compiled", noted)
    replays = Replays(DRAWS, VOTING, keeps=True)
    for now in (700.0, 700.0, 701.0):
        replays.votes(2, SLOW, SLOW, now)
    assert played == [2, 2]
    calm, closing = plainly([*range(5)], [CALM] * 5, VOTING.day_end), np.full(5, VOTING.close)
    first = replays.counted(calm, closing)
    assert replays.counted(calm, closing) is first
    assert (
        first.when.tolist()
        == first.ready
        == Outlook(calm, VOTING.counting, DRAWS.counting_factor).all_counted(closing).tolist()
    )
    other = plainly([*range(5)], [SLOW] * 5, VOTING.day_end)
    assert replays.counted(other, closing).outlook.table is other
