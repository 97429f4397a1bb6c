"""Renaming units changes nothing: whatever posts, patrols and teams are called, the same days are played."""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from sim.config.compose import load
from sim.config.plan_tables import PlanTable
from sim.day import draw_day, simulate_day, simulate_replication
from sim.day.world import World, prepare
from sim.log import DayLog
from sim.response.deploy.listing import table_of
from sim.response.plan import ResponsePlan
from tests.conftest import SMALL

DAYS = 20
EVENTFUL = (
    *SMALL,
    "run.check=false",
    'incidents=[{kind: riot, onset: "09:40", place: "Pasar Timur", starters: 45, followers: 1},'
    '{kind: riot, onset: "11:10", place: "T1.3", starters: 30, followers: 1},'
    '{kind: office_protest, onset: "10:00", place: KPU, starters: 50}]',
    'closures=[{between: [T1.1, T2.1], closed_at: "10:15", reopened_at: "11:30"}]',
    "kinds.riot.course.injuries_per_active_hour=0.6",
    "disturbance.background.rate_per_station_hour=0.02",
    "region.forces.police=200",
    "response.attached=[{base: YONIF-144, agency: army, teams: 2, size: 10, vehicle: truck, from_severity: yellow, request_delay: 5}]",
)
"""Days on which units of every kind are sent, work, come home, and go with the ballot boxes."""
PLAN = """\
defaults: [forward_reserve, _self_]
guards: {rule: pattern, very_high: {police: 2, stations: 1, wardens: 2}, high: {police: 2, stations: 2, wardens: 4}, low: {police: 2, stations: 4, wardens: 8}}
patrols:
  - {teams: 3, size: 2, vehicle: motorcycle, districts: by_voters}
  - {teams: 2, size: 2, vehicle: car, route: [T1.1, T2.1, T3.1]}
reserves:
  - {base: POLRES, teams: 3, size: 6, vehicle: truck}
  - {base: SEK-PUT, teams: 2, size: 6, vehicle: truck}
  - {base: POLRES, teams: 1, size: 12, vehicle: truck}
standing_guards: [{place: KPU, officers: 3}]
"""
"""Everything that a planner can list, written as settings: several of a kind at one place, alike but for their names."""
TABLES = """\
defaults: [forward_reserve, _self_]
guards: {rule: list, table: posts.csv}
patrols: [{table: patrols.csv}]
reserves: [{table: reserves.csv}]
standing_guards: [{table: standing_guards.csv}]
"""
"""The same as tables."""
LED = {
    "the nearest": """\
dispatch: {policy: nearest, take_guards_from: yellow, guards_within_minutes: 30}
escort: pair_each_village
""",
    "by a table of preference": """\
dispatch: {policy: fixed_preference, take_guards_from: yellow, guards_within_minutes: 30, preference: {T1: [reserve/POLRES/3, patrol/T1/2, SEK-PUT, reserve/POLRES/1], T3: [reserve/SEK-PUT/2, guard/low/4]}}
command: {rule: separate, desks: 1, handling: {mean_minutes: 5, cv: 0.5}}
duty: {begins: "05:00", tired_after_minutes: 300, tired_factor: 1.5}
escort: reserve_escorts
""",
    "moved up and taken away": """\
dispatch: {policy: preparedness, within_minutes: 20, busy: 0.1, take_guards_from: yellow, guards_within_minutes: 30}
relocation: {rule: dynamic, every_minutes: 15, within_minutes: 20, busy: 0.1, least_gain: 0.005, most_minutes: 60}
command: {rule: joint_command}
retasking: {way_home: true, farther_minutes: 5, taken_for: {yellow: {under_way: [green], after_end: true}}}
""",
}
"""Ways to send, move and lead the same units."""
Renaming = Callable[[Sequence[str]], list[str]]
"""From the names of some units to others."""


def fresh(seed: int) -> Renaming:
    """New names that are sorted otherwise than the units stand, some with what is odd in a name."""
    chance = random.Random(seed)
    odd = ("", " 7", "/1", " Ö", " ½", " 統", " 10", " a")
    return lambda names: [f"{chance.getrandbits(64):x}{chance.choice(odd)}" for _name in names]


def exchanged(names: Sequence[str]) -> list[str]:
    """The same names, each on another unit: those that rules give, so that a team at one base is called like one elsewhere."""
    return [*names[1:], names[0]]


def log_of(world: World, day: int) -> DayLog:
    return simulate_day(world, "plan", day, draw_day(world, day))


