"""How roads that close, slow down or grow dark change a day; paired days in the small regency.

One road joins its third district to the rest: Pasar Tengah - Pasar Timur, 17.2 km of trunk. One reserve waits at the
headquarters in the first district, a good half hour before that road, and nobody else has officers.
"""

from __future__ import annotations

import dataclasses
import functools
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from sim.day import simulate_day
from sim.day.world import World, prepare
from sim.log import DayLog
from sim.region.load import load_region
from sim.region.write import write_region
from sim.vocabulary import Access
from tests.conftest import small_scenario

DAYS = 5
ALONE = (
    "response.reporting.false_reports.per_hour=0",
    "disturbance.background.rate_per_station_hour=0",
    "response.attached=[]",
    "response.sector_patrol_size=0",
    "strategy.patrols=[]",
    "strategy.guards={very_high: {police: 0}, high: {police: 0}, low: {police: 0}}",
    "kinds.intimidation.course.duration={mean_minutes: 900, cv: 0}",
    "kinds.intimidation.telling=null",
    'incidents=[{kind: intimidation, onset: "09:30", place: "Pasar Timur"}]',
)
RESERVE = "strategy.reserves=[{base: POLRES, teams: 1, size: 4, vehicle: car}]"
BEYOND = "[Pasar Tengah, Pasar Timur]"
NIGHT_FACTORS = "{town: %g, trunk: %g, secondary: %g, hill: %g, local: %g}"


@functools.cache
def played(*overrides: str) -> tuple[World, tuple[DayLog, ...]]:
    world = prepare(small_scenario(*ALONE, *(overrides if "reserves" in "".join(overrides) else (RESERVE, *overrides))))
    return world, tuple(simulate_day(world, "even_spread", r) for r in range(DAYS))


def never_is_infinite(logs: tuple[DayLog, ...], column: str) -> np.ndarray:
    """A time of the scripted disturbance on each day."""
    times = np.array([log.tables["incidents"][column][0] for log in logs])
    return np.where(np.isnan(times), np.inf, times)


def first_on_scene(*overrides: str) -> np.ndarray:
    return never_is_infinite(played(*overrides)[1], "first_on_scene")


def closed(at: str, until: str | None) -> str:
    end = "" if until is None else f', reopened_at: "{until}"'
    return f'{{between: {BEYOND}, closed_at: "{at}"{end}}}'


def closures(*which: str) -> str:
    return f"closures=[{', '.join(which)}]"


def outcomes(logs: tuple[DayLog, ...]) -> set[str]:
    return {
        str(o) for log in logs for o in log.tables["tasks"]["outcome"][log.tables["tasks"]["purpose"] == "incident"]
    }


QUARTERS = [("09:20", "09:35"), ("09:45", "10:00"), ("10:05", "10:20"), ("10:15", "10:30"), ("10:25", "10:40")]


@pytest.mark.parametrize(("at", "until"), QUARTERS)
def test_a_quarter_of_an_hour_lies_between_no_closure_and_one_for_good(at: str, until: str) -> None:
    none, quarter, for_good = (
        first_on_scene(),
        first_on_scene(closures(closed(at, until))),
        first_on_scene(closures(closed(at, None))),
    )
    assert np.all(none <= quarter + 1e-9) and np.all(quarter <= for_good + 1e-9)
    assert np.all(np.isfinite(quarter)), "whoever waits goes on"
    assert np.all(quarter - none <= 15.0 + 1e-9) or at < "09:45", "under way it costs no more than it lasted"


def test_closures_of_the_only_road_cost_something_somewhere() -> None:
    none = first_on_scene()
    later = [first_on_scene(closures(closed(*when))) - none for when in QUARTERS]
    assert max(float(delay.max()) for delay in later) > 5.0
    assert np.isinf(first_on_scene(closures(closed("10:05", None)))).all()


def test_two_closures_that_overlap_are_over_with_the_last() -> None:
    both = first_on_scene(closures(closed("10:05", "10:20"), closed("10:12", "10:33")))
    assert np.array_equal(both, first_on_scene(closures(closed("10:05", "10:33"))))
    nested = first_on_scene(closures(closed("10:05", "10:33"), closed("10:12", "10:20")))
    assert np.array_equal(nested, both)
    assert np.all(both >= first_on_scene(closures(closed("10:05", "10:20"))))


