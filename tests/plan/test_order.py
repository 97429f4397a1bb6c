"""The order in which a plan's teams are best placed: what it covers, recomputed, and that it moves the right way."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from sim.config.compose import load
from sim.day import World, prepare
from sim.plan.best_placement import BestPlacement, Search, best_placement
from sim.plan.in_time import InTime
from sim.plan.nested import Order
from sim.plan.solution import Status

STRATEGIES = ("minimum_pattern", "central_reserve", "forward_reserve")


@cache
def packaged(standard: float = 10.0) -> World:
    return prepare(load("calm_day", [f"response.standard_minutes={standard}"]))


@cache
def found(strategy: str, standard: float = 10.0, per_site: int | None = None) -> BestPlacement:
    return best_placement(packaged(standard), strategy, Search(per_site=per_site, in_order=True))


def orders(one: BestPlacement) -> list[Order]:
    return [beside.order for beside in one.beside if beside.order is not None]


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_what_each_team_adds_is_what_is_in_time_from_its_site(strategy: str) -> None:
    world, one, in_time = packaged(), found(strategy), InTime(packaged(), strategy)
    voters = np.asarray(world.region.stations.registered)
    for enough, order in enumerate(orders(one), start=1):
        times = in_time.in_any_case()
        for step in order.steps:
            unit = int(in_time.teams.unit[in_time.teams.of == step.kind][0])
            times = times + in_time.from_nodes(unit, np.array([one.sites[step.site].node]))[0]
            assert step.value == sum(int(v) for v, n in zip(voters, times, strict=True) if n >= enough)
        assert order.value == pytest.approx(np.mean([step.value for step in order.steps]))


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_all_come_each_once_and_never_cover_more_than_the_best_placement(strategy: str) -> None:
    one = found(strategy)
    for beside, order in zip(one.beside, orders(one), strict=True):
        assert np.bincount([step.kind for step in order.steps], minlength=len(one.kinds)).tolist() == one.many.tolist()
        covered = [beside.without, *(step.value for step in order.steps)]
        assert covered == sorted(covered) and covered[-1] <= beside.best.value
        assert order.status is Status.OPTIMAL and order.gap == 0.0 and order.value == order.bound


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_longer_standard_covers_more_in_order_and_less_room_at_a_site_never_more(strategy: str) -> None:
    short, usual, long = ([o.value for o in orders(found(strategy, standard))] for standard in (5.0, 10.0, 14.0))
    assert all(a < b < c for a, b, c in zip(short, usual, long, strict=True))
    alone = [order.value for order in orders(found(strategy, per_site=1))]
    assert all(a <= b for a, b in zip(alone, usual, strict=True))


def test_it_is_not_looked_for_where_nobody_asks() -> None:
    assert not orders(best_placement(packaged(), "central_reserve"))
