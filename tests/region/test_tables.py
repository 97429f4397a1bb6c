"""Tables with gaps: what may be left out is, what may not is said with its file, row and column."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sim.config.compose import load
from sim.errors import UserError
from sim.region.load import load_region
from tests.conftest import SMALL, SMALL_REGION


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL_REGION, tmp_path / "region"))


def region(folder: Path | str):
    overrides = [*SMALL, "strategy=even_spread", f"region.path={folder}"]
    return load_region(load("calm_day", overrides).region)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("villages.csv", ",Air Jernih,", ",,", "row 3, column 'name': is empty"),
        ("roads.csv", "T3.1,T3.2,5.4,hill", "T3.1,T3.2", "the row is too short"),
        ("roads.csv", "T3.1,T3.2,5.4,hill", "T3.2,T3.2,5.4,hill", "a road joins two different places, once"),
        (
            "roads.csv",
            "T3.1,T3.2,5.4,hill",
            "T3.1,T3.2,5.4,hill\nT3.2,T3.1,5.4,hill",
            "a road joins two different places, once",
        ),
    ],
)
def test_a_row_with_a_gap_or_written_twice_is_said(folder: Path, file: str, old: str, new: str, says: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        region(folder)
    assert says in str(caught.value)
    assert file in str(caught.value)


def test_a_region_that_is_not_there_offers_the_nearest_packaged_one() -> None:
    with pytest.raises(UserError, match=r"'rejang_lebon' is neither a folder.*did you mean 'rejang_lebong'"):
        region("rejang_lebon")


def test_borders_may_be_left_out(folder: Path) -> None:
    (folder / "borders.csv").unlink()
    assert region(folder).borders == frozenset()
