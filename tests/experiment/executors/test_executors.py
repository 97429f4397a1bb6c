"""Executors: the same results in the same order wherever they are played, and a death loses one batch only."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from sim.errors import UserError
from sim.experiment.execute import execute
from sim.experiment.executors import Executor, Here
from sim.experiment.executors import cluster as module
from sim.experiment.executors.cluster import Cluster
from sim.experiment.executors.local import Local
from sim.experiment.executors.sent import TRIES, in_order
from sim.experiment.store import Run
from sim.experiment.tasks import Task, Tasks
from tests.conftest import small_scenario
from tests.experiment.executors.work import BATCHES, EXPECTED, die, die_beside, echo, refuse, tasks

RIOT = 'incidents=[{kind: riot, onset: "09:40", place: "district 1", starters: 25, followers: 1}]'
MANY = [Local(2), Cluster(2, None)]
NAMES = ["local", "dask"]


@pytest.mark.parametrize("executor", [Here(), *MANY], ids=["here", *NAMES])
def test_what_was_played_comes_back_in_order(executor: Executor) -> None:
    assert list(executor.play(echo, tasks())) == EXPECTED


@pytest.mark.parametrize("executor", MANY, ids=NAMES)
def test_what_a_dead_worker_was_playing_is_played_again(tmp_path: Path, executor: Executor) -> None:
    assert list(executor.play(partial(die, tmp_path, 5, 1), tasks())) == EXPECTED
    assert len(list(tmp_path.glob("died-*"))) == 1


@pytest.mark.parametrize("executor", MANY, ids=NAMES)
def test_what_others_play_while_a_worker_dies_is_begun_once(tmp_path: Path, executor: Executor) -> None:
    assert list(executor.play(partial(die_beside, tmp_path), tasks())) == EXPECTED
    begun = sorted(mark.name for mark in tmp_path.iterdir())
    assert begun == sorted(["begun-2-1", *(f"begun-{days.start}-0" for days in BATCHES)])


@pytest.mark.parametrize("executor", [MANY[0], pytest.param(MANY[1], marks=pytest.mark.slow)], ids=NAMES)
def test_days_on_which_workers_die_again_and_again_are_named(tmp_path: Path, executor: Executor) -> None:
    with pytest.raises(UserError, match=rf"days \d+ to \d+: the worker died, {TRIES} times in all; .*run\.workers"):
        list(executor.play(partial(die, tmp_path, 5, 99), tasks()))
    assert len(list(tmp_path.glob("died-*"))) == TRIES


@pytest.mark.parametrize("executor", [Here(), *MANY], ids=["here", *NAMES])
def test_an_error_of_the_work_itself_is_raised_in_its_turn(executor: Executor) -> None:
    found = []
    with pytest.raises(UserError, match="day 4 cannot be played"):
        for played in executor.play(refuse, tasks()):
            found.append(played)
    assert found == EXPECTED[:2]


def test_a_scheduler_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.experiment.executors.cluster._CONNECT_SECONDS", 1)
    with pytest.raises(UserError, match=r"run\.dask\.address = 'tcp://127\.0\.0\.1:1': no Dask scheduler answers"):
        list(Cluster(1, "tcp://127.0.0.1:1").play(echo, tasks()))


def test_where_dask_is_not_installed_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(UserError, match=r"run\.executor = dask: .* pip install 'siaga\[dask\]'"):
        list(Cluster(1, None).play(echo, tasks()))


def played(folder: Path, *overrides: str) -> Run:
    size = ("run.replications=6", "run.batch=1", "run.resamples=100", f"run.output='{folder}'")
    return execute(small_scenario(RIOT, *size, *overrides), command="simulate test")


def contents(run: Run) -> dict[str, bytes]:
    files = (f for f in run.path.rglob("*") if f.is_file() and f.name != "manifest.json")
    return {str(f.relative_to(run.path)): f.read_bytes() for f in files}


def test_dask_gives_the_same_bytes_as_this_process(tmp_path: Path) -> None:
    """The manifest too, but for the settings that say where it was played. Of processes: tests/experiment/test_runs."""
    one = played(tmp_path / "one", "run.workers=1")
    run = played(tmp_path / "dask", "run.workers=2", "run.executor=dask")
    assert contents(run) == contents(one)
    assert run.journal() == one.journal()
    assert run.manifest["inputs"] == one.manifest["inputs"]
    changed = {"output", "workers", "executor"}
    settings = [{k: v for k, v in r.manifest["scenario"]["run"].items() if k not in changed} for r in (run, one)]
    assert settings[0] == settings[1]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the scheduler of a cluster answers that somebody else has started."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster:
        yield cluster.scheduler_address


def test_a_cluster_that_is_there_already_is_used(address: str) -> None:
    assert list(Cluster(9, address).play(echo, tasks())) == EXPECTED
    with pytest.raises(UserError, match="day 4 cannot be played"):
        list(Cluster(9, address).play(refuse, tasks()))
    assert list(Cluster(9, address).play(echo, tasks())) == EXPECTED, "it goes on"


def test_workers_of_another_version_are_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    here = module.versions()
    told = iter([here | {"numpy": "1.0"}])
    monkeypatch.setattr(module, "versions", lambda: next(told, here))
    with pytest.raises(UserError, match=r"has numpy \S+ and this is 1\.0: their days would not belong together"):
        list(Cluster(1, address).play(echo, tasks()))


class Done:
    """A future of which it is known what it gives."""

    def __init__(self, gives: object) -> None:
        self.gives = gives

    def done(self) -> bool:
        return True

    def result(self) -> object:
        if isinstance(self.gives, Exception):
            raise self.gives
        return self.gives


def test_no_more_tasks_are_sent_than_asked_for_and_what_is_done_is_not_done_again() -> None:
    sent: list[int] = []

    def send(task: Task) -> Done:
        sent.append(task[0].start)
        return Done(OSError() if task[0].start == 2 and sent.count(2) == 1 else echo(task))

    found = in_order(send, tasks(), 3, OSError)
    assert next(found) == EXPECTED[0] and sent == [0, 2, 4]
    assert list(found) == EXPECTED[1:]
    assert sorted(sent) == [0, 2, 2, 4, 6, 8, 10]


@pytest.mark.parametrize(("seconds", "sizes"), [(2.0, [1] * 40), (0.25, [1, 4, 4, 3, 3, 3, 2, 2, 2]), (0.0, [1] * 40)])
def test_short_batches_go_together_until_a_task_takes_a_second(seconds: float, sizes: list[int]) -> None:
    batches = [range(a, a + 1) for a in range(40)]
    made = Tasks(batches, 2)
    found = []
    for task in made:
        found.append(task)
        made.took(seconds)
    assert [days for task in found for days in task] == batches
    assert [len(task) for task in found][: len(sizes)] == sizes
    assert len(found[-1]) == 1
