"""A strategy as tables: they are read back as the same strategy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.config.compose import load
from sim.config.plan_tables import PlanTable
from sim.day.world import World, prepare
from sim.errors import UserError
from sim.region.gazetteer import Gazetteer
from sim.response.deploy.deployment import Deployment
from sim.response.deploy.listing import table_of
from tests.conftest import small_scenario
from tests.response.conftest import line_region

PACKAGED = ("minimum_pattern", "even_spread", "risk_weighted", "central_reserve", "forward_reserve")


def read_back(name: str, world: World, folder: Path) -> Deployment:
    """Write a strategy of a world as tables, and deploy the strategy that names them."""
    (folder / "strategy").mkdir()
    for what in PlanTable:
        text = table_of(what, world.deployments[name], world.gazetteer)
        (folder / "strategy" / f"{what}.csv").write_text(text, encoding="utf-8")
    patrols = "[{table: patrols.csv}]" if world.scenario.strategy(name).patrols else "[]"
    (folder / "strategy" / "again.yaml").write_text(
        f"defaults: [{name}, _self_]\nguards: {{rule: list, table: posts.csv}}\npatrols: {patrols}\n"
        f"reserves: {'[{table: reserves.csv}]' if world.scenario.strategy(name).reserves else '[]'}\n"
        "standing_guards: [{table: standing_guards.csv}]\n"
    )
    return prepare(load("riot_kecamatan3", ["strategy=again"], folder)).deployments["again"]


@pytest.mark.parametrize("name", PACKAGED)
def test_a_packaged_strategy_is_read_back_the_same(riot_world: World, tmp_path: Path, name: str) -> None:
    made, again = riot_world.deployments[name], read_back(name, riot_world, tmp_path)
    assert again.units == made.units and again.posts == made.posts
    assert again.spent == made.spent and again.by_role == made.by_role
    assert np.array_equal(again.wardens_at, made.wardens_at) and again.remarks == ()
    assert np.array_equal(again.post_of_station, made.post_of_station)


def test_the_columns_add_up_to_what_is_spent(riot_world: World) -> None:
    text = table_of(PlanTable.POSTS, riot_world.deployments["minimum_pattern"], riot_world.gazetteer)
    rows = [line.split(",") for line in text.splitlines()[1:]]
    assert sum(int(row[2]) for row in rows) == 174 and sum(int(row[3]) for row in rows) == 890
    assert sum(len(row[1].split(";")) for row in rows) == 445
    assert text.startswith("post,stations,officers,wardens\nvery_high/1,TPS ")


def test_posts_without_officers_are_written_too() -> None:
    nobody = "strategy.guards={rule: pattern, very_high: {police: 2, stations: 1, wardens: 2}, high: {police: 0, stations: 2, wardens: 4}, low: {police: 0, stations: 30, wardens: 60}}"  # fmt: skip
    world = prepare(small_scenario(nobody))
    (deployment,) = world.deployments.values()
    rows = table_of(PlanTable.POSTS, deployment, world.gazetteer).splitlines()[1:]
    assert [row.split(",")[0] for row in rows] == [
        "very_high/1",
        "very_high/2",
        "wardens/high/1",
        "wardens/high/2",
        "wardens/low/1",
    ]
    assert [row.split(",")[2] for row in rows] == ["2", "2", "0", "0", "0"]


def test_a_name_with_a_semicolon_gives_way_to_the_code_and_a_code_with_one_is_refused(tmp_path: Path) -> None:
    region = line_region()
    odd = replace(region, stations=replace(region.stations, name=("TPS; 0", *region.stations.name[1:])))
    world = prepare(small_scenario())
    (deployment,) = world.deployments.values()
    mine = replace(deployment, posts=(replace(deployment.posts[0], stations=(0, 1)),))
    row = table_of(PlanTable.POSTS, mine, Gazetteer(odd)).splitlines()[1]
    assert "V0/1; TPS 1" in row
    worse = replace(odd, stations=replace(odd.stations, code=("V0;1", *region.stations.code[1:])))
    with pytest.raises(UserError, match=r"'TPS; 0' \(V0;1\) cannot stand in a table of a strategy"):
        table_of(PlanTable.POSTS, mine, Gazetteer(worse))
