"""The accounts of a day: what must add up, whatever happened. A log that does not add up is an error of ours."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from sim.log import Columns, DayLog
from sim.world import World

OUTCOMES = frozenset({"arrived", "recalled", "cut_off", "day_end"})
_TOLERANCE = 1e-6


class AccountsError(AssertionError):
    """A day's log does not add up."""


def check_day(log: DayLog, world: World) -> None:
    """Assert the accounts of one day.

    Voters: due = voted + lost by every cause + deferred + in line. Units: the stretches of each follow one another
    from the start to the end of the day, so nobody is in two places. Dispatches: each ends in one way, and takes at
    least the shortest way with every road open. Incidents: their times are in order. Casualties likewise.

    Raises:
        AccountsError: Naming the account and the row.
    """
    _voters(log.tables["stations"])
    _units(log.tables["unit_states"], world)
    _dispatches(log.tables["dispatches"])
    _in_order(log.tables["incidents"], "incidents", ("onset", "reported", "ordered"))
    _in_order(log.tables["incidents"], "incidents", ("onset", "yellow", "red"))
    _in_order(log.tables["incidents"], "incidents", ("onset", "first_reinforcement", "ended"), last_may_wait=True)
    _in_order(log.tables["casualties"], "casualties", ("injured", "collected", "in_care"))
    _in_order(log.tables["evacuations"], "evacuations", ("ordered", "cleared"))
    _coverage(log.tables["coverage"])


def _require(holds: bool, account: str) -> None:
    if not holds:
        raise AccountsError(account)


def _voters(t: Columns) -> None:
    fates = ("voted", "lost_deterred", "lost_impatient", "lost_evacuated", "deferred", "in_line")
    total = np.sum([t[name] for name in fates], axis=0)
    wrong = np.flatnonzero(total != t["due"])
    _require(not wrong.size, f"voters: at station {wrong[:1]} {t['due'][wrong[:1]]} were due, {total[wrong[:1]]} found")
    for name in fates:
        _require(bool(np.all(t[name] >= 0)), f"voters: {name} is negative somewhere")
    _require(bool(np.all(t["waited_over_30"] <= t["voted"])), "voters: more waited long than voted")


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


def _dispatches(t: Columns) -> None:
    unknown = set(t["outcome"].tolist()) - OUTCOMES
    _require(not unknown, f"dispatches: unknown outcome {unknown}")
    arrived = t["outcome"] == "arrived"
    _require(bool(np.all(~np.isnan(t["arrived"][arrived]))), "dispatches: arrived without a time")
    _require(bool(np.all(np.isnan(t["arrived"][~arrived]))), "dispatches: a time of arrival without arriving")
    took = t["arrived"][arrived] - t["departed"][arrived]
    _require(
        bool(np.all(took >= t["shortest_minutes"][arrived] - _TOLERANCE)), "dispatches: faster than the shortest way"
    )
    _in_order(t, "dispatches", ("ordered", "departed", "arrived", "released", "returned"))
    order = np.lexsort((t["ordered"], t["unit"].astype(str)))
    for i, j in pairwise(order.tolist()):
        if t["unit"][i] == t["unit"][j]:
            free = t["returned"][i] if not np.isnan(t["returned"][i]) else t["departed"][i]
            _require(not t["ordered"][j] < free, f"dispatches: {t['unit'][i]} was sent while it was away")


def _in_order(t: Columns, table: str, names: tuple[str, ...], *, last_may_wait: bool = False) -> None:
    """Assert that those of these times that happened are in this order."""
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    for a, b in pairs[: -1 if last_may_wait else None]:
        both = ~np.isnan(t[a]) & ~np.isnan(t[b])
        _require(bool(np.all(t[b][both] >= t[a][both] - _TOLERANCE)), f"{table}: {b} comes before {a}")


def _coverage(t: Columns) -> None:
    _require(bool(np.all(t["voters_covered"] <= t["voters_covered_any"])), "coverage: guards cover less than nobody")
    _require(bool(np.all(t["voters_covered_any"] <= t["voters"])), "coverage: more voters covered than there are")
    _require(bool(np.all(t["stations_covered"] <= t["stations"])), "coverage: more stations covered than there are")
