"""What every process on the clock shares: the clock, a process's type, and a signal that is armed again."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from functools import partial
from heapq import heappop, heappush
from typing import Any, TypeVar

import simpy
from simpy.events import NORMAL, URGENT, EventPriority

R = TypeVar("R")
Process = Generator[simpy.Event, Any, R]
"""The generator of a SimPy process, by what it returns."""
Do = Callable[[simpy.Event], None]
"""What is done at a moment; it is given an event of that moment, which is nobody's."""


class _Process(simpy.Process):
    """A process whose end is put on the clock only where somebody waits for it: for nine of ten nobody does.

    Nobody can wait for its beginning, which is no event.
    """

    def __init__(self, env: Clock, generator: Process[Any]) -> None:
        self.env, self.callbacks, self._generator = env, [], generator
        self._target = None  # type: ignore[assignment]
        env.do(self._resume, priority=URGENT)

    def _resume(self, event: simpy.Event) -> None:
        self.env._active_proc = self
        try:
            while event._ok:
                event = self._generator.send(event._value)
                if event.callbacks is not None:
                    event.callbacks.append(self._resume)
                    self._target = event
                    self.env._active_proc = None
                    return
        except StopIteration as end:
            self._ok, self._value = True, end.value
        except BaseException as error:
            self._ok, self._value = False, error
        else:
            super()._resume(event)  # an interrupt, or an event that failed
            return
        self._target = self.env._active_proc = None  # type: ignore[assignment]
        if self.callbacks or not self._ok:
            self.env.schedule(self)
        else:
            self.callbacks = None  # type: ignore[assignment]


class Clock(simpy.Environment):
    """SimPy's clock, which does the same in the same order with less ado, and can be stopped for good.

    ``simpy.Environment`` calls a method for each event and looks there for every way in which one can end; a day has
    a thousand events. Seven of ten only do something, and nobody can wait for them: they are no events here but stand
    on the clock themselves. It knows its processes.

    Args:
        initial_time: The time at first, minutes after midnight.

    Attributes:
        now: The time, minutes after midnight; asked for ten thousand times a day, and so no property.
    """

    now: float = 0.0

    @property
    def _now(self) -> float:
        return self.now

    @_now.setter
    def _now(self, time: float) -> None:
        self.now = time

    def __init__(self, initial_time: float = 0.0) -> None:
        self._begun: list[tuple[simpy.Process, Process[Any]]] = []
        super().__init__(initial_time)
        self._moment = self.event()
        self._moment._ok, self._moment._value, self._moment.callbacks = True, None, None  # type: ignore[assignment]

    def process(self, generator: Process[Any]) -> simpy.Process:
        """Put a process on the clock."""
        begun = _Process(self, generator)
        self._begun.append((begun, generator))
        return begun

    def schedule(self, event: simpy.Event, priority: EventPriority = NORMAL, delay: float = 0.0) -> None:
        """Put an event on the clock, minutes from now."""
        heappush(self._queue, (self.now + delay, priority, next(self._eid), event))

    def timeout(self, delay: float = 0.0, value: object = None) -> simpy.Timeout:
        """Return an event that happens in so many minutes, made in one go.

        Raises:
            ValueError: For less than none.
        """
        if delay < 0.0:
            raise ValueError(f"Negative delay {delay}")
        event = simpy.Timeout.__new__(simpy.Timeout)
        event.env, event.callbacks, event._value, event._delay, event._ok = self, [], value, delay, True
        heappush(self._queue, (self.now + delay, NORMAL, next(self._eid), event))
        return event

    def do(self, do: Do, delay: float = 0.0, priority: EventPriority = NORMAL) -> None:
        """Put something that is done on the clock, minutes from now, as :meth:`schedule` does an event."""
        heappush(self._queue, (self.now + delay, priority, next(self._eid), do))  # type: ignore[misc]

    def until(self, time: float) -> None:
        """Let happen whatever comes before a time, as ``run(until=time)`` does; then it is that time.

        Args:
            time: Later than now.
        """
        end = self.event()
        end._ok, end._value = True, None
        self.schedule(end, URGENT, time - self.now)
        queue, moment, kind = self._queue, self._moment, simpy.Event
        while True:
            self.now, _, _, event = heappop(queue)
            if not isinstance(event, kind):
                event(moment)
                continue
            callbacks, event.callbacks = event.callbacks, None  # type: ignore[assignment]
            if event is end:
                return
            for callback in callbacks:
                callback(event)
            if not event._ok and not hasattr(event, "_defused"):
                raise event._value

    def step(self) -> None:
        """Let the next thing happen, as SimPy's clock does."""
        if self._queue and not isinstance(self._queue[0][-1], simpy.Event):
            self.now, _, _, do = heappop(self._queue)
            do(self._moment)
        else:
            super().step()

    def stop(self) -> None:
        """End every process where it stands, and let nobody wait for anything: then no circle holds them."""
        while self._begun:  # one that ends may begin another
            begun, self._begun = self._begun, []
            for process, generator in begun:
                if process.is_alive:
                    _forget(process.target)
                    generator.close()
        for _, _, _, event in self._queue:
            if isinstance(event, simpy.Event):
                _forget(event)
        self._queue.clear()


