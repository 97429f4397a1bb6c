"""Crowds of the packaged kinds come to the sizes that were seen, where nobody hinders them, and a platoon keeps them small."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.config.compose import load
from sim.config.seen import CROWDS
from sim.day import prepare, simulate_day
from sim.vocabulary import PlaceKind
from tests.behaviour.moves import QUIET, reserves
from tests.behaviour.scenarios import NO_POLICE

DAYS = 40


def peaks(kind: str, place: str, onset: str, *plan: str) -> NDArray[np.int64]:
    """Return the most active people of a disturbance on each day; nothing else happens."""
    incident = f'incidents=[{{kind: {kind}, onset: "{onset}", place: {place}}}]'
    alone = (*QUIET, "disturbance.spread.followers=0", incident)
    world = prepare(load("riot_kecamatan3", [*NO_POLICE, "run.bound_days=0", *alone, *plan]))
    tables = [simulate_day(world, "minimum_pattern", day).tables["incidents"] for day in range(DAYS)]
    return np.array([int(t["peak_active"][list(t["incident"]).index("s0")]) for t in tables])


@pytest.mark.parametrize(
    ("kind", "place", "onset", "at"),
    [
        ("riot", "kecamatan 3", "09:40", PlaceKind.STATION),
        ("riot", "Curup Tengah", "09:40", PlaceKind.STATION),
        ("riot", "Padang Ulak Tanding", "09:40", PlaceKind.STATION),
        ("clash", "Curup Tengah", "10:30", PlaceKind.STATION),
        ("storming_of_count", "Curup Selatan", "15:30", PlaceKind.STATION),
        ("office_protest", "KPU", "11:00", PlaceKind.BASE),
    ],
)
def test_without_police_it_comes_to_a_size_that_was_seen(kind: str, place: str, onset: str, at: PlaceKind) -> None:
    found, seen = peaks(kind, place, onset), CROWDS[at]
    inside = (found >= seen.fewest) & (found <= seen.most)
    assert inside.mean() >= 0.75, np.sort(found)
    assert found.max() <= 1.4 * seen.most


def test_the_sooner_a_platoon_is_there_the_smaller_it_stays_and_in_time_it_is_never_what_it_would_be() -> None:
    where = ("riot", "kecamatan 3", "09:40")
    alone, far, near = (peaks(*where, *plan) for plan in ((), reserves(2), reserves(2, "SEK-SINDANG")))
    assert near.mean() < 0.8 * far.mean() < 0.8 * alone.mean() * 1.01
    assert np.median(near) < 0.7 * np.median(alone)
    assert np.all(near <= alone)


def test_the_packaged_landslides_close_their_roads_for_eight_to_nine_hours_as_was_seen() -> None:
    """As did those on the trunk road in the week before the poll of 2024 (scenarios/landslide_trunk.yaml)."""
    world = prepare(load("landslide_trunk", ["run.bound_days=0"]))
    hours: list[float] = []
    for day in range(10):
        for name in ("minimum_pattern", "forward_reserve"):
            table = simulate_day(world, name, day).tables["incidents"]
            scripted = np.isin(table["incident"], ["s0", "s1"])
            hours += list((table["ended"] - table["onset"])[scripted] / 60)
    assert len(hours) == 40
    assert min(hours) >= 8.0 - 0.25 and max(hours) <= 9.0 + 0.25, (
        "a quarter of an hour is the rounding of what was seen"
    )
    assert 8.0 <= np.median(hours) <= 9.0
