"""Signals, and waiting for the first of several events."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import simpy

from sim.clock import Clock, Process, Signal, first_of

Waits = Callable[..., simpy.Event]


def any_of(env: simpy.Environment, *events: simpy.Event) -> simpy.Event:
    return env.any_of(events)


@pytest.mark.parametrize("wait", [first_of, any_of])
def test_who_waits_for_the_first_of_several_goes_on_when_it_happens_and_once(wait: Waits) -> None:
    env = simpy.Environment()
    bell, woken = Signal(env), []

    def waiter(name: str, patience: float) -> Process:
        for _ in range(3):
            timer = env.timeout(patience)
            yield wait(env, timer, bell.next)
            woken.append((name, env.now, timer.processed))

    def ringer() -> Process:
        for minutes in (3.0, 3.0, 5.0):
            yield env.timeout(minutes)
            bell.fire()

    for name, patience in (("a", 4.0), ("b", 2.0), ("c", 3.0)):
        env.process(waiter(name, patience))
    env.process(ringer())
    env.run()
    assert woken == [
        ("b", 2.0, True), ("c", 3.0, True), ("a", 3.0, False), ("b", 3.0, False), ("b", 5.0, True),
        ("c", 6.0, True), ("a", 6.0, False), ("c", 9.0, True), ("a", 10.0, True),
    ]  # fmt: skip


def test_what_has_happened_already_is_the_first() -> None:
    env = simpy.Environment()
    past = env.timeout(1.0)
    env.run(until=2.0)
    never = env.event()
    first = first_of(env, never, past)
    env.run()
    assert first.processed and never.callbacks == []


def test_nobody_listens_any_more_to_those_that_were_not_the_first() -> None:
    env = simpy.Environment()
    over = env.event()
    for _ in range(100):
        first_of(env, env.timeout(1.0), over)
    env.run()
    assert over.callbacks == []


def test_a_clock_that_is_stopped_has_ended_every_process_and_nobody_waits() -> None:
    env, ended = Clock(0.0), []
    bell, desk, never = Signal(env), simpy.Resource(env), env.event()

    def waiter(name: str) -> Process:
        try:
            with desk.request() as turn:
                yield turn
                yield first_of(env, bell.next, never)
        finally:
            ended.append(name)
            env.process(late())

    def late() -> Process:
        ended.append("never")
        yield env.timeout(1.0)

    for name in "ab":
        env.process(waiter(name))
    env.run(until=5.0)
    env.stop()
    assert ended == ["a", "b"] and never.callbacks == [] and bell.next.callbacks == []
    env.run()
    assert env.now == 5.0 and ended == ["a", "b"]
