"""What the units of a strategy can be asked for: who is ready for what, and who may be sent when."""

from __future__ import annotations

import numpy as np
import pytest

from sim.day import prepare
from sim.day.world import World
from sim.response.readiness import FORCES, Readiness, readiness
from sim.vocabulary import Force, Role, Severity
from tests.conftest import small_scenario

NAME = "even_spread"
ARMY = (
    "response.attached=[{base: YONIF-144, agency: army, teams: 1, size: 30, vehicle: truck, from_severity: red,"
    " request_delay: 20},{base: BRIMOB, agency: mobile_brigade, teams: 1, size: 30, vehicle: truck,"
    " from_severity: yellow, request_delay: 0}]"
)


def world_of(*overrides: str) -> World:
    return prepare(
        small_scenario(ARMY, "strategy.reserves=[{base: POLRES, teams: 2, size: 6, vehicle: truck}]", *overrides)
    )


@pytest.fixture(scope="module")
def world() -> World:
    return world_of()


def may(world: World, ready: Readiness, role: Role, agency: str | None = None) -> list[bool]:
    """Whether units of a role may be sent, from green to red; all of them are alike."""
    units = world.responses[NAME].deployment.units
    mine = [i for i, u in enumerate(units) if u.role is role and agency in (None, u.agency) and not u.stays]
    assert mine and not any(ready.rules.may[:, i].any() for i, u in enumerate(units) if u.stays)
    columns = {tuple(ready.rules.may[:, i].tolist()) for i in mine}
    assert len(columns) == 1
    return list(columns.pop())


def test_who_may_be_sent_at_which_severity(world: World) -> None:
    ready = world.readiness[NAME]
    assert may(world, ready, Role.PATROL) == may(world, ready, Role.RESERVE) == [True, True, True]
    assert may(world, ready, Role.ATTACHED, "mobile_brigade") == [False, True, True]
    assert may(world, ready, Role.ATTACHED, "army") == [False, False, True]
    assert may(world, ready, Role.GUARD) == [False, False, True], "the strategy takes them from red on"


def test_a_rule_that_keeps_reserves_from_green_is_asked() -> None:
    world = world_of("strategy.dispatch.policy=tiered", "strategy.dispatch.take_guards_from=null")
    ready = world.readiness[NAME]
    assert may(world, ready, Role.RESERVE) == [False, True, True]
    assert may(world, ready, Role.GUARD) == [False, False, False]


def test_a_unit_that_is_asked_for_may_be_sent_whatever_it_waits_for(world: World) -> None:
    plan = world.responses[NAME]
    army = [i for i, u in enumerate(plan.deployment.units) if u.agency == "army"]
    assert may(world, readiness(plan, army), Role.ATTACHED, "army") == [True, True, True]
    assert may(world, readiness(plan, army), Role.ATTACHED, "mobile_brigade") == [False, True, True]


def test_from_the_order_to_departure_is_request_and_mean_mobilisation(world: World) -> None:
    units, settings = world.responses[NAME].deployment.units, world.scenario.response
    ready = dict(zip([u.name for u in units], world.readiness[NAME].units.ready.tolist(), strict=True))
    assert ready["attached/YONIF-144/army/1"] == 20 + settings.mobilisation.reserve.mean_minutes
    assert ready["reserve/POLRES/1"] == settings.mobilisation.reserve.mean_minutes
    assert ready["sector/POLRES"] == settings.mobilisation.patrol.mean_minutes
    assert world.readiness[NAME].rules.alarm == settings.posko.alarm_handling.mean_minutes


def test_a_sector_post_orders_its_own_patrol_and_the_pairs_of_its_posts_sooner() -> None:
    quick = "response.sector_posts.alarm_handling={mean_minutes: 0.5, cv: 0}"
    world = world_of(quick)
    plan, ready = world.responses[NAME], world.readiness[NAME]
    specs = plan.deployment.units
    sooner = {u.name: ready.sooner[ready.units.vehicle[i]] for i, u in enumerate(specs)}
    district = np.array([node.district for node in world.region.nodes])
    assert np.array_equal(sooner["sector/SEK-SINDANG"], np.where(district == 1, 1.5, 0.0))
    for name in ("sector/POLRES", "sector/SEK-KOTAPADANG", "reserve/POLRES/1", "patrol/T1/1"):
        assert name not in sooner or not sooner[name].any(), "no district reports there, or it is not the chief's"
    assert ready.rules.own_alarm.tolist() == [0.5] * len(plan.stations)
    for other in ("response.sector_posts.desks=0", "response.sector_posts.alarm_handling.mean_minutes=5"):
        ready = world_of(other).readiness[NAME]
        assert not ready.sooner.any() and set(ready.rules.own_alarm.tolist()) == {2.0}


def test_a_force_asks_for_what_the_settings_say() -> None:
    world = world_of(
        "response.force={yellow: {presence: 7, crowd_control: 0}, red: {presence: 20, crowd_control: 0, medical: 2}}"
    )
    demands, units = world.readiness[NAME].demands, world.readiness[NAME].units
    asked = [
        (FORCES[f], need, Severity(severity), bool(own))
        for f, need, severity, own in zip(demands.force, demands.need, demands.severity, demands.with_own, strict=True)
    ]
    assert asked == [
        (Force.FIRST, 1, Severity.GREEN, False),
        (Force.FIRST_WITH_GUARDS, 1, Severity.GREEN, True),
        (Force.BACKUP, 2, Severity.GREEN, False),
        (Force.YELLOW, 7, Severity.YELLOW, True),
        (Force.RED, 20, Severity.RED, True),
        (Force.RED, 2, Severity.RED, True),
    ]
    specs = world.responses[NAME].deployment.units
    first, presence, medical = (units.people[demands.kind[d]] for d in (0, 3, 5))
    assert first.tolist() == [int(u.officers > 0) for u in specs]
    assert presence.tolist() == [u.officers for u in specs]
    assert medical.tolist() == [u.strength if u.role is Role.AMBULANCE else 0 for u in specs]


def test_every_station_of_a_post_is_its_pairs_own(world: World) -> None:
    plan, units = world.responses[NAME], world.readiness[NAME].units
    for post in plan.deployment.posts:
        for station in post.stations:
            assert units.own[station] == post.unit
            cycle = plan.homes[post.unit].cycle
            if cycle is not None:
                assert units.period[post.unit] == cycle.minutes
                assert cycle.at(float(units.begins[station]) + 1e-6).station == station
            else:
                assert np.isnan(units.begins[station])
