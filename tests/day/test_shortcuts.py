"""What saves work changes nothing: days are the same, byte for byte, when everybody is asked all the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest

from sim.config.compose import load
from sim.day import Day, draw_day
from sim.day.draws import DayDraws
from sim.day.world import World, prepare
from sim.region.round import Round
from sim.response.boxes.escorts import Escorts
from sim.response.command.at_hand import AtHand
from sim.response.command.dispatcher import Dispatcher
from sim.vocabulary import Role
from tests.day.conftest import as_bytes

PAIRS, TEAMS = "even_spread", "forward_reserve"
"""Pairs that walk from station to station, to whom much is too far, and teams that go with the boxes."""


@pytest.fixture(scope="module")
def world() -> World:
    return prepare(load("riot_kecamatan3", [f"strategies=[{PAIRS},{TEAMS}]", "run.bound_days=0"]))


@pytest.fixture(scope="module")
def draws(world: World) -> DayDraws:
    return draw_day(world, 0)


def counted(answers: Counter[object], method: Callable[..., object]) -> Callable[..., object]:
    """The same method; what it answers is counted."""

    def noted(*arguments: object) -> object:
        answer = method(*arguments)
        answers[answer if isinstance(answer, bool) else "asked"] += 1
        return answer

    return noted


def test_guards_too_far_wherever_they_are_on_their_round_are_counted_as_if_they_had_been_asked(
    world: World, draws: DayDraws, monkeypatch: pytest.MonkeyPatch
) -> None:
    few, all_of_them = Counter[object](), Counter[object]()
    monkeypatch.setattr(Dispatcher, "_candidate", counted(few, candidate := Dispatcher._candidate))
    found = as_bytes(Day(world, PAIRS, 0, draws).run())
    monkeypatch.setattr(Dispatcher, "_candidate", counted(all_of_them, candidate))
    monkeypatch.setattr(AtHand, "_is_far", lambda *_: False)
    assert as_bytes(Day(world, PAIRS, 0, draws).run()) == found
    assert few["asked"] < 0.7 * all_of_them["asked"], "many were passed over"


def test_nobody_on_his_round_is_ever_nearer_than_the_least_of_it(world: World, draws: DayDraws) -> None:
    day = Day(world, PAIRS, 0, draws)
    guards = [unit for unit in day.fleet.units if unit.spec.role is Role.GUARD and isinstance(unit.motion, Round)]
    stations = range(0, len(day.plan.stations), 40)
    assert len(guards) > 50
    for time in np.linspace(420.0, 560.0, 12).tolist():
        day.until(time)
        walking = [unit for unit in guards if isinstance(unit.motion, Round) and unit.motion.cycle is unit.home.cycle]
        for unit in walking:
            for spot in map(day.plan.stations.__getitem__, stations):
                least = min(day.plan.least_minutes[unit.index][node] for node in spot.nodes)
                minutes = day.roads.minutes(unit.spec.vehicle, day.fleet.position(unit), spot)
                assert unit.spec.ready_minutes + minutes >= least - 1e-9


def test_boxes_that_a_unit_cannot_meet_any_more_are_not_met_by_it(
    world: World, draws: DayDraws, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = Counter[object]()
    monkeypatch.setattr(Escorts, "_may_meet", counted(answers, Escorts._may_meet))
    found = as_bytes(Day(world, TEAMS, 0, draws).run())
    monkeypatch.setattr(Escorts, "_may_meet", lambda *_: True)
    assert as_bytes(Day(world, TEAMS, 0, draws).run()) == found
    assert answers[True] > 0
    assert answers[False] > answers[True], "most cannot"
