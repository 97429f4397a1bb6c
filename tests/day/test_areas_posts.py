"""Posts of an area on the polling day: units of the operation are sent there, stay, and lack elsewhere."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.day import simulate_day
from sim.experiment.frames import frames
from sim.vocabulary import Outcome
from tests.day.test_areas_voting import world

RESERVES = (
    "strategy.reserves=[{base: POLRES, teams: 3, size: 4, vehicle: truck}, {base: SEK-PUT, teams: 1, size: 4, vehicle: truck}]",
    "strategy.patrols=[]", "response.attached=[]", "response.sector_patrol_size=0", "response.sector_posts.desks=0",
    "strategy.dispatch={policy: nearest, take_guards_from: red, guards_within_minutes: 15}",
)  # fmt: skip
"""Four units that may be sent: three in the west, one in the east."""
BRAWL = 'incidents=[{kind: blackout, onset: "09:00", place: Bukit Kapur}, {kind: brawl, onset: "10:30", place: T1.2, starters: 30}]'
ENDS_AT_TEN = "kinds.blackout.course.duration={mean_minutes: 60, cv: 0}"
TO_THE_EAST = ("Pasar Tengah", "Pasar Timur")
"""Where the road to the shelter leads."""


@cache
def _played(places: tuple[str, ...], overrides: tuple[str, ...], factor: float, duty: str) -> dict[str, pd.DataFrame]:
    plan: dict[str, Any] = {
        "posts": [{"place": place, "officers": 4, "duty": duty} for place in places], "traffic_post_factor": factor,
        "road_capacity": dict.fromkeys(("town", "trunk", "secondary", "hill", "local"), 120),
        "staging": {"order": "all_at_once"},
    }  # fmt: skip
    log = simulate_day(world(*RESERVES, *overrides, **plan), "even_spread", 0)
    return frames([log])


def played(
    posts: int | tuple[str, ...], *overrides: str, factor: float = 2.0, duty: str = "traffic"
) -> dict[str, pd.DataFrame]:
    """Play a day with posts at these places, or so many in the west."""
    return _played(posts if isinstance(posts, tuple) else ("Pasar Barat",) * posts, overrides, factor, duty)


def sent(log: dict[str, pd.DataFrame]) -> pd.DataFrame:
    tasks = log["tasks"]
    return tasks[tasks["purpose"] == "area_post"]


def test_units_are_sent_to_the_posts_at_the_order_and_stay_until_it_is_over() -> None:
    log = played(2, ENDS_AT_TEN)
    row, tasks, (over,) = log["areas"].iloc[0], sent(log), log["incidents"]["ended"].to_numpy()
    assert row["posts"] == row["posts_manned"] == 2
    assert tasks["incident"].tolist() == ["s0/west/0", "s0/west/1"]
    assert tasks["ordered"].to_numpy() == pytest.approx(row["ordered"])
    assert tasks["released"].to_numpy() == pytest.approx(over), "there is nothing more to do"
    assert (tasks["outcome"] == Outcome.DONE).all()
    assert (tasks["role"] == "reserve").all()


def test_nearest_first_and_no_more_than_it_takes() -> None:
    log = played(1)
    (unit,) = sent(log)["unit"]
    assert unit.startswith("reserve/POLRES")


def test_what_stands_guard_never_goes_and_posts_stay_unmanned_where_nobody_may_be_sent() -> None:
    log = played(6)
    row = log["areas"].iloc[0]
    assert row["posts"] == 6 and row["posts_manned"] == 4 == len(sent(log))


def test_without_posts_nobody_is_sent() -> None:
    log = played(0)
    row = log["areas"].iloc[0]
    assert (row["posts"], row["posts_manned"], row["unguarded_minutes"]) == (0, 0, 0.0) and not len(sent(log))


def test_who_is_at_a_post_lacks_elsewhere() -> None:
    """Coverage falls, and help for another disturbance comes later: the more posts, the more so."""

    def lacking(posts: int) -> tuple[float, float]:
        log = played(posts, BRAWL)
        covered = log["coverage"][log["coverage"]["time"].between(570, 720)]
        brawl = log["incidents"].set_index("incident").loc["s1"]
        wait = brawl["first_reinforcement"] - brawl["onset"]
        return float(covered["voters_covered"].mean()), float(np.inf if np.isnan(wait) else wait)

    (covered, wait), (covered_by_fewer, longer) = lacking(0), lacking(3)
    assert covered_by_fewer < 0.8 * covered
    assert longer > wait + 10


def test_a_unit_that_is_free_again_is_sent_to_a_post_that_is_not_manned() -> None:
    early = BRAWL.replace("10:30", "08:50")
    busy, free = sent(played(4, early)), sent(played(4))
    assert len(busy) == len(free) == 4
    assert busy["ordered"].max() > free["ordered"].max() + 5


def test_traffic_posts_that_are_manned_shorten_the_evacuation() -> None:
    half = {
        name: log["areas"].iloc[0]["half_safe"]
        for name, log in {
            "none": played(()), "manned": played(TO_THE_EAST), "same": played(TO_THE_EAST, factor=1.0),
            "houses": played(TO_THE_EAST, duty="houses"),
        }.items()
    }  # fmt: skip
    assert half["manned"] < half["none"] - 20
    assert half["same"] == half["houses"] == half["none"]


def test_the_later_they_are_there_the_less_they_help() -> None:
    late = "response.mobilisation.reserve={mean_minutes: 90, cv: 0}"
    soon, later, never = played(TO_THE_EAST), played(TO_THE_EAST, late), played(())
    assert sent(later)["arrived"].min() > sent(soon)["arrived"].max() + 30
    half = [log["areas"].iloc[0]["half_safe"] for log in (soon, later, never)]
    assert half[0] + 10 < half[1] < half[2] - 10


def test_houses_are_unguarded_until_the_officers_are_there_and_to_the_end_where_none_come() -> None:
    log = played(6, ENDS_AT_TEN, duty="houses")
    row, (over,) = log["areas"].iloc[0], log["incidents"]["ended"].to_numpy()
    until = (sent(log)["arrived"].fillna(over) - row["ordered"]).sum()
    assert sent(log)["arrived"].isna().sum() == 1, "one is recalled on its way from the east"
    assert row["unguarded_minutes"] == pytest.approx(until + 2 * (over - row["ordered"]))
    assert played(6, ENDS_AT_TEN)["areas"].iloc[0]["unguarded_minutes"] == 0.0, "these direct the traffic"


def test_where_it_is_over_before_the_order_nobody_is_sent() -> None:
    over = "kinds.blackout.course.duration={mean_minutes: 0.1, cv: 0}"
    assert not len(played(2, over)["tasks"].query("purpose == 'area_post'"))
