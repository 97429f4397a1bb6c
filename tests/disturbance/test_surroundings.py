"""Who lives around a place, checked by hand on nine villages of 2,000 voters, 2 km apart on a line."""

from __future__ import annotations

from math import exp, inf

import numpy as np
import pytest

from sim.config.joining import Neighbours
from sim.disturbance.surroundings import Surroundings
from sim.region.place import Place
from tests.disturbance.made_up import PLACES, ROAD, VILLAGE_TWO, bare_plan

ALL = np.ones(9, dtype=np.bool_)


def around(place: Place, joined: np.ndarray = ALL) -> Surroundings:
    return bare_plan().surroundings(place, lambda: joined)


def people(share: float, reach_km: float, most: int = 1_000_000) -> Neighbours:
    return Neighbours(share=share, reach_km=reach_km, most=most)


def test_neighbours_are_a_share_of_the_people_weighted_by_their_distance() -> None:
    by_hand = sum(2000 * exp(-2 * abs(v - 2) / 1.5) for v in range(9))
    assert around(VILLAGE_TWO).neighbours(people(0.1, 1.5)) == round(0.1 * by_hand)
    at_a_road = sum(2000 * exp(-2 * min(abs(v - 2), abs(v - 3)) / 1.5) for v in range(9))
    assert around(ROAD).neighbours(people(0.1, 1.5)) == round(0.1 * at_a_road)


def test_there_are_more_where_more_live_and_never_more_than_the_most() -> None:
    assert around(PLACES[22]).neighbours(people(0.1, 5)) > around(PLACES[0]).neighbours(people(0.1, 5))  # middle, end
    assert around(PLACES[22]).neighbours(people(0.1, 5, most=50)) == 50
    assert around(PLACES[22]).neighbours(people(0.0, 5)) == 0


def test_closed_roads_keep_out_those_behind_them_by_their_weight() -> None:
    beyond = np.arange(9) <= 2  # the road from village 2 to village 3 is closed
    weight = {v: exp(-2 * abs(v - 2) / 4) for v in range(9) if v != 2}
    share = (weight[0] + weight[1]) / sum(weight.values())
    assert around(VILLAGE_TWO, beyond).open_share(4.0) == pytest.approx(share)
    assert around(VILLAGE_TWO).open_share(4.0) == 1.0
    alone = np.arange(9) == 2
    assert around(VILLAGE_TWO, alone).open_share(4.0) == 0.0


def test_the_area_within_a_radius_and_the_next_village_beyond_it() -> None:
    here = around(VILLAGE_TWO)
    assert here.within(2.0001).villages == (1, 2, 3)
    assert here.on_roads(here.joined).within(2.0001) is here.within(2.0001), "on another day it is the same"
    assert here.within(0).stations == tuple(range(10, 15))
    assert here.next_km(0.5) == pytest.approx(2.0) and here.next_km(12.1) == inf


def test_what_one_disturbance_asks_changes_nothing_for_the_next_at_the_same_place() -> None:
    plan = bare_plan()
    beyond = np.arange(9) <= 2
    first, second = plan.surroundings(VILLAGE_TWO, lambda: beyond), plan.surroundings(VILLAGE_TWO, lambda: ALL)
    neighbours = around(VILLAGE_TWO).neighbours(people(0.1, 4.0))
    assert 0.0 < first.open_share(4.0) < second.open_share(4.0) == 1.0
    assert first.neighbours(people(0.1, 4.0)) == second.neighbours(people(0.1, 4.0)) == neighbours


def test_the_share_follows_the_roads_from_one_moment_to_the_next() -> None:
    roads = [ALL, np.arange(9) <= 2, np.arange(9) == 2, ALL]
    plan, now = bare_plan(), [0]
    here = plan.surroundings(VILLAGE_TWO, lambda: roads[now[0]])
    for now[0], joined in enumerate(roads):
        assert here.open_share(4.0) == here.open_share(4.0) == around(VILLAGE_TWO, joined).open_share(4.0)
