"""Looking on at a day changes nothing, and what is seen is what the tables count."""

from __future__ import annotations

from collections import Counter
from functools import cache

import numpy as np
import pytest

from sim.day import World, prepare, simulate_day
from sim.day.watched import RoadChange, Watched, watched_day
from sim.log import DayLog
from sim.vocabulary import Verdict
from tests.conftest import small_scenario

NAME = "minimum_pattern"
EVENTFUL = (
    'incidents=[{kind: riot, onset: "09:00", place: "Pasar Timur", starters: 40, followers: 2},'
    '{kind: blackout, onset: "10:00", place: "Pasar Barat"}]',
    'closures=[{between: [Pasar Barat, Air Jernih], closed_at: "09:10", reopened_at: "11:00"}]',
    "disturbance.background.rate_per_station_hour=0.1",
    "region.forces.police=160",
)


@cache
def world(*overrides: str) -> World:
    return prepare(small_scenario(f"strategy={NAME}", *EVENTFUL, *overrides))


@cache
def watched(day: int, incident: str, *overrides: str) -> tuple[DayLog, Watched]:
    return watched_day(world(*overrides), NAME, day, incident)


@pytest.mark.parametrize("day", range(3))
@pytest.mark.parametrize("rule", ["nearest", "own_sector_first", "tiered", "hold_reserve", "preparedness"])
def test_the_log_is_the_same_to_the_byte(day: int, rule: str) -> None:
    more = "" if rule in ("nearest", "own_sector_first", "tiered") else ", within_minutes: 15, busy: 0.3"
    more += ", hold_back: 1" if rule == "hold_reserve" else ""
    overrides = (f"strategy.dispatch={{policy: {rule}{more}}}",)
    alone, (log, seen) = simulate_day(world(*overrides), NAME, day), watched(day, "s0", *overrides)
    assert seen.judgements
    for name, columns in alone.tables.items():
        for column, values in columns.items():
            assert repr(values.tolist()) == repr(log.tables[name][column].tolist()), (name, column)


def test_verdicts_by_name_are_those_that_the_table_of_tasks_counts() -> None:
    compared = 0
    for day in range(14):
        log, seen = watched(day, "s0")
        tasks = log.tables["tasks"]
        mine = (tasks["incident"] == "s0") & (tasks["sent"] == 1)
        together = Counter(one.time for one in seen.judgements)
        for one in seen.judgements:
            if together[one.time] > 1:
                continue  # who is ordered for one capability is no longer there for the next
            now = mine & (tasks["ordered"] == one.time)
            names = {unit.unit: unit for unit in one.units}
            rows = [row for row in np.flatnonzero(now) if tasks["unit"][row] in names and tasks["not_able"][row]]
            if len(rows) != now.sum() or not rows:
                continue  # the sector post ordered them
            sent = {tasks["unit"][row] for row in rows}
            left = Counter(str(unit.verdict) for unit in one.units if unit.unit not in sent)
            for verdict in (Verdict.NOT_NEEDED, Verdict.TOO_FAR, Verdict.CUT_OFF, Verdict.NOT_AGREED):
                assert left[str(verdict)] == tasks[str(verdict)][rows[0]], (day, one.time, verdict)
            compared += 1
    assert compared >= 3


def test_who_is_sent_is_no_slower_than_who_was_not_needed_under_the_rule_of_the_nearest() -> None:
    judged = 0
    for day in range(4):
        _, seen = watched(day, "s0", "strategy.dispatch={policy: nearest}")
        for one in seen.judgements:
            by = {v: [unit.minutes for unit in one.units if unit.verdict is v] for v in Verdict}
            if by[Verdict.SENT] and by[Verdict.NOT_NEEDED]:
                assert max(by[Verdict.SENT]) <= min(by[Verdict.NOT_NEEDED])
                judged += 1
    assert judged


def test_roads_and_signal_come_and_go_when_they_do() -> None:
    _, seen = watched(0, "s0")
    road = [(change.time, change.change) for change in seen.roads if change.road is not None]
    assert road == [(550.0, RoadChange.CLOSED), (660.0, RoadChange.OPENED)]
    incidents = watched(0, "s0")[0].tables["incidents"]
    (blackout,) = np.flatnonzero(incidents["incident"] == "s1")
    gone = [one for one in seen.signal if not one.back and one.time == 600.0]
    back = [one for one in seen.signal if one.back and one.time == incidents["ended"][blackout]]
    assert gone and back and set(back[0].nodes) <= set(gone[0].nodes)


def test_who_looks_at_nothing_is_told_of_no_judgement() -> None:
    assert watched(0, "")[1].judgements == []
