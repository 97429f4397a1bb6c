"""Tables on disk: what cannot be written or read is the user's matter, and named."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sim.errors import UserError
from sim.experiment.parquet import read_parquet, write_parquet


def test_a_table_comes_back_as_it_was_also_from_a_folder_with_a_quote_in_its_name(tmp_path: Path) -> None:
    frame = pd.DataFrame({"a": [1, 2, 3], "b": ["x", "y", None]})
    write_parquet(frame, tmp_path / "it's" / "a.parquet")
    write_parquet(frame, tmp_path / "it's" / "b.parquet")
    back = read_parquet([tmp_path / "it's" / "a.parquet", tmp_path / "it's" / "b.parquet"])
    assert back["a"].tolist() == [1, 2, 3, 1, 2, 3]
    assert sorted(file.name for file in (tmp_path / "it's").iterdir()) == ["a.parquet", "b.parquet"]


def test_a_table_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("a file where a folder is needed")
    with pytest.raises(UserError, match=r"runs/a\.parquet': cannot be written"):
        write_parquet(pd.DataFrame({"a": [1]}), tmp_path / "runs" / "a.parquet")
