"""Every rule that a strategy may have is told in words, and none of them is advice on using force."""

from __future__ import annotations

import re

import pytest
from pydantic import TypeAdapter

from sim.config.command import Command
from sim.config.duty import Duty
from sim.config.leaving import InCharge, Leaving, Manner
from sim.config.response import BoxEscort
from sim.day.world import World, prepare
from sim.orders.html import html
from sim.orders.lines import of_duties
from sim.orders.make import orders_of
from sim.orders.orders import Kind
from sim.orders.rules import asking, escort, leaving, on_duty
from sim.triage import Triage
from sim.vocabulary import EscortRule, Severity
from sim.words import orders as words
from tests.conftest import small_scenario

BOXES = BoxEscort(vehicle="truck", load_minutes=5, notice_minutes=15, wait_minutes=0, gather_minutes=30)


@pytest.mark.parametrize("rule", EscortRule)
def test_each_rule_of_escort_is_a_sentence_of_its_own(rule: EscortRule) -> None:
    said = escort(rule, BOXES)
    assert said.startswith("Ballot boxes: ") and "truck" in said
    assert len({escort(one, BOXES) for one in EscortRule}) == len(EscortRule)


@pytest.mark.parametrize("rule", EscortRule)
def test_who_waits_for_whom_is_ordered_only_where_boxes_may_wait_and_so_long(rule: EscortRule) -> None:
    waits, at_once = escort(rule, BOXES), escort(rule, BOXES.model_copy(update={"gather_minutes": 0.0}))
    assert at_once.count(".") == 1 and waits.startswith(at_once)
    assert "minutes before" not in at_once and " call" not in at_once
    assert ("up to 30 minutes before wait" in waits) == (rule is not EscortRule.CREW_AND_WARDEN)


@pytest.mark.parametrize("decides", InCharge)
@pytest.mark.parametrize("manner", Manner)
def test_who_decides_and_how_is_said(decides: InCharge, manner: Manner) -> None:
    said = leaving(Leaving(decides=decides, manner=manner, escort_officers=9))
    who = {"chair": "its chair", "first_officer": "the first officer on scene", "posko": "the operations centre"}
    assert f": {who[decides]} decides" in said and "{" not in said
    assert ("9 officers" in said) == (manner is Manner.WAIT_FOR_ESCORT)


def test_who_asks_other_agencies_is_said() -> None:
    of = TypeAdapter(Command).validate_python
    said = [asking(of({"rule": rule})) for rule in ("on_request", "joint_command")]
    said.append(asking(of({"rule": "separate", "desks": 1, "handling": {"mean_minutes": 7}})))
    assert len(set(said)) == 3 and "7 minutes" in said[2]


def test_there_are_words_for_every_word_of_the_model() -> None:
    assert set(words.KINDS) == {*Kind, "elsewhere"}
    assert set(words.INJURIES) == set(Triage)
    assert set(words.SEVERITIES) == {one.word for one in Severity}


def test_no_word_is_advice_on_using_force() -> None:
    texts = [value for value in vars(words).values() if isinstance(value, str)]
    texts += [text for value in vars(words).values() if isinstance(value, dict) for text in value.values()]
    assert not [t for t in texts if re.search(r"\b(force|gas|baton|weapon|shoot|arrest|disperse)", str(t), re.I)]


def test_how_long_teams_are_on_duty_is_said_where_it_is_not_all_day(small_world: World) -> None:
    assert on_duty(Duty()) == "" and len(orders_of(small_world, "even_spread").rules) == 3
    said = on_duty(Duty(begins="05:00", longest_minutes=600, rest_minutes=480))
    assert said.endswith("on duty from 05:00, for 600 minutes at most, then rest 480 minutes.")


def test_a_patrols_round_begins_with_its_shift() -> None:
    patrol = "{teams: 1, size: 2, vehicle: car, districts: [T1], shift: {from_time: '09:00', to_time: '12:00'}}"
    orders = orders_of(prepare(small_scenario(f"strategy.patrols=[{patrol}]")), "even_spread")
    (duty,) = [duty for page in orders.districts for duty in page.duties if duty.kind is Kind.PATROL]
    assert duty.visits[0].there == 9 * 60 and duty.shift == (540, 720)
    assert "on duty 09:00 to 12:00" in html(orders).decode()
    assert [line.cells["duty"] for line in of_duties([duty]) if line.begins] == ["T1/1 (09:00 to 12:00)"]
