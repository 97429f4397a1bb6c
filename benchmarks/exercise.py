"""How long the room waits for an answer: the futures of a moment of the riot under the plan and under one option.

python benchmarks/exercise.py [--futures 200] [--workers 2] [--strategy central_reserve]

The option sends the last reserve to the riot five minutes after it began. Printed are the seconds until the answer is
there, of processes that are warm, and how often one whole day (drawn, played to its end and recorded) goes into one
future under both.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

from sim.config.compose import load
from sim.day import Day, draw_day, prepare, simulate_day
from sim.day.decisions import Send
from sim.day.draws import draw_trunk
from sim.day.world import World
from sim.exercise.futures.ask import ask
from sim.exercise.futures.play import play_future
from sim.exercise.futures.pool import FuturesPool
from sim.exercise.futures.question import Course, Moment, Question, Timed
from sim.vocabulary import Role

AIM_SECONDS = 5.0
AFTER_MINUTES = 5.0
TIMES = 3


def asked(world: World, strategy: str, futures: int) -> Question:
    """Return the question: the last reserve of the strategy that can still be sent goes to the riot, or nobody does."""
    now = min(one.onset for one in draw_day(world, 0).scripted) + AFTER_MINUTES
    day = Day(world, strategy, 0, draw_day(world, 0))
    day.until(now)
    free = [u.spec.name for u in day.fleet.units if u.spec.role is Role.RESERVE and u.task is None]
    (riot,) = [name for name in day.incidents if name == "s0"]
    course = Course("send the last reserve", (Timed(now, Send(free[-1], riot)),))
    return Question(Moment(strategy, 0, now), (course,), futures)


def least(seconds: list[float]) -> float:
    """Return the least of several times, which other work on the machine disturbs least."""
    return min(seconds)


def alone(world: World, question: Question) -> tuple[float, float]:
    """Return the processor seconds of a plain day, and of a future under both courses; means of the same days."""
    days = range(1, 21)
    trunk = draw_trunk(world, 0)
    strategy = question.moment.strategy
    plain, future = [], []
    for day in (0, *days):
        began = time.process_time()
        simulate_day(world, strategy, day, draw_day(world, day))
        plain.append(time.process_time() - began)
        began = time.process_time()
        play_future(world, trunk, question, day + 1)
        future.append(time.process_time() - began)
    return sum(plain[1:]) / len(days), sum(future[1:]) / len(days)  # without the first, which loads machine code


def kilobytes(process: int) -> int:
    """Return what a process holds in memory now; 0 where the system does not tell."""
    file = Path(f"/proc/{process}/status")
    if not file.exists():
        return 0
    lines = file.read_text(encoding="utf-8").splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--futures", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--strategy", default="central_reserve")
    options = parser.parse_args()
    scenario = load("riot_kecamatan3", ["run.bound_days=0"])
    world = prepare(scenario)
    question = asked(world, options.strategy, options.futures)
    plain, future = alone(world, question)
    print(f"a plain day {1000 * plain:.1f} ms, a future under two courses {1000 * future:.1f} ms of processor time")
    print(f"ratio: one future under two courses is {future / plain:.2f} plain days")
    began = time.perf_counter()
    with FuturesPool(scenario, options.workers) as pool:
        pool.wait()
        print(f"{options.workers} processes ready after {time.perf_counter() - began:.1f} s, in the background")
        taken = []
        for _time in range(TIMES):
            began = time.perf_counter()
            ask(question, pool)
            taken.append(time.perf_counter() - began)
        memory = max(map(kilobytes, pool.processes)) / 1000
    verdict = "reached" if least(taken) < AIM_SECONDS else "MISSED"
    print(f"memory of a process: {memory:.0f} MB")
    print(
        f"{options.futures} futures x 2 courses: {least(taken):.2f} s on {options.workers} of {os.cpu_count()} cores, "
        f"{least(taken) / plain:.0f} plain days (aim {AIM_SECONDS:g} s for 200: {verdict})"
    )


if __name__ == "__main__":
    main()
