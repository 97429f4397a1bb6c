"""Plans to evacuate an area in a user's folder: found by name, broken ones said once, and others never blocked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sim.config.checked import check_any
from sim.config.compose import load
from sim.config.packaged import CONF
from sim.config.scenario import Scenario
from sim.day import prepare
from sim.errors import UserError
from tests.config.test_kinds import own

RING = (CONF / "evacuation_plan" / "kaba_ring.yaml").read_text(encoding="utf-8")
MINE = RING.replace("radius_km: 8", "radius_km: 3")
SCENARIO = """
title: Mine
strategies: [minimum_pattern]
kinds:
  volcanic_alert:
    severities:
      red: {effects: [{effect: leave_area, plan: my_ring}]}
incidents:
  - {kind: volcanic_alert, onset: "09:00", place: Air Dingin}
"""
ASH = """
title: Ash
places: [area]
course: {course: fixed, duration: {mean_minutes: 20}, resolve: {mean_minutes: 5}}
severities:
  red: {needs: {}, effects: [{effect: leave_area, plan: my_ring}]}
background_weight: 0
area_weight: 1
"""


def played(folder: Path, *overrides: str, scenario: str = "mine") -> Scenario:
    return load(scenario, list(overrides), folder)


def refused(folder: Path, *overrides: str, scenario: str = "mine") -> str:
    with pytest.raises(UserError) as caught:
        prepare(played(folder, *overrides, scenario=scenario))
    return str(caught.value)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A folder with a scenario whose alert asks for the plan my_ring, and with that plan."""
    own(tmp_path, "mine", SCENARIO)
    own(tmp_path, "evacuation_plan/my_ring", MINE)
    return tmp_path


def test_an_effect_finds_a_plan_of_the_users_folder(mine: Path) -> None:
    world = prepare(played(mine))
    assert world.evacuation.areas["my_ring"].settings.area.radius_km == 3
    assert "kaba_ring" not in world.evacuation.areas


def test_a_strategy_finds_one_too(mine: Path) -> None:
    own(mine, "evacuation_plan/larger", RING.replace("radius_km: 8", "radius_km: 5"))
    one = "+strategy.evacuation={areas: {my_ring: larger}}"
    assert prepare(played(mine, one)).evacuation.areas["larger"].settings.area.radius_km == 5


def test_the_users_own_goes_before_a_packaged_one_of_the_same_name(mine: Path) -> None:
    own(mine, "mine", SCENARIO.replace("my_ring", "kaba_ring"))
    assert prepare(played(mine)).evacuation.areas["kaba_ring"].settings.area.radius_km == 8
    own(mine, "evacuation_plan/kaba_ring", MINE)
    assert prepare(played(mine)).evacuation.areas["kaba_ring"].settings.area.radius_km == 3


def test_a_scenario_may_set_single_settings_of_a_plan_of_ones_own_and_of_a_packaged_one(mine: Path) -> None:
    wait = "evacuation.areas.{}.shuttle.wait_minutes=9"
    plan = played(mine, wait.format("my_ring")).evacuation.areas["my_ring"]
    assert (plan.shuttle.wait_minutes, plan.area.radius_km) == (9, 3)
    packaged = load("kaba_alert", [wait.format("kaba_ring")]).evacuation.areas["kaba_ring"]
    assert (packaged.shuttle.wait_minutes, packaged.area.radius_km) == (9, 8)


def test_what_a_scenario_sets_over_a_plan_is_refused_where_it_was_set(mine: Path) -> None:
    said = refused(mine, "evacuation.areas.my_ring.shuttle.wait_minutes=-1")
    assert said.startswith("override 'evacuation.areas.my_ring.shuttle.wait_minutes=-1'")
    apart = refused(mine, "evacuation.areas.my_ring.people.assisted_share=0.9")
    assert "own_transport_share and assisted_share together" in apart
    assert "a list is needed" in refused(mine, "evacuation.areas.my_ring.shelters={at: Curup}")


