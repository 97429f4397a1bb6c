"""What a recording shows is what the day itself says at that minute, and watching a day changes nothing in it."""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, hypot, radians

import numpy as np
import pytest

from sim.day.day import Day, simulate_day
from sim.day.draws import draw_day
from sim.day.picture import Picture
from sim.day.world import World
from sim.experiment.batch import world_of
from sim.experiment.store import Run
from sim.log import TABLES
from sim.playback.page import Played
from sim.playback.record import Recording, record_day
from sim.playback.track import turning_points
from sim.region.position import Position
from sim.vocabulary import UnitState

MOMENTS = [float(m) for m in range(405, 1790, 23)]


@pytest.fixture(scope="module")
def world(run: Run) -> World:
    return world_of(run.own_scenario)


@pytest.fixture(scope="module")
def recording(played: Played) -> Recording:
    return played.recordings[0]


@pytest.fixture(scope="module")
def pictures(world: World, recording: Recording) -> list[tuple[int, Picture, list[Position]]]:
    """The day played once more, and looked at."""
    replication = recording.log.replication
    day = Day(world, recording.strategy, replication, draw_day(world, replication))

    def looked() -> Iterator[tuple[int, Picture, list[Position]]]:
        for time in MOMENTS:
            day.until(time)
            moment = int(np.searchsorted(recording.times, time))
            yield moment, day.picture(), [day.fleet.position(unit) for unit in day.fleet.units]

    return list(looked())


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    return 111_195.0 * hypot((a[0] - b[0]) * cos(radians(a[1])), a[1] - b[1])


def test_watching_a_day_changes_nothing_in_it(world: World, recording: Recording) -> None:
    again = simulate_day(world, recording.strategy, recording.log.replication)
    for name in TABLES:
        for column, values in again.tables[name].items():
            found = recording.log.tables[name][column]
            assert [str(v) for v in found] == [str(v) for v in values], f"{name}.{column}"


def test_every_unit_is_where_the_picture_of_the_day_has_it(
    recording: Recording, pictures: list[tuple[int, Picture, list[Position]]]
) -> None:
    checked = moving = 0
    for moment, picture, positions in pictures:
        for i, (unit, position) in enumerate(zip(picture.units, positions, strict=True)):
            if position.station is None and position.ahead is None and position.minutes > 0:
                continue  # between a village and a station there is no road: the picture has it at the village
            shown = float(recording.lon[i, moment]), float(recording.lat[i, moment])
            assert metres(shown, (unit.lon, unit.lat)) < 1.0, f"{unit.name} at {picture.time}"
            checked += 1
            moving += unit.state in (UnitState.TRAVELLING, UnitState.RETURNING) and position.ahead is not None
    assert checked > 1000 and moving > 5


def test_between_a_village_and_a_station_a_unit_is_on_the_straight_line_between(
    world: World, recording: Recording, pictures: list[tuple[int, Picture, list[Position]]]
) -> None:
    region = world.region
    seen = 0
    for moment, picture, positions in pictures:
        for i, position in enumerate(positions):
            if position.station is None and position.ahead is None and position.minutes > 0:
                node = region.nodes[position.node]
                shown = float(recording.lon[i, moment]), float(recording.lat[i, moment])
                reach = max(
                    metres((node.lon, node.lat), (float(region.stations.lon[s]), float(region.stations.lat[s])))
                    for s in np.flatnonzero(region.stations.node == position.node).tolist()
                )
                assert metres(shown, (node.lon, node.lat)) <= reach + 1.0, f"unit {i} at {picture.time}"
                seen += 1
    assert seen > 0


def test_units_stations_incidents_and_roads_are_in_the_state_that_the_picture_tells(
    world: World, recording: Recording, pictures: list[tuple[int, Picture, list[Position]]]
) -> None:
    closed = going_on = 0
    for _, picture, _ in pictures:
        for i, unit in enumerate(picture.units):
            # What happens at this very moment comes when the day is played on: the state until now may be shown still.
            states = [s for t, s in recording.states[i] if t <= picture.time]
            before = [s for t, s in recording.states[i] if t < picture.time]
            assert unit.state in (states[-1], before[-1] if before else states[-1]), f"{unit.name} at {picture.time}"
        for i, station in enumerate(picture.stations):
            moments = [m.state for m in recording.stations[i] if m.time < picture.time or m.time == world.start]
            assert station.state is moments[-1], f"{station.code} at {picture.time}"
        for incident in picture.incidents:
            step = [m for m in recording.incidents[incident.identity] if m.time <= picture.time][-1]
            assert (step.severity, step.active, step.officers) == (
                incident.severity,
                incident.active,
                incident.officers,
            )
            assert step.known == (incident.known_severity is not None)
            assert step.place == incident.place
            going_on += 1
        roads = [roads for time, roads in recording.closed if time < picture.time or time == world.start][-1]
        assert {world.gazetteer.road_place(r).code for r in roads} == set(picture.closed_roads)
        closed += bool(roads)
    assert closed > 1 and going_on > 2


def test_coverage_is_that_of_the_log(world: World, recording: Recording) -> None:
    table, stations = recording.log.tables["coverage"], world.region.stations
    for k, time in enumerate(recording.covered_times.tolist()):
        covered = np.bincount(
            stations.district, stations.registered * recording.covered[k], len(world.region.districts)
        )
        assert table["voters_covered"][table["time"] == time].tolist() == covered.astype(int).tolist()


def test_straight_lines_between_turning_points_lead_through_every_moment(recording: Recording) -> None:
    needed = turning_points(recording.lon, recording.lat)
    moments = np.arange(len(recording.times))
    for i in range(len(recording.units)):
        at = np.flatnonzero(needed[i])
        for values in (recording.lon[i], recording.lat[i]):
            assert np.abs(np.interp(moments, at, values[at]) - values).max() < 2e-4  # 20 metres
    assert needed.sum() < needed.size / 5, "most moments can be left out"


def test_a_unit_that_never_moves_needs_its_first_and_last_moment_only() -> None:
    still = np.full((1, 40), 102.5)
    assert np.flatnonzero(turning_points(still, still)[0]).tolist() == [0, 39]


def test_a_day_is_the_same_however_often_it_is_watched(world: World, recording: Recording) -> None:
    replication = recording.log.replication
    again = record_day(world, recording.strategy, replication, draw_day(world, replication))
    assert np.array_equal(again.lon, recording.lon) and np.array_equal(again.lat, recording.lat)
    assert again.states == recording.states and again.incidents == recording.incidents
    assert again.stations == recording.stations and again.closed == recording.closed
    assert np.array_equal(again.covered, recording.covered)
