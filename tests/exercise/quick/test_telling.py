from __future__ import annotations

from functools import cache

import pytest

from sim.exercise.futures.measure import NEVER, NOT_ASKED, Measure
from sim.exercise.futures.ranges import difference_of, range_of
from sim.exercise.quick import telling
from sim.exercise.quick.answer import Answered
from sim.exercise.quick.card import draw_card
from sim.exercise.quick.deal import deal
from sim.words.language import Language, spoken
from tests.exercise.quick._helping import ALONE, answered, small, usual


@cache
def riot() -> Answered:
    return answered(deal(usual(), draw_card(usual(), 5, "riot")))


@pytest.mark.parametrize(
    ("values", "measure", "said"),
    [
        ([10.0] * 4, Measure.OVER, "10 min"),
        ([float(i) for i in range(11)], Measure.OVER, "5 min (1–9)"),
        ([float(1000 * i) for i in range(11)], Measure.VOTES_LOST, "5,000 (1,000–9,000)"),
        ([NEVER] * 3, Measure.FIRST_OFFICERS, "never"),
        ([NOT_ASKED] * 3, Measure.RED_FORCE, "not needed"),
        ([-4.0] * 3, Measure.FIRST_OFFICERS, "there already"),
        ([7.0, NEVER, NOT_ASKED, -1.0], Measure.RED_FORCE, "7 min; there already in 1; never in 1; not needed in 1"),
    ],
)
def test_a_range_says_in_how_many_futures_it_is_none(values: list[float], measure: Measure, said: str) -> None:
    assert telling.range_in_words(range_of(values), measure) == said


def test_a_change_counts_futures_and_never_is_later_than_any_time() -> None:
    assert telling.change_in_words(difference_of([1.0, 5.0, 6.0, 9.0], [1.0, NEVER, 7.0, 3.0])) == "2 / 1"
    assert telling.change_in_words(difference_of([1.0, NEVER], [1.0, NEVER])) == "the same"


def test_the_table_tells_what_was_asked_for_and_nothing_else() -> None:
    titles = [row.title for row in telling.rows(riot())]
    assert titles[0] == "first officers there"
    assert "votes lost" in titles
    outage = answered(deal(usual(), draw_card(usual(), 5, "mobile_outage")))
    assert [row.title for row in telling.rows(outage)] == ["over", "votes lost", "people hurt"]


def test_whom_the_plan_sends_stands_with_units_kilometres_and_minutes() -> None:
    lines = telling.sent_in_words(riot())
    assert lines[0] == "police patrol of 4 from Polsek Sindang: 3.8 km, 14 min (07:51 to 08:05)"
    assert telling.sent_in_words(riot(), 1)[1] == "… and 2 more"


def test_nobody_is_said_where_nobody_is_sent() -> None:
    outage = answered(deal(usual(), draw_card(usual(), 5, "mobile_outage")))
    assert telling.sent_in_words(outage) == ["nobody"]


def test_the_worst_is_what_a_tenth_of_the_futures_exceed() -> None:
    high = riot().answer.plan.ranges[Measure.PEAK_CROWD].high
    assert high is not None
    assert f"a crowd of {high:,.0f};" in telling.worst_in_words(riot())
    world = small(*ALONE)
    alone = answered(deal(world, draw_card(world, 5, "riot")))
    assert "No officer ever comes in 8 of 8." in telling.worst_in_words(alone)
    assert "It turns red in 8 of 8." in telling.worst_in_words(alone)


def test_the_limits_are_one_sentence() -> None:
    assert telling.limits_in_words(riot()).count(". ") == 0


def test_the_answer_names_what_the_card_does_not() -> None:
    hoax = answered(deal(usual(), draw_card(usual(), 5, "hoax")))
    assert "Hoax" in telling.title(hoax)
    assert "hoax" not in hoax.dealt.text.lower()


@pytest.mark.parametrize("language", Language)
def test_every_kind_is_answered_in_both_languages(language: Language) -> None:
    world = usual()
    with spoken(language):
        for number, kind in enumerate(world.scenario.kinds):
            found = answered(deal(world, draw_card(world, number, kind)), 2)
            assert len(telling.headings(found)) in (2, 4)
            assert all(row.plan for row in telling.rows(found))
            assert telling.alternative_in_words(found.dealt.choice)
            assert telling.worst_in_words(found)
            assert telling.sent_in_words(found)
