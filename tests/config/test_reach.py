"""A file of a scenario names nothing outside its own folder, links included; the command line may."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sim.config.compose import check_file, load
from sim.config.reach import Reach
from sim.errors import UserError
from tests.conftest import SMALL_REGION

SERVICE = "{distribution: empirical, file: FILE, column: seconds}"
STAGES = f"voting: {{stages: [{{name: a, servers: 1, service: {SERVICE}}}]}}\n"
TITLE = "title: x\nstrategies: [minimum_pattern]\n"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of a stranger's, beside a file of measured times and a region that are the user's own."""
    (tmp_path / "own").mkdir()
    (tmp_path / "times.csv").write_text("seconds\n30\n")
    (tmp_path / "own" / "times.csv").write_text("seconds\n40\n")
    shutil.copytree(SMALL_REGION, tmp_path / "region")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "own"


def scenario(own: Path, text: str) -> Path:
    file = own / "mine.yaml"
    file.write_text(TITLE + text)
    return file


def refused(file: Path) -> str:
    with pytest.raises(UserError) as caught:
        check_file(file)
    return str(caught.value)


@pytest.mark.parametrize(
    "name", ["../times.csv", "/tmp/times.csv", "sub/../../times.csv", "link.csv", "linked/times.csv"]
)
def test_measured_times_outside_the_folder_are_not_read(own: Path, name: str) -> None:
    (own / "link.csv").symlink_to("../times.csv")
    (own / "linked").symlink_to("..")
    message = refused(scenario(own, STAGES.replace("FILE", name)))
    assert message.startswith(f"{own / 'mine.yaml'}: voting.stages[0].service.file = '{name}': a scenario's files name")
    assert "leads out of" in message


@pytest.mark.parametrize("name", ["times.csv", "./times.csv", "there.csv"])
def test_measured_times_beside_the_scenario_are_read(own: Path, name: str) -> None:
    (own / "there.csv").symlink_to("times.csv")
    assert check_file(scenario(own, STAGES.replace("FILE", name))).voting.mean_minutes == (40 / 60,)


def test_a_voting_file_and_a_scenario_put_together_lead_nowhere_else(own: Path) -> None:
    (own / "voting").mkdir()
    (own / "voting" / "far.yaml").write_text(
        "defaults: [pilkada_2024, _self_]\npatience: {distribution: empirical, column: seconds, unit: minutes}\n"
    )
    file = scenario(own, "voting: {patience: {file: ../times.csv}}\n")
    file.write_text("defaults: [{override /voting: far}]\n" + file.read_text())
    assert "leads out of" in refused(file)


def test_who_types_a_path_may_mean_any_file(own: Path, tmp_path: Path) -> None:
    scenario(own, "")
    service = SERVICE.replace("FILE", f"'{tmp_path}/times.csv'")
    loaded = load("mine", [f"voting.stages.0.service={service}", f"region.path='{tmp_path}/region'"], own)
    assert loaded.voting.mean_minutes[0] == 0.5
    assert loaded.region.path == f"{tmp_path}/region"


def test_measured_times_in_the_regions_folder_are_read(own: Path, tmp_path: Path) -> None:
    (tmp_path / "region" / "times.csv").write_text("seconds\n60\n")
    scenario(own, STAGES.replace("FILE", str(tmp_path / "region" / "times.csv")))
    loaded = load("mine", [f"region.path='{tmp_path}/region'"], own)
    assert loaded.voting.mean_minutes == (1.0,)


@pytest.mark.parametrize("path", ["../region", "REGION", "link", "nowhere/../../region", "../../../../etc", "region"])
def test_a_region_outside_the_folder_is_refused(own: Path, tmp_path: Path, path: str) -> None:
    (own / "link").symlink_to(tmp_path / "region")
    message = refused(scenario(own, f"region: {{path: {path.replace('REGION', str(tmp_path / 'region'))}}}\n"))
    assert message.startswith(f"{own / 'mine.yaml'}: region.path = ") and "leads out of" in message
    assert "region.path=FOLDER on the command line" in message


def test_a_region_with_a_table_that_is_a_link_out_of_the_folder_is_refused(own: Path, tmp_path: Path) -> None:
    shutil.copytree(tmp_path / "region", own / "place")
    (own / "place" / "outline.geojson").symlink_to(tmp_path / "times.csv")
    assert "outline.geojson' leads out of" in refused(scenario(own, "region: {path: place}\n"))


def test_a_region_beside_the_scenario_is_found_from_wherever_the_program_is_started(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(tmp_path / "region", own / "place")
    for path, start in (("place", tmp_path), ("place", own), ("own/place", tmp_path)):
        monkeypatch.chdir(start)
        assert check_file(scenario(own, f"region: {{path: {path}}}\n")).region.path == str(own / "place")


def test_a_packaged_region_is_named_by_its_name() -> None:
    assert Reach().region_path("rejang_lebong") == "rejang_lebong"


@pytest.mark.parametrize("path", ["x" * 300, "a\\0b"])
def test_a_path_that_no_file_can_have_is_refused(own: Path, path: str) -> None:
    for text in (f'region: {{path: "{path}"}}\n', STAGES.replace("FILE", f'"{path}"')):
        said = refused(scenario(own, text))
        assert "no file can be called that" in said or "may not hold a control character" in said
