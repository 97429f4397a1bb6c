"""Runs: the same for any number of workers, resumed as if never interrupted, never half-written."""

from __future__ import annotations

import json
import os
import shutil
import stat
from pathlib import Path

import pytest

from sim.config.scenario import Scenario
from sim.errors import UserError
from sim.experiment import batch as executing
from sim.experiment.execute import Interrupted, execute, resume
from sim.experiment.journal import JOURNAL, journal_of
from sim.experiment.manifest import settings_of, written
from sim.experiment.store import Run, read
from sim.log import TABLES, dtypes
from tests.conftest import SMALL_REGION, small_scenario

SAMPLE_FOLDERS = ("whole", "district", "kind", "severity", "state")
RIOT = 'incidents=[{kind: riot, onset: "09:40", place: "district 1", starters: 25, followers: 1}]'


def scenario(folder: Path, *overrides: str) -> Scenario:
    return small_scenario(
        RIOT, f"run.output='{folder}'", "run.replications=6", "run.batch=2", "run.workers=1", *overrides
    )


def contents(run: Run) -> dict[str, bytes]:
    return {
        str(f.relative_to(run.path)): f.read_bytes()
        for f in sorted(run.path.rglob("*"))
        if f.is_file() and f.name not in ("manifest.json", "lock")
    }


