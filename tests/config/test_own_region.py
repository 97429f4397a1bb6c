"""What belongs to a region stands in its folder; nothing of the packaged region is in the defaults of another."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml

from sim.cli import call
from sim.config.compose import composed, composed_yaml, load
from sim.config.own_region import speeds
from sim.config.packaged import CONF, REGIONS
from sim.errors import UserError
from tests.conftest import SMALL_REGION

FORCES = "region: {forces: {police: 60, wardens: 48}}\n"
PACKAGED = yaml.safe_load((CONF / "region" / "rejang_lebong.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A region's folder without a ``region.yaml``."""
    own = Path(shutil.copytree(SMALL_REGION, tmp_path / "contoh"))
    (own / "region.yaml").unlink()
    return own


def own(folder: Path, text: str = FORCES) -> list[str]:
    (folder / "region.yaml").write_text(text, encoding="utf-8")
    return [f"region.path={folder}", "strategy=even_spread"]


def test_a_region_that_says_only_its_forces_has_nothing_of_the_packaged_one(folder: Path) -> None:
    scenario = load("calm_day", own(folder))
    assert scenario.region.title == "contoh"
    assert (scenario.region.forces.police, scenario.region.forces.wardens) == (60, 48)
    assert scenario.response.attached == () and scenario.response.standing_guards.places == ()
    assert scenario.evacuation.care.ambulances == () and scenario.evacuation.care.facilities == ()
    assert (scenario.region.derive.very_vulnerable, scenario.region.derive.vulnerable) == (0, 0)
    settings = json.dumps(scenario.model_dump(mode="json"))
    for word in ("Rejang", "rejang", "BRIMOB", "BPBD", "RSUD", "PKM-", "20241127", "18:10", "238", "890"):
        assert word not in settings.replace('"seed": 20241127', "")  # that of the days, which is no region's


def test_without_a_file_one_message_says_that_the_forces_are_missing_and_what_makes_the_file(folder: Path) -> None:
    with pytest.raises(UserError) as refused:
        load("calm_day", [f"region.path={folder}"])
    message = str(refused.value)
    assert message.startswith(f"{folder}: there is no region.yaml, and region.forces.police and region.forces.wardens")
    assert "simulate region new" in message and "\n" not in message


def test_forces_on_the_command_line_are_enough(folder: Path) -> None:
    typed = [f"region.path={folder}", "region.forces.police=60", "region.forces.wardens=48", "strategy=even_spread"]
    assert load("calm_day", typed).region.forces.police == 60


def test_half_of_the_forces_is_not_enough(folder: Path) -> None:
    with pytest.raises(UserError, match=r"region\.yaml: region\.forces\.wardens is missing"):
        load("calm_day", own(folder, "region: {forces: {police: 60}}\n"))


@pytest.mark.parametrize(
    ("taken", "said"),
    [
        ("region.forces=null", "region.forces = null: a mapping of settings is needed"),
        ("region.forces.wardens=null", "region.forces.wardens = null: a whole number is needed"),
    ],
)
def test_who_takes_away_what_the_file_says_is_blamed_and_not_the_file(folder: Path, taken: str, said: str) -> None:
    with pytest.raises(UserError) as refused:
        load("calm_day", [*own(folder), taken])
    assert str(refused.value) == f"override '{taken}': {said}"
    scenarios = folder.parent
    (scenarios / "mine.yaml").write_text("title: Mine\nregion: {path: contoh, forces: null}\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"mine\.yaml: region\.forces = null: a mapping of settings is needed"):
        load("mine", folder=scenarios)


def test_what_the_file_does_not_say_is_missing_there_whoever_takes_away_the_rest(folder: Path) -> None:
    with pytest.raises(UserError, match=r"region\.yaml: region\.forces\.wardens is missing"):
        load("calm_day", [*own(folder, "region: {forces: {police: 60}}\n"), "region.forces.police=null"])


def test_what_the_file_says_is_taken_and_overrides_go_before_it(folder: Path) -> None:
    text = FORCES + (
        'response: {night: {from_time: "19:00"}, attached: [{base: BPBD, agency: disaster, teams: 1, size: 5,'
        " vehicle: truck, from_severity: green, request_delay: 0}]}\n"
        "evacuation: {care: {ambulances: [{base: PSC-119, count: 1, vehicle: ambulance}]}}\n"
    )
    scenario = load("calm_day", [*own(folder, text), "region.speed_kmh.town=17", "response.attached.0.size=6"])
    assert scenario.response.night.from_time == 19 * 60 and scenario.response.night.to_time == 6 * 60
    assert [(a.base, a.size) for a in scenario.response.attached] == [("BPBD", 6)]
    assert [a.base for a in scenario.evacuation.care.ambulances] == ["PSC-119"]
    assert scenario.region.speed_kmh.town == 17


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("region: {titel: x}", "unknown setting 'region.titel': it does not belong to a region; did you mean 'title'?"),
        ("response: {posko: {desks: 9}}", "unknown setting 'response.posko': it does not belong to a region"),
        ("run: {seed: 1}", "unknown setting 'run': it does not belong to a region"),
        ("region: {path: elsewhere}", "region.path: the tables are those beside this file; leave it out"),
        ("evacuation: {care: 3}", "evacuation.care = 3: a mapping of settings is needed"),
        ("evacuation: {care: {ambulances: [{base: RSUD, count: 1, vehicle: ambulance, bed: 1}]}}", "unknown setting '"),
        ("response: {attached: [{base: RSUD}]}", "'response.attached[0].agency' is missing"),
        ("response: {night: {from_time: 1080}}", "response.night.from_time = 1080"),
        ("response: ${oc.env:HOME}", "is not allowed; interpolations"),
        ("region: {title: '=1+1'}", "region.title = '=1+1': may not begin with '='"),
    ],
)
def test_what_is_wrong_in_the_file_is_said_with_its_name(folder: Path, more: str, says: str) -> None:
    text = more if more.startswith("region") else FORCES + more
    settings = own(folder, text.replace("region: {title", "region: {forces: {police: 1, wardens: 1}, title"))
    with pytest.raises(UserError) as refused:
        load("calm_day", settings)
    first = str(refused.value).splitlines()[0]
    assert first.startswith(f"{folder / 'region.yaml'}: ") and says in first


