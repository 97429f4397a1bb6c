"""A need that nobody can meet is said before the run, with the shortage."""

from __future__ import annotations

import pytest

from sim.day import prepare
from tests.conftest import QUIET, small_scenario

NO_REST = ("response.attached=[]", "strategy.patrols=[]")
RIOT = 'incidents=[{kind: riot, onset: "09:40", place: "district 2", starters: 20, followers: 0}]'


def remarks(*overrides: str) -> list[str]:
    return [text for text in prepare(small_scenario(*overrides)).remarks if "never met" in text]


def test_the_packaged_plans_can_meet_what_is_asked_for() -> None:
    assert remarks() == []


def test_who_has_no_formed_unit_is_told_of_every_severity_that_asks_for_one() -> None:
    said = remarks(*QUIET, RIOT, *NO_REST)
    assert said == [
        "strategy 'even_spread': kinds.riot.severities.yellow.needs asks for 12 of crowd_control, but all its units "
        "together have 0: it is never met",
        "strategy 'even_spread': kinds.riot.severities.red.needs asks for 30 of crowd_control, but all its units "
        "together have 0: it is never met",
    ]


@pytest.mark.parametrize(("size", "missing"), [(12, ["red"]), (30, [])])
def test_a_section_is_enough_for_yellow_and_a_platoon_for_red(size: int, missing: list[str]) -> None:
    reserve = f"strategy.reserves=[{{base: POLRES, teams: 1, size: {size}, vehicle: truck}}]"
    said = remarks(*QUIET, RIOT, *NO_REST, reserve, "region.forces.police=200")
    assert [text.split(".needs")[0].rsplit(".", 1)[1] for text in said] == missing


def test_who_may_not_be_called_at_a_severity_does_not_count() -> None:
    army = "{base: YONIF-144, agency: army, teams: 1, size: 30, vehicle: truck, from_severity: red, request_delay: 20}"
    said = remarks(*QUIET, RIOT, f"response.attached=[{army}]", "strategy.patrols=[]")
    assert ["yellow" in text for text in said] == [True]


def test_kinds_that_cannot_happen_ask_for_nothing() -> None:
    assert remarks(*QUIET, *NO_REST) == []
    assert any("kinds.riot" in text for text in remarks(*NO_REST)), "here they start by themselves"


@pytest.mark.parametrize(
    ("rate", "kind"), [("office", "office_protest"), ("road", "landslide"), ("village", "flood"), ("station", "clash")]
)
def test_a_kind_that_starts_by_itself_anywhere_asks_for_what_it_needs(rate: str, kind: str) -> None:
    others = [zero for zero in QUIET if f"_{rate}_" not in zero]
    nobody = (*NO_REST, "strategy.reserves=[]", "response.standing_guards.election_offices=0")
    assert any(f"kinds.{kind}." in text for text in remarks(*others, *nobody))
    assert not any(f"kinds.{kind}." in text for text in remarks(*QUIET, *nobody))


def test_a_force_of_coverage_that_no_strategy_has_is_said_with_what_there_is() -> None:
    reserve = "strategy.reserves=[{base: POLRES, teams: 1, size: 12, vehicle: truck}]"
    asked = small_scenario(
        *QUIET, *NO_REST, reserve, "region.forces.police=200", "response.force.red.crowd_control=5000"
    )
    assert [text for text in prepare(asked).remarks if "force covers" in text] == [
        "strategy 'even_spread': response.force.red asks for 5,000 of crowd_control, but all its units together have 12: "
        "that force covers no place"
    ]
    enough = small_scenario(
        *QUIET, *NO_REST, reserve, "region.forces.police=200", "response.force.red.crowd_control=12"
    )
    assert not [text for text in prepare(enough).remarks if "force covers" in text]