def test_who_is_cut_off_for_good_is_recorded_so_and_called_off_after_the_wait() -> None:
    _, logs = played(closures(closed("10:05", None)))
    assert outcomes(logs) == {"cut_off"}
    for log in logs:
        t = log.tables["tasks"]
        assert np.isnan(t["arrived"]).all() and np.isnan(log.tables["incidents"]["first_on_scene"]).all()
        assert np.all(t["km"] >= 17.5), "it went as far as the closure"
    _, at_once = played(closures(closed("10:05", None)), "response.wait_at_closure_minutes=0")
    assert outcomes(at_once) == {"cut_off"}
    driven = [[float(log.tables["tasks"]["km"].sum()) for log in days] for days in (at_once, logs)]
    assert all(turned < drove_on for turned, drove_on in zip(*driven, strict=True)), "it turned where it heard of it"


def test_who_waits_until_the_road_opens_never_comes_later_than_who_gave_up() -> None:
    when = closures(closed("10:05", "10:50"))
    *gave_up, outlasted = [first_on_scene(when, f"response.wait_at_closure_minutes={m}") for m in (0, 10, 20, 120)]
    for soon in gave_up:
        assert np.all(outlasted <= soon + 1e-9) and np.all(outlasted < soon - 5.0)


def test_who_cannot_come_is_judged_cut_off_and_counted_and_asked_again_when_the_road_opens() -> None:
    two = (
        "strategy.reserves=[{base: POLRES, teams: 1, size: 4, vehicle: car},"
        " {base: SEK-KOTAPADANG, teams: 1, size: 2, vehicle: car}]"
    )
    need = "kinds.intimidation.severities.green.needs={presence: 6}"
    _, logs = played(two, need, closures(closed("09:00", "11:30")))
    for log in logs:
        t = log.tables["tasks"]
        sent = {str(unit): i for i, unit in enumerate(t["unit"]) if t["purpose"][i] == "incident"}
        assert t["cut_off"][sent["reserve/SEK-KOTAPADANG/1"]] == 1, "the verdict on the other one"
        assert t["ordered"][sent["reserve/POLRES/1"]] == 690.0, "at the moment when the road opens"


def test_who_waits_at_a_closure_is_not_counted_on() -> None:
    """Somebody beyond it is sent although the strength asked for is on its way, in a manner of speaking."""
    two = (
        "strategy.reserves=[{base: POLRES, teams: 1, size: 4, vehicle: car},"
        " {base: SEK-KOTAPADANG, teams: 1, size: 4, vehicle: car}]"
    )
    nearest = "strategy.dispatch.policy=fewest_units"
    busy = (
        'incidents=[{kind: intimidation, onset: "09:00", place: "Hulu Sungai"},'
        '{kind: intimidation, onset: "09:30", place: "Pasar Timur"}]',
        "kinds.intimidation.course.duration={mean_minutes: 70, cv: 0}",
        "kinds.intimidation.course.resolve={mean_minutes: 900, cv: 0}",
        "response.work={mean_minutes: 1, cv: 0}",
        "response.wait_at_closure_minutes=300",
        closures(closed("10:05", None)),
    )
    _, logs = played(two, nearest, *busy)
    for log in logs:
        t = log.tables["tasks"]
        second = t["incident"] == "s1"
        assert {"reserve/POLRES/1", "reserve/SEK-KOTAPADANG/1"} == set(t["unit"][second].tolist())
        assert not np.isnan(log.tables["incidents"]["first_on_scene"][1])


@pytest.mark.parametrize("begins", ["08:00", "10:05", "10:30"])
def test_the_slower_a_road_the_later_the_help_and_never_sooner(begins: str) -> None:
    def slow(factor: float) -> np.ndarray:
        return first_on_scene(f'slow_stretches=[{{between: {BEYOND}, factor: {factor:g}, from_time: "{begins}"}}]')

    times = [first_on_scene(), slow(0.9), slow(0.5), slow(0.2)]
    for faster, slower in pairwise(times):
        assert np.all(slower >= faster - 1e-9)
    assert np.all(times[-1] > times[0])


def test_a_slow_stretch_lies_between_a_free_road_and_one_that_stays_slow() -> None:
    def slow(until: str) -> np.ndarray:
        stretch = f'{{between: {BEYOND}, factor: 0.25, from_time: "10:10"{until}}}'
        return first_on_scene(f"slow_stretches=[{stretch}]")

    free, quarter, always = first_on_scene(), slow(', to_time: "10:40"'), slow("")
    assert np.all(free <= quarter) and np.all(quarter <= always) and np.any(quarter < always - 1.0)
    assert np.all(quarter - free <= 0.75 * 30 + 1e-9), "of half an hour at a quarter of the speed"