def at_once(env: simpy.Environment, do: Do) -> None:
    """Do something at this moment, before all else that is still to happen at it, as a process begins."""
    if isinstance(env, Clock):
        heappush(env._queue, (env.now, URGENT, next(env._eid), do))  # type: ignore[misc]
        return
    event = env.event()
    event._ok, event._value = True, None
    assert event.callbacks is not None
    event.callbacks.append(do)
    env.schedule(event, URGENT)


def later(env: simpy.Environment, when: float, do: Do) -> None:
    """Do something at a time, minutes after midnight, or when its turn comes at this moment where that has passed."""
    now = env.now
    if isinstance(env, Clock):  # as its ``do`` does: nothing is done more often
        heappush(env._queue, (when if when > now else now, NORMAL, next(env._eid), do))  # type: ignore[misc]
    else:
        after(env, max(0.0, when - now), do)


def soon(env: simpy.Environment, do: Do) -> None:
    """Do something when its turn comes at this moment: after all that is already to be done at it."""
    if isinstance(env, Clock):
        heappush(env._queue, (env.now, NORMAL, next(env._eid), do))  # type: ignore[misc]
    else:
        after(env, 0.0, do)


def after(env: simpy.Environment, minutes: float, do: Do) -> None:
    """Do something in so many minutes.

    Raises:
        ValueError: For less than none.
    """
    if isinstance(env, Clock) and minutes >= 0.0:  # as ``later`` does
        heappush(env._queue, (env.now + minutes, NORMAL, next(env._eid), do))  # type: ignore[misc]
        return
    event = env.timeout(minutes)
    assert event.callbacks is not None
    event.callbacks.append(do)


class Signal:
    """Something that happens again and again; whoever waits is woken once, by the next time it happens.

    Who waits again only when his turn comes misses what happens between; who has to hear of every time listens.

    Args:
        env: The clock.

    Attributes:
        waiting: What is done once, in this order, when its next time comes: when the clock comes to it.
    """

    def __init__(self, env: simpy.Environment) -> None:
        self._env = env
        self.waiting: list[Do] = []
        self._next: simpy.Event | None = None  # made when a process waits: most of the time none does
        self._listeners: list[Callable[[Any], None]] = []

    def listen(self, listener: Callable[[Any], None]) -> None:
        """Call somebody each time it happens, with its value, before those who wait are woken."""
        self._listeners.append(listener)

    def forget(self, listener: Callable[[Any], None]) -> None:
        """Call somebody no more, from the next time on."""
        self._listeners = [other for other in self._listeners if other != listener]

    @property
    def next(self) -> simpy.Event:
        """The event of its next time."""
        if self._next is None:
            self._next = simpy.Event(self._env)
            self._next.callbacks = self.waiting
        return self._next

    def fire(self, value: object = None) -> None:
        """Tell who listens, wake everybody who waits, and be ready for the next time."""
        for listener in self._listeners:
            listener(value)
        happened, waiting = self._next, self.waiting
        if happened is not None:
            self._next, self.waiting = None, []
            happened.succeed(value)
        elif waiting:
            self.waiting = []
            soon(self._env, _all(waiting))


