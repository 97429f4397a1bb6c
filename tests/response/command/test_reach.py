"""What units reach in time: what is kept from the last time against what is worked out anew."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np

from sim.region.position import Position
from sim.region.road_state import OPEN, RoadState
from sim.response.command import reach
from sim.response.command.reach import LastReached, reached, stand_of
from tests.response.command.test_posko import NOBODY, strategy
from tests.response.conftest import Bench, line_region

SHUT = RoadState(frozenset({1}))


def test_who_stands_as_when_last_asked_is_not_asked_again_and_reaches_the_same() -> None:
    plan = Bench(line_region(), strategy(NOBODY, teams=2)).plan
    team = plan.deployment.units[0]
    last = LastReached(plan)
    for nodes, roads, within, new in (
        ((0, 0, 2), OPEN, 20.0, 2),
        ((0, 3, 2), OPEN, 20.0, 1),
        ((0, 3), OPEN, 20.0, 0),
        ((2, 3), OPEN, 20.0, 1),  # nobody stood there when it was last asked
        ((2, 3), SHUT, 20.0, 2),
        ((2, 3), SHUT, 9.0, 2),
    ):
        units = [(team, Position(node)) for node in nodes]
        with patch.object(reach, "reached", wraps=reached) as anew:
            found = last.of(units, roads, within)
        asked = sum(len(call.args[0]) for call in anew.call_args_list)
        assert asked == new, (nodes, roads, within)
        np.testing.assert_array_equal(found, reached(units, plan, roads, within))


def test_two_of_a_kind_at_one_place_stand_alike() -> None:
    plan = Bench(line_region(), strategy(NOBODY, teams=2)).plan
    one, other = plan.deployment.units[:2]
    assert stand_of(one, Position(0)) == stand_of(other, Position(0)) != stand_of(other, Position(1))
