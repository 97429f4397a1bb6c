"""Posts of an area on the polling day: the operations centre has them manned when the area is ordered to leave."""

from __future__ import annotations

from bisect import insort

import simpy

from sim.config.area import Duty
from sim.evacuation.area.plan import Guarded
from sim.log import NEVER
from sim.response.emergency import Unrecorded
from sim.strength import Strength
from sim.vocabulary import Capability, Purpose, Severity

SEVERITY = Severity.YELLOW
"""How urgent it is to man one: whatever is red comes first, guards of stations and reserves kept for red stay."""


class AreaPost(Unrecorded):
    """A post that must be manned; see :class:`sim.response.emergency.Emergency`.

    Args:
        env: The clock.
        identity: What it is called in the records.
        post: Where it is, and what it takes.
        over: Triggers when the disturbance is over, and with it the post.
    """

    purpose = Purpose.AREA_POST
    severity = heard = SEVERITY

    def __init__(self, env: simpy.Environment, identity: str, post: Guarded, over: simpy.Event) -> None:
        self.env = env
        self.identity = identity
        self.post = post
        self.place = post.place
        self.over = over
        self.onset = float(env.now)
        self.need = self.heard_need = Strength.of(presence=post.officers)
        self._there = 0
        self._ended = NEVER
        self._changes: list[tuple[float, bool]] = []
        assert over.callbacks is not None
        over.callbacks.append(self._end)

    def _end(self, _: simpy.Event) -> None:
        self._ended = float(self.env.now)
        self._note(0)

    def arrive(self, strength: Strength, *, sent: bool = True, of_post: bool = False) -> None:
        """Officers have come."""
        del sent, of_post
        self._note(self._there + strength[Capability.PRESENCE])

    def leave(self, strength: Strength) -> None:
        """Officers have gone."""
        self._note(self._there - strength[Capability.PRESENCE])

    def _note(self, there: int) -> None:
        before, self._there = self.is_manned, there
        if self.is_manned is not before:
            self._changes.append((float(self.env.now), self.is_manned))

    @property
    def is_manned(self) -> bool:
        """Whether all the officers that it takes are there."""
        return self._there >= self.post.officers

    @property
    def was_manned(self) -> bool:
        """Whether it ever was."""
        return bool(self._changes)

    @property
    def changes(self) -> tuple[tuple[float, bool], ...]:
        """Since when it is manned, or is not any more, minutes after midnight, in order; at first it is not."""
        return tuple(self._changes)

    def unmanned_minutes(self, end: float) -> float:
        """Return for how long it was not manned, from the order until it was over, or the day was at its ``end``."""
        until = end if self._ended != self._ended else self._ended
        total, since, manned = 0.0, self.onset, False
        for when, now in (*self._changes, (until, True)):
            if not manned:
                total += when - since
            since, manned = when, now
        return total


def directed(posts: list[AreaPost], given: float) -> list[tuple[float, frozenset[int]]]:
    """Return where officers direct the traffic, in order of time, minutes after the order; nowhere until the first.

    Args:
        posts: The posts of an area, their day over.
        given: When the order was given, minutes after midnight.
    """
    changes: list[tuple[float, int, bool]] = []
    for number, post in enumerate(posts):
        if post.post.duty is Duty.TRAFFIC:
            for when, manned in post.changes:
                insort(changes, (when, number, manned))
    now, found = set[int](), list[tuple[float, frozenset[int]]]()
    for when, number, manned in changes:
        (now.add if manned else now.discard)(number)
        found.append((when - given, frozenset(posts[i].place.node for i in now)))
    return found
