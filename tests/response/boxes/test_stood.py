"""Who was with the boxes: pairs that stood at their stations, on their round or still, and officers who went along."""

from __future__ import annotations

from math import inf
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.region.position import Motion, Position, Spot, Standing, Stop
from sim.region.road_state import OPEN
from sim.region.round import Round, go_round, joining
from sim.region.route import nowhere_to_go, plan_route
from sim.region.travel import RoadNetwork
from sim.response.boxes.group import Cover, Group, Tracks, uncovered_minutes
from sim.response.boxes.guarded import Covers, _stays, minutes_alone
from sim.response.boxes.parties import Party
from sim.response.boxes.stood import accompanied, guards_at, stood_between
from sim.response.fleet import Idle
from tests.response.conftest import Bench, line_region

LINE: RoadNetwork = Bench(line_region()).network
AT = [Spot((i // 2,), 2.0, i) for i in range(8)]
CYCLE = go_round([Stop(AT[station], 6.0) for station in (0, 1, 3)], LINE, "car", OPEN)
STATIONS = 8
NOBODY = Covers(np.zeros(STATIONS, np.int64), np.zeros(2, np.int64), np.empty(0), np.empty(0))


def walk(joins: float, began: float = 500.0) -> Round:
    return Round(nowhere_to_go(CYCLE.at(joins)), CYCLE, began, joins)


def walk_after_a_way() -> Round:
    """From station 4 over station 3, where it stays for a while, to its round."""
    lead = plan_route(Position(2, 2.0, station=4), [Stop(AT[3], 4.0), Stop(AT[1])], LINE, "car")
    joins = joining(CYCLE, lead.end)
    assert joins is not None
    return Round(lead, CYCLE, 500.0, joins)


def fleet_with(*stretches: Idle, waits: tuple[float, Motion] | None = None, guard: int = 3) -> Any:
    """One post, that of stations 0 to 4, whose pair has waited for orders in these stretches, and may wait now."""
    pair = SimpleNamespace(
        index=guard,
        officers=2,
        is_idle=waits is not None,
        since=waits[0] if waits else 0.0,
        motion=waits[1] if waits else None,
    )
    deployment = SimpleNamespace(posts=[SimpleNamespace(unit=guard)], post_of_station=np.array([0] * 5 + [-1] * 3))
    return SimpleNamespace(
        plan=SimpleNamespace(deployment=deployment),
        idle_stretches=list(stretches),
        idle={"guard": {guard: pair} if waits else {}},
        guard_of=lambda station: pair if station < 5 else None,
    )


def stands_of(fleet: Any, station: int, begin: float, end: float) -> list[tuple[float, float]]:
    """When the pair stood at a station between two times, in order."""
    stood = stood_between(fleet, np.full(STATIONS, begin), np.full(STATIONS, end))
    found, n = np.empty((200, 2)), 0
    for k in range(len(stood.stretches)):
        n = _stays(station, k, begin, end, stood, found, n)
    return sorted((float(a), float(b)) for a, b in found[:n])


@pytest.mark.parametrize("motion", [walk(0.0), walk(7.0), walk(33.0), walk_after_a_way()])
def test_a_pair_stood_at_a_station_while_its_round_was_there(motion: Round) -> None:
    waits = fleet_with(Idle(3, 500.0, 1000.0, motion))
    for station in (0, 1, 3, 4, 6):
        stands = stands_of(waits, station, 503.0, 700.0)
        for time in np.arange(503.05, 700.0, 0.1):
            here = motion.at(float(time)).station == station and station < 5
            assert here == any(begin <= time < end for begin, end in stands)
            assert guards_at(waits, station, float(time)) == 2 * here
        assert sum(end - begin for begin, end in stands) > 0 or station in (4, 6)


def test_only_the_pair_of_the_stations_own_post_counts_and_only_while_it_waits_for_orders() -> None:
    still = Standing(Position(1, 2.0, station=2))
    some = fleet_with(Idle(3, 510.0, 520.0, still), Idle(9, 515.0, 590.0, still), waits=(600.0, still))
    assert stands_of(some, 2, 500.0, 700.0) == [(510.0, 520.0), (600.0, 700.0)]
    assert stands_of(some, 3, 500.0, 700.0) == []
    assert [guards_at(some, 2, time) for time in (509.0, 510.0, 520.0, 600.0, 9000.0)] == [0, 2, 0, 2, 2]
    assert guards_at(some, 6, 600.0) == 0
    elsewhere = fleet_with(waits=(600.0, Standing(Position(1, 2.0, station=6))))
    ready, over = np.full(STATIONS, 500.0), np.full(STATIONS, 700.0)
    alone, _ = minutes_alone(ready, over, over, over, stood_between(elsewhere, ready, over), NOBODY)
    assert alone[6] == 200.0, "no station of its own"
    nowhere = fleet_with(waits=(600.0, Round(nowhere_to_go(Position(0)), nowhere_to_go(CYCLE.at(0.0)), 600.0)))
    assert stands_of(nowhere, 0, 500.0, 700.0) == [(600.0, 700.0)], "a round that cannot be gone"


def test_what_waits_at_the_end_of_the_day_counts_once_and_what_does_not_matter_is_not_planned() -> None:
    still = Standing(Position(0, 2.0, station=0))
    ended = fleet_with(Idle(3, 600.0, 900.0, still), waits=(900.0, still))
    stood = stood_between(ended, np.full(STATIONS, 500.0), np.full(STATIONS, 900.0))
    assert stood.stretches["end"].tolist() == [900.0]
    begins, ends = np.full(STATIONS, 500.0), np.full(STATIONS, 550.0)
    ends[7] = 950.0  # a station of no post
    begins[1], ends[1] = 950.0, 650.0
    assert len(stood_between(ended, begins, ends).stretches) == 0


@pytest.mark.parametrize("seed", range(20))
def test_minutes_alone_are_those_that_neither_pairs_nor_escorts_cover(seed: int) -> None:
    random = np.random.default_rng(seed)
    whens = np.sort(random.uniform(500.0, 900.0, 7)).tolist()
    motions = [walk(20.0, whens[0]), Standing(Position(0, 2.0, station=1)), walk(3.0, whens[4])]
    some = fleet_with(*(Idle(3, whens[2 * k], whens[2 * k + 1], motion) for k, motion in enumerate(motions)))
    ready, over = random.uniform(480.0, 600.0, STATIONS), random.uniform(550.0, 990.0, STATIONS)
    left = np.minimum(over, ready + random.uniform(0.0, 300.0, STATIONS))
    set_out = left + random.uniform(0.0, 30.0, STATIONS)
    rows = [[Cover(*np.sort(random.uniform(450.0, 1000.0, 2)), 2) for _ in range(k)] for k in (0, 1, 30)]
    rows[1] = [rows[1][0]._replace(end=inf)]
    of = random.integers(0, 3, STATIONS)
    flat = [cover for row in rows for cover in row]
    covers = Covers(
        of, np.cumsum([0, *map(len, rows)]), np.array([c.begin for c in flat]), np.array([c.end for c in flat])
    )
    stood = stood_between(some, ready, left)
    alone, on_the_way = minutes_alone(ready, left, set_out, over, stood, covers)
    assert covers.are_there().tolist() == (of > 0).tolist()
    for s in range(STATIONS):
        if ready[s] >= over[s]:
            assert alone[s] == on_the_way[s] == 0.0
            continue
        went = [cover[:2] for cover in rows[of[s]]]
        stands = stands_of(some, s, float(ready[s]), float(left[s]))
        assert alone[s] == uncovered_minutes(float(ready[s]), float(over[s]), [*went, *stands])
        assert on_the_way[s] == uncovered_minutes(float(set_out[s]), float(over[s]), went)
    by_itself, _ = minutes_alone(ready, left, set_out, over, stood._replace(guard=np.full(STATIONS, -1)), NOBODY)
    assert by_itself.tolist() == np.maximum(0.0, over - ready).tolist()


def test_only_boxes_with_which_officers_went_have_a_row_of_their_own() -> None:
    parties = [Party((2 * k, 2 * k + 1), Spot((k,)), Spot((9,))) for k in range(4)]
    alone, whole, old, new = groups = [Group(party, party.stations) for party in parties]
    tracks = Tracks(lambda station: groups[station // 2])
    whole.stations, own = (2,), Group(parties[1], (3,))
    tracks[3].leave_to(710.0, own)
    alone.started, whole.started, old.started = 715.0, 720.0, 725.0
    whole.cover(720.0, 2)
    whole.uncover(730.0)
    old.became = 735.0, new
    new.cover(740.0, 4)
    covers, set_out = accompanied(groups, tracks, STATIONS)
    assert covers.are_there().tolist() == [False, False, True, False, True, True, True, True]
    assert set_out.tolist() == [inf, inf, 720.0, inf, 725.0, 725.0, inf, inf], "the last have not set out"
    rows = [slice(covers.first[row], covers.first[row + 1]) for row in covers.row]
    assert [covers.begin[row].tolist() for row in rows] == [[], [], [720.0], [], *[[740.0]] * 4]
    assert [covers.end[row].tolist() for row in rows] == [[], [], [730.0], [], *[[inf]] * 4]
    nobody, never = accompanied([alone], Tracks(lambda _: alone), 2)
    assert not nobody.are_there().any() and never.tolist() == [inf, inf]
