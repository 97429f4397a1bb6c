"""What must move a number, and which way: one setting is changed on the same days, and the measures are compared.

``python -m tests.behaviour.moves [days]`` plays every move, on 100 days unless told otherwise, and prints them as a table.
``docs/moves.md`` keeps it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise
from math import inf, isinf

import numpy as np
import pandas as pd

from sim.config.compose import load
from sim.day import prepare, simulate_day
from sim.experiment.frames import frames
from sim.log import DayLog
from sim.measures.registry import MEASURES
from sim.measures.samples import take
from sim.measures.tables import Tables

DAYS = 100
NOBODY = "{police: 0, stations: 1, wardens: 2}"
NO_GUARDS = f"strategy.guards={{rule: pattern, very_high: {NOBODY}, high: {NOBODY}, low: {NOBODY}}}"
ALONE = ("response.attached=[]", "response.sector_patrol_size=0", "strategy.patrols=[]", NO_GUARDS)
"""Nobody but the reserves of the strategy."""
QUIET = tuple(f"disturbance.background.rate_per_{place}_hour=0" for place in ("station", "office", "road", "village"))
NEVER_PUT_OFF = tuple(f"voting.trouble.put_off.{share}=0" for share in ("later_share", "stopped_share"))
"""Wrong supplies and wrong procedure put no poll off."""
CALM = (*QUIET, "incidents=[]", "response.reporting.false_reports.per_hour=0")
"""Nothing happens, so that every unit is where its plan has it."""
LASTING = "kinds.blackout.course.duration={mean_minutes: 300, cv: 0}"
RIOT = '{kind: riot, onset: "09:40", place: kecamatan 3, starters: 18, followers: 0}'
NO_FOLLOWERS = (f"incidents=[{RIOT}]", "disturbance.spread.followers=0")
"""The riot of the scenario without its followers; nor do those that start by themselves have any."""
LONELY = (*QUIET, *NO_FOLLOWERS, "kinds.riot.course.supporters=0")
"""The same riot, to which nobody travels from elsewhere."""
NO_AMBULANCE = ("kinds.riot.severities.red.needs.medical=0", "response.force.red.medical=0")
"""What is asked for are officers: more of them may end a riot before an ambulance is there, whose force is then never whole."""
ESCORTED = ("strategy.escort=reserve_escorts",)
"""Boxes with which officers go."""
ROADS = ("[Mojorejo, Beringin Tiga]", "[Sumber Urip, Sumber Bening]")
"""The two roads from Curup to the district of the riot."""


def hard_to_reach(km: float) -> str:
    """Return that so many kilometres of track lead to all stations of some villages, which are on roads as packaged."""
    villages = {"Air Bang": 10, "Karang Anyar": 7, "Talang Rimbo Baru": 8, "Talang Rimbo Lama": 7, "Air Meles Bawah": 8}
    lines = [
        f"{{village: {name}, stations: {n}, access: motorcycle, km: {km:g}}}" for name, n in villages.items() if km
    ]
    return "region.derive.hard_to_reach=[{}]".format(", ".join(lines))


def delays(factor: float) -> tuple[str, ...]:
    """Return reports that take so many times as long as the packaged ones."""
    packaged = {"guarded": 1.5, "by_phone": 5, "no_signal": 20}
    return tuple(
        f"response.reporting.{name}={{mean_minutes: {minutes * factor:g}, cv: 0.5}}"
        for name, minutes in packaged.items()
    )


def reserves(teams: int, base: str = "POLRES") -> tuple[str, ...]:
    """Return so many platoons of 32 at one base and nobody else, whatever they cost."""
    waiting = f"{{base: {base}, teams: {teams}, size: 32, vehicle: truck}}" if teams else ""
    return (*ALONE, "region.forces.police=3000", f"strategy.reserves=[{waiting}]")


def team(base: str, teams: int, size: int) -> str:
    """Return teams of a strategy's reserve."""
    return f"{{base: {base}, teams: {teams}, size: {size}, vehicle: truck}}"


def one_more(base: str) -> tuple[str, tuple[str, ...]]:
    """Return the arm of the packaged reserve, three platoons at headquarters, and a team of 12 at one more base."""
    more = [team(base, 1, 12)] if base else []
    arm = (*CALM, "region.forces.police=3000", f"strategy.reserves=[{','.join([team('POLRES', 3, 38), *more])}]")
    return base or "packaged", arm


