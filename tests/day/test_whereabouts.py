"""Where units were while they waited for orders, all moments at once, is where they are when one looks."""

from __future__ import annotations

import numpy as np

from sim.day import Day, draw_day
from sim.day.whereabouts import whereabouts
from sim.day.world import World, prepare
from sim.region.position import ELSEWHERE, Position
from sim.region.round import Round
from tests.conftest import small_scenario
from tests.day.conftest import NAME, RICH


def test_a_unit_that_is_called_away_was_on_its_round_until_then() -> None:
    """The stretch that ends with an order is recorded with the round on which it was spent."""
    world = prepare(small_scenario(*RICH))
    day = Day(world, NAME, 0, draw_day(world, 0))
    seen: dict[int, list[tuple[float, object]]] = {}
    for time in range(420, 780, 3):
        day.until(float(time))
        for unit in day.fleet.units:
            if unit.is_idle:
                seen.setdefault(unit.index, []).append((float(time), day.fleet.position(unit)))
    day.run()
    for stretch in day.fleet.idle_stretches:
        for time, position in seen.get(stretch.unit, []):
            if stretch.start < time < stretch.end:
                assert stretch.motion.at(time) == position


def test_every_moment_is_what_the_stepped_day_shows(rich_world: World) -> None:
    """Positions, and when a pair comes by; detours while a road is closed, and ways back to a round, among them."""
    day, times = Day(rich_world, NAME, 0, draw_day(rich_world, 0)), np.arange(421.5, 780.0, 5.0)
    seen, detours, between = [], 0, 0
    for k, time in enumerate(times.tolist()):
        day.until(time)
        for unit in day.fleet.units:
            if unit.is_idle:
                here, motion = day.fleet.position(unit), unit.motion
                visits = {}
                if isinstance(motion, Round) and motion.cycle.minutes > 0:
                    visits = {s: motion.visit(s, time) - time for s in motion.cycle.station_stays}
                    detours += motion.cycle is not unit.home.cycle
                seen.append((unit.index, k, here, visits))
    day.run()
    where = whereabouts(rich_world, NAME, day.fleet, day.roads, times)
    begins, period = rich_world.readiness[NAME].units.begins, rich_world.readiness[NAME].units.period
    assert where.free.sum() == len(seen)
    for u, k, here, visits in seen:
        assert where.free[u, k] and where.node[u, k] == here.node
        assert abs(where.minutes[u, k] - here.minutes) < 1e-9
        assert where.station[u, k] == (ELSEWHERE if here.station is None else here.station)
        if here.ahead is not None and where.ahead[u, k] != ELSEWHERE:
            assert (where.ahead[u, k], round(where.ahead_minutes[u, k] - here.ahead_minutes, 9)) == (here.ahead, 0)
            between += 1
        for station, wait in visits.items():
            if where.station[u, k] == station:
                continue  # who stands there is there, however long ago he came
            told = where.visit[station, k]
            if where.phase[u, k] >= 0:
                told = min(told, (begins[station] - where.phase[u, k]) % period[u])
            assert abs(told - wait) < 1e-9
    assert detours > 0 and between > 0


def test_units_are_at_home_where_their_homes_say(rich_world: World) -> None:
    plan = rich_world.responses[NAME]
    for u, home in enumerate(plan.homes):
        node, minutes, _, _, station = (column[u] for column in plan.at_home)
        assert Position(node, minutes, station=None if station == ELSEWHERE else station) == home.there.end


def test_nothing_is_ahead_on_a_road_that_is_closed(rich_world: World) -> None:
    day, times = Day(rich_world, NAME, 0, draw_day(rich_world, 0)), np.arange(420.0, 780.0, 5.0)
    day.run()
    where, roads = whereabouts(rich_world, NAME, day.fleet, day.roads, times), rich_world.region.roads
    closed = [(part, road) for part, state in day.roads.periods(times) for road in state.closed]
    assert closed
    for part, road in closed:
        pair = {int(roads.u[road]), int(roads.v[road])}
        on_roads = zip(where.node[:, part].ravel().tolist(), where.ahead[:, part].ravel().tolist(), strict=True)
        assert all({a, b} != pair for a, b in on_roads if b != ELSEWHERE)