def equal(one: Run, other: Run) -> bool:
    return all(one.table(name).equals(other.table(name)) for name in TABLES)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Six days, uninterrupted, on one worker."""
    return execute(scenario(tmp_path_factory.mktemp("whole")))


def spoiled(run: Run, folder: Path, **changes: object) -> Path:
    """Return a copy of a run whose manifest says something else, with a checksum that fits."""
    copy = Path(shutil.copytree(run.path, folder / "copy"))
    manifest = json.loads((copy / "manifest.json").read_text()) | changes
    (copy / "manifest.json").write_bytes(written(manifest))
    return copy


def test_two_runs_with_one_seed_are_identical_to_the_byte(tmp_path: Path, whole: Run) -> None:
    again = execute(scenario(whole.path.parent))
    assert again.path.name == f"{whole.path.name}-2"
    assert contents(again) == contents(whole)
    parts = [name for name in contents(whole) if name.endswith(".parquet")]
    assert len(parts) == 3 * (len(TABLES) + len(SAMPLE_FOLDERS))


def test_one_worker_and_two_workers_are_identical(tmp_path: Path, whole: Run) -> None:
    two = execute(scenario(Path("elsewhere")), out=tmp_path, workers=2)
    assert two.path.parent == tmp_path
    assert two.scenario.run.workers == 2
    assert contents(two) == contents(whole)
    assert (two.journal(), two.manifest["inputs"]) == (whole.journal(), whole.manifest["inputs"])
    played_on = [{k: v for k, v in run.manifest["scenario"]["run"].items() if k != "output"} for run in (two, whole)]
    assert played_on[0] | {"workers": 1} == played_on[1]


def test_the_size_of_batches_changes_nothing(tmp_path: Path, whole: Run) -> None:
    assert equal(whole, execute(scenario(tmp_path, "run.batch=5")))


def test_another_seed_differs(tmp_path: Path, whole: Run) -> None:
    assert not equal(whole, execute(scenario(tmp_path, "run.seed=3")))


def test_a_negative_number_of_workers_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="workers = -1"):
        execute(scenario(tmp_path), workers=-1)
    assert list(tmp_path.iterdir()) == []


def test_a_run_tells_what_it_is(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    played = scenario(tmp_path)
    run = execute(played, command="simulate x", progress=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 6), (2, 6), (4, 6), (6, 6)]
    again = read(run.path)
    assert again.scenario == played
    assert (again.strategies, again.replications, again.manifest["state"]) == (["even_spread"], 6, "finished")
    assert again.manifest["command"] == "simulate x"
    tables = {f.name for f in SMALL_REGION.glob("*.csv")} | {"stations.csv", "region.csv", "region.yaml"}
    deployments = {"units.csv", "posts.csv", "people.csv", "rounds.csv"}
    inputs = {f"region/{name}" for name in tables} | {f"deployments/{name}" for name in deployments}
    assert set(again.manifest["inputs"]) == inputs
    for name in TABLES:
        table = again.table(name)
        stored = [column for column in table if not column.endswith(("_name", "_title"))]
        assert stored == ["strategy", "replication", *dtypes(name)], "beside codes are names"
        assert table["replication"].is_monotonic_increasing
    assert set(again.table("stations")["replication"]) == set(range(6))
    with pytest.raises(UserError, match="unknown table 'voters'"):
        again.table("voters")


@pytest.mark.parametrize("reason", [KeyboardInterrupt, RuntimeError])
def test_a_stopped_run_resumes_as_if_never_stopped(
    tmp_path: Path, whole: Run, monkeypatch: pytest.MonkeyPatch, reason: type[BaseException]
) -> None:
    play, calls = executing.play_batch, []

    def stop_at_the_second(played: Scenario, days: range) -> dict[str, bytes]:
        calls.append(days)
        if len(calls) == 2:
            raise reason
        return play(played, days)

    monkeypatch.setattr(executing, "play_batch", stop_at_the_second)
    with pytest.raises(Interrupted if reason is KeyboardInterrupt else reason) as stopped:
        execute(scenario(tmp_path))
    if isinstance(stopped.value, Interrupted):
        assert "2 of 6 days" in str(stopped.value)
    (folder,) = tmp_path.iterdir()
    assert read(folder).manifest["state"] == "interrupted"
    assert read(folder).finished == [0, 1]
    finished = resume(folder)
    assert finished.manifest["state"] == "finished"
    assert contents(finished) == contents(whole)


def test_a_part_that_the_journal_does_not_count_is_not_read(tmp_path: Path, whole: Run) -> None:
    copy = spoiled(whole, tmp_path, state="running", journal=None)
    (copy / JOURNAL).write_bytes(journal_of(whole.batches[:1]))
    assert set(read(copy).table("stations")["replication"]) == {0, 1}


def test_a_changed_region_is_prepared_anew(tmp_path: Path) -> None:
    region = Path(shutil.copytree(SMALL_REGION, tmp_path / "region"))
    played = scenario(tmp_path / "runs", f"region.path='{region}'", "run.replications=1")
    before = execute(played).table("stations")["due"].sum()
    table = region / "districts.csv"
    table.write_text(table.read_text().replace(",3600,", ",1800,"))
    assert execute(played).table("stations")["due"].sum() < 0.9 * before


def test_a_run_does_not_resume_under_another_version(tmp_path: Path, whole: Run) -> None:
    libraries = whole.manifest["libraries"] | {"numpy": "1.0"}
    with pytest.raises(UserError, match=r"begun with numpy 1\.0"):
        resume(spoiled(whole, tmp_path, libraries=libraries))


@pytest.mark.parametrize("spoil", ["folder", "manifest", "garbled", "foreign"])
def test_what_is_no_run_is_said(tmp_path: Path, spoil: str) -> None:
    folder = tmp_path / "run"
    if spoil != "folder":
        folder.mkdir()
    if spoil == "garbled":
        (folder / "manifest.json").write_text("{")
    if spoil == "foreign":
        (folder / "manifest.json").write_text('["scenario"]')
    with pytest.raises(UserError, match="run"):
        read(folder)


@pytest.mark.parametrize(
    "entry", ["siaga", "program", "libraries", "command", "scenario", "inputs", "state", "journal", "checksum"]
)
def test_a_manifest_that_lacks_an_entry_is_refused(tmp_path: Path, whole: Run, entry: str) -> None:
    copy = Path(shutil.copytree(whole.path, tmp_path / "copy"))
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest.pop(entry)
    (copy / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(UserError, match=rf"manifest\.json: not the manifest .*\({entry}: Field required\)"):
        read(copy)


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


def test_scripted_trouble_is_kept_as_it_was_written() -> None:
    """A run keeps its settings as text, and plays the days from it: times must come back as they were."""
    troubles = (
        'troubles=[{what: late_opening, place: district 1, opens_at: "08:10"},'
        '{what: out_of_use, place: district 2, stage: booth, from_time: "09:00", to_time: "11:30"}]'
    )
    scenario = small_scenario(troubles)
    kept = settings_of(scenario)
    assert kept["troubles"][0]["opens_at"] == "08:10"
    assert Scenario.model_validate(kept) == scenario
