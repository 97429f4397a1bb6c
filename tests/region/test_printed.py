"""Names that are printed by the table: in a run, in orders and papers each is accepted back and means its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from sim.config.compose import load
from sim.day.world import World, prepare
from sim.evacuation.casualty import ON_THE_SPOT
from sim.exercise.pack.paper import Table
from sim.exercise.pack.plan import plan_paper
from sim.experiment.execute import execute
from sim.experiment.store import Run
from sim.log import TABLES
from sim.orders.make import orders_of
from sim.orders.orders import Orders, Station
from sim.region.gazetteer import Gazetteer, Sort
from sim.region.load import load_region
from sim.region.printed import as_printed, name_of_code
from sim.report.why import place_namer
from sim.vocabulary import PlaceKind
from sim.words import exercise_pack

STATIONS, AREAS = {PlaceKind.STATION}, {PlaceKind.AREA}
STRATEGIES = ("even_spread", "central_reserve")
PLACES = ("17.02.06.2003/01", "17.02.11.2012/01", "17.02.10.2016/01", "village Kota Padang", "Curup")
"""Stations of two names that two have each, and others."""
DAY = (
    f"strategy={','.join(STRATEGIES)}",
    "incidents=["
    + ", ".join(f'{{kind: riot, onset: "09:{10 + i}", place: "{place}"}}' for i, place in enumerate(PLACES))
    + "]",
)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    few = ("run.replications=1", "run.workers=1", "run.resamples=100")
    return execute(load("calm_day", [*DAY, *few]), out=tmp_path_factory.mktemp("runs"), command="simulate test")


@pytest.fixture(scope="module")
def world() -> World:
    return prepare(load("calm_day", list(DAY)))


@pytest.mark.parametrize("table", TABLES)
def test_every_name_in_a_table_of_a_run_is_found_and_is_its_place(run: Run, table: str) -> None:
    names, frame = Gazetteer(run.region), run.table(table)
    by_number = {"station": names.station_place, "district": names.area_of_district, "node": names.area_of_village}
    for column in {"station", "district", "node", "place", "facility"} & set(frame):
        for one, name in frame[[column, f"{column}_name"]].drop_duplicates().itertuples(index=False):
            if one == ON_THE_SPOT:
                assert name == one
            elif name:
                meant = by_number[column](int(one)) if column in by_number else names.find(one, column)
                assert names.find(name, column) == meant, (column, one, name)
            else:
                assert one in ("", -1), (column, one)


def test_a_run_tells_stations_of_one_name_apart(run: Run) -> None:
    incidents, stations = run.table("incidents"), run.table("stations")
    assert "TPS 1 Suka Rami (17.02.06.2003/01)" in set(incidents["place_name"])
    assert {"TPS 1 Kayu Manis (17.02.08.2005/01)", "TPS 2 Suka Rami"} <= set(stations["station_name"])
    name = place_namer(run)
    assert all(one.place_name == name(one.place_kind, one.place) for one in incidents.itertuples()), (
        "as `simulate why` calls it"
    )


def stations_of(orders: Orders) -> Iterator[Station]:
    """Every station of the orders, as often as it stands there."""
    for page in orders.districts:
        yield from (one.station for one in page.elsewhere)
        yield from (visit.station for duty in page.duties for visit in duty.visits if visit.station is not None)
    yield from (task.station for reserve in orders.reserves for task in reserve.tasks)


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_every_name_in_the_orders_is_found_and_is_its_place(world: World, strategy: str) -> None:
    names, orders = world.gazetteer, orders_of(world, strategy)
    stations = set(stations_of(orders))
    assert len({one.code for one in stations}) == len(world.region.stations)
    for one in stations:
        place = names.station(one.name, "place")
        assert place.code == one.code and names.find(one.name, "place") == place
        assert names.find(one.village, "place") == names.area_of_village(place.node)
    for page in orders.districts:
        assert names.find(page.name, "place") == names.find(page.code, "place", AREAS)
        assert not page.reports_to or names.find(page.reports_to, "place").kind is PlaceKind.BASE
        for visit in (visit for duty in page.duties for visit in duty.visits):
            assert names.find(visit.place, "place").kind in (PlaceKind.STATION, PlaceKind.AREA)
    waiting = [*(one.teams for one in orders.reserves), *orders.attached, *orders.ambulances]
    for base in {*(one.base for one in waiting), *(one.name for one in orders.houses)}:
        assert names.find(base, "place").kind is PlaceKind.BASE
    assert "village Kota Padang" in {
        visit.place for page in orders.districts for d in page.duties for visit in d.visits
    }


def test_every_station_in_the_papers_of_a_plan_is_found(world: World) -> None:
    tables = [block for block in plan_paper(world, STRATEGIES[0]).blocks if isinstance(block, Table)]
    posts = [row[-1] for table in tables if table.head == exercise_pack.POST_COLUMNS for row in table.rows]
    found = [world.gazetteer.find(name, "place", STATIONS | AREAS) for row in posts for name in row.split(", ")]
    assert {place.station for place in found if place.kind is PlaceKind.STATION} == set(
        range(len(world.region.stations))
    )


def test_a_region_as_printed_differs_in_names_only() -> None:
    gazetteer = Gazetteer(load_region(load("calm_day", ["strategy=even_spread"]).region))
    printed, plain = as_printed(gazetteer), gazetteer.region
    sorts = {
        Sort.DISTRICT: printed.districts, Sort.VILLAGE: printed.nodes, Sort.BASE: printed.bases,
    }  # fmt: skip
    for entry in gazetteer.entries():
        if entry.sort in sorts:
            assert sorts[entry.sort][entry.index].name == gazetteer.name_of_entry(entry)
    assert [one.name for one in printed.villages] == [one.name for one in printed.nodes[: len(printed.villages)]]
    assert tuple(replace(a, name=b.name) for a, b in zip(printed.nodes, plain.nodes, strict=True)) == plain.nodes
    assert printed.roads is plain.roads and printed.stations.code == plain.stations.code


def test_a_code_has_the_name_of_its_kind_and_what_is_none_stays(world: World) -> None:
    names = world.gazetteer
    assert name_of_code(names, "17.02.06.1004") == "village Kota Padang"
    assert name_of_code(names, "17.02.06", PlaceKind.AREA) == "Kota Padang"
    assert name_of_code(names, "SEK-KOTAPADANG", PlaceKind.BASE) == "Polsek Kota Padang"
    assert name_of_code(names, "SEK-KOTAPADANG", PlaceKind.AREA) == "SEK-KOTAPADANG"
    assert (name_of_code(names, ""), name_of_code(names, "nowhere")) == ("", "nowhere")
