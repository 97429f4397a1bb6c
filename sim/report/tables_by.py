"""The report's tables: why responses were late, one measure by district and by kind, votes lost by cause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.experiment.store import Run
from sim.inference.breakdown import by
from sim.inference.causes import causes
from sim.inference.compare import Comparison
from sim.measures.causes import USUAL
from sim.measures.registry import MEASURES
from sim.report.bound import bound_cells, bound_days, bound_heading
from sim.report.wording import number, with_interval
from sim.words import report as report_words
from sim.words import why as why_words

NO_BREAK = "\N{NO-BREAK SPACE}"
_SHOWN = (("response_median", "district"), ("within_standard", "district"), ("response_median", "kind"))


@dataclass(frozen=True)
class Breakdown:
    """One table.

    Attributes:
        heading: What it shows.
        note: How to read its cells.
        column: What its rows are.
        rows: A label and one cell for each strategy.
    """

    heading: str
    note: str
    column: str
    rows: list[tuple[str, list[str]]]


def breakdowns(run: Run) -> list[Breakdown]:
    """Return the report's tables; those without a row are left out."""
    labels: dict[str, Mapping[object, str]] = {
        "district": {d.index: f"{d.number} {d.name}" for d in run.region.districts},
        "kind": {name: kind.said_title for name, kind in run.scenario.kinds.items()},
    }
    tables = [_table(by(run, measure, column), measure, column, labels[column]) for measure, column in _SHOWN]
    return [table for table in (why_late(run), *tables) if table.rows]


def best_possible(comparison: Comparison) -> list[Breakdown]:
    """Return the table of late responses beside the fewest that were possible; none where no day has that."""
    if not bound_days(comparison):
        return []
    rows = [(MEASURES[measure].title, cells) for measure, cells in bound_cells(comparison)]
    return [Breakdown(bound_heading(comparison), report_words.BOUND["note"], report_words.PAGE["measure"], rows)]


def why_late(run: Run) -> Breakdown:
    """Return the table of why responses were late; causes that never occurred are left out."""
    frame, standard = causes(run), run.scenario.response.standard_minutes
    left = {part: share * standard for part, share in USUAL.items()}
    rows = [
        (why_words.CAUSES[str(cause)], [_share_and_count(row) for row in part.to_dict("records")])
        for cause, part in frame.groupby("cause", sort=False)
        if part["count"].any()
    ]
    return Breakdown(
        why_words.TABLE["heading"],
        why_words.TABLE["note"].format(standard=standard, **left),
        why_words.TABLE["column"],
        rows,
    )


def _share_and_count(row: Mapping[Any, Any]) -> str:
    value, low, high = (float(row[name]) for name in ("share", "low", "high"))
    return f"{with_interval(value, low, high, 'share')}; {row['count']}"


def _table(frame: pd.DataFrame, measure: str, column: str, labels: Mapping[object, str]) -> Breakdown:
    heading = report_words.PAGE["breakdown"].format(measure=MEASURES[measure].title, column=report_words.PAGE[column])
    measured = frame[frame.groupby(column)["n"].transform("sum") > 0]
    rows = [
        (labels[value], [_cell(row, MEASURES[measure].unit) for row in part.to_dict("records")])
        for value, part in measured.groupby(column, sort=True)
    ]
    return Breakdown(heading, report_words.PAGE["breakdown_note"], report_words.PAGE[column], rows)


def votes_by_cause(comparison: Comparison) -> Breakdown:
    """Return the table of votes lost by cause, with their sum below; without rows where no vote was lost."""
    frame = comparison.measures
    lost = {
        str(m): part.to_dict("records")
        for m, part in frame.groupby("measure")
        if m in (*report_words.CAUSES, "votes_lost")
    }
    sums = [float(row["value"]) for row in lost["votes_lost"]]
    if not any(sums):
        return Breakdown(report_words.PAGE["votes"], report_words.PAGE["no_votes_lost"], report_words.PAGE["cause"], [])
    rows = [
        (label, [_votes(row) + _share(row, whole) for row, whole in zip(lost[measure], sums, strict=True)])
        for measure, label in report_words.CAUSES.items()
    ]
    rows.append((report_words.PAGE["all_causes"], [_votes(row) for row in lost["votes_lost"]]))
    return Breakdown(report_words.PAGE["votes"], report_words.PAGE["votes_note"], report_words.PAGE["cause"], rows)


def _votes(row: Mapping[Any, Any]) -> str:
    return with_interval(float(row["value"]), float(row["low"]), float(row["high"]), "votes")


def _share(row: Mapping[Any, Any], whole: float) -> str:
    """Write the share of the whole behind a number, not to be torn from its sign; nothing behind a zero."""
    value = float(row["value"])
    return f"; {number(value / whole, 'share').replace(' ', NO_BREAK)}" if value else ""


def _cell(row: Mapping[object, object], unit: str) -> str:
    value, low, high = (float(str(row[k])) for k in ("value", "low", "high"))
    return f"{with_interval(value, low, high, unit)}; {row['n']}" if row["n"] else with_interval(value, low, high, unit)
