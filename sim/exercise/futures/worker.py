"""What a process does that computes futures: it prepares the world once, and plays futures when it is asked."""

from __future__ import annotations

import os
from functools import lru_cache

from sim.config.scenario import Scenario
from sim.day.draws import Trunk, draw_day, draw_trunk
from sim.day.world import World
from sim.exercise.futures.play import Future, day_at, play_future
from sim.exercise.futures.question import Moment, Question
from sim.experiment.batch import world_of
from sim.experiment.interrupt import leave_to_parent
from sim.words.language import Language, spoken

NICENESS = 10
"""By so much the process lets others go first: the room's pages are answered while futures are computed."""
_TRUNKS = 2
"""Days whose shared draws are kept: each needs as much memory as a day's voters."""
_given: list[Scenario] = []


def start(parent: int, scenario: Scenario) -> None:
    """Begin: leave Ctrl-C to the parent, end when it has ended, and let others go first.

    Args:
        parent: Number of the parent's process.
        scenario: What is played.
    """
    leave_to_parent(parent)
    if hasattr(os, "nice"):  # elsewhere (Windows) the system shares out the processor by itself
        os.nice(NICENESS)
    _given[:] = [scenario]


def warm() -> None:
    """Prepare the world, and play a future under each strategy, so that machine code and ways are there.

    Raises:
        UserError: For a scenario that cannot be prepared.
    """
    world = _world()
    opens = world.scenario.voting.open
    trunk = _trunk(0)
    for strategy in world.responses:
        draws = draw_day(world, 0, branch=1, fork=opens, trunk=trunk)
        day_at(world, Moment(strategy, 0, opens), draws, 1).until(world.end)


def play(question: Question, numbers: range, language: Language) -> list[Future]:
    """Play some futures.

    Args:
        question: The question.
        numbers: Numbers of the futures.
        language: In which reasons are told.

    Raises:
        UserError: For a moment that is not on the day, or a past that cannot be replayed.
    """
    with spoken(language):
        world, trunk = _world(), _trunk(question.moment.replication)
        return [play_future(world, trunk, question, number) for number in numbers]


@lru_cache(maxsize=1)
def _world() -> World:
    return world_of(_given[0])


@lru_cache(maxsize=_TRUNKS)
def _trunk(replication: int) -> Trunk:
    return draw_trunk(_world(), replication)
