"""What saves work changes nothing: days are the same, byte for byte, when everybody is asked all the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from math import inf
from typing import Any

import numpy as np
import pytest

from sim.config.compose import load
from sim.config.relocation import Dynamic
from sim.day import Day, draw_day
from sim.day.draws import DayDraws
from sim.day.world import World, prepare
from sim.evacuation.casualties import Casualties
from sim.evacuation.scene import Place
from sim.region.position import Spot, Standing
from sim.region.round import Round
from sim.response.boxes.outsets import Outsets
from sim.response.command import relocator
from sim.response.command.at_hand import AtHand
from sim.response.command.candidates import Candidates
from sim.response.command.dispatcher import Dispatcher
from sim.response.command.relocator import Relocator
from sim.response.emergency import Emergency
from sim.response.fleet import Unit
from sim.response.units import UnitSet, set_of
from sim.vocabulary import Capability, Role
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
    riots = ",".join(riot.format(place=place) for place in world.region.stations.code[::32])
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
    monkeypatch.setattr(Candidates, "_candidate", counted(few, candidate := Candidates._candidate))
    found = as_bytes(Day(world, PAIRS, 0, draws).run())
    monkeypatch.setattr(Candidates, "_candidate", counted(all_of_them, candidate))
    monkeypatch.setattr(AtHand, "_is_far", lambda *_: False)
    monkeypatch.setattr(AtHand, "near", lambda self, _emergency, units: self.listed(units))
    monkeypatch.setattr(AtHand, "perhaps_in_time", all_who_go)
    monkeypatch.setattr(AtHand, "within", lambda self, _emergency, _within, units, _spot: self.listed(units))
    assert as_bytes(Day(world, PAIRS, 0, draws).run()) == found
    assert few["asked"] < 0.7 * all_of_them["asked"], "many were passed over"


@pytest.mark.parametrize(("strategy", "some_stand"), [(PAIRS, False), (TEAMS, True)])
def test_nobody_on_his_round_is_ever_nearer_than_the_least_of_it(
    world: World, draws: DayDraws, strategy: str, some_stand: bool
) -> None:
    day = Day(world, strategy, 0, draws)
    guards = [day.fleet.units[index] for index in day.plan.least_minutes]
    stations = range(0, len(day.plan.stations), 40)
    assert len(guards) > 50 and all(unit.spec.role is Role.GUARD for unit in guards)
    seen = Counter[bool]()
    for time in np.linspace(420.0, 560.0, 12).tolist():
        day.until(time)
        for unit in [unit for unit in guards if day.fleet.on_own_ground >> unit.index & 1]:
            seen[isinstance(unit.motion, Round)] += 1
            for spot in map(day.plan.stations.__getitem__, stations):
                least = min(day.plan.least_minutes[unit.index][node] for node in spot.nodes)
                minutes = day.roads.minutes(unit.spec.vehicle, day.fleet.position(unit), spot)
                assert unit.spec.ready_minutes + minutes >= least - 1e-9
    assert seen[True] > 0 and (seen[False] > 0) is some_stand


def test_who_cannot_be_with_boxes_in_time_is_not_asked_where_he_is_and_nothing_changes(
    world: World, draws: DayDraws, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, all_asked = Counter[object](), Counter[object]()
    work_out, in_time = Outsets._work_out, Outsets.in_time

    def noting(asked: Counter[object]) -> None:
        def noted(*question: Any) -> Any:
            found = in_time(*question)
            asked["on the way"] += len(found)
            return found

        monkeypatch.setattr(Outsets, "_work_out", counted(asked, work_out))
        monkeypatch.setattr(Outsets, "in_time", noted)

    noting(asked)
    found = as_bytes(Day(world, TEAMS, 0, draws).run())
    noting(all_asked)
    monkeypatch.setattr("sim.response.boxes.outsets._SLACK", inf)
    monkeypatch.setattr("sim.response.boxes.group._SLACK", inf)
    assert as_bytes(Day(world, TEAMS, 0, draws).run()) == found
    assert asked["asked"] > 0
    assert asked["on the way"] < 0.3 * all_asked["on the way"], "most need not be"
    assert asked["asked"] < 0.5 * all_asked["asked"]


def test_who_moves_is_in_time_where_he_would_be_if_he_were_asked_where_he_is(
    world: World, draws: DayDraws, monkeypatch: pytest.MonkeyPatch
) -> None:
    day, asked, anew = Day(world, TEAMS, 0, draws), Counter[object](), 0
    monkeypatch.setattr(Outsets, "_work_out", counted(asked, Outsets._work_out))
    outsets = {node: Outsets(day.roads) for node in range(0, len(world.region.nodes), 10)}
    free = [replace(unit) for unit in day.fleet.units]
    for time in np.linspace(550.0, 1150.0, 60).tolist():
        day.until(time)
        for unit, of_day in zip(free, day.fleet.units, strict=True):
            moves_on, unit.motion = unit.motion is of_day.motion, of_day.motion
            for node, kept in outsets.items():
                minutes = day.roads.minutes(unit.spec.vehicle, day.fleet.position(unit), Spot((node,)))
                before = asked["asked"]
                assert not kept.in_time(time, [unit], node, time + minutes - 1e-9)
                anew += moves_on and asked["asked"] > before
                if (round(time) // 10 + unit.index) % 3 == 0:  # else an older answer has to do the next time
                    ((_, found),) = kept.in_time(time, [unit], node, time + minutes + 1e-9)
                    assert found.minutes(node) == pytest.approx(minutes, abs=1e-9)
    assert anew > 20


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

    forgetting(AtHand, "able", found_anew)
    forgetting(AtHand, "_going", found_anew)
    forgetting(AtHand, "from_milder", AtHand.look_again)
    forgetting(Place, "wanted", counted_anew)
    forgetting(Casualties, "_all_loose", lambda self: setattr(self, "_loose", (-1, {})))
    monkeypatch.setattr(AtHand, "_minutes_of_guard", lambda self, _, guard, spot: self.minutes(guard, spot))
    monkeypatch.setattr(Casualties, "_serve", look_at_all)
    assert as_bytes(Day(busy_world, strategy, 0, draws).run()) == found
    assert min(anew.values()) > 100 and len(anew) == 5


@pytest.mark.parametrize("strategy", [TEAMS, JOINT])
def test_a_disturbance_where_nobody_is_missing_or_late_is_judged_again_only_when_that_may_have_changed(
    strategy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = "disturbance.background.rate_per_station_hour=0.008"
    world = prepare(load("riot_kecamatan3", [f"strategies=[{strategy}]", "run.bound_days=0", many]))
    judged, late_asked = (Counter[object](), Counter[object]()), (Counter[object](), Counter[object]())
    draws, judge, late_until = draw_day(world, 0), Dispatcher._assign, AtHand.late_until
    monkeypatch.setattr(Dispatcher, "_assign", counted(judged[0], judge))
    monkeypatch.setattr(AtHand, "late_until", counted(late_asked[0], late_until))
    found = as_bytes(Day(world, strategy, 0, draws).run())
    monkeypatch.setattr(Dispatcher, "_assign", counted(judged[1], judge))
    monkeypatch.setattr(AtHand, "late_until", counted(late_asked[1], late_until))
    monkeypatch.setattr(AtHand, "forget_other_roads", forget_everything)
    assert as_bytes(Day(world, strategy, 0, draws).run()) == found
    assert sum(judged[0].values()) < 0.8 * sum(judged[1].values()), "many were left alone"
    assert sum(late_asked[0].values()) < 0.8 * sum(late_asked[1].values()), "many were known to be late, or not"


def forget_everything(at_hand: AtHand) -> None:
    """Forget who is missing where and who comes late, whether or not the roads have changed."""
    at_hand.ledger.late.clear()
    at_hand.ledger.settled.clear()
    for kept in (at_hand._too_far, at_hand._from_scene, at_hand._too_late, at_hand._on_the_way):
        kept.clear()  # type: ignore[attr-defined]


def all_who_go(at_hand: AtHand, emergency: Emergency, capability: Capability) -> UnitSet:
    """Return all who may go, however far they are."""
    return at_hand._going(emergency.severity) & at_hand.plan.can_do[capability]


def found_anew(at_hand: AtHand) -> None:
    """Ask every unit whether it is free, and whether it is sent, and look again who can be taken from what."""
    at_hand.look_again()
    fleet = at_hand.fleet
    on_way = {*fleet.free_on_way, *fleet.moving_up}
    fleet.free = set_of(unit.index for unit in fleet.units if unit.is_idle or unit.index in on_way)
    assert fleet.free == set_of(unit.index for unit in fleet.units if unit.is_free)
    fleet.kept_back = set_of(unit.index for unit in fleet.units if not unit.may_be_sent)


def look_at_all(casualties: Casualties, _: object) -> None:
    """Look at every place that lacks a vehicle, whether one could come or not."""
    casualties._listens = False
    for place in sorted(casualties._unserved, key=lambda place: place.urgency):
        casualties._look(place)


def counted_anew(place: Place) -> None:
    """Count those who wait at a place again."""
    place.known = Counter(casualty.known_as for casualty in place.waiting)
    place.first = min((casualty.number for casualty in place.waiting), default=0)
    place.changed()


def test_who_cannot_be_sent_is_not_judged_and_nothing_else_happens(
    busy_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    draws = draw_day(busy_world, 0)
    few, all_of_them = Counter[object](), Counter[object]()
    monkeypatch.setattr(Candidates, "_candidate", counted(few, candidate := Candidates._candidate))
    found = as_bytes(Day(busy_world, JOINT, 0, draws).run())
    monkeypatch.setattr(Candidates, "_candidate", counted(all_of_them, candidate))
    monkeypatch.setattr(AtHand, "_is_far", lambda *_: False)
    monkeypatch.setattr(AtHand, "near", lambda self, _emergency, units: self.listed(units))
    monkeypatch.setattr(AtHand, "perhaps_in_time", all_who_go)
    monkeypatch.setattr(AtHand, "within", lambda self, _emergency, _within, units, _spot: self.listed(units))
    monkeypatch.setattr(Dispatcher, "_may_send_guard", lambda *_: True)
    assert as_bytes(Day(busy_world, JOINT, 0, draws).run()) == found
    assert few["asked"] < all_of_them["asked"]


@pytest.mark.parametrize("strategy", [TEAMS, JOINT])
def test_who_is_on_his_own_ground_is_known_at_every_moment(busy_world: World, strategy: str) -> None:
    day, away = Day(busy_world, strategy, 0, draw_day(busy_world, 0)), set[int]()
    for time in np.linspace(480.0, 1200.0, 120).tolist():
        day.until(time)
        free = [unit for unit in day.fleet.units if unit.is_idle]
        known = {unit for unit in free if day.fleet.on_own_ground >> unit.index & 1}
        on_it = set(filter(is_on_own_ground, free))
        assert known == on_it if len(day.roads.history) == 1 else known <= on_it
        away.update(unit.index for unit in free if unit not in known)
    assert away


def is_on_own_ground(unit: Unit) -> bool:
    """Return whether a unit that waits goes its own round by day with nothing in the way, or stands where it belongs."""
    motion, home = unit.motion, unit.home
    if home.cycle is not None:
        return isinstance(motion, Round) and motion.cycle is home.cycle and not motion.lead.minutes
    return isinstance(motion, Standing) and motion.position == home.there.end


@pytest.mark.parametrize("strategy", [TEAMS, JOINT])
def test_who_is_free_and_who_is_kept_back_is_known_at_every_moment(busy_world: World, strategy: str) -> None:
    day = Day(busy_world, strategy, 0, draw_day(busy_world, 0))
    fleet, seen = day.fleet, set[tuple[int, int]]()
    for time in np.linspace(480.0, 1200.0, 120).tolist():
        day.until(time)
        fleet.hold(fleet.units[len(seen) % len(fleet.units)], len(seen) % 3 == 0)
        free, kept_back = fleet.free, fleet.kept_back
        found_anew(day.posko.dispatcher.at_hand)
        assert (fleet.free, fleet.kept_back) == (free, kept_back)
        seen.add((free, kept_back))
    assert len(seen) > 40


def test_reserves_are_not_asked_again_for_a_move_while_everybody_is_where_he_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = prepare(load("riot_kecamatan3", ["strategies=[dynamic_relocation]", "run.bound_days=0"]))
    few, anew, draws = Counter[object](), Counter[object](), draw_day(world, 0)
    monkeypatch.setattr(relocator, "best_move", counted(few, best := relocator.best_move))
    found = as_bytes(Day(world, "dynamic_relocation", 0, draws).run())
    monkeypatch.setattr(relocator, "best_move", counted(anew, best))
    fill = Relocator._fill_worst_gap

    def forgetful(self: Relocator, rule: Dynamic) -> None:
        self._stay_as_they_are = None
        fill(self, rule)

    monkeypatch.setattr(Relocator, "_fill_worst_gap", forgetful)
    assert as_bytes(Day(world, "dynamic_relocation", 0, draws).run()) == found
    assert 0 < few["asked"] < anew["asked"]
