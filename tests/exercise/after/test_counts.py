"""Ratings and lateness: as the report counts them, and counted again from the raw log by other code."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.exercise.after.objectives import objectives, total
from sim.exercise.after.read import Played, read_session
from sim.exercise.after.timeline import Due, passages, punctuality
from sim.exercise.inject import InjectStatus
from sim.exercise.session.actions import Deliver, Jump, Move, Rate, Rating, Undo
from sim.exercise.session.entry import Entry
from sim.exercise.session.state import Opening, state_of
from tests.exercise.after.conftest import INJECTS, RESERVE, VOICE, Hands


def raw(folder: Path) -> list[dict]:
    return [json.loads(line) for line in (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()]


def test_ratings_are_counted_by_objective(whole: Played) -> None:
    found = {one.text: one for one in objectives(whole.state)}
    assert list(found) == [RESERVE, VOICE]
    reserve, voice = found[RESERVE], found[VOICE]
    assert [reserve.counts[one] for one in Rating] == [0, 1, 1, 0], "the last of each evaluator: M and S, not the U"
    assert (reserve.injects, reserve.delivered, reserve.unrated) == ((2, 4), 1, 0)
    assert [voice.counts[one] for one in Rating] == [0, 0, 0, 0]
    assert (voice.injects, voice.delivered, voice.unrated) == ((3, 5), 1, 1)
    assert total(found.values()).rated == 2 and total(found.values()).unrated == 1


def test_ratings_counted_again_from_the_log(whole: Played) -> None:
    last: dict[tuple[int, str], str] = {}
    for line in raw(whole.folder):
        if line["action"]["do"] == "rate":
            last[line["action"]["inject"], line["by"]] = line["action"]["rating"]
    by = {one.seq: one.objective for one in INJECTS}
    again = Counter((by[number], letter) for (number, _), letter in last.items())
    for one in objectives(whole.state):
        assert {rating.value: one.counts[rating] for rating in Rating} == {r: again[one.text, r] for r in "PSMU"}


def test_lateness_counted_again_from_the_log(whole: Played) -> None:
    found = {one.inject.seq: one for one in passages(whole.opening, whole.state, whole.left, whole.happened)}
    given_at: dict[int, float] = {}
    for line in raw(whole.folder):
        if line["action"]["do"] == "deliver" and line["line"] == 0:
            given_at[line["action"]["inject"]] = line["time"]
    reported = float(whole.day.incidents["s0"].row().reported)
    due = {1: 430.0, 2: reported, 3: 600.0}
    assert {number for number, one in found.items() if one.delivered is not None} == set(due) == set(given_at)
    for number, time in due.items():
        assert found[number].late_minutes == given_at[number] - time
    late = [given_at[number] - due[number] for number in due]
    told = punctuality(found.values())
    assert (told.delivered, told.timed, told.late) == (3, 3, sum(minutes > 2 for minutes in late))
    assert told.latest_minutes == max(late)
    assert told.late >= 2, "the event was told ten minutes late, the press five"


def test_what_was_done_about_an_inject_is_told(whole: Played) -> None:
    found = {one.inject.seq: one for one in passages(whole.opening, whole.state, whole.left, whole.happened)}
    assert found[2].due_by is Due.EVENT and found[2].planned == 640.0
    assert found[2].acknowledged == found[2].decided == 590.0 and found[2].readers == 1
    assert found[4].due_by is Due.CONDITION and found[4].late_minutes is None
    assert found[4].status is InjectStatus.HELD and found[4].steps[0].action.do == "hold"
    assert found[5].status is InjectStatus.SKIPPED and found[5].delivered is None and found[5].due == 620.0
    assert [one.inject.seq for one in passages(whole.opening, whole.state, whole.left, whole.happened)][:2] == [1, 2]


@pytest.mark.parametrize(("left", "why"), [(500.0, Due.LATER), (640.0, Due.NOT_HAPPENED)])
def test_without_its_event_an_inject_has_no_due_time_and_is_missed_only_after_its_hour(
    left: float, why: Due, begun: Callable[..., Hands]
) -> None:
    do = begun()
    do(Jump(to=500.0))
    do(Deliver(inject=2))
    session = read_session(do.room.folder)
    assert session.left == 500.0
    found = {one.inject.seq: one for one in passages(session.opening, session.state, left, {})}
    assert found[2].planned == 640.0 and found[2].due is None and found[2].due_by is why
    assert found[2].delivered == 500.0 and found[2].late_minutes is None


def test_a_moved_inject_is_due_when_it_was_moved_to(begun: Callable[..., Hands]) -> None:
    do = begun()
    do(Move(inject=3, to=450.0))
    do(Jump(to=460.0))
    do(Deliver(inject=3))
    session = read_session(do.room.folder)
    found = {one.inject.seq: one for one in passages(session.opening, session.state, session.left, session.happened)}
    assert (found[3].planned, found[3].due, found[3].due_by) == (600.0, 450.0, Due.MOVED)
    assert found[3].late_minutes == 10.0


def test_what_was_undone_is_not_told(begun: Callable[..., Hands]) -> None:
    do = begun()
    do(Jump(to=440.0))
    wrong = do(Deliver(inject=3))
    do(Undo(entry=wrong.seq))
    session = read_session(do.room.folder)
    found = {one.inject.seq: one for one in passages(session.opening, session.state, session.left, session.happened)}
    assert found[3].delivered is None and punctuality(found.values()).delivered == 0


@given(
    st.lists(st.tuples(st.sampled_from([1, 2, 3]), st.sampled_from("xyz"), st.sampled_from(list(Rating))), max_size=30)
)
def test_every_evaluators_last_rating_counts_once(given_ratings: list[tuple[int, str, Rating]]) -> None:
    def entry(seq: int, action: object, by: str) -> Entry:
        return Entry.model_validate(
            {"seq": seq, "at": "2024-11-27T01:00:00+00:00", "line": 0, "time": 430.0, "by": by, "action": action}
        )

    done = [entry(number, Deliver(inject=number), "chief") for number in (1, 2, 3)]
    done += [entry(4 + i, Rate(inject=n, rating=r), by) for i, (n, by, r) in enumerate(given_ratings)]
    found = objectives(state_of(Opening(INJECTS, 390.0, 1200.0), done))
    last = {(number, by): rating for number, by, rating in given_ratings}
    assert total(found).rated == len(last)
    assert total(found).counts == {rating: list(last.values()).count(rating) for rating in Rating}
