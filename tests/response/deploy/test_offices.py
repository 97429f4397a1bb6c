"""Standing guards: how many stand at which office, and what the routine duty can give."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.config.compose import load
from sim.config.response import ResponseSettings
from sim.config.strategy import StrategySettings
from sim.day.world import World, prepare
from sim.errors import UserError
from sim.region.gazetteer import Gazetteer
from sim.response.deploy.listed import Lists
from sim.response.deploy.offices import OwnGuards, Routine, asked_by, routine_of, sentences, standing_guards
from sim.response.units import UnitSpec
from sim.vocabulary import Capability, Role
from tests.conftest import small_scenario
from tests.response.conftest import PLAIN, line_region


def guards(world: World, on_patrol: int = 28, **settings: Any) -> dict[str, int]:
    response = world.scenario.response.model_dump(mode="json")
    response["standing_guards"] = {"election_offices": 0, "district_offices": 0, "places": [], **settings}
    units = standing_guards(ResponseSettings.model_validate(response), world.gazetteer, on_patrol)
    assert all(unit.stays and unit.role is Role.GUARD and unit.home.nodes for unit in units)
    return {unit.name: unit.strength for unit in units}


def test_each_kind_of_office_has_its_number(riot_world: World) -> None:
    assert guards(riot_world, election_offices=3) == {"office/KPU": 3, "office/BAWASLU": 3}
    districts = guards(riot_world, district_offices=2)
    assert len(districts) == 15 and set(districts.values()) == {2} and "office/OFFICE-SINDANGKELINGI" in districts
    assert guards(riot_world) == {}


def test_every_district_has_its_office_at_its_seat(riot_world: World) -> None:
    region = riot_world.region
    offices = {base.name: base.node for base in region.bases if base.kind == "office" and base.agency == "other"}
    assert offices == {f"District office {d.name}": d.office_node for d in region.districts}


@pytest.mark.parametrize(
    "place", ["OFFICE-CURUP", "District office Curup", "district office curup", "kecamatan Curup", "kecamatan 4", "17.02.09"]
)  # fmt: skip
def test_an_office_is_named_by_its_name_its_code_or_its_district(riot_world: World, place: str) -> None:
    found = guards(riot_world, district_offices=2, places=[{"place": place, "size": 5}])
    assert found["office/OFFICE-CURUP"] == 5 and sorted(found.values()) == [2] * 14 + [5]
    none = guards(riot_world, district_offices=2, places=[{"place": place, "size": 0}])
    assert "office/OFFICE-CURUP" not in none and len(none) == 14


def test_an_unknown_place_is_refused_with_the_nearest_name(riot_world: World) -> None:
    with pytest.raises(UserError, match=r"response\.standing_guards\.places\[0\]\.place: .*'KPUU'.*KPU"):
        guards(riot_world, places=[{"place": "KPUU", "size": 2}])


@pytest.mark.parametrize("place", ["POLRES", "Beringin Tiga"])
def test_what_is_no_office_is_refused_with_the_offices_there_are(riot_world: World, place: str) -> None:
    with pytest.raises(UserError, match=rf"no office stands at '{place}'; .*KPU, BAWASLU, OFFICE-KOTAPADANG"):
        guards(riot_world, places=[{"place": place, "size": 2}])


def test_one_office_named_twice_is_refused(riot_world: World) -> None:
    twice = [{"place": "KPU", "size": 2}, {"place": "Election commission office", "size": 3}]
    with pytest.raises(UserError, match=r"places\[1\]\.place: .* named twice, also in .*places\[0\]"):
        guards(riot_world, places=twice)


def test_more_than_the_routine_duty_has_is_refused_with_the_shortage(riot_world: World) -> None:
    assert sum(guards(riot_world, election_offices=45, places=[{"place": "kecamatan 3", "size": 1}]).values()) == 91
    with pytest.raises(UserError) as refused:
        guards(riot_world, election_offices=46)
    assert str(refused.value) == (
        "response.standing_guards asks for 92 officers, but of the 119 in routine duty (personnel of the police bases) "
        "91 are left beside the sector patrols' 28: 1 short (BAWASLU 1)"
    )
    with pytest.raises(UserError, match="91 are left"):
        prepare(load("calm_day", ["response.standing_guards.district_offices=7", "strategy=even_spread"]))


def test_the_packaged_guards_are_inside_the_routine_duty(riot_world: World) -> None:
    for deployment in riot_world.deployments.values():
        routine = routine_of(deployment.units, riot_world.region)
        assert routine == (119, 28, 38, 17)
    (sentence,) = riot_world.routine
    assert "under every strategy: 38 officers on standing guard at 17 offices and 28 in" in sentence


def test_they_cost_a_strategy_nothing_and_are_never_counted_among_who_may_be_sent() -> None:
    none = "response.standing_guards={election_offices: 0, district_offices: 0}"
    plans = [prepare(small_scenario(*more)).responses["even_spread"] for more in ((), (none,))]
    with_guards, without = (plan.deployment for plan in plans)
    assert with_guards.spent == without.spent and with_guards.by_role == without.by_role
    assert with_guards.posts == without.posts

    def names(units: tuple[UnitSpec, ...]) -> list[str]:
        return [unit.name for unit in units]

    assert names(with_guards.units) == [*names(without.units), "office/KPU"]
    assert plans[0].able == plans[1].able
    assert all(plans[0].people[c] == (*plans[1].people[c], 0) for c in Capability)


def own(*items: dict[str, Any]) -> OwnGuards | None:
    strategy = StrategySettings.model_validate({**PLAIN, "standing_guards": list(items)})
    return asked_by(strategy, Lists(Gazetteer(line_region())))


def test_a_strategy_may_say_its_own_in_place_of_what_the_response_says(riot_world: World) -> None:
    response, names = riot_world.scenario.response, riot_world.gazetteer
    mine = own(
        {"place": "KPU", "officers": 6}, {"place": "kecamatan 3", "officers": 1}, {"place": "BAWASLU", "officers": 0}
    )
    units = standing_guards(response, names, 28, mine)
    assert {unit.name: unit.strength for unit in units} == {"office/KPU": 6, "office/OFFICE-SINDANGKELINGI": 1}
    assert standing_guards(response, names, 28, own()) == [], "an empty list: nobody stands anywhere"
    assert asked_by(StrategySettings.model_validate(PLAIN), Lists(names)) is None


def test_its_own_may_come_from_a_table(riot_world: World, tmp_path: Path) -> None:
    file = tmp_path / "o.csv"
    file.write_text("place,officers\nElection commission office,6\nkecamatan 3,1\n")
    units = standing_guards(riot_world.scenario.response, riot_world.gazetteer, 28, own({"table": str(file)}))
    assert {unit.name: unit.strength for unit in units} == {"office/KPU": 6, "office/OFFICE-SINDANGKELINGI": 1}


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("KPUU,2", r"o\.csv, row 2, column 'place': unknown place 'KPUU'.*'KPU'"),
        ("POLRES,2", r"o\.csv, row 2, column 'place': no office stands at 'POLRES'"),
        ("KPU,2\nElection commission office,2", r"o\.csv, row 3, column 'place': .* is named twice, also in row 2"),
        ("KPU,1.5", r"o\.csv, row 2, column 'officers': 1\.5 is not a whole number"),
        ("KPU,92", r"strategy 'mine': standing_guards asks for 92 officers, but .* 1 short \(KPU 1\)"),
    ],
)
def test_a_mistake_in_its_own_is_named(riot_world: World, tmp_path: Path, rows: str, says: str) -> None:
    file = tmp_path / "o.csv"
    file.write_text(f"place,officers\n{rows}\n")
    with pytest.raises(UserError, match=says):
        standing_guards(riot_world.scenario.response, riot_world.gazetteer, 28, own({"table": str(file)}))


def test_what_the_routine_duty_does_is_said_apart_where_strategies_differ() -> None:
    alike = sentences({"a": Routine(100, 28, 38, 17), "b": Routine(100, 28, 38, 17)})
    assert len(alike) == 1 and alike[0].startswith("Besides, under every strategy: 38 officers")
    apart = sentences({"a": Routine(100, 28, 38, 17), "b": Routine(100, 28, 6, 1), "c": Routine(100, 28, 38, 17)})
    assert [said.partition(":")[0] for said in apart] == ["Besides, under a, c", "Besides, under b"]
    assert "6 officers on standing guard at one office and 28" in apart[1]
