"""The disturbances that the scenario wants on every day."""

from __future__ import annotations

import simpy

from sim.clock import Process
from sim.disturbance.plan import DisturbancePlan
from sim.disturbance.sources.source import Begin


def script(env: simpy.Environment, plan: DisturbancePlan, begin: Begin) -> Process:
    """Process: every scripted disturbance at its time, those of one time in the scenario's order.

    Args:
        env: The clock, not later than the first of them.
        plan: The plan.
        begin: Starts an incident.
    """
    for one in sorted(plan.scripted, key=lambda scripted: scripted.onset):
        yield env.timeout(max(0.0, one.onset - env.now))
        begin(one.start)
