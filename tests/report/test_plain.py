"""Measures as plain data say whose incidents they count."""

from __future__ import annotations

import pandas as pd

from sim.measures.registry import MEASURES
from sim.report.plain import plain_measures


def test_every_number_says_whose_incidents_it_counts_and_one_plan_alone_has_no_twins() -> None:
    frame = pd.DataFrame(
        {"measure": list(MEASURES), "value": [float("nan"), float("inf"), *[1.0] * (len(MEASURES) - 2)]}
    )
    rows = {row["measure"]: row for row in plain_measures(frame)}
    assert [rows[m]["value"] for m in list(MEASURES)[:3]] == [None, "never", 1.0]
    assert {name: row["incidents"] for name, row in rows.items()} == {m: one.counted for m, one in MEASURES.items()}
    alone = [row["measure"] for row in plain_measures(frame, twins=False)]
    assert alone == [name for name, one in MEASURES.items() if not one.own]
