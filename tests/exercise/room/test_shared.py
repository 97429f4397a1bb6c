"""What many devices get alike is made once a second, and never for another role, party or language."""

from __future__ import annotations

from starlette.responses import Response

from sim.exercise.room.shared import FRESH_S, Shared
from sim.exercise.session.actions import Note, RoomRole, Run
from sim.exercise.session.room import Room
from sim.words.language import Language, spoken


class Made:
    def __init__(self) -> None:
        self.count, self.now = 0, 0.0

    def __call__(self) -> Response:
        self.count += 1
        return Response(str(self.count))


def test_it_is_made_anew_after_a_second_and_after_whatever_is_done(room: Room) -> None:
    made = Made()
    shared = Shared(room, lambda: made.now)

    def got(key: str = "map") -> bytes:
        return bytes(shared.get(key, made).body)

    assert [got(), got(), got("other"), got()] == [b"1", b"1", b"2", b"1"]
    made.now += 100
    assert got() == b"1"  # the clock stands
    room.do(Note(text="x"), by="f", role=RoomRole.FACILITATOR)
    assert got() == b"3"
    room.do(Run(), by="f", role=RoomRole.FACILITATOR)
    assert [got(), got()] == [b"4", b"4"]
    made.now += FRESH_S
    assert got() == b"5"
    with spoken(Language.INDONESIAN):
        assert got() == b"6"
    assert got() == b"5"
