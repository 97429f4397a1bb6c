"""What docs/own.md says works: its commands are typed in their order, and what it shows is what they print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from sim.cli import call

PAGE = (Path(__file__).parents[1] / "docs" / "own.md").read_text(encoding="utf-8")
TYPED = re.findall(r"^\$ simulate (.+)\n((?:(?!\$|```).*\n)*)", PAGE, re.M)


def test_its_commands_do_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert len(TYPED) == 12 and sum(bool(shown) for _, shown in TYPED) == 6
    for line, shown in TYPED:
        assert call(shlex.split(line)) == 0, line
        out, err = capsys.readouterr()
        assert err == ""
        assert set(map(str.rstrip, shown.splitlines())) <= set(map(str.rstrip, out.splitlines())), line
