"""Requests of players: open until they are answered, and a decision form that is filled with what was asked for."""

from __future__ import annotations

import json
from collections.abc import Callable

from sim.exercise.room.console.requests import requests
from sim.exercise.session.actions import Decide, Decline, Deliver, Jump
from sim.exercise.session.entry import Entry
from sim.exercise.session.room import Room
from tests.exercise.room.console.conftest import Does, hold, reserve


def test_a_request_is_open_until_it_is_decided_or_declined(room: Room, does: Does, asks: Callable[..., Entry]) -> None:
    does(Jump(to=585))
    first, second = asks(text="Send somebody"), asks(text="Close the road")
    assert [one["number"] for one in requests(room)["open"]] == [first.seq, second.seq]
    does(Decide(text="Yes", proposal=first.seq))
    does(Decline(proposal=second.seq, why="It is open for ambulances"))
    found = requests(room)
    assert found["open"] == []
    assert [(one["number"], bool(one["decided"]), one["why"]) for one in found["answered"]] == [
        (second.seq, False, "It is open for ambulances"),
        (first.seq, True, ""),
    ]


def test_taking_a_request_up_fills_the_form_with_its_words_and_orders(
    room: Room, does: Does, asks: Callable[..., Entry]
) -> None:
    does(Jump(to=585))
    does(Deliver(inject=2))
    entry = asks(text='Hold "it" </script>', orders=(hold(room),), inject=2)
    row = requests(room)["open"][0]
    filled = json.loads(row["fills"])
    assert (filled["text"], filled["inject"], filled["proposal"]) == ('Hold "it" </script>', 2, entry.seq)
    assert filled["orders"][0] | {} == {
        "lever": "hold", "unit": reserve(room), "incident": "", "station": "", "road": "", "place": "", "held": True,
    }  # fmt: skip
    assert row["by"] == "Operations"
    assert row["orders"] == [f"Hold {reserve(room)} back"]
