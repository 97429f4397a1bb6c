"""A national polling day on one core: 435,000 stations and 203 million registered voters, regency after regency.

Every regency has 445 stations (the last one the rest) and random numbers of its own, under the packaged Indonesian
voting settings, with ordinary trouble (stations that open late, lack a booth or ballots) and without disturbances; it
is drawn, played, added up and forgotten. How many voters are registered at each station is made up, at most 600, and
adds up exactly.

python benchmarks/nation.py [--share 1 10 100] [--stations 435000] [--registered 203000000]
python benchmarks/nation.py --whole [--share 1 10 100]: with disturbances, operations centres and units
"""

from __future__ import annotations

import os

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1", NUMBA_NUM_THREADS="1")

import argparse
import resource
import sys
import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.config.compose import load
from sim.config.scenario import Scenario
from sim.streams import Streams
from sim.voting.draws import draw_voters
from sim.voting.engine import StationTable
from sim.voting.trouble import draw_troubles
from sim.voting.twin import calm_day

REGENCY = 445
MOST = 600
"""Registered voters of one station at most, by law."""
SEED = 2024
AIM_SECONDS, AIM_MEMORY = 40.0, 3.0
CAUSES = ("deterred", "balked", "impatient", "unsupplied", "evacuated")


def station_sizes(stations: int, registered: int) -> NDArray[np.int64]:
    """Return registered voters of every station, from a fixed seed, adding up to a number exactly."""
    g, mean = np.random.default_rng(SEED), registered / (stations * MOST)
    sizes = np.floor(MOST * g.beta(8.0 * mean, 8.0 * (1.0 - mean), stations)).astype(np.int64)
    while (missing := registered - int(sizes.sum())) != 0:
        room = np.flatnonzero(sizes < MOST if missing > 0 else sizes > 0)
        chosen = g.choice(room, min(abs(missing), len(room)), replace=False)
        sizes[chosen] += 1 if missing > 0 else -1
    return sizes


@dataclass
class Totals:
    """What has become of all voters so far."""

    due: int = 0
    voted: int = 0
    lost: tuple[int, ...] = (0,) * len(CAUSES)
    deferred: int = 0
    wait_sum: float = 0.0
    over_30: int = 0

    def add(self, table: StationTable) -> None:
        """Add a regency."""
        self.due += int(table.due.sum())
        self.voted += int(table.voted.sum())
        lost = (int(getattr(table, f"lost_{cause}").sum()) for cause in CAUSES)
        self.lost = tuple(a + b for a, b in zip(self.lost, lost, strict=True))
        self.deferred += int(table.deferred.sum())
        self.wait_sum += float(table.wait_sum.sum())
        self.over_30 += int(table.waited_over_30.sum())


def polling_day(scenario: Scenario, sizes: NDArray[np.int64]) -> Totals:
    """Play the day of these stations, one regency at a time."""
    totals, voting = Totals(), scenario.voting
    for number, begin in enumerate(range(0, len(sizes), REGENCY)):
        registered = sizes[begin : begin + REGENCY]
        streams = Streams(SEED, number)
        draws = draw_voters(registered, voting, scenario.weather, streams)
        totals.add(calm_day(draws, voting, np.zeros(len(registered)), draw_troubles(registered, voting, streams)))
    return totals


def memory_gigabytes() -> float:
    """Return the most memory this process has held."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e9


def measure(scenario: Scenario, sizes: NDArray[np.int64], share: float) -> None:
    """Play this percentage of the stations and print what came of it."""
    part = sizes[: round(len(sizes) * share / 100)]
    began, worked = time.perf_counter(), time.process_time()
    totals = polling_day(scenario, part)
    seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    print(f"\n{share:g} %: {len(part):,} stations, {part.sum():,} registered")
    print(f"  due {totals.due:,}, voted {totals.voted:,}, ", end="")
    lost = ", ".join(f"{cause} {lost:,}" for cause, lost in zip(CAUSES, totals.lost, strict=True))
    print(f"{lost}, deferred {totals.deferred:,}")
    closes = totals.due == totals.voted + sum(totals.lost) + totals.deferred
    print(f"  due = voted + lost + deferred: {'yes' if closes else 'NO'}")
    voted = max(1, totals.voted)
    print(f"  mean wait {totals.wait_sum / voted:.3f} min, over 30 min {100 * totals.over_30 / voted:.4f} %")
    million = 1e6 * seconds / max(1, totals.due)
    print(f"  {seconds:.2f} s ({cpu:.2f} s of processor time), {million:.3f} s per million voters")
    if share == 100:
        print(f"  aim: under {AIM_SECONDS:g} s on one core: {'met' if seconds < AIM_SECONDS else 'MISSED'}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--share", type=float, nargs="+", default=[1, 10, 100], help="per cent of the stations")
    parser.add_argument(
        "--whole", action="store_true", help="with disturbances, operations centres and units, on all cores"
    )
    parser.add_argument("--stations", type=int, default=435_000)
    parser.add_argument("--registered", type=int, default=203_000_000, help="at all stations together")
    options = parser.parse_args()
    if not all(0 < share <= 100 for share in options.share):
        parser.error("--share: per cent, above 0 and at most 100")
    if options.whole:
        import whole

        whole.measure(options.stations, options.share)
        return
    if not 0 < options.registered < MOST * options.stations:
        parser.error(f"--registered: between 0 and {MOST} a station")
    scenario = load("calm_day", [])
    polling_day(scenario, np.array([10]))  # compiled kernels are loaded, or compiled, here
    sizes = station_sizes(options.stations, options.registered)
    print(f"{len(sizes):,} stations, {sizes.sum():,} registered ({sizes.min()} to {sizes.max()} at a station)", end="")
    print(f", {-(-len(sizes) // REGENCY)} regencies")
    for share in options.share:
        measure(scenario, sizes, share)
    memory = memory_gigabytes()
    print(f"\npeak memory {memory:.2f} GB, aim: under {AIM_MEMORY:g} GB: {'met' if memory < AIM_MEMORY else 'MISSED'}")


if __name__ == "__main__":
    main()
