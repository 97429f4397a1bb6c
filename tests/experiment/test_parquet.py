"""Tables as Parquet: they come back as they were, and what cannot be written or read is the user's matter, and named."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd
import pytest

from sim.errors import UserError
from sim.experiment.parquet import parquet_bytes, query, read_parquet

FRAME = pd.DataFrame({"a": [1, 2, 3], "b": ["x", "y", None]})


def kept(folder: Path, *names: str) -> list[Path]:
    """Write the frame into files of these names."""
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).write_bytes(parquet_bytes({"any": FRAME})["any"])
    return [folder / name for name in names]


def test_tables_come_back_as_they_were_one_after_another(tmp_path: Path) -> None:
    back = read_parquet(kept(tmp_path / "it's", "a.parquet", "b.parquet"))
    assert back["a"].tolist() == [1, 2, 3, 1, 2, 3]
    assert back["b"].tolist()[:2] == ["x", "y"] and back["b"].isna().tolist() == [False, False, True] * 2


def test_a_question_is_answered_from_all_files(tmp_path: Path) -> None:
    files = kept(tmp_path / "run", "a.parquet", "b.parquet")
    found = query(files, "SELECT sum(a) AS total FROM read_parquet($files) WHERE a >= $least", least=2)
    assert found["total"].tolist() == [10]


def test_the_same_rows_are_the_same_bytes_also_beside_others() -> None:
    alone = parquet_bytes({"one": FRAME})["one"]
    assert parquet_bytes({"other": FRAME.head(1), "one": FRAME.copy()})["one"] == alone


def test_a_folder_for_temporary_files_with_a_quote_in_its_name_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "it's").mkdir()
    alone = parquet_bytes({"one": FRAME})["one"]
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "it's"))
    assert parquet_bytes({"one": FRAME})["one"] == alone
    assert list((tmp_path / "it's").iterdir()) == []


def test_a_folder_for_temporary_files_that_is_not_there_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    with pytest.raises(UserError, match=r"temporary files cannot be written .*missing"):
        parquet_bytes({"one": FRAME})


def test_a_part_that_is_missing_or_spoiled_is_named(tmp_path: Path) -> None:
    (file,) = kept(tmp_path / "run", "a.parquet")
    file.write_bytes(b"something else")
    with pytest.raises(UserError, match=r"run': a part cannot be read"):
        read_parquet([file])
    file.unlink()
    with pytest.raises(UserError, match=r"a\.parquet': the run counts this part as finished, but it is missing"):
        read_parquet([file])
