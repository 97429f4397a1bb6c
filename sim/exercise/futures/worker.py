"""What a process does that computes futures: it prepares the world once, and plays futures when it is asked."""

from __future__ import annotations

import gc
import os
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event

from sim.config.scenario import Scenario
from sim.day.draws import Trunk, draw_day, draw_trunk
from sim.day.world import World
from sim.errors import UserError
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


@dataclass(frozen=True)
class Failed:
    """What a process tells when it could not play.

    Attributes:
        message: Why not; of a mistake in the program, where it happened.
        is_users: Whether it is a mistake of the user's.
    """

    message: str
    is_users: bool


Task = tuple[Question, range, Language]
"""A question, the numbers of the futures that are wanted, and the language in which reasons are told."""


def serve(pipe: Connection, ready: Event, parent: int, scenario: Scenario) -> None:
    """Prepare, then play what comes through the pipe and give it back, until nothing comes any more.

    Args:
        pipe: A task comes, futures go; None comes from who only wants to know when all is ready.
        ready: Is set when all is ready.
        parent: Number of the parent's process, with which this one ends.
        scenario: What is played.
    """
    leave_to_parent(parent)
    if hasattr(os, "nice"):  # elsewhere (Windows) the system shares out the processor by itself
        os.nice(NICENESS)
    _given[:] = [scenario]
    if _tried(warm) == []:
        gc.collect()
        gc.freeze()  # what is there stays: looking for garbage does not look through it again
        ready.set()
    while True:
        try:
            task: Task | None = pipe.recv()
        except EOFError:
            return
        pipe.send(_tried(_world_is_there if task is None else partial(play, *task)))
        gc.collect()


def _tried(work: Callable[[], list[Future]]) -> list[Future] | Failed:
    try:
        return work()
    except UserError as error:
        return Failed(str(error), is_users=True)
    except Exception:
        return Failed(traceback.format_exc(), is_users=False)


def _world_is_there() -> list[Future]:
    _world()
    return []


def warm() -> list[Future]:
    """Prepare the world, and play a future under each strategy, so that machine code and ways are there.

    Returns:
        No futures: it is only made ready.

    Raises:
        UserError: For a scenario that cannot be prepared.
    """
    world = _world()
    opens = world.scenario.voting.open
    trunk = _trunk(0)
    for strategy in world.responses:
        draws = draw_day(world, 0, branch=1, fork=opens, trunk=trunk)
        day_at(world, Moment(strategy, 0, opens), draws, 1).until(world.end)
    return []


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
