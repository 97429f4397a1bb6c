"""The house as a whole: files of a size to read. Who may import whom, ``lint-imports`` checks (pyproject.toml)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MOST_LINES = 400


@pytest.mark.parametrize("folder", ["sim", "tests", "benchmarks"])
def test_no_file_is_too_long_to_read(folder: str) -> None:
    files = list((ROOT / folder).rglob("*.py"))
    assert files
    lines = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in files}
    assert [(file, n) for file, n in lines.items() if n > MOST_LINES] == []


def test_no_room_and_no_file_of_it_is_a_drawer_for_everything() -> None:
    drawers = {"utils", "util", "helpers", "common", "misc", "tools", "base"}
    assert [file for file in (ROOT / "sim").rglob("*.py") if drawers & {*file.relative_to(ROOT).parts, file.stem}] == []


def test_one_file_alone_calls_the_solver_of_whole_numbers() -> None:
    calls = [file for file in (ROOT / "sim").rglob("*.py") if re.search(r"\bmilp\(", file.read_text(encoding="utf-8"))]
    assert calls == [ROOT / "sim" / "solver.py"]
