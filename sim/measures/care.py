"""Samples of care for the injured."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from sim.measures.tables import Rows, Tables
from sim.triage import Triage


def to_care(t: Tables) -> Rows:
    """Minutes from an injury to care; never counts as never."""
    return _minutes(t, t.get("casualties"))


def to_care_of(triage: Triage) -> Callable[[Tables], Rows]:
    """Return the sample of the minutes from an injury to care of one triage class; never counts as never."""

    def compute(t: Tables) -> Rows:
        casualties = t.get("casualties")
        return _minutes(t, casualties[casualties["triage"] == triage])

    return compute


def untreated(t: Tables) -> Rows:
    """Person-minutes from an injury that is not minor to care, or to the end of the day, per day."""
    casualties = t.get("casualties")
    grave = (casualties["triage"] != Triage.MINOR).to_numpy()
    return t.per_day(casualties, np.where(grave, casualties["untreated_minutes"].to_numpy(float), 0.0))


def without_care(t: Tables) -> Rows:
    """People who were hurt and never came into care, per day."""
    casualties = t.get("casualties")
    return t.per_day(casualties, casualties["in_care"].isna().to_numpy(float))


def without_bed(t: Tables) -> Rows:
    """People who were brought where no bed was free, per day."""
    casualties = t.get("casualties")
    return t.per_day(casualties, casualties["without_bed"].to_numpy(float))


def to_least(t: Tables) -> Rows:
    """Minutes from an injury to care over the least that was possible: sums over sums, of those who came into care."""
    casualties = t.get("casualties")
    casualties = casualties[casualties["in_care"].notna() & casualties["least_minutes"].notna()]
    took = (casualties["in_care"] - casualties["injured"]).to_numpy(float)
    return t.ratio(casualties, took, casualties["least_minutes"].to_numpy(float))


def _minutes(t: Tables, casualties: pd.DataFrame) -> Rows:
    return t.values(casualties, (casualties["in_care"] - casualties["injured"]).to_numpy(float))
