"""What saves work changes nothing: days are the same, byte for byte, when everybody is asked all the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sim.config.compose import load
from sim.day import Day, draw_day
from sim.day.draws import DayDraws
from sim.day.world import World, prepare
from sim.evacuation.casualties import Casualties, Place
from sim.region.round import Round
from sim.response.boxes.escorts import Escorts
from sim.response.command.at_hand import AtHand
from sim.response.command.dispatcher import Dispatcher
from sim.vocabulary import Role
from tests.day.conftest import as_bytes

PAIRS, TEAMS, JOINT = "even_spread", "forward_reserve", "joint_command"
"""Pairs that walk from station to station, to whom much is too far, teams that go with the boxes, and a command under
which units are taken from what is milder."""


@pytest.fixture(scope="module")
def world() -> World:
    return prepare(load("riot_kecamatan3", [f"strategies=[{PAIRS},{TEAMS}]", "run.bound_days=0"]))


@pytest.fixture(scope="module")
def busy_world(world: World) -> World:
    """Many riots at the same time, for which there are too few units and ambulances."""
    riot = '{{kind: riot, onset: "09:40", place: "{place}", starters: 18, followers: 1}}'
    riots = ",".join(riot.format(place=place) for place in world.region.stations.code[::40])
    only = [f"strategies=[{TEAMS},{JOINT}]", "run.bound_days=0", f"incidents=[{riots}]"]
    return prepare(load("riot_kecamatan3", only))


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


@pytest.mark.parametrize("strategy", [TEAMS, JOINT])
def test_what_is_kept_of_who_is_at_hand_and_who_waits_is_what_would_be_found_anew(
    busy_world: World, strategy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    draws, anew = draw_day(busy_world, 0), Counter[str]()
    found = as_bytes(Day(busy_world, strategy, 0, draws).run())

    def forgetting(owner: type, name: str, forget: Callable[[Any], None]) -> None:
        method = getattr(owner, name)

        def asked(self: Any, *arguments: object) -> object:
            anew[name] += 1
            forget(self)
            return method(self, *arguments)

        monkeypatch.setattr(owner, name, asked)

    forgetting(AtHand, "going", AtHand.look_again)
    forgetting(AtHand, "from_milder", AtHand.look_again)
    forgetting(Place, "wanted", Place.changed)
    forgetting(Casualties, "soonest", lambda self: setattr(self, "_loose", (-1, [])))
    assert as_bytes(Day(busy_world, strategy, 0, draws).run()) == found
    assert min(anew.values()) > 100 and len(anew) == 4


def test_who_cannot_be_sent_is_not_judged_and_nothing_else_happens(
    busy_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    draws = draw_day(busy_world, 0)
    few, all_of_them = Counter[object](), Counter[object]()
    monkeypatch.setattr(Dispatcher, "_candidate", counted(few, candidate := Dispatcher._candidate))
    found = as_bytes(Day(busy_world, JOINT, 0, draws).run())
    monkeypatch.setattr(Dispatcher, "_candidate", counted(all_of_them, candidate))
    monkeypatch.setattr(AtHand, "_is_far", lambda *_: False)
    monkeypatch.setattr(AtHand, "any_within", lambda *_: True)
    monkeypatch.setattr(Dispatcher, "_may_send_guard", lambda *_: True)
    assert as_bytes(Day(busy_world, JOINT, 0, draws).run()) == found
    assert few["asked"] < all_of_them["asked"]
