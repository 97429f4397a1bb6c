"""The scenario's own disturbances on a bare clock."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import simpy

from sim.disturbance.scripted import Scripted
from sim.disturbance.sources.script import draw_script, script
from sim.disturbance.start import Start
from sim.streams import Streams
from sim.vocabulary import Origin
from tests.disturbance.made_up import PLACES, Begun, bare_plan


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


DRAWN = Scripted(
    540.0,
    Start("s0", "riot", Origin.SCRIPTED, PLACES[3], 12, 0.5),
    window=120.0,
    places=(PLACES[3], PLACES[35], PLACES[44]),
    weights=(1.0, 3.0, 0.0),
    named=(PLACES[3], PLACES[35], PLACES[44]),
)


def days(*scripted: Scripted, n: int = 2_000) -> list[tuple[Scripted, ...]]:
    plan = bare_plan(scripted=scripted)
    return [draw_script(plan, Streams(1, day)) for day in range(n)]


def test_a_drawn_time_is_even_over_its_window_and_a_drawn_place_comes_by_its_weight() -> None:
    drawn = [one for (one,) in days(DRAWN)]
    share = np.sort([(one.onset - 540.0) / 120.0 for one in drawn])
    assert share[0] >= 0.0 and share[-1] < 1.0
    assert np.max(np.abs(share - np.arange(len(share)) / len(share))) < 1.95 / np.sqrt(len(share))  # KS, 0.1 %
    second = np.array([one.start.place == PLACES[35] for one in drawn])
    assert abs(second.mean() - 0.75) / np.sqrt(0.75 * 0.25 / len(drawn)) < 3.5
    assert {one.start.place for one in drawn} == {PLACES[3], PLACES[35]}, "a weight of zero is never drawn"
    assert {replace(one.start, place=PLACES[3]) for one in drawn} == {DRAWN.start}


def test_what_is_fixed_is_as_it_was_and_draws_nothing_from_what_is_drawn() -> None:
    fixed = one("s1", 600.0)
    assert draw_script(bare_plan(scripted=[fixed]), Streams(1, 0)) == (fixed,)
    for alone, beside in zip(days(DRAWN, n=20), days(DRAWN, fixed, n=20), strict=True):
        assert beside == (*alone, fixed)


def test_the_time_does_not_depend_on_whether_the_place_is_drawn_too() -> None:
    placed = replace(DRAWN, places=(), weights=(), named=())
    assert [a.onset for (a,) in days(DRAWN, n=20)] == [b.onset for (b,) in days(placed, n=20)]


def test_a_fork_keeps_what_has_started_and_draws_the_rest_from_then_on() -> None:
    plan = bare_plan(scripted=[DRAWN])
    kept = moved = 0
    for day in range(200):
        (own,), (forked,) = (draw_script(plan, Streams(1, day, b, fork=600.0)) for b in (0, 1))
        if own.onset < 600.0:
            kept += 1
            assert forked == own
        else:
            moved += forked.onset != own.onset
            assert 600.0 <= forked.onset < 660.0
    assert 70 < kept < 130 and moved == 200 - kept
