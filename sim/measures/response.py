"""Samples of the response: intervals, shares, units. Coverage: ``sim/measures/coverage.py``."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.measures.sample import Floats
from sim.measures.tables import Rows, Tables
from sim.vocabulary import Agency, Role, UnitState

AWAY = tuple(state for state in UnitState if not state.is_idle)
"""What a unit may do away from its post."""
MARK_MINUTES = 5.0
"""Officers away from their post are counted this often."""


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


def first_officers(t: Tables) -> Rows:
    """Minutes from the report to the first officers on scene, guards included; never counts as never."""
    incidents = _incidents(t)
    return t.values(incidents, _since_report(incidents, "first_on_scene"))


def within_standard(t: Tables) -> Rows:
    """Share of incidents whose first officers came within the standard time after the report."""
    incidents = _incidents(t)
    in_time = np.where(_since_report(incidents, "first_on_scene") <= t.standard_minutes, 1.0, 0.0)
    return t.ratio(incidents, in_time, np.ones(len(incidents)))


def unanswered(t: Tables) -> Rows:
    """Share of incidents that no officer ever reached."""
    incidents = _incidents(t)
    never = np.where(incidents["first_on_scene"].isna(), 1.0, 0.0)
    return t.ratio(incidents, never, np.ones(len(incidents)))


def reinforcement(t: Tables) -> Rows:
    """Minutes from the report to the first unit other than the post's guards, where guards did not suffice."""
    incidents = _incidents(t)
    guards_sufficed = incidents["force_complete"].notna() & incidents["first_reinforcement"].isna()
    incidents = incidents[~guards_sufficed]
    return t.values(incidents, _since_report(incidents, "first_reinforcement"))


def force(t: Tables) -> Rows:
    """Minutes from the report until all the strength asked for was there; never counts as never."""
    incidents = _incidents(t)
    return t.values(incidents, _since_report(incidents, "force_complete"))


def officers_away(t: Tables) -> Rows:
    """Officers who begin and who end a stretch away from their post, on marks of the clock five minutes apart.

    Those away at a mark have begun by then and not ended: sums of one less sums of the other. Guards, patrols,
    reserves and attached units of police, mobile brigade and army are counted.
    """
    states = t.get("unit_states")
    rows = states[~states["agency"].isin([Agency.MEDICAL, Agency.DISASTER]) & states["state"].isin(AWAY)]
    strength, none = rows["strength"].to_numpy(float), np.zeros(len(rows))
    marks = [np.ceil(rows[end].to_numpy(float) / MARK_MINUTES) * MARK_MINUTES for end in ("start", "end")]
    return Rows(
        pd.concat([rows, rows]),
        np.concatenate(marks),
        np.concatenate([strength, none]),
        np.concatenate([none, strength]),
    )


def busy_share(t: Tables) -> Rows:
    """Share of their time, until closing, that units which posko may send are not free."""
    states = t.get("unit_states")
    sendable = states[~states["role"].isin([Role.GUARD, Role.AMBULANCE]) & (states["start"] < t.close)]
    minutes = sendable["end"].clip(upper=t.close).to_numpy(float) - sendable["start"].to_numpy(float)
    return t.ratio(sendable, minutes * (sendable["state"] != UnitState.FREE).to_numpy(), minutes)


def km_driven(t: Tables) -> Rows:
    """Kilometres driven for tasks of every kind, ambulances and boxes among them."""
    tasks = t.get("tasks")
    return t.per_day(tasks, tasks["km"].to_numpy(float))
