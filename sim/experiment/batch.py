"""Playing a batch of days under every strategy: what a worker does."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from time import perf_counter

from sim.config.scenario import Scenario
from sim.day.day import simulate_replication
from sim.day.world import World, prepare
from sim.experiment.checksum import digest_of
from sim.experiment.frames import files_of
from sim.experiment.inputs import input_files
from sim.experiment.manifest import settings_of
from sim.log import DayLog

Task = list[range]
"""Batches of days that one worker plays, one after another."""
_LEAST_SECONDS = 1.0
"""A worker that is sent less than this at a time would wait longer than it plays (assumption)."""
_SHARES = 4
"""Each worker is sent at least this many tasks, as long as there are so many batches: then none is left alone long."""


@dataclass(frozen=True)
class Played:
    """A batch that was played.

    Attributes:
        days: Its days.
        files: Content of its files by folder of the run.
        seconds: How long it took.
    """

    days: range
    files: dict[str, bytes]
    seconds: float


def play_task(scenario: Scenario, task: Task) -> list[Played]:
    """Play some batches, in the process that calls."""
    played = []
    for days in task:
        began = perf_counter()
        files = play_batch(scenario, days)
        played.append(Played(days, files, perf_counter() - began))
    return played


def play_batch(scenario: Scenario, days: range) -> dict[str, bytes]:
    """Play some days under every strategy and return their tables and samples as files."""
    world = world_of(scenario)
    logs: list[DayLog] = []
    for day in days:
        logs.extend(simulate_replication(world, day))
    return files_of(logs, scenario, days)


def world_of(scenario: Scenario) -> World:
    """Return the prepared scenario; each process prepares it once, as long as its tables stay the same."""
    tables = ((str(file), digest_of(file)) for file in input_files(scenario))
    return _prepared(json.dumps(settings_of(scenario)), tuple(tables))


@lru_cache(maxsize=2)
def _prepared(settings: str, _inputs: tuple[tuple[str, str], ...]) -> World:
    return prepare(Scenario.model_validate(json.loads(settings)))


class Tasks:
    """Batches put together to tasks that take a second or more, once it is known how long a batch takes.

    Which batches go to a worker together changes nothing in what they give.

    Args:
        batches: The batches to play.
        workers: How many share them.
    """

    def __init__(self, batches: Sequence[range], workers: int) -> None:
        self._left = list(batches)
        self._workers = workers
        self._seconds: float | None = None

    def took(self, seconds: float) -> None:
        """Note how long a batch took."""
        self._seconds = seconds

    def __iter__(self) -> Iterator[Task]:
        """Give tasks until no batch is left."""
        while self._left:
            size = self._size()
            task, self._left = self._left[:size], self._left[size:]
            yield task

    def _size(self) -> int:
        if not self._seconds:
            return 1
        fair = len(self._left) // (_SHARES * self._workers)
        return max(1, min(ceil(_LEAST_SECONDS / self._seconds), fair))
