"""How long a whole regency day takes, and how much longer with one SimPy process per voter; one run, ratios printed.

python benchmarks/day.py [--days 20] [--reference-days 1]
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

from sim.config.compose import load
from sim.day.day import simulate_day
from sim.day.draws import DayDraws, draw_day
from sim.day.world import World, prepare
from sim.voting.reference import vote_all

MOST_TIMES_OF_VOTERS = 2.0
AT_ONCE = {20: 0.15, 60: 0.4}
"""Riots in the same minute, and the most seconds that a day and strategy of so many may take."""
SPREAD_KINDS = ("brawl", "riot")
"""Kinds of which thirty through the day are timed: a mild one, and one that grows."""
MOST_MS_OF_THIRTY = 20.0
"""The most milliseconds that thirty incidents may add to a day."""
QUIET = ["incidents=[]", *(f"disturbance.background.rate_per_{what}_hour=0" for what in ("office", "road", "village"))]
"""Nothing is scripted, and nothing starts by itself but at stations."""
STATION_RATE = "disturbance.background.rate_per_station_hour={rate}"
BUSY_RATE = 0.008
"""Incidents a station and hour: some thirty a day of the kinds and sizes that start by themselves."""
NO_BOUND = "run.bound_days=0"
"""What is timed are days, not the best that was possible on them."""


def milliseconds(play: Callable[[Any], object], given: Sequence[Callable[[], Any]], times: int = 3) -> list[float]:
    """Return how long it takes to play what is given, which is made anew each time and not timed.

    It is the least of several times, which other work on the machine disturbs least.
    """

    def once(make: Callable[[], Any]) -> float:
        what = make()
        began = time.perf_counter()
        play(what)
        return (time.perf_counter() - began) * 1000

    return [min(once(make) for _ in range(times)) for make in given]


def drawn(world: World, days: int) -> list[Callable[[], tuple[int, DayDraws]]]:
    """Return what draws each day, as a run does: for all its strategies."""
    return [lambda day=day: (day, draw_day(world, day, again=True)) for day in range(days)]  # type: ignore[misc]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=20)
    parser.add_argument("--reference-days", type=int, default=1)
    parser.add_argument("--scenario", default="riot_kecamatan3")
    options = parser.parse_args()
    world = prepare(load(options.scenario, [NO_BOUND]))
    names = list(world.responses)
    for name in names:  # compiled kernels are loaded, or compiled, and the roads' ways found here
        simulate_day(world, name, 0)

    days = [lambda day=day: day for day in range(options.days)]
    alone, played = list[float](), list[float]()
    for day, draws in zip(days, drawn(world, options.days), strict=True):  # in turn: a slower machine slows both
        alone += milliseconds(lambda day: draw_day(world, day), [day])
        played += milliseconds(lambda one: under_all(world, *one), [draws])
    whole = milliseconds(lambda day: simulate_day(world, names[0], day), days)
    reference = milliseconds(
        lambda day: vote_all(draw_day(world, day).voters, world.scenario.voting),
        days[: options.reference_days],
        times=1,
    )
    stations = world.region.stations
    print(f"{world.region.title}: {len(stations.registered)} stations, {stations.registered.sum():,} registered voters")
    for title, values in (
        ("voters alone: a day's draws, and all stations played once", alone),
        (f"the day under {len(names)} strategies on these draws", played),
        ("a day under one strategy, draws included", whole),
        ("the same voters, one SimPy process each, draws included", reference),
    ):
        print(f"{title:58s} {statistics.median(values):9.1f} ms  (min {min(values):.1f}, max {max(values):.1f})")
    ratio = statistics.median(reference) / statistics.median(whole)
    print(f"ratio: {ratio:.0f} times faster, draws included on both sides, incidents and response on our side only")
    per_day = (statistics.median(alone) + statistics.median(played)) / len(names)
    verdict = "reached" if per_day <= MOST_TIMES_OF_VOTERS * statistics.median(alone) else "MISSED"
    print(
        f"a day and strategy, its share of the draws included: {per_day:.1f} ms, "
        f"{per_day / statistics.median(alone):.2f} times its voters alone (aim {MOST_TIMES_OF_VOTERS:g}: {verdict})"
    )
    for number, aim in AT_ONCE.items():
        seconds = seconds_of_day(options.scenario, riots(world, number))
        verdict = "reached" if seconds <= aim else "MISSED"
        print(f"{number} riots in the same minute: {seconds:.3f} s a day and strategy (aim {aim:g}: {verdict})")
    quiet = seconds_of_day(options.scenario, "incidents=[]")
    for kind in SPREAD_KINDS:
        more = 1000 * (seconds_of_day(options.scenario, through_the_day(world, kind)) - quiet)
        verdict = "reached" if more <= MOST_MS_OF_THIRTY else "MISSED"
        print(
            f"30 incidents through the day ({kind}) add {more:.0f} ms, {more / statistics.median(alone):.1f} times the "
            f"voters alone (aim {MOST_MS_OF_THIRTY:g} ms: {verdict})"
        )
    drawn_a_day = incidents_a_day(options.scenario, BUSY_RATE)
    rates = [seconds_of_day(options.scenario, *QUIET, STATION_RATE.format(rate=rate)) for rate in (0, BUSY_RATE)]
    more = 1000 * (rates[1] - rates[0]) * 30 / drawn_a_day
    verdict = "reached" if more <= MOST_MS_OF_THIRTY else "MISSED"
    print(
        f"30 incidents as they start by themselves (measured with {drawn_a_day:.0f} a day) add {more:.0f} ms "
        f"(aim {MOST_MS_OF_THIRTY:g} ms: {verdict})"
    )


def incidents_a_day(scenario: str, rate: float, days: int = 2) -> float:
    """Return how many incidents start by themselves at stations, on the mean of the days that are timed."""
    many = prepare(load(scenario, [*QUIET, STATION_RATE.format(rate=rate), NO_BOUND]))
    logs = [simulate_day(many, name, day, draw_day(many, day)) for day in range(days) for name in many.responses]
    return statistics.mean(len(log.tables["incidents"]["kind"]) for log in logs)


def seconds_of_day(scenario: str, *overrides: str, days: int = 2) -> float:
    """Return how long a day and strategy of a scenario takes that is changed so, its draws not included."""
    many = prepare(load(scenario, [*overrides, NO_BOUND]))
    under_all(many, 0, draw_day(many, 0))  # the roads' ways are found here
    taken = milliseconds(lambda one: under_all(many, *one), drawn(many, days))
    return statistics.median(taken) / len(many.responses) / 1000


def under_all(world: World, day: int, draws: DayDraws) -> None:
    """Play a day under every strategy."""
    for name in world.responses:
        simulate_day(world, name, day, draws)


def riots(world: World, number: int) -> str:
    """The override for so many riots at 09:40, at stations all over the region."""
    codes = world.region.stations.code
    places = codes[:: len(codes) // number][:number]
    one = '{{kind: riot, onset: "09:40", place: "{place}", starters: 18, followers: 1}}'
    return "incidents=[" + ",".join(one.format(place=place) for place in places) + "]"


def through_the_day(world: World, kind: str) -> str:
    """The override for thirty incidents of a kind, one after another from 08:00 on, at stations all over the region."""
    codes = world.region.stations.code
    places = codes[:: len(codes) // 30][:30]
    one = '{{kind: {kind}, onset: "{hour:02d}:{minute:02d}", place: "{place}", followers: 0}}'
    times = [divmod(480 + 9 * i, 60) for i in range(30)]
    told = [one.format(kind=kind, hour=h, minute=m, place=p) for (h, m), p in zip(times, places, strict=True)]
    return f"incidents=[{','.join(told)}]"


if __name__ == "__main__":
    main()
