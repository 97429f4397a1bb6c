"""Every setting changes something: a key that is read nowhere fails here.

Each leaf of the configuration is changed, one at a time, and the same few days are played again in the small regency
on a scenario rich enough to use everything. Some other value of the setting must give another log. A setting that
cannot show in a log is listed with the test that covers it.
"""

from __future__ import annotations

import copy
import functools
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from sim.config import compose
from sim.config.courses import CrowdCourse
from sim.config.fields import format_clock, parse_clock
from sim.config.scenario import Scenario
from sim.config.two_sided import TwoSidedCourse
from sim.day import Day, draw_day
from sim.day.garbage import swept_at_end
from sim.day.record import task_columns
from sim.day.world import World, prepare
from sim.errors import UserError
from sim.log import TaskRow
from tests.behaviour.telling import TELLING, Telling
from tests.conftest import SMALL

DAYS = 5
LOOKS = (405.0, 415.0, 425.0, 440.0, 460.0, 480.0, 500.0, 530.0, 555.0, 570.0, 585.0, 600.0, 615.0, 630.0, 645.0, 660.0,
         690.0, 720.0, 750.0, 780.0, 840.0, 900.0, 1020.0, 1200.0)  # fmt: skip
"""Minutes after midnight."""
TIMES = {
    "incidents": ("onset", "reported", "handled", "ordered", "first_on_scene", "first_reinforcement", "force_complete",
                  "yellow", "red", "controlled", "ended"),
    "forces": ("reached", "known", "complete"),
    "tasks": ("reported", "ordered", "departed", "arrived", "released", "returned"),
    "evacuations": ("due", "ordered", "cleared"),
    "casualties": ("injured", "sorted", "collected", "in_care"),
}  # fmt: skip
"""By table of the log: when something has happened, once and for all."""
RICH = [
    *SMALL,
    "scenario=calm_day",
    "strategy=minimum_pattern",
    "disturbance.background.rate_per_station_hour=0.08",
    "disturbance.background.waiting_factor=3",
    "disturbance.background.rate_per_office_hour=0.5",
    "disturbance.background.rate_per_road_hour=0.01",
    "disturbance.background.rate_per_village_hour=0.01",
    "disturbance.spread.followers=0.9",
    "kinds.riot.course.injuries_per_active_hour=0.5",
    "+kinds.riot.course.thresholds={react_per_minute: 0.05, mean_share: 0.4, sd_share: 0.2}",
    "kinds.riot.severities.green.needs={presence: 8, rescue: 2}",
    "kinds.riot.severities.yellow.needs={presence: 20, medical: 1, rescue: 12}",
    "kinds.riot.severities.red.needs={presence: 60, crowd_control: 30, medical: 2, rescue: 30}",
    "kinds.riot.severities.yellow.effects=[{effect: shut_door}, {effect: deter, share: 0.6, reach_km: 3}]",
    "kinds.flood.severities.yellow.needs={presence: 2, rescue: 8, crowd_control: 0, negotiate: 0, investigate: 0,"
    " escort: 0, medical: 0, engineering: 8}",
    "kinds.blackout.severities.green.needs={engineering: 8}",
    "kinds.blackout.course.duration={mean_minutes: 200, cv: 0.5}",
    "response.posko.desks=1",
    "response.escort.gather_minutes=30",
    "region.derive.hard_to_reach=[{village: T3.1, stations: 2, access: motorcycle, km: 2},"
    " {village: T2.1, stations: 1, access: foot, km: 1.5}]",
    "voting.guard_deterrence=0.02",
    "voting.patience={mean_minutes: 40, cv: 0.5}",
    "voting.balking={mean_people: 5, cv: 0.5}",
    "voting.turnout_share=0.95",
    "voting.extension.after_interruption=true",
    "voting.trouble.late_opening.share=0.3",
    "voting.trouble.out_of_use={share: 0.3, stage: booth, servers: 1, duration: {mean_minutes: 60, cv: 0.8}}",
    "voting.trouble.short_ballots={share: 0.3, missing_share: 0.25}",
    'troubles=[{what: late_opening, place: district 1, opens_at: "08:00"},'
    '{what: out_of_use, place: district 2, stage: booth, servers: 1, from_time: "09:00", to_time: "11:00"},'
    "{what: short_ballots, place: district 3, ballots: 100}, {what: put_off, place: T1.4, stopped_at: '12:40'}]",
    "strategy.guards.high={police: 0, stations: 2, wardens: 4}",
    "strategy.patrols=[{teams: 2, size: 4, vehicle: motorcycle, districts: by_voters},"
    " {teams: 1, size: 2, vehicle: car, districts: by_risk, shift: {from_time: '08:10', to_time: '10:20'}},"
    " {teams: 1, size: 2, vehicle: car, route: [T1.1, T3.1, T2.2]}]",
    "strategy.reserves=[{base: POLRES, teams: 1, size: 12, vehicle: truck}, {base: SEK-PUT, teams: 1, size: 12, vehicle: truck}]",
    "+strategy.retasking={way_home: true, keep_officers: 6, eased_minutes: 8, farther_minutes: 2, taken_for: {"
    "green: {after_end: true}, yellow: {under_way: [green], on_scene: [green], after_end: true},"
    " red: {under_way: [green, yellow], on_scene: [green, yellow], after_end: true}}}",
    "+strategy.duty={begins: '06:00', longest_minutes: 230, rest_minutes: 60, overtime_minutes: 20, tired_after_minutes: 150,"
    " tired_factor: 2}",
    "+strategy.evacuation={decides: posko, manner: wait_for_escort, escort_officers: 3}",
    "evacuation.site.movement.assisted_share=0.1",
    "+strategy.relocation={rule: dynamic, every_minutes: 60, within_minutes: 20, busy: 0.3, least_gain: 0.05, most_minutes: 25}",
    "strategy.dispatch={policy: hold_reserve, hold_back: 1, within_minutes: 15, busy: 0.3}",
    "evacuation.care.ambulances=[{base: PSC-119, count: 4, vehicle: ambulance}, {base: PKM-PUT, count: 3, vehicle: car, carries: delayed, places: 2, from_severity: green, request_delay: 0, called_by: [posko]}]",
    "evacuation.care.facilities=[{base: PKM-PUT, beds: 1, intake: 1, takes: delayed}, {base: PKM-BERMANI, beds: 2, intake: 1}]",
    'closures=[{between: [BRIDGE_A, BRIDGE_B], closed_at: "09:00", reopened_at: "12:00"},'
    ' {between: [T2.1, T3.1], closed_at: "09:45", reopened_at: "10:05"}]',
    'slow_stretches=[{between: [BRIDGE_A, BRIDGE_B], factor: 0.5, from_time: "07:30", to_time: "12:30"}]',
    'response.night={from_time: "12:00", to_time: "06:45",'
    " speed_factor: {town: 0.6, trunk: 0.6, secondary: 0.6, hill: 0.6, local: 0.6}}",
    'incidents=[{kind: riot, onset: "09:20", place: district 1, starters: 40, followers: 1},'
    '{kind: blackout, onset: "08:00", place: district 2},{kind: flood, onset: "08:30", place: district 2},'
    '{kind: riot, onset: "09:22", place: Hulu Sungai, starters: 25, followers: 1},'
    '{kind: riot, onset: ["09:30", "10:30"], among: [T2.1, T1.1], starters: 12, followers: 0.5},'
    '{kind: clash, onset: "08:50", place: district 3, starters: 24, followers: 1},'
    '{kind: intimidation, onset: "08:10", place: district 3}]',
    "kinds.flood.course.km_per_hour=20",
    "kinds.flood.course.most_km=4",
    "conditions=[{when: {incident: riot, reaches: yellow}, times: 2, then: {kind: brawl, place: T2.1, starters: 9,"
    " probability: 0.6, delay: {mean_minutes: 20, cv: 0.5}}},"
    " {when: {station_opens_late_minutes: 15}, times: 2, then: {kind: intimidation, place: there, probability: 0.7,"
    " delay: {mean_minutes: 15, cv: 0.5}}}]",
]
KINDS_PLAYED = ("riot", "blackout", "flood", "intimidation")
"""Kinds share their courses; these four exercise every setting of four, and every effect that has settings."""
OF_TWO_SIDES = ("kinds", "clash", "course"), set(TwoSidedCourse.model_fields) - set(CrowdCourse.model_fields)
"""Where a fifth course is, and those of its settings that the others do not have."""
ALSO_THERE = ("clash", "brawl", "ballot_box_interception", "landslide", "office_protest")
"""Kinds that start by themselves, that a condition brings, or that have a course of their own."""
NOT_IN_A_LOG = {
    "evacuation.site.office.layout": "no office has to be left on these days: tests/day/test_offices.py",
    "evacuation.site.office.staff": "no office has to be left on these days: tests/day/test_offices.py",
    "kinds.flood.prone_to": "no place of these tables is called prone to anything: tests/behaviour/test_floods.py",
    "name": "names the run's folder: tests/experiment",
    "region.title": "shown in reports",
    "region.path": "another region: tests/region",
    "run.replications": "tests/experiment",
    "run.workers": "changes nothing by design: tests/experiment",
    "run.batch": "changes nothing by design: tests/experiment",
    "run.output": "tests/cli",
    "run.check": "tests/day/test_check.py",
    "run.executor": "changes nothing by design: tests/experiment/executors/test_executors.py",
    "run.dask.address": "changes nothing by design: tests/experiment/executors/test_executors.py",
    "run.confidence": "tests/inference",
    "run.resamples": "tests/inference",
    "region.derive.most_registered": "a limit, reached only by larger stations: tests/region",
    "region.forces.police": "a limit: tests/response/deploy/test_budget.py",
    "region.forces.wardens": "a limit: tests/response/deploy/test_budget.py",
    "voting.turnout_by_district": "the small region's table says nothing of it: tests/voting/test_voter_draws.py",
    "voting.special.turnout_share": "the small region has no special station: tests/voting/test_voter_draws.py",
    "voting.special.arrivals.0.from_time": "the small region has no special station: tests/voting/test_voter_draws.py",
    "voting.special.arrivals.0.to_time": "the small region has no special station: tests/voting/test_voter_draws.py",
    "voting.special.arrivals.0.share": "the only piece of its profile: tests/voting/test_voter_draws.py",
    "voting.engine": "changes nothing by design: tests/voting/test_engines.py",
    **{
        f"evacuation.site.decision.{who}.{what}": "somebody else decides, and is reached: tests/day/test_leaving.py"
        for who in ("chair", "first_officer", "no_signal")
        for what in ("mean_minutes", "cv")
    },
    "strategies.0.relocation.every_minutes": "what moves has moved at opening: tests/response/command/test_relocator.py",
    "strategies.0.relocation.most_minutes": "no move of this day is so long: tests/response/command/test_relocator.py",
    "strategies.0.relocation.busy": "one move is worth it at any share: tests/response/command/test_relocator.py",
    "strategies.0.retasking.taken_for.yellow.under_way.0": "green alone is milder: tests/response/command/test_retasking.py",
    "strategies.0.retasking.taken_for.yellow.on_scene.0": "green alone is milder: tests/response/command/test_retasking.py",
    "strategies.0.retasking.taken_for.red.on_scene.0": "yellow stands beside it: tests/response/command/test_retasking.py",
    "sources": "shown in reports",
    "objectives.0": "printed in exercise packs: tests/exercise",
    "kinds.flood.places": "a growing area is at an area, and nowhere else: tests/config/test_kinds.py",
    "kinds.flood.background_weight": "it is at no station: tests/config/test_kinds.py",
    "weather.name": "shown in reports",
    "strategies.0.name": "names the rows of the log",
    **{f"closures.{i}.between.{end}": "where it is closed: tests/day/test_world.py" for i in (0, 1) for end in (0, 1)},
    "slow_stretches.0.between.0": "where it is slow: tests/day/test_world.py",
    "slow_stretches.0.between.1": "where it is slow: tests/day/test_world.py",
    "response.abilities.local_government": "no unit is theirs: tests/response/test_agencies.py",
    "response.abilities.wardens": "no unit is theirs: tests/behaviour/test_wardens_sent.py",
    "response.standing_guards.district_offices": "the small region has none: tests/response/deploy/test_offices.py",
    "response.standing_guards.places": "names none of its own: tests/response/deploy/test_offices.py",
}
OF_ANOTHER_SCHEMA = ("rule", "course", "effect", "distribution", "what")
"""These choose the schema of their neighbours; each choice is tested in its room."""
OTHER_WORDS = (
    "truck", "car", "motorcycle", "ambulance", "green", "yellow", "red", "none", "slow", "suspend", "evacuate",
    "exponential", "constant", "gamma", "poisson", "lognormal", "own_sector_first", "nearest", "tiered", "fewest_units", "army", "police", "by_risk", "by_voters", "brawl", "district 2",
    "crew_and_warden", "POLRES", "PSC-119", "RSUD", "BPBD", "intimidation", "district 3", "booth", "identity and list",
    "ballot_box_interception", "T3.1", "T2.2", "foot", "office", "hold_inside", "chair", "immediate", "minor", "sector", "rescue",
)  # fmt: skip


