"""What workers are given to do in the tests of executors; light to import, for every worker of every test does."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from sim.errors import UserError
from sim.experiment.tasks import Played, Task

BATCHES = [range(a, a + 2) for a in range(0, 12, 2)]


def echo(task: Task) -> list[Played]:
    return [Played(days, {f"{days.start}": str(list(days)).encode()}, 0.01) for days in task]


def die(folder: Path, day: int, times: int, task: Task) -> list[Played]:
    """Echo, but kill the process that plays a day, the first few times."""
    marks = len(list(folder.glob("died-*")))
    if any(day in days for days in task) and marks < times:
        (folder / f"died-{marks}").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return echo(task)


def die_beside(folder: Path, task: Task) -> list[Played]:
    """Echo, but kill the process that plays day 2 while day 0 is played, which goes on for a second."""
    day = task[0].start
    (folder / f"begun-{day}-{len(list(folder.glob(f'begun-{day}-*')))}").touch()
    if day == 2 and not (folder / "begun-2-1").exists():
        wait_for(folder / "begun-0-0")
        os.kill(os.getpid(), signal.SIGKILL)
    if day == 0:
        wait_for(folder / "begun-2-0")
        time.sleep(1.0)
    return echo(task)


def wait_for(mark: Path) -> None:
    until = time.monotonic() + 60
    while not mark.exists() and time.monotonic() < until:
        time.sleep(0.01)


def refuse(task: Task) -> list[Played]:
    if task[0].start == 4:
        raise UserError("day 4 cannot be played")
    return echo(task)


def tasks() -> Iterator[Task]:
    return ([days] for days in BATCHES)


EXPECTED = [echo([days]) for days in BATCHES]
