"""What a whole polling day promises, whatever the settings."""

from __future__ import annotations

import dataclasses
from collections import Counter

import numpy as np
import pytest

from sim.day import draw_day, simulate_day, simulate_replication
from sim.day.world import World, prepare
from sim.log import BOXES, TABLES, DayLog, dtypes
from sim.response.plan import ResponsePlan
from sim.vocabulary import Capability
from tests.conftest import small_scenario

RIOT = 'incidents=[{kind: riot, onset: "09:40", place: "district 1", starters: 15, followers: 1}]'


def same(a: DayLog, b: DayLog, tables: tuple[str, ...] = tuple(TABLES)) -> bool:
    for table in tables:
        for name in dtypes(table):
            x, y = a.tables[table][name], b.tables[table][name]
            equal = np.array_equal(x, y) if x.dtype == object else np.array_equal(x, y, equal_nan=True)
            if not equal:
                return False
    return True


def days(world: World, count: int, strategy: str | None = None) -> list[DayLog]:
    name = strategy or next(iter(world.deployments))
    return [simulate_day(world, name, r) for r in range(count)]


def gather(logs: list[DayLog], table: str, column: str) -> np.ndarray:
    return np.concatenate([log.tables[table][column] for log in logs])


def test_a_day_is_a_pure_function_of_its_arguments() -> None:
    world = prepare(small_scenario(RIOT))
    assert same(simulate_day(world, "even_spread", 3), simulate_day(world, "even_spread", 3))
    assert same(simulate_day(world, "even_spread", 3), simulate_day(world, "even_spread", 3, draw_day(world, 3)))
    assert not same(simulate_day(world, "even_spread", 3), simulate_day(world, "even_spread", 4))


def test_another_seed_gives_another_day() -> None:
    one = simulate_day(prepare(small_scenario(RIOT)), "even_spread", 0)
    two = simulate_day(prepare(small_scenario(RIOT, "run.seed=7")), "even_spread", 0)
    assert not same(one, two, ("stations",))


def test_every_table_has_the_columns_and_types_of_the_contract(small_world: World) -> None:
    log = simulate_day(small_world, "even_spread", 0)
    assert set(log.tables) == set(TABLES)
    for table in TABLES:
        assert {n: c.dtype for n, c in log.tables[table].items()} == dtypes(table)
        assert list(log.tables[table]) == list(dtypes(table))
        assert len({len(c) for c in log.tables[table].values()}) == 1


@pytest.mark.parametrize("scenario", ["calm_day", "riot_kecamatan3", "landslide_trunk"])
def test_the_accounts_of_every_packaged_scenario_add_up(scenario: str) -> None:
    from sim.config.compose import load

    world = prepare(load(scenario, ["run.check=true"]))
    for replication in range(2):
        logs = simulate_replication(world, replication)
        assert [log.strategy for log in logs] == list(world.deployments)
        assert len(logs[0].tables["stations"]["station"]) == 445


def test_without_incidents_strategies_leave_the_voters_alone() -> None:
    quiet = [f"disturbance.background.rate_per_{ground}_hour=0" for ground in ("station", "office", "road", "village")]
    quiet.append("run.check=true")
    from sim.config.compose import load

    world = prepare(load("calm_day", quiet))
    logs = simulate_replication(world, 0)
    voters = [n for n in dtypes("stations") if n not in BOXES]
    for log in logs[1:]:
        for name in voters:
            assert np.array_equal(logs[0].tables["stations"][name], log.tables["stations"][name], equal_nan=True)
    assert all(len(log.tables["incidents"]["incident"]) == 0 for log in logs)
    for log in logs:
        moves = {"relocation"} if log.strategy == "dynamic_relocation" else set()
        assert {*log.tables["tasks"]["purpose"]} <= {"boxes", "check"} | moves, "boxes and false reports"
    t = logs[0].tables["stations"]
    assert np.array_equal(t["voted"], t["calm_voted"])
    assert np.array_equal(t["wait_sum"], t["calm_wait_sum"])


