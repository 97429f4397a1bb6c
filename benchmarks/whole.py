"""The nation's whole day: every regency with its own voters, disturbances, operations centre and units.

As many copies of the packaged regency as hold all stations, each another day of it, in processes of their own, added
up and forgotten. ``python benchmarks/nation.py --whole`` runs it.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache

import numpy as np

from sim.config.compose import load
from sim.day import World, draw_day, prepare, simulate_day
from sim.log import DayLog

STRATEGY = "forward_reserve"
CHUNK = 8
"""Regencies that a process plays before it tells of them."""
AIM_SECONDS, AIM_MEMORY = 60.0, 1.0
LOST = ("lost_deterred", "lost_impatient", "lost_evacuated", "lost_balked", "lost_unsupplied", "deferred")


@cache
def _regency() -> World:
    """Return the regency, prepared once in each process."""
    return prepare(load("calm_day", [f"strategy={STRATEGY}", "run.bound_days=0"]))


def _add(totals: Counter[str], log: DayLog) -> None:
    """Add a regency's day."""
    stations, incidents, tasks = (log.tables[name] for name in ("stations", "incidents", "tasks"))
    totals["regencies"] += 1
    totals["stations"] += len(stations["due"])
    for name in ("due", "voted", *LOST):
        totals[name] += int(stations[name].sum())
    came = np.isfinite(incidents["first_on_scene"])
    totals["incidents"] += len(came)
    totals["came"] += int(came.sum())
    totals["seconds_to_come"] += round(60 * float((incidents["first_on_scene"] - incidents["onset"])[came].sum()))
    totals["tasks"] += len(tasks["task"])


def _play(days: range) -> Counter[str]:
    """Play some regencies; the memory that this process holds at most is among the sums, by its number."""
    totals, world = Counter[str](), _regency()
    for day in days:
        _add(totals, simulate_day(world, STRATEGY, day, draw_day(world, day)))
    unit = 1 if sys.platform == "darwin" else 1024
    totals[f"bytes of {os.getpid()}"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return totals


def _chunks(regencies: int) -> Iterator[range]:
    for begin in range(0, regencies, CHUNK):
        yield range(begin, min(begin + CHUNK, regencies))


def whole_day(pool: ProcessPoolExecutor, regencies: int) -> tuple[Counter[str], dict[str, int]]:
    """Play the day of so many regencies; return its sums, and the most bytes that each process has held."""
    totals, held = Counter[str](), dict[str, int]()
    for part in pool.map(_play, _chunks(regencies)):
        held |= {name: part.pop(name) for name in list(part) if name.startswith("bytes")}
        totals += part
    return totals, held


def measure(stations: int, shares: list[float]) -> None:
    """Play these percentages of the nation and print what came of it."""
    each = len(_regency().region.stations.registered)
    cores = os.cpu_count() or 1
    with ProcessPoolExecutor(cores, mp_context=multiprocessing.get_context("spawn")) as pool:
        list(pool.map(_play, [range(1)] * (4 * cores)))  # every process has begun, and has its kernels
        for share in shares:
            regencies = max(1, -(-round(stations * share / 100) // each))
            began = time.perf_counter()
            totals, held = whole_day(pool, regencies)
            _tell(share, cores, time.perf_counter() - began, totals, sum(held.values()) / 1e9)


def _tell(share: float, cores: int, seconds: float, t: Counter[str], memory: float) -> None:
    print(f"\n{share:g} %, whole day: {t['regencies']:,} regencies of their own, {t['stations']:,} stations")
    print(f"  due {t['due']:,}, voted {t['voted']:,}, ", end="")
    print(", ".join(f"{name.removeprefix('lost_')} {t[name]:,}" for name in LOST))
    closes = t["due"] == t["voted"] + sum(t[name] for name in LOST)
    print(f"  due = voted + lost + deferred: {'yes' if closes else 'NO'}")
    minutes = t["seconds_to_come"] / 60 / max(1, t["came"])
    print(f"  {t['incidents']:,} disturbances, officers at {t['came']:,} after {minutes:.1f} min on average, ", end="")
    print(f"{t['tasks']:,} tasks")
    print(f"  {seconds:.2f} s on {cores} cores, {1000 * seconds / t['regencies']:.1f} ms a regency, {memory:.2f} GB")
    if share == 100:
        met = seconds < AIM_SECONDS and memory < AIM_MEMORY
        print(f"  aim: under {AIM_SECONDS:g} s and {AIM_MEMORY:g} GB: {'met' if met else 'MISSED'}")