def closed(until: str | None) -> str:
    """Return both roads to the riot closed from 09:50 on, while the first are under way."""
    end = "" if until is None else f', reopened_at: "{until}"'
    return "closures=[" + ", ".join(f'{{between: {road}, closed_at: "09:50"{end}}}' for road in ROADS) + "]"


class Way(StrEnum):
    """How the measure must compare, read from the first arm to the last."""

    RISES = "rises"
    """By a size that matters from the first to the last, and never falls in between."""
    FALLS = "falls"
    NEVER_RISES = "never rises"
    NEVER_FALLS = "never falls"
    STAYS = "stays"
    """Every arm the same, to the last bit."""
    ENDS_IN_NEVER = "ends in never"
    """A time that is there in the first arm and infinite in the last."""


@dataclass(frozen=True)
class Move:
    """One thing that is changed step by step, and what it must do.

    Attributes:
        promise: What is promised of it, in a sentence.
        what: What is changed, in words.
        arms: Its steps: a name and the overrides of each.
        ways: How each measure must move over them.
        slack: By so much a measure that must not move in one direction may, where incidents differ between the arms.
        scripted: Whether only the scenario's own disturbances are measured.
    """

    promise: str
    what: str
    arms: tuple[tuple[str, tuple[str, ...]], ...]
    ways: tuple[tuple[str, Way], ...]
    slack: float = 0.0
    scripted: bool = False


