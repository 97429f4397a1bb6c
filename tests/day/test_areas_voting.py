"""Voting in an area stands still from the moment that its villages are told to leave, until the all-clear."""

from __future__ import annotations

from functools import cache
from typing import Any

import pandas as pd
import pytest

from sim.config.area import AreaPlan
from sim.config.area_plans import packaged_plan
from sim.config.leaving import Leaving
from sim.day import prepare, simulate_day
from sim.day.areas import stages
from sim.day.world import World
from sim.experiment.frames import frames
from tests.conftest import QUIET, small_scenario

PLAN: dict[str, Any] = {
    "posts": (),
    "area": {"around": "T1.3", "radius_km": 9},
    "staging": {"order": "nearest_first", "ring_km": 1, "ring_minutes": 15},
    "shelters": [{"at": "T3.1", "places": 9000, "received_per_minute": 60}],
    "people": {"residents_per_voter": 1.4, "own_transport_share": 0.9, "assisted_share": 0.02},
    "buses": [
        {"base": "POLRES", "count": 9, "seats": 30, "vehicle": "truck", "car_units": 2, "ready": {"mean_minutes": 20}}
    ],
}
"""The four western villages, ring by ring: 0, 4.6, 6.0 and 7.9 km away."""
LASTS = "kinds.blackout.course.duration={mean_minutes: 900, cv: 0}"
AREA_IS_LEFT = "kinds.blackout.severities.green.effects=[{effect: leave_area, plan: west}]"


def world(*overrides: str, onset: str = "09:00", effect: str = AREA_IS_LEFT, **plan: Any) -> World:
    """Return a quiet day of the small regency on which one blackout has the west left by a plan."""
    incident = f'incidents=[{{kind: blackout, onset: "{onset}", place: Bukit Kapur}}]'
    scenario = small_scenario(*QUIET, LASTS, effect, incident, *overrides)
    settings = packaged_plan("flood_lowland", "plan").model_dump() | PLAN | plan
    evacuation = scenario.evacuation.model_copy(update={"areas": {"west": AreaPlan.model_validate(settings)}})
    return prepare(scenario.model_copy(update={"evacuation": evacuation}))


@cache
def played(*overrides: str, onset: str = "09:00", effect: str = AREA_IS_LEFT) -> dict[str, pd.DataFrame]:
    return frames([simulate_day(world(*overrides, onset=onset, effect=effect), "even_spread", 0)])


def lost(log: dict[str, pd.DataFrame]) -> int:
    stations = log["stations"]
    return int((stations["calm_voted"] - stations["voted"]).sum())


def test_stations_of_the_area_stand_still_and_are_left_and_no_others() -> None:
    log, inside = played(), {s for told in stages(world().evacuation.areas["west"]).values() for s in told}
    stopped = log["stations"][log["stations"]["suspended_minutes"] > 0]
    assert {*stopped["station"]} == inside
    assert {*log["evacuations"]["station"]} <= inside, "one that nobody is at is shut at once"
    assert (stopped["evacuations"] == 1).all()


def test_the_order_costs_the_votes_that_it_caught_where_it_lasts_beyond_closing() -> None:
    log = played()
    assert log["areas"].iloc[0]["votes_caught"] >= lost(log) > 0.9 * log["areas"].iloc[0]["votes_caught"]


def test_the_later_the_order_the_fewer_votes_are_lost_to_it() -> None:
    early, late = played(), played(onset="11:00")
    assert lost(late) < 0.7 * lost(early)
    assert late["areas"].iloc[0]["votes_caught"] < 0.7 * early["areas"].iloc[0]["votes_caught"]


def test_without_the_effect_nothing_stops() -> None:
    log = played(effect="kinds.blackout.severities.green.effects=[]")
    assert lost(log) == 0 and not log["stations"]["suspended_minutes"].any() and not len(log["areas"])


def test_the_inner_ring_stops_first_and_each_at_its_stage() -> None:
    log, told = played(), stages(world().evacuation.areas["west"])
    ordered = log["areas"].iloc[0]["ordered"]
    due = log["evacuations"].set_index("station")["due"]
    assert len(told) == 4 and min(told) == 0.0
    for after, stations in told.items():
        assert due[due.index.isin(stations)].to_numpy() == pytest.approx(ordered + after)
    assert set(due.groupby(due).size().index) >= {ordered + after for after in [*told][:2]}


def test_what_was_stopped_serves_again_after_the_all_clear() -> None:
    short = "kinds.blackout.course.duration={mean_minutes: 60, cv: 0}"
    log = played(short)
    told = log["stations"][log["stations"]["suspended_minutes"] > 0]
    assert len(told) and not told["abandoned"].any()
    assert lost(log) < 0.5 * log["areas"].iloc[0]["votes_caught"]


def test_villages_whose_turn_comes_after_the_end_vote_on() -> None:
    log = played("kinds.blackout.course.duration={mean_minutes: 40, cv: 0}")
    assert 0 < len(log["evacuations"]) < len(played()["evacuations"])


def test_what_stands_still_already_is_not_caught_by_the_order() -> None:
    stopped = "kinds.blackout.severities.green.effects=[{effect: suspend}, {effect: leave_area, plan: west}]"
    here = played()["stations"].set_index("station")["calm_voted"]
    log, at_once = played(effect=stopped), stages(world().evacuation.areas["west"])[0.0]
    less = played()["areas"].iloc[0]["votes_caught"] - log["areas"].iloc[0]["votes_caught"]
    assert 0 < less <= here[at_once].sum()


def test_a_crowd_elsewhere_neither_hinders_nor_holds_who_leaves_the_area() -> None:
    scenario = small_scenario(
        *QUIET, "kinds.riot.severities.green.effects=[{effect: leave_area, plan: west}]",
        'incidents=[{kind: riot, onset: "09:00", place: T3.1, starters: 40}]',
    )  # fmt: skip
    settings = packaged_plan("flood_lowland", "plan").model_dump() | PLAN
    areas = {"west": AreaPlan.model_validate(settings)}
    held = scenario.strategies[0].model_copy(update={"evacuation": Leaving(manner="hold_inside")})
    evacuation = scenario.evacuation.model_copy(update={"areas": areas})
    own = prepare(scenario.model_copy(update={"evacuation": evacuation, "strategies": (held,)}))
    left = frames([simulate_day(own, "even_spread", 0)])["evacuations"]
    west = left[left["station"].isin([s for told in stages(own.evacuation.areas["west"]).values() for s in told])]
    assert len(west) and (west["ordered"] > 0).any()


def test_who_is_still_on_the_way_when_it_is_given_up_is_left_behind() -> None:
    scenario = small_scenario(
        *QUIET, LASTS, AREA_IS_LEFT, 'incidents=[{kind: blackout, onset: "09:00", place: Bukit Kapur}]'
    )
    plan = packaged_plan("flood_lowland", "plan").model_dump() | PLAN | {"give_up_minutes": 60.0}
    evacuation = scenario.evacuation.model_copy(update={"areas": {"west": AreaPlan.model_validate(plan)}})
    own = prepare(scenario.model_copy(update={"evacuation": evacuation}))
    row = frames([simulate_day(own, "even_spread", 0)])["areas"].iloc[0]
    assert row["left_behind"] == row["people"] - row["safe"] - row["refused"] > 0.5 * row["people"]
