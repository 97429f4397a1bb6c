"""Which reserves a rule keeps for something red: those whose absence would cost most expected coverage."""

from __future__ import annotations

from collections.abc import Sequence

from sim.config.dispatch import HoldReserve
from sim.region.position import Position
from sim.region.road_state import RoadState
from sim.response.command.cover import Cover
from sim.response.command.reach import reached
from sim.response.plan import ResponsePlan
from sim.response.units import UnitSpec
from sim.vocabulary import Role

ROLES = (Role.PATROL, Role.RESERVE)
"""Whose units are reckoned with: those of the strategy that stand at no post."""


def kept(free: Sequence[tuple[int, UnitSpec, Position]], plan: ResponsePlan, roads: RoadState) -> frozenset[int]:
    """Return the reserves that are kept back at a moment, whatever happens and wherever; of equal ones the first.

    Args:
        free: Units of :data:`ROLES` that wait for orders and that nobody holds, in order: number, what each is, and
            where it is.
        plan: The response under the strategy.
        roads: How the roads are.
    """
    rule = plan.dispatch
    if not isinstance(rule, HoldReserve) or not rule.hold_back:
        return frozenset()
    found = reached([(spec, here) for _, spec, here in free], plan, roads, rule.within_minutes)
    cover = Cover(tuple(unit for unit, _, _ in free), found, plan.voters, rule.busy)
    return missed_most(cover, [unit for unit, spec, _ in free if spec.role is Role.RESERVE], rule.hold_back)


def missed_most(cover: Cover, reserves: Sequence[int], most: int) -> frozenset[int]:
    """Return the reserves whose absence would cost most expected coverage; of equal ones the first.

    Args:
        cover: Which of the free units cover what.
        reserves: Those of them that may be kept.
        most: How many are kept.
    """
    missed = dict(zip(cover.units, cover.missed().tolist(), strict=True))
    return frozenset(sorted(reserves, key=lambda unit: (-missed[unit], unit))[:most])