def _all(waiting: Sequence[Do]) -> Do:
    """Return what does some things one after another: most of the time it is one alone."""
    return waiting[0] if len(waiting) == 1 else partial(_do_all, waiting)


def _do_all(waiting: Sequence[Do], moment: simpy.Event) -> None:
    for do in waiting:
        do(moment)


def _forget(event: simpy.Event | None) -> None:
    """Let nobody wait for an event; None: nobody does."""
    if event is not None and event.callbacks:
        event.callbacks.clear()
    if isinstance(event, (_FirstOf, Due)):
        event.leave()


class _FirstOf(simpy.Event):
    """See :func:`first_of`."""

    def __init__(self, env: simpy.Environment, events: tuple[simpy.Event, ...]) -> None:
        super().__init__(env)
        self._events = events
        for event in events:
            assert event.callbacks is not None
            event.callbacks.append(self._happen)

    def _happen(self, _: simpy.Event) -> None:
        if not self.triggered:
            self.succeed()
            self.leave()

    def leave(self) -> None:
        """Listen no longer."""
        events, self._events = self._events, ()
        for event in events:
            if event.callbacks:
                event.callbacks.remove(self._happen)


def first_of(env: simpy.Environment, *events: simpy.Event) -> simpy.Event:
    """Return an event that happens together with the first of these, as ``simpy.AnyOf`` does, at a third of its cost.

    Args:
        env: The clock.
        events: Events that do not fail. Once one of them has happened the others are no longer listened to.
    """
    for event in events:
        if event.callbacks is None:  # it has happened already
            return env.event().succeed()
    return _FirstOf(env, events)


class Due(simpy.Timeout):
    """A time to wait for unless a signal fires before: who waits for it goes on at the earlier of the two.

    It costs half of what the first of two events does; at the time itself it is ``processed``.

    Args:
        env: The clock.
        delay: Minutes from now.
        signal: The signal.
    """

    def __init__(self, env: simpy.Environment, delay: float, signal: Signal) -> None:
        super().__init__(env, delay)
        self._waiting = signal.waiting
        assert self.callbacks is not None
        self.callbacks.append(self._happen)
        self._waiting.append(self._cut)

    def _happen(self, _: simpy.Event) -> None:
        self.leave()

    def _cut(self, _: simpy.Event) -> None:
        """Wake who waits in his turn, as if he had waited for an event that happens now; unless its time has come."""
        if self.callbacks:
            woken, self.callbacks = self.callbacks[1:], []
            soon(self.env, _all(woken))

    def leave(self) -> None:
        """Listen no longer."""
        if self._cut in self._waiting:
            self._waiting.remove(self._cut)


class AnyOf:
    """Does something once when the first of some signals fires, each time that it listens.

    It does so when whoever else waits for that signal has been told, just when a process would go on that waits for
    :func:`first_of`; whoever waits for the same again and again need be no process.

    Args:
        env: The clock.
        signals: The signals.
        do: What is done.
    """

    def __init__(self, env: simpy.Environment, signals: Sequence[Signal], do: Do) -> None:
        self._env = env
        self._signals = signals
        self._do = do
        self._listens = False

    def listen(self) -> None:
        """Listen from now on, until one of them fires."""
        self._listens, happen = True, self._happen
        for signal in self._signals:
            signal.waiting.append(happen)

    def listen_after(self, signal: Signal) -> None:
        """Listen from when a signal fires next."""
        signal.waiting.append(lambda _: self.listen())

    def _happen(self, _: simpy.Event) -> None:
        if not self._listens:  # another has fired before at this very moment
            return
        self._listens, happen = False, self._happen
        for signal in self._signals:
            if happen in signal.waiting:
                signal.waiting.remove(happen)
        soon(self._env, self._do)
