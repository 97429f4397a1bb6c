"""What stands on the sheets adds up to what the strategy spends, reckoned again from the tables of a run's folder."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from sim.config.compose import load
from sim.config.titles import strategy_names
from sim.day.world import World, prepare
from sim.experiment.inputs import write_inputs
from sim.orders.make import orders_of
from sim.orders.orders import Budget
from sim.orders.spreadsheet import spreadsheet
from sim.orders.totals import check
from sim.words import orders as words
from tests.conftest import small_scenario


@pytest.fixture(scope="module")
def every() -> World:
    """Rejang Lebong under every packaged strategy."""
    return prepare(load("calm_day", [f"strategy={','.join(strategy_names())}"]))


@pytest.fixture(scope="module")
def written(every: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inputs")
    write_inputs(folder, every)
    return folder


def again(folder: Path, strategy: str) -> pd.DataFrame:
    """Officers and wardens of each district by the tables alone: units, posts, stations, bases, villages."""
    read = {
        name: pd.read_csv(folder / name, dtype={"district_code": "str", "code": "str"})
        for name in ("deployments/units.csv", "deployments/posts.csv", "region/stations.csv", "region/villages.csv")
    }
    units, posts, stations, villages = read.values()
    where = dict(zip(villages["code"], villages["district_code"], strict=True))
    district = dict(zip(stations["code"], stations["village_code"].map(where), strict=True))
    mine = posts[posts["strategy"] == strategy].assign(district=lambda t: t["station"].map(district))
    counted = mine.groupby(["post", "district"], sort=False).size().reset_index(name="n")
    most = counted.loc[counted.groupby("post")["n"].idxmax()].set_index("post")["district"]
    at_post = mine.groupby("post").agg(officers=("officers", "first"), wardens=("wardens", "sum"))
    found = at_post.groupby(most).sum()
    teams = units[(units["strategy"] == strategy) & units["role"].isin(["patrol", "reserve"])]
    teams = teams[~teams["unit"].str.startswith("sector/")]
    by_home = teams.groupby(teams["home"].map({**where, **district}))["strength"].sum()
    return found.assign(officers=found["officers"].add(by_home, fill_value=0)).astype(float)


@pytest.mark.parametrize("strategy", strategy_names())
def test_each_district_has_what_the_tables_say(every: World, written: Path, strategy: str) -> None:
    expected = again(written, strategy)
    orders = orders_of(every, strategy)
    for district, total in zip(every.region.districts, orders.totals, strict=True):
        assert total.officers == expected["officers"].get(district.code, 0), district.name
        assert total.wardens == pytest.approx(expected["wardens"].get(district.code, 0)), district.name
    people = pd.read_csv(written / "deployments" / "people.csv").set_index(["strategy", "agency"])
    assert sum(t.officers for t in orders.totals) == people.loc[(strategy, "police"), "spent"] == orders.police.spent
    assert sum(t.wardens for t in orders.totals) == people.loc[(strategy, "wardens"), "spent"] == orders.wardens.spent
    assert orders.police.left == people.loc[(strategy, "police"), "unspent"]


@pytest.mark.parametrize("strategy", strategy_names())
def test_the_columns_of_the_sheets_add_up_to_the_totals(every: World, strategy: str) -> None:
    orders = orders_of(every, strategy)
    book = load_workbook(BytesIO(spreadsheet(orders)))
    rows = {row[0]: row[1:] for row in book[words.SHEETS["totals"]].iter_rows(values_only=True) if row[0]}
    columns = list(words.TOTALS)[1:]
    in_all = dict(zip(columns, rows[words.ALL], strict=True))
    assert (in_all["officers"], in_all["wardens"]) == (orders.police.spent, orders.wardens.spent)
    assert in_all["stations"] == 445 and in_all["registered"] == 208_094
    kept = {kind: 0 for kind in words.KINDS.values()}
    wardens = reserves = 0
    for district in orders.districts:
        kind = ""
        for row in book[district.name].iter_rows(values_only=True):
            kind = str(row[0]) if row[0] in kept else kind
            if kind and isinstance(row[1], int):
                kept[kind] += row[1]
            wardens += row[9] if kind and isinstance(row[9], int) else 0
    for row in book[words.SHEETS["others"]].iter_rows(values_only=True):
        if row[0] == words.OTHERS["attached"]:
            break
        reserves += row[2] if isinstance(row[2], int) else 0
    assert kept[words.KINDS["post"]] == in_all["at_posts"]
    assert kept[words.KINDS["patrol"]] == in_all["on_patrol"]
    assert kept[words.KINDS["office"]] + kept[words.KINDS["sector"]] == in_all["routine"]
    assert (wardens, reserves) == (in_all["wardens"], in_all["in_reserve"])


def test_every_station_is_on_one_page_or_said_to_be_elsewhere(every: World) -> None:
    orders = orders_of(every, "even_spread")
    assert any(page.elsewhere for page in orders.districts), "posts of four stations reach over borders"
    for index, page in enumerate(orders.districts):
        own = [v.station.code for duty in page.duties for v in duty.visits if v.station and v.station.district == index]
        others = [one.station.code for one in page.elsewhere]
        assert len(own) + len(others) == len({*own, *others}) == page.stations


def test_sheets_that_do_not_have_everybody_are_an_error_of_ours() -> None:
    world = prepare(small_scenario())
    orders, deployment = orders_of(world, "even_spread"), world.deployments["even_spread"]
    check(orders.totals, deployment, orders.police, orders.wardens)
    one_less = (replace(orders.totals[0], at_posts=orders.totals[0].at_posts - 1), *orders.totals[1:])
    with pytest.raises(RuntimeError, match="'even_spread' do not add up; guard: 13 on the sheets, 14 in the plan"):
        check(one_less, deployment, orders.police, orders.wardens)
    with pytest.raises(RuntimeError, match="wardens left"):
        check(orders.totals, deployment, orders.police, Budget(orders.wardens.available + 1, orders.wardens.spent))


def test_what_is_outside_all_districts_is_a_row_of_its_own(every: World) -> None:
    assert all(total.name for total in orders_of(every, "even_spread").totals)
    patrol = "{route: [X.LUBUKLINGGAU, X.KEPAHIANG], size: 3, vehicle: car}"
    world = prepare(
        load("calm_day", ["strategy=minimum_pattern", f"strategy.patrols=[{patrol}]", "strategy.reserves=[]"])
    )
    orders = orders_of(world, "minimum_pattern")
    assert orders.totals[-1].name == "" and orders.totals[-1].officers == orders.totals[-1].on_patrol == 3
    assert [duty.name for duty in orders.outside] == ["outside/1"] and not orders.reserves
    book = load_workbook(BytesIO(spreadsheet(orders)))
    assert words.OUTSIDE in [row[0] for row in book[words.SHEETS["totals"]].iter_rows(values_only=True)]
    others = [row[0] for row in book[words.SHEETS["others"]].iter_rows(values_only=True)]
    assert others.index("outside/1") > others.index(words.OTHERS["outside"])


def test_wardens_without_officers_have_orders_and_are_counted() -> None:
    low = "low: {police: 0, stations: 4, wardens: 9}"
    guards = f"rule: pattern, very_high: {{police: 2, stations: 1, wardens: 2}}, high: {{police: 2, stations: 2, wardens: 4}}, {low}"
    orders = orders_of(prepare(small_scenario(f"strategy.guards={{{guards}}}")), "even_spread")
    alone = [duty for page in orders.districts for duty in page.duties if duty.kind == "wardens"]
    assert alone and all(duty.officers == 0 and duty.vehicle == "" for duty in alone)
    assert all(sum(visit.wardens for visit in duty.visits) == duty.wardens > 0 for duty in alone)
    assert sum(total.wardens for total in orders.totals) == orders.wardens.spent
