"""What an authority tells is as bad as it says; what others tell may be taken for milder until officers are there."""

from __future__ import annotations

import numpy as np
import pytest

from sim.config.compose import load
from sim.day import prepare, simulate_day
from sim.log import DayLog
from tests.behaviour.moves import QUIET
from tests.behaviour.scenarios import NO_POLICE

MILD, BAD = ("response.reporting.too_mild=1", "response.reporting.too_bad=0"), (
    "response.reporting.too_mild=0", "response.reporting.too_bad=1",
)  # fmt: skip


def alert(*overrides: str) -> DayLog:
    """Play the first day of the volcanic alert with nobody who could come and see."""
    world = prepare(load("kaba_alert", [*NO_POLICE, *QUIET, "run.bound_days=0", *overrides]))
    return simulate_day(world, "minimum_pattern", 0)


def ordered(log: DayLog) -> float:
    """Return when the ring was told to leave; NaN: never."""
    times = log.tables["areas"]["ordered"]
    return float(times[0]) if len(times) else np.nan


@pytest.mark.parametrize("wrong", [MILD, BAD], ids=["too mild", "too bad"])
def test_a_ring_is_left_when_the_alert_says_so_however_wrong_other_reports_are(wrong: tuple[str, ...]) -> None:
    right = alert("response.reporting.too_mild=0", "response.reporting.too_bad=0")
    assert ordered(alert(*wrong)) == ordered(right) > right.tables["incidents"]["red"][0]


def test_where_others_tell_of_it_a_report_that_is_too_mild_keeps_people_there() -> None:
    told_by_others = "kinds.volcanic_alert.telling.judged_right=false"
    assert np.isnan(ordered(alert(*MILD, told_by_others)))
    assert ordered(alert(*BAD, told_by_others)) < ordered(alert()), "the centre takes it for red before it is"
