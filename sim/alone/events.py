"""The calls played by events: a unit's task is known to its end when it is ordered, so a call needs one event."""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from sim.alone.calls import Calls
from sim.alone.choices import Priority, WhenBusy
from sim.alone.choose import NOBODY, Chooser
from sim.alone.city import City
from sim.alone.desks import handled
from sim.alone.team import stream_of
from sim.delay import draw
from sim.streams import Streams

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Turns:
    """Units at calls, from each order on, in the order of the orders; one call can have several.

    Attributes:
        call: Number of the call.
        unit: Number of the unit.
        ordered: When it was ordered, minutes.
        departed: When it had got ready.
        arrived: When it was there.
        released: When it left off working there.
        free: When it waited for orders again, or was ordered from there to a worse call.
    """

    call: Ints
    unit: Ints
    ordered: Floats
    departed: Floats
    arrived: Floats
    released: Floats
    free: Floats


@dataclass(frozen=True, eq=False)
class Played:
    """What became of every call; NaN: never.

    Attributes:
        unit: Number of the unit that went, of several the last; NOBODY: none did.
        handled: When the call had been handled at a desk, minutes.
        ordered: When the unit was ordered, of several the first; so it is of the next two.
        departed: When it had got ready.
        arrived: When it was there.
        released: When the work there was done, by the last.
        free: When that one waited for orders again.
        taken: All turns of units, where they were taken from calls; None: each call has one, which stands here.
    """

    unit: Ints
    handled: Floats
    ordered: Floats
    departed: Floats
    arrived: Floats
    released: Floats
    free: Floats
    taken: Turns | None = None

    @cached_property
    def turns(self) -> Turns:
        """All turns of units at calls."""
        if self.taken is not None:
            return self.taken
        call = np.flatnonzero(self.unit != NOBODY)
        times = (self.ordered, self.departed, self.arrived, self.released, self.free)
        return Turns(call, self.unit[call], *(time[call] for time in times))


@dataclass(frozen=True)
class Conduct:
    """How calls are dealt with.

    Attributes:
        when_busy: What becomes of a call that nobody can be sent to at once.
        returns: Whether a unit drives home, as long as it drove there, before it is free; else it is free at once, and
            where it waits.
        desks: How many desks there are for handling; None: one for each call.
        priority: What a worse call does to a milder one.
    """

    when_busy: WhenBusy
    returns: bool
    desks: int | None
    priority: Priority


def play(city: City, calls: Calls, conduct: Conduct, streams: Streams) -> Played:
    """Play all calls to their end.

    At equal times units become free before calls are handled. Who waits is looked at when a unit becomes free, the
    worst first, of equal ones the oldest: as the day's operations centre does it. Without priorities the oldest is.

    Args:
        city: Units, places and the rule.
        calls: The calls.
        conduct: How they are dealt with.
        streams: The random streams, for the units' mobilisation.
    """
    return Play(city, calls, conduct, streams).run()


class Play:
    """The state of a run: who is free, who comes back when, who waits."""

    def __init__(self, city: City, calls: Calls, conduct: Conduct, streams: Streams) -> None:
        n = len(calls.came)
        self.urgency = -calls.severity if conduct.priority is not Priority.NONE else np.zeros(n, dtype=np.int64)
        """By which calls that wait are put in order, the least first."""
        self.done = handled(calls.came, self.urgency, calls.handling, conduct.desks)
        self.chooser = Chooser(city, calls)
        self.choose = self.chooser.unit
        self.waits = conduct.when_busy is WhenBusy.QUEUED
        self.free = (1 << len(city.teams)) - 1
        self.coming_back: list[tuple[float, int]] = []
        self.waiting: list[tuple[int, float, int]] = []
        """Calls that wait, the worst first, then the oldest: urgency, when it came, number."""
        self.unit, self.ordered = [NOBODY] * n, [float("nan")] * n
        self.ready: dict[int, float] = {}
        """Minutes until the unit of a call was ready, where it was not so at once."""
        self._calls, self._city = calls, city
        self._mobilisation = [
            (team.ready, streams.generator(f"unit/{stream_of(number)}/mobilisation"))
            if team.ready.mean_minutes
            else None
            for number, team in enumerate(city.teams)
        ]
        rows = city.travel if calls.travel is None else calls.travel
        assert rows is not None
        self._ways, self._place = rows, calls.place.tolist()
        self._row: list[list[float]] = rows.tolist() if calls.travel is None else []
        self._service = _lists(calls.service)
        self._way_back = 1.0 if conduct.returns else 0.0

    def run(self) -> Played:
        """Play all calls."""
        order = np.argsort(self.done, kind="stable")
        for call, now in zip(order.tolist(), self.done[order].tolist(), strict=True):
            if self.coming_back and self.coming_back[0][0] <= now:
                self._let_free_until(now)
            unit = self.choose(call, self.free)
            if unit != NOBODY:
                self._send(unit, call, now)
            elif self.waits:
                insort(self.waiting, (self.urgency.item(call), self._calls.came.item(call), call))
        self._let_free_until(float("inf"))
        return self._record()

    def _let_free_until(self, now: float) -> None:
        """Let units become free, one moment after another, and send them to who waits."""
        back = self.coming_back
        while back and back[0][0] <= now:
            when, unit = heappop(back)
            self.free |= 1 << unit
            while back and back[0][0] == when:
                self.free |= 1 << heappop(back)[1]
            if self.waiting:
                self._look_at_who_waits(when)

    def _look_at_who_waits(self, now: float) -> None:
        still = []
        for place, waits in enumerate(self.waiting):
            if not self.free:
                still += self.waiting[place:]
                break
            unit = self.choose(waits[2], self.free)
            if unit == NOBODY:
                still.append(waits)
            else:
                self._send(unit, waits[2], now)
        self.waiting = still

    def _send(self, unit: int, call: int, now: float) -> None:
        self.free &= ~(1 << unit)
        self.unit[call], self.ordered[call] = unit, now
        way = self._row[unit][self._place[call]] if self._row else self._ways.item(unit, call)
        mobilisation = self._mobilisation[unit]
        departed = now
        if mobilisation is not None:
            self.ready[call] = wait = draw(*mobilisation)
            departed += wait
        heappush(self.coming_back, (departed + way + self._service[unit][call] + self._way_back * way, unit))

    def _record(self) -> Played:
        """Work out the times of every call, summed as they were when its unit was sent."""
        n, calls = len(self.done), self._calls
        unit, ordered, wait = np.array(self.unit, dtype=np.int64), np.array(self.ordered), np.zeros(n)
        wait[list(self.ready)] = list(self.ready.values())
        way, service = np.zeros(n), np.zeros(n)
        for number, minutes in enumerate(calls.service):
            mine = np.flatnonzero(unit == number)
            service[mine] = minutes[mine]
            way[mine] = self._ways[number, calls.place[mine] if calls.travel is None else mine]
        departed = ordered + wait
        arrived = departed + way
        released = arrived + service
        return Played(unit, self.done, ordered, departed, arrived, released, released + self._way_back * way)


def _lists(rows: tuple[Floats, ...]) -> list[list[float]]:
    """Return rows as lists, those that are one in memory as one list."""
    lists: dict[int, list[float]] = {}
    for row in rows:
        if row.ctypes.data not in lists:
            lists[row.ctypes.data] = row.tolist()
    return [lists[row.ctypes.data] for row in rows]
