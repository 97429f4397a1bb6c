"""What units draw by: where they belong and their number among their like, whatever they are called."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.config.strategy import StrategySettings
from sim.day.world import World
from sim.region.gazetteer import Gazetteer
from sim.response.deploy.listed import Lists
from sim.response.deploy.teams import reserves
from sim.response.units import UnitSpec
from sim.vocabulary import Role
from tests.response.conftest import PLAIN, line_region, line_scenario
from tests.response.deploy.test_patrols import CAR, dealt

TEAM: dict[str, Any] = {"teams": 1, "size": 12, "vehicle": "truck"}


def streams(units: tuple[UnitSpec, ...] | list[UnitSpec]) -> dict[str, str]:
    """What each unit draws by, by its name; no two by the same."""
    found = {unit.name: unit.stream for unit in units}
    assert len(set(found.values())) == len(units)
    return found


def waiting(*groups: dict[str, Any]) -> dict[str, str]:
    names = Gazetteer(line_region())
    plan = StrategySettings.model_validate({**PLAIN, "reserves": groups})
    return streams(reserves(plan, line_scenario().response, names, Lists(names)))


def table(file: Path, head: str, *rows: str) -> dict[str, Any]:
    file.write_text("\n".join((head, *rows)), encoding="utf-8")
    return {"table": str(file)}


def test_units_that_rules_have_made_draw_by_their_names_but_guards_by_risk(riot_world: World) -> None:
    for name, plan in riot_world.deployments.items():
        for unit, stream in streams(plan.units).items():
            assert stream == unit or (name, unit.split("/")[0]) == ("risk_weighted", "guard")


def test_the_same_post_draws_the_same_under_two_plans(riot_world: World) -> None:
    """Those of the usual pattern and of the central reserve stand at the same stations, where people are vulnerable."""
    plans = [riot_world.deployments[name] for name in ("minimum_pattern", "central_reserve")]
    one, other = ({post.stations: plan.units[post.unit].stream for post in plan.posts} for plan in plans)
    common = [stations for stations in one if stations in other]
    assert len(common) >= 25 + 12 and all(one[stations] == other[stations] for stations in common)


def test_teams_of_a_table_draw_like_those_of_a_list(tmp_path: Path) -> None:
    file, head = tmp_path / "r.csv", "reserve,base,officers,vehicle"
    rows = table(file, head, "Zebra,POLRES,12,truck", "Timur,SEK-TIMUR,12,truck", "Alfa,POLRES,12,truck")
    listed = waiting({**TEAM, "base": "POLRES"}, {**TEAM, "base": "SEK-TIMUR"}, {**TEAM, "base": "POLRES"})
    named = waiting(rows)
    assert list(named) == ["reserve/Zebra", "reserve/Timur", "reserve/Alfa"]
    assert [*named.values()] == [*listed.values()] == ["reserve/POLRES/1", "reserve/SEK-TIMUR/1", "reserve/POLRES/2"]
    both = waiting(rows, {**TEAM, "base": "POLRES"})
    assert both == {**named, "reserve/POLRES/1": "reserve/POLRES/3"}, "a name is free, its number is not"


@pytest.mark.parametrize("more", [["Lagi,POLRES,12,truck"], ["Lagi,SEK-TIMUR,12,truck"]])
def test_one_more_team_at_the_end_of_a_base_or_elsewhere_changes_no_others_draws(
    tmp_path: Path, more: list[str]
) -> None:
    rows = ["Zebra,POLRES,12,truck", "Alfa,POLRES,12,truck"]
    head = "reserve,base,officers,vehicle"
    few = waiting(table(tmp_path / "few.csv", head, *rows))
    for at in (len(rows), 0) if "SEK" in more[0] else (len(rows),):
        many = waiting(table(tmp_path / "many.csv", head, *rows[:at], *more, *rows[at:]))
        assert few.items() < many.items()


def test_patrols_of_a_table_draw_by_their_number_in_their_district(tmp_path: Path) -> None:
    head = "patrol,route,officers,vehicle"
    rows = table(tmp_path / "p.csv", head, "Zebra,V0;V1,2,car", "Selatan,V2;V3,2,car", "Alfa,V1;V0,2,car")
    made = [{"teams": 1, "districts": ["Timur"], **CAR}]
    assert streams(dealt([rows, *made], line_region())) == {
        "patrol/Zebra": "patrol/D1/1",
        "patrol/Selatan": "patrol/D2/1",
        "patrol/Alfa": "patrol/D1/2",
        "patrol/D2/1": "patrol/D2/2",
    }


def test_posts_draw_by_the_class_of_their_first_station_and_their_number_in_it(riot_world: World) -> None:
    plan, region = riot_world.deployments["risk_weighted"], riot_world.region
    number = {"low": 0, "high": 0, "very_high": 0}
    for post in plan.posts:
        label = ("low", "high", "very_high")[region.stations.vulnerability[post.stations[0]]]
        number[label] += 1
        assert plan.units[post.unit].stream == f"guard/{label}/{number[label]}"
    assert min(number.values()) > 0 and plan.units[0].role is Role.GUARD
