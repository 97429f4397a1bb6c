"""The stream of events of each page: what may have changed, never what is in it.

    event: snapshot  data: {"seq": 12, …}               on connecting: everything is to be fetched
    event: changed   data: {"seq": 13, "parts": […]}    for every entry of the log, in order, with ``id: 13``
    event: NAME      data: 13                           the part of that name may have changed
    event: tick      data: {"time": 643.2, …}           every second while the scenario clock runs
    event: progress  data: {"question": 12, "done": 40, "of": 200}     to those who may ask
    event: notice    data: a sentence that everybody sees
    event: closed    data: why this device gets nothing more

A stream keeps no queue: it knows the number of the entry that it has told last, and reads on in the log. So nothing is
lost to a slow device, and none makes the server hold more.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from sim.errors import UserError
from sim.exercise.room.lobby import Lobby, Progress
from sim.exercise.room.parts import Device, Part
from sim.exercise.session.actions import Leave, RoomRole
from sim.exercise.session.entry import Entry
from sim.exercise.session.room import Room
from sim.words import room_server as words
from sim.words.language import speaking, spoken

MOST_STREAMS = 6
"""Streams that a device may have open: browsers open no more to one server at once (HTTP/1.1)."""
GATHERED_S = 0.04
"""What happens within so long of each other is told together."""
QUIET_S = 15.0
"""A stream on which nothing happens is written to after so long, so that a device that is gone is found out."""
SPREAD_S = 0.9
"""A tick is told to one device after another within so long, so that not all fetch the map at the same moment."""
LIVE_TICKS = 2
"""Parts that live with the clock are fetched again at every so many ticks."""
Sentence = Callable[[], str]
"""A sentence, said in the language of whoever gets it."""
LOBBY = "lobby"
"""The event by which a console is told that somebody has come, gone, or is at work."""


@dataclass
class _Open:
    """One open stream."""

    device: Device
    seq: int
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    tick: int | None = None
    due: bool = False
    lobby: bool = False
    notice: Sentence | None = None
    progress: dict[int, Progress] = field(default_factory=dict)
    closed: Sentence | None = None


def read_only_said(room: Room, role: RoomRole | None) -> str:
    """Say that nothing can be noted any more; why, and in which file, is for the facilitator alone."""
    return room.read_only if role is RoomRole.FACILITATOR else str(words.READ_ONLY)


class Hub:
    """All open streams.

    Args:
        room: The room; it tells the hub of every entry.
        lobby: Where it notes who is connected.
        parts: Which parts there are.
    """

    def __init__(self, room: Room, lobby: Lobby, parts: Iterable[Part]) -> None:
        self._room, self._lobby, self._open = room, lobby, list[_Open]()
        self._parts = {role: tuple(part for part in parts if role in part.roles) for role in RoomRole}
        self._ticks, self._read_only = 0, ""
        room.listeners.append(self._told)

    def _wake(self) -> None:
        for stream in self._open:
            stream.woken.set()

    def _told(self, entry: Entry) -> None:
        if isinstance(entry.action, Leave):
            self.close(entry.action.device, lambda: words.SENT_OUT)
        self._wake()

    def tick(self) -> None:
        """Tell that the scenario clock has gone on."""
        self._ticks += 1
        for place, stream in enumerate(self._open):
            later = SPREAD_S * place / len(self._open)
            asyncio.get_running_loop().call_later(later, self._tick, stream, self._ticks)

    @staticmethod
    def _tick(stream: _Open, count: int) -> None:
        stream.tick = count
        stream.woken.set()

    def due(self) -> None:
        """Tell those whom it concerns that an inject has become due."""
        for stream in self._open:
            stream.due = True
        self._wake()

    def progress(self, question: int, progress: Progress) -> None:
        """Tell the console how far a question has come."""
        self._lobby.progress[question] = progress
        for stream in self._open:
            if stream.device.role is RoomRole.FACILITATOR:
                stream.progress[question] = progress
        self._wake()

    def forget(self, question: int) -> None:
        """Tell the console that a question is no longer at work."""
        self._lobby.progress.pop(question, None)
        self._people()

    def notice(self, sentence: Sentence) -> None:
        """Tell everybody something, such as that nothing can be noted any more."""
        for stream in self._open:
            stream.notice = sentence
        self._wake()

    def read_only(self) -> None:
        """Tell everybody, once, that nothing can be noted any more, where that is so."""
        if self._room.read_only and not self._read_only:
            for stream in self._open:
                stream.notice = partial(read_only_said, self._room, stream.device.role)
            self._wake()
        self._read_only = self._room.read_only

    def close(self, device: str | None, why: Sentence) -> None:
        """End the streams of a device, or all, and tell why, in the language of each."""
        for stream in self._open:
            if device in (None, stream.device.name):
                stream.closed = why
        self._wake()

    def check(self, device: Device) -> None:
        """Refuse one stream too many.

        Raises:
            UserError: When a device has too many open.
        """
        if self._lobby.streams[device.name] >= MOST_STREAMS:
            raise UserError(words.TOO_MANY_STREAMS)

    async def events(self, device: Device) -> AsyncIterator[str]:
        """Return the events of a device from now on, as they stand on the wire."""
        stream = _Open(device, self._room.state.seq)
        language = speaking()
        self._come(stream)
        try:
            yield f"retry: 1000\n{_event('snapshot', self._standing(), stream.seq)}"
            if self._room.read_only:
                yield _event("notice", read_only_said(self._room, device.role))
            while stream.closed is None:
                try:
                    await asyncio.wait_for(stream.woken.wait(), QUIET_S)
                except TimeoutError:
                    yield ": here\n\n"
                    continue
                await asyncio.sleep(GATHERED_S)
                stream.woken.clear()
                if stream.closed is not None:
                    break
                with spoken(language):
                    told = self._since(stream)
                if told:
                    yield told
            with spoken(language):
                last = _event("closed", stream.closed())
            yield last
        finally:
            self._go(stream)

    def _come(self, stream: _Open) -> None:
        self._open.append(stream)
        self._lobby.streams[stream.device.name] += 1
        self._people()

    def _go(self, stream: _Open) -> None:
        self._open.remove(stream)
        self._lobby.streams[stream.device.name] -= 1
        if not self._lobby.streams[stream.device.name]:
            del self._lobby.streams[stream.device.name]
        self._people()

    def _people(self) -> None:
        for stream in self._open:
            if stream.device.role is RoomRole.FACILITATOR:
                stream.lobby = True
                stream.woken.set()

    def _standing(self) -> dict[str, object]:
        clock = self._room.state.clock
        return {
            "seq": self._room.state.seq, "time": round(self._room.now, 3), "speed": clock.speed,
            "running": clock.running,
        }  # fmt: skip

    def _since(self, stream: _Open) -> str:
        """Return what has happened that a stream has not told yet."""
        parts = self._parts[stream.device.role] if stream.device.role is not None else ()
        entries = self._room.log.entries[stream.seq :]
        told, names = [], dict[str, None]()
        for entry in entries:
            changed = _changed(parts, entry)
            told.append(_event("changed", {"seq": entry.seq, "parts": changed}, entry.seq))
            names.update(dict.fromkeys(changed))
        stream.seq += len(entries)
        if stream.tick is not None:
            told.append(_event("tick", self._standing()))
            if stream.tick % LIVE_TICKS == 0:
                names.update((part.name, None) for part in parts if part.live)
        if stream.due:
            names.update((part.name, None) for part in parts if part.due)
        told += [_event(name, stream.seq) for name in names]
        told += [
            _event("progress", {"question": number, "done": one.done, "of": one.of})
            for number, one in stream.progress.items()
        ]
        told += [_event(LOBBY, stream.seq)] if stream.lobby else []
        told += [_event("notice", stream.notice())] if stream.notice else []
        stream.tick, stream.due, stream.lobby, stream.notice = None, False, False, None
        stream.progress.clear()
        return "".join(told)


def _changed(parts: Sequence[Part], entry: Entry) -> list[str]:
    return [part.name for part in parts if part.by is None or isinstance(entry.action, part.by)]


def _event(name: str, data: object, seq: int | None = None) -> str:
    text = data if isinstance(data, str) else json.dumps(data, allow_nan=False, separators=(",", ":"))
    lines = "".join(f"data: {line}\n" for line in text.splitlines() or [""])
    return f"event: {name}\n{lines}" + (f"id: {seq}\n\n" if seq is not None else "\n")
