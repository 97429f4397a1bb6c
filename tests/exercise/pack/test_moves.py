"""Move lists and the floor map: where the model's teams go, and what lies on the floor."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest

from sim.day.day import Day
from sim.exercise.pack.floor import A0, A3, Sheet, floor_map
from sim.exercise.pack.moves import Move, moves_of
from sim.exercise.pack.played import Played, played_day
from sim.experiment.store import Run

SVG = "{http://www.w3.org/2000/svg}"
POINT_MM = 25.4 / 72


@pytest.fixture(scope="module")
def played(run: Run) -> Played:
    return played_day(run, None, "median")


def test_moves_are_the_tasks_of_the_day(played: Played) -> None:
    moves, table = moves_of(played), played.log.tables["tasks"]
    assert moves and [m.departed for m in moves] == sorted(m.departed for m in moves)
    logged = {
        (unit, departed): (km, arrived)
        for unit, departed, km, arrived in zip(
            *(table[name].tolist() for name in ("unit", "departed", "km", "arrived")), strict=True
        )
    }
    for move in moves:
        km, arrived = logged[move.unit, move.departed]
        assert move.km == km and (move.arrived == arrived or arrived != arrived)
        assert not move.arrived < move.departed


def test_those_who_leave_at_one_time_stand_in_the_order_of_their_orders_whatever_they_are_called(
    played: Played,
) -> None:
    tasks = {**played.log.tables["tasks"]}
    tasks["departed"] = np.floor(tasks["departed"] / 60.0) * 60.0  # many at one time
    log = replace(played.log, tables={**played.log.tables, "tasks": tasks})
    moves = moves_of(replace(played, log=log))
    number = {
        (unit, departed, km): task
        for task, unit, departed, km in zip(
            *(tasks[name].tolist() for name in ("task", "unit", "departed", "km")), strict=True
        )
    }
    order = [(move.departed, number[move.unit, move.departed, move.km]) for move in moves]
    assert order == sorted(order)
    assert order != sorted(order, key=lambda one: (one[0], moves[order.index(one)].unit)), "names have another order"


def test_a_reserve_sets_out_from_its_base(played: Played) -> None:
    units = {unit.name: unit for unit in played.world.response(played.strategy).deployment.units}
    bases = {base.code: played.world.region.nodes[base.node].name for base in played.world.region.bases}
    first: dict[str, Move] = {}
    for move in moves_of(played):
        first.setdefault(move.unit, move)
    waiting = [move for name, move in first.items() if units[name].base]
    assert waiting and all(move.origin == bases[units[move.unit].base] for move in waiting)


def test_a_team_sets_out_from_where_the_map_has_it(played: Played) -> None:
    """The picture of the day just as it leaves shows it at the very place that is named, where it stands at one."""
    region, seen = played.world.region, 0
    day = Day(played.world, played.strategy, played.chosen.day, played.draws)
    at = {node.name: (node.lat, node.lon) for node in region.nodes}
    at |= {
        name: (float(lat), float(lon))
        for name, lat, lon in zip(region.stations.name, region.stations.lat, region.stations.lon, strict=True)
    }
    for move in moves_of(played):
        day.until(move.departed)
        unit = next(one for one in day.picture().units if one.name == move.unit)
        standing = [name for name, place in at.items() if place == pytest.approx((unit.lat, unit.lon), abs=1e-9)]
        if standing:
            seen += 1
            assert move.origin in standing
    assert seen > 3


@pytest.mark.parametrize(("sheet", "least"), [(A3, 7.0), (A0, 24.0)])
def test_letters_are_large_enough_and_stay_on_the_sheet(played: Played, sheet: Sheet, least: float) -> None:
    page = floor_map(played.world, played.strategy, sheet).decode()
    found = re.search(r"<svg.*</svg>", page, re.DOTALL)
    assert found
    svg = ElementTree.fromstring(found[0].replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1))
    _, _, wide, high = map(float, svg.attrib["viewBox"].split())
    assert {wide, high} == {sheet.long_mm, sheet.short_mm}
    assert f"size: {wide}mm {high}mm" in page
    sizes = [float(one.attrib["font-size"]) for one in svg.iter() if "font-size" in one.attrib]
    assert min(sizes) >= least * POINT_MM - 0.01
    names = "\n".join("".join(text.itertext()) for text in svg.iter(f"{SVG}text"))
    assert all(district.name in names for district in played.world.region.districts)
    assert played.title in names
    for text in svg.iter(f"{SVG}tspan"):
        assert 0 <= float(text.attrib["x"]) <= wide and 0 <= float(text.attrib["y"]) <= high


def test_the_map_shows_the_plan_and_no_event(played: Played) -> None:
    page = floor_map(played.world, played.strategy, A3).decode()
    deployment = played.world.response(played.strategy).deployment
    assert sum(int(n) for n in re.findall(r"(\d+) posts?, \d+ officers", page)) == len(deployment.posts)
    assert "iot" not in page.replace("riot_", "") or "Riot" not in page
