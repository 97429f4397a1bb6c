"""A pack that is written again never replaces what somebody has edited."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import UserError
from sim.experiment.unedited import MADE, write_unless_edited

FIRST = {"control/list.xlsx": b"list", "players/page.html": b"page"}
SECOND = {"control/list.xlsx": b"another list", "players/page.html": b"page"}


def test_what_was_made_and_not_touched_is_written_again(tmp_path: Path) -> None:
    assert write_unless_edited(tmp_path / "pack", FIRST) == [tmp_path / "pack" / name for name in FIRST]
    for files in (SECOND, FIRST, FIRST):
        write_unless_edited(tmp_path / "pack", files)
        assert {name: (tmp_path / "pack" / name).read_bytes() for name in files} == files


def test_one_file_that_was_edited_stops_all(tmp_path: Path) -> None:
    write_unless_edited(tmp_path, FIRST)
    (tmp_path / "players" / "page.html").write_bytes(b"page, with notes")
    with pytest.raises(UserError, match=r"players/page\.html': it was edited after it was made, .*--out"):
        write_unless_edited(tmp_path, SECOND)
    assert (tmp_path / "control" / "list.xlsx").read_bytes() == b"list"
    assert (tmp_path / "players" / "page.html").read_bytes() == b"page, with notes"
    (tmp_path / "players" / "page.html").unlink()
    write_unless_edited(tmp_path, SECOND)
    assert (tmp_path / "control" / "list.xlsx").read_bytes() == b"another list"


def test_a_file_that_was_never_made_here_is_somebody_elses(tmp_path: Path) -> None:
    (tmp_path / "control").mkdir()
    (tmp_path / "control" / "list.xlsx").write_bytes(b"my own")
    with pytest.raises(UserError, match="is not written over"):
        write_unless_edited(tmp_path, FIRST)
    assert [f.name for f in tmp_path.rglob("*") if f.is_file()] == ["list.xlsx"]


@pytest.mark.parametrize("written", [0, 1, 2])
def test_killed_while_writing_nothing_seems_edited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    write_unless_edited(tmp_path, FIRST)
    replace, count = Path.replace, []

    def until_killed(file: Path, target: Path) -> Path:
        count.append(file)
        if len(count) > 1 + written:
            raise KeyboardInterrupt
        return replace(file, target)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Path, "replace", until_killed)
        write_unless_edited(tmp_path, SECOND)
    write_unless_edited(tmp_path, SECOND)
    assert {name: (tmp_path / name).read_bytes() for name in SECOND} == SECOND


@pytest.mark.parametrize("content", ["{", "[]", '{"a": 5}'])
def test_a_spoiled_note_is_said(tmp_path: Path, content: str) -> None:
    (tmp_path / MADE).write_text(content)
    with pytest.raises(UserError, match=r"made\.json: cannot be read"):
        write_unless_edited(tmp_path, FIRST)
