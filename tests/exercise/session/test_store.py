"""Nothing that was done is lost: a loss of power, a changed log, a full disk."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.errors import UserError
from sim.exercise.session.actions import (
    Decide,
    Note,
    Run,
)  # fmt: skip
from sim.exercise.session.orders import Lever, Order
from sim.exercise.session.room import Room
from sim.exercise.session.store import CannotWrite, read_log
from tests.exercise.session.conftest import ONSET, WallClock
from tests.exercise.session.test_room import a_reserve, do, riot_at


def test_the_room_goes_on_where_it_was(folder: Path, opened: Callable, wall: WallClock) -> None:
    room = opened(folder)
    riot_at(room)
    unit = a_reserve(room)
    do(room, Decide(orders=(Order(lever=Lever.SEND, unit=unit, incident="s0"),)), key="k")
    do(room, Run(speed=6))
    wall.wind(2)
    room.beat()
    then, when = room.picture(), room.now
    again = opened(folder)  # as after a loss of power: nothing was closed
    assert again.now == when == ONSET + 18
    assert not again.state.clock.running
    assert again.picture() == then
    assert do(again, Decide(text="never done"), key="k") == 2  # the action of that key is done already


def test_a_line_that_a_loss_of_power_cut_off_is_taken_away(folder: Path, opened: Callable) -> None:
    room = opened(folder)
    do(room, Note(text="whole"))
    with room.log.file.open("ab") as stream:
        stream.write(b'{"seq":2,"at":"2024')
    again = opened(folder)
    assert [entry.action.text for entry in again.log.entries] == ["whole"]
    do(again, Note(text="after"))
    assert [entry.seq for entry in read_log(again.log.file)[0]] == [1, 2]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda text: text.replace('"seq":2', '"seq":3'), "line 2: it bears the number 3"),
        (lambda text: text.replace('"do":"note"', '"do":"nothing"', 1), "line 1: it is no entry"),
        (lambda text: text.replace('"time":400.0', '"time":NaN', 1), "line 1: it is no entry"),
    ],
)
def test_a_log_that_somebody_changed_is_refused_by_its_line(
    folder: Path, opened: Callable, change: Callable[[str], str], why: str
) -> None:
    room = opened(folder)
    for text in ("a", "b"):
        do(room, Note(text=text))
    room.log.file.write_text(change(room.log.file.read_text()))
    with pytest.raises(UserError, match=why):
        opened(folder)


def test_a_full_disk_is_said_and_the_room_is_read_only(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    riot_at(room)
    before, size, whole = room.picture(), room.log.file.stat().st_size, os.write

    def full(descriptor: int, data: bytes) -> int:
        if len(data) > 20:
            return whole(descriptor, bytes(data)[:20])  # some of it is taken, as disks do
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    order = Order(lever=Lever.HOLD, unit=a_reserve(room))
    with pytest.raises(CannotWrite, match=r"read-only.*No space left"):
        do(room, Decide(orders=(order,)))
    monkeypatch.undo()
    assert room.log.file.stat().st_size == size
    assert room.picture() == before
    with pytest.raises(CannotWrite, match="read-only"):
        do(room, Note(text="x"))
    assert "No space left" in room.read_only
