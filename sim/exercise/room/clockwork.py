"""What happens by itself, second by second: the day is played on, the clock is noted, what is due is told."""

from __future__ import annotations

import asyncio
import logging

from sim.exercise.inject import InjectStatus
from sim.exercise.room.stream import Hub
from sim.exercise.session.room import Room
from sim.words import room_server as words

_log = logging.getLogger("uvicorn.error")
SECOND_S = 1.0
BEATS = 2
"""The clock is noted on the disk at every so many seconds."""


class Clockwork:
    """Plays the day on while the scenario clock runs.

    Args:
        room: The room.
        hub: Tells the pages.
    """

    def __init__(self, room: Room, hub: Hub) -> None:
        self._room, self._hub = room, hub
        self._due: frozenset[int] = frozenset()
        self._count = 0

    async def run(self) -> None:
        """Go on until the server ends."""
        while True:
            try:
                self.step()
            except Exception:  # the room goes on: what was done is in its log
                _log.exception("clockwork")
                self._hub.notice(lambda: words.FAULT)
            await asyncio.sleep(SECOND_S)

    def step(self) -> None:
        """Do what a second asks for."""
        self._count += 1
        room = self._room
        if room.state.clock.running:
            room.day()
            self._hub.tick()
            if self._count % BEATS == 0:
                room.beat()
        due = frozenset(number for number, status in room.statuses().items() if status is InjectStatus.DUE)
        if due != self._due:
            self._due = due
            self._hub.due()
        self._hub.read_only()
