"""The accounts of a day: what must add up, whatever happened. A log that does not add up is an error of ours."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sim.coverage.covered import MARKS_A_MINUTE
from sim.day.world import World
from sim.echelon import Echelon
from sim.evacuation.casualty import ON_THE_SPOT
from sim.log import ASKED, COVERED_BY, THERE, Columns, DayLog
from sim.triage import Triage
from sim.vocabulary import Force, Outcome

OUTCOMES = frozenset(Outcome)
FATES = (
    "voted",
    "lost_deterred",
    "lost_balked",
    "lost_impatient",
    "lost_unsupplied",
    "lost_evacuated",
    "deferred",
    "in_line",
)
"""What becomes of those who set out for a station; each voter has one fate."""
_NEVER_NEGATIVE = (
    *FATES,
    "due",
    "wait_sum",
    "waited_over_30",
    "priority_voted",
    "priority_wait_sum",
    "suspended_minutes",
    "unescorted_minutes",
    "held_minutes",
    "evacuations",
    "calm_voted",
    "calm_deferred",
    "calm_wait_sum",
    "calm_waited_over_30",
)
_TOLERANCE = 1e-6


class AccountsError(AssertionError):
    """A day's log does not add up."""


def check_day(log: DayLog, world: World) -> None:
    """Assert the accounts of one day.

    Stations: see ``check_stations``. Units: the stretches of each follow one another from the start to the end of the
    day, so nobody is in two places. Tasks: each ends in one way, takes at least the shortest way with every road open,
    and is over before the unit has another. Incidents: their times are in order, and no side of a clash is larger than
    both. Casualties: there is one for each of the injured; their times are in order, minor injuries are treated on the
    spot and others carried, and nobody is in care before anybody could have brought him. Coverage: no part is more than
    its whole, a second unit is not before the first, and potential response tells the same. The best possible: no more
    was late at best than was late.

    Raises:
        AccountsError: Naming the account and the row.
    """
    check_stations(log.tables["stations"])
    _units(log.tables["unit_states"], world)
    _tasks(log.tables["tasks"])
    _in_order(log.tables["incidents"], "incidents", ("onset", "reported", "handled", "ordered"))
    _handled(log.tables["incidents"])
    _require(
        bool(np.all(log.tables["incidents"]["peak_other"] <= log.tables["incidents"]["peak_active"])),
        "incidents: more active on one side than on both",
    )
    _in_order(log.tables["incidents"], "incidents", ("onset", "controlled", "ended"))
    _in_order(log.tables["forces"], "forces", ("reached", "known"))
    _in_order(log.tables["forces"], "forces", ("reached", "complete"))
    _forces(log.tables["forces"])
    _in_order(log.tables["incidents"], "incidents", ("onset", "yellow", "red"))
    _in_order(log.tables["incidents"], "incidents", ("onset", "first_reinforcement", "ended"), last_may_wait=True)
    _casualties(log.tables["casualties"], log.tables["incidents"])
    _in_order(log.tables["evacuations"], "evacuations", ("due", "ordered", "cleared"))
    _in_order(log.tables["areas"], "areas", ("due", "ordered", "half_safe", "most_safe", "last_safe"))
    areas = log.tables["areas"]
    _require(
        bool(np.all(areas["safe"] + areas["refused"] + areas["left_behind"] == areas["people"])),
        "areas: somebody is neither safe nor refused nor left behind",
    )
    _coverage(log.tables["coverage"])
    _bounds(log.tables["bounds"], log.tables["incidents"], world.scenario.response.standard_minutes)
    _potential(log.tables["potential"], log.tables["coverage"], world.scenario.response.standard_minutes)


def _require(holds: bool, account: str) -> None:
    if not holds:
        raise AccountsError(account)


def _forces(t: Columns) -> None:
    asked, there = (np.stack([t[column] for column in columns.values()]) for columns in (ASKED, THERE))
    _require(bool(np.all((there >= 0) & (there <= asked))), "forces: more there than asked for")
    full = (there == asked).all(axis=0)
    _require(bool(np.all(full == ~np.isnan(t["complete"]))), "forces: complete without all, or not")
    _require(not np.any(full & (t["coming"] == 1)), "forces: still coming though all were there")


