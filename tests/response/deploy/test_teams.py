"""Teams that wait at a base, on the made-up line: Barat is villages 0 and 1, Timur 2 and 3."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.config.care import Ambulances
from sim.config.strategy import StrategySettings
from sim.errors import UserError
from sim.region.gazetteer import Gazetteer
from sim.region.position import Spot
from sim.response.deploy.listed import Lists
from sim.response.deploy.teams import always_there, reserves
from sim.vocabulary import Capability, Role, Severity
from tests.response.conftest import PLAIN, line_region, line_scenario


def strategy(**changes: Any) -> StrategySettings:
    return StrategySettings.model_validate({**PLAIN, **changes})


def test_reserves_wait_at_their_base_and_numbers_go_on_from_group_to_group() -> None:
    groups = [
        {"base": "POLRES", "teams": 2, "size": 12, "vehicle": "truck"},
        {"base": "SEK-TIMUR", "teams": 1, "size": 8, "vehicle": "car"},
        {"base": "POLRES", "teams": 1, "size": 4, "vehicle": "car"},
    ]
    scenario = line_scenario()
    names = Gazetteer(line_region())
    units = reserves(strategy(reserves=groups), scenario.response, names, Lists(names))
    assert [u.name for u in units] == [
        "reserve/POLRES/1",
        "reserve/POLRES/2",
        "reserve/SEK-TIMUR/1",
        "reserve/POLRES/3",
    ]
    assert [u.strength for u in units] == [12, 12, 8, 4]
    assert [u.home for u in units] == [Spot((0,)), Spot((0,)), Spot((3,)), Spot((0,))]
    assert [u.district for u in units] == [0, 0, 1, 0] and all(not u.stops for u in units)
    assert all(u.mobilisation == scenario.response.mobilisation.reserve for u in units)


def test_those_of_a_table_stand_beside_those_of_the_settings_and_two_of_one_name_are_refused(tmp_path: Path) -> None:
    names, file = Gazetteer(line_region()), tmp_path / "r.csv"
    groups = [{"table": str(file)}, {"base": "POLRES", "teams": 1, "size": 4, "vehicle": "car"}]
    file.write_text("reserve,base,officers,vehicle\nEast,SEK-TIMUR,6,truck\n", encoding="utf-8")
    units = reserves(strategy(reserves=groups), line_scenario().response, names, Lists(names))
    assert [(unit.name, unit.base, unit.strength) for unit in units] == [
        ("reserve/East", "SEK-TIMUR", 6), ("reserve/POLRES/1", "POLRES", 4),
    ]  # fmt: skip
    file.write_text("reserve,base,officers,vehicle\nPOLRES/1,SEK-TIMUR,6,truck\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"strategy 'mine': reserves: two are called 'POLRES/1'"):
        reserves(strategy(reserves=groups), line_scenario().response, names, Lists(names))


def test_a_reserve_at_no_base_is_refused_with_the_nearest_code() -> None:
    groups = [{"base": "POLRS", "teams": 1, "size": 12, "vehicle": "truck"}]
    names = Gazetteer(line_region())
    with pytest.raises(UserError, match=r"strategy 'mine': reserves\[0\].base: .*'POLRS'.*POLRES"):
        reserves(strategy(reserves=groups), line_scenario().response, names, Lists(names))


ARMY = {
    "base": "KODIM", "agency": "army", "teams": 2, "size": 30, "vehicle": "truck", "from_severity": "red",
    "request_delay": 20,
}  # fmt: skip
RESCUERS = {**ARMY, "agency": "disaster", "teams": 1, "size": 8, "from_severity": "green", "request_delay": 0}


def test_every_strategy_has_sector_patrols_attached_units_and_ambulances() -> None:
    response = line_scenario(sector_patrol_size=3, attached=[ARMY, RESCUERS]).response
    ambulances = (Ambulances(base="KODIM", count=2, vehicle="ambulance"),)
    units = always_there(response, ambulances, Gazetteer(line_region()))
    assert [u.name for u in units] == [
        "sector/POLRES",
        "sector/SEK-TIMUR",
        "attached/KODIM/army/1",
        "attached/KODIM/army/2",
        "attached/KODIM/disaster/1",
        "ambulance/KODIM/1",
        "ambulance/KODIM/2",
    ]
    sector, army, rescuers, ambulance = units[0], units[2], units[4], units[5]
    assert (sector.role, sector.strength, sector.officers) == (Role.PATROL, 3, 3)
    assert (army.role, army.from_severity, army.request_delay) == (Role.ATTACHED, Severity.RED, 20.0)
    assert army.officers == 30 and rescuers.officers == ambulance.officers == 0
    assert rescuers.provides[Capability.RESCUE] == rescuers.provides[Capability.ENGINEERING] == 8
    assert ambulance.provides[Capability.MEDICAL] == 1 and not ambulance.provides[Capability.PRESENCE]
    assert {u.home for u in units[2:]} == {Spot((1,))}


def test_without_sector_patrols_there_are_none() -> None:
    assert always_there(line_scenario(sector_patrol_size=0).response, (), Gazetteer(line_region())) == []


@pytest.mark.parametrize(
    ("attached", "ambulances", "says"),
    [
        ([{**ARMY, "base": "KODIN"}], (), r"response.attached\[0\].base: .*'KODIN'.*KODIM"),
        ([], (Ambulances(base="POLRS", count=1, vehicle="car"),), r"evacuation.care.ambulances\[0\].base: .*'POLRS'"),
    ],
)
def test_units_at_no_base_are_refused(attached: list[dict[str, Any]], ambulances: Any, says: str) -> None:
    with pytest.raises(UserError, match=says):
        always_there(line_scenario(attached=attached).response, ambulances, Gazetteer(line_region()))
