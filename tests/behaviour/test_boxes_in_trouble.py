"""What happens to ballot boxes that wait or are on their way, on whole days: officers make it rarer, and shorter."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from sim.config.compose import load
from sim.config.fields import format_clock
from sim.day import Day, draw_day, simulate_day
from sim.day.decisions import Send
from sim.day.world import World, prepare
from sim.disturbance.incident import Incident
from sim.log import DayLog
from sim.vocabulary import Capability, PlaceKind
from tests.behaviour.moves import NEVER_PUT_OFF
from tests.conftest import small_scenario
from tests.day.conftest import as_bytes

INTERCEPTION = "ballot_box_interception"
ONLY_BOXES = tuple(
    f"kinds.{name}.background_weight=0"
    for name in ("vandalism", "intimidation", "bomb_threat", "clash", "ballot_box_seizure", "blackout", "riot", "brawl",
                 "hoax")
)  # fmt: skip
HARMLESS = tuple(f"kinds.ballot_box_interception.severities.{s}.effects=[]" for s in ("green", "yellow", "red"))
"""Nothing is held: the boxes are at risk for the same time whatever happens to them."""
TOGETHER = "response.escort.gather_minutes=240"
"""Boxes wait with their officers for all others of the village."""
DAYS = 30


def with_officers(number: int, stations: int = 4) -> tuple[str, ...]:
    classes = ("very_high", "high", "low")
    return tuple(f"strategy.guards.{c}={{police: {number}, stations: {stations}, wardens: 0}}" for c in classes)


@cache
def days(factor: float, rule: str = "crew_and_warden", *more: str, count: int = DAYS) -> tuple[DayLog, ...]:
    world = made(factor, rule, *more)
    return tuple(simulate_day(world, "even_spread", day) for day in range(count))


def made(factor: float, rule: str = "crew_and_warden", *more: str) -> World:
    return prepare(
        small_scenario(
            *with_officers(2), "strategy.patrols=[]", "strategy.reserves=[]", "response.sector_patrol_size=0", *ONLY_BOXES,
            "region.forces.police=400", f"strategy.escort={rule}", "disturbance.background.rate_per_station_hour=0.05",
            f"disturbance.background.boxes_factor={factor}", *NEVER_PUT_OFF, *more,
        )
    )  # fmt: skip


def begun(logs: tuple[DayLog, ...]) -> int:
    return sum(len(log.tables["incidents"]["onset"]) for log in logs)


def column(logs: tuple[DayLog, ...], name: str) -> np.ndarray:
    return np.concatenate([log.tables["stations"][name] for log in logs])


def test_without_the_factor_nothing_starts_at_boxes_and_with_more_more_does() -> None:
    numbers = [begun(days(factor)) for factor in (0.0, 0.5, 2.0)]
    assert numbers[0] == 0 and 3 <= numbers[1] < 0.5 * numbers[2]
    assert column(days(0.0), "held_minutes").max() == 0.0
    shares = [(column(days(factor), "held_minutes") > 0).mean() for factor in (0.0, 0.5, 2.0)]
    assert shares == sorted(shares) and shares[1] > 0
    places = {place for log in days(2.0) for place in log.tables["incidents"]["place_kind"]}
    assert places == {PlaceKind.STATION, PlaceKind.AREA, PlaceKind.ROAD}, "wherever they can be"


def test_more_officers_with_the_boxes_make_it_rarer_and_where_they_deter_nobody_they_do_not() -> None:
    guards = with_officers(0), with_officers(2), with_officers(6, stations=2)
    pairs = [begun(days(2.0, "pair_each_village", *people)) for people in guards]
    assert pairs == sorted(pairs, reverse=True) and pairs[2] < 0.6 * pairs[0]
    deters = "disturbance.background.deterrence_per_officer=0"
    pairs = [begun(days(4.0, "pair_each_village", deters, *HARMLESS, *with_officers(n))) for n in (0, 2)]
    assert pairs[0] == pairs[1] > 50, "they are at risk for the same time"


def test_boxes_are_safer_with_pairs_than_with_the_crew_alone() -> None:
    alone, pairs = (begun(days(2.0, rule, *HARMLESS)) for rule in ("crew_and_warden", "pair_each_village"))
    assert pairs < 0.9 * alone


def test_an_hour_of_the_boxes_is_safer_with_a_pair_than_with_the_crew_alone() -> None:
    """By hours: boxes that wait for each other are at risk for longer."""
    per_hour, pairs = {}, with_officers(2, stations=1)
    for rule in ("crew_and_warden", "pair_each_village"):
        logs = days(2.0, rule, TOGETHER, *HARMLESS, *pairs)
        per_hour[rule] = begun(logs) / weighted_hours(made(2.0, rule, *pairs), logs)
    assert per_hour["pair_each_village"] < 0.8 * per_hour["crew_and_warden"]


def weighted_hours(world: World, logs: tuple[DayLog, ...]) -> float:
    """Hours from counted to handed over, those of vulnerable stations counted by their weight."""
    minutes = np.nan_to_num(column(logs, "boxes_home") - column(logs, "counted"))
    return float((np.tile(world.disturbances.weight, len(logs)) * minutes).sum()) / 60.0


def test_boxes_that_are_held_are_home_later_never_sooner_and_all_are_let_go() -> None:
    for rule in ("crew_and_warden", "pair_each_village"):
        free, held = (days(factor, rule) for factor in (0.0, 2.0))
        assert np.array_equal(column(free, "counted"), column(held, "counted"), equal_nan=True)
        later = column(held, "boxes_home") - column(free, "boxes_home")
        minutes = column(held, "held_minutes")
        assert np.isfinite(column(held, "boxes_home"))[np.isfinite(column(free, "boxes_home"))].all()
        assert later.min() > -1e-6 and (minutes > 0).sum() > 10
        assert np.all(later[minutes > 0] >= 0) and later[minutes > 0].mean() > 20.0
        if rule == "crew_and_warden":
            assert np.all(later[minutes > 5.0] >= minutes[minutes > 5.0] - 5.0 - 1e-6), "but for the loading"
            assert np.abs(later[minutes == 0]).max() < 1e-6, "the others pass them on the road"


def test_officers_who_go_with_the_boxes_are_there_from_the_first_moment() -> None:
    logs = days(2.0, "pair_each_village", TOGETHER, "disturbance.background.deterrence_per_officer=0.05")
    found = met = 0
    for log in logs:
        t, tasks = log.tables["incidents"], log.tables["tasks"]
        for i in np.flatnonzero(t["place_kind"] == PlaceKind.ROAD):
            found += 1
            if t["first_on_scene"][i] == t["onset"][i]:
                met += 1
                assert t["first_sent"][i] == 0
                mine = tasks["incident"] == t["incident"][i]
                assert not np.any(tasks["arrived"][mine] <= t["onset"][i]), "and not by a task for it"
    assert found > 5 and met > 0.5 * found
    for log in days(2.0):
        t = log.tables["incidents"]
        assert not np.any((t["place_kind"] == PlaceKind.ROAD) & (t["first_on_scene"] == t["onset"]))


def test_officers_with_the_boxes_are_reckoned_with_once() -> None:
    """Also where somebody orders them to where they are: they leave the boxes for it, and come as those who are sent."""
    day, there = next(filter(None, map(met_on_the_road, range(DAYS))))
    assert there.start.boxes_of is not None
    unit = day.escort.unit_with(there.start.boxes_of)
    assert unit is not None and there.scene.officers == unit.officers == 2
    assert day.posko.dispatcher.there[there.identity] == unit.spec.provides
    assert not day.ledger.coming(there.identity, Capability.PRESENCE), "none has a task for it yet"
    day.act(Send(unit.spec.name, there.identity))
    seen = set()
    while not there.is_over:
        day.until(day.env.now + 0.1)
        on_scene = [task.unit for task in day.ledger.open_tasks(there.identity) if task.on_scene]
        with_them = day.escort.unit_with(there.start.boxes_of)
        seen.add(there.scene.officers)
        if not there.is_over:
            assert there.scene.officers == sum(u.officers for u in {*on_scene, *filter(None, [with_them])})
    assert 0 in seen, "the pair is on its way, by its own way"


def met_on_the_road(number: int) -> tuple[Day, Incident] | None:
    """Play a day until something has started at boxes that officers go with; None where nothing does."""
    world = made(2.0, "pair_each_village", "disturbance.background.deterrence_per_officer=0.05")
    day = Day(world, "even_spread", number, draw_day(world, number))
    while day.env.now < 1300.0:
        day.until(day.env.now + 1.0)
        for one in day.incidents.values():
            just_begun = one.place.kind is PlaceKind.ROAD and day.env.now < one.times.onset + 1.0
            if just_begun and not one.is_over and one.scene.officers:
                return day, one
    return None


def test_candidates_at_boxes_come_by_rate_and_time_at_risk() -> None:
    """Nothing deters and nothing is held: a Poisson number with mean rate x weight x factor x box-hours."""
    deterred = "disturbance.background.deterrence_per_officer=0"
    for factor in (1.0, 6.0):
        logs = days(factor, "crew_and_warden", deterred, *HARMLESS, count=60)
        expected = 0.05 * factor * weighted_hours(made(factor), logs)
        assert expected > 20 and abs(begun(logs) - expected) / np.sqrt(expected) < 3.5


def test_a_day_with_trouble_at_boxes_is_the_same_in_steps_and_once_more() -> None:
    world = made(4.0, "pair_each_village")
    draws = draw_day(world, 1)
    whole = as_bytes(Day(world, "even_spread", 1, draws).run())
    stepped = Day(world, "even_spread", 1, draws)
    for time in range(780, 1790, 7):
        stepped.until(float(time))
        stepped.picture()
    log = stepped.run()
    assert as_bytes(log) == whole and log.tables["stations"]["held_minutes"].max() > 0


@pytest.mark.parametrize("scenario", ["calm_day", "landslide_trunk", "riot_kecamatan3"])
def test_the_accounts_of_packaged_scenarios_hold_with_much_trouble_at_boxes(scenario: str) -> None:
    world = prepare(load(scenario, ["run.check=true", "disturbance.background.boxes_factor=20"]))
    held = 0
    for name in world.responses:
        t = simulate_day(world, name, 0).tables
        held += int((t["stations"]["held_minutes"] > 0).sum())
        at_boxes = t["incidents"]["kind"] == INTERCEPTION
        assert np.all(t["incidents"]["onset"][at_boxes] >= np.nanmin(t["stations"]["counted"]))
    assert held > 0


def test_a_seizure_by_script_holds_the_boxes_of_its_station() -> None:
    free = days(0.0, count=1)
    station = made(0.0).gazetteer.station("T2.1", "place").station
    onset = format_clock(int(column(free, "counted")[station]) - 3)
    held = days(
        0.0,
        "crew_and_warden",
        *(
            f"kinds.ballot_box_seizure.severities.{s}.effects=[{{effect: hold_boxes}}]"
            for s in ("green", "yellow", "red")
        ),
        f'incidents=[{{kind: ballot_box_seizure, onset: "{onset}", place: T2.1, starters: 30, followers: 0}}]',
        count=1,
    )
    (one,) = np.flatnonzero(column(held, "held_minutes") > 0)
    ended = held[0].tables["incidents"]["ended"][0]
    assert one == station and column(held, "boxes_left")[one] >= ended + 10.0 > column(free, "boxes_left")[one]
