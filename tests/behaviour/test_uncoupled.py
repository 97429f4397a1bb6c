"""With every coupling between voters and disturbances set to zero, neither knows of the other; with them, both do."""

from __future__ import annotations

from functools import cache

import pandas as pd

from sim.day import prepare, simulate_replication
from sim.experiment.frames import frames
from sim.log import BOXES
from tests.conftest import QUIET, small_scenario

DAYS = 12
RIOTS = (
    "incidents=[{kind: riot, onset: '09:40', place: district 1, starters: 20, followers: 0},"
    "{kind: riot, onset: '10:30', place: district 2, starters: 30, followers: 0}]"
)
NO_COUPLING = (
    *(f"kinds.riot.severities.{severity}.effects=[]" for severity in ("green", "yellow", "red")),
    "kinds.riot.course.bystander_share=0",
    "voting.guard_deterrence=0",
)
"""What a riot does to voting, who of the voters joins it, and whom those who come deter."""
OTHER_VOTERS = ("voting.turnout_share=0.4", "voting.patience.mean_minutes=20")


@cache
def _played(*overrides: str) -> tuple[dict[str, pd.DataFrame], ...]:
    world = prepare(small_scenario(*QUIET, *overrides))
    return tuple(frames([log]) for day in range(DAYS) for log in simulate_replication(world, day))


def _same_voters(*overrides: str) -> list[bool]:
    """Return, day by day, whether voters are the same with riots as without, in every column but of their boxes."""
    apart = [*BOXES, "untold"]
    days = zip(_played(RIOTS, *overrides), _played("incidents=[]", *overrides), strict=True)
    return [a["stations"].drop(columns=apart).equals(b["stations"].drop(columns=apart)) for a, b in days]


def _same_riots(*overrides: str) -> list[bool]:
    """Return, day by day, whether riots are the same with other voters, to the last digit."""
    days = zip(_played(RIOTS, *overrides), _played(RIOTS, *overrides, *OTHER_VOTERS), strict=True)
    return [all(a[name].equals(b[name]) for name in ("incidents", "forces", "casualties")) for a, b in days]


def test_without_any_coupling_voters_and_disturbances_are_independent() -> None:
    assert all(len(day["incidents"]) == 2 for day in _played(RIOTS, *NO_COUPLING))
    assert all(_same_voters(*NO_COUPLING)) and all(_same_riots(*NO_COUPLING))


def test_with_the_packaged_couplings_neither_stays_as_it_was() -> None:
    assert not any(_same_voters()) and not all(_same_riots())
