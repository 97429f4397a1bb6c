"""The part of `simulate evacuate` that evacuates an area: what it prints, draws and refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from matplotlib.image import imread

from sim.cli.evacuate_area import evacuate_area_command
from sim.errors import UserError


def test_the_lowland_is_evacuated_told_and_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evacuate_area_command("flood_lowland", seed=2, closed=["LB Belimbing II - Dusun Baru@30"], out=tmp_path)
    said = " ".join(capsys.readouterr().out.split())
    assert "Flood in the eastern lowland, 5 km: 11,575 people in 8 villages" in said
    assert "the last is" in said
    assert "waiting for a bus" in said
    for name in ("evacuation_curve.png", "evacuation_map.png"):
        picture = imread(tmp_path / name)
        assert min(picture.shape[:2]) > 400
        assert picture[..., :3].std() > 0.05  # something is drawn


def test_mistakes_are_said_in_one_message() -> None:
    with pytest.raises(UserError, match="unknown plan 'flood'"):
        evacuate_area_command("flood")
    with pytest.raises(UserError, match="--closed"):
        evacuate_area_command("flood_lowland", closed=["Nowhere - Dusun Baru"])


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(UserError, match=r"taken: cannot be written \(File exists\)"):
        evacuate_area_command("flood_lowland", out=tmp_path / "taken")
    assert (tmp_path / "taken").read_text() == ""
