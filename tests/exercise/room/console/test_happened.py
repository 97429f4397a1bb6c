"""What the model did by itself is offered as a message until an inject tells of it."""

from __future__ import annotations

from dataclasses import replace

from sim.exercise.room.console.happened import events, untold
from sim.exercise.session.actions import Add, Deliver, Jump
from sim.exercise.session.room import Room
from tests.exercise.room.console.conftest import Does


def keys(room: Room) -> list[str]:
    return [one["key"] for one in untold(room)["untold"]]


def test_what_an_inject_tells_of_is_not_offered_again(room: Room, does: Does) -> None:
    does(Jump(to=620))
    assert "incident/s0/reported" in [one["key"] for one in events(room)]
    assert "incident/s0/reported" not in keys(room)


def test_nothing_is_offered_before_it_has_happened(room: Room, does: Does) -> None:
    does(Jump(to=579))
    assert not [key for key in keys(room) if key.startswith("incident/")]


def test_a_message_that_is_added_is_delivered_and_no_longer_offered(room: Room, does: Does) -> None:
    does(Jump(to=660))
    first = untold(room)["untold"][0]
    number = max(room.state.injects) + 1
    does(Add(inject=replace(first["ready"], seq=number, time=None, status=room.state.injects[1].status)))
    does(Deliver(inject=number))
    assert first["key"] not in keys(room)
    assert room.state.injects[number].delivered == 660


def test_the_newest_comes_first_and_nobody_gets_what_the_centre_cannot_know(room: Room, does: Does) -> None:
    does(Jump(to=660))
    found = untold(room)["untold"]
    assert [one["minutes"] for one in found] == sorted((one["minutes"] for one in found), reverse=True)
    assert all(one["to"] for one in found)
    assert not [one for one in found if one["key"].endswith("/onset")]
