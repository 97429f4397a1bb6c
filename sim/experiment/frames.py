"""From the logs of a batch of days to the files of a run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.config.scenario import Scenario
from sim.experiment.parquet import parquet_bytes
from sim.log import TABLES, DayLog, dtypes
from sim.measures.samples import BREAKDOWNS, take
from sim.measures.tables import Tables

FOLDERS = (*(f"tables/{name}" for name in TABLES), *(f"samples/{by}" for by in BREAKDOWNS))
"""Folders of a run: every batch has a file in each."""


def part_file(folder: str, first_day: int) -> str:
    """Return the path of a batch's file in one of a run's folders."""
    return f"{folder}/part-{first_day:06d}.parquet"


def files_of(logs: Sequence[DayLog], scenario: Scenario, days: range) -> dict[str, bytes]:
    """Return the content of a batch's files, tables and samples, by the folder of the run in which each belongs."""
    tables = frames(logs)
    standard, voting = scenario.response.standard_minutes, scenario.voting
    samples = take(Tables(tables.__getitem__, standard, voting.open, voting.close, len(scenario.strategies)), days)
    named = {f"tables/{name}": frame for name, frame in tables.items()}
    named |= {f"samples/{by}": frame for by, frame in samples.parts.items()}
    return parquet_bytes(named)


def frames(logs: Sequence[DayLog]) -> dict[str, pd.DataFrame]:
    """Put the logs of some days together, one data frame a table."""
    return {name: frame_of(name, logs) for name in TABLES}


def frame_of(name: str, logs: Sequence[DayLog]) -> pd.DataFrame:
    """Put one table of some logs together."""
    lengths = [len(next(iter(log.tables[name].values()))) for log in logs]
    data: dict[str, Any] = {
        "strategy": np.repeat(np.array([log.strategy for log in logs], dtype=object), lengths),
        "replication": np.repeat(np.array([log.replication for log in logs], dtype=np.int64), lengths),
    }
    for column, kind in dtypes(name).items():
        parts = [log.tables[name][column] for log in logs]
        data[column] = np.concatenate(parts) if parts else np.empty(0, dtype=kind)
    frame = pd.DataFrame(data)
    words = ["strategy", *(column for column, kind in dtypes(name).items() if kind.kind == "O")]
    return frame.astype(dict.fromkeys(words, "str"))
