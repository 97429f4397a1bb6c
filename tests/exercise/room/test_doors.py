"""PINs cannot be guessed, and cookies cannot be made elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import UserError
from sim.exercise.room.doors import (
    FIRST_WAIT_S,
    LONGEST_WAIT_S,
    MOST_ADDRESSES,
    TRIES,
    TRIES_IN_ALL,
    WINDOW_S,
    Doors,
    Guessing,
    new_device,
)
from sim.exercise.session.about import Secret
from sim.exercise.session.actions import RoomRole


class Seconds:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def doors(seconds: Seconds) -> Doors:
    return Doors(Secret.drawn(), Guessing(seconds))


def wrong_pin(doors: Doors, address: str = "10.0.0.9") -> str:
    with pytest.raises(UserError) as error:
        doors.check_pin("nine", RoomRole.PLAYER, address)
    return str(error.value)


def pins(doors: Doors) -> tuple[str, str]:
    return doors._secret.players, doors._secret.evaluators


def test_each_role_has_its_pin(doors: Doors) -> None:
    players, evaluators = pins(doors)
    doors.check_pin(players, RoomRole.PLAYER, "a")
    doors.check_pin(players, RoomRole.PROJECTOR, "a")
    doors.check_pin(evaluators, RoomRole.EVALUATOR, "a")
    for pin, role in ((players, RoomRole.EVALUATOR), (evaluators, RoomRole.PLAYER), ("", RoomRole.PLAYER)):
        with pytest.raises(UserError, match="this PIN is not right"):
            doors.check_pin(pin, role, "a")


def test_after_five_wrong_ones_even_the_right_pin_must_wait(doors: Doors, seconds: Seconds) -> None:
    for _each in range(TRIES):
        assert "not right" in wrong_pin(doors)
    for pin in ("nine", pins(doors)[0]):
        with pytest.raises(UserError, match="wait 60 seconds"):
            doors.check_pin(pin, RoomRole.PLAYER, "10.0.0.9")
    doors.check_pin(pins(doors)[0], RoomRole.PLAYER, "10.0.0.8")
    seconds.now += FIRST_WAIT_S
    doors.check_pin(pins(doors)[0], RoomRole.PLAYER, "10.0.0.9")


def test_who_goes_on_waits_twice_as_long_each_time(doors: Doors, seconds: Seconds) -> None:
    waits = []
    for _each in range(TRIES + 12):
        wrong_pin(doors)
        waits.append(doors.guessing._by["10.0.0.9"].until - seconds.now)
        seconds.now = max(seconds.now, doors.guessing._by["10.0.0.9"].until)
    assert waits[TRIES - 1 : TRIES + 2] == [FIRST_WAIT_S, 2 * FIRST_WAIT_S, 4 * FIRST_WAIT_S]
    assert waits[-1] == LONGEST_WAIT_S


def test_many_addresses_are_held_back_together(doors: Doors, seconds: Seconds) -> None:
    for number in range(TRIES_IN_ALL):
        wrong_pin(doors, f"10.0.{number}.1")
    with pytest.raises(UserError, match="wait"):
        doors.check_pin(pins(doors)[0], RoomRole.PLAYER, "10.9.9.9")
    seconds.now += FIRST_WAIT_S + 1
    seconds.now += WINDOW_S
    doors.check_pin(pins(doors)[0], RoomRole.PLAYER, "10.9.9.9")


def test_guessers_are_not_remembered_without_end(seconds: Seconds) -> None:
    guessing = Guessing(seconds)
    for number in range(MOST_ADDRESSES + 500):
        guessing.wrong(f"a{number}")
        seconds.now += WINDOW_S
        guessing.check("b")
    assert len(guessing._by) == MOST_ADDRESSES
    assert len(guessing._all) <= 1


def test_a_cookie_is_known_again_by_its_session_alone(doors: Doors) -> None:
    device = new_device()
    cookie = doors.sealed(device)
    assert doors.device(cookie) == device
    assert Doors(doors._secret).device(cookie) == device
    assert Doors(Secret.drawn()).device(cookie) is None
    assert Doors(Secret.drawn()).cookie != doors.cookie


@given(st.text())
def test_no_other_text_is_a_cookie(text: str) -> None:
    doors = Doors(Secret.drawn())
    assert doors.device(text) is None
    assert doors.device(f"{text}.{doors.sealed('d-1').partition('.')[2]}") in (None, "d-1")
    assert not doors.is_console(text)


def test_devices_differ() -> None:
    assert len({new_device() for _each in range(1_000)}) == 1_000
