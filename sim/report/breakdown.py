"""The report's tables of one measure by district and by kind of disturbance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from sim.experiment.store import Run
from sim.inference.breakdown import by
from sim.measures.registry import MEASURES
from sim.region.load import load_region
from sim.report.text import MEASURE_TITLES, PAGE
from sim.report.wording import with_interval

_SHOWN = (("response_median", "district"), ("within_standard", "district"), ("response_median", "kind"))


@dataclass(frozen=True)
class Breakdown:
    """One table.

    Attributes:
        heading: What it shows.
        column: What its rows are.
        rows: A label and one cell for each strategy.
    """

    heading: str
    column: str
    rows: list[tuple[str, list[str]]]


def breakdowns(run: Run) -> list[Breakdown]:
    """Return the report's tables; those without a row are left out."""
    labels: dict[str, Mapping[object, str]] = {
        "district": {d.index: f"{d.number} {d.name}" for d in load_region(run.scenario.region).districts},
        "kind": {name: kind.title for name, kind in run.scenario.disturbance.kinds.items()},
    }
    tables = [_table(by(run, measure, column), measure, column, labels[column]) for measure, column in _SHOWN]
    return [table for table in tables if table.rows]


def _table(frame: pd.DataFrame, measure: str, column: str, labels: Mapping[object, str]) -> Breakdown:
    heading = PAGE["breakdown"].format(measure=MEASURE_TITLES[measure], column=PAGE[column])
    measured = frame[frame.groupby(column)["n"].transform("sum") > 0]
    rows = [
        (labels[value], [_cell(row, MEASURES[measure].unit) for row in part.to_dict("records")])
        for value, part in measured.groupby(column, sort=True)
    ]
    return Breakdown(heading, PAGE[column], rows)


def _cell(row: Mapping[object, object], unit: str) -> str:
    value, low, high = (float(str(row[k])) for k in ("value", "low", "high"))
    return f"{with_interval(value, low, high, unit)}; {row['n']}" if row["n"] else with_interval(value, low, high, unit)
