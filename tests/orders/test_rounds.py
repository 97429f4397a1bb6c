"""A round is driven on the sheet as the model drives it; people are spread as whole persons."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.day.world import World
from sim.orders.make import orders_of
from sim.orders.rounds import driven, spread
from sim.region.position import Spot, Stop


@pytest.mark.parametrize("strategy", ["minimum_pattern", "risk_weighted"])
def test_every_round_is_that_of_the_model(riot_world: World, strategy: str) -> None:
    plan, orders = riot_world.response(strategy), orders_of(riot_world, strategy)
    rounds = {
        (duty.kind == "post", duty.name): duty
        for page in orders.districts
        for duty in page.duties
        if duty.kind in ("post", "patrol")
    }
    seen = 0
    for unit, home in zip(plan.deployment.units, plan.homes, strict=True):
        if unit.name.partition("/")[0] not in ("guard", "patrol"):
            continue
        duty = rounds[unit.name.startswith("guard"), unit.name.partition("/")[2]]
        assert (duty.officers, duty.vehicle, len(duty.visits)) == (unit.strength, unit.vehicle, max(1, len(unit.stops)))
        if home.cycle is not None:
            there = [visit.there for visit in duty.visits]
            assert np.allclose(there, plan.hours[0] + np.array(home.cycle.reached[:-1]))
            assert duty.round_minutes == pytest.approx(home.cycle.minutes)
            seen += 1
    assert seen > 30


def test_minutes_and_times_of_a_round_by_hand(small_world: World) -> None:
    network = small_world.network
    one, two = Stop(Spot((0,)), 15.0), Stop(Spot((1,)), 15.0)
    way = float(network.minutes("car")[0, 1])
    assert way > 1
    there = driven([one, two], network, "car", 420.0)
    assert [leg.minutes for leg in there.legs] == [0.0, way]
    assert [leg.there for leg in there.legs] == [420.0, 435.0 + way]
    assert there.minutes == pytest.approx(2 * way + 30.0)
    alone = driven([one], network, "car", 420.0)
    assert alone.minutes == 0.0 and len(alone.legs) == 1


@given(people=st.integers(0, 10_000), places=st.integers(1, 200))
def test_everybody_is_somewhere_and_nowhere_are_two_more(people: int, places: int) -> None:
    found = spread(people, places)
    assert sum(found) == people and len(found) == places
    assert max(found) - min(found) <= 1 and found == sorted(found, reverse=True)
