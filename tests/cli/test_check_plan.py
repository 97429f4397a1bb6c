"""``simulate check`` judges a plan to evacuate an area, told by its folder or by its settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.config.packaged import CONF
from tests.cli.test_check import Said, checked, own

RING = (CONF / "evacuation_plan" / "kaba_ring.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["evacuation_plan/mine.yaml", "mine.yaml"])
def test_a_plan_says_whom_it_moves_and_with_what(tmp_path: Path, name: str, capsys: Said) -> None:
    file = own(tmp_path, name, RING)
    code, out, err = checked(file, capsys)
    assert (code, err) == (0, [])
    assert out == (
        f"{file}: fine. Bukit Kaba, 8 km, all villages at once; checked in Rejang Lebong.\n"
        "  38,978 people in 19 villages; 6 shelters for 41,000\n"
        "  24 buses; 6 posts for 16 officers\n"
    )


def test_wrong_settings_and_unknown_places_of_a_plan_are_said_with_its_file(tmp_path: Path, capsys: Said) -> None:
    file = own(tmp_path, "evacuation_plan/mine.yaml", RING.replace("walk_km_per_h: 4", "walk_km_per_h: -4"))
    code, _, err = checked(file, capsys)
    assert code == 2 and err == [f"Error: {file}: walk_km_per_h = -4: must be more than 0"]
    own(tmp_path, "evacuation_plan/mine.yaml", RING.replace("place: Sambirejo", "place: Sambireja"))
    code, _, err = checked(file, capsys)
    assert code == 2 and err[0].startswith(f"Error: {file}: posts[0].place: unknown place 'Sambireja'")


def test_what_is_odd_about_a_plan_is_a_warning(tmp_path: Path, capsys: Said) -> None:
    code, _, err = checked(
        own(tmp_path, "evacuation_plan/mine.yaml", RING.replace("places: 12000", "places: 12")), capsys
    )
    assert code == 0 and any("will be without a place" in line for line in err)