def check_stations(t: Columns) -> None:
    """Assert the accounts of the stations of one day.

    Voters: due = voted + lost by every cause + deferred + in line, and no part is more than its whole or less than
    nothing. Hours: service begins before the line closes; the last voter leaves after that beginning and before the
    count is finished; the count is finished before the boxes leave, and they leave before they are handed over. They
    are held for no longer than from the first to the last of these. An abandoned station does not count.

    Args:
        t: The table of stations.

    Raises:
        AccountsError: Naming the account and the first station where it does not hold.
    """
    _voters(t)
    _hours(t)


def _nowhere(wrong: NDArray[np.bool_], account: str, t: Columns) -> None:
    """Assert that something is wrong at no station."""
    _require(not wrong.any(), f"{account} at station {t['station'][wrong][:1]}")


def _voters(t: Columns) -> None:
    total = np.sum([t[name] for name in FATES], axis=0)
    wrong = np.flatnonzero(total != t["due"])
    _require(
        not wrong.size,
        f"voters: at station {t['station'][wrong[:1]]} {t['due'][wrong[:1]]} were due, {total[wrong[:1]]} found",
    )
    for name in _NEVER_NEGATIVE:
        _nowhere(t[name] < 0, f"voters: {name} is negative", t)
    _nowhere(t["waited_over_30"] > t["voted"], "voters: more waited long than voted", t)
    _nowhere(t["priority_voted"] > t["voted"], "voters: more went first than voted", t)
    _nowhere(
        t["priority_wait_sum"] > t["wait_sum"] + _TOLERANCE, "voters: those who went first waited longer than all", t
    )


def _hours(t: Columns) -> None:
    _in_order(t, "stations", ("opened", "closed"))
    _nowhere(np.isnan(t["last_voted"]) != (t["voted"] == 0), "stations: votes without a last one, or the reverse,", t)
    _nowhere((t["voted"] > 0) & ~(t["last_voted"] >= t["opened"]), "stations: voting was over before it began", t)
    whole = {name: column[t["abandoned"] == 0] for name, column in t.items()}
    _in_order(whole, "stations", ("last_voted", "counted", "boxes_left", "boxes_home"))
    too_long = whole["held_minutes"] > whole["boxes_home"] - whole["counted"] + _TOLERANCE
    _nowhere(too_long, "stations: boxes were held for longer than they were away", whole)
    _nowhere((t["escorted"] == 1) & np.isnan(t["boxes_home"]), "stations: escorted all the way without coming home", t)


def _units(t: Columns, world: World) -> None:
    names = t["unit"]
    order = np.lexsort((t["start"], names.astype(str)))
    start, end, unit = t["start"][order], t["end"][order], names[order]
    _require(bool(np.all(end > start)), "units: a stretch of no length")
    for i, j in pairwise(range(len(unit))):
        if unit[i] == unit[j]:
            _require(end[i] == start[j], f"units: {unit[i]} has a gap or is in two places at {end[i]:.3f}")
        else:
            _require(end[i] == world.end and start[j] == world.start, f"units: the day of {unit[i]} is not whole")
    if len(unit):
        _require(start[0] == world.start and end[-1] == world.end, "units: the first or last day is not whole")


def _tasks(t: Columns) -> None:
    unknown = set(t["outcome"].tolist()) - OUTCOMES
    _require(not unknown, f"tasks: unknown outcome {unknown}")
    arrived = ~np.isnan(t["arrived"])
    done = t["outcome"] == Outcome.DONE
    _require(bool(np.all(arrived[done])), "tasks: done without having arrived")
    too_late = np.isin(t["outcome"], [Outcome.RECALLED, Outcome.CUT_OFF])
    _require(not (arrived & too_late).any(), "tasks: a time of arrival without arriving")
    took = t["arrived"] - t["departed"]
    fast = arrived & ~(took >= t["shortest_minutes"] - _TOLERANCE)
    _require(not fast.any(), f"tasks: {t['unit'][fast][:1]} was faster than the shortest way")
    _in_order(t, "tasks", ("ordered", "departed", "arrived", "released", "returned"))
    _nowhere_less(t["km"], "tasks: less than no way")
    order = np.lexsort((t["task"], t["ordered"], t["unit"].astype(str)))
    for i, j in pairwise(order.tolist()):
        if t["unit"][i] == t["unit"][j]:
            ended = t["released"][i] if arrived[i] else t["ordered"][j]
            open_still = t["outcome"][i] == Outcome.DAY_END
            _require(not open_still, f"tasks: {t['unit'][i]} has two tasks at the same time")
            _require(not t["ordered"][j] < ended, f"tasks: {t['unit'][i]} was sent while it was at work")