def test_visible_force_deters_when_told_to() -> None:
    quiet = "disturbance.background.rate_per_station_hour=0"
    none = simulate_day(prepare(small_scenario(quiet)), "even_spread", 0)
    some = simulate_day(prepare(small_scenario(quiet, "voting.guard_deterrence=0.1")), "even_spread", 0)
    assert none.tables["stations"]["lost_deterred"].sum() == 0
    assert some.tables["stations"]["lost_deterred"].sum() > 0


def test_without_units_nobody_ever_comes() -> None:
    world = prepare(small_scenario(RIOT, "response.sector_patrol_size=0", "response.attached=[]"))
    bare = dataclasses.replace(
        world,
        responses={"nobody": without_people(world)},
        scenario=world.scenario.model_copy(
            update={"strategies": (world.scenario.strategies[0].model_copy(update={"name": "nobody"}),)}
        ),
    )
    logs = days(bare, 3, "nobody")
    assert len(gather(logs, "incidents", "incident")) >= 3
    for column in ("first_on_scene", "first_reinforcement", "force_complete", "ordered"):
        assert np.all(np.isnan(gather(logs, "incidents", column)))
    assert len(gather(logs, "tasks", "unit")) == 0
    assert np.all(gather(logs, "stations", "escorted") == 0)
    assert not np.any(np.isnan(gather(logs, "stations", "boxes_home")[gather(logs, "stations", "abandoned") == 0]))


def without_people(world: World) -> ResponsePlan:
    (plan,) = world.responses.values()
    d = plan.deployment
    nobody = dataclasses.replace(
        d, strategy="nobody", units=(), posts=(), post_of_station=np.full_like(d.post_of_station, -1),
        wardens_at=np.zeros_like(d.wardens_at),
    )  # fmt: skip
    alone = dataclasses.replace(plan.boxes, parties=plan.boxes.alone)
    return dataclasses.replace(plan, deployment=nobody, boxes=alone, able={c: Counter() for c in Capability})


def scripted(logs: list[DayLog], column: str) -> np.ndarray:
    """A column of the scripted incident, one value a day."""
    return np.array([t[column][t["incident"] == "s0"][0] for t in (log.tables["incidents"] for log in logs)])


def test_more_officers_contain_a_riot_sooner_and_smaller() -> None:
    bare = ("strategy.patrols=[]", "response.attached=[]", "response.sector_patrol_size=0")
    reserve = "strategy.reserves=[{base: POLRES, teams: 1, size: 30, vehicle: truck}]"
    few = days(prepare(small_scenario(RIOT, *bare, "strategy.reserves=[]")), 25)
    many = days(prepare(small_scenario(RIOT, *bare, reserve, "region.forces.police=90")), 25)
    assert scripted(many, "peak_active").mean() < scripted(few, "peak_active").mean()
    assert scripted(many, "ended").mean() < scripted(few, "ended").mean()


def test_rain_slows_the_response() -> None:
    dry, wet = prepare(small_scenario(RIOT)), prepare(small_scenario(RIOT, "weather=heavy_rain"))

    def travel(logs: list[DayLog]) -> float:
        return float(np.nanmean(gather(logs, "tasks", "arrived") - gather(logs, "tasks", "departed")))

    assert travel(days(wet, 10)) > travel(days(dry, 10))


def test_strategies_meet_the_same_voters_and_the_same_candidates(riot_world: World) -> None:
    logs = simulate_replication(riot_world, 1)
    due = [log.tables["stations"]["due"] for log in logs]
    assert all(np.array_equal(due[0], other) for other in due[1:])
    scripted = [log.tables["incidents"]["onset"][log.tables["incidents"]["incident"] == "s0"] for log in logs]
    assert all(np.array_equal(scripted[0], other) for other in scripted[1:])


def test_a_dispatched_unit_takes_at_least_the_shortest_way(riot_world: World) -> None:
    purposes: set[str] = set()
    for log in simulate_replication(riot_world, 2):
        t = log.tables["tasks"]
        arrived = ~np.isnan(t["arrived"])
        purposes |= set(t["purpose"][arrived])
        assert np.all(t["arrived"][arrived] - t["departed"][arrived] >= t["shortest_minutes"][arrived] - 1e-9)
        assert t["shortest_minutes"][arrived].max() > 0  # 0 for a pair whose round has brought it there
    assert {"incident", "boxes"} <= purposes
