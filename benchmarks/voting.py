"""The regency's voters: compiled engine and draws against one SimPy process per voter, same draws; ratios printed.

python benchmarks/voting.py [--stations 445] [--registered 468] [--days 20] [--interruptions 10]
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable

import numpy as np

from sim.config.compose import load
from sim.streams import Streams
from sim.voting.conditions import Conditions, flatten, undisturbed
from sim.voting.draws import draw_voters
from sim.voting.engine import follow_voters, run_stations
from sim.voting.reference import follow_reference, vote_all
from sim.voting.rules import rules_of


def milliseconds(play: Callable[[int], object], times: int) -> float:
    taken = []
    for k in range(times):
        began = time.perf_counter()
        play(k)
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def interrupted(stations: int, interruptions: int) -> list[Conditions]:
    """Each station stopped or slowed that many times between 07:00 and 13:00."""
    g, found = np.random.default_rng(1), []
    for _ in range(stations):
        conditions = Conditions()
        for begin in np.sort(g.uniform(420, 770, interruptions)):
            conditions = conditions.changing(begin, float(g.choice([0.0, 0.5])), 0.0).changing(begin + 3, 1.0, 0.0)
        found.append(conditions)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stations", type=int, default=445)
    parser.add_argument("--registered", type=int, default=468, help="at each station")
    parser.add_argument("--days", type=int, default=20)
    parser.add_argument("--interruptions", type=int, default=10, help="at each station, in the interrupted day")
    options = parser.parse_args()
    scenario = load("calm_day", [])
    voting, rules = scenario.voting, rules_of(scenario.voting)
    registered, calm = np.full(options.stations, options.registered), undisturbed(np.zeros(options.stations))

    began = time.perf_counter()
    draws = draw_voters(registered, voting, scenario.weather, Streams(1, 0))
    table = run_stations(draws, rules, calm)
    print(f"first call, compiled functions loaded or compiled: {time.perf_counter() - began:.1f} s")
    print(f"{options.stations} stations, {len(draws.arrival):,} voters, {len(rules.servers)} stages")

    drawing = milliseconds(lambda day: draw_voters(registered, voting, scenario.weather, Streams(1, day)), options.days)
    engine = milliseconds(lambda _: run_stations(draws, rules, calm), options.days)
    busy_day = flatten(interrupted(options.stations, options.interruptions))
    busy = milliseconds(lambda _: run_stations(draws, rules, busy_day), options.days)
    one, nothing = np.array([0]), undisturbed(np.zeros(1))
    query = milliseconds(lambda _: run_stations(draws, rules, nothing, one, 600.0), 500)
    results = []
    reference = milliseconds(lambda _: results.append(vote_all(draws, voting)), 1)

    print(f"draws                                    {drawing:9.2f} ms")
    print(f"engine                                   {engine:9.2f} ms")
    print(
        f"engine, {options.interruptions:3d} interruptions a station      {busy:9.2f} ms  ({busy / engine:.2f} times)"
    )
    print(f"one station, looked at 10:00             {query * 1000:9.1f} us")
    print(f"reference, one SimPy process per voter   {reference:9.0f} ms")
    print(f"ratio without draws {reference / engine:8.0f}")
    print(f"ratio with draws    {(reference + drawing) / (engine + drawing):8.0f}  (draws on both sides)")
    assert np.array_equal(results[0].counts, table.counts)
    _, ours = follow_voters(draws, rules, calm)
    theirs = follow_reference(draws, rules, [Conditions()] * options.stations)
    print(f"largest difference of any voter's leaving: {np.nanmax(np.abs(ours.left - theirs.left)):.1e} minutes")


if __name__ == "__main__":
    main()
