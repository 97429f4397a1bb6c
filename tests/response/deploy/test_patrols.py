"""Patrols by district and by route, on the made-up line: Barat is villages 0 and 1, Timur 2 and 3."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.config.strategy import StrategySettings
from sim.errors import UserError
from sim.region.gazetteer import Gazetteer
from sim.region.region import Region
from sim.region.travel import RoadNetwork
from sim.response.deploy.listed import Lists
from sim.response.deploy.patrols import patrols
from sim.response.deploy.walk import Walk
from sim.response.units import UnitSpec
from sim.vocabulary import Agency, Role, Severity
from tests.response.conftest import PLAIN, line_region, line_scenario

CAR = {"size": 4, "vehicle": "car"}


def strategy(**changes: Any) -> StrategySettings:
    return StrategySettings.model_validate({**PLAIN, **changes})


def dealt(groups: list[dict[str, Any]], region: Region, weights: list[float] | None = None) -> list[UnitSpec]:
    scenario = line_scenario()
    network = RoadNetwork(region, scenario.region.speed_kmh, scenario.weather.speed_factor, scenario.response.vehicles)
    walk = Walk(region, network.km(), 0)
    risk = np.array(weights if weights is not None else [1.0] * len(region.stations))
    gazetteer = Gazetteer(region)
    return patrols(strategy(patrols=groups), scenario.response, gazetteer, walk, risk, Lists(gazetteer))


def test_patrols_are_dealt_to_districts_in_turn_those_with_most_voters_first() -> None:
    region = line_region(registered=[100] * 4 + [400] * 4)
    units = dealt([{"teams": 3, "districts": "by_voters", **CAR}], region)
    assert [unit.name for unit in units] == ["patrol/D2/1", "patrol/D1/1", "patrol/D2/2"]
    assert [unit.district for unit in units] == [1, 0, 1]


def test_patrols_by_risk_follow_the_weights_and_not_the_voters() -> None:
    region = line_region(registered=[100] * 4 + [400] * 4)
    units = dealt([{"teams": 1, "districts": "by_risk", **CAR}], region, [9.0] * 4 + [1.0] * 4)
    assert [unit.name for unit in units] == ["patrol/D1/1"]


def test_patrols_go_where_they_are_told_in_that_order_and_numbers_go_on() -> None:
    groups = [
        {"teams": 3, "districts": ["Timur", "Barat"], **CAR},
        {"teams": 1, "districts": ["D2"], "size": 2, "vehicle": "motorcycle"},
    ]
    units = dealt(groups, line_region())
    assert [unit.name for unit in units] == ["patrol/D2/1", "patrol/D1/1", "patrol/D2/2", "patrol/D2/3"]
    assert [(unit.strength, unit.vehicle) for unit in units] == [(4, "car")] * 3 + [(2, "motorcycle")]


def test_a_patrol_drives_the_round_of_all_villages_of_its_district() -> None:
    (unit,) = dealt([{"teams": 1, "districts": ["Timur"], **CAR}], line_region(villages=6))
    assert sorted(stop.spot.nodes[0] for stop in unit.stops) == [3, 4, 5]
    assert {stop.stay for stop in unit.stops} == {20.0} and unit.home == unit.stops[0].spot
    assert (unit.role, unit.agency, unit.from_severity) == (Role.PATROL, Agency.POLICE, Severity.GREEN)


@pytest.mark.parametrize(
    ("districts", "says"),
    [
        (["Timor"], r"strategy 'mine': patrols\[0\].districts: .*'Timor'.*Timur"),
        ([], r"patrols\[0\].districts: the list is empty; name a district, or write by_voters or by_risk"),
    ],
)
def test_patrols_that_have_nowhere_to_go_are_refused(districts: list[str], says: str) -> None:
    with pytest.raises(UserError, match=says):
        dealt([{"teams": 1, "districts": districts, **CAR}], line_region())


def test_a_patrol_by_route_goes_its_places_in_their_order_and_belongs_where_most_are() -> None:
    groups = [
        {"teams": 1, "districts": ["Timur"], **CAR},
        {"route": ["Desa 3", "TPS 0", "POLRES", "V2", "Desa 3"], **CAR},
        {"teams": 2, "route": ["Desa 0", "V1"], **CAR},
    ]
    units = dealt(groups, line_region())
    assert [unit.name for unit in units] == ["patrol/D2/1", "patrol/D2/2", "patrol/D1/1", "patrol/D1/2"]
    by_route = units[1]
    assert [(s.spot.nodes[0], s.spot.station) for s in by_route.stops] == [(3, None), (0, 0), (0, None), (2, None), (3, None)]  # fmt: skip
    assert by_route.stops[1].spot.access > 0, "a station lies off the middle of its village"
    assert {stop.stay for stop in by_route.stops} == {20.0} and by_route.home == by_route.stops[0].spot
    assert (by_route.role, by_route.agency, by_route.district) == (Role.PATROL, Agency.POLICE, 1)


@pytest.mark.parametrize(
    ("route", "says"),
    [
        (["Desa 0", "Dessa 1"], r"strategy 'mine': patrols\[0\].route: unknown place 'Dessa 1'.*'Desa 1'"),
        (["Desa 0", "V0"], r"patrols\[0\].route: 'Desa 0; V0': a route needs two different places or more"),
        (["Desa 0", "V0--V1"], r"patrols\[0\].route: 'V0--V1' is a road"),
    ],
)
def test_a_route_that_goes_nowhere_is_refused(route: list[str], says: str) -> None:
    with pytest.raises(UserError, match=says):
        dealt([{"route": route, **CAR}], line_region())


def test_patrols_of_a_table_have_names_of_their_own(tmp_path: Path) -> None:
    file = tmp_path / "p.csv"
    file.write_text("patrol,route,officers,vehicle\nUtara,V0;V1,2,car\nD2/1,V2;V3,3,motorcycle\n")
    units = dealt([{"table": str(file)}], line_region())
    assert [(unit.name, unit.strength, unit.vehicle, unit.district) for unit in units] == [
        ("patrol/Utara", 2, "car", 0),
        ("patrol/D2/1", 3, "motorcycle", 1),
    ]
    with pytest.raises(UserError, match=r"strategy 'mine': patrols: two are called 'D2/1'"):
        dealt([{"table": str(file)}, {"teams": 1, "districts": ["Timur"], **CAR}], line_region())
