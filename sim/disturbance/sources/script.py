"""The disturbances that the scenario wants on every day: some at a time or a place that is drawn each day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import simpy

from sim.clock import Process
from sim.disturbance.plan import DisturbancePlan
from sim.disturbance.scripted import Scripted
from sim.disturbance.sources.moments import weighted
from sim.disturbance.sources.source import Begin
from sim.streams import Streams


def draw_script(plan: DisturbancePlan, streams: Streams) -> tuple[Scripted, ...]:
    """Draw when and where the scenario's disturbances start on one day, each from a stream of its own.

    On a day that is forked, those that have started before the fork are those of the day itself. The others are drawn
    from the branch: they may start from the fork on, each moment that is left as likely.

    Args:
        plan: The plan.
        streams: The day's random streams.
    """
    day = Streams(streams.seed, streams.replication)
    branch = Streams(streams.seed, streams.replication, streams.branch, fork=-np.inf) if streams.branch else None
    return tuple(_drawn(one, f"scripted/{i}", day, branch, streams.fork) for i, one in enumerate(plan.scripted))


def _drawn(one: Scripted, name: str, day: Streams, branch: Streams | None, fork: float) -> Scripted:
    if not (one.window or one.places):
        return one
    drawn = _draw(one, one.onset, day.generator(name))
    if branch is None or drawn.onset < fork:
        return drawn
    return _draw(one, max(one.onset, fork), branch.generator(name))


def _draw(one: Scripted, earliest: float, rng: np.random.Generator) -> Scripted:
    """Return one with its time and place; both numbers are drawn, so that neither depends on whether the other is."""
    time, mark = rng.random(2)
    onset = earliest + float(time) * (one.latest - earliest)
    place = one.places[int(weighted(np.array(one.weights), np.array([mark]))[0])] if one.places else one.start.place
    return Scripted(onset, replace(one.start, place=place))


def script(env: simpy.Environment, scripted: Iterable[Scripted], begin: Begin) -> Process[None]:
    """Process: every scripted disturbance at its time, those of one time in the scenario's order.

    Args:
        env: The clock, not later than the first of them.
        scripted: Those of the day.
        begin: Starts an incident.
    """
    for one in sorted(scripted, key=lambda scripted: scripted.onset):
        yield env.timeout(max(0.0, one.onset - env.now))
        begin(one.start)
