from __future__ import annotations

from dataclasses import replace

import pytest

from sim.exercise.futures.ask import ask
from sim.exercise.futures.measure import Measure
from sim.exercise.futures.pool import FuturesPool
from sim.exercise.quick.answer import Answered, answer, question_of
from sim.exercise.quick.card import draw_card
from sim.exercise.quick.deal import deal, with_card
from tests.exercise.quick._helping import ALONE, answered, small, usual

RESERVE = "strategy.reserves=[{{base: {base}, teams: {teams}, size: 15, vehicle: truck}}]"


def riot(*overrides: str, starters: int | None = None) -> Answered:
    """Return the answer to one riot; it is begun by so many people, or by as many as its card says."""
    world = small(*ALONE, *overrides)
    card = draw_card(world, 5, "riot")
    return answered(deal(world, card if starters is None else replace(card, starters=starters)))


def middle(found: Answered, measure: Measure) -> float:
    value = found.answer.plan.ranges[measure].middle
    assert value is not None
    return value


def test_without_any_police_no_officer_comes_in_any_future() -> None:
    first = riot().answer.plan.ranges[Measure.FIRST_OFFICERS]
    assert first.never == first.futures


def test_twice_the_reserves_complete_the_force_sooner_and_the_crowd_is_no_larger() -> None:
    one, two = (riot(RESERVE.format(base="POLRES", teams=teams), starters=30) for teams in (1, 2))
    assert middle(two, Measure.FIRST_OFFICERS) <= middle(one, Measure.FIRST_OFFICERS)
    red = [found.answer.plan.ranges[Measure.RED_FORCE] for found in (one, two)]
    assert red[0].never == red[0].futures  # it asks for thirty
    assert red[1].happened >= red[1].futures - 1
    assert middle(two, Measure.OVER) < middle(one, Measure.OVER)
    assert middle(two, Measure.PEAK_CROWD) <= middle(one, Measure.PEAK_CROWD)


def test_a_reserve_near_the_place_is_there_much_sooner_than_one_far_away() -> None:
    near, far = (riot(RESERVE.format(base=base, teams=2)) for base in ("POST-TANJUNGAUR", "SEK-PUT"))
    assert near.dealt.card == far.dealt.card
    assert middle(near, Measure.FIRST_OFFICERS) < middle(far, Measure.FIRST_OFFICERS) - 10
    assert middle(near, Measure.PEAK_CROWD) < middle(far, Measure.PEAK_CROWD)


def test_the_reserve_at_once_is_sooner_than_the_plan_in_every_future() -> None:
    found = riot(RESERVE.format(base="POLRES", teams=2))
    difference = found.answer.options[0].differences[Measure.RED_FORCE]
    assert difference.less >= difference.futures - 1
    assert difference.more == 0


def test_closing_the_station_costs_votes() -> None:
    world = small(*ALONE)
    found = answered(deal(world, draw_card(world, 5, "intimidation")))
    lost = found.answer.options[0].differences[Measure.VOTES_LOST]
    assert lost.more == lost.futures
    assert lost.middle is not None
    assert lost.middle > 20


def test_after_voting_a_question_ends_after_four_hours() -> None:
    dealt = deal(usual(), draw_card(usual(), 3, "storming_of_count"))
    assert question_of(dealt).until == dealt.time + 240
    assert question_of(deal(usual(), draw_card(usual(), 3, "riot"))).until is None


def test_without_an_alternative_the_plan_is_answered_alone() -> None:
    world = small(*ALONE)
    found = answered(deal(world, draw_card(world, 5, "office_protest")))
    assert found.answer.options == ()


@pytest.mark.slow
def test_processes_give_the_same_answer_and_tell_how_far_they_are() -> None:
    dealt = deal(usual(), draw_card(usual(), 5, "riot"))
    told: list[tuple[int, int]] = []
    with FuturesPool(with_card(usual(), dealt.card).scenario, 2) as pool:
        found = answer(dealt, pool, lambda done, of: told.append((done, of)), futures=8)
        assert ask(question_of(dealt, 8), pool) == found.answer
    assert found.answer == answered(dealt, 8).answer
    assert told[-1] == (8, 8)
