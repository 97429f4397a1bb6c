"""A damaged run says so, names what is damaged, and plays just that again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sim.errors import UserError
from sim.experiment import batch as executing
from sim.experiment.execute import execute, resume
from sim.experiment.executors import Here
from sim.experiment.frames import FOLDERS
from sim.experiment.hold import held
from sim.experiment.manifest import written
from sim.experiment.repair import repair
from sim.experiment.store import Run, read
from sim.inference.compare import compare
from tests.conftest import small_scenario

RIOT = 'incidents=[{kind: riot, onset: "09:40", place: "district 1", starters: 25, followers: 1}]'
Damage = Callable[[Path], None]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Six days in three batches."""
    folder = tmp_path_factory.mktemp("whole")
    return execute(small_scenario(RIOT, f"run.output='{folder}'", "run.replications=6", "run.batch=2", "run.workers=1"))


@pytest.fixture
def copy(whole: Run, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole.path, tmp_path / "copy"))


def contents(folder: Path) -> dict[str, bytes]:
    files = (f for f in sorted(folder.rglob("*")) if f.is_file() and f.name != "lock")
    return {str(f.relative_to(folder)): f.read_bytes() for f in files}


def part(folder: Path, name: str = "tables/incidents", day: int = 2) -> Path:
    return folder / name / f"part-{day:06d}.parquet"


def flipped(file: Path, at: int = 100) -> None:
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)


def sealed_anew(folder: Path, **changes: Any) -> None:
    """Change a manifest as somebody who knows how would."""
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_bytes(written(manifest | changes))


def edited(old: str, new: str) -> Damage:
    def damage(folder: Path) -> None:
        file = folder / "manifest.json"
        assert file.read_text().count(old) == 1
        file.write_text(file.read_text().replace(old, new))

    return damage


DAMAGED_PARTS: dict[str, tuple[Damage, str]] = {
    "a flipped byte": (lambda f: flipped(part(f)), r"incidents/part-000002\.parquet': the part is not what was"),
    "a flipped byte of a sample": (lambda f: flipped(part(f, "samples/whole")), r"samples/whole/part-000002\.parquet"),
    "a copied part": (lambda f: shutil.copy(part(f), part(f, day=4)) and None, r"incidents/part-000004\.parquet"),
    "a missing part": (lambda f: part(f).unlink(), r"incidents/part-000002\.parquet': the part is missing"),
    "an empty part": (lambda f: part(f).write_bytes(b"") and None, r"incidents/part-000002\.parquet"),
    "parts that are a folder": (
        lambda f: (shutil.rmtree(part(f).parent), part(f).parent.write_text(""))[0],
        r"incidents/part-000000\.parquet': the part is missing",
    ),
}


@pytest.mark.parametrize("name", DAMAGED_PARTS)
def test_a_damaged_part_is_refused_by_name_and_played_again(copy: Path, whole: Run, name: str) -> None:
    damage, named = DAMAGED_PARTS[name]
    damage(copy)
    with pytest.raises(UserError, match=named):
        compare(read(copy)) if "sample" in name else read(copy).table("incidents")
    with pytest.raises(UserError, match=named):
        resume(copy)
    if (copy / "tables" / "incidents").is_file():
        return  # no batch is whole, and a file in the place of a folder is for its owner to move
    finished, found = repair(copy)
    assert len(found) == 1 and part(copy).name.partition("-")[0] in found[0]
    assert contents(finished.path) == contents(whole.path)


