"""Rows of samples as they are stored: those of one sample, read with all others at once while these are few."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.experiment.parquet import query

Columns = dict[str, NDArray[Any]]

MOST_AT_ONCE = 1_000_000
"""Rows up to which all samples are read at once, some 50 MB; of more, one sample is read at a time, so that the memory
that a comparison takes does not grow with the days. A regency has about five thousand a day under five plans."""

_NUMBERS = """
    SELECT list_position($strategies, strategy) - 1 AS strategy, list_position($labels, label) - 1 AS label,
           day, key, above, below
    FROM read_parquet($files)
"""
"""Names become numbers before they reach Python, where hundreds of thousands of them would weigh."""
_ONE = f"{_NUMBERS} WHERE sample = $sample"
_ALL = _NUMBERS.replace("SELECT", "SELECT list_position($samples, sample) - 1 AS sample,")
_COUNT = "SELECT count(*) AS rows FROM read_parquet($files)"
_SAMPLES = "SELECT DISTINCT sample FROM read_parquet($files)"
_LABELS = "SELECT DISTINCT label FROM read_parquet($files) WHERE sample = $sample"


def labels_of(files: Sequence[Path], sample: str) -> list[str]:
    """Return what a sample is broken down into, in alphabetical order."""
    return sorted(query(files, _LABELS, sample=sample)["label"].tolist())


def rows_of(files: Sequence[Path], sample: str, strategies: Sequence[str], labels: Sequence[str]) -> Columns:
    """Return the rows of one sample in the order in which they are stored.

    Args:
        files: The files of all samples of one breakdown.
        sample: Its name.
        strategies: Names of the strategies; a row has the number of its own.
        labels: Labels of the breakdown, likewise.

    Raises:
        UserError: When a file is missing or is not what was written.
    """
    if list(labels) == [""]:
        known = _together(tuple((file, _stamp(file)) for file in files), tuple(strategies))
        if known is not None:
            return dict(known.get(sample, _nothing()))
    return query(files, _ONE, sample=sample, strategies=list(strategies), labels=list(labels))


def _nothing() -> Columns:
    return {name: np.empty(0) for name in ("strategy", "label", "day", "key", "above", "below")}


def _stamp(file: Path) -> tuple[int, int]:
    """Return what changes when a file is written anew; nothing where it is missing, which reading it says."""
    try:
        found = file.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=1)
def _together(
    files: tuple[tuple[Path, tuple[int, int]], ...], strategies: tuple[str, ...]
) -> dict[str, Columns] | None:
    """Return the rows of every sample that is not broken down; None where they are too many to be kept."""
    paths = [file for file, _ in files]
    if int(query(paths, _COUNT)["rows"][0]) > MOST_AT_ONCE:
        return None
    samples = sorted(query(paths, _SAMPLES)["sample"].tolist())
    rows = query(paths, _ALL, samples=samples, strategies=list(strategies), labels=[""])
    number = rows.pop("sample")
    order = np.argsort(number, kind="stable")
    ends = np.searchsorted(number[order], np.arange(len(samples) + 1))
    return {
        sample: {name: column[order[ends[i] : ends[i + 1]]] for name, column in rows.items()}
        for i, sample in enumerate(samples)
    }
