"""Tables as plain data, for JSON, which knows no infinity and nothing undefined."""

from __future__ import annotations

from math import isinf, isnan
from typing import Any

import pandas as pd


def plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a table as a list of rows of plain data: never is written "never", undefined is null."""
    return [{str(key): _plain(x) for key, x in row.items()} for row in frame.to_dict("records")]


def _plain(value: Any) -> Any:
    if not isinstance(value, float):
        return value
    return None if isnan(value) else ("never" if value > 0 else "-never") if isinf(value) else value
