"""What is wrong with a plan is said at once, a line each, with the setting and the nearest name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from sim.config.area_plans import read_plan
from sim.errors import UserError
from sim.evacuation.area.alone import closures
from tests.evacuation.area.made_up import BUS, PLAIN, prepared, valley

ISLAND = [(0, 2, 5.0), (2, 3, 5.0)]
"""No road leads from Bawah."""


def refused(voters: tuple[int, ...] = (10,), roads: list[tuple[int, int, float]] | None = None, **plan: Any) -> str:
    with pytest.raises(UserError) as error:
        prepared(valley(voters, roads=roads or ()), **plan)
    return str(error.value)


def test_many_unknown_places_are_named_at_once() -> None:
    said = refused(
        area={"around": "Ata", "radius_km": 1, "villages": ["Atas"]},
        shelters=[{"at": "Kotta", "places": 10, "received_per_minute": 5}],
        buses=[{**BUS, "base": "Kotta"}, {**BUS, "vehicle": "carr"}],
    )
    lines = said.splitlines()
    assert len(lines) == 4
    assert "area.around: unknown place 'Ata'" in lines[0]
    assert "shelters[0].at: unknown place 'Kotta'" in lines[1]
    assert "did you mean 'Kota'?" in lines[1]
    assert "buses[0].base" in lines[2]
    assert "buses[1].vehicle: unknown vehicle 'carr'; did you mean 'car'?" in lines[3]


def test_an_area_with_no_road_out() -> None:
    assert "no road leads from 'Bawah' to any shelter" in refused((10, 10), ISLAND, area={"villages": ["Bawah"]})


def test_an_assembly_point_that_cannot_be_reached() -> None:
    points = [{"village": "Atas", "at": "Bawah"}]
    said = refused((10, 10), ISLAND, assembly_points=points)
    assert "no road leads from 'Atas' to its assembly point 'Bawah'" in said


def test_a_base_from_which_no_bus_gets_to_the_area() -> None:
    said = refused((10, 10), ISLAND, buses=[{**BUS, "base": "Bawah"}])
    assert "buses[0].base: no road leads from 'Bawah' to the area" in said
    assert "no bus of the plan can reach the assembly point 'Atas'" in said


def test_a_shelter_in_the_area_and_two_at_one_place() -> None:
    inside = {"at": "Atas", "places": 10, "received_per_minute": 5}
    kota = {"at": "Kota", "places": 10, "received_per_minute": 5}
    assert "shelters[0].at: 'Atas' is in 'Atas', which is evacuated" in refused(shelters=[inside])
    assert "shelters[1].at: 'Kota' stands where 'Kota' does" in refused(shelters=[kota, {**kota, "at": "X.KOTA"}])


def test_a_route_to_what_is_no_shelter_and_from_outside_the_area() -> None:
    assert "'Pasar' is no shelter of the plan" in refused(routes=[{"village": "Atas", "shelter": "Pasar"}])
    outside = [{"village": "Bawah", "shelter": "Kota"}]
    assert "routes[0].village: 'Bawah' is not in the area" in refused((10, 10), routes=outside)


def test_settings_of_a_file_are_refused_with_file_setting_and_value(tmp_path: Path) -> None:
    plan = {**PLAIN, "buses": [{**BUS, "base": None}], "give_up": 3, "walk_km_per_h": -1}
    file = tmp_path / "mine.yaml"
    file.write_text(yaml.safe_dump(plan), encoding="utf-8")
    with pytest.raises(UserError) as error:
        read_plan(file)
    said = str(error.value)
    assert "mine.yaml" in said
    assert "walk_km_per_h" in said
    assert "unknown setting" in said
    no_base = {**PLAIN, "buses": [{**BUS, "base": None}]}
    file.write_text(yaml.safe_dump(no_base), encoding="utf-8")
    with pytest.raises(UserError, match="a bus needs a base"):
        read_plan(file)


def test_an_unknown_plan_gets_the_nearest_name() -> None:
    with pytest.raises(UserError, match="did you mean 'kaba_ring'"):
        read_plan("kaba_rng")


def test_closures_typed_wrongly() -> None:
    with pytest.raises(UserError) as error:
        closures(valley([10]), ["Atas - Kota@soon", "Atas - Nowhere"])
    assert len(str(error.value).splitlines()) == 2
    made = closures(valley([10]), ["Atas - Kota@30", "Kota - Pasar"])
    assert [(since, sorted(state.closed)) for since, state in made] == [(0.0, [1]), (30.0, [0, 1])]
