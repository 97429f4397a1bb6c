"""Parts that many devices get alike, made once a second for all of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable

from starlette.responses import Response

from sim.exercise.session.room import Room
from sim.words.language import speaking

FRESH_S = 1.0
"""So long a part is given again while the scenario clock runs; while it stands, until something is done."""


class Shared:
    """Answers that are given again as long as they hold.

    Args:
        room: The room: what has been done in it ends all of them.
        clock: Seconds that never go back.
    """

    def __init__(self, room: Room, clock: Callable[[], float] = time.monotonic) -> None:
        self._room, self._clock = room, clock
        self._seq, self._kept = -1, dict[Hashable, tuple[float, Response]]()

    def get(self, key: Hashable, make: Callable[[], Response]) -> Response:
        """Return the answer of a key in the language that is spoken, which is made where there is none that holds."""
        if self._seq != self._room.state.seq:
            self._seq, self._kept = self._room.state.seq, {}
        now, here = self._clock(), (key, speaking())
        kept = self._kept.get(here)
        if kept is not None and (not self._room.state.clock.running or now - kept[0] < FRESH_S):
            return kept[1]
        made = make()
        self._kept[here] = now, made
        return made
