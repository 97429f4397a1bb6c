"""Stored numbers are reproduced: an edit that changes them is marked in the changelog, and stores them anew.

To store them anew: ``python tests/regression/test_stored_measures.py``, and look at the difference before committing it.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

STORED = Path(__file__).parent / "riot_kecamatan3.csv"
OVERRIDES = [
    "strategy=minimum_pattern,forward_reserve",
    "run.replications=4",
    "run.batch=2",
    "run.workers=1",
    "run.check=true",
    "run.resamples=100",
]


def measured() -> pd.DataFrame:
    import sim

    with tempfile.TemporaryDirectory() as folder:
        run = sim.run(sim.load("riot_kecamatan3", [*OVERRIDES, f"run.output='{folder}'"]))
        return sim.compare(run).measures[["strategy", "measure", "value", "low", "high", "n"]]


def test_the_stored_measures_are_reproduced() -> None:
    stored, now = pd.read_csv(STORED), measured()
    keys = ["strategy", "measure"]
    both = stored.merge(now, on=keys, suffixes=("_stored", ""), how="left", validate="one_to_one")
    assert both["value"].notna().sum() > 0
    for column in ("value", "low", "high", "n"):
        assert both[column].to_numpy(float) == pytest.approx(
            both[f"{column}_stored"].to_numpy(float), rel=1e-9, nan_ok=True
        )
    assert np.isfinite(both["value"]).mean() > 0.7


if __name__ == "__main__":
    measured().to_csv(STORED, index=False)
