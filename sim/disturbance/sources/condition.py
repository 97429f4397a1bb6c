"""Disturbances that start because something else has happened, by the scenario's conditions.

Each condition draws from a stream of its own, two numbers for each of its occasions: whether it brings a disturbance,
and how soon. So what its first occasion brings is settled before the day begins, under every strategy alike; a strategy
only changes whether and when there is an occasion.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.clock import Process
from sim.delay import draw
from sim.disturbance.conditioned import Conditioned
from sim.disturbance.incident import Incident
from sim.disturbance.plan import DisturbancePlan
from sim.disturbance.sources.source import Begin
from sim.disturbance.start import Start
from sim.region.place import Place
from sim.streams import Streams
from sim.vocabulary import Origin


class Occasions:
    """Watches for the occasions of the scenario's conditions on one day, and starts what they bring.

    Args:
        env: The clock.
        plan: The plan.
        streams: The day's random streams.
        begin: Starts an incident.
    """

    def __init__(self, env: simpy.Environment, plan: DisturbancePlan, streams: Streams, begin: Begin) -> None:
        self._env, self._plan, self._streams, self._begin = env, plan, streams, begin
        self._had = [0] * len(plan.conditions)
        self._seen: set[tuple[int, str]] = set()

    def reached(self, incident: Incident) -> None:
        """Take note that an incident has its first severity, or one worse than ever before."""
        for number, one in enumerate(self._plan.conditions):
            key = number, incident.identity
            if one.severity is None or incident.severity < one.severity or key in self._seen:
                continue
            if incident.start.kind_name in one.after:
                self._seen.add(key)
                self._occur(number, one, incident.place)

    def late_openings(self, opens_at: NDArray[np.float64]) -> Iterable[Process[None]]:
        """Return the processes that watch for stations that open late: one for each condition that waits for them.

        Args:
            opens_at: When each station opens by the day's ordinary trouble, minutes after midnight; minus infinity: at
                the hour of opening.
        """
        for number, one in enumerate(self._plan.conditions):
            if one.late is not None:
                late = np.flatnonzero(opens_at >= self._plan.open + one.late).tolist()
                yield self._late(number, one, self._plan.open + one.late, late)

    def _late(self, number: int, one: Conditioned, when: float, stations: list[int]) -> Process[None]:
        """Process: the moment at which these stations are so late, in their order."""
        yield self._env.timeout(max(0.0, when - self._env.now))
        for station in stations:
            self._occur(number, one, self._plan.stations[station])

    def _occur(self, number: int, one: Conditioned, there: Place) -> None:
        """Let a condition have an occasion at a place, unless it has had all that count or its kind cannot be there."""
        place = there if one.place is None else one.place
        occasion = self._had[number]
        if occasion >= one.times or place.kind not in self._plan.kinds[one.kind_name].places:
            return
        self._had[number] += 1
        rng = self._streams.generator(f"condition/{number}")
        mark, delay = rng.random(), draw(one.delay, rng)
        if mark < one.probability:
            identity = f"c{number}" if occasion == 0 else f"c{number}-{occasion + 1}"
            followers = self._plan.spread.followers
            start = Start(identity, one.kind_name, Origin.CONDITION, place, one.starters, followers)
            self._env.process(self._start(delay, start))

    def _start(self, delay: float, start: Start) -> Process[None]:
        """Process: what an occasion has brought, after its delay."""
        yield self._env.timeout(delay)
        self._begin(start)
