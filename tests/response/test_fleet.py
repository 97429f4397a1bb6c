"""Where units are while they wait, and how they change: on a line of four villages 10 minutes apart."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from sim.region.position import Position, Spot, Standing, Stop
from sim.region.round import Round
from sim.region.route import nowhere_to_go
from sim.response.plan import Home
from sim.vocabulary import Role, UnitState
from tests.response.conftest import Bench, line_region

EIGHT = {
    "guards": {
        "rule": "pattern",
        **{key: {"police": 2, "stations": 8, "wardens": 16} for key in ("very_high", "high", "low")},
    }
}
RESERVE = {"reserves": [{"base": "POLRES", "teams": 1, "size": 12, "vehicle": "car"}]}


def test_nobody_on_a_round_moves_faster_than_the_roads() -> None:
    bench = Bench(line_region(), EIGHT)
    pair = bench.unit("guard/low/1")
    times = np.arange(420.0, 1020.0, 1.0)
    places = [pair.motion.at(t) for t in times]
    stations = [p.station for p in places if p.station is not None]
    assert set(stations) == set(range(8)), "the round comes by every station"
    for before, after in itertools.pairwise(places):
        if before.station is not None and after.station is not None:
            assert before.station == after.station, "between two stations there is a way"


def test_asking_where_a_unit_is_changes_nothing_and_asks_nothing_else() -> None:
    bench = Bench(line_region(), EIGHT)
    pair = bench.unit("guard/low/1")
    first = [pair.motion.at(t) for t in (500.0, 430.0, 900.0)]
    assert first == [pair.motion.at(t) for t in (500.0, 430.0, 900.0)]
    assert bench.fleet.stretches == [] and bench.env.now == 420.0


def test_officers_stand_at_one_station_at_a_time_and_wardens_are_no_officers() -> None:
    bench = Bench(line_region(), EIGHT, warden_strength=0.5)
    for minute in range(420, 900, 7):
        bench.env.run(minute + 0.5)
        there = [bench.fleet.officers_at(s) for s in range(8)]
        assert sum(there) in (0, 2)
    assert bench.fleet.wardens_at(0) == pytest.approx(0.5 * 2)
    assert bench.fleet.strength_at(0) == bench.fleet.wardens_at(0) + bench.fleet.officers_at(0)


def test_stretches_follow_each_other_without_gap_and_none_has_no_length() -> None:
    bench = Bench(line_region(), RESERVE)
    unit = bench.unit("reserve/POLRES/1")
    bench.env.run(430.0)
    bench.fleet.set_state(unit, UnitState.MOBILISING, Standing(Position(0)))
    bench.fleet.set_state(unit, UnitState.TRAVELLING, Standing(Position(0)))
    bench.env.run(440.0)
    bench.fleet.set_state(unit, UnitState.FREE, Standing(Position(0)))
    bench.env.run(450.0)
    assert bench.states("reserve/POLRES/1") == [("free", 420, 430), ("travelling", 430, 440), ("free", 440, 450)]


def test_who_is_halted_counts_as_what_it_was_until_its_next_state() -> None:
    bench = Bench(line_region(), EIGHT)
    pair, fleet = bench.unit("guard/low/1"), bench.fleet
    walked = pair.motion
    bench.env.run(430.0)
    fleet.halt(pair)
    here = fleet.position(pair)
    assert here == walked.at(430.0) and pair.is_free
    fleet.set_state(pair, UnitState.MOBILISING, Standing(here), here.node)
    assert not pair.is_free and fleet.position(pair) == here
    assert fleet.idle_stretches == [(pair.index, 420.0, 430.0, walked)]


@pytest.mark.parametrize("then", ["rests", "goes home", "is sent"])
def test_who_is_moved_up_can_be_sent_meanwhile_until_it_rests_or_turns_round_or_is_sent(then: str) -> None:
    bench = Bench(line_region(), RESERVE)
    unit, fleet = bench.unit("reserve/POLRES/1"), bench.fleet
    fleet.set_state(unit, UnitState.TRAVELLING, there := Standing(Position(1)))
    assert not unit.is_free
    fleet.move_up(unit)
    bench.env.run(430.0)
    assert unit.is_free and unit.state is UnitState.TRAVELLING and unit.motion is there
    here = fleet.position(unit)
    if then == "is sent":
        fleet.halt(unit)
        fleet.set_state(unit, UnitState.MOBILISING, Standing(here), here.node)
    elif then == "rests":
        fleet.rest(unit, here)
    else:
        fleet.send_home(unit, here, None)
    assert not fleet.moving_up and unit.is_free is unit.is_idle is (then == "rests")
    assert fleet.idle_stretches == [(unit.index, 420.0, 430.0, there)]


def test_who_waits_is_found_by_role() -> None:
    bench = Bench(line_region(), RESERVE)
    unit = bench.unit("reserve/POLRES/1")
    assert list(bench.fleet.idle[Role.RESERVE].values()) == [unit]
    bench.fleet.set_state(unit, UnitState.MOBILISING, Standing(Position(0)))
    assert not bench.fleet.idle[Role.RESERVE]


def test_a_unit_that_has_driven_home_begins_its_round_at_home() -> None:
    bench = Bench(line_region(), EIGHT)
    pair = bench.unit("guard/low/1")
    bench.env.run(450.0)
    bench.fleet.set_state(pair, UnitState.ON_SCENE, Standing(Position(3)))
    bench.fleet.send_home(pair, bench.fleet.position(pair), None)
    assert pair.state is UnitState.RETURNING
    bench.env.run(450.0 + 30 + 2 + 1)
    assert pair.is_idle and bench.fleet.position(pair).station == pair.home.spot.station
    assert isinstance(pair.motion, Round) and pair.motion.joins == 0.0


def test_a_home_knows_the_stops_of_its_round_the_first_of_those_at_one_place() -> None:
    spots = [Spot((3, 4), 1.0), Spot((3,), 2.0, station=7), Spot((3, 5), 4.0)]
    home = Home(spots[0], tuple(map(Stop, spots)), None, nowhere_to_go(Position(3)))
    assert home.spots == {(None, 3): spots[0], (7, 3): spots[1]}


def test_a_unit_at_one_of_its_stops_goes_on_with_its_round_from_there() -> None:
    bench = Bench(line_region(), EIGHT)
    pair = bench.unit("guard/low/1")
    stop = pair.spec.stops[3].spot
    bench.fleet.set_state(
        pair, UnitState.ON_SCENE, Standing(Position(stop.nodes[0], stop.access, station=stop.station))
    )
    assert bench.fleet.is_on_its_ground(pair, bench.fleet.position(pair))
    bench.fleet.rest(pair, bench.fleet.position(pair))
    assert bench.fleet.position(pair).station == stop.station
    bench.env.run(420 + 15 + 4 + 0.5)
    assert bench.fleet.position(pair).station in (pair.spec.stops[4].spot.station, None)


def test_a_unit_that_cannot_get_home_waits_for_the_road() -> None:
    bench = Bench(line_region(), RESERVE)
    unit = bench.unit("reserve/POLRES/1")
    bench.roads.close(1)
    bench.fleet.set_state(unit, UnitState.ON_SCENE, Standing(Position(3)))
    bench.fleet.send_home(unit, bench.fleet.position(unit), None)
    bench.at(600.0, lambda: bench.roads.open(1))
    bench.env.run(599.0)
    assert unit.state is UnitState.RETURNING
    bench.env.run(700.0)
    assert unit.is_idle and bench.fleet.position(unit) == Position(0)


def test_rounds_keep_off_closed_roads_and_come_back_to_them() -> None:
    bench = Bench(line_region(), EIGHT)
    pair = bench.unit("guard/low/1")
    bench.env.run(470.0)
    bench.roads.close(1)
    bench.env.run(471.0)
    side = {bench.fleet.position(pair).node, bench.fleet.position(pair).ahead} - {None}
    seen = {pair.motion.at(t).station for t in np.arange(471.0, 900.0, 1.0)} - {None}
    assert seen and (seen <= set(range(4)) or seen <= set(range(4, 8))), f"it stays on its side of {side}"
    bench.env.run(600.0)
    bench.roads.open(1)
    bench.env.run(601.0)
    assert {pair.motion.at(t).station for t in np.arange(601.0, 1100.0, 1.0)} - {None} == set(range(8))


def test_the_same_streams_give_the_same_mobilisation_and_a_second_one_is_another() -> None:
    spread = {"mobilisation": {n: {"mean_minutes": 5, "cv": 0.5} for n in ("guard", "patrol", "reserve", "ambulance")}}
    one, two = Bench(line_region(), RESERVE, **spread), Bench(line_region(), RESERVE, **spread)
    drawn = [one.fleet.mobilisation(one.unit("reserve/POLRES/1")) for _ in range(3)]
    assert drawn == [two.fleet.mobilisation(two.unit("reserve/POLRES/1")) for _ in range(3)]
    assert len(set(drawn)) == 3


def same_place_and_no_jump(bench: Bench, change: float) -> Position:
    """Go past a moment at which the roads change; return where the pair is a moment later, a little farther on."""
    pair = bench.unit("guard/low/1")
    bench.env.run(change - 1e-6)
    before = bench.fleet.position(pair)
    bench.env.run(change + 1e-6)
    after = bench.fleet.position(pair)
    assert before.node == after.node and before.ahead == after.ahead
    whole = (before.minutes + before.ahead_minutes, after.minutes + after.ahead_minutes)
    if before.ahead is not None:
        assert after.minutes / whole[1] == pytest.approx(before.minutes / whole[0], abs=1e-5), (
            "the same part of the road"
        )
    return after


@pytest.mark.parametrize("minute", range(425, 600, 13))
def test_a_pair_on_its_round_is_where_it_was_when_a_road_is_slowed(minute: int) -> None:
    bench = Bench(line_region(), EIGHT)
    bench.env.process(bench.roads.slow_between(1, 0.25, float(minute), minute + 60.0))
    same_place_and_no_jump(bench, float(minute))
    same_place_and_no_jump(bench, minute + 60.0)


def test_a_round_over_a_slow_road_takes_longer_and_the_old_time_when_it_is_free_again() -> None:
    bench = Bench(line_region(), EIGHT)
    pair = bench.unit("guard/low/1")
    assert pair.home.cycle is not None
    bench.env.run(420.5)
    bench.roads.slow(1, 0.5)
    bench.env.run(421.0)
    assert isinstance(pair.motion, Round)
    assert pair.motion.cycle.minutes == pytest.approx(pair.home.cycle.minutes + 2 * 10), "out and back"
    bench.roads.free(1, 0.5)
    bench.env.run(422.0)
    assert pair.motion.cycle is pair.home.cycle


@pytest.mark.parametrize("dusk", [431.0, 447.5, 480.0])
def test_a_round_that_is_planned_when_somebody_asks_is_the_one_planned_at_once(dusk: float) -> None:
    """Night falls and ends while nobody looks, or while somebody looks all the time: the pair is in the same places."""

    def places(looks: bool) -> list[Position]:
        bench = Bench(line_region(), EIGHT)
        pair = bench.unit("guard/low/1")
        bench.env.process(bench.roads.dark_between(dusk, dusk + 95.0))
        for minute in range(421, int(dusk) + 100):
            bench.env.run(float(minute))
            if looks:
                bench.fleet.position(pair)
        found = []
        for minute in range(int(dusk) + 100, 900, 3):
            bench.env.run(float(minute))
            found.append(bench.fleet.position(pair))
        return found

    seen, unseen = places(True), places(False)
    assert seen == unseen and len({place.station for place in seen}) > 4


def test_a_pair_on_its_way_to_its_round_feels_a_road_that_is_not_of_the_round() -> None:
    def joins(slow: bool) -> float:
        bench = Bench(line_region())
        pair = bench.unit("guard/low/1")
        assert pair.home.cycle is not None and 2 not in pair.home.cycle.roads
        bench.env.run(421.0)
        bench.fleet.set_state(pair, UnitState.RETURNING, Standing(Position(3)))
        bench.fleet.rest(pair, bench.fleet.position(pair))
        if slow:
            bench.env.process(bench.roads.slow_between(2, 0.5, 425.0, np.inf))
        bench.env.run(426.0)
        assert isinstance(pair.motion, Round)
        return pair.motion.began + pair.motion.lead.minutes

    assert joins(slow=True) == pytest.approx(joins(slow=False) + 6.0), "four of ten minutes are driven, six take twelve"
