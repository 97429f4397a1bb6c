"""The report's table of why responses were late."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.experiment.store import Run
from sim.inference.causes import causes
from sim.measures.causes import USUAL
from sim.report.tables_by import Breakdown
from sim.report.wording import with_interval
from sim.words.why import CAUSES, TABLE


def why_late(run: Run) -> Breakdown:
    """Return the share of each cause under each strategy; causes that never occurred are left out."""
    frame, standard = causes(run), run.scenario.response.standard_minutes
    left = {part: share * standard for part, share in USUAL.items()}
    by_cause = {str(cause): part.to_dict("records") for cause, part in frame.groupby("cause", sort=False)}
    rows = [
        (CAUSES[cause], [_cell(row) for row in cells])
        for cause, cells in by_cause.items()
        if any(row["count"] for row in cells)
    ]
    return Breakdown(TABLE["heading"], TABLE["note"].format(standard=standard, **left), TABLE["column"], rows)


def _cell(row: Mapping[Any, Any]) -> str:
    value, low, high = (float(row[name]) for name in ("share", "low", "high"))
    return f"{with_interval(value, low, high, 'share')}; {row['count']}"
