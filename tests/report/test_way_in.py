"""``simulate why`` says of a station that no car reaches how one comes there, and how long that takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.experiment.execute import execute
from sim.region.load import load_region
from sim.report.case import sentences
from sim.report.why import find
from sim.vocabulary import Access
from tests.conftest import small_scenario
from tests.region.test_hard_to_reach import hard_in


@pytest.mark.parametrize("way", [Access.FOOT, Access.MOTORCYCLE])
def test_the_way_in_is_told_where_no_car_goes_and_nowhere_else(tmp_path: Path, way: Access) -> None:
    hard = f"region.derive.hard_to_reach=[{{village: T3.1, stations: 2, access: {way}, km: 2}}]"
    speed = "response.access_speed_kmh={road: 15, motorcycle: 12, foot: 4}"
    region_of = small_scenario(hard, speed)
    region = load_region(region_of.region)
    there = hard_in(region)
    station, other = there[0], next(i for i in range(len(region.stations.code)) if i not in there)
    riots = ",".join(
        f'{{kind: riot, onset: "09:40", place: "{region.stations.code[i]}", starters: 20, followers: 0}}'
        for i in (station, other)
    )
    run = execute(
        small_scenario(
            hard, speed, f"incidents=[{riots}]", "strategy=even_spread", "run.replications=1", "run.workers=1",
            f"run.output='{tmp_path}'", "disturbance.background.rate_per_station_hour=0",
        )
    )  # fmt: skip
    case, elsewhere = (find(run, name, "even_spread", 0).case for name in ("s0", "s1"))
    km = float(region.stations.access_km[station])
    walked, driven = f"{km / 4 * 60:.1f}", f"{km / 12 * 60:.1f}"
    said = {
        Access.FOOT: f"No vehicle reaches this station: from the middle of its village one walks for {walked} minutes.",
        Access.MOTORCYCLE: "No car reaches this station: from the middle of its village a motorcycle takes "
        f"{driven} minutes, everybody else walks for {walked}.",
    }
    assert said[way] in sentences(case)
    assert elsewhere.way_in is None and not [text for text in sentences(elsewhere) if "reaches this station" in text]
