"""Signals, and waiting for the first of several events."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import simpy

from sim.clock import AnyOf, Clock, Due, Process, Signal, after, at_once, first_of, later, soon

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


def test_who_listens_to_a_signal_hears_every_time_and_who_waits_only_the_first_of_a_moment() -> None:
    env = Clock()
    bell, heard, woken = Signal(env), list[object](), list[object]()

    def wait() -> Process:
        while True:
            woken.append((yield bell.next))

    env.process(wait())
    bell.listen(heard.append)
    env.run(1.0)
    for value in "abc":
        bell.fire(value)
    env.run(2.0)
    assert heard == ["a", "b", "c"] and woken == ["a"]


@pytest.mark.parametrize("env", [simpy.Environment(), Clock()])
def test_who_is_forgotten_hears_no_more_and_what_is_done_soon_waits_for_its_turn(env: simpy.Environment) -> None:
    bell, heard, done = Signal(env), list[object](), list[str]()
    first, second = heard.append, lambda value: bell.forget(heard.append)
    for listener in (first, second, first):
        bell.listen(listener)
    for value in "ab":
        bell.fire(value)
    assert heard == ["a", "a"], "from the next time on"
    bell.waiting += [lambda _: done.append("first"), lambda _: done.append("second")]
    bell.fire()
    soon(env, lambda _: done.append("soon"))
    at_once(env, lambda _: done.append("at once"))
    bell.fire()  # nobody waits any more
    env.run(env.now + 1.0)
    assert done == ["at once", "first", "second", "soon"] and bell.waiting == []


Waiting = Callable[[simpy.Environment, float, Signal], tuple[simpy.Event, simpy.Event]]


def as_first(env: simpy.Environment, delay: float, bell: Signal) -> tuple[simpy.Event, simpy.Event]:
    timer = env.timeout(delay)
    return timer, first_of(env, timer, bell.next)


def as_due(env: simpy.Environment, delay: float, bell: Signal) -> tuple[simpy.Event, simpy.Event]:
    due = Due(env, delay, bell)
    return due, due


def woken_by(wait: Waiting, rings: tuple[float, ...]) -> list[tuple[str, float, bool]]:
    """Three who wait for a time unless a bell rings, and one who listens to it: who goes on, in their order."""
    env = simpy.Environment()
    bell, woken = Signal(env), []

    def waiter(name: str, patience: float) -> Process:
        for _ in range(4):
            timer, either = wait(env, patience, bell)
            yield either
            woken.append((name, env.now, timer.processed))

    def listener() -> Process:
        while True:
            yield bell.next
            woken.append(("heard", env.now, True))

    def ringer() -> Process:
        for minutes in rings:
            yield env.timeout(minutes)
            bell.fire()
            bell.fire()

    for name, patience in (("a", 4.1), ("b", 2.3), ("c", 2.9)):
        env.process(waiter(name, patience))
    env.process(listener())
    env.process(ringer())
    env.run()
    assert len(bell.next.callbacks or ()) == 1  # the listener alone: nobody waits any more for a time that has come
    return woken


@pytest.mark.parametrize("rings", [(3.0, 3.0, 5.0), (1.0, 0.0, 0.0, 0.5), (4.0, 4.0, 4.0), (20.0,)])
def test_who_waits_for_a_time_unless_a_signal_fires_goes_on_when_the_first_of_both_happens(
    rings: tuple[float, ...],
) -> None:
    assert woken_by(as_due, rings) == woken_by(as_first, rings)


def test_a_time_that_somebody_waits_for_is_forgotten_when_the_clock_is_stopped() -> None:
    env = Clock(0.0)
    bell = Signal(env)

    def waiter() -> Process:
        yield Due(env, 9.0, bell)

    env.process(waiter())
    env.until(5.0)
    env.stop()
    assert bell.next.callbacks == []


def test_who_listens_to_several_signals_does_it_once_and_just_when_a_process_would_go_on() -> None:
    env, done = Clock(), list[tuple[str, float]]()
    bells = Signal(env), Signal(env)
    one = AnyOf(env, bells, lambda _: done.append(("listens", env.now)))

    def waiter(name: str) -> Process:
        yield first_of(env, *(bell.next for bell in bells))
        done.append((name, env.now))

    env.process(waiter("before"))
    at_once(env, lambda _: one.listen())
    env.process(waiter("after"))
    for when, rung in ((2.0, bells), (3.0, bells[:1]), (6.0, bells[1:])):
        after(env, when, lambda _, rung=rung: [bell.fire() for bell in rung])  # type: ignore[misc]
    after(env, 5.0, lambda _: one.listen())
    env.until(10.0)
    assert done == [("before", 2.0), ("listens", 2.0), ("after", 2.0), ("listens", 6.0)]


def test_who_listens_after_a_signal_does_not_hear_what_came_before_it() -> None:
    env = Clock()
    bell, beginning, done = Signal(env), Signal(env), list[float]()
    one = AnyOf(env, (bell,), lambda _: done.append(env.now))
    one.listen_after(beginning)
    for when, rung in ((1.0, bell), (2.0, beginning), (3.0, bell), (4.0, beginning), (5.0, bell)):
        after(env, when, lambda _, rung=rung: rung.fire())  # type: ignore[misc]
    env.until(10.0)
    assert done == [3.0], "once, when it rings after the beginning"


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


def goings_on(env: simpy.Environment) -> list[tuple[str, float]]:
    """Processes that wake, wait for and interrupt each other, much of it at the same moments; what happens is noted."""
    noted: list[tuple[str, float]] = []

    def sleeper(name: str, minutes: float) -> Process:
        while True:
            try:
                yield env.timeout(minutes)
                noted.append((name, env.now))
            except simpy.Interrupt:
                noted.append((f"{name} was woken", env.now))

    sleepers = [env.process(sleeper(f"{minutes} minutes", minutes)) for minutes in (1.0, 2.0, 2.0, 0.5)]

    def waker() -> Process:
        for sleeper in sleepers:
            yield env.timeout(1.5)
            sleeper.interrupt()
            at_once(env, lambda _: noted.append(("at once", env.now)))
            after(env, 1.5, lambda _: noted.append(("after a time", env.now)))
            later(env, 483.0, lambda _: noted.append(("at a time, or now", env.now)))
            noted.append(("has woken somebody", env.now))

    env.process(waker())
    env.process(sleeper("no time", 0.25)).interrupt()
    return noted


def test_the_clock_does_what_that_of_simpy_does_in_the_same_order_in_one_go_or_in_steps() -> None:
    simpys, whole, stepwise = simpy.Environment(480.0), Clock(480.0), Clock(480.0)
    theirs, in_one_go, in_steps = map(goings_on, (simpys, whole, stepwise))
    simpys.run(until=490.0)
    whole.until(490.0)
    for time in (480.5, 481.5, 481.75, 483.0, 490.0):
        stepwise.until(time)
        assert stepwise.now == time
        assert in_steps == [one for one in theirs if one[1] < time], "not yet what happens at that very moment"
    assert in_one_go == in_steps == theirs
    assert len(theirs) > 30


def test_what_fails_on_the_clock_fails_where_it_is_played() -> None:
    clock = Clock()

    def fails() -> Process:
        yield clock.timeout(1.0)
        raise KeyError("lost")

    clock.process(fails())
    with pytest.raises(KeyError, match="lost"):
        clock.until(2.0)
    assert clock.now == 1.0


def test_what_is_done_at_once_comes_before_all_else_of_the_moment() -> None:
    env, done = simpy.Environment(), []
    bell = Signal(env)
    for name in ("first", "second"):
        assert bell.next.callbacks is not None
        bell.next.callbacks.append(lambda _, name=name: done.append(name))
    bell.fire()
    at_once(env, lambda _: done.append("at once"))
    env.run()
    assert done == ["at once", "first", "second"]


def test_the_end_of_a_process_is_an_event_for_who_waits_for_it_and_for_nobody_else() -> None:
    env, told = Clock(480.0), []

    def short(name: str) -> Process:
        yield env.timeout(1.0)
        return f"{name} is over"

    def waits() -> Process:
        told.append((yield env.process(short("one"))))
        told.append((yield first))  # has ended already

    first = env.process(short("the first"))
    env.process(waits())
    unheard = env.process(short("unheard"))
    env.until(490.0)
    assert told == ["one is over", "the first is over"]
    assert unheard.processed and unheard.ok and unheard.value == "unheard is over" and not unheard.is_alive


def test_a_process_that_fails_stops_the_clock_unless_who_waits_for_it_takes_care() -> None:
    env, caught = Clock(), []

    def fails() -> Process:
        yield env.timeout(1.0)
        raise LookupError("nobody is there")

    def waits() -> Process:
        try:
            yield env.process(fails())
        except LookupError as error:
            caught.append(str(error))

    env.process(waits())
    env.until(5.0)
    assert caught == ["nobody is there"]
    env.process(fails())
    with pytest.raises(LookupError, match="nobody is there"):
        env.until(9.0)
    assert env.now == 6.0


def test_the_time_is_the_same_however_the_clock_is_moved() -> None:
    env = Clock(480.0)
    seen: list[float] = []
    for minutes in (1.0, 2.0, 3.0):
        assert env.timeout(minutes, "rings").callbacks == []
        later(env, 480.0 + minutes, lambda _: seen.append(env.now))
    env.run(until=481.5)
    assert (env.now, seen) == (481.5, [481.0])
    while len(seen) < 2:
        env.step()
    assert env.now == 482.0
    env.until(490.0)
    assert env.now == 490.0 and seen == [481.0, 482.0, 483.0]
    with pytest.raises(ValueError, match="Negative delay"):
        env.timeout(-1.0)
    with pytest.raises(ValueError, match="Negative delay"):
        after(env, -1.0, lambda _: None)


def test_what_is_due_at_a_time_comes_at_that_time_or_now_where_it_has_passed() -> None:
    env, seen = Clock(333.3), list[float]()
    assert env.now + (999.9 - env.now) != 999.9
    for when in (999.9, 333.0):
        later(env, when, lambda _: seen.append(env.now))
    env.until(1000.0)
    assert seen == [333.3, 999.9]


def test_who_does_something_at_a_moment_is_told_by_an_event_that_has_happened_and_not_by_a_clock_that_stands() -> None:
    env, seen = Clock(480.0), list[tuple[float, bool]]()
    for minutes in (1.0, 2.0):
        after(env, minutes, lambda event: seen.append((env.now, event.processed and event.ok)))
    env.step()
    assert seen == [(481.0, True)]
    env.stop()
    env.run()
    assert (env.now, seen) == (481.0, [(481.0, True)])
