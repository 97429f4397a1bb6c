"""Packaged plans and scenarios in a region of one's own: those that fit are played, the others said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sim.config.compose import load
from sim.day.fitting import fitting, prepare_fitting, scenarios_without_places
from sim.errors import UserError
from sim.words.language import Language, spoken
from tests.conftest import SMALL_REGION


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small regency without its forward posts and attached units; 60 officers, 60 wardens."""
    own = Path(shutil.copytree(SMALL_REGION, tmp_path / "contoh"))
    bases = (own / "bases.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (own / "bases.csv").write_text("".join(line for line in bases if not line.startswith("POST-")), encoding="utf-8")
    forces(own, 60)
    return own


def forces(folder: Path, police: int, more: str = "") -> None:
    text = f"region: {{title: Contoh, forces: {{police: {police}, wardens: 60}}}}\n{more}"
    (folder / "region.yaml").write_text(text, encoding="utf-8")


def refused(folder: Path, *overrides: str, scenario: str = "calm_day") -> list[str]:
    with pytest.raises(UserError) as error:
        fitting(load(scenario, [f"region.path={folder}", *overrides]))
    return str(error.value).splitlines()


def test_a_scenario_in_the_packaged_region_is_left_as_it_is() -> None:
    scenario = load("riot_kecamatan3", [])
    assert fitting(scenario) is scenario


def test_of_the_default_list_those_that_fit_are_played_and_each_other_is_said_with_its_reason(folder: Path) -> None:
    world = prepare_fitting(load("calm_day", [f"region.path={folder}"]))
    assert list(world.responses) == ["even_spread"] == [one.name for one in world.scenario.strategies]
    left_out = [text for text in world.remarks if "is left out" in text]
    assert len(left_out) == 6
    assert (
        "strategy 'forward_reserve' does not fit Contoh and is left out: reserves[0].base: unknown base "
        "'POST-BANGMEGO' in Contoh"
    ) in left_out
    assert any("'minimum_pattern' does not fit" in text and "spends more than there is" in text for text in left_out)


def test_with_more_people_more_of_them_fit(folder: Path) -> None:
    forces(folder, 400)
    names = list(prepare_fitting(load("calm_day", [f"region.path={folder}"])).responses)
    assert {"minimum_pattern", "even_spread", "central_reserve", "dynamic_relocation"} <= set(names)
    assert "forward_reserve" not in names


def test_one_that_is_asked_for_is_refused_with_those_that_fit(folder: Path) -> None:
    lines = refused(folder, "strategy=forward_reserve")
    assert lines[0].startswith("strategy 'forward_reserve': reserves[0].base: unknown base 'POST-BANGMEGO' in Contoh")
    assert lines[-1] == "packaged strategies that fit Contoh: even_spread"


def test_where_none_fits_each_is_said_why(folder: Path) -> None:
    forces(folder, 3)
    lines = refused(folder)
    assert lines[0].startswith("no packaged strategy fits Contoh; write one of your own (docs/strategies.md)")
    assert len(lines) == 8
    assert refused(folder, "strategy=even_spread")[-1].startswith("no packaged strategy fits Contoh")


def test_what_is_wrong_in_the_regions_file_is_no_strategys_fault(folder: Path) -> None:
    unit = "{base: BRIMO, agency: army, teams: 1, size: 9, vehicle: truck, from_severity: red, request_delay: 0}"
    forces(folder, 60, f"response: {{attached: [{unit}]}}\n")
    (line,) = refused(folder, "strategy=even_spread")
    assert (
        line
        == "response.attached[0].base: unknown base 'BRIMO' in Contoh; did you mean 'Brimob'? 'simulate bases' lists all"
    )


def test_a_packaged_scenario_with_places_says_which_fit(folder: Path) -> None:
    lines = refused(folder, "strategy=even_spread", scenario="landslide_trunk")
    assert any("in Contoh" in line for line in lines[:-1])
    assert lines[-1].startswith("scenario 'landslide_trunk' names places of the packaged region; packaged scenarios")
    assert "calm_day" in lines[-1]


def test_the_scenarios_that_fit_name_no_place(folder: Path) -> None:
    names = scenarios_without_places()
    assert "calm_day" in names and "riot_kecamatan3" not in names and "landslide_trunk" not in names
    for name in names:
        fitting(load(name, [f"region.path={folder}", "strategy=even_spread"]))


def test_a_strategy_of_ones_own_that_does_not_fit_is_a_mistake_and_is_not_left_out(
    folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "strategy").mkdir()
    plan = (Path(__file__).parents[2] / "conf" / "strategy" / "forward_reserve.yaml").read_text(encoding="utf-8")
    (tmp_path / "strategy" / "ours.yaml").write_text(plan, encoding="utf-8")
    (tmp_path / "mine.yaml").write_text("title: Ours\nstrategies: [ours, even_spread]\n", encoding="utf-8")
    with pytest.raises(UserError, match="strategy 'ours': reserves"):
        fitting(load("mine", [f"region.path={folder}"], tmp_path))


def test_what_fits_is_the_same_in_either_language(folder: Path) -> None:
    """A plan is known to be unfit by the words with which its error begins."""
    with spoken(Language.INDONESIAN):
        world = prepare_fitting(load("calm_day", [f"region.path={folder}"]))
        said = " ".join(world.remarks)
    assert list(world.responses) == ["even_spread"]
    assert "'POST-BANGMEGO'" in said
    assert "simulate bases" not in said