def assert_same_but_names(one: DayLog, other: DayLog, called: dict[str, str]) -> None:
    """Assert that two days are the same when those of the first are called otherwise."""
    for table, columns in one.tables.items():
        for column, values in columns.items():
            again = other.tables[table][column]
            if column == "unit":
                values = np.array([called.get(unit, unit) for unit in values], dtype=object)
            if values.dtype == object:
                assert list(map(str, values)) == list(map(str, again)), (table, column)
            else:
                assert np.array_equal(values, again, equal_nan=values.dtype.kind == "f"), (table, column)


def prepared(folder: Path, plan: str, **tables: str) -> World:
    """Prepare the eventful days under a strategy ``plan``, with tables beside it."""
    (folder / "strategy").mkdir()
    (folder / "strategy" / "plan.yaml").write_text(plan, encoding="utf-8")
    for name, text in tables.items():
        (folder / "strategy" / f"{name}.csv").write_text(text, encoding="utf-8")
    return prepare(load("calm_day", [*EVENTFUL, "strategy=plan"], folder))


def renamed_rows(text: str, role: str, renaming: Renaming) -> tuple[str, dict[str, str]]:
    """Rename all rows of a table; return it, and what the unit of each row was and is called."""
    head, *rows = csv.reader(io.StringIO(text))
    new = renaming([row[0] for row in rows])
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [head, *([name, *row[1:]] for name, row in zip(new, rows, strict=True))]
    )
    return out.getvalue(), {f"{role}/{row[0]}": f"{role}/{name}" for name, row in zip(new, rows, strict=True)}


def in_tables(folder: Path, plan: World, led: str, renaming: Renaming) -> tuple[World, dict[str, str]]:
    """Write a plan as tables in which every row has another name, which its table of preference uses too."""
    tables = {str(what): table_of(what, plan.deployments["plan"], plan.gazetteer) for what in PlanTable}
    called: dict[str, str] = {}
    for role, what in (("guard", "posts"), ("patrol", "patrols"), ("reserve", "reserves")):
        tables[what], some = renamed_rows(tables[what], role, renaming)
        called |= some
    led = re.sub(r"(guard|patrol|reserve)/[^,\]]+", lambda found: f"'{called[found[0]]}'", led)
    return prepared(folder, TABLES + led, **tables), called


@cache
def played(led: str) -> tuple[World, list[DayLog]]:
    """The plan as settings, with the names that its rules give."""
    with TemporaryDirectory() as folder:
        plan = prepared(Path(folder), PLAN + LED[led])
    return plan, [log_of(plan, day) for day in range(DAYS)]


def sent(days: Iterable[DayLog]) -> set[str]:
    return {str(unit).split("/")[0] for day in days for unit in day.tables["tasks"]["unit"]}


@pytest.mark.parametrize("renaming", [fresh(1), exchanged], ids=["new names", "names exchanged"])
@pytest.mark.parametrize("led", LED)
def test_what_the_rows_of_a_planners_tables_are_called_changes_nothing(
    tmp_path: Path, led: str, renaming: Renaming
) -> None:
    """Posts, patrols and reserves have names of their own in their tables; and it is as by the rules that made them."""
    world, called = in_tables(tmp_path, played(led)[0], LED[led], renaming)
    assert {unit.name for unit in world.deployments["plan"].units} >= set(called.values())
    assert sorted(called) != sorted(called, key=lambda unit: called[unit]), "they sort in another order"
    days = played(led)[1]
    assert sent(days) >= {"guard", "patrol", "reserve", "attached", "sector", "ambulance"}
    for day, log in enumerate(days):
        assert_same_but_names(log, log_of(world, day), called)


def renamed(world: World, renaming: Renaming) -> tuple[World, dict[str, str]]:
    """Return a world in which every unit of every strategy is called otherwise, whoever named it."""
    names = list(dict.fromkeys(unit.name for plan in world.deployments.values() for unit in plan.units))
    called = dict(zip(names, renaming(names), strict=True))

    def again(plan: ResponsePlan) -> ResponsePlan:
        units = tuple(replace(unit, name=called[unit.name]) for unit in plan.deployment.units)
        return replace(plan, deployment=replace(plan.deployment, units=units))

    return replace(world, responses={key: again(plan) for key, plan in world.responses.items()}), called


def test_what_the_units_of_packaged_plans_are_called_changes_nothing() -> None:
    """Guards by pattern and by risk, patrols by district, reserves, attached units, ambulances, offices."""
    world = prepare(load("riot_kecamatan3", ["disturbance.background.rate_per_station_hour=0.01"]))
    other, called = renamed(world, fresh(2))
    for day in range(3):
        for one, again in zip(simulate_replication(world, day), simulate_replication(other, day), strict=True):
            assert_same_but_names(one, again, called)
