"""A run that is killed, at whatever moment and however, loses nothing: resumed, it ends with the same bytes."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.conftest import SMALL

pytestmark = pytest.mark.slow
DAYS, SECONDS = 24, 2.0
"""Days of a run; so long after the end of a run none of its processes may be left."""


def command(out: Path, *more: str) -> list[str]:
    settings = ("scenario=calm_day", "strategy=even_spread", *SMALL, f"run.replications={DAYS}", "run.batch=2")
    return [sys.executable, "-m", "sim", *settings, "run.workers=2", *more, "--quiet", "--out", str(out)]


def contents(run: Path) -> dict[str, bytes]:
    """Everything but what tells how the run ended."""
    files = (f for f in sorted(run.rglob("*")) if f.is_file() and f.name not in ("manifest.json", "lock"))
    return {str(f.relative_to(run)): f.read_bytes() for f in files}


def resumed(run: Path) -> dict[str, bytes]:
    done = subprocess.run(
        [sys.executable, "-m", "sim", "resume", str(run)], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads((run / "manifest.json").read_text())["state"] == "finished"
    return contents(run)


def command_of(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:  # it has just ended
        return []


class Playing:
    """A run in a process of its own."""

    def __init__(self, out: Path, *more: str) -> None:
        self.out = out
        self.process = subprocess.Popen(
            command(out, *more), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
        )

    def batches(self) -> int:
        return sum(len(f.read_text().splitlines()) for f in self.out.glob("*/finished.jsonl"))

    def wait_for_batches(self, count: int) -> None:
        while self.batches() < count and self.process.poll() is None:
            time.sleep(0.01)

    def children(self) -> list[psutil.Process]:
        try:
            return psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return []

    def workers(self) -> list[psutil.Process]:
        return [child for child in self.children() if "popen_loky" in " ".join(command_of(child))]

    def end(self, number: int) -> tuple[int, str]:
        """Send a signal, and wait until nothing of the run is left."""
        children = self.children()
        os.kill(self.process.pid, number)
        _, said = self.process.communicate(timeout=60)
        _, left = psutil.wait_procs(children, timeout=SECONDS)
        assert not left, [command_of(process) for process in left]
        return self.process.returncode, said


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], float]:
    """What an undisturbed run leaves, and how long it takes once the kernels are compiled."""
    subprocess.run(command(tmp_path_factory.mktemp("compiled")), check=True, capture_output=True)
    out = tmp_path_factory.mktemp("whole")
    began = time.monotonic()
    subprocess.run(command(out), check=True, capture_output=True)
    (run,) = out.iterdir()
    return contents(run), time.monotonic() - began


def moments(count: int, seed: int) -> list[float]:
    """Random shares of a run's time: of its start, its days, and of comparing and reporting."""
    numbers = random.Random(seed)
    return [numbers.uniform(0.1, 1.0) for _ in range(count)]


@pytest.mark.parametrize("moment", moments(100, seed=1), ids="{:.2f}".format)
def test_killed_at_a_random_moment(tmp_path: Path, whole: tuple[dict[str, bytes], float], moment: float) -> None:
    kept, seconds = whole
    playing = Playing(tmp_path)
    time.sleep(moment * seconds)
    playing.end(signal.SIGKILL)
    for manifest in tmp_path.glob("*/manifest.json"):
        assert resumed(manifest.parent) == kept


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=str)
@pytest.mark.parametrize("batches", [0, 1, 4, 7])
@pytest.mark.parametrize("later", [0.0, 0.03, 0.1, 0.2, 0.35])
def test_asked_to_stop_it_says_what_is_kept_and_goes(
    tmp_path: Path, whole: tuple[dict[str, bytes], float], number: signal.Signals, batches: int, later: float
) -> None:
    """So many batches are kept, and so many seconds later it is asked."""
    playing = Playing(tmp_path)
    while not list(tmp_path.glob("*/manifest.json")):
        time.sleep(0.01)
    playing.wait_for_batches(batches)
    time.sleep(later)
    code, said = playing.end(number)
    assert code == 128 + number
    assert said.count("\n") == 1 and said.startswith("Interrupted: "), said
    (run,) = tmp_path.iterdir()
    assert json.loads((run / "manifest.json").read_text())["state"] == "interrupted"
    assert resumed(run) == whole[0]


@pytest.mark.parametrize("batches", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
def test_a_worker_that_is_killed_is_made_up_for(
    tmp_path: Path, whole: tuple[dict[str, bytes], float], batches: int
) -> None:
    playing = Playing(tmp_path)
    playing.wait_for_batches(batches)
    while not (workers := playing.workers()) and playing.process.poll() is None:
        time.sleep(0.01)
    for worker in workers[:1]:
        worker.kill()
    _, said = playing.process.communicate(timeout=300)
    assert (playing.process.returncode, said) == (0, "")
    (run,) = tmp_path.iterdir()
    assert contents(run) == whole[0]


def test_workers_that_are_killed_again_and_again_end_the_run_which_can_go_on(
    tmp_path: Path, whole: tuple[dict[str, bytes], float]
) -> None:
    playing = Playing(tmp_path)
    playing.wait_for_batches(2)
    while playing.process.poll() is None:
        for worker in playing.workers():
            worker.kill()
        time.sleep(0.05)
    _, said = playing.process.communicate(timeout=60)
    (run,) = tmp_path.iterdir()
    assert playing.process.returncode == 2
    assert said.startswith("Error: ") and f"Go on with: simulate resume {run}\n" in said, said
    assert said.count("\n") == 1
    assert resumed(run) == whole[0]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own that only root can make; its size is set by what is put there first."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("a disk of a stated size can be made by root only")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("free", [40, 150, 400, 700, 1000])
def test_a_disk_that_runs_full_is_said_and_the_run_goes_on_when_there_is_room(
    small_disk: Path, whole: tuple[dict[str, bytes], float], free: int
) -> None:
    """``free``: KiB; the days take some nine hundred, the report and its figures a thousand more."""
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes((4096 - free) * 1024 - 4096))
    playing = Playing(small_disk / "runs")
    _, said = playing.process.communicate(timeout=300)
    assert playing.process.returncode == 2, said
    assert "No space left on device" in said and said.count("\n") == 1
    assert psutil.wait_procs(playing.children(), timeout=SECONDS)[1] == []
    runs = list((small_disk / "runs").glob("*/manifest.json"))
    kept = [manifest for manifest in runs if json.loads(manifest.read_text())["state"] == "finished"]
    assert bool(runs) == (f"simulate {'report' if kept else 'resume'} {small_disk}" in said), said
    ballast.unlink()
    for manifest in runs:
        assert resumed(manifest.parent) == whole[0]
