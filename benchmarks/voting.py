"""The voters of a whole regency: compiled engine and draws against one SimPy process per voter and against Ciw.

All play the same draws under the packaged settings. One run prints times, ratios and what was aimed at.

python benchmarks/voting.py [--stations 445] [--registered 468] [--days 20] [--interruptions 10] [--ciw-stations 20]
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from sim.config.compose import load
from sim.streams import Streams
from sim.voting.conditions import Conditions, flatten, undisturbed
from sim.voting.draws import VoterDraws, draw_voters
from sim.voting.engine import VoterTimes, follow_voters, run_stations
from sim.voting.reference import follow_reference, summarise
from sim.voting.rules import Rules, rules_of

ALIKE = 1e-9
"""Minutes: two engines whose times differ by less agree."""
WANTED = f"under {ALIKE:g} min"


def milliseconds(play: Callable[[int], object], times: int) -> float:
    """Return the median time of a call."""
    taken = []
    for k in range(times):
        began = time.perf_counter()
        play(k)
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def say(name: str, value: str, aim: str = "", met: bool = True) -> None:
    """Print one line of the table."""
    judged = f"   aim: {aim:16s} {'met' if met else 'MISSED'}" if aim else ""
    print(f"{name:70s} {value:>12s}{judged}".rstrip())


def interrupted_day(stations: int, interruptions: int) -> list[Conditions]:
    """Return a day on which each station is interrupted that often, one after another from 07:00 to 12:50.

    One in five is an evacuation, all clear after 10 minutes; the others stop or halve all work for 3 minutes.
    """
    g, found = np.random.default_rng(1), []
    width = 350 / max(1, interruptions)
    for _ in range(stations):
        conditions = Conditions()
        emptied = set(g.permutation(interruptions)[: interruptions // 5].tolist())
        for k in range(interruptions):
            begin = 420 + width * (k + g.random() / 2)
            if k in emptied:
                conditions = conditions.evacuating(begin).all_clear(begin + min(10, width / 2))
            else:
                speed = float(g.choice([0.0, 0.5]))
                conditions = conditions.changing(begin, speed, 0.0).changing(begin + min(3, width / 2), 1.0, 0.0)
        found.append(conditions)
    return found


def largest_difference(ours: VoterTimes, theirs: VoterTimes) -> float:
    """Return by how many minutes any voter's leaving differs; infinite when a voter left in one engine only."""
    here, there = ours.left, theirs.left
    if not np.array_equal(np.isnan(here), np.isnan(there)) or not np.array_equal(ours.fate, theirs.fate):
        return float("inf")
    return float(np.nanmax(np.abs(here - there), initial=0.0))


def interrupted(draws: VoterDraws, rules: Rules, interruptions: int, days: int, engine: float) -> None:
    """Play a day full of interruptions, and compare it with the undisturbed one and with the reference."""
    day = interrupted_day(len(draws.due), interruptions)
    flat = flatten(day)
    busy = milliseconds(lambda _: run_stations(draws, rules, flat), days)
    say(f"engine, {interruptions} interruptions a station, {interruptions // 5} of them evacuations", f"{busy:.2f} ms")
    say("  times slower than undisturbed", f"{busy / engine:.2f}", "at most 2", busy <= 2 * engine)
    _, ours = follow_voters(draws, rules, flat)
    apart = largest_difference(ours, follow_reference(draws, rules, day))
    say("  largest difference of any voter's leaving, reference", f"{apart:.1e} min", WANTED, apart < ALIKE)


def against_reference(draws: VoterDraws, rules: Rules, drawing: float, engine: float) -> None:
    """Play the undisturbed day with one SimPy process per voter, and compare."""
    day, calm, found = [Conditions()] * len(draws.due), undisturbed(np.zeros(len(draws.due))), []
    reference = milliseconds(lambda _: found.append(follow_reference(draws, rules, day)), 1)
    say("reference, one SimPy process per voter", f"{reference:.0f} ms")
    ratio, both = reference / engine, (reference + drawing) / (engine + drawing)
    say("  ratio without draws", f"{ratio:.0f}", "at least 500", ratio >= 500)
    say("  ratio with draws on both sides", f"{both:.0f}", "at least 200", both >= 200)
    table, ours = follow_voters(draws, rules, calm)
    apart = largest_difference(ours, found[0])
    say("  largest difference of any voter's leaving", f"{apart:.1e} min", WANTED, apart < ALIKE)
    same = np.array_equal(table.counts, summarise(draws, found[0]).counts)
    say("  counts of every station the same", "yes" if same else "no", "yes", same)


