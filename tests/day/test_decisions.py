"""Decisions on a day that goes on: each does what it says, and what cannot be is refused and leaves no trace."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from sim.day import Day, draw_day
from sim.day.decisions import (
    AskForArmy,
    CloseRoad,
    CloseStation,
    Decision,
    EvacuateStation,
    Hold,
    MoveUnit,
    OpenRoad,
    OpenStation,
    Send,
    Withdraw,
)
from sim.day.world import World, prepare
from sim.errors import UserError
from sim.log import DayLog
from sim.region.position import Position
from sim.vocabulary import Outcome, Purpose, StationState
from tests.conftest import small_scenario
from tests.day.conftest import NAME, as_bytes

QUIET = ("disturbance.background.rate_per_station_hour=0", "disturbance.spread.followers=0")
RIOT = 'incidents=[{kind: riot, onset: "09:40", place: "Pasar Timur", starters: 45, followers: 0}]'
RESERVE = (
    "strategy.reserves=[{base: POLRES, teams: 2, size: 6, vehicle: car}]",
    "strategy.dispatch.take_guards_from=null",
    "response.mobilisation.reserve={mean_minutes: 6, cv: 0}",
)
LASTING = ("kinds.riot.course.calm_per_minute=0.005", "kinds.riot.course.disperse_per_minute=0")
GREEDY = tuple(f"kinds.riot.severities.{severity}.needs.presence=300" for severity in ("green", "yellow", "red"))
"""A riot that goes on for hours, and to which everybody is sent who may go."""
NOBODY_ELSE = ("response.attached=[]", "response.sector_patrol_size=0")
ONE, TWO, AMBULANCE = "reserve/POLRES/1", "reserve/POLRES/2", "ambulance/PKM-PUT/1"


@cache
def world_of(*overrides: str) -> World:
    return prepare(small_scenario(*QUIET, *RESERVE, *overrides))


def begin(*overrides: str, number: int = 0) -> Day:
    world = world_of(*overrides)
    return Day(world, NAME, number, draw_day(world, number))


@pytest.fixture(scope="module")
def riot() -> World:
    return world_of(*LASTING, *GREEDY, RIOT)


@pytest.fixture
def riotous(riot: World) -> Day:
    return Day(riot, NAME, 0, draw_day(riot, 0))


def rows(log: DayLog, unit: str) -> list[dict[str, object]]:
    """The tasks of a unit, in order."""
    t = log.tables["tasks"]
    return [{name: column[i] for name, column in t.items()} for i in np.flatnonzero(t["unit"] == unit)]


def station_of(day: Day, code: str) -> int:
    return day.world.region.stations.code.index(code)


def test_a_unit_that_is_sent_goes_whatever_the_rule_would_say(riotous: Day) -> None:
    riotous.until(580.5)  # nobody has reported it yet
    riotous.act(Send(ONE, "s0"))
    log = riotous.run()
    task = rows(log, ONE)[0]
    assert (task["ordered"], task["departed"], task["incident"], task["purpose"]) == (580.5, 586.5, "s0", "incident")
    assert task["sent"] == 1 and task["outcome"] == "done"
    assert log.tables["incidents"]["ordered"][0] == 580.5


def test_a_unit_that_is_sent_from_far_keeps_nobody_at_home_who_is_near() -> None:
    """A need is filled in time, not in heads: whom the rule would have sent goes as well, if he is there sooner."""
    landslide = 'incidents=[{kind: landslide, onset: "09:40", place: "T1.1 - T2.1", followers: 0}]'
    far = ("response.mobilisation.reserve={mean_minutes: 25, cv: 0}", "strategy.dispatch.take_guards_from=green")
    for number in range(3):
        day = begin(*far, landslide, number=number)
        day.until(580.5)  # nobody has reported it yet
        day.act(Send(ONE, "s0"))
        assert float(day.run().tables["incidents"]["first_on_scene"][0]) < 595.0  # the reserve sets out at 605.5


def test_a_unit_that_is_sent_elsewhere_gives_up_what_it_was_doing() -> None:
    two = (
        'incidents=[{kind: riot, onset: "09:40", place: "Pasar Timur", starters: 45, followers: 0},'
        '{kind: riot, onset: "09:41", place: "Pasar Barat", starters: 45, followers: 0}]'
    )
    day = begin(two)
    day.until(582.0)
    day.act(Send(ONE, "s0"))
    day.until(600.0)
    day.act(Send(ONE, "s1"))
    first, second = rows(day.run(), ONE)[:2]
    assert (first["outcome"], first["incident"]) == (Outcome.DIVERTED, "s0")
    assert (second["ordered"], second["incident"]) == (600.0, "s1")


def test_a_unit_that_is_held_is_sent_by_no_rule_until_it_is_let_go(riotous: Day) -> None:
    riotous.until(500.0)
    riotous.act(Hold(ONE))
    riotous.until(640.0)
    riotous.act(Hold(ONE, held=False))
    log = riotous.run()
    assert rows(log, TWO)[0]["ordered"] < 600.0
    assert rows(log, ONE)[0]["ordered"] == 640.0, "at once: the force is not complete yet"


def test_a_pair_that_is_held_takes_nothing_on() -> None:
    alone = "{police: 2, stations: 1, wardens: 2}"
    one_each = f"strategy.guards={{very_high: {alone}, high: {alone}, low: {alone}}}"
    day = begin(RIOT, one_each, "strategy.reserves=[]", "strategy.patrols=[]", *LASTING, *NOBODY_ELSE)
    day.until(579.0)
    place = day.world.disturbances.scripted[0].start.place
    guard = day.fleet.guard_of(place.stations[0])
    assert guard is not None
    day.act(Hold(guard.spec.name))
    day.until(590.0)
    assert guard.task is None and day.incidents["s0"].scene.officers == 0
    day.act(Hold(guard.spec.name, held=False))
    day.until(590.1)
    assert guard.task is not None and not guard.task.sent and day.incidents["s0"].scene.officers == 2


def test_an_ambulance_that_is_let_go_helps_who_has_waited_for_it() -> None:
    hurt = "kinds.riot.course.injuries_per_active_hour=0.5"
    one = "evacuation.care.ambulances=[{base: PKM-PUT, count: 1, vehicle: ambulance}]"
    calm = "kinds.riot.severities.red.needs={presence: 30}"
    day = begin(RIOT.replace("45", "60"), hurt, one, calm)
    day.until(570.0)
    day.act(Hold(AMBULANCE))
    day.until(700.0)
    assert day.casualties.all and day.fleet.idle
    assert not [t for t in day.ledger.tasks if t.goal.purpose is Purpose.CASUALTY]
    day.act(Hold(AMBULANCE, held=False))
    day.until(700.001)
    (task,) = [t for t in day.ledger.tasks if t.goal.purpose is Purpose.CASUALTY]
    assert task.ordered == 700.0


def test_a_unit_that_is_withdrawn_goes_home(riotous: Day) -> None:
    riotous.until(582.0)
    riotous.act(Hold(TWO))
    riotous.act(Send(ONE, "s0"))
    riotous.until(600.0)
    riotous.act(Withdraw(ONE))
    log = riotous.run()
    (task,) = rows(log, ONE)
    assert task["outcome"] == Outcome.WITHDRAWN and np.isnan(task["arrived"])
    assert task["returned"] == pytest.approx(600.0 + (600.0 - 588.0)), "as long as it had driven"


def test_the_army_that_is_asked_for_comes_before_it_would_by_itself() -> None:
    army = (
        "response.attached=[{base: YONIF-144, agency: army, teams: 1, size: 30, vehicle: truck, from_severity: red,"
        " request_delay: 25}]"
    )
    mild = (army, RIOT.replace("45", "10"), "kinds.riot.course.join_per_minute=0", "strategy.reserves=[]")
    mild = (*mild, *LASTING, "kinds.riot.severities.green.needs.presence=50")
    name = "attached/YONIF-144/army/1"
    assert rows(begin(*mild).run(), name) == []
    day = begin(*mild)
    day.until(600.0)
    day.act(AskForArmy())
    task = rows(day.run(), name)[0]
    assert task["ordered"] == 600.0 and task["departed"] >= 625.0, "its request delay still passes"


def test_a_station_whose_door_is_shut_serves_who_is_inside_and_nobody_else(riotous: Day) -> None:
    code = "T1.1/01"
    station = station_of(riotous, code)
    riotous.until(500.0)
    before = riotous.polls.votes_so_far(station)
    riotous.act(CloseStation(code))
    riotous.until(540.0)
    after = riotous.polls.votes_so_far(station)
    assert riotous.polls.state(station) is StationState.SHUT
    assert after.in_room == 0 and after.voted == before.voted + before.in_room
    riotous.act(OpenStation(code))
    restart = riotous.world.scenario.voting.restart_minutes
    riotous.until(540.0 + restart + 1)
    assert riotous.polls.state(station) is StationState.OPEN
    log = riotous.run()
    assert log.tables["stations"]["suspended_minutes"][station] == pytest.approx(40.0 + restart)
    assert log.tables["stations"]["voted"][station] > after.voted


CREW = 7
"""Who runs a station and leaves it too."""


def test_a_station_that_is_evacuated_is_empty_until_it_is_opened(riotous: Day) -> None:
    code = "T1.1/01"
    station = station_of(riotous, code)
    riotous.until(500.0)
    people = riotous.polls.crowd(station)
    riotous.act(EvacuateStation(code))
    riotous.until(530.0)
    assert people > 0 and riotous.polls.crowd(station) == 0
    assert riotous.polls.state(station) is StationState.EVACUATED
    riotous.act(OpenStation(code))
    restart = riotous.world.scenario.voting.restart_minutes
    riotous.until(530.0 + restart + 1)
    assert riotous.polls.state(station) is StationState.OPEN
    log = riotous.run()
    e = log.tables["evacuations"]
    (row,) = np.flatnonzero(e["station"] == station)
    assert (e["incident"][row], e["ordered"][row], e["people"][row]) == ("decision", 500.0, people + CREW)
    assert log.tables["stations"]["evacuations"][station] == 1


def test_a_road_is_closed_and_opened() -> None:
    day = begin()
    day.until(600.0)
    day.act(CloseRoad("T1.1--T2.1"))
    assert day.picture().closed_roads == ("T1.1--T2.1",)
    day.act(CloseRoad("Pasar Barat - Pasar Tengah"))  # twice, by its other name
    day.act(OpenRoad("T1.1--T2.1"))
    assert day.roads.closed, "one cause of two is left"
    day.act(OpenRoad("T1.1--T2.1"))
    assert not day.roads.closed
    assert day.picture().closed_roads == ()


def test_a_reserve_that_is_moved_waits_at_its_new_place() -> None:
    day = begin(RIOT.replace("09:40", "11:30"), *LASTING, *GREEDY)
    day.until(500.0)
    day.act(MoveUnit(ONE, "SEK-PUT"))
    day.until(680.0)
    unit = next(u for u in day.fleet.units if u.spec.name == ONE)
    node = day.world.gazetteer.base("SEK-PUT", "here").node
    assert unit.is_idle and day.fleet.position(unit) == Position(node)
    log = day.run()
    moved, sent = rows(log, ONE)[:2]
    assert (moved["purpose"], moved["place"], moved["outcome"]) == ("relocation", "SEK-PUT", "done")
    assert sent["incident"] == "s0" and sent["shortest_minutes"] < 10.0, "from where it was moved to"
    far = rows(log, TWO)[0]
    assert far["shortest_minutes"] > sent["shortest_minutes"] + 40.0


@pytest.mark.parametrize("place", ["SEK-PUT", "Pasar Timur", "T3.1/01", "T2.1--T3.1", "Tanjung Timur"])
def test_a_unit_can_be_moved_to_every_kind_of_place(place: str) -> None:
    day = begin()
    day.until(500.0)
    day.act(MoveUnit(ONE, place))
    day.until(700.0)
    unit = next(u for u in day.fleet.units if u.spec.name == ONE)
    goal = day.plan.spot(day.world.gazetteer.find(place, "here"))
    here = day.fleet.position(unit)
    assert unit.is_idle and here.node in goal.nodes and here.station == goal.station


def test_decisions_are_kept_with_their_times(riotous: Day) -> None:
    riotous.until(500.0)
    riotous.act(Hold(ONE))
    riotous.until(510.0)
    riotous.act(CloseStation("T1.1/01"))
    assert riotous.decisions == [(500.0, Hold(ONE)), (510.0, CloseStation("T1.1/01"))]


def test_the_same_decisions_at_the_same_times_give_the_same_day(riot: World) -> None:
    logs = []
    for _ in range(2):
        day = Day(riot, NAME, 0, draw_day(riot, 0))
        for time, decision in ((582.0, Send(ONE, "s0")), (600.0, EvacuateStation("T1.1/01")), (640.0, Withdraw(ONE))):
            day.until(time)
            day.act(decision)
        logs.append(as_bytes(day.run()))
    assert logs[0] == logs[1]


NONSENSE: list[tuple[Decision, str]] = [
    (Send("reserve/POLRES/9", "s0"), r"send.unit: there is no 'reserve/POLRES/9'; did you mean 'reserve/POLRES/[12]'"),
    (Send(ONE, "s1"), "send.incident: there is no 's1'; known: s0"),
    (Hold("reserve/POLRS/1"), "hold.unit: there is no 'reserve/POLRS/1'; did you mean 'reserve/POLRES/1'"),
    (Withdraw("reserve/POLRS/1"), "withdraw.unit: there is no 'reserve/POLRS/1'; did you mean 'reserve/POLRES/1'"),
    (Withdraw("guard/nowhere/1"), "withdraw.unit: there is no 'guard/nowhere/1'"),
    (AskForArmy(), "ask for the army: no unit of the army is attached"),
    (CloseStation("TPS 1 Pasar Bart"), "close station: .*Pasar Bart'.*'TPS 1 Pasar Barat'"),
    (CloseStation("KPU"), "close station: 'KPU' is a base, but a station"),
    (OpenStation("TPS 1 Pasar Barat"), "open station: 'TPS 1 Pasar Barat' is neither closed nor evacuated by a decision"),
    (OpenStation("TPS 77 Pasar Barat"), "open station: .*TPS 77 Pasar Barat"),
    (EvacuateStation("nowhere at all"), "evacuate station: .*nowhere at all"),
    (CloseRoad("T1.1--T3.1"), "close road: .*T1.1--T3.1"),
    (CloseRoad("KPU"), "close road: 'KPU' is a base, but a road"),
    (OpenRoad("T1.1--T2.1"), "open road: 'T1.1--T2.1' is open"),
    (MoveUnit("reserve/POLRS/1", "SEK-PUT"), "move.unit: there is no 'reserve/POLRS/1'; did you mean 'reserve/POLRES/1'"),
    (MoveUnit(ONE, "SEK-PUTT"), "move.place: unknown place 'SEK-PUTT'.*SEK-PUT"),
]  # fmt: skip


WITHOUT_THE_ARMY = (RIOT, "response.attached=[]")


@pytest.fixture(scope="module")
def untouched() -> dict[str, bytes]:
    """The day on which nobody decides anything."""
    return as_bytes(begin(*WITHOUT_THE_ARMY).run())


@pytest.mark.parametrize(("decision", "says"), NONSENSE, ids=[str(d) for d, _ in NONSENSE])
def test_what_is_not_there_is_refused_with_the_nearest_name_and_leaves_no_trace(
    decision: Decision, says: str, untouched: dict[str, bytes]
) -> None:
    day = begin(*WITHOUT_THE_ARMY)
    day.until(590.0)
    with pytest.raises(UserError, match=says):
        day.act(decision)
    assert day.decisions == []
    assert as_bytes(day.run()) == untouched


def refused(day: Day, decision: Decision, says: str) -> None:
    before = (len(day.ledger.tasks), list(day.decisions), day.picture())
    with pytest.raises(UserError, match=says):
        day.act(decision)
    assert (len(day.ledger.tasks), list(day.decisions), day.picture()) == before


def test_who_is_there_already_is_not_sent_there(riotous: Day) -> None:
    riotous.until(582.0)
    riotous.act(Send(ONE, "s0"))
    riotous.until(583.0)
    refused(riotous, Send(ONE, "s0"), "send.unit: 'reserve/POLRES/1' is at 's0', or on its way there")


def test_what_is_over_needs_nobody(riotous: Day) -> None:
    riotous.until(1700.0)
    refused(riotous, Send(ONE, "s0"), "send.incident: there is no 's0'")


def test_who_does_nothing_cannot_be_withdrawn(riotous: Day) -> None:
    riotous.until(500.0)
    refused(riotous, Withdraw(ONE), "withdraw.unit: 'reserve/POLRES/1' has no task")


def test_an_ambulance_with_somebody_aboard_is_not_called_off() -> None:
    day = begin(RIOT.replace("45", "60"), "kinds.riot.course.injuries_per_active_hour=3")
    carrying = None
    for minute in range(585, 800):
        day.until(float(minute))
        carrying = next((u for u in day.fleet.units if day.casualties.carries(u)), None)
        if carrying is not None and "s0" in day.posko.open:
            break
    assert carrying is not None
    name = carrying.spec.name
    for decision in (Send(name, "s0"), Withdraw(name), MoveUnit(name, "KPU")):
        refused(day, decision, f"'{name}' has an injured person aboard")


def test_boxes_that_are_under_way_are_not_left_for_a_new_position() -> None:
    day = begin()
    escorting = None
    for minute in range(900, 1800, 5):
        day.until(float(minute))
        escorting = next((u for u in day.fleet.units if u.task is not None), None)
        if escorting is not None:
            break
    assert escorting is not None and escorting.task is not None and escorting.task.goal.purpose is Purpose.BOXES
    refused(day, MoveUnit(escorting.spec.name, "KPU"), "has ballot boxes aboard")


@pytest.mark.parametrize("decision", [CloseStation("T1.1/01"), EvacuateStation("T1.1/01")])
def test_a_station_whose_day_is_over_is_left_alone(decision: Decision) -> None:
    day = begin()
    day.until(1600.0)
    refused(day, decision, "the day of 'T1.1/01' is over: it is counted")


def test_a_station_is_opened_once(riotous: Day) -> None:
    riotous.until(500.0)
    riotous.act(CloseStation("T1.1/01"))
    riotous.act(OpenStation("T1.1/01"))
    refused(riotous, OpenStation("T1.1/01"), "is neither closed nor evacuated")


def test_something_that_is_no_decision_is_an_error_of_the_program(day: Day) -> None:
    with pytest.raises(TypeError, match="str is no decision"):
        day.act("send everybody")  # type: ignore[arg-type]
