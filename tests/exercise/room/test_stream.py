"""The stream of events: every entry is told once, in order, to whom it may concern, and nothing of its contents."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from sim.errors import UserError
from sim.exercise.inject import Party
from sim.exercise.room.clockwork import Clockwork
from sim.exercise.room.lobby import Lobby, Progress
from sim.exercise.room.parts import Device, Part
from sim.exercise.room.stream import MOST_STREAMS, Hub
from sim.exercise.session.actions import Add, Deliver, Join, Leave, Note, Propose, RoomRole, Run
from sim.exercise.session.room import Room
from sim.words.language import Language, spoken
from tests.exercise.session.conftest import ONSET, WallClock, inject

F, P = RoomRole.FACILITATOR, RoomRole.PLAYER
PARTS = (
    Part("all", frozenset({F, P}), "", lambda _room, _visit: {}),
    Part("notes", frozenset({F}), "", lambda _room, _visit: {}, by=(Note,)),
    Part("next", frozenset({F}), "", lambda _room, _visit: {}, by=(Deliver,), due=True),
    Part("map", frozenset({P}), "", lambda _room, _visit: {}, by=(), live=True),
)
FACILITATOR, PLAYER = Device("f", F), Device("p", P, Party.POLICE)
Event = tuple[str, Any]


def read(text: str) -> list[Event]:
    """Return events as a browser takes them from the wire."""
    found = []
    for block in text.split("\n\n"):
        lines = [line.partition(": ") for line in block.splitlines()]
        name = next((value for field, _colon, value in lines if field == "event"), "")
        data = "\n".join(value for field, _colon, value in lines if field == "data")
        if name:
            found.append((name, json.loads(data) if data[:1] in "{0123456789" and data else data))
    return found


class Stream:
    def __init__(self, hub: Hub, device: Device) -> None:
        self._events: AsyncIterator[str] = hub.events(device)

    async def next(self) -> list[Event]:
        return read(await asyncio.wait_for(anext(self._events), 5))

    async def end(self) -> None:
        await self._events.aclose()  # type: ignore[attr-defined]


@pytest.fixture
def lobby() -> Lobby:
    return Lobby()


@pytest.fixture
def hub(room: Room, lobby: Lobby) -> Hub:
    room.do(Join(device="f", role=F), by="siaga", role=None)
    room.do(Join(device="p", role=P, party=Party.POLICE), by="siaga", role=None)
    return Hub(room, lobby, PARTS)


def run(test: Callable[[], Any]) -> None:
    """Run a test in a thread of its own: a browser that other tests have opened keeps the loop of this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(test())).result()


def test_a_snapshot_comes_first_and_then_every_entry_in_order(room: Room, hub: Hub) -> None:
    async def test() -> None:
        facilitator, player = Stream(hub, FACILITATOR), Stream(hub, PLAYER)
        for stream in (facilitator, player):
            assert await stream.next() == [("snapshot", {"seq": 2, "time": room.now, "speed": 1.0, "running": False})]
        await facilitator.next()  # that the player has come
        room.do(Note(text="secret"), by="f", role=F)
        room.do(Propose(text="help"), by="p", role=P)
        assert await facilitator.next() == [
            ("changed", {"seq": 3, "parts": ["all", "notes"]}), ("changed", {"seq": 4, "parts": ["all"]}),
            ("all", 4), ("notes", 4),
        ]  # fmt: skip
        told = await player.next()
        assert told == [
            ("changed", {"seq": 3, "parts": ["all"]}),
            ("changed", {"seq": 4, "parts": ["all"]}),
            ("all", 4),
        ]
        await facilitator.end()
        await player.end()

    run(test)


def test_who_is_slow_loses_nothing_and_who_comes_back_gets_a_snapshot(room: Room, hub: Hub) -> None:
    async def test() -> None:
        slow = Stream(hub, PLAYER)
        await slow.next()
        for count in range(300):
            room.do(Note(text=str(count)), by="f", role=F)
            await asyncio.sleep(0)
        told = [data["seq"] for name, data in await slow.next() if name == "changed"]
        assert told == list(range(3, 303))
        await slow.end()
        again = Stream(hub, PLAYER)
        ((_name, standing),) = await again.next()
        assert standing["seq"] == 302
        await again.end()

    run(test)


def test_players_are_not_told_that_an_inject_has_become_due(room: Room, hub: Hub, wall: WallClock) -> None:
    async def test() -> None:
        facilitator, player = Stream(hub, FACILITATOR), Stream(hub, PLAYER)
        for stream in (facilitator, player):
            await stream.next()
        await facilitator.next()
        clockwork = Clockwork(room, hub)
        clockwork.step()
        room.do(Run(speed=1), by="f", role=F)
        await facilitator.next()
        await player.next()
        wall.wind(41)  # inject 1 is due at 7:10
        clockwork.step()
        names = [name for name, _data in await facilitator.next()]
        assert names == ["tick", "next"]
        assert [name for name, _data in await player.next()] == ["tick"]
        wall.wind(1 / 60)
        clockwork.step()
        assert [name for name, _data in await player.next()] == ["tick", "map"]
        await facilitator.end()
        await player.end()

    run(test)


def test_an_event_of_the_model_makes_its_inject_due_and_is_told(room: Room, hub: Hub, wall: WallClock) -> None:
    clockwork = Clockwork(room, hub)
    room.do(Run(speed=60), by="f", role=F)
    wall.wind((ONSET + 40 - room.now) / 60)
    clockwork.step()
    assert 2 in clockwork._due


def test_the_console_is_told_who_comes_and_how_far_a_question_is(lobby: Lobby, hub: Hub) -> None:
    async def test() -> None:
        facilitator = Stream(hub, FACILITATOR)
        await facilitator.next()
        player = Stream(hub, PLAYER)
        await player.next()
        assert ("lobby", 2) in await facilitator.next()
        assert lobby.is_here("p")
        hub.progress(7, Progress(4, 200))
        hub.progress(7, Progress(8, 200))
        assert await facilitator.next() == [("progress", {"question": 7, "done": 8, "of": 200})]
        await player.end()
        assert not lobby.is_here("p")
        assert ("lobby", 2) in await facilitator.next()
        await facilitator.end()

    run(test)


def test_who_leaves_is_told_in_the_device_s_language(room: Room, hub: Hub) -> None:
    async def test() -> None:
        with spoken(Language.INDONESIAN):
            player = Stream(hub, PLAYER)
            await player.next()
        room.do(Leave(device="p"), by="siaga", role=None)
        told = await player.next()
        while told[-1][0] != "closed":
            told = await player.next()
        with pytest.raises(StopAsyncIteration):
            await player.next()

    run(test)


def test_a_device_has_few_streams(lobby: Lobby, hub: Hub) -> None:
    lobby.streams["p"] = MOST_STREAMS - 1
    hub.check(PLAYER)
    lobby.streams["p"] = MOST_STREAMS
    with pytest.raises(UserError, match="too many of the room's pages open"):
        hub.check(PLAYER)


def test_nothing_of_an_entry_is_in_what_players_are_told(room: Room, hub: Hub) -> None:
    async def test() -> None:
        events = hub.events(PLAYER)
        seen = await anext(events)
        room.do(Note(text="MARKED"), by="f", role=F)
        room.do(Add(inject=inject(9, None, title="MARKED", text="MARKED", note="MARKED")), by="f", role=F)
        seen += await anext(events)
        await events.aclose()  # type: ignore[attr-defined]
        assert "changed" in seen
        assert "MARKED" not in seen

    run(test)
