"""How long a whole regency day takes, and how much longer with one SimPy process per voter; one run, ratios printed.

python benchmarks/day.py [--days 20] [--reference-days 1]
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

from sim.config.compose import load
from sim.day.day import simulate_day
from sim.day.draws import draw_day
from sim.day.world import prepare
from sim.voting.reference import vote_all


def milliseconds(play: Callable[[int], object], days: int) -> list[float]:
    taken = []
    for day in range(days):
        began = time.perf_counter()
        play(day)
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=20)
    parser.add_argument("--reference-days", type=int, default=1)
    parser.add_argument("--scenario", default="riot_kecamatan3")
    options = parser.parse_args()
    world = prepare(load(options.scenario))
    strategy = next(iter(world.deployments))
    simulate_day(world, strategy, 0)  # compiled kernels are loaded, or compiled, here

    drawn = milliseconds(lambda day: draw_day(world, day), options.days)
    draws = [draw_day(world, day) for day in range(options.days)]
    played = milliseconds(lambda day: simulate_day(world, strategy, day, draws[day]), options.days)
    whole = milliseconds(lambda day: simulate_day(world, strategy, day), options.days)
    reference = milliseconds(
        lambda day: vote_all(draw_day(world, day).voters, world.scenario.voting), options.reference_days
    )
    stations = world.region.stations
    print(f"{world.region.title}: {len(stations.registered)} stations, {stations.registered.sum():,} registered voters")
    for name, values in (
        ("draws of a day, shared by all strategies", drawn),
        ("a day under one strategy, draws given", played),
        ("a day under one strategy, draws included", whole),
        ("the same voters, one SimPy process each, draws included", reference),
    ):
        print(f"{name:58s} {statistics.median(values):9.1f} ms  (min {min(values):.1f}, max {max(values):.1f})")
    ratio = statistics.median(reference) / statistics.median(whole)
    print(f"ratio: {ratio:.0f} times faster, draws included on both sides, incidents and response on our side only")
    per_day = (statistics.median(drawn) + 5 * statistics.median(played)) / 5
    print(f"five strategies on the same draws: {per_day:.1f} ms a day and strategy")


if __name__ == "__main__":
    main()
