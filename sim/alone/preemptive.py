"""The calls played with units that are taken from milder calls for worse ones, the work left over taken up again later.

A unit is taken while it works at a call, and only where none is free for the worse one. It goes there from where it is,
and need not get ready again. Whom it leaves waits again, before all of its severity that came later; whoever comes
next, or comes back, does what is left. That is the discipline "preemptive resume" of queueing theory (Conway, Maxwell
and Miller 1967, *Theory of Scheduling*, 8.5) with ways; without ways it is that discipline itself.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum
from heapq import heappop, heappush

import numpy as np

from sim.alone.calls import Calls
from sim.alone.choose import NOBODY
from sim.alone.city import City
from sim.alone.events import Conduct, Play, Played, Turns
from sim.errors import UserError
from sim.streams import Streams
from sim.words.language import gettext as _

Way = Callable[[int, int], float]
"""Minutes from one call to another, by their numbers."""


class Step(IntEnum):
    """What is next in a unit's turn at a call; at equal times in this order."""

    ARRIVES = 0
    RELEASED = 1
    FREE = 2


@dataclass(eq=False)
class _Turn:
    """A unit at a call, from the order on; see :class:`~sim.alone.events.Turns`."""

    call: int
    unit: int
    ordered: float
    departed: float
    arrived: float
    released: float = float("nan")
    free: float = float("nan")


def play_preemptive(city: City, calls: Calls, conduct: Conduct, streams: Streams) -> Played:
    """Play all calls to their end; see :func:`sim.alone.events.play` for the arguments.

    Raises:
        UserError: When nothing tells the way from one call to the next.
    """
    return _Preemptive(city, calls, conduct, streams).run()


