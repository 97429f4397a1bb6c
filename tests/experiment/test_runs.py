"""Runs: the same for any number of workers, resumed as if never interrupted, never half-written."""

from __future__ import annotations

import json
import os
import shutil
import stat
from pathlib import Path

import pandas as pd
import pytest

from sim.config.scenario import Scenario
from sim.errors import UserError
from sim.experiment import execute as executing
from sim.experiment.execute import Interrupted, execute, resume
from sim.experiment.store import Run, read
from sim.log import TABLES, dtypes
from tests.conftest import SMALL_REGION, small_scenario

RIOT = 'incidents=[{kind: riot, onset: "09:40", place: "district 1", starters: 25, followers: 1}]'


def scenario(folder: Path, *overrides: str) -> Scenario:
    return small_scenario(
        RIOT, f"run.output='{folder}'", "run.replications=6", "run.batch=2", "run.workers=1", *overrides
    )


def contents(run: Run) -> dict[str, bytes]:
    return {
        str(f.relative_to(run.path)): f.read_bytes() for f in sorted((run.path / "tables").rglob("*")) if f.is_file()
    }


def equal(one: Run, other: Run) -> bool:
    return all(one.table(name).equals(other.table(name)) for name in TABLES)


def test_two_runs_with_one_seed_are_identical_to_the_byte(tmp_path: Path) -> None:
    one, two = execute(scenario(tmp_path)), execute(scenario(tmp_path))
    assert one.path != two.path
    assert contents(one) == contents(two)
    assert len(contents(one)) == 3 * len(TABLES)


def test_one_worker_and_two_workers_are_identical(tmp_path: Path) -> None:
    one, two = execute(scenario(tmp_path)), execute(scenario(tmp_path, "run.workers=2"))
    assert contents(one) == contents(two)


def test_the_size_of_batches_changes_nothing(tmp_path: Path) -> None:
    assert equal(execute(scenario(tmp_path)), execute(scenario(tmp_path, "run.batch=5")))


def test_another_seed_differs(tmp_path: Path) -> None:
    assert not equal(execute(scenario(tmp_path)), execute(scenario(tmp_path, "run.seed=3")))


def test_a_run_tells_what_it_is(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    played = scenario(tmp_path)
    run = execute(played, command="simulate x", progress=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 6), (2, 6), (4, 6), (6, 6)]
    again = read(run.path)
    assert again.scenario == played
    assert (again.strategies, again.replications, again.manifest["state"]) == (["even_spread"], 6, "finished")
    assert again.manifest["command"] == "simulate x"
    assert set(again.manifest["inputs"]) == {f.name for f in SMALL_REGION.glob("*.csv")}
    for name in TABLES:
        table = again.table(name)
        assert list(table) == ["strategy", "replication", *dtypes(name)]
        assert table["replication"].is_monotonic_increasing
    assert set(again.table("stations")["replication"]) == set(range(6))
    with pytest.raises(UserError, match="unknown table 'voters'"):
        again.table("voters")


def test_an_interrupted_run_resumes_as_if_never_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, play, calls = execute(scenario(tmp_path)), executing.play_batch, []

    def stop_at_the_second(played: Scenario, days: range) -> dict[str, pd.DataFrame]:
        calls.append(days)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return play(played, days)

    monkeypatch.setattr(executing, "play_batch", stop_at_the_second)
    with pytest.raises(Interrupted, match="2 of 6 days") as stopped:
        execute(scenario(tmp_path))
    part = stopped.value.run
    assert read(part.path).manifest["state"] == "interrupted"
    assert read(part.path).finished == [0, 1]
    finished = resume(part.path)
    assert finished.manifest["state"] == "finished"
    assert contents(finished) == contents(whole)


def test_a_part_that_the_manifest_does_not_count_is_not_read(tmp_path: Path) -> None:
    run = execute(scenario(tmp_path))
    manifest = json.loads((run.path / "manifest.json").read_text())
    manifest["finished"] = manifest["finished"][:1]
    (run.path / "manifest.json").write_text(json.dumps(manifest))
    assert set(read(run.path).table("stations")["replication"]) == {0, 1}


def test_a_run_does_not_resume_on_a_changed_region(tmp_path: Path) -> None:
    region = Path(shutil.copytree(SMALL_REGION, tmp_path / "region"))
    run = execute(scenario(tmp_path, f"region.path='{region}'"))
    (region / "roads.csv").write_text((region / "roads.csv").read_text().replace("5.4,hill", "5.5,hill"))
    with pytest.raises(UserError, match=r"have changed: roads\.csv"):
        resume(run.path)


@pytest.mark.parametrize("spoil", ["folder", "manifest", "garbled", "foreign"])
def test_what_is_no_run_is_said(tmp_path: Path, spoil: str) -> None:
    folder = tmp_path / "run"
    if spoil != "folder":
        folder.mkdir()
    if spoil == "garbled":
        (folder / "manifest.json").write_text("{")
    if spoil == "foreign":
        (folder / "manifest.json").write_text('{"scenario": {"name": "x"}}')
    with pytest.raises(UserError, match="run"):
        read(folder)


def test_an_output_that_is_a_file_is_refused_before_anything_is_played(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(UserError, match="cannot be written"):
        execute(scenario(tmp_path / "taken"))


def test_a_read_only_output_is_refused(tmp_path: Path) -> None:
    if os.geteuid() == 0:  # root may write anywhere: a folder that nobody can make serves instead
        with pytest.raises(UserError, match="cannot be written"):
            execute(scenario(Path("/proc/siaga")))
        return
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(UserError, match="cannot be written"):
        execute(scenario(tmp_path / "runs"))


def test_a_mistake_in_the_scenario_leaves_no_folder(tmp_path: Path) -> None:
    bad = scenario(tmp_path / "runs", "region.forces.police=10")
    with pytest.raises(UserError, match="spends more than there is"):
        execute(bad)
    assert not (tmp_path / "runs").exists()
