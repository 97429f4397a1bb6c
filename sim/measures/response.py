"""Samples of the response: intervals, shares, units. Coverage: ``sim/measures/coverage.py``."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from sim.measures.sample import Floats
from sim.measures.tables import Rows, Tables
from sim.vocabulary import Agency, Role, Severity, UnitState

AWAY = tuple(state for state in UnitState if not state.is_idle)
"""What a unit may do away from its post."""
MARK_MINUTES = 5.0
"""Officers away from their post are counted this often."""


def asking(incidents: pd.DataFrame) -> pd.DataFrame:
    """Return the incidents that a response is measured for: all that ask for officers.

    Also those that were over before anybody came, or before posko heard of them, count: as never. To leave them out
    would let a slower plan look better, for its longest waits would be left out first. What is never reported counts as
    never answered, or the fewer tell of it the better the response would look: known are then those that officers met.
    """
    return incidents[incidents["needed"] > 0]


def _since(incidents: pd.DataFrame, column: str, start: str = "reported") -> Floats:
    """Return minutes from one event to another; 0 when that came first, NaN when never."""
    minutes = (incidents[column] - incidents[start]).to_numpy(dtype=np.float64)
    return np.where(np.isnan(minutes), np.nan, np.maximum(minutes, 0.0))


def _response(incidents: pd.DataFrame) -> Floats:
    """Return minutes from the report to the first officers; NaN for never.

    Where officers came before anybody had told, it is the minutes from the onset: 0 for those who stood there. To call
    it 0 for a pair that comes by hours later would let the response look better the fewer tell of anything.
    """
    unasked = (incidents["first_on_scene"] < incidents["reported"]).to_numpy()
    return np.where(unasked, _since(incidents, "first_on_scene", "onset"), _since(incidents, "first_on_scene"))


def arrival(t: Tables) -> Rows:
    """Minutes from the onset to the first officers on scene; never counts as never."""
    incidents = asking(t.get("incidents"))
    return t.values(incidents, _since(incidents, "first_on_scene", "onset"))


def arrival_red(t: Tables) -> Rows:
    """Minutes from the onset to the first officers on scene of those that turned red; never counts as never."""
    incidents = asking(t.get("incidents"))
    incidents = incidents[incidents["red"].notna()]
    return t.values(incidents, _since(incidents, "first_on_scene", "onset"))


def first_officers(t: Tables) -> Rows:
    """Minutes from the report to the first officers on scene, guards included; never counts as never."""
    incidents = asking(t.get("incidents"))
    return t.values(incidents, _response(incidents))


def reached(t: Tables) -> Rows:
    """The same of those alone that were told of and reached, all minutes over their number: a mean knows no never."""
    incidents = asking(t.get("incidents"))
    minutes = _response(incidents)
    known = ~np.isnan(minutes)
    return t.ratio(incidents[known], minutes[known], np.ones(int(known.sum())))


def driven(t: Tables) -> Rows:
    """The same where they had to be sent; never counts as never."""
    incidents = asking(t.get("incidents"))
    incidents = incidents[incidents["first_sent"] != 0]
    return t.values(incidents, _since(incidents, "first_on_scene"))


def stood_there(t: Tables) -> Rows:
    """Share of incidents whose first officers stood there, or came by their round: nobody had to send them."""
    incidents = asking(t.get("incidents"))
    return t.ratio(incidents, np.where(incidents["first_sent"] == 0, 1.0, 0.0), np.ones(len(incidents)))


def within_standard(t: Tables) -> Rows:
    """Share of incidents whose first officers came within the standard time after the report; none without a report."""
    incidents = asking(t.get("incidents"))
    in_time = np.where(_response(incidents) <= t.standard_minutes, 1.0, 0.0)
    return t.ratio(incidents, in_time, np.ones(len(incidents)))


def unanswered(t: Tables) -> Rows:
    """Share of incidents that no officer ever reached; also those that were over before."""
    incidents = asking(t.get("incidents"))
    never = np.where(incidents["first_on_scene"].isna(), 1.0, 0.0)
    return t.ratio(incidents, never, np.ones(len(incidents)))


def reinforcement(t: Tables) -> Rows:
    """Minutes from the report to the first unit other than the post's guards, where guards did not suffice."""
    incidents = asking(t.get("incidents"))
    guards_sufficed = incidents["force_complete"].notna() & incidents["first_reinforcement"].isna()
    incidents = incidents[~guards_sufficed]
    return t.values(incidents, _since(incidents, "first_reinforcement"))