class _Preemptive(Play):
    """The state of a run: besides who is free and who waits, who works where, and how much is left to be done."""

    def __init__(self, city: City, calls: Calls, conduct: Conduct, streams: Streams) -> None:
        super().__init__(city, calls, conduct, streams)
        self._way = _ways_between(city, calls)
        self.left = [1.0] * len(calls.came)
        """What is left of each call's work, as a share."""
        self.works: dict[int, _Turn] = {}
        """Who works at a call, by number of the unit."""
        self.turns: list[_Turn] = []
        self._next: list[tuple[float, Step, int, int]] = []
        """What happens next: when, what, in which turn, and its unit."""

    def run(self) -> Played:
        """Play all calls."""
        order = np.argsort(self.done, kind="stable")
        for call, now in zip(order.tolist(), self.done[order].tolist(), strict=True):
            self._go_on_until(now)
            self._answer(call, now)
        self._go_on_until(float("inf"))
        return self._record()

    def _go_on_until(self, now: float) -> None:
        """Let units go on, one moment after another, and look at who waits after each."""
        while self._next and self._next[0][0] <= now:
            when = self._next[0][0]
            while self._next and self._next[0][0] == when:
                _when, step, number, _unit = heappop(self._next)
                self._go_on(step, number, when)
            if self.waiting:
                self._look_at_who_waits(when)

    def _go_on(self, step: Step, number: int, now: float) -> None:
        turn = self.turns[number]
        if step is Step.ARRIVES:
            self.works[turn.unit] = turn
            lasts = self.left[turn.call] * self._service[turn.unit][turn.call]
            heappush(self._next, (now + lasts, Step.RELEASED, number, turn.unit))
        elif step is Step.FREE:
            turn.free = now
            self.free |= 1 << turn.unit
        elif self.works.get(turn.unit) is turn:  # else it has been taken from there
            del self.works[turn.unit]
            turn.released, self.left[turn.call] = now, 0.0
            back = self._way_back * self._way_from_base(turn.unit, turn.call)
            heappush(self._next, (now + back, Step.FREE, number, turn.unit))

    def _look_at_who_waits(self, now: float) -> None:
        waited, self.waiting = self.waiting, []
        for place, waits in enumerate(waited):
            if not self.free and not self._milder(waits[2]):
                self.waiting = sorted([*self.waiting, *waited[place:]])
                break
            self._answer(waits[2], now)

    def _answer(self, call: int, now: float) -> None:
        """Send a unit that is free, else take one from the mildest call; else it waits."""
        unit = self.choose(call, self.free)
        if unit != NOBODY:
            self._send(unit, call, now)
            return
        unit = self._whom_to_take(call)
        if unit == NOBODY:
            insort(self.waiting, (self.urgency.item(call), self._calls.came.item(call), call))
        else:
            self._take(unit, call, now)

    def _send(self, unit: int, call: int, now: float) -> None:
        super()._send(unit, call, now)
        self.coming_back.clear()  # when it is back hangs on whether it is taken
        departed = now + self.ready.pop(call, 0.0)
        self._begin(_Turn(call, unit, now, departed, departed + self._way_from_base(unit, call)))

    def _way_from_base(self, unit: int, call: int) -> float:
        return float(self._ways.item(unit, call if self._calls.travel is not None else self._place[call]))

    def _begin(self, turn: _Turn) -> None:
        heappush(self._next, (turn.arrived, Step.ARRIVES, len(self.turns), turn.unit))
        self.turns.append(turn)

    def _milder(self, call: int) -> list[_Turn]:
        """Return the turns of those who work at milder calls."""
        urgency = self.urgency[call]
        return [turn for turn in self.works.values() if self.urgency[turn.call] > urgency]

    def _whom_to_take(self, call: int) -> int:
        """Return the unit that is taken for a call: from the mildest, of several the one that the rule would send."""
        milder = self._milder(call)
        for urgency in sorted({self.urgency.item(turn.call) for turn in milder}, reverse=True):
            there = {turn.unit: self._way(turn.call, call) for turn in milder if self.urgency[turn.call] == urgency}
            unit = self.chooser.among(call, there)
            if unit != NOBODY:
                return unit
        return NOBODY

    def _take(self, unit: int, call: int, now: float) -> None:
        """Take a unit from where it works to a call; whom it leaves waits again, or takes one from a milder call."""
        turn = self.works.pop(unit)
        lasts = self._service[unit][turn.call]
        self.left[turn.call] = max(0.0, self.left[turn.call] - (now - turn.arrived) / lasts)
        turn.released = turn.free = now
        self._begin(_Turn(call, unit, now, now, now + self._way(turn.call, call)))
        self._answer(turn.call, now)

    def _record(self) -> Played:
        call = np.array([turn.call for turn in self.turns], dtype=np.int64)
        unit = np.array([turn.unit for turn in self.turns], dtype=np.int64)
        names = ("ordered", "departed", "arrived", "released", "free")
        times = [np.array([getattr(turn, name) for turn in self.turns], dtype=np.float64) for name in names]
        turns = Turns(call, unit, *times)
        n = len(self.done)
        of_call, told = np.full(n, NOBODY, dtype=np.int64), np.full((len(names), n), np.nan)
        of_call[call] = unit
        for row, (name, time) in enumerate(zip(names, times, strict=True)):
            order = slice(None) if name in ("released", "free") else slice(None, None, -1)  # the last, or the first
            told[row, call[order]] = time[order]
        return replace(Played(of_call, self.done, *told), taken=turns)


def _ways_between(city: City, calls: Calls) -> Way:
    """Return how long it is from one call to another.

    Raises:
        UserError: When travel is told from where units wait alone.
    """
    where = calls.where if calls.where is not None else None if city.positions is None else city.positions[calls.place]
    if city.plane is not None and where is not None:
        plane = city.plane
        return lambda start, goal: float(plane.minutes(plane.km(where[start], where[goal])))
    between = city.between
    if between is None:
        raise UserError(
            _(
                "priority: preemptive needs the way from one call to the next: a plane, a square table of travel "
                "between all places, or no travel at all"
            )
        )
    place = calls.place.tolist()
    return lambda start, goal: between.item(place[start], place[goal])
