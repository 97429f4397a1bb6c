"""Sector posts that handle their own first: what they change of a whole day, in the small regency."""

from __future__ import annotations

import numpy as np

from sim.log import DayLog
from tests.behaviour.test_response import POSKO_ALONE, gather, play
from tests.day.conftest import RICH, as_bytes

MANY = (
    "incidents=["
    + ",".join(f'{{kind: intimidation, onset: "09:40", place: "{code}"}}' for code in ("T1.1", "T1.2", "T2.1", "T2.2", "T2.3", "T3.1", "T3.2", "T3.3"))
    + "]",
    "kinds.intimidation.course.duration={mean_minutes: 240, cv: 0}",
    "kinds.intimidation.telling=null",
    "response.posko={desks: 1, alarm_handling: {mean_minutes: 8, cv: 0}}",
    "strategy.guards={very_high: {police: 0}, high: {police: 0}, low: {police: 0}}",
)  # fmt: skip
"""Threats at eight stations in one minute, one desk, and nobody at the stations."""


def within(logs: list[DayLog], minutes: float = 10.0) -> float:
    """Share of the reported disturbances whose first officers were there in time, of the districts with a patrol."""
    response = gather(logs, "incidents", "first_on_scene") - gather(logs, "incidents", "reported")
    return float((response <= minutes).mean())


def test_where_all_desks_are_busy_more_is_reached_in_time_with_sector_posts() -> None:
    _, with_posts = play(*MANY)
    _, without = play(*MANY, POSKO_ALONE)
    assert within(with_posts) > within(without) + 0.1
    assert set(gather(without, "incidents", "handled_by")) <= {"posko", ""}
    by = gather(with_posts, "incidents", "handled_by")
    assert (by == "sector").sum() >= 3 * len(with_posts) and (by == "posko").any(), "one patrol a post"
    reports = [gather(logs, "incidents", "reported") for logs in (with_posts, without)]
    assert np.array_equal(*reports, equal_nan=True)


def test_a_post_that_takes_for_ever_is_none() -> None:
    _, never = play(*RICH, "response.sector_posts.alarm_handling={mean_minutes: 100000, cv: 0}", days=1)
    _, none = play(*RICH, POSKO_ALONE, days=1)
    assert as_bytes(never[0]) == as_bytes(none[0])


def test_without_patrols_and_guards_sector_posts_change_nothing_of_what_happens() -> None:
    bare = (*MANY, "response.sector_patrol_size=0")
    _, with_posts = play(*bare, days=2)
    _, without = play(*bare, POSKO_ALONE, days=2)
    tables = [table for table in with_posts[0].tables if table not in ("coverage", "potential")]
    for one, other in zip(with_posts, without, strict=True):
        assert as_bytes(one, tables) == as_bytes(other, tables)
        assert one.tables["coverage"]["voters_covered"].sum() == other.tables["coverage"]["voters_covered"].sum()


def test_coverage_is_more_with_sector_posts() -> None:
    quick = "response.sector_posts.alarm_handling={mean_minutes: 0.5, cv: 0.5}"
    _, (with_posts,) = play(quick, days=1)
    _, (without,) = play(POSKO_ALONE, days=1)
    covered = [log.tables["coverage"]["voters_covered"] for log in (with_posts, without)]
    assert np.all(covered[0] >= covered[1])
    minutes = [log.tables["potential"] for log in (with_posts, without)]
    mean = [float((t["minutes"] * t["voters"])[t["force"] == "first"].sum()) for t in minutes]
    assert mean[0] < mean[1]