def forces_of(severity: Severity) -> Callable[[Tables], Rows]:
    """Return what measures the minutes from this severity to all that it asks for; never counts as never."""

    def force(t: Tables) -> Rows:
        forces = _forces(t, severity)
        return t.values(forces, _since(forces, "complete", "reached"))

    return force


def force_shares_of(severity: Severity) -> Callable[[Tables], Rows]:
    """Return what measures the share of incidents of this severity that ever got all that it asks for."""

    def share(t: Tables) -> Rows:
        forces = _forces(t, severity)
        return t.ratio(forces, np.where(forces["complete"].notna(), 1.0, 0.0), np.ones(len(forces)))

    return share


def over_first_of(severity: Severity) -> Callable[[Tables], Rows]:
    """Return what measures the share that was over while all that was missing was on its way.

    Whatever ends an incident before the last of a force comes, a platoon near by among it, would else count as if
    nobody had come. How long it took is told by other measures. Who then waits at a closed road, or has one before him
    and no way round it, is not on his way; who has got through is.
    """

    def share(t: Tables) -> Rows:
        forces = _forces(t, severity)
        is_first = forces["complete"].isna() & (forces["coming"] == 1)
        return t.ratio(forces, np.where(is_first, 1.0, 0.0), np.ones(len(forces)))

    return share


def without_force_of(severity: Severity) -> Callable[[Tables], Rows]:
    """Return what measures the share that never got all that it asks for, nor would have: the rest of the shares."""

    def share(t: Tables) -> Rows:
        forces = _forces(t, severity)
        is_without = forces["complete"].isna() & (forces["coming"] == 0)
        return t.ratio(forces, np.where(is_without, 1.0, 0.0), np.ones(len(forces)))

    return share


def _forces(t: Tables, severity: Severity) -> pd.DataFrame:
    forces = t.get("forces")
    return forces[forces["severity"] == severity]


def officers_away(t: Tables) -> Rows:
    """Officers who begin and who end a stretch away from their post, on marks of the clock five minutes apart.

    Those away at a mark have begun by then and not ended: sums of one less sums of the other. Guards, patrols,
    reserves and attached units of police, mobile brigade and army are counted.
    """
    states = t.get("unit_states")
    rows = states[states["agency"].isin([a for a in Agency if a.are_officers]) & states["state"].isin(AWAY)]
    strength, none = rows["strength"].to_numpy(float), np.zeros(len(rows))
    marks = [np.ceil(rows[end].to_numpy(float) / MARK_MINUTES) * MARK_MINUTES for end in ("start", "end")]
    return Rows(
        pd.concat([rows, rows]),
        np.concatenate(marks),
        np.concatenate([strength, none]),
        np.concatenate([none, strength]),
    )


def busy_share(t: Tables) -> Rows:
    """Share of their time on duty, until closing, that units which posko may send are not free."""
    states = t.get("unit_states")
    on_duty = (states["start"] < t.close) & (states["state"] != UnitState.OFF_DUTY)
    sendable = states[~states["role"].isin([Role.GUARD, Role.AMBULANCE]) & on_duty]
    minutes = sendable["end"].clip(upper=t.close).to_numpy(float) - sendable["start"].to_numpy(float)
    return t.ratio(sendable, minutes * (sendable["state"] != UnitState.FREE).to_numpy(), minutes)


def km_driven(t: Tables) -> Rows:
    """Kilometres driven for tasks of every kind, ambulances and boxes among them."""
    tasks = t.get("tasks")
    return t.per_day(tasks, tasks["km"].to_numpy(float))
