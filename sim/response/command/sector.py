"""The police sector posts: what the chief of a district's post does with a report, before the centre has handled it."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from functools import partial

import simpy

from sim.clock import AnyOf, Signal, after
from sim.delay import draw
from sim.desks import Desks
from sim.echelon import Echelon
from sim.response.command.dispatcher import Dispatcher
from sim.response.emergency import Emergency
from sim.response.fleet import Unit
from sim.response.units import members
from sim.streams import Streams


@dataclass(eq=False)
class _Post:
    """A sector post on one day.

    Attributes:
        desks: Who takes calls.
        units: What is its chief's own.
        waiting: Disturbances that he has heard of and handled, by identity; those that the centre knows are its own.
    """

    desks: Desks
    units: list[Unit]
    waiting: dict[str, Emergency] = field(default_factory=dict)


class SectorPosts:
    """Every sector post: each takes the first report of a disturbance in one of its districts, and sends its own.

    A post hears when the centre hears, at a desk of its own, so the centre hears no later than without it. Its chief
    orders the routine patrol that waits at the post, and the pair at whose post it happens; where they are too few he
    calls units of other agencies, wherever they wait, of those that a sector post may call. A strategy's reserve that
    waits at the same base is not his: it is formed for the whole operation, held back and sent by the centre. Whom he
    has none to send for is left to the centre; until that has handled the report he sends whoever of his own is free
    again. Further calls and later news are the centre's.

    Args:
        env: The clock.
        dispatcher: Who judges and orders.
        known: Identities of the disturbances that the centre has handled.
        streams: The day's random streams.
    """

    def __init__(self, env: simpy.Environment, dispatcher: Dispatcher, known: Container[str], streams: Streams) -> None:
        self.env = env
        self.dispatcher = dispatcher
        self.known = known
        self.streams = streams
        self.settings = dispatcher.plan.settings.sector_posts
        self._waits = Signal(env)
        self._may_help = AnyOf(env, (dispatcher.fleet.became_idle, dispatcher.roads.changed), self._look_again)
        units, called = dispatcher.fleet.units, dispatcher.plan.called_by[Echelon.SECTOR]
        self._called = [*members(called, units)]
        self._posts = self._set_up() if self.settings.desks else {}
        if self._posts:
            self._wait_for_help()

    def _set_up(self) -> dict[str, _Post]:
        """Return the posts of all districts, by code of the base."""
        units = self.dispatcher.fleet.units
        return {
            code: _Post(Desks(self.env, self.settings.desks), [units[index] for index in own])
            for code, own in self.dispatcher.plan.own_units.items()
        }

    def _of(self, emergency: Emergency) -> _Post | None:
        district = emergency.place.district
        return None if district is None else self._posts.get(self.dispatcher.plan.sectors[district])

    def hear(self, emergency: Emergency) -> None:
        """Let the post of its district take a report, which has just been received."""
        post = self._of(emergency)
        if post is not None:
            post.desks.when_free(partial(self._begin_to_handle, emergency, post), -emergency.heard)

    def _begin_to_handle(self, emergency: Emergency, post: _Post) -> None:
        """A desk has the report: when it has dealt with it the chief sends what he has."""
        marks = self.streams.marks(f"incident/{emergency.identity}/sector")
        after(self.env, draw(self.settings.alarm_handling, marks), lambda _: self._handled(emergency, post))

    def _handled(self, emergency: Emergency, post: _Post) -> None:
        post.desks.leave()
        if not self._send(emergency, post):
            post.waiting[emergency.identity] = emergency
            self._waits.fire()

    def _send(self, emergency: Emergency, post: _Post) -> bool:
        """Send what is missing, if it is the chief's to send; return whether nothing is left to him."""
        if emergency.is_over or emergency.identity in self.known:
            return True
        if self.dispatcher.send_own(emergency, post.units, self._called):
            emergency.answered()
        return False

    def _wait_for_help(self) -> None:
        """Look at what waits when somebody is free again, or a road opens."""
        if any(post.waiting for post in self._posts.values()):
            self._may_help.listen()
        else:
            self._may_help.listen_after(self._waits)

    def _look_again(self, _: simpy.Event) -> None:
        """Look at what waits at each post, the worst first."""
        for post in self._posts.values():
            if post.waiting:
                for emergency in sorted(post.waiting.values(), key=lambda e: (-e.heard, e.onset)):
                    if self._send(emergency, post):
                        del post.waiting[emergency.identity]
        self._wait_for_help()
