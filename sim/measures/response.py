"""Measures of the response: intervals, shares, coverage, units."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from sim.measures.sample import Quantile, Ratio, Worst
from sim.measures.tables import Floats, Tables


def answerable(incidents: pd.DataFrame, standard_minutes: float) -> pd.DataFrame:
    """Return the incidents that a response is measured for.

    Left out: those that ask for no officers; those that were over before posko knew; and those that nobody reached
    because they were over within the standard time after the report, which no plan could have been blamed for. All
    others count, and one that nobody reached counts as never.
    """
    ended = incidents["ended"].fillna(np.inf)
    known = (incidents["needed"] > 0) & incidents["reported"].notna() & (ended >= incidents["reported"])
    reached = incidents["first_on_scene"].notna()
    return incidents[known & (reached | (ended > incidents["reported"] + standard_minutes))]


def _incidents(t: Tables) -> pd.DataFrame:
    return answerable(t.get("incidents"), t.standard_minutes)


def _since_report(incidents: pd.DataFrame, column: str) -> Floats:
    """Return minutes from the report to an event; 0 when it came first (a guard who stood there), NaN when never."""
    minutes = (incidents[column] - incidents["reported"]).to_numpy(dtype=np.float64)
    return np.where(np.isnan(minutes), np.nan, np.maximum(minutes, 0.0))


def response_median(t: Tables) -> Quantile:
    """Median minutes from the report to the first officers on scene, guards included; never counts as never."""
    incidents = _incidents(t)
    return t.quantile(incidents, _since_report(incidents, "first_on_scene"), 0.5)


def response_p90(t: Tables) -> Quantile:
    """90th percentile of the same."""
    incidents = _incidents(t)
    return t.quantile(incidents, _since_report(incidents, "first_on_scene"), 0.9)


def within_standard(t: Tables) -> Ratio:
    """Share of incidents whose first officers came within the standard time after the report."""
    incidents = _incidents(t)
    in_time = np.where(_since_report(incidents, "first_on_scene") <= t.standard_minutes, 1.0, 0.0)
    return t.ratio(incidents, in_time, np.ones(len(incidents)))


def unanswered(t: Tables) -> Ratio:
    """Share of incidents that no officer ever reached."""
    incidents = _incidents(t)
    never = np.where(incidents["first_on_scene"].isna(), 1.0, 0.0)
    return t.ratio(incidents, never, np.ones(len(incidents)))


def reinforcement_median(t: Tables) -> Quantile:
    """Median minutes from the report to the first unit other than the post's guards, where guards did not suffice."""
    incidents = _incidents(t)
    guards_sufficed = incidents["force_complete"].notna() & incidents["first_reinforcement"].isna()
    incidents = incidents[~guards_sufficed]
    return t.quantile(incidents, _since_report(incidents, "first_reinforcement"), 0.5)


def reinforcement_p90(t: Tables) -> Quantile:
    """90th percentile of the same."""
    return replace(reinforcement_median(t), share=0.9)


def force_median(t: Tables) -> Quantile:
    """Median minutes from the report until all the strength asked for was there; never counts as never."""
    incidents = _incidents(t)
    return t.quantile(incidents, _since_report(incidents, "force_complete"), 0.5)


def coverage_at_start(t: Tables) -> Ratio:
    """Share of registered voters whose station a free unit can reach in the standard time when stations open."""
    coverage = t.get("coverage")
    first = coverage[coverage["time"] == coverage["time"].min()]
    return t.ratio(first, first["voters_covered"].to_numpy(float), first["voters"].to_numpy(float))


def coverage_over_day(t: Tables) -> Ratio:
    """The same share, over the whole of the polling hours."""
    coverage = t.get("coverage")
    return t.ratio(coverage, coverage["voters_covered"].to_numpy(float), coverage["voters"].to_numpy(float))


def coverage_worst_district(t: Tables) -> Worst:
    """The same share over the polling hours, in the district where it is smallest."""
    coverage = t.get("coverage")
    covered, voters = (coverage[c].to_numpy(float) for c in ("voters_covered", "voters"))
    return t.worst(coverage, "district", covered, voters)


def coverage_with_guards(t: Tables) -> Ratio:
    """The same share over the polling hours when guards at their posts are counted too."""
    coverage = t.get("coverage")
    return t.ratio(coverage, coverage["voters_covered_any"].to_numpy(float), coverage["voters"].to_numpy(float))


def busy_share(t: Tables) -> Ratio:
    """Share of their time, until closing, that units which posko may send are not free."""
    states = t.get("unit_states")
    sendable = states[(states["role"] != "guard") & (states["role"] != "ambulance") & (states["start"] < t.close)]
    minutes = sendable["end"].clip(upper=t.close).to_numpy(float) - sendable["start"].to_numpy(float)
    return t.ratio(sendable, minutes * (sendable["state"] != "free").to_numpy(), minutes)


def km_driven(t: Tables) -> Ratio:
    """Kilometres driven for tasks of every kind, ambulances and boxes among them, per day."""
    tasks = t.get("tasks")
    return t.per_day(tasks, tasks["km"].to_numpy(float))
