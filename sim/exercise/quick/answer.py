"""The model's answer to a card: ranges over futures from the report on, for the plan and for one alternative."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace

from sim.exercise.futures.answer import Answer
from sim.exercise.futures.ask import ask
from sim.exercise.futures.pool import FuturesPool, Progress
from sim.exercise.futures.question import DEFAULT_FUTURES, Course, Moment, Question, Timed
from sim.exercise.quick.card import IDENTITY
from sim.exercise.quick.deal import Dealt

WORKERS = max(1, min(4, os.cpu_count() or 1))
"""Processes that play; each holds a prepared region."""
_EVENING_MINUTES = 240.0
"""After voting, disturbances that begin within four hours count (assumption): followers come within minutes."""


@dataclass(frozen=True)
class Answered:
    """A card with the model's answer.

    Attributes:
        dealt: The card on the table.
        answer: The ranges; the plan alone where there is no alternative.
    """

    dealt: Dealt
    answer: Answer


def question_of(dealt: Dealt, futures: int = DEFAULT_FUTURES) -> Question:
    """Return what is asked about a card: the alternative at the moment of the report, beside the plan.

    Args:
        dealt: The card on the table.
        futures: How many futures.
    """
    choice, time, world = dealt.choice, dealt.time, dealt.world
    decisions = tuple(Timed(time, decision) for decision in choice.decisions) if choice is not None else ()
    courses = (Course(choice.what.value if choice is not None else "", decisions),)  # one has to be asked about
    voting = time < world.scenario.voting.close
    until = None if voting else min(world.end, time + _EVENING_MINUTES)
    return Question(Moment(dealt.plan, dealt.replication, time), courses, futures, IDENTITY, until)


def answer(
    dealt: Dealt, pool: FuturesPool, progress: Progress | None = None, futures: int = DEFAULT_FUTURES
) -> Answered:
    """Let the model answer a card.

    Args:
        dealt: The card on the table.
        pool: Processes that play the card's scenario.
        progress: Is told how many futures are done, and of how many.
        futures: How many futures.

    Raises:
        UserError: When processes die again and again.
    """
    return answered_by(dealt, ask(question_of(dealt, futures), pool, progress))


def answered_by(dealt: Dealt, found: Answer) -> Answered:
    """Return a card with its answer; where there is no alternative, the plan's ranges alone."""
    return Answered(dealt, found if dealt.choice is not None else replace(found, options=()))
