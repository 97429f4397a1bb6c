"""Wardens who are sent to a disturbance, on whole days: what they are worth, and what they never do."""

from __future__ import annotations

import functools

import numpy as np

from sim.day.world import prepare
from sim.vocabulary import Agency
from tests.behaviour.test_day import RIOT, days, gather, scripted
from tests.conftest import small_scenario

DAYS = 40
BARE = (
    "strategy.patrols=[]", "strategy.reserves=[]", "response.sector_patrol_size=0", "strategy.dispatch.take_guards_from=null",
    "response.mobilisation.reserve={mean_minutes: 2, cv: 0.4}", RIOT,
)  # fmt: skip


@functools.cache
def played(people: int, *overrides: str) -> tuple[np.ndarray, np.ndarray, float]:
    """The largest crowd of each day, when its first officers came, and how often wardens arrived, a day."""
    team = f"{{base: POLRES, agency: wardens, teams: 1, size: {people}, vehicle: truck, from_severity: green, request_delay: 0}}"
    attached = f"response.attached=[{team if people else ''}]"
    logs = days(prepare(small_scenario(*BARE, attached, *overrides)), DAYS)
    came = gather(logs, "tasks", "unit")[~np.isnan(gather(logs, "tasks", "arrived"))]
    wardens = sum(str(unit).startswith(f"attached/POLRES/{Agency.WARDENS}") for unit in came)
    return scripted(logs, "peak_active"), scripted(logs, "first_on_scene"), wardens / DAYS


def test_more_of_them_or_worth_more_the_smaller_the_crowd() -> None:
    nobody, some, many = (played(people)[0].mean() for people in (0, 40, 120))
    assert many < some < nobody
    worthless, worth = (played(40, f"response.warden_strength={share}")[0].mean() for share in (0.001, 1))
    assert worth < some < worthless


def test_they_come_and_are_no_first_officers() -> None:
    _, without, none = played(0)
    _, with_them, came = played(120)
    assert none == 0 and came >= 0.9
    assert (np.isnan(with_them) == np.isnan(without)).mean() > 0.9, "pairs of the post come as they did"
    alone = "strategy.guards={very_high: {police: 0}, high: {police: 0}, low: {police: 0}}"
    no_officers = played(120, alone, "response.standing_guards.election_offices=0")
    assert np.isnan(no_officers[1]).all() and no_officers[2] >= 0.9
