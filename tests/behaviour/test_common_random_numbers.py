"""Common random numbers: plans are compared on the same days, so what a plan does not touch is the same under it."""

from __future__ import annotations

from functools import cache

import pandas as pd

from sim.day import prepare, simulate_replication
from sim.experiment.frames import frames
from tests.conftest import QUIET, small_scenario

DAYS = 30
RIOT = (
    *QUIET,
    "incidents=[{kind: riot, onset: '10:00', among: [kecamatan 1, kecamatan 2], starters: 20, followers: 0}]",
)
ONE_TEAM = "strategy.reserves=[{base: POLRES, teams: 1, size: 12, vehicle: truck}]"
AND_ANOTHER = "strategy.reserves=[{base: POLRES, teams: 1, size: 12, vehicle: truck}, {base: SEK-SINDANG, teams: 1, size: 12, vehicle: truck}]"
CROWD = [
    "yellow",
    "red",
    "peak_active",
    "peak_time",
    "joined",
    "dispersed",
    "injured",
    "officers_hurt",
    "ended",
    "outcome",
]


@cache
def _played(*overrides: str) -> tuple[dict[str, pd.DataFrame], ...]:
    world = prepare(small_scenario(*overrides))
    return tuple(frames([log]) for day in range(DAYS) for log in simulate_replication(world, day))


def _force(day: dict[str, pd.DataFrame]) -> list[tuple[float, int]]:
    """Return when how many came to the riot, and when they left."""
    sent = day["tasks"].query("incident == 's0' and arrived == arrived")
    return sorted(zip(sent["arrived"], sent["released"], sent["strength"], strict=True))


def test_the_same_force_at_the_same_time_meets_the_same_crowd_to_the_last_person() -> None:
    same = different = 0
    for one, other in zip(_played(*RIOT, ONE_TEAM), _played(*RIOT, AND_ANOTHER), strict=True):
        crowds = [day["incidents"].set_index("incident").loc["s0", CROWD] for day in (one, other)]
        if _force(one) == _force(other):
            pd.testing.assert_series_equal(*crowds)
            same += 1
        else:
            different += not crowds[0].equals(crowds[1])
    assert same >= 3, "the second team was always sent: nothing was compared"
    assert different >= 3, "the second team never mattered: the crowds would be equal in any case"