def test_repair_plays_nothing_but_what_is_damaged(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    play, played = executing.play_batch, []
    monkeypatch.setattr(executing, "play_batch", lambda s, days: played.append(days) or play(s, days))
    flipped(part(copy, day=4))
    part(copy, "tables/tasks", day=4).unlink()
    _, found = repair(copy)
    assert played == [range(4, 6)]
    assert len(found) == 2
    assert repair(copy)[1] == []
    assert played == [range(4, 6)]


@pytest.mark.parametrize(
    "damage",
    [
        edited('"seed": 20241127,\n   "workers": 1', '"seed": 20241128,\n   "workers": 1'),
        edited('"batch": 2', '"batch": 3'),
        edited('"state": "finished"', '"state": "interrupted"'),
        edited('"siaga": "', '"siaga": "9'),
    ],
    ids=["seed", "batch", "state", "version"],
)
@pytest.mark.parametrize("how", [read, resume, repair])
def test_an_edited_manifest_is_refused(copy: Path, damage: Damage, how: Callable[[Path], object]) -> None:
    damage(copy)
    with pytest.raises(UserError, match=r"manifest\.json: its checksum does not fit: .*seed"):
        how(copy)


def test_a_damaged_line_of_the_journal_is_named_and_its_batch_played_again(copy: Path, whole: Run) -> None:
    file = copy / "finished.jsonl"
    lines = file.read_text().splitlines(keepends=True)
    file.write_text(lines[0] + lines[1].replace('"days"', '"dayz"') + lines[2])
    with pytest.raises(UserError, match=r"finished\.jsonl': line 2 is damaged; .*simulate repair"):
        read(copy)
    finished, found = repair(copy)
    assert found == [f"{file}: line 2 is damaged"]
    assert contents(finished.path) == contents(whole.path)


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_a_journal_that_lacks_lines_is_refused_and_completed(copy: Path, whole: Run, kept: int) -> None:
    file = copy / "finished.jsonl"
    file.write_text("".join(file.read_text().splitlines(keepends=True)[:kept]))
    with pytest.raises(UserError, match=r"finished\.jsonl': it is not what was written; .*simulate repair"):
        read(copy)
    finished, found = repair(copy)
    assert found == [f"{file}: is not what was written"]
    assert contents(finished.path) == contents(whole.path)


@pytest.mark.parametrize("name", ["../../outside", "tables/voters", "/etc/passwd"])
def test_a_journal_cannot_name_other_files(copy: Path, name: str) -> None:
    file = copy / "finished.jsonl"
    file.write_text(file.read_text().replace(FOLDERS[0], name))
    with pytest.raises(UserError, match="line 1 is damaged"):
        read(copy)


@pytest.mark.parametrize("torn", [1, 40, 200])
def test_a_line_that_a_killed_process_left_unfinished_does_not_count(copy: Path, whole: Run, torn: int) -> None:
    file = copy / "finished.jsonl"
    sealed_anew(copy, state="running", journal=None)
    lines = file.read_text().splitlines(keepends=True)
    file.write_text(lines[0] + lines[1][:torn])
    assert read(copy).finished == [0, 1]
    assert contents(resume(copy).path) == contents(whole.path)


@pytest.mark.parametrize("name", ["region/stations.csv", "region/roads.csv", "deployments/units.csv"])
@pytest.mark.parametrize("how", [resume, repair])
def test_what_it_is_played_on_cannot_be_played_again(copy: Path, name: str, how: Callable[[Path], object]) -> None:
    flipped(copy / name)
    with pytest.raises(UserError, match=rf"{name}': it is not what was written; the run's days belong"):
        how(copy)
    with pytest.raises(UserError, match=rf"{name}': it is not what was written"):
        read(copy).region if name.startswith("region") else read(copy).deployments()


def test_a_changed_program_does_not_go_on(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed_anew(copy, program="0" * 64)
    for how in (resume, repair):
        with pytest.raises(UserError, match="cannot go on, the program's source has been changed"):
            how(copy)
    assert compare(read(copy)).days == 6  # reading it is another matter


def test_one_process_at_a_time(copy: Path) -> None:
    with held(copy):
        for how in (resume, repair):
            with pytest.raises(UserError, match="another process is playing this run"):
                how(copy)
    assert resume(copy).replications == 6


def test_no_lock_is_left_where_there_is_no_run(tmp_path: Path) -> None:
    for how in (resume, repair):
        with pytest.raises(UserError, match="not the folder of a run"):
            how(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["tables", "tables/tasks", "samples"])
def test_nothing_is_written_outside_its_folder(copy: Path, tmp_path: Path, name: str) -> None:
    outside = tmp_path / "outside"
    (copy / name).rename(outside)
    (copy / name).symlink_to(outside)
    before = contents(outside)
    flipped(part(copy))
    with pytest.raises(UserError, match="a link that leads out of the run's folder"):
        repair(copy)
    after = contents(outside)
    assert set(after) == set(before)


@pytest.mark.parametrize("name", [".manifest.json.tmp", ".finished.jsonl.tmp", "finished.jsonl", "lock"])
def test_a_link_in_the_place_of_a_file_is_not_followed(copy: Path, tmp_path: Path, name: str) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes((copy / name).read_bytes() if (copy / name).exists() else b"")
    before = outside.read_bytes()
    (copy / name).unlink(missing_ok=True)
    (copy / name).symlink_to(outside)
    part(copy).unlink()
    with pytest.raises(UserError, match=r"a link that leads out|Too many levels of symbolic links"):
        repair(copy)
    assert outside.read_bytes() == before


def test_a_full_disk_is_said_and_the_run_goes_on_later(
    tmp_path: Path, whole: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A real one is filled in the slow tests; here the third file of the second batch finds no room."""
    replace, written_files = Path.replace, []

    def until_full(file: Path, target: Path) -> Path:
        if "part-000002" in file.name:
            written_files.append(file)
            if len(written_files) >= 3:
                raise OSError(28, "No space left on device")
        return replace(file, target)

    scenario = small_scenario(RIOT, f"run.output='{tmp_path}'", "run.replications=6", "run.batch=2", "run.workers=1")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", until_full)
        with pytest.raises(UserError, match=r"No space left on device\); stopped after 2 of 6 days, kept in .* resume"):
            execute(scenario)
    (folder,) = tmp_path.iterdir()
    assert not list(folder.rglob("*.tmp"))
    assert read(folder).finished == [0, 1]
    finished = contents(resume(folder).path)
    finished.pop("manifest.json")
    assert finished == {name: content for name, content in contents(whole.path).items() if name != "manifest.json"}


def test_memory_that_runs_out_is_said_and_the_run_goes_on_later(
    tmp_path: Path, whole: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    play = executing.play_batch

    def out_of_memory(s: Any, days: range) -> dict[str, bytes]:
        if days.start == 2:
            raise MemoryError
        return play(s, days)

    scenario = small_scenario(RIOT, f"run.output='{tmp_path}'", "run.replications=6", "run.batch=2", "run.workers=1")
    with monkeypatch.context() as patched:
        patched.setattr(executing, "play_batch", out_of_memory)
        with pytest.raises(UserError, match=r"memory ran out: fewer workers .*; stopped after 2 of 6 days, kept in"):
            execute(scenario)
    (folder,) = tmp_path.iterdir()
    assert resume(folder).table("incidents").equals(whole.table("incidents"))


@pytest.mark.parametrize(("address", "played_on"), [(None, ("local", None)), ("tcp://a:1", ("dask", "tcp://a:1"))])
def test_a_run_goes_on_where_its_user_says_and_not_where_its_folder_says(
    copy: Path, monkeypatch: pytest.MonkeyPatch, address: str | None, played_on: tuple[str, str | None]
) -> None:
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["scenario"]["run"] |= {"executor": "dask", "dask": {"address": "tcp://elsewhere:8786"}}
    sealed_anew(copy, scenario=manifest["scenario"], state="running", journal=None)
    (copy / "finished.jsonl").write_text("")
    seen = []

    def here(settings: Any, _: int) -> Here:
        seen.append((settings.executor, settings.dask.address))
        return Here()

    monkeypatch.setattr("sim.experiment.execute.executor_of", here)
    assert resume(copy, address=address).replications == 6
    assert seen == [played_on]
