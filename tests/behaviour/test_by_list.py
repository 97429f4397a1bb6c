"""Plans by list on whole days: the same plan gives the same days, and officers cover where the table puts them."""

from __future__ import annotations

from itertools import groupby, pairwise
from pathlib import Path

import numpy as np
import pytest

from sim.config.compose import load
from sim.config.plan_tables import PlanTable
from sim.day import Day, draw_day, simulate_day
from sim.day.world import World, prepare
from sim.response.deploy.listing import table_of
from tests.conftest import SMALL
from tests.day.conftest import as_bytes

BACKGROUND = "disturbance.background.rate_per_station_hour=0.01"
QUIET = ("disturbance.background.rate_per_station_hour=0", "response.reporting.false_reports.per_hour=0")


def listed(folder: Path, of: str, *settings: str, **tables: str) -> Path:
    """Write a strategy ``listed`` that differs from another by its tables and some settings."""
    (folder / "strategy").mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        (folder / "strategy" / f"{name}.csv").write_text(text, encoding="utf-8")
    lines = [f"defaults: [{of}, _self_]", "guards: {rule: list, table: posts.csv}", *settings]
    (folder / "strategy" / "listed.yaml").write_text("\n".join(lines))
    return folder


@pytest.mark.parametrize("name", ["minimum_pattern", "even_spread", "forward_reserve"])
def test_a_plan_printed_as_tables_and_read_back_gives_the_same_days_byte_for_byte(tmp_path: Path, name: str) -> None:
    made = prepare(load("riot_kecamatan3", [f"strategy={name}", BACKGROUND]))
    tables = {str(what): table_of(what, made.deployments[name], made.gazetteer) for what in PlanTable}
    patrols = "[{table: patrols.csv}]" if made.scenario.strategies[0].patrols else "[]"
    reserves = "[{table: reserves.csv}]" if made.scenario.strategies[0].reserves else "[]"
    more = (f"patrols: {patrols}", f"reserves: {reserves}", "standing_guards: [{table: standing_guards.csv}]")
    again = prepare(load("riot_kecamatan3", ["strategy=listed", BACKGROUND], listed(tmp_path, name, *more, **tables)))
    for day in range(2):
        one, other = simulate_day(made, name, day), simulate_day(again, "listed", day)
        assert len(one.tables["tasks"]["unit"]) > 0, "somebody was sent"
        assert as_bytes(one) == as_bytes(other)


def covered(world: World) -> tuple[np.ndarray, np.ndarray]:
    """Voters covered on one day by district, by officers other than the post's own, and with these."""
    log = Day(world, "listed", 0, draw_day(world, 0)).run()
    table = log.tables["coverage"]
    rows = [table["district"] == district for district in range(3)]
    return tuple(
        np.array([table[name][row].sum() for row in rows]) for name in ("voters_covered", "voters_covered_any")
    )  # type: ignore[return-value]


def small(folder: Path, *overrides: str) -> World:
    bare = ("response.attached=[]", "response.sector_patrol_size=0", "strategy=listed")
    return prepare(load("calm_day", [*SMALL, *QUIET, *bare, *overrides], folder))


def test_officers_moved_to_another_district_in_the_table_of_posts_cover_there_and_no_more_here(tmp_path: Path) -> None:
    posts = (
        "post,stations,officers,wardens\nW1,T1.1;T1.2,{a},10\nW2,T1.3;T1.4,{a},6\nE1,T3.1,{b},6\nE2,T3.2;T3.3,{b},6\n"
    )
    more = (
        "patrols: []",
        "dispatch: {take_guards_from: green, guards_within_minutes: 60}",
    )
    west = covered(small(listed(tmp_path / "a", "even_spread", *more, posts=posts.format(a=2, b=0))))
    east = covered(small(listed(tmp_path / "b", "even_spread", *more, posts=posts.format(a=0, b=2))))
    for by_west, by_east in zip(west, east, strict=True):
        assert by_west[0] > by_east[0] and by_west[2] < by_east[2]


def test_officers_moved_to_another_district_in_the_table_of_patrols_cover_there_and_no_more_here(
    tmp_path: Path,
) -> None:
    posts = "post,stations,officers,wardens\nA,T1;T2;T3,0,50\n"
    patrols = "patrol,route,officers,vehicle\n1,{},2,car\n2,{},2,car\n"
    west, east = "T1.1;T1.2;T1.4", "T3.1;T3.3;T3.2"
    found = {}
    for name, route in (("west", west), ("east", east)):
        text = patrols.format(route, route)
        folder = listed(tmp_path / name, "even_spread", "patrols: [{table: patrols.csv}]", posts=posts, patrols=text)
        found[name] = covered(small(folder))[0]
    assert found["west"][0] > found["east"][0] and found["west"][2] < found["east"][2]


def test_a_reserve_moved_to_another_base_in_the_table_covers_there_and_no_more_here(tmp_path: Path) -> None:
    posts = "post,stations,officers,wardens\nA,T1;T2;T3,0,50\n"
    reserves = "reserve,base,officers,vehicle\n1,{base},6,car\n2,{base},6,car\n"
    found = {}
    for base in ("POLRES", "SEK-PUT"):
        folder = listed(
            tmp_path / base, "even_spread", "patrols: []", "reserves: [{table: reserves.csv}]",
            posts=posts, reserves=reserves.format(base=base),
        )  # fmt: skip
        found[base] = covered(small(folder, "response.standard_minutes=15"))[0]
    assert found["POLRES"][0] > found["SEK-PUT"][0] and found["POLRES"][2] < found["SEK-PUT"][2]


def test_a_patrol_is_where_its_route_says_when_its_turn_comes(tmp_path: Path) -> None:
    posts = "post,stations,officers,wardens\nA,T1;T2;T3,0,50\n"
    patrols = "patrol,route,officers,vehicle\nB,T2.1;T1.1;TPS 1 Pasar Timur,2,car\n"
    folder = listed(tmp_path, "even_spread", "patrols: [{table: patrols.csv}]", posts=posts, patrols=patrols)
    world = small(folder)
    day = Day(world, "listed", 0, draw_day(world, 0))
    unit = next(unit for unit in day.fleet.units if unit.spec.name == "patrol/B")
    region, seen = world.region, []
    station = next(i for i, name in enumerate(region.stations.name) if name == "TPS 1 Pasar Timur")
    for minute in range(420, 780):
        day.until(minute)
        here = unit.motion.at(float(minute))
        at = "S" if here.station == station else region.nodes[here.node].code
        seen.append(at if here.ahead is None else "")
    stays = [place for place, samples in groupby(seen) if len(list(samples)) >= 15 and place]
    assert len(stays) >= 6 and set(stays) == {"T2.1", "T1.1", "S"}
    assert set(pairwise(stays)) == {("T2.1", "T1.1"), ("T1.1", "S"), ("S", "T2.1")}


def test_without_its_own_standing_guards_an_office_is_met_later(tmp_path: Path) -> None:
    protest = 'incidents=[{kind: office_protest, onset: "09:40", place: KPU, starters: 60}]'
    posts = "post,stations,officers,wardens\nA,T1;T2;T3,2,50\n"
    first = {}
    for name, guards in (("some", "[{place: KPU, officers: 4}]"), ("none", "[]")):
        folder = listed(tmp_path / name, "even_spread", f"standing_guards: {guards}", posts=posts)
        world = prepare(load("calm_day", [*SMALL, *QUIET, protest, "strategy=listed"], folder))
        first[name] = float(simulate_day(world, "listed", 0).tables["incidents"]["first_on_scene"][0])
    assert first["some"] == 580.0 and not first["none"] <= 580.0
