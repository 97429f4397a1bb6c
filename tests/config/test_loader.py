"""Compositions side by side, and a strategy composed from what differs: the same as composing everything."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sim.config import compose
from sim.config.compose import choices, composed_yaml, load
from sim.config.own_kinds import read_kinds
from sim.config.titles import scenario_names

SETS = [
    [],
    ["scenario=calm_day", "weather=heavy_rain", "strategy.dispatch.guards_within_minutes=2", "run.seed=5"],
    ["strategy.guards.wardens_per_station=3", "+strategy.note=x", "~strategy.patrols", "voting=precinct_scanner"],
    ["scenario=mine", "strategy.guards.low.police=4", "strategy.title=Other", "strategy.reserves=[]"],
    ["scenario=mine", "strategy.guards={rule: risk_weighted, officers: 3}", "strategy.guards.officers=4"],
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Scenarios of one's own, with a strategy that builds on a packaged one."""
    (tmp_path / "mine.yaml").write_text(
        "defaults: [override /strategy: mine]\n"
        "title: x\nstrategy: {dispatch: {guards_within_minutes: 3}, guards: {low: {wardens: 9}}}\nvoting: {restart_minutes: 5}\n"
    )
    (tmp_path / "strategy").mkdir()
    (tmp_path / "strategy" / "mine.yaml").write_text("defaults: [even_spread, _self_]\ntitle: Mine\npatrols: []\n")
    return tmp_path


@pytest.mark.parametrize("overrides", SETS)
def test_a_strategy_is_what_it_is_in_a_whole_that_chooses_it(folder: Path, overrides: list[str]) -> None:
    with compose._composing(overrides, folder, read_kinds(folder)) as composition:
        alone = {name: composition.strategy(name) for name in choices("strategy", folder)}
    assert len(alone) == 8
    for name, strategy in alone.items():
        with compose._composing([*overrides, f"strategy={name}"], folder, read_kinds(folder)) as composition:
            whole = composition.whole()["strategy"]
        assert strategy == whole
        assert list(strategy) == list(whole), "printed in the same order"


@pytest.mark.parametrize("overrides", SETS)
def test_a_group_is_what_the_whole_has_under_it(folder: Path, overrides: list[str]) -> None:
    with compose._composing([*overrides, "region.speed_kmh.town=11"], folder, read_kinds(folder)) as composition:
        whole = composition.whole()
        assert composition.group("region") == whole["region"] and whole["region"]["speed_kmh"]["town"] == 11
        assert composition.group("voting") == whole["voting"]
        assert composition.group("closures") == whole.get("closures")


def test_composing_one_strategy_leaves_the_others_as_they_are(folder: Path) -> None:
    with compose._composing(["scenario=mine"], folder, read_kinds(folder)) as composition:
        before = composition.strategy("even_spread")
        composition.strategy("mine")
        assert composition.strategy("even_spread") == before
        assert composition.whole() == composition.whole()


def test_threads_may_load_from_different_folders_at_one_time(tmp_path: Path) -> None:
    folders = [tmp_path / str(i) for i in range(8)]
    for i, folder in enumerate(folders):
        folder.mkdir()
        (folder / "mine.yaml").write_text(f"title: Number {i}\nstrategies: [even_spread]\nrun: {{seed: {i}}}\n")

    def titles(i: int) -> tuple[str, int, str, bool]:
        scenario = load("mine", ["weather=heavy_rain"], folders[i])
        named = scenario_names(folders[i])["mine"]
        return scenario.title, scenario.run.seed, named, f"Number {i}" in composed_yaml(["scenario=mine"], folders[i])

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(titles, range(8)))
    assert found == [(f"Number {i}", i, f"Number {i}", True) for i in range(8)]
