"""Playing a batch of days under every strategy: what a worker does."""

from __future__ import annotations

import json
from functools import lru_cache
from time import perf_counter

from sim.config.scenario import Scenario
from sim.day.day import simulate_replication
from sim.day.world import World, prepare
from sim.experiment.checksum import digest
from sim.experiment.frames import files_of
from sim.experiment.manifest import settings_of
from sim.experiment.tasks import Played, Task
from sim.log import DayLog
from sim.region.load import region_files


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
    """Return the prepared scenario; each process prepares it once, as long as the region's tables stay the same."""
    tables = ((file.name, digest(file.read_bytes())) for file in region_files(scenario.region.path))
    return _prepared(json.dumps(settings_of(scenario)), tuple(tables))


@lru_cache(maxsize=2)
def _prepared(settings: str, _inputs: tuple[tuple[str, str], ...]) -> World:
    return prepare(Scenario.model_validate(json.loads(settings)))