MOVES = (
    Move(
        "Reports sooner never raise the arrival delay; reports late never lower it.",
        "reports come sooner or later",
        tuple((f"x {f:g}", (*QUIET, *NO_FOLLOWERS, *delays(f))) for f in (0.01, 0.5, 1, 2, 4)),
        (("arrival_median", Way.RISES), ("yellow_force_median", Way.RISES)),
    ),
    Move(
        "A lost signal never lowers it.",
        "the mobile signal of the district is lost",
        (
            ("none", (*QUIET, f"incidents=[{RIOT}]")),
            ("lost", (*QUIET, f'incidents=[{RIOT}, {{kind: blackout, onset: "09:00", place: kecamatan 3}}]', LASTING)),
        ),
        (("arrival_median", Way.RISES), ("arrival_p90", Way.NEVER_FALLS)),
    ),
    Move(
        "Rain never lowers it.",
        "it rains",
        (("dry", ("weather=dry", *NO_FOLLOWERS)), ("heavy rain", ("weather=heavy_rain", *NO_FOLLOWERS))),
        (("arrival_median", Way.NEVER_FALLS), ("arrival_median_common", Way.NEVER_FALLS)),
        slack=0.5,
    ),
    Move(
        "Stations that are harder to reach are covered less, and help is farther from them.",
        "the way to the stations of five wards of Curup, which only motorcycles go",
        tuple((f"{km} km" if km else "by road", (*CALM, hard_to_reach(km))) for km in (0, 2, 8)),
        (("coverage_at_start", Way.FALLS), ("potential_first_median", Way.RISES)),
    ),
    Move(
        "What is taken for milder gets its force later.",
        "reports are misjudged",
        tuple(
            (
                f"{100 * s:g} % too mild",
                (*QUIET, *NO_FOLLOWERS, "response.reporting.too_bad=0", f"response.reporting.too_mild={s}"),
            )
            for s in (0, 0.5, 1)
        ),
        (("yellow_force_median", Way.RISES),),
    ),
    Move(
        "False reports cost desks and ways.",
        "false reports take desks and units",
        tuple(
            (
                f"{n} an hour",
                (*NO_FOLLOWERS, "response.posko.desks=1", f"response.reporting.false_reports.per_hour={n}"),
            )
            for n in (0, 10, 40)
        ),
        (("response_mean_common", Way.RISES), ("km_driven", Way.RISES)),
    ),
    Move(
        "Reserves 0, 64, 2,048 raise force coverage and the share of red that got its force, and lower the peak crowd.",
        "reserves at the sector post of the riot's district, nobody else",
        tuple(
            (f"{32 * n} officers", (*QUIET, *NO_FOLLOWERS, *reserves(n, "SEK-SINDANG"), *NO_AMBULANCE))
            for n in (0, 2, 64)
        ),
        (
            ("coverage_yellow", Way.RISES),
            ("coverage_red", Way.RISES),
            ("red_force", Way.RISES),
            ("yellow_force", Way.RISES),
            ("peak_crowd", Way.FALLS),
        ),
    ),
    Move(
        "One more unit never lowers coverage.",
        "a team of 12 at one more base",
        tuple(map(one_more, ("", "SEK-SINDANG"))),
        (
            ("coverage_over_day", Way.NEVER_FALLS),
            ("coverage_backup", Way.NEVER_FALLS),
            ("coverage_yellow", Way.RISES),
            ("coverage_red", Way.NEVER_FALLS),
            ("potential_yellow_median", Way.FALLS),
        ),
    ),
    Move(
        "In which order units are listed changes nothing.",
        "the order of the reserves",
        tuple(
            (name, (*QUIET, "region.forces.police=3000", f"strategy.reserves=[{','.join(listed)}]"))
            for name, listed in (
                ("POLRES first", (team("POLRES", 3, 38), team("SEK-PUT", 1, 12))),
                ("SEK-PUT first", (team("SEK-PUT", 1, 12), team("POLRES", 3, 38))),
            )
        ),
        tuple((name, Way.STAYS) for name in ("arrival_median", "coverage_red", "peak_crowd", "votes_lost")),
    ),
    Move(
        "A closure of 15 minutes lies between none and one for good.",
        "both roads to the riot are closed at 09:50, and nobody travels to it but officers",
        (
            ("never", (*LONELY, *reserves(2))),
            ("15 minutes", (*LONELY, *reserves(2), closed("10:05"))),
            ("for good", (*LONELY, *reserves(2), closed(None))),
        ),
        (("arrival_median", Way.RISES), ("unanswered", Way.NEVER_FALLS), ("peak_crowd", Way.NEVER_FALLS)),
    ),
    Move(
        "A closed road keeps those who would join out, too.",
        "both roads to the riot are closed at 09:50, and there are no officers",
        (
            ("never", (*QUIET, *NO_FOLLOWERS, *reserves(0))),
            ("for good", (*QUIET, *NO_FOLLOWERS, *reserves(0), closed(None))),
        ),
        (("peak_crowd", Way.FALLS),),
    ),
    Move(
        "Boxes are home no later with officers than without.",
        "officers who can go with the boxes",
        (
            ("none", (*CALM, *reserves(0), *ESCORTED)),
            ("packaged", (*CALM, *ESCORTED)),
        ),
        (("boxes_home_p90", Way.NEVER_RISES), ("boxes_escorted", Way.RISES), ("box_minutes_unescorted", Way.FALLS)),
    ),
    Move(
        "Reserves near by help more than reserves far away, and those more than none.",
        "reserves near the riot, nobody else",
        (
            ("none", (*QUIET, *reserves(0))),
            ("64 in Curup", (*QUIET, *reserves(2))),
            ("64 in Sindang", (*QUIET, *reserves(2, "SEK-SINDANG"))),
        ),
        (("arrival_median", Way.FALLS), ("peak_crowd", Way.FALLS), ("votes_lost_to_disturbances", Way.FALLS)),
    ),
    Move(
        "Stronger deterrence never lowers the share within the standard among scripted incidents.",
        "officers deter more",
        tuple((f"x {f:g}", (f"disturbance.background.deterrence_per_officer={0.5 * f:g}",)) for f in (0, 1, 4)),
        (("within_standard", Way.NEVER_FALLS), ("incidents_per_day", Way.FALLS)),
        scripted=True,
        slack=0.02,
    ),
    Move(
        "Whoever needs longer to get ready is there later.",
        "mobilisation takes longer",
        tuple(
            (
                f"x {f:g}",
                (
                    *QUIET,
                    *NO_FOLLOWERS,
                    *(
                        f"response.mobilisation.{role}={{mean_minutes: {minutes * f:g}, cv: 0.4}}"
                        for role, minutes in (("guard", 1), ("patrol", 1), ("reserve", 6))
                    ),
                ),
            )
            for f in (0, 1, 5)
        ),
        (("arrival_median", Way.RISES), ("yellow_force_median", Way.RISES)),
    ),
    Move(
        "No officers at all: never, and said so.",
        "there are no officers at all",
        (("packaged", QUIET), ("none", (*QUIET, *reserves(0)))),
        (
            ("arrival_median", Way.ENDS_IN_NEVER),
            ("response_median", Way.ENDS_IN_NEVER),
            ("potential_first_median", Way.ENDS_IN_NEVER),
            ("unanswered", Way.RISES),
            ("peak_crowd", Way.RISES),
        ),
    ),
)


