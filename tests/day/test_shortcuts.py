"""What saves work changes nothing: days are the same, byte for byte, when everybody is asked all the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from math import inf

import numpy as np
import pytest

from sim.config.compose import load
from sim.day import Day, draw_day
from sim.day.draws import DayDraws
from sim.day.world import World, prepare
from sim.region.position import Spot
from sim.region.round import Round
from sim.response.boxes.outsets import Outsets
from sim.response.command.dispatcher import Dispatcher
from sim.response.fleet import Unit
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
    monkeypatch.setattr(Dispatcher, "_would_go", lambda *_: False)
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


def test_who_cannot_be_with_boxes_in_time_is_not_asked_where_he_is_and_nothing_changes(
    world: World, draws: DayDraws, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, all_asked = Counter[object](), Counter[object]()
    monkeypatch.setattr(Outsets, "minutes", counted(asked, minutes := Outsets.minutes))
    found = as_bytes(Day(world, TEAMS, 0, draws).run())
    monkeypatch.setattr(Outsets, "minutes", counted(all_asked, minutes))
    monkeypatch.setattr(Outsets, "earliest", lambda *_: -inf)
    monkeypatch.setattr(Outsets, "first", first_of_all)
    assert as_bytes(Day(world, TEAMS, 0, draws).run()) == found
    assert asked["asked"] > 0
    assert asked["asked"] < 0.3 * all_asked["asked"], "most need not be"


def first_of_all(outsets: Outsets, units: Iterable[Unit], node: int, latest: float) -> tuple[Unit, float] | None:
    """Who is first when everybody is asked where he is."""
    times = [(unit, float(outsets.env.now) + outsets.minutes(unit)(node)) for unit in units]
    in_time = [(unit, when) for unit, when in times if when <= latest]
    return min(in_time, key=lambda pair: pair[1], default=None)


def test_nobody_is_anywhere_before_the_time_before_which_he_is_said_not_to_be(world: World, draws: DayDraws) -> None:
    day = Day(world, TEAMS, 0, draws)
    nodes, moved = range(0, len(world.region.nodes), 10), 0
    outsets = Outsets(day.env, day.roads)
    for time in np.linspace(550.0, 1150.0, 60).tolist():
        day.until(time)
        for unit in day.fleet.units:
            minutes = {
                node: day.roads.minutes(unit.spec.vehicle, day.fleet.position(unit), Spot((node,))) for node in nodes
            }
            before = [outsets.earliest(unit, node) - time for node in nodes]
            moved += any(b < minutes[node] - 0.1 for b, node in zip(before, nodes, strict=True))
            assert all(b <= minutes[node] + 1e-9 for b, node in zip(before, nodes, strict=True))
            if not moved % 2:  # else an older answer has to do the next time
                assert [outsets.minutes(unit)(node) for node in nodes] == [
                    pytest.approx(m, abs=1e-9) for m in minutes.values()
                ]
    assert moved > 20