def base() -> dict[str, Any]:
    from sim.region.load import load_region

    region = load_region(compose.load("calm_day", [*SMALL, "strategy=even_spread"]).region)
    road = bridge(region)
    ends = [region.nodes[int(region.roads.u[road])].code, region.nodes[int(region.roads.v[road])].code]
    overrides = [o.replace("BRIDGE_A", f"'{ends[0]}'").replace("BRIDGE_B", f"'{ends[1]}'") for o in RICH]
    data = compose._composed(overrides, None)
    data["kinds"] = {
        name: {**kind, "background_weight": kind["background_weight"] or 0.2 * ("station" in kind["places"])}
        for name, kind in data["kinds"].items()
        if name in (*KINDS_PLAYED, *ALSO_THERE)
    }
    for name, weight in {"flood": 0, "blackout": 0, "ballot_box_interception": 1}.items():
        data["kinds"][name]["area_weight"] = weight  # so that the first two may also have no area among their places
    data["kinds"]["clash"]["background_weight"] = 0.0  # the one that is scripted is enough for its settings
    return data


def bridge(region: Any) -> int:
    """A road whose closure cuts the network in two, joining two villages."""
    for road in range(len(region.roads.km)):
        u, v = int(region.roads.u[road]), int(region.roads.v[road])
        inner = u < len(region.villages) and v < len(region.villages)
        if inner and region.villages[u].district != region.villages[v].district:
            return road
    raise AssertionError("no road joins two districts")


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path and ("abilities" in path[:-1] or path[-1] == "places"):  # a set, not a row of settings
        yield path
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, (*path, index))
    else:
        yield path


