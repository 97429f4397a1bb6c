"""Twins: the same measure over what it counts under every plan, from logs written by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.measures.registry import MEASURES, SAMPLES, TWINS, Counted
from sim.measures.samples import Samples, take
from sim.measures.sums import no_sums
from sim.measures.tables import Tables
from tests.measures.test_measures import LOG, NAN, frame, incident

DAYS = [0, 1, 2]
FORCE = {"severity": 2, "reached": 100.0}


def of_plans(table: str, *rows: tuple[str, str, dict[str, object]]) -> pd.DataFrame:
    """Return a table of several plans: the plan, the incident, and the rest of each row."""
    made = frame(table, *(row for _, _, row in rows))
    made["strategy"], made["incident"] = [plan for plan, _, _ in rows], [name for _, name, _ in rows]
    return made


INCIDENTS = of_plans(
    "incidents",
    ("a", "riot", incident(0, 100, 104)),
    ("a", "feud", incident(0, 200, NAN)),  # does not happen under plan b
    ("a", "fire", incident(1, 300, 340)),
    ("b", "riot", incident(0, 100, 130)),
    ("b", "fire", incident(1, 300, 306)),
    ("b", "riot", incident(1, 500, 501)),  # of this name, but on a day on which it does not happen under plan a
    ("a", "raid", incident(2, 400, 405, needed=0)),  # asks for nobody under plan a
    ("b", "raid", incident(2, 400, NAN)),
    ("a", "quake", incident(2, 600, 620)),
    ("b", "quake", incident(2, 600, NAN)),  # is not reached: not in its mean, nor in the twin of the other's
)
FORCES = of_plans(
    "forces",
    ("a", "riot", {"replication": 0, **FORCE, "complete": 110.0}),
    ("b", "riot", {"replication": 0, **FORCE, "complete": NAN}),
    ("a", "fire", {"replication": 1, **FORCE, "complete": 150.0}),
    ("b", "fire", {"replication": 1, **FORCE, "severity": 1, "complete": 190.0}),  # turns yellow only
)
TWO_PLANS = LOG | {"incidents": INCIDENTS, "forces": FORCES}


def taken(days: list[int] | None = None, log: dict[str, pd.DataFrame] = TWO_PLANS) -> Samples:
    days = DAYS if days is None else days
    some = {name: table[table["replication"].isin(days)] for name, table in log.items()}
    plans = 2
    return take(Tables(some.__getitem__, 10.0, 420.0, 780.0, plans), days)


def value(samples: Samples, measure: str, plan: str) -> float:
    sums = samples.sums(MEASURES[measure].sample).get((plan, ""), no_sums(DAYS))
    return float(MEASURES[measure].estimator(sums).estimate(np.ones((1, len(DAYS))))[0])


@pytest.mark.parametrize(
    ("measure", "own", "common"),
    [
        ("arrival_median", (24.0, 34.0), (24.0, 34.0)),  # of 8, 24, 44, never and of 5, 10, 34, never, never
        ("response_mean", ((4 + 40 + 20) / 3, (30 + 6 + 1) / 3), ((4 + 40) / 2, (30 + 6) / 2)),
        ("within_standard", (1 / 4, 2 / 5), (1 / 3, 1 / 3)),
        ("unanswered", (1 / 4, 2 / 5), (0.0, 1 / 3)),
        ("red_force", (2 / 2, 0 / 1), (1.0, 0.0)),
        ("red_force_median", (10.0, np.inf), (10.0, np.inf)),
        ("yellow_force", (NAN, 1.0), (NAN, NAN)),  # none turns yellow under both plans
    ],
)
def test_a_twin_counts_what_its_measure_counts_under_every_plan(
    measure: str, own: tuple[float, float], common: tuple[float, float]
) -> None:
    samples = taken()
    for name, expected in ((measure, own), (TWINS[measure], common)):
        found = [value(samples, name, plan) for plan in "ab"]
        assert found == pytest.approx(list(expected), nan_ok=True)


def test_twins_add_up_by_day() -> None:
    parts, whole = taken([0]) + taken([1]) + taken([2]), taken()
    for twin in TWINS.values():
        for plan in "ab":
            assert value(parts, twin, plan) == pytest.approx(value(whole, twin, plan), nan_ok=True)


def test_what_happens_under_one_plan_alone_moves_no_twin() -> None:
    more = of_plans("incidents", ("b", "brawl", incident(0, 150, NAN)), ("b", "theft", incident(1, 150, NAN)))
    samples = taken(log=TWO_PLANS | {"incidents": pd.concat([INCIDENTS, more])})
    assert value(samples, "within_standard", "b") == pytest.approx(2 / 7)
    for twin in TWINS.values():
        assert value(samples, twin, "b") == pytest.approx(value(taken(), twin, "b"), nan_ok=True)


def test_one_mechanism_gives_every_such_measure_its_twin() -> None:
    assert {m for m in MEASURES if MEASURES[m].counted is Counted.OWN} == set(TWINS)
    assert {"response_median", "response_p90", "within_standard", "unanswered", "reinforcement_median", "yellow_force",
            "yellow_force_median", "red_force", "red_force_median", "clearance_median"} <= set(TWINS)  # fmt: skip
    for own, twin in TWINS.items():
        one, other = MEASURES[own], MEASURES[twin]
        assert (one.unit, one.better) == (other.unit, other.better) and other.counted is Counted.COMMON
        assert other.title.startswith(one.title) and one.title in other.definition
        assert not other.headline and not SAMPLES[other.sample].each


def test_a_report_that_comes_late_shortens_the_response_and_no_arrival() -> None:
    """A pair on its round is there at minute 118 whoever tells of it when; the clock of the response starts later."""
    found = {}
    for told in (101, 110):
        once = of_plans("incidents", *((plan, "riot", incident(0, told, 118, onset=100)) for plan in "ab"))
        samples = taken(log=TWO_PLANS | {"incidents": once})
        found[told] = [value(samples, name, "a") for name in ("within_standard", "arrival_median")]
    assert found == {101: [0.0, 18.0], 110: [1.0, 18.0]}
    assert "round" in MEASURES["within_standard"].definition, "it is said"