@cache
def logs_of(overrides: tuple[str, ...], strategy: str, days: int) -> tuple[DayLog, ...]:
    """Play the riot under one strategy with one setting changed."""
    world = prepare(load("riot_kecamatan3", [f"strategy={strategy}", *overrides]))
    return tuple(simulate_day(world, strategy, day) for day in range(days))


def measured(
    arms: tuple[tuple[str, tuple[str, ...]], ...], strategy: str, days: int, *, scripted: bool
) -> pd.DataFrame:
    """Return every measure (rows) of each arm (columns)."""
    tables: dict[str, list[pd.DataFrame]] = {}
    for name, overrides in arms:
        for table, frame in frames(logs_of(overrides, strategy, days)).items():
            tables.setdefault(table, []).append(frame.assign(strategy=name))
    whole = {table: pd.concat(parts, ignore_index=True) for table, parts in tables.items()}
    kept = {"incidents": _only_scripted(whole["incidents"]) if scripted else whole["incidents"]}
    standard, hours = 10.0, (420.0, 780.0)
    samples = take(Tables((whole | kept).__getitem__, standard, *hours, len(arms)), range(days))
    every = take(Tables(whole.__getitem__, standard, *hours, len(arms)), range(days)) if scripted else samples
    weights = np.ones((1, days))
    found = {}
    for name, measure in MEASURES.items():
        of = every if name == "incidents_per_day" else samples
        sums = of.sums(measure.sample)
        found[name] = {
            arm: float(measure.estimator(sums[arm, ""]).estimate(weights)[0]) if (arm, "") in sums else 0.0
            for arm, _ in arms
        }
    return pd.DataFrame.from_dict(found, orient="index")


def _only_scripted(incidents: pd.DataFrame) -> pd.DataFrame:
    return incidents[incidents["origin"] == "scripted"]


def follows(values: list[float], way: Way, slack: float) -> bool:
    """Say whether numbers move as they must."""
    sign = 1.0 if way in (Way.RISES, Way.NEVER_FALLS) else -1.0
    steps = [_step(a, b) * sign for a, b in pairwise(values)]
    if way is Way.STAYS:
        return len(set(values)) == 1
    if way is Way.ENDS_IN_NEVER:
        return values[0] < inf and isinf(values[-1])
    kept = all(step >= -slack for step in steps)
    whole = _step(values[0], values[-1]) * sign
    matters = whole == inf or whole > 0.03 * abs(values[0])
    return kept and (matters or way in (Way.NEVER_RISES, Way.NEVER_FALLS))


def _step(a: float, b: float) -> float:
    return 0.0 if a == b else inf if isinf(b) else -inf if isinf(a) else b - a


def table(strategy: str = "central_reserve", days: int = DAYS, shown: Callable[[str], object] = print) -> None:
    """Print every move as a table in Markdown."""
    shown("| promise | what is changed | measure | must | steps |\n| --- | --- | --- | --- | --- |")
    for move in MOVES:
        found = measured(move.arms, strategy, days, scripted=move.scripted)
        for name, way in move.ways:
            values = [float(found.loc[name, arm]) for arm, _ in move.arms]
            steps = ", ".join(f"{arm}: {value:.4g}" for (arm, _), value in zip(move.arms, values, strict=True))
            moved = "" if follows(values, way, move.slack) else " **does not**"
            shown(f"| {move.promise} | {move.what} | {name} | {way}{moved} | {steps.replace('inf', 'never')} |")


if __name__ == "__main__":
    table(days=int(sys.argv[1]) if len(sys.argv) > 1 else DAYS)
