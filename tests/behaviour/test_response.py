"""How help behaves: who is sent, when, and what an arrival changes; in the small regency, scripted to the point."""

from __future__ import annotations

import dataclasses

import numpy as np

from sim.day import simulate_day
from sim.day.world import World, prepare
from sim.log import DayLog
from tests.conftest import small_scenario

QUIET = "disturbance.background.rate_per_station_hour=0"
NO_SPREAD = "disturbance.spread.followers=0"
NO_FALSE_REPORTS = "response.reporting.false_reports.per_hour=0"
POSKO_ALONE = "response.sector_posts.desks=0"
BARE = ("response.attached=[]", "response.sector_patrol_size=0", "strategy.patrols=[]")


def riot(starters: int = 30, place: str = "Pasar Timur", onset: str = "09:40") -> str:
    return f'incidents=[{{kind: riot, onset: "{onset}", place: "{place}", starters: {starters}, followers: 0}}]'


def play(*overrides: str, days: int = 6) -> tuple[World, list[DayLog]]:
    world = prepare(small_scenario(QUIET, NO_SPREAD, NO_FALSE_REPORTS, *overrides))
    return world, [simulate_day(world, "even_spread", r) for r in range(days)]


def gather(logs: list[DayLog], table: str, column: str) -> np.ndarray:
    return np.concatenate([log.tables[table][column] for log in logs])


def test_a_pair_that_stands_at_the_station_is_on_scene_at_once() -> None:
    guards = "strategy.guards={very_high: {stations: 1, wardens: 2}, high: {stations: 1, wardens: 2}, low: {stations: 1, wardens: 2}}"
    alone = ("strategy.reserves=[]", "strategy.dispatch.take_guards_from=null")
    _, logs = play(guards, riot(), *BARE, *alone)
    assert np.all(gather(logs, "incidents", "first_on_scene") == 580.0)
    assert np.all(np.isnan(gather(logs, "incidents", "first_reinforcement")))
    sent = (gather(logs, "tasks", "purpose") == "incident") & (gather(logs, "tasks", "agency") == "police")
    assert sent.sum() == len(logs) and np.all(gather(logs, "tasks", "incident")[sent] == "s0")
    assert np.all(gather(logs, "tasks", "sent")[sent] == 0), "nobody had to order it"


def test_the_alarm_takes_its_time_before_anybody_is_ordered() -> None:
    slow = "response.posko.alarm_handling={mean_minutes: 12, cv: 0}"
    _, logs = play(riot(), slow, POSKO_ALONE)
    assert np.allclose(gather(logs, "incidents", "ordered") - gather(logs, "incidents", "reported"), 12.0)


def test_reports_wait_for_a_free_desk() -> None:
    two = (
        'incidents=[{kind: riot, onset: "09:40", place: "Pasar Timur", starters: 30},'
        '{kind: riot, onset: "09:40", place: "Pasar Barat", starters: 30}]'
    )
    long = "response.posko.alarm_handling={mean_minutes: 30, cv: 0}"
    _, one = play(two, long, POSKO_ALONE, "response.posko.desks=1", days=4)
    _, many = play(two, long, POSKO_ALONE, "response.posko.desks=2", days=4)
    for log in one:
        ordered = np.sort(log.tables["incidents"]["ordered"])
        assert ordered[1] - ordered[0] >= 30.0 - 1e-9 or np.isnan(ordered[1])
    assert np.nanmax(gather(many, "incidents", "ordered")) < np.nanmax(gather(one, "incidents", "ordered"))


def test_the_army_comes_only_to_red_and_only_after_it_was_asked() -> None:
    army = (
        "response.attached=[{base: YONIF-144, agency: army, teams: 1, size: 30, vehicle: truck, from_severity: red,"
        " request_delay: 25}]"
    )
    everybody = "kinds.riot.severities.red.needs.presence=300"
    _, red = play(riot(60), army, everybody, days=8)
    rows = np.concatenate([log.tables["tasks"]["agency"] == "army" for log in red])
    assert rows.any()
    waited = gather(red, "tasks", "departed") - gather(red, "tasks", "ordered")
    assert np.nanmin(waited[rows]) >= 25.0
    _, green = play(riot(5), army, "kinds.riot.course.join_per_minute=0", days=8)
    assert "army" not in gather(green, "tasks", "agency")


def test_nobody_is_sent_to_a_blackout_but_reports_of_others_wait_longer() -> None:
    both = (
        'incidents=[{kind: blackout, onset: "09:00", place: "Pasar Timur"},'
        '{kind: intimidation, onset: "09:01", place: "Pasar Timur"}]'
    )
    alone = 'incidents=[{kind: intimidation, onset: "09:01", place: "Pasar Timur"}]'
    no_guards = "strategy.guards={very_high: {police: 0}, high: {police: 0}, low: {police: 0}}"
    lasting = ("kinds.blackout.course.duration={mean_minutes: 300, cv: 0}", "kinds.intimidation.telling=null")
    _, dark = play(both, no_guards, *lasting)
    _, lit = play(alone, no_guards, *lasting)

    def delay(logs: list[DayLog]) -> float:
        kind = gather(logs, "incidents", "kind") == "intimidation"
        return float((gather(logs, "incidents", "reported") - gather(logs, "incidents", "onset"))[kind].mean())

    assert delay(dark) > 2 * delay(lit)
    sent = gather(dark, "tasks", "incident")
    assert "s0" not in sent and "s1" in sent


