"""The command posts of other agencies than the police: how an order comes to their units."""

from __future__ import annotations

import simpy

from sim.clock import Process
from sim.config.command import Command, Separate
from sim.delay import draw
from sim.response.units import UnitSpec
from sim.streams import Streams
from sim.vocabulary import Agency


class CommandPosts:
    """The command posts that other agencies have of their own: each passes orders on, one a desk, the first first.

    Args:
        env: The clock.
        command: The strategy's command.
        streams: The day's random streams.
    """

    def __init__(self, env: simpy.Environment, command: Command, streams: Streams) -> None:
        self.env = env
        self.streams = streams
        self._desks_each = command.desks if isinstance(command, Separate) else 0
        self._desks: dict[Agency, simpy.Resource] = {}

    def pass_on(self, unit: UnitSpec) -> Process[None]:
        """Process: until the order has come to a unit of an agency with a command post, its request delay included."""
        assert unit.passing is not None
        yield self.env.timeout(unit.request_delay)
        if unit.agency not in self._desks:
            self._desks[unit.agency] = simpy.Resource(self.env, capacity=self._desks_each)
        with self._desks[unit.agency].request() as desk:
            yield desk
            yield self.env.timeout(draw(unit.passing, self.streams.marks(f"unit/{unit.stream}/passing")))
