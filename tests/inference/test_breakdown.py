"""One measure broken down, against a log written by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.config.compose import load
from sim.errors import UserError
from sim.inference.breakdown import by, values_by
from sim.log import dtypes
from sim.measures.samples import WHOLE, take
from sim.measures.sums import Sums
from sim.measures.tables import Tables

ROWS: dict[str, list[dict[str, object]]] = {
    "incidents": [
        {"strategy": "even_spread", "replication": 0, "incident": "s0", "kind": "riot", "district": 2, "reported": 600.0,
         "first_on_scene": 612.0, "needed": 6, "ended": 700.0, "peak_severity": 2},
        {"strategy": "even_spread", "replication": 1, "incident": "s0", "kind": "riot", "district": 2, "reported": 600.0,
         "first_on_scene": 606.0, "needed": 6, "ended": 700.0, "peak_severity": 1},
        {"strategy": "even_spread", "replication": 1, "incident": "b7", "kind": "brawl", "district": 0, "reported": 500.0,
         "first_on_scene": np.nan, "needed": 2, "ended": 600.0, "peak_severity": 0},
        {"strategy": "minimum_pattern", "replication": 0, "incident": "s0", "kind": "riot", "district": 2, "reported": 600.0,
         "first_on_scene": 603.0, "needed": 6, "ended": 700.0, "peak_severity": 0},
    ],
    "evacuations": [
        {"strategy": "even_spread", "replication": 0, "incident": "s0", "ordered": 615.0, "cleared": 618.0},
    ],
    "stations": [
        {"strategy": s, "replication": r, "district": d, "lost_deterred": 10 * d + r}
        for s in ("even_spread", "minimum_pattern") for r in (0, 1) for d in (0, 2)
    ],
}  # fmt: skip


class Played:
    """A run of two days under two strategies."""

    def __init__(self, days: int = 2) -> None:
        self.scenario = load("calm_day", ["strategy=even_spread,minimum_pattern", "run.resamples=200"])
        self.strategies = ["even_spread", "minimum_pattern"]
        self.finished = list(range(days))

    def table(self, name: str) -> pd.DataFrame:
        columns = {"strategy": np.dtype(object), "replication": np.dtype(np.int64), **dtypes(name)}
        rows = [row for row in ROWS.get(name, []) if row["replication"] in self.finished]
        return pd.DataFrame(
            {c: np.array([r.get(c, "" if k.kind == "O" else 0) for r in rows], dtype=k) for c, k in columns.items()}
        )

    def sums(self, sample: str, by: str = WHOLE) -> dict[tuple[str, str], Sums]:
        return take(Tables(self.table, 10.0, 420.0, 780.0, 2), self.finished).sums(sample, by)


def values(measure: str, column: str) -> dict[tuple[str, object], float]:
    found = by(Played(), measure, column)
    assert list(found.columns) == ["strategy", column, "measure", "value", "low", "high", "n"]
    return {(row["strategy"], row[column]): row["value"] for row in found.to_dict("records")}


def test_incidents_by_kind_district_and_severity() -> None:
    by_kind = values("response_median", "kind")
    assert by_kind["even_spread", "riot"] == 6.0 and by_kind["even_spread", "brawl"] == np.inf
    assert by_kind["minimum_pattern", "riot"] == 3.0 and np.isnan(by_kind["minimum_pattern", "brawl"])
    assert values("within_standard", "district") == pytest.approx(
        {("even_spread", 0): 0.0, ("even_spread", 2): 0.5, ("minimum_pattern", 0): np.nan, ("minimum_pattern", 2): 1.0},
        nan_ok=True,
    )
    assert values("incidents_per_day", "severity")["even_spread", 2] == 0.5


def test_what_belongs_to_an_incident_takes_its_kind_and_district() -> None:
    assert values("clearance_median", "kind")["even_spread", "riot"] == 3.0
    assert values("clearance_median", "district") == pytest.approx(
        {("even_spread", 2): 3.0, ("minimum_pattern", 2): np.nan}, nan_ok=True
    )


def test_days_without_anything_count_in_an_average_per_day() -> None:
    assert values("votes_lost", "district")["even_spread", 2] == 20.5
    assert values("incidents_per_day", "kind")["even_spread", "brawl"] == 0.5


def test_one_day_gives_no_interval() -> None:
    found = by(Played(days=1), "within_standard", "kind")
    assert found["low"].isna().all() and found["value"].notna().any()


@pytest.mark.parametrize(
    ("measure", "column", "says"),
    [
        ("votes_lost", "kind", "votes_lost cannot be broken down by kind; it can be by district"),
        ("coverage_worst_district", "district", "it is of the whole place"),
        ("votes_lots", "district", "did you mean 'votes_lost'"),
        ("votes_lost", "distrikt", "did you mean 'district'"),
    ],
)
def test_what_cannot_be_broken_down_is_refused(measure: str, column: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        by(Played(), measure, column)


def test_a_run_without_a_day_is_refused() -> None:
    with pytest.raises(UserError, match="no finished day"):
        by(Played(days=0), "votes_lost", "district")


def test_values_alone_are_those_with_intervals() -> None:
    quick, whole = values_by(Played(), "response_median", "kind"), by(Played(), "response_median", "kind")
    assert quick.equals(whole[["strategy", "kind", "value", "n"]])