def test_a_file_of_the_group_region_goes_before_the_file_in_the_folder(folder: Path, tmp_path: Path) -> None:
    own(folder, FORCES + "response: {night: {from_time: '19:00'}}\n")
    (tmp_path / "region").mkdir()
    mine = tmp_path / "region" / "mine.yaml"
    for text in ("path: contoh\ntitle: Ours\n", "region: {path: contoh, title: Ours}\n"):
        mine.write_text(text, encoding="utf-8")
        scenario = load("calm_day", ["region=mine", "strategy=even_spread"], tmp_path)
        assert scenario.region.title == "Ours" and scenario.region.forces.police == 60
        assert scenario.response.night.from_time == 19 * 60 and scenario.response.attached == ()
    mine.write_text("region: {path: contoh}\nrun: {seed: 3}\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"mine\.yaml: unknown setting 'run': it does not belong to a region"):
        load("calm_day", ["region=mine"], tmp_path)


def test_the_packaged_region_sets_what_belongs_to_it_and_the_groups_say_nothing_of_it() -> None:
    data = composed([]).data
    assert data["region"] == PACKAGED["region"]
    assert data["response"]["attached"] == PACKAGED["response"]["attached"]
    assert data["evacuation"]["care"]["facilities"] == PACKAGED["evacuation"]["care"]["facilities"]
    codes = {line.partition(",")[0] for line in (REGIONS / "rejang_lebong" / "bases.csv").read_text().splitlines()[1:]}
    for group in ("response", "evacuation", "voting", "disturbance", "run", "weather"):
        for file in (CONF / group).glob("*.yaml"):
            words = set(file.read_text(encoding="utf-8").replace(",", " ").replace("}", " ").split())
            assert not words & codes, file
    assert not any(code in (CONF / "own_region.yaml").read_text(encoding="utf-8") for code in codes)


def test_groups_are_shown_in_their_usual_order(folder: Path) -> None:
    for overrides in ([], own(folder)):
        keys = [line.partition(":")[0] for line in composed_yaml(overrides).splitlines() if line[:1].isalpha()]
        groups = ["region", "voting", "disturbance", "response", "evacuation", "weather", "run"]
        assert [key for key in keys if key in groups] == groups


def test_a_units_override_of_the_packaged_region_is_blamed_on_the_command_line() -> None:
    with pytest.raises(UserError, match=r"override 'response\.attached\.0\.teams=0'"):
        load("calm_day", ["response.attached.0.teams=0"])


def test_the_file_is_checked_with_its_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own(folder)
    for path in (folder, folder / "region.yaml"):
        assert call(["check", str(path)]) == 0
        assert "fine. contoh; 3 districts" in capsys.readouterr().out


def test_speeds_are_those_of_the_region_before_anything_else_is_there(tmp_path: Path) -> None:
    basic = yaml.safe_load((CONF / "own_region.yaml").read_text(encoding="utf-8"))["region"]["speed_kmh"]
    assert speeds(str(tmp_path)).model_dump() == speeds(str(tmp_path / "nowhere")).model_dump() == basic
    (tmp_path / "region.yaml").write_text("region: {speed_kmh: {hill: 12}}\n", encoding="utf-8")
    assert speeds(str(tmp_path)).model_dump() == {**basic, "hill": 12}
    (tmp_path / "region.yaml").write_text("region: {speed_kmh: {hill: 0}}\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"region\.yaml: region\.speed_kmh\.hill: "):
        speeds(str(tmp_path))


def test_the_rest_of_a_half_right_scenario_has_nothing_of_the_packaged_region(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own(folder, FORCES + "response: {attached: 3}\n")
    text = "title: Ours\nregion: {path: contoh}\nstrategies: [even_spread]\nincidents:\n  - {kind: riot, onset: '09:00', place: Nowhere}\n"
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    assert call(["check", str(tmp_path / "mine.yaml")]) == 2
    err = capsys.readouterr().err
    assert "region.yaml: response.attached = 3: a list is needed" in err and "unknown place 'Nowhere' in contoh" in err
    assert "BRIMOB" not in err and "RSUD" not in err


def test_the_folder_of_the_packaged_region_is_the_packaged_region() -> None:
    scenario = load("calm_day", [f"region.path={REGIONS / 'rejang_lebong'}"])
    assert scenario.region.forces.police == 238 and len(scenario.response.attached) == 4
