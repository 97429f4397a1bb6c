"""Playing a batch of days under every strategy: what a worker does."""

from __future__ import annotations

import json
from functools import lru_cache
from time import perf_counter

from sim.config.scenario import Scenario
from sim.day.day import simulate_replication
from sim.day.world import World, prepare
from sim.experiment.checksum import digest_of
from sim.experiment.frames import files_of
from sim.experiment.inputs import input_files
from sim.experiment.manifest import settings_of
from sim.experiment.tasks import Played, Task
from sim.log import DayLog


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
