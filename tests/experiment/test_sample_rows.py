"""Samples read at once are those read one at a time, row by row; a file that is written anew is read anew."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.experiment import sample_rows
from sim.experiment.parquet import parquet_bytes
from sim.experiment.sample_rows import rows_of

PLANS = ["b", "a"]


def stored(file: Path, keys: list[float]) -> Path:
    rows = [
        {"sample": sample, "strategy": plan, "label": "", "day": i, "key": key, "above": 1.0, "below": 0.0}
        for i, key in enumerate(keys)
        for sample in ("wait", "arrival")
        for plan in PLANS
    ]
    file.write_bytes(parquet_bytes({"whole": pd.DataFrame(rows)})["whole"])
    return file


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return [stored(tmp_path / "one.parquet", [3.0, 1.0]), stored(tmp_path / "two.parquet", [2.0])]


@pytest.mark.parametrize("sample", ["wait", "arrival", "none"])
def test_all_at_once_or_one_at_a_time_are_the_same_rows(
    files: list[Path], sample: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = rows_of(files, sample, PLANS, [""])
    sample_rows._together.cache_clear()
    monkeypatch.setattr(sample_rows, "MOST_AT_ONCE", 0)
    alone = rows_of(files, sample, PLANS, [""])
    assert list(at_once) == list(alone) == ["strategy", "label", "day", "key", "above", "below"]
    for name, column in at_once.items():
        np.testing.assert_array_equal(column, alone[name])
    assert at_once["key"].tolist() == ([] if sample == "none" else [3.0, 3.0, 1.0, 1.0, 2.0, 2.0])


def test_a_file_that_is_written_anew_is_read_anew(files: list[Path]) -> None:
    assert rows_of(files, "wait", PLANS, [""])["key"].max() == 3.0
    stored(files[1], [9.0])
    os.utime(files[1], ns=(1, 1))
    assert rows_of(files, "wait", PLANS, [""])["key"].max() == 9.0