def test_a_stored_scenario_holds_its_plans(mine: Path) -> None:
    stored = json.loads(json.dumps(played(mine).model_dump(mode="json")))
    assert Scenario.model_validate(stored).evacuation.areas["my_ring"].area.radius_km == 3


def test_a_broken_plan_that_is_asked_for_is_said_once_with_its_file(mine: Path) -> None:
    file = own(mine, "evacuation_plan/my_ring", MINE.replace("walk_km_per_h: 4", "walk_km_per_h: -4"))
    assert refused(mine) == f"{file}: walk_km_per_h = -4: must be more than 0"
    own(mine, "evacuation_plan/my_ring", "title: [")
    assert str(file) in refused(mine)


def test_a_broken_plan_that_nobody_asks_for_blocks_nobody_and_is_not_read(mine: Path) -> None:
    own(mine, "evacuation_plan/strangers", "title: [")
    own(mine, "evacuation_plan/other", "walk: 3")
    assert played(mine).remarks == ()
    assert played(mine, scenario="calm_day").evacuation.areas == {}


@pytest.mark.parametrize(
    ("plan", "said"),
    [("title: [", "my_ring.yaml"), ("walk: 3", "my_ring.yaml"), (None, "unknown plan 'my_ring'")],
)
def test_a_kind_that_nothing_asks_for_is_left_out_with_its_broken_plan(
    tmp_path: Path, plan: str | None, said: str
) -> None:
    own(tmp_path, "kinds/ash", ASH)
    if plan is not None:
        own(tmp_path, "evacuation_plan/my_ring", plan)
    scenario = played(tmp_path, scenario="calm_day")
    assert "ash" not in scenario.kinds
    (remark,) = scenario.remarks
    assert remark.startswith("kind 'ash' is left out") and said in remark
    asked = 'incidents=[{kind: ash, onset: "09:00", place: Air Dingin}]'
    assert said in refused(tmp_path, asked, scenario="calm_day")


def test_a_kind_of_ones_own_with_a_sound_plan_is_there(tmp_path: Path) -> None:
    own(tmp_path, "kinds/ash", ASH)
    own(tmp_path, "evacuation_plan/my_ring", MINE)
    scenario = played(tmp_path, scenario="calm_day")
    assert "ash" in scenario.kinds and not scenario.remarks
    assert check_any(tmp_path / "kinds" / "ash.yaml").scenario.evacuation.areas["my_ring"].area.radius_km == 3


def test_an_unknown_plan_gets_the_nearest_name_of_the_users_own_and_the_packaged(mine: Path) -> None:
    own(mine, "mine", SCENARIO.replace("my_ring", "my_rnig"))
    said = refused(mine)
    assert "kinds.volcanic_alert.severities.red.effects: unknown plan 'my_rnig'; did you mean 'my_ring'?" in said
    own(mine, "mine", SCENARIO)
    said = refused(mine, "+strategy.evacuation={areas: {my_ring: kaba_rign}}")
    assert "evacuation.areas.my_ring: unknown plan 'kaba_rign'; did you mean 'kaba_ring'?" in said


def test_a_link_that_leads_out_of_the_folder_is_not_followed(
    mine: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = own(tmp_path_factory.mktemp("outside"), "secret", MINE)
    file = mine / "evacuation_plan" / "my_ring.yaml"
    file.unlink()
    file.symlink_to(outside)
    assert "a link that leads out of" in refused(mine)
    file.rename(file.with_name("strangers.yaml"))
    assert played(mine, scenario="calm_day").remarks == (), "nothing asks for it"


def test_what_is_misshapen_is_left_to_the_schema(mine: Path) -> None:
    for wrong in ("evacuation.areas=3", "evacuation.areas.my_ring=3", "kinds.volcanic_alert.severities=[1]"):
        assert "needed" in refused(mine, wrong)


def test_a_file_that_has_changed_is_read_again(mine: Path) -> None:
    assert played(mine).evacuation.areas["my_ring"].area.radius_km == 3
    own(mine, "evacuation_plan/my_ring", MINE.replace("radius_km: 3", "radius_km: 4"))
    assert played(mine).evacuation.areas["my_ring"].area.radius_km == 4
