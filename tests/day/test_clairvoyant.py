"""The best possible beside a day: never worse than the day was, on any day, and it moves the right way."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.clairvoyant.calls import Calls
from sim.clairvoyant.fewest_late import Fewest, fewest_late
from sim.config.dispatch import DispatchRule
from sim.day import Day, draw_day, simulate_day
from sim.day.called import Called, called
from sim.day.clairvoyant import best_of, bound_rows, calls_of
from sim.day.world import World, prepare
from sim.region.road_state import OPEN, RoadState
from sim.streams import Streams
from sim.vocabulary import Severity
from tests.conftest import small_scenario

NAME = "even_spread"
BUSY = (
    "disturbance.background.rate_per_station_hour=0.15",
    "strategy.reserves=[{base: POLRES, teams: 2, size: 6, vehicle: truck}]",
    'closures=[{between: [T1.1, T2.1], closed_at: "10:15", reopened_at: "11:30"}]',
)
"""So much happens that units are missing: which goes where makes a difference."""
NOBODY_ELSE = (
    "response.attached=[]",
    "response.sector_patrol_size=0",
    "strategy.patrols=[]",
    *(f"strategy.guards.{name}={{police: 0, stations: 4, wardens: 8}}" for name in ("very_high", "high", "low")),
)
"""No officers but the reserves."""
RULES = {
    DispatchRule.FIXED_PREFERENCE: ", preference: {district 2: [POLRES]}",
    DispatchRule.TIERED: "",
    DispatchRule.HOLD_RESERVE: ", hold_back: 1, within_minutes: 15, busy: 0.3",
    DispatchRule.PREPAREDNESS: ", within_minutes: 15, busy: 0.3",
}
"""What a rule has of its own."""


TAKEN = (
    "{way_home: true, farther_minutes: 2, taken_for: {green: {after_end: true}, yellow: {under_way: [green], on_scene: [green]},"
    " red: {under_way: [green, yellow], on_scene: [green, yellow], after_end: true}}}"
)
"""Nearly everything that re-tasking can do."""


DYNAMIC = "{rule: dynamic, every_minutes: 20, within_minutes: 12, busy: 0.5, least_gain: 0, most_minutes: 90}"
SEPARATE = "{rule: separate, desks: 1, handling: {mean_minutes: 3, cv: 0.5}}"


def dispatch(rule: DispatchRule, guards_from: str = "null", more: str = "") -> str:
    common = f"policy: {rule}, take_guards_from: {guards_from}, guards_within_minutes: 15"
    return f"strategy.dispatch={{{common}{RULES.get(rule, '')}{more}}}"


def played(world: World, number: int) -> tuple[Day, list[Called], Calls]:
    """A day that is over, what it asked for, and that as arrays."""
    day = Day(world, NAME, number, draw_day(world, number))
    day.run()
    found = called(day.incidents.values(), day.ledger.tasks, day.plan, unused(day))
    return day, found, calls_of(found, day.ledger.tasks, day.fleet, day.roads, day.plan, unused(day))


def unused(day: Day) -> Streams:
    return Streams(day.world.scenario.run.seed, day.replication)


def totals(*overrides: str, days: int = 6) -> tuple[int, int]:
    """Late responses and the fewest possible, over some days."""
    world = prepare(small_scenario(*BUSY, *overrides))
    rows = [simulate_day(world, NAME, number).tables["bounds"] for number in range(days)]
    return sum(int(row["late"][0]) for row in rows), sum(int(row["best_late"][0]) for row in rows)


@pytest.fixture(scope="module")
def busy_world() -> World:
    return prepare(small_scenario(*BUSY))


@pytest.fixture(scope="module")
def busy(busy_world: World) -> tuple[Day, list[Called], Calls]:
    return played(busy_world, 1)


@pytest.mark.parametrize("rule", DispatchRule)
@given(
    guards_from=st.sampled_from(["null", "green", "red"]),
    more=st.sampled_from(["", ", in_time_minutes: 8"]),
    relocation=st.sampled_from(["{rule: none}", "{rule: forward_on_yellow, most_minutes: 60}", DYNAMIC]),
    command=st.sampled_from(["{rule: on_request}", "{rule: joint_command}", SEPARATE]),
    retasking=st.sampled_from(["{}", "{way_home: true, keep_officers: 0, eased_minutes: 5}", TAKEN]),
    duty=st.sampled_from(["{}", "{longest_minutes: 120, rest_minutes: 60, tired_after_minutes: 60, tired_factor: 3}"]),
    standard=st.sampled_from([4, 10, 25]),
    night=st.booleans(),
    number=st.integers(0, 1_000),
)
@settings(max_examples=4, deadline=None)
def test_no_day_is_better_than_the_best_possible(
    rule: DispatchRule, guards_from: str, more: str, relocation: str, command: str, retasking: str, duty: str,
    standard: int, night: bool, number: int,
) -> None:  # fmt: skip
    dark = ['response.night.from_time="11:00"'] if night else []
    world = prepare(
        small_scenario(
            *BUSY, dispatch(rule, guards_from, more), f"+strategy.relocation={relocation}", *dark,
            f"+strategy.retasking={retasking}", f"+strategy.duty={duty}",
            f"+strategy.command={command}", f"response.standard_minutes={standard}", "run.bound_days=10000",
        )
    )  # fmt: skip
    bounds = simulate_day(world, NAME, number).tables["bounds"]  # the accounts are checked as well
    assert 0 <= bounds["best_late"][0] <= bounds["late"][0] <= bounds["calls"][0]
    assert bounds["proved"][0] == 1


def test_what_was_is_one_of_the_dispatches_looked_at(busy: tuple[Day, list[Called], Calls]) -> None:
    """Even where nothing else were possible at all, those who came in time come in time."""
    _, found, calls = busy
    nobody = np.full_like(calls.there, np.inf)
    alone = fewest_late(replace(calls, there=nobody, may=np.zeros_like(calls.may)))
    assert 0 < sum(call.is_late for call in found) == alone.late < len(found)
    assert fewest_late(replace(calls, known=())).late <= alone.late, "and what is said of units has it in it"


def test_more_time_and_more_who_may_go_never_make_it_worse(busy_world: World) -> None:
    worlds = [prepare(small_scenario(*BUSY, f"response.standard_minutes={standard}")) for standard in (3, 10, 30)]
    for number in range(3):
        few, some, most = (simulate_day(world, NAME, number).tables["bounds"] for world in worlds)
        assert few["best_late"][0] >= some["best_late"][0] >= most["best_late"][0]
        assert few["late"][0] >= some["late"][0] >= most["late"][0]
        day, _, calls = played(busy_world, number)
        best, units = fewest_late(calls).late, np.arange(len(day.fleet.units)) % 2 == 0
        kept = {name: getattr(calls, name)[units] for name in ("order", "there", "kind", "home", "ready", "may")}
        assert fewest_late(replace(calls, **kept, known=())).late >= best


def test_a_rule_that_sends_those_far_away_is_late_where_none_need_be() -> None:
    """The third place is too far from everybody; at the others those who wait there would be in time."""
    wrong = dispatch(DispatchRule.FIXED_PREFERENCE).replace(
        "{district 2: [POLRES]}", "{district 1: [SEK-PUT], district 3: [POLRES]}"
    )
    places = (("09:00", "T1.1"), ("11:00", "T3.1"), ("12:00", "T1.2"))
    clashes = [f'{{kind: clash, onset: "{onset}", place: {place}, followers: 0}}' for onset, place in places]
    teams = [f"{{base: {base}, teams: 1, size: 6, vehicle: car}}" for base in ("POLRES", "SEK-PUT")]
    alone = (
        "disturbance.background.rate_per_station_hour=0", f"incidents=[{', '.join(clashes)}]",
        f"strategy.reserves=[{', '.join(teams)}]", "response.mobilisation.reserve={mean_minutes: 1, cv: 0.2}",
        *NOBODY_ELSE,
    )  # fmt: skip
    assert totals(*alone, wrong, "strategy.dispatch.in_time_minutes=null", days=3) == (9, 3)
    assert totals(*alone, wrong, days=3) == (3, 3), "those who are near go all the same"
    assert totals(*alone, dispatch(DispatchRule.NEAREST), days=3) == (3, 3)


def test_no_rule_beats_the_best_possible_beside_another() -> None:
    """On days on which the same was reported at the same times; the bound is of the day more than of the rule."""
    quiet = ("disturbance.spread.followers=0", "disturbance.background.rate_per_station_hour=0.06", "closures=[]")
    rules = (DispatchRule.NEAREST, DispatchRule.FEWEST_UNITS, DispatchRule.FIXED_PREFERENCE)
    worlds = [prepare(small_scenario(*BUSY, *quiet, dispatch(rule))) for rule in rules]
    same = 0
    for number in range(8):
        days = []
        for world in worlds:
            log = simulate_day(world, NAME, number)
            asked = log.tables["incidents"]["needed"] > 0
            reported = {name: log.tables["incidents"][name][asked] for name in ("incident", "reported")}
            days.append((str(sorted(zip(*reported.values(), strict=True))), log.tables["bounds"]))
        for (one, mine), (other, theirs) in permutations(days, 2):
            if one == other:
                same += 1
                assert mine["best_late"][0] <= theirs["late"][0]
    assert same >= 8


def test_what_is_late_by_distance_is_late_at_best() -> None:
    nobody = ("strategy.reserves=[]", "strategy.patrols=[]", "response.attached=[]", "response.sector_patrol_size=0")
    late, best = totals(*nobody, dispatch(DispatchRule.NEAREST))
    assert late > best * 0.9, "guards of other posts may not be sent: nobody can be chosen"
    _, slow = totals("response.posko.alarm_handling={mean_minutes: 15, cv: 0}", "response.sector_posts.desks=0")
    _, quick = totals("response.posko.alarm_handling={mean_minutes: 0.1, cv: 0}", "response.sector_posts.desks=0")
    assert slow > quick, "nobody can be sent before the report has been dealt with"


def test_with_more_reserves_fewer_are_late_at_best() -> None:
    """Nobody else is there: who goes rounds comes by sooner or later by chance, as other calls have left him on it."""

    def late(reserves: str) -> int:
        return totals(
            f"strategy.reserves=[{reserves}]", "response.mobilisation.reserve={mean_minutes: 1, cv: 0.2}",
            "disturbance.spread.followers=0", "disturbance.background.rate_per_station_hour=0.05", "closures=[]",
            "disturbance.background.deterrence_per_officer=0",
            # so far that a second team matters, and so long that it is needed
            "response.standard_minutes=25", "response.work={mean_minutes: 90, cv: 0.2}",
            *NOBODY_ELSE, days=15,
        )[1]  # fmt: skip

    team = "{{base: SEK-SINDANG, teams: {}, size: 6, vehicle: car}}"
    none, some, twice, four_times = late(""), *(late(team.format(teams)) for teams in (1, 2, 4))
    assert four_times < twice <= some < none


def test_the_same_day_has_the_same_bound_and_days_beyond_have_none() -> None:
    world = prepare(small_scenario(*BUSY, "run.bound_days=2"))
    rows = [simulate_day(world, NAME, number).tables["bounds"] for number in (0, 1, 1, 2)]
    assert [len(row["late"]) for row in rows] == [1, 1, 1, 0]
    assert all(np.array_equal(rows[1][name], rows[2][name]) for name in rows[1])
    without = simulate_day(prepare(small_scenario(*BUSY, "run.bound_days=0")), NAME, 1)
    assert not len(without.tables["bounds"]["late"])
    other = simulate_day(world, NAME, 1)
    assert all(
        np.array_equal(without.tables[table][name].astype(str), other.tables[table][name].astype(str))
        for table in other.tables if table != "bounds" for name in other.tables[table]
    ), "working it out changes nothing of the day"  # fmt: skip


def test_a_day_without_calls_has_none_late() -> None:
    quiet = prepare(small_scenario("disturbance.background.rate_per_station_hour=0"))
    day = Day(quiet, NAME, 0, draw_day(quiet, 0))
    day.run()
    rows = bound_rows(day.incidents.values(), day.ledger.tasks, day.fleet, day.roads, day.plan, unused(day))
    assert rows == [(0, 0, 0, 1)]


def test_a_day_with_too_much_of_it_has_no_bound(busy_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for limit in ("MOST_PAIRS", "MOST_CALLS"):
        with monkeypatch.context() as patched:
            patched.setattr(f"sim.day.clairvoyant.{limit}", 10)
            assert not len(simulate_day(busy_world, NAME, 1).tables["bounds"]["late"])


def test_a_call_knows_who_was_first_and_since_when_he_could_be_sent(busy: tuple[Day, list[Called], Calls]) -> None:
    day, found, calls = busy
    rows = {incident.identity: incident.times for incident in day.incidents.values()}
    for call in found:
        times = rows[call.identity]
        soonest = min(call.known[Severity.GREEN], call.sector)
        assert call.known[Severity.GREEN] <= call.known[Severity.YELLOW] <= call.known[Severity.RED]
        assert np.isnan(times.ordered) or soonest <= times.ordered + 1e-9
        assert call.first is None or call.first.arrived == times.first_on_scene
    assert any(call.first is not None and not call.first.sent for call in found), "a pair that stood there"
    assert [call.free for call in found] == sorted(call.free for call in found)
    assert np.array_equal(calls.free, [call.free for call in found])


def test_a_unit_is_ready_as_soon_as_it_ever_was(busy: tuple[Day, list[Called], Calls]) -> None:
    day, found, calls = busy
    names = {call.identity for call in found}
    took = [
        (task.unit.index, task.departed - task.ordered)
        for task in day.ledger.tasks
        if task.sent and task.goal.incident in names and not np.isnan(task.departed)
    ]
    assert took
    assert all(calls.ready[unit] <= minutes + 1e-9 for unit, minutes in took)
    sent = {task.unit.index for task in day.ledger.tasks if task.sent}
    assert set(np.flatnonzero(calls.ready)) - sent, "who was never called needs the first that it would have drawn"


def test_roads_that_changed_are_taken_as_the_best_of_each() -> None:
    shut = RoadState.of(frozenset({3, 4}), {5: 0.5, 6: 0.2}, dark=True)
    other = RoadState.of(frozenset({4, 7}), {5: 0.7, 8: 0.1}, dark=True)
    assert best_of([shut, other]) == RoadState.of(frozenset({4}), {5: 0.7}, dark=True)
    assert best_of([shut, other, OPEN]) == OPEN
    assert best_of([shut]) is shut


def test_a_unit_that_goes_with_the_boxes_does_not_answer_calls(busy: tuple[Day, list[Called], Calls]) -> None:
    day, found, calls = busy
    with_boxes = [t for t in day.ledger.tasks if t.goal.purpose == "boxes"]
    assert with_boxes
    for task in with_boxes:
        for i, call in enumerate(found):
            order = calls.order[task.unit.index, i]
            if task.ordered <= order < task.released and order > call.onset:
                assert calls.there[task.unit.index, i] >= task.released, "by its round, after them"


def test_nothing_late_needs_nothing_of_the_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = Calls.of(np.zeros(2), np.ones((2, 2)), np.full(2, 10.0), np.array([50.0, 60.0]), np.ones((2, 2)))
    monkeypatch.setattr("sim.clairvoyant.fewest_late._paths", None)
    assert fewest_late(calls) == Fewest(0, 0, ((0, (0,)), (1, (1,))))
