"""How things stand: in truth beside what the operations centre knows, and every unit in one group."""

from __future__ import annotations

from collections import Counter

from sim.exercise.room.console.choices import choices, levers, places
from sim.exercise.room.console.situation import others, shown_severity, situation
from sim.exercise.session.actions import Decide, Jump
from sim.exercise.session.orders import Lever, Order
from sim.exercise.session.room import Room
from sim.vocabulary import Severity
from tests.exercise.room.console.conftest import Does, hold, reserve


def test_an_incident_that_nobody_has_reported_is_there_and_marked_as_unknown(room: Room, does: Does) -> None:
    assert situation(room)["incidents"] == []
    does(Jump(to=580.5))
    found = situation(room)["incidents"][0]
    assert (found["identity"], found["known"], found["since"]) == ("s0", None, "09:40")
    does(Jump(to=590))
    assert situation(room)["incidents"][0]["known"] is not None


def test_a_severity_is_told_by_word_and_letter_and_not_by_a_colour_alone() -> None:
    assert [shown_severity(one)["letter"] for one in Severity] == ["G", "Y", "R"]
    assert [shown_severity(one)["said"] for one in Severity] == ["green", "yellow", "red"]


def test_every_unit_stands_in_one_group(room: Room, does: Does) -> None:
    does(Jump(to=590))
    rows = [row["name"] for group in situation(room)["units"] for row in group["rows"]]
    every = Counter(rows + [row["name"] for row in others(room)["rows"]])
    assert every == Counter(unit.name for unit in room.picture().units)


def test_a_unit_that_is_held_back_moves_to_the_held_and_is_offered_to_be_let_go(room: Room, does: Does) -> None:
    does(Decide(orders=(hold(room),)))
    group = next(one for one in situation(room)["units"] if one["name"] == "held")
    assert [row["name"] for row in group["rows"]] == [reserve(room)]
    does(Decide(orders=(Order(lever=Lever.HOLD, unit=reserve(room), held=False),)))
    assert not [one for one in situation(room)["units"] if one["name"] == "held"]


def test_the_form_offers_what_there_is(room: Room, does: Does) -> None:
    does(Jump(to=585))
    assert [name for name, _said in choices(room)["incidents"]] == ["s0"]
    assert reserve(room) in [name for name, _said in choices(room)["units"]]
    found, region = places(room), room.live.world.region
    assert len(found["stations"]) == len(region.stations)
    assert len(found["roads"]) == len(region.roads.u)
    for code, _name in found["stations"] + found["roads"] + found["places"]:
        room.live.world.gazetteer.find(code, "place")  # else it raises
    assert {one["name"]: one["needs"] for one in levers()}["send"] == "unit incident"
    assert len(levers()) == len(Lever)
