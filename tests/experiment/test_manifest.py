"""A run's manifest may be a stranger's: bounded, regular, and it leads nowhere outside the run's folder."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from sim.cli import call
from sim.errors import UserError
from sim.experiment.frames import FOLDERS
from sim.experiment.journal import Batch, journal_of, planned_batches, read_journal
from sim.experiment.manifest import settings_of, written
from sim.experiment.store import read
from tests.conftest import small_scenario


@pytest.fixture(scope="module")
def settings() -> dict[str, Any]:
    """What a run's manifest holds of its scenario: ten days."""
    return settings_of(small_scenario("run.replications=10", "run.batch=10"))


def run(folder: Path, content: bytes) -> Path:
    (folder / "manifest.json").write_bytes(content)
    return folder


def manifest(settings: dict[str, Any], **changes: Any) -> bytes:
    plain = {
        "siaga": "1",
        "program": "",
        "libraries": {},
        "command": "",
        "inputs": {},
        "state": "running",
        "journal": None,
    }
    return written({**plain, "scenario": settings, **changes})


def refused(folder: Path) -> str:
    with pytest.raises(UserError) as caught:
        read(folder)
    return str(caught.value)


@pytest.mark.parametrize("command", ["report", "resume", "compare"])
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"[" * 100_000 + b"]" * 100_000, "too deep inside each other"),
        (b'{"a":' * 100_000, "too deep inside each other"),
        (b"5", "not the manifest of a run"),
        (b"[]", "not the manifest of a run"),
        (b"", "cannot be read"),
        (b"9" * 5_000, "cannot be read"),
        (b"\xff\xfe", "it is not UTF-8 text"),
    ],
    ids=["lists", "mappings", "number", "list", "empty", "digits", "not text"],
)
def test_a_manifest_that_is_none_is_one_message_and_code_2(
    tmp_path: Path, command: str, content: bytes, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call([command, str(run(tmp_path, content))]) == 2
    said = capsys.readouterr()
    assert says in said.err and said.out == "" and len(said.err) < 500
    assert [file.name for file in tmp_path.iterdir()] == ["manifest.json"], "nothing written"


def test_a_manifest_that_never_ends_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "manifest.json"
    os.mkfifo(file)
    assert "it is not a regular file" in refused(tmp_path)
    file.unlink()
    file.symlink_to("/dev/zero")
    assert "manifest.json" in refused(tmp_path)
    file.unlink()
    with file.open("wb") as stream:
        stream.truncate(10**11)
    assert "it has more than 67,108,864 bytes" in refused(tmp_path)


@pytest.mark.parametrize(
    "days",
    [[0, 10**12], [-5, 5], [0, 11], [5, 5], [5, 3], [0, 5], [0], [0, 10, 20], ["0", "10"], [0.0, 10.0]],
    ids=str,
)
def test_batches_are_those_of_the_run(tmp_path: Path, settings: dict[str, Any], days: list[Any]) -> None:
    line = json.dumps({"days": days, "files": dict.fromkeys(FOLDERS, "0")}).encode()
    assert read_journal(line + b"\n", planned_batches(10, 10)) == ([], [1])
    (tmp_path / "finished.jsonl").write_bytes(line + b"\n")
    assert "finished.jsonl': line 1 is damaged" in refused(run(tmp_path, manifest(settings)))


def test_a_batch_counts_once_in_any_order() -> None:
    batches = [Batch(range(6, 10), dict.fromkeys(FOLDERS, "0")), Batch(range(0, 3), dict.fromkeys(FOLDERS, "0"))]
    planned = [range(0, 3), range(3, 6), range(6, 10)]
    assert read_journal(journal_of(batches), planned) == (batches, [])
    assert read_journal(journal_of([*batches, *batches]), planned) == (batches, [3, 4])


def test_measured_times_that_only_a_file_holds_are_not_read(tmp_path: Path, settings: dict[str, Any]) -> None:
    (tmp_path / "times.csv").write_text("seconds\n30\n")
    law = {"distribution": "empirical", "file": str(tmp_path / "times.csv"), "column": "seconds"}
    voting = {**settings["voting"], "patience": law}
    folder = tmp_path / "run"
    folder.mkdir()
    message = refused(run(folder, manifest({**settings, "voting": voting})))
    assert "a stored run holds its measured numbers itself, as values; no other file is read" in message
    voting["patience"] = {**law, "values": [30]}
    assert read(run(folder, manifest({**settings, "voting": voting}))).scenario.voting.patience is not None


def test_the_region_that_a_manifest_names_is_not_looked_for(tmp_path: Path, settings: dict[str, Any]) -> None:
    region = {**settings["region"], "path": "/nowhere/secret"}
    opened = read(run(tmp_path, manifest({**settings, "region": region})))
    assert opened.own_scenario.region.path == str(tmp_path / "region")
    with pytest.raises(UserError, match=str(tmp_path / "region")):
        opened.region.districts  # noqa: B018


@pytest.mark.parametrize("name", ["region", "figures", "report.html", "region/districts.csv", "tables/incidents"])
def test_a_link_that_leads_out_of_the_runs_folder_is_not_followed(
    tmp_path: Path, settings: dict[str, Any], name: str
) -> None:
    folder = tmp_path / "run"
    (folder / name).parent.mkdir(parents=True)
    (folder / name).symlink_to(tmp_path)
    assert refused(run(folder, manifest(settings))) == (
        f"'{folder / name}': a link that leads out of the run's folder is not followed"
    )