def others(value: Any) -> Iterator[Any]:
    if isinstance(value, list):  # a set of abilities, or of places
        yield from (
            other for other in ([], ["presence"], ["crowd_control"], ["station"], ["station", "area"]) if other != value
        )
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, (int, float)):
        for other in (value * 2, value / 2, value * 10, 0, 1, 0.3, 0.9, value - 1, value + 1, value + 7, value * 100):
            if other != value:
                yield int(other) if isinstance(value, int) and float(other).is_integer() else other
    elif value is None:
        yield from ("red", "yellow", 5)
    else:
        try:
            minutes = parse_clock(value)
        except ValueError:
            yield from (word for word in OTHER_WORDS if word != value)
        else:
            yield from (format_clock(minutes + shift) for shift in (30, -20, -5, -60, 90))


def changed(data: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    copied = copy.deepcopy(data)
    here = copied
    for key in path[:-1]:
        here = here[key]
    here[path[-1]] = value
    if path[-1] == "policy":  # another rule has none of the settings of this one
        for own in ("hold_back", "within_minutes", "busy"):
            here.pop(own)
    return copied


def so_far(day: Day) -> list[tuple[str, str, float]]:
    """Return the times in the log that are already past: what they stand at, and their columns."""
    tables: dict[str, list[Any]] = {
        "incidents": [incident.row() for incident in day.incidents.values()],
        "forces": [row for incident in day.incidents.values() for row in incident.force_rows()],
        "tasks": [TaskRow(*row) for row in zip(*task_columns(day.ledger, day.incidents).values(), strict=True)],
        "evacuations": day.leaving.rows(),
        "casualties": day.casualties.rows(),
    }
    return [
        (f"{table}/{number}", column, time)
        for table, rows in tables.items()
        for number, row in enumerate(rows)
        for column in TIMES[table]
        if (time := getattr(row, column)) < day.env.now
    ]


def fingerprints(world: World, number: int) -> Iterator[str]:
    """Of a day what had happened until some times, and then its log; made when asked for.

    What had happened are times and rows that the log will have. Most settings show in them in the morning.
    """
    (strategy,) = world.responses
    day = Day(world, strategy, number, draw_day(world, number))
    for time in LOOKS:
        day.until(time)
        yield hashlib.blake2b(repr((day.plan.records, day.fleet.stretches, so_far(day))).encode()).hexdigest()
    digest = hashlib.blake2b()
    for table in day.run().tables.values():
        for column in table.values():
            text = column.astype(str) if column.dtype == object else column
            digest.update(np.ascontiguousarray(text).tobytes())
    yield digest.hexdigest()


def world_of(data: dict[str, Any]) -> World:
    return prepare(Scenario.model_validate(data))


@functools.cache
def prepared() -> dict[str, Any]:
    """Return the settings that are changed, one at a time."""
    return base()


@functools.cache
def before(number: int, quiet: bool) -> list[str]:
    """Return the fingerprints of a day on which nothing is changed."""
    return list(fingerprints(world_of(quieted(prepared()) if quiet else prepared()), number))


def shows(world: World, number: int, quiet: bool = False) -> bool:
    with swept_at_end():
        return any(
            after != look for after, look in zip(fingerprints(world, number), before(number, quiet), strict=True)
        )


def quieted(data: dict[str, Any]) -> dict[str, Any]:
    """Return the same settings without any disturbance: that day is soon played, and has all that is about voting."""
    background = {k: 0 if k.startswith("rate_") else v for k, v in data["disturbance"]["background"].items()}
    disturbance = data["disturbance"] | {"background": background}
    return data | {"incidents": [], "conditions": [], "disturbance": disturbance}


def paths() -> list[tuple[Any, ...]]:
    everything = list(leaves(prepared()))
    course, own = OF_TWO_SIDES
    return [
        p
        for p in everything
        if p[0] != "kinds"
        or p[1] in KINDS_PLAYED
        or p[-1] in ("office_weight", "road_weight")
        or (p[:3] == course and p[3] in own)
    ]


def dotted(path: tuple[Any, ...]) -> str:
    return ".".join(str(part) for part in path)


def reason(path: tuple[Any, ...]) -> str | None:
    name = dotted(path)
    if name in NOT_IN_A_LOG:
        return NOT_IN_A_LOG[name]
    if path[-1] in ("title", "description"):
        return "shown in reports"
    if path[-1] in OF_ANOTHER_SCHEMA:
        return "chooses a schema"
    if path[:2] == ("voting", "stages") and path[-1] == "name":
        return "shown to the reader of the configuration"
    return None


LONG = ("disturbance.background.late_unrest_most",)
"""Settings that show themselves only on a day with thousands of disturbances: walked by `make test-all`."""


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(p, id=dotted(p), marks=pytest.mark.slow if dotted(p) in LONG else ())
        for p in paths()
        if reason(p) is None
    ],
)
def test_every_setting_changes_something(path: tuple[Any, ...]) -> None:
    data = prepared()
    value = functools.reduce(lambda here, key: here[key], path, data)
    if dotted(path) in TELLING and tells(path, TELLING[dotted(path)]):
        return
    tried = []
    for other in others(value):
        try:
            world = world_of(changed(data, path, other))
            if shows(world, 0):
                return
        except (ValidationError, UserError):
            continue
        tried.append((other, world))
    if not any(shows(world, number) for number in range(1, DAYS) for _, world in tried):
        pytest.fail(f"{dotted(path)} = {value!r}: none of {[other for other, _ in tried]} changed anything")


def tells(path: tuple[Any, ...], telling: Telling) -> bool:
    """Whether the value of a setting that told once still does: all its other settings are those it is compared with."""
    data = changed(prepared(), path, telling.value)
    try:
        return shows(world_of(quieted(data) if telling.quiet else data), telling.day, telling.quiet)
    except (ValidationError, UserError):
        return False


def test_what_cannot_show_in_a_log_is_a_setting_and_its_test_is_there() -> None:
    known = {dotted(path) for path in paths()}
    assert set(NOT_IN_A_LOG) <= known and set(TELLING) <= known
    root = Path(__file__).parents[2]
    named = [word for why in NOT_IN_A_LOG.values() for word in why.split() if word.startswith("tests/")]
    assert len(named) > 10 and all((root / path).exists() for path in named)
