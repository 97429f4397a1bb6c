"""What leaving the line costs grows with the number of those who leave, not with its square. Steps are counted."""

from __future__ import annotations

import numpy as np
import pytest

from sim.config.compose import load
from sim.streams import Streams
from sim.voting.conditions import Conditions, flatten, undisturbed
from sim.voting.draws import draw_voters
from sim.voting.engine import play_compiled
from sim.voting.kernel.fates import LOST_BALKED, LOST_IMPATIENT
from sim.voting.rules import rules_of

NONE_BALKS = "voting.balking=null"
SOME_BALK = "voting.balking={mean_people: 2000, cv: 0.5}"
NONE_COMES_BACK = "voting.absence.impatient_return_share=0"


def cost(registered: int, *settings: str, conditions: Conditions | None = None) -> tuple[int, int]:
    """Return the steps that a crowded station made, and how many left its line."""
    scenario = load("calm_day", list(settings))
    draws = draw_voters(np.array([registered]), scenario.voting, scenario.weather, Streams(1, 0))
    flat = undisturbed(np.zeros(1)) if conditions is None else flatten([conditions])
    results = play_compiled(draws, rules_of(scenario.voting), flat)
    left = results.counts[0, [LOST_IMPATIENT, LOST_BALKED]].sum()
    return int(results.steps[0]), int(left)


@pytest.mark.parametrize(
    "settings",
    [(NONE_BALKS,), (NONE_BALKS, NONE_COMES_BACK), (SOME_BALK,), (SOME_BALK, NONE_COMES_BACK)],
    ids=["all stay, some come back", "all stay", "some balk and come back", "some balk"],
)
def test_four_times_the_voters_take_little_more_than_four_times_the_steps(settings: tuple[str, ...]) -> None:
    """The square would be sixteen times; a logarithm is allowed for."""
    (few, few_left), (many, many_left) = cost(10_000, *settings), cost(40_000, *settings)
    assert 3.5 < many_left / few_left < 5.5
    assert 0 < many < 6.5 * few


def test_sent_home_by_the_thousand_each_takes_a_few_steps() -> None:
    emptied = Conditions().changing(500, 0.0, 0.0).evacuating(500).all_clear(540).changing(555, 1.0, 0.0)
    steps, left = cost(40_000, NONE_BALKS, conditions=emptied)
    assert left > 20_000
    assert steps < 60 * 40_000


def test_where_everybody_waits_there_is_nothing_to_do() -> None:
    assert cost(400, NONE_BALKS, "voting.patience=null") == (0, 0)