def test_a_red_station_is_cleared_and_its_people_counted() -> None:
    _, logs = play(
        riot(60, onset="07:10"), days=4
    )  # while a line stands before the door: an empty one needs no way out
    assert np.all(gather(logs, "incidents", "peak_severity") == 2)
    people, ordered, cleared = (gather(logs, "evacuations", c) for c in ("people", "ordered", "cleared"))
    assert len(people) >= 3 and np.all(people > 0) and np.all(cleared > ordered + 1.0)
    assert gather(logs, "stations", "evacuations").sum() == len(people)
    assert gather(logs, "stations", "suspended_minutes").max() > 0


def test_the_injured_reach_a_bed() -> None:
    hurt = "kinds.riot.course.injuries_per_active_hour=0.6"
    world, logs = play(riot(60), hurt, days=6)
    injured, collected, care = (gather(logs, "casualties", c) for c in ("injured", "collected", "in_care"))
    hurt_people = gather(logs, "incidents", "injured").sum() + gather(logs, "incidents", "officers_hurt").sum()
    assert len(injured) == hurt_people > 5
    done = ~np.isnan(care)
    carried = done & (gather(logs, "casualties", "triage") != "minor")
    assert done.mean() > 0.9 and np.all(injured[done] < care[done]) and 3 < carried.sum() < done.sum()
    assert np.all(injured[carried] < collected[carried]) and np.all(collected[carried] < care[carried])
    known = {f.base for f in world.scenario.evacuation.care.facilities}
    facilities = gather(logs, "casualties", "facility")
    assert set(facilities[carried]) <= known and set(facilities[done & ~carried]) == {"on_the_spot"}


def test_who_is_cut_off_gets_no_help_from_the_other_side() -> None:
    roads = [("T2.1", "T3.1")]
    closed = ", ".join(f'{{between: [{a}, {b}], closed_at: "08:00"}}' for a, b in roads)
    reserve = "strategy.reserves=[{base: POLRES, teams: 1, size: 30, vehicle: truck}]"
    forces = "region.forces.police=90"
    _, open_road = play(riot(40), reserve, forces, *BARE)
    _, cut = play(riot(40), reserve, forces, *BARE, f"closures=[{closed}]")
    assert "reserve/POLRES/1" in gather(open_road, "tasks", "unit")
    assert "reserve/POLRES/1" not in gather(cut, "tasks", "unit")
    assert np.nanmean(gather(cut, "incidents", "ended")) > np.nanmean(gather(open_road, "incidents", "ended"))


def test_a_unit_under_way_when_the_road_closes_is_cut_off_and_comes_home_when_it_opens() -> None:
    road = 'closures=[{between: [T2.1, T3.1], closed_at: "10:20", reopened_at: "14:00"}]'
    impatient = "response.wait_at_closure_minutes=2"
    reserve = "strategy.reserves=[{base: POLRES, teams: 1, size: 30, vehicle: truck}]"
    slow = "response.vehicles.truck={town: 0.3, trunk: 0.3, secondary: 0.3, hill: 0.3, local: 0.3}"
    _, logs = play(riot(60), reserve, "region.forces.police=90", slow, road, impatient, *BARE)
    outcome, unit = gather(logs, "tasks", "outcome"), gather(logs, "tasks", "unit")
    reserves = outcome[unit == "reserve/POLRES/1"]
    assert "cut_off" in reserves


def test_force_is_complete_only_when_the_strength_asked_for_is_there() -> None:
    world, logs = play(riot(40), days=8)
    for log in logs:
        t, d = log.tables["incidents"], log.tables["tasks"]
        if np.isnan(t["force_complete"][0]):
            continue
        police = np.isin(d["agency"], ["police", "mobile_brigade", "army"])
        there = d["strength"][police & (d["arrived"] <= t["force_complete"][0] + 1e-9)].sum()
        guard = world.scenario.strategies[0].guards.low.police  # a pair that stood there is not a dispatch
        assert there + guard >= t["needed"][0]


def test_the_day_does_not_depend_on_the_order_of_strategies() -> None:
    world, _ = play(riot(), days=1)
    alone = simulate_day(world, "even_spread", 0)
    other = dataclasses.replace(world, responses={"x": world.responses["even_spread"], **world.responses})
    again = simulate_day(other, "even_spread", 0)
    assert np.array_equal(alone.tables["incidents"]["peak_active"], again.tables["incidents"]["peak_active"])


def test_coverage_falls_while_a_road_is_closed() -> None:
    close = 'closures=[{between: [T1.1, T1.2], closed_at: "09:00", reopened_at: "10:00"}]'
    here = "strategy.reserves=[{base: POLRES, teams: 1, size: 4, vehicle: car}]"
    _, (log,) = play(close, here, *BARE, "response.standard_minutes=22", days=1)
    t = log.tables["coverage"]
    covered = {m: t["voters_covered"][t["time"] == m].sum() for m in (530.0, 560.0, 610.0)}
    assert covered[560.0] < covered[530.0] == covered[610.0]