def test_a_factor_of_one_is_no_slow_stretch() -> None:
    _, free = played()
    _, same = played(f'slow_stretches=[{{between: {BEYOND}, factor: 1, from_time: "10:00"}}]')
    for one, other in zip(free, same, strict=True):
        for name, column in one.tables["tasks"].items():
            assert np.array_equal(column.astype(str), other.tables["tasks"][name].astype(str)), name


def test_a_disturbance_on_a_road_can_slow_it() -> None:
    two = (
        'incidents=[{kind: intimidation, onset: "09:30", place: "Pasar Timur"},'
        '{kind: landslide, onset: "09:40", place: "Pasar Tengah - Pasar Timur"}]'
    )
    slow = "kinds.landslide.severities.yellow.effects=[{effect: slow_road, factor: 0.3}]"
    nothing = "kinds.landslide.severities.yellow={needs: {engineering: 8}, effects: []}"
    assert np.all(first_on_scene(two, slow) > first_on_scene(two, nothing) + 5.0)


def boxes_home(*overrides: str) -> np.ndarray:
    _, logs = played(*overrides)
    return np.concatenate([log.tables["stations"]["boxes_home"] for log in logs])


def night(factor: float, dusk: str = "18:10", dawn: str = "05:45") -> str:
    factors = NIGHT_FACTORS % ((factor,) * 5)
    return f'response.night={{from_time: "{dusk}", to_time: "{dawn}", speed_factor: {factors}}}'


def test_the_darker_the_later_the_boxes_are_home_and_never_sooner() -> None:
    by_day, dark, darker = (boxes_home(night(f, dusk="14:00")) for f in (1.0, 0.7, 0.4))
    assert np.all(dark >= by_day - 1e-9) and np.all(darker >= dark - 1e-9) and np.any(darker > dark + 1.0)


def test_the_night_slows_only_who_is_under_way_in_it() -> None:
    by_day, dark = first_on_scene(night(1.0)), first_on_scene(night(0.5))
    assert np.array_equal(by_day, dark), "in the morning nobody notices"
    all_day = first_on_scene(night(0.5, dusk="05:00", dawn="04:59"))
    some = first_on_scene(night(0.5, dusk="10:10", dawn="05:45"))
    assert np.all(by_day < some) and np.all(some < all_day)


def test_nobody_is_faster_than_the_roads_in_the_dark() -> None:
    """The accounts are checked on every one of these days; here the bound itself, with the night's own speed."""
    world, logs = played(night(0.5, dusk="05:00", dawn="04:59"))
    assert world.nights and world.scenario.run.check
    for log in logs:
        t = log.tables["tasks"]
        sent = (t["purpose"] == "incident") & ~np.isnan(t["arrived"])
        access = world.places.access.max()
        assert np.all(t["arrived"][sent] - t["departed"][sent] >= 2 * (t["shortest_minutes"][sent] - access) - 1e-6)


def on_tracks(folder: Path, vehicle: str) -> list[tuple[np.ndarray, int]]:
    """When the help comes in a vehicle, and voters that it covers: every station by road, and then by track."""
    region, found = load_region(small_scenario().region), []
    for way in (Access.ROAD, Access.MOTORCYCLE):
        ways = (way,) * len(region.stations)
        here = folder / way
        write_region(dataclasses.replace(region, stations=dataclasses.replace(region.stations, access=ways)), here)
        reserve = f"strategy.reserves=[{{base: POLRES, teams: 1, size: 4, vehicle: {vehicle}}}]"
        speeds = "response.access_speed_kmh={road: 15, motorcycle: 15, foot: 3}"
        _, logs = played(f"region.path={here}", reserve, speeds, "response.standard_minutes=15")
        coverage = logs[0].tables["coverage"]
        covered = int(coverage["voters_covered"][coverage["time"] < 570.0].sum())  # while the reserve stands by
        found.append((never_is_infinite(logs, "first_on_scene"), covered))
    return found


def test_where_only_motorcycles_go_the_others_walk_and_cover_less(tmp_path: Path) -> None:
    (by_road, covered), (by_track, covered_there) = on_tracks(tmp_path / "car", "car")
    assert np.all(by_track > by_road) and covered_there < covered
    (by_road, covered), (by_track, covered_there) = on_tracks(tmp_path / "motorcycle", "motorcycle")
    assert np.array_equal(by_track, by_road) and covered_there == covered > 0, "they drive as fast there"
