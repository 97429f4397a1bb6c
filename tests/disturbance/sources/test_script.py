"""The scenario's own disturbances on a bare clock."""

from __future__ import annotations

import simpy

from sim.disturbance.scripted import Scripted
from sim.disturbance.sources.script import script
from sim.disturbance.start import Start
from sim.vocabulary import Origin
from tests.disturbance.made_up import PLACES, Begun


def one(identity: str, onset: float) -> Scripted:
    return Scripted(onset, Start(identity, "riot", Origin.SCRIPTED, PLACES[3], 12, 0.5))


def test_each_starts_at_its_time_those_of_one_time_in_the_scenarios_order() -> None:
    scripted = [one("s0", 600.0), one("s1", 500.25), one("s2", 600.0), one("s3", 430.0)]
    env = simpy.Environment(initial_time=430.0)
    begun = Begun(lambda: env.now)
    env.process(script(env, scripted, begun))
    env.run(1800.0)
    assert begun.starts == [
        (430.0, scripted[3].start),
        (500.25, scripted[1].start),
        *((600.0, scripted[i].start) for i in (0, 2)),
    ]


def test_without_a_script_nothing_starts() -> None:
    env = simpy.Environment()
    begun = Begun(lambda: env.now)
    env.process(script(env, (), begun))
    env.run()
    assert begun.starts == [] and env.now == 0.0
