"""What tests of quick mode share."""

from __future__ import annotations

from functools import cache

from sim.day.draws import draw_trunk
from sim.day.world import World
from sim.exercise.futures.answer import answer_of
from sim.exercise.futures.play import play_future
from sim.exercise.quick.answer import Answered, answered_by, question_of
from sim.exercise.quick.deal import Dealt, quick_world
from tests.conftest import SMALL

ALONE = (
    "strategy.guards={very_high: {police: 0}, high: {police: 0}, low: {police: 0}}", "strategy.patrols=[]",
    "response.sector_patrol_size=0", "response.attached=[]", "response.standing_guards.election_offices=0",
    "response.standing_guards.district_offices=0",
)  # fmt: skip
"""Overrides with which nobody of the police is anywhere but in reserve."""


def small(*overrides: str) -> World:
    """Return the small regency as quick mode prepares it."""
    return quick_world([*SMALL, "strategy=even_spread", *overrides])


@cache
def usual() -> World:
    """Return the small regency as it is, prepared once."""
    return small()


def answered(dealt: Dealt, futures: int = 8) -> Answered:
    """Let the model answer a card in this process."""
    question, trunk = question_of(dealt, futures), draw_trunk(dealt.world, dealt.replication)
    played = [play_future(dealt.world, trunk, question, number) for number in range(1, futures + 1)]
    return answered_by(dealt, answer_of(question, played))
