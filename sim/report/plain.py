"""Tables as plain data, for JSON, which knows no infinity and nothing undefined."""

from __future__ import annotations

from math import isinf, isnan
from typing import Any

import pandas as pd

from sim.measures.registry import MEASURES, Counted


def plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a table as a list of rows of plain data: never is written "never", undefined is null."""
    return [{str(key): _plain(x) for key, x in row.items()} for row in frame.to_dict("records")]


def plain_measures(frame: pd.DataFrame, *, twins: bool = True) -> list[dict[str, Any]]:
    """Return a table of measures in the same way, with whose incidents each counts: own, common, or null.

    Args:
        frame: A table with a column ``measure``.
        twins: Whether twins are of use: not where one plan alone was played.
    """
    rows = [{**row, "incidents": MEASURES[row["measure"]].counted} for row in plain(frame)]
    return [row for row in rows if twins or row["incidents"] is not Counted.COMMON]


def _plain(value: Any) -> Any:
    if not isinstance(value, float):
        return value
    return None if isnan(value) else ("never" if value > 0 else "-never") if isinf(value) else value