def _handled(t: Columns) -> None:
    """Assert that what was handled was handled by somebody, and a sector post sent somebody when it did."""
    by, sector = t["handled_by"], t["handled_by"] == Echelon.SECTOR
    _require(bool(np.all((by == "") == np.isnan(t["handled"]))), "incidents: handled by nobody, or the reverse")
    _require(bool(np.all(t["ordered"][sector] <= t["handled"][sector])), "incidents: a sector post sent nobody")


def _nowhere_less(values: NDArray[np.float64], account: str) -> None:
    _require(bool(np.all(values >= 0)), account)


def _in_order(t: Columns, table: str, names: tuple[str, ...], *, last_may_wait: bool = False) -> None:
    """Assert that those of these times that happened are in this order."""
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    for a, b in pairs[: -1 if last_may_wait else None]:
        both = ~np.isnan(t[a]) & ~np.isnan(t[b])
        _require(bool(np.all(t[b][both] >= t[a][both] - _TOLERANCE)), f"{table}: {b} comes before {a}")


def _casualties(t: Columns, incidents: Columns) -> None:
    """Assert that nobody who was hurt is missing, and that nobody was in care sooner than he could be."""
    hurt = sum(int(incidents[name].sum()) for name in ("injured", "officers_hurt"))
    _require(hurt == len(t["number"]), "casualties: not one for each of the injured")
    _in_order(t, "casualties", ("injured", "sorted", "collected", "in_care"))
    in_care, on_the_spot = ~np.isnan(t["in_care"]), t["facility"] == ON_THE_SPOT
    _require(not (on_the_spot & (t["triage"] != Triage.MINOR)).any(), "casualties: a grave injury treated on the spot")
    _require(bool(np.all(np.isnan(t["collected"][on_the_spot]))), "casualties: carried, and treated on the spot")
    carried = in_care & ~on_the_spot
    _require(not np.isnan(t["collected"][carried]).any(), "casualties: in care without having been carried")
    _require(bool(np.all(t["facility"][in_care] != "")), "casualties: in care nowhere")
    took = t["in_care"] - t["injured"]
    _require(not (took < t["least_minutes"] - _TOLERANCE).any(), "casualties: in care sooner than was possible")


def _coverage(t: Columns) -> None:
    _require(bool(np.all(t["voters_covered"] <= t["voters_covered_any"])), "coverage: guards cover less than nobody")
    _require(bool(np.all(t["voters_covered_any"] <= t["voters"])), "coverage: more voters covered than there are")
    for whole in ("voters", "stations", "area"):
        _require(
            bool(np.all(t[f"{whole}_backup"] <= t[f"{whole}_covered"])),
            f"coverage: a second unit before the first ({whole})",
        )
        for part in COVERED_BY.values():
            more = t[f"{whole}_{part}"] > t[whole] + _TOLERANCE
            _require(not more.any(), f"coverage: more {whole} covered than there are ({part})")


def _bounds(t: Columns, incidents: Columns, standard: float) -> None:
    """Assert that the best possible is no worse than what was, and that what was is what the incidents tell."""
    measured = (incidents["needed"] > 0) & ~np.isnan(incidents["reported"])
    waits = np.maximum(incidents["first_on_scene"][measured] - incidents["reported"][measured], 0.0)
    for calls, late, best in zip(t["calls"], t["late"], t["best_late"], strict=True):
        _require(calls == len(waits) and late == (~(waits <= standard)).sum(), "bounds: not the day's late responses")
        _require(0 <= best <= late, "bounds: more would have been late at best than was late")


def _potential(t: Columns, coverage: Columns, standard: float) -> None:
    """Assert that every voter is counted once a moment, and as often within the standard time as in coverage.

    Minutes are rounded up to marks, so a standard between two marks lies between two sums.
    """
    everybody = int(coverage["voters"].sum())
    lower, upper = (round_to(standard * MARKS_A_MINUTE) / MARKS_A_MINUTE for round_to in (np.floor, np.ceil))
    for force in Force:
        mine = t["force"] == force
        minutes, voters = t["minutes"][mine], t["voters"][mine]
        _require(int(voters.sum()) == everybody, f"potential: not every voter is counted once a moment ({force})")
        if force in COVERED_BY:
            covered = int(coverage[f"voters_{COVERED_BY[force]}"].sum())
            least, most = (int(voters[minutes <= mark].sum()) for mark in (lower, upper))
            _require(least <= covered <= most, f"potential: coverage says something else ({force})")
