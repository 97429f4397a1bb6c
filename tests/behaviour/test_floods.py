"""Floods that start by themselves: as many stations as are reported, reckoned and played."""

from __future__ import annotations

import numpy as np
from scipy.stats import lognorm

from sim.config.compose import load
from sim.config.slow import GrowingCourse
from sim.day import World, prepare, simulate_day
from sim.region.plausible import straight_km
from sim.vocabulary import PlaceKind
from tests.behaviour.moves import NEVER_PUT_OFF, QUIET
from tests.behaviour.scenarios import NO_POLICE


def test_floods_reach_as_many_stations_while_people_vote_as_are_reported() -> None:
    """National count of 2024: 0.12 in 445 stations had a disaster; a landslide closes a road, and is none at a station."""
    assert 0.12 <= flooded_a_day(prepare(load("calm_day", ["strategy=minimum_pattern"]))) < 0.15


def test_days_that_are_played_have_as_many_flooded_stations_as_are_reckoned() -> None:
    """Forty times as many floods, so that few days tell; they are still too few to meet."""
    often = 40
    packaged = load("calm_day", ["strategy=minimum_pattern"])
    villages, blackout = "disturbance.background.rate_per_village_hour", "kinds.blackout.area_weight=0"
    flood, weights = packaged.kinds["flood"].area_weight, sum(kind.area_weight for kind in packaged.kinds.values())
    rate = packaged.disturbance.background.rate_per_village_hour * flood / weights
    only = [*QUIET, *NO_POLICE, *NEVER_PUT_OFF, "run.bound_days=0", f"{villages}={rate * often:.9f}", blackout]
    world = prepare(load("calm_day", only))
    tables = [simulate_day(world, "minimum_pattern", day).tables["stations"] for day in range(60)]
    stopped = np.array([(table["suspended_minutes"] > 0).sum() for table in tables])
    expected, error = often * flooded_a_day(prepare(packaged)), stopped.std(ddof=1) / np.sqrt(len(stopped))
    assert abs(stopped.mean() - expected) < 3 * error < expected


def test_floods_and_landslides_start_by_themselves_where_they_are_known_to_and_blackouts_anywhere() -> None:
    often = [f"disturbance.background.{name}" for name in ("rate_per_village_hour=0.004", "rate_per_road_hour=0.004")]
    world = prepare(load("calm_day", [*QUIET, *NO_POLICE, "run.bound_days=0", *often]))
    region = world.region
    flooded = {village.code for village in region.villages if "flood" in village.prone_to}
    slide = {place.code for place in world.disturbances.roads if "landslide" in region.roads.hazards(place.road)}
    found: dict[str, set[str]] = {"flood": set(), "landslide": set(), "blackout": set()}
    for number in range(5):
        tables = simulate_day(world, "minimum_pattern", number).tables["incidents"]
        for kind, place in zip(tables["kind"], tables["place"], strict=True):
            found[kind].add(place)
    assert found["flood"] <= flooded and found["landslide"] <= slide
    assert min(len(found["flood"]) / len(flooded), len(found["landslide"]) / len(slide)) > 0.3
    assert found["blackout"] & flooded and found["blackout"] - flooded


def flooded_a_day(world: World) -> float:
    """Return how many stations a flood has come to before they close, on a day: those within its radius at closing.

    It begins at any time of the polling hours, and grows until it is over.
    """
    plan, kinds, voting = world.disturbances, world.scenario.kinds, world.scenario.voting
    flood, weights = kinds["flood"], [kind.area_weight for kind in kinds.values()]
    course = flood.course
    assert isinstance(course, GrowingCourse)
    sigma = np.sqrt(np.log1p(course.duration.cv**2))
    parts = (np.arange(100) + 0.5) / 100
    lasts = lognorm(sigma, scale=course.duration.mean_minutes * np.exp(-(sigma**2) / 2)).ppf(parts)
    before_closing = (voting.close - voting.open) * parts
    grown = np.minimum.outer(before_closing, lasts).ravel() / 60.0
    radius = np.minimum(course.most_km, course.start_km + course.km_per_hour * grown)
    prone = [
        place for place, is_prone in zip(plan.villages, plan.prone[PlaceKind.AREA]["flood"], strict=True) if is_prone
    ]
    km = np.array([straight_km(plan.at[list(place.villages)], plan.at) for place in prone]).ravel()
    stations = np.tile(np.bincount(plan.node, minlength=len(plan.at)), len(prone))
    order = np.argsort(km)
    within = np.concatenate(([0], np.cumsum(stations[order])))  # of all of them together, in order of distance
    reached = within[np.searchsorted(km[order], radius, side="right")].mean() / len(prone)
    hours = (voting.close - voting.open) / 60.0
    floods = plan.background.rate_per_village_hour * len(plan.villages) * hours * flood.area_weight / sum(weights)
    return float(floods * reached)