def against_ciw(draws: VoterDraws, rules: Rules, stations: int, engine: float) -> None:
    """Play some of the stations in Ciw, and compare."""
    try:
        from ciw_station import play
    except ModuleNotFoundError:
        print("Ciw is not installed: pip install .[benchmark]")
        return
    every, chosen = len(draws.due), np.arange(min(stations, len(draws.due)))
    if not len(chosen):
        return
    played = [play(draws, rules, int(k)) for k in chosen]
    ciw = 1000 * sum(day.seconds for day in played) * every / len(chosen)
    say(f"Ciw, {len(chosen)} stations played, time scaled up to {every}", f"{ciw:.0f} ms")
    say("  ratio without draws", f"{ciw / engine:.0f}", "at least 300", ciw / engine >= 300)
    patient = np.full(len(draws.arrival), np.inf)
    nobody_leaves = replace(draws, patience=patient, line_limit=patient)
    for name, voters, theirs in (
        ("nobody leaves the line", nobody_leaves, [play(draws, rules, int(k), leaving=False) for k in chosen]),
        ("with balking and reneging", draws, played),
    ):
        ours = run_stations(voters, replace(rules, impatient_return=0.0), undisturbed(np.zeros(len(chosen))), chosen)
        here = ours.wait_sum.sum() / max(1, ours.voted.sum())
        there = sum(day.wait_sum for day in theirs) / max(1, sum(day.voted for day in theirs))
        apart = abs(here - there)
        say(f"  mean wait, {name}: ours {here:.4f}, Ciw {there:.4f} min", f"{apart:.1e} min", WANTED, apart < ALIKE)
    print(
        "  what differs otherwise: in Ciw nobody who has left the line comes back, so in these means nobody does here"
    )


def arguments() -> argparse.Namespace:
    """Return what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stations", type=int, default=445)
    parser.add_argument("--registered", type=int, default=468, help="at each station")
    parser.add_argument("--days", type=int, default=20, help="times are medians of so many")
    parser.add_argument("--interruptions", type=int, default=10, help="at each station, in the interrupted day")
    parser.add_argument("--ciw-stations", type=int, default=20, help="played in Ciw; 0: none")
    return parser.parse_args()


def main() -> None:
    """Measure and print."""
    options, scenario = arguments(), load("calm_day", [])
    voting, weather, rules = scenario.voting, scenario.weather, rules_of(scenario.voting)
    registered, calm = np.full(options.stations, options.registered), undisturbed(np.zeros(options.stations))

    began = time.perf_counter()
    draws = draw_voters(registered, voting, weather, Streams(1, 0))
    run_stations(draws, rules, calm)
    print(f"first call, compiled functions loaded or compiled: {time.perf_counter() - began:.1f} s")
    stages = ", ".join(f"{stage.name} ({stage.servers})" for stage in voting.stages)
    print(f"{options.stations} stations, {len(draws.arrival):,} voters, stages: {stages}\n")

    drawing = milliseconds(lambda day: draw_voters(registered, voting, weather, Streams(1, day)), options.days)
    engine = milliseconds(lambda _: run_stations(draws, rules, calm), options.days)
    say("draws", f"{drawing:.2f} ms")
    say("engine", f"{engine:.2f} ms")
    one, nothing = np.array([0]), undisturbed(np.zeros(1))
    query = milliseconds(lambda _: run_stations(draws, rules, nothing, one, 600.0), 500)
    say("one station, looked at 10:00", f"{query * 1000:.1f} us")
    interrupted(draws, rules, options.interruptions, options.days, engine)
    against_reference(draws, rules, drawing, engine)
    against_ciw(draws, rules, options.ciw_stations, engine)


if __name__ == "__main__":
    main()
