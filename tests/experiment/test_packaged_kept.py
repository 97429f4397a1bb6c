"""A run holds the packaged scenario of its name as it was: an edit of the packaged files changes nothing told of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sim.config import choices, loader, own_kinds
from sim.config.compose import load
from sim.config.packaged import CONF, SCENARIOS
from sim.experiment.execute import execute
from sim.experiment.manifest import manifest_of
from sim.experiment.store import Run, read
from sim.inference.between import between
from sim.inference.compare import compare
from sim.report.between_page import html
from sim.report.brief.departures import departures
from sim.report.write import write
from tests.conftest import SMALL, small_scenario

SIZE = ("run.replications=2", "run.workers=1", "run.resamples=100", "run.bound_days=0")
Edit = Callable[[str, str, str], None]


@pytest.fixture
def edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edit:
    """Packaged files that are a copy; what edits one of them: its path, a text in it, and what takes its place."""
    conf, scenarios = tmp_path / "packaged" / "conf", tmp_path / "packaged" / "scenarios"
    shutil.copytree(CONF, conf)
    shutil.copytree(SCENARIOS, scenarios)
    for module in (choices, loader, own_kinds):
        monkeypatch.setattr(module, "CONF", conf)
    for module in (choices, loader):
        monkeypatch.setattr(module, "SCENARIOS", scenarios)

    def edited(name: str, old: str, new: str) -> None:
        file = tmp_path / "packaged" / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edited


def played(folder: Path, scenario: str, *overrides: str) -> Run:
    more = ("strategy=even_spread", "region.forces.police=260", "incidents=[]", *SIZE, *overrides)
    return execute(load(scenario, [*SMALL, *more]), out=folder, command="simulate test")


def test_an_old_runs_report_does_not_change_when_the_packaged_settings_do(tmp_path: Path, edit: Edit) -> None:
    run = played(tmp_path / "runs", "calm_day")
    before, told = write(run, compare(run)).read_bytes(), departures(run.manifest)
    now = load("calm_day")
    edit("scenarios/calm_day.yaml", "incidents: []", "incidents: []\nresponse: {standard_minutes: 77}")
    edit("conf/strategy/minimum_pattern.yaml", "escort: pair_each_village", "escort: convoy_by_district")
    assert load("calm_day").response.standard_minutes == 77 != now.response.standard_minutes
    again = read(run.path)
    assert departures(again.manifest) == told
    assert write(again, compare(again)).read_bytes() == before
    (tmp_path / "packaged" / "scenarios" / "calm_day.yaml").unlink()
    assert write(again, compare(again)).read_bytes() == before


def test_runs_are_compared_as_before_when_the_packaged_settings_change(tmp_path: Path, edit: Edit) -> None:
    edit("scenarios/late_opening.yaml", "title:", "response: {standard_minutes: 12}\ntitle:")
    runs = [played(tmp_path / "runs", name, "troubles=[]", "conditions=[]") for name in ("calm_day", "late_opening")]
    edit("scenarios/late_opening.yaml", "standard_minutes: 12", "standard_minutes: 15")
    after = between([read(run.path) for run in runs])
    assert after.names == ["scenario=calm_day", "scenario=late_opening"], "the standard is that scenario's own"
    edit("scenarios/late_opening.yaml", "standard_minutes: 15", "standard_minutes: 12")
    assert html(between([read(run.path) for run in runs])) == html(after)


def test_of_a_run_that_does_not_hold_them_nothing_is_said_that_may_be_wrong(tmp_path: Path, edit: Edit) -> None:
    edit("scenarios/late_opening.yaml", "title:", "response: {standard_minutes: 12}\ntitle:")
    runs = [played(tmp_path / "runs", name, "troubles=[]", "conditions=[]") for name in ("calm_day", "late_opening")]
    for run in runs:
        del run.manifest["packaged"]
        run.save()
    old = [read(run.path) for run in runs]
    assert departures(old[0].manifest) == ["not known: the run does not hold what was packaged when it was begun"]
    assert between(old).differs["setting"].tolist() == ["scenario", "response.standard_minutes"]


def test_a_packaged_scenario_that_is_broken_is_in_nobodys_way(edit: Edit) -> None:
    scenario = small_scenario()
    edit("scenarios/calm_day.yaml", "incidents: []", "incidents: 5")
    made: dict[str, Any] = manifest_of(scenario, "simulate test")
    assert "packaged" not in made and departures(made)[0].startswith("not known")


def test_what_a_run_is_called_does_not_depend_on_what_is_packaged(tmp_path: Path, edit: Edit) -> None:
    before = played(tmp_path, "calm_day")
    edit("conf/strategy/minimum_pattern.yaml", "escort: pair_each_village", "escort: convoy_by_district")
    after = played(tmp_path, "calm_day")
    assert after.path.name == f"{before.path.name}-2"
    assert before.manifest["packaged"] != after.manifest["packaged"]
