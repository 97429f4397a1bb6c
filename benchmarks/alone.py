"""Dispatch alone against a plain SimPy program of the same city: what generality costs.

The city is the layout of ambulances of SimOpt's ``AMBULANCE`` model (simoptlib 1.2.4; Eckman and Henderson, WSC 2020):
five units in a square of 20 km, a call every ten minutes on average, the nearest free unit goes, 144 calls a day. The
plain program is what one would write for this city and no other; it draws with Python's own ``random``, the quickest
way for single numbers.
"""

from __future__ import annotations

import argparse
import math
import random
import statistics
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from time import process_time

import numpy as np
import simpy

import sim

BASES = ((15, 15), (5, 15), (5, 5), (6, 6), (6, 6))
DAY = 1440.0
AIM = 1.5
Call = tuple[float, float, float, float]
"""When it comes, x, y, and how long the work takes."""


class Plain:
    """The plain program: a process for the calls, a process for each unit under way, a line."""

    def __init__(self, calls: Iterable[Call]) -> None:
        self.env = simpy.Environment()
        self.free = set(range(len(BASES)))
        self.line: deque[Call] = deque()
        self.responses: list[float] = []
        self.env.process(self.come(calls))
        self.env.run()

    def come(self, calls: Iterable[Call]) -> Iterator[simpy.Event]:
        for call in calls:
            yield self.env.timeout(call[0] - self.env.now)
            if self.free:
                unit = min(self.free, key=lambda u: (self.travel(u, call), u))
                self.free.remove(unit)
                self.env.process(self.serve(unit, call))
            else:
                self.line.append(call)

    def travel(self, unit: int, call: Call) -> float:
        return abs(BASES[unit][0] - call[1]) + abs(BASES[unit][1] - call[2])

    def serve(self, unit: int, call: Call) -> Iterator[simpy.Event]:
        while True:
            travel = self.travel(unit, call)
            yield self.env.timeout(travel)
            self.responses.append(self.env.now - call[0])
            yield self.env.timeout(call[3])
            yield self.env.timeout(travel)
            if not self.line:
                break
            call = self.line.popleft()
        self.free.add(unit)


def drawn(seed: int) -> Iterator[Call]:
    """The calls of a day, as the plain program draws them."""
    rng, now = random.Random(seed), 0.0
    while (now := now + rng.expovariate(0.1)) < DAY:
        yield now, 20 * math.sqrt(rng.random()), 20 * math.sqrt(rng.random()), rng.expovariate(0.1)


def alone(day: int) -> sim.DispatchResult:
    """The same city, drawn and played by ``simulate_dispatch``."""
    return sim.simulate_dispatch(
        {str(unit): base for unit, base in enumerate(BASES)},
        rates=[6],
        hours=24,
        travel=sim.Plane(60),
        at=lambda rng, n: 20 * np.sqrt(rng.random((n, 2))),
        service={"distribution": "exponential", "mean_minutes": 10},
        day=day,
    )


def the_same(days: int) -> float:
    """Return the largest difference of any response when both play the same calls, minutes."""
    worst = 0.0
    for day in range(days):
        calls = list(drawn(day))
        came, x, y, work = map(np.array, zip(*calls, strict=True))
        ours = sim.simulate_dispatch(
            {str(unit): base for unit, base in enumerate(BASES)},
            times=came, at=np.column_stack([x, y]), service=work, travel=sim.Plane(60),
        )  # fmt: skip
        theirs = Plain(calls).responses
        worst = max(worst, float(np.abs(np.sort(ours.response) - np.sort(theirs)).max()))
    return worst


def seconds(play: Callable[[int], object], day: int) -> float:
    """Return the processor time of a day."""
    begin = process_time()
    play(day)
    return process_time() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=300, help="days of each, one by one in turn")
    days = parser.parse_args().days
    alone(0), Plain(drawn(0))
    pairs = [(seconds(alone, day), seconds(lambda day: Plain(drawn(day)), day)) for day in range(days)]
    ours, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
    calls = statistics.mean(len(alone(day).calls) for day in range(min(days, 50)))
    print(f"the ambulance layout, {calls:.0f} calls a day; median of {days} days")
    print(f"dispatch alone                 {1e3 * ours:8.2f} ms")
    print(f"plain SimPy program            {1e3 * theirs:8.2f} ms")
    ratio = ours / theirs
    print(f"  times as long                {ratio:8.2f}   aim: at most {AIM} {'met' if ratio <= AIM else 'MISSED'}")
    print(f"  largest difference of a response {the_same(min(days, 20)):.2g} min")
    run = sim.simulate_dispatch(**LARGE)
    begin = process_time()
    run = sim.simulate_dispatch(**LARGE)
    each = 1e6 * (process_time() - begin) / len(run.calls)
    print(f"three units, fixed preference, {len(run.calls):,} calls: {each:.1f} us a call")


LARGE = {
    "units": 3,
    "rates": [30, 15, 21, 24],
    "preference": [[0, 1, 2], [0, 2, 1], [1, 0, 2], [2, 0, 1]],
    "service": {"distribution": "exponential", "mean_minutes": 1},
    "hours": 2_000,
}

if __name__ == "__main__":
    main()
