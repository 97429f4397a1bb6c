"""First tasks of reserves, reckoned again station by station; who may be asked for, and who carries whom."""

from __future__ import annotations

import pytest

from sim.config.compose import load
from sim.day.world import World, prepare
from sim.orders.make import orders_of
from sim.orders.orders import ReserveOrders
from sim.orders.tables import others
from sim.orders.waiting import MOST_TASKS, NEAREST
from sim.vocabulary import Severity
from sim.words import orders as words


def tasks(*overrides: str) -> list[ReserveOrders]:
    return list(
        orders_of(prepare(load("calm_day", ["strategy=forward_reserve", *overrides])), "forward_reserve").reserves
    )


def test_first_tasks_are_the_stations_that_no_other_base_reaches_sooner(riot_world: World) -> None:
    world = riot_world
    plan, region, orders = world.response("forward_reserve"), world.region, orders_of(world, "forward_reserve")
    node = {base.name: base.node for base in region.bases}
    speed = plan.network.minutes("truck")

    def arrival(base: str, station: int) -> float:
        spot = plan.stations[station]
        walked = spot.access if spot.walked is None else spot.walked
        return 2.0 + 6.0 + float(speed[node[base], spot.nodes[0]]) + walked  # alarm handling, mobilisation, road

    bases = [one.teams.base for one in orders.reserves]
    assert len(set(bases)) == len(bases) > 4
    codes = {code: i for i, code in enumerate(region.stations.code)}
    for one in orders.reserves:
        assert one.in_time and one.tasks
        expected = {
            s for s in range(len(region.stations))
            if arrival(one.teams.base, s) <= 10.0 and all(arrival(one.teams.base, s) <= arrival(b, s) + 1e-9 for b in bases)
        }  # fmt: skip
        listed = [codes[task.station.code] for task in one.tasks]
        assert set(listed) <= expected and len(listed) + one.more == len(expected)
        assert [task.minutes for task in one.tasks] == pytest.approx([arrival(one.teams.base, s) for s in listed])
        order = [(-int(region.stations.vulnerability[s]), arrival(one.teams.base, s)) for s in listed]
        assert order == sorted(order), "the most vulnerable first, then the nearest"


def test_the_longer_the_standard_the_more_tasks_and_never_more_lines_than_are_kept_in_mind() -> None:
    def counted(minutes: int) -> int:
        return sum(len(one.tasks) + one.more for one in tasks(f"response.standard_minutes={minutes}") if one.in_time)

    assert counted(10) * 3 < counted(20) and counted(600) == 445
    assert max(len(one.tasks) for one in tasks("response.standard_minutes=600")) == MOST_TASKS


def test_who_reaches_nothing_in_time_is_told_the_nearest() -> None:
    for one in tasks("response.mobilisation.reserve={mean_minutes: 60, cv: 0}"):
        assert not one.in_time and len(one.tasks) == NEAREST and one.more == 0
        minutes = [task.minutes for task in one.tasks]
        assert minutes == sorted(minutes) and minutes[0] > 62
        assert one.teams.ready == 60


def test_others_may_be_asked_for_from_their_severity_and_need_their_delay(riot_world: World) -> None:
    attached = {one.base: one for one in orders_of(riot_world, "forward_reserve").attached}
    assert attached["Brigif 8"].from_severity is Severity.RED and attached["Brigif 8"].ready == 26
    assert (
        attached["BPBD Rejang Lebong"].from_severity is Severity.GREEN
        and len(attached["BPBD Rejang Lebong"].names) == 3
    )
    joint = prepare(load("calm_day", ["strategy=joint_command"]))
    assert {one.base: one.ready for one in orders_of(joint, "joint_command").attached}["Brigif 8"] == 6


def test_it_says_by_whom_others_may_be_asked_for() -> None:
    def asked(*overrides: str, strategy: str = "forward_reserve") -> set[str]:
        orders = orders_of(prepare(load("calm_day", [f"strategy={strategy}", *overrides])), strategy)
        (grid,) = (one for one in others(orders) if one.key == "attached")
        place = grid.headings.index(words.ATTACHED["severity"])
        return {str(row[place]) for row in grid.rows}

    army = "response.attached=[{base: KODIM-0409, agency: army, teams: 1, size: 30, vehicle: truck, from_severity: red, request_delay: 20%s}]"
    both = army % ", called_by: [sector, posko]"
    assert asked(army % "") == {"only at red (violent), by the operations centre"}
    assert asked(both) == {"only at red (violent), by sector posts or the operations centre"}
    assert asked(army % ", called_by: [sector]") == {"only at red (violent), by sector posts alone"}
    assert asked(both, "response.sector_posts.desks=0") == {"only at red (violent), by the operations centre"}
    assert asked(army % ", called_by: [sector]", strategy="joint_command") == {
        "only at red (violent), by sector posts or the operations centre"
    }, "the one centre calls everybody"


def test_ambulances_and_houses_are_those_of_the_settings(riot_world: World) -> None:
    orders = orders_of(riot_world, "minimum_pattern")
    care = riot_world.scenario.evacuation.care
    assert sum(len(one.names) for one in orders.ambulances) == sum(one.count for one in care.ambulances) == 9
    assert [house.beds for house in orders.houses] == [house.beds for house in care.facilities]
