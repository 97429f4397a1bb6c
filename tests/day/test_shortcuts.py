"""What saves work changes nothing: days are the same, byte for byte, when everybody is asked all the same."""

from __future__ import annotations

import numpy as np
import pytest

from sim.day import Day, draw_day
from sim.day.draws import DayDraws
from sim.day.world import World, prepare
from sim.region.round import Round
from sim.response.boxes.escorts import Escorts
from sim.response.command.dispatcher import Dispatcher
from sim.vocabulary import Role
from tests.conftest import small_scenario
from tests.day.conftest import NAME, RICH, as_bytes

FAR_GUARDS = (
    'incidents=[{kind: riot, onset: "10:15", place: "Pasar Timur", starters: 45, followers: 1}]',
    "strategy.dispatch.take_guards_from=green",
    "strategy.dispatch.guards_within_minutes=12",
)
"""A riot to which guards of other posts may be sent, but most are too far; all roads are open."""


@pytest.fixture(scope="module")
def far() -> tuple[World, DayDraws]:
    world = prepare(small_scenario(*FAR_GUARDS))
    return world, draw_day(world, 0)


def test_guards_too_far_wherever_they_are_on_their_round_are_counted_as_if_they_had_been_asked(
    far: tuple[World, DayDraws], monkeypatch: pytest.MonkeyPatch
) -> None:
    world, draws = far
    asked, candidate = [0], Dispatcher._candidate

    def counted(self: Dispatcher, *rest: object) -> object:
        asked[0] += 1
        return candidate(self, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Dispatcher, "_candidate", counted)
    found = as_bytes(Day(world, NAME, 0, draws).run())
    few, asked[0] = asked[0], 0
    monkeypatch.setattr(Dispatcher, "_would_go", lambda *_: False)
    assert as_bytes(Day(world, NAME, 0, draws).run()) == found
    assert few < asked[0], "some were passed over"


def test_nobody_on_his_round_is_ever_nearer_than_the_least_of_it(far: tuple[World, DayDraws]) -> None:
    world, draws = far
    day = Day(world, NAME, 0, draws)
    walking = [unit for unit in day.fleet.units if unit.spec.role is Role.GUARD and isinstance(unit.motion, Round)]
    assert walking
    for time in np.linspace(420.0, 600.0, 37).tolist():
        day.until(time)
        for unit in walking:
            if unit.is_idle and isinstance(unit.motion, Round) and unit.motion.cycle is unit.home.cycle:
                for spot in day.plan.stations:
                    least = min(day.plan.least_minutes[unit.index][node] for node in spot.nodes)
                    minutes = day.roads.minutes(unit.spec.vehicle, day.fleet.position(unit), spot)
                    assert unit.spec.ready_minutes + minutes >= least - 1e-9


@pytest.mark.parametrize("rule", ["pair_each_village", "convoy_by_district", "reserve_escorts"])
def test_boxes_that_nobody_can_meet_any_more_are_met_by_nobody(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    closed_late = 'closures=[{between: [T1.1, T2.1], closed_at: "16:40", reopened_at: "17:20"}]'
    world = prepare(
        small_scenario(*(each for each in RICH if "closures" not in each), closed_late, f"strategy.escort={rule}")
    )
    draws, may_meet, seen = draw_day(world, 0), Escorts._may_meet, set()

    def noted(self: Escorts, *rest: object) -> bool:
        seen.add(found := may_meet(self, *rest))  # type: ignore[arg-type]
        return found

    monkeypatch.setattr(Escorts, "_may_meet", noted)
    found = as_bytes(Day(world, NAME, 0, draws).run())
    monkeypatch.setattr(Escorts, "_may_meet", lambda *_: True)
    assert as_bytes(Day(world, NAME, 0, draws).run()) == found
    assert seen == {True, False}
