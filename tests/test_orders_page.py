"""What docs/orders.md says works: its commands are typed, and write the files that it names."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from sim.cli import call

PAGE = (Path(__file__).parents[1] / "docs" / "orders.md").read_text(encoding="utf-8")
TYPED = re.findall(r"^\$ simulate (.+)$", PAGE, re.M)


def test_its_commands_write_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert len(TYPED) == 3
    for line in TYPED:
        words = [str(next(Path().glob(word), word)) for word in shlex.split(line)]  # as a shell does it
        assert call(words) == 0
        assert capsys.readouterr().err == ""
    (run,) = Path("runs").iterdir()
    made = {"orders": run / "orders" / "forward_reserve", "sheets": Path("sheets") / "central_reserve"}
    for stem in made.values():
        assert stem.with_suffix(".xlsx").is_file() and stem.with_suffix(".html").is_file()
