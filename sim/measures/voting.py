"""Samples of voting: what disturbances and plans cost the voters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.measures.tables import Rows, Tables

CAUSES = ("lost_deterred", "lost_balked", "lost_impatient", "lost_unsupplied", "lost_evacuated", "in_line")
"""Columns of the stations with those who set out and did not vote, by cause; deferred voters are not among them."""


def measure_of(cause: str) -> str:
    """Return the name of the measure of the votes lost for one cause, a column of the stations."""
    return f"votes_lost_{cause.removeprefix('lost_')}"


def votes_lost(t: Tables) -> Rows:
    """Votes lost, for whatever cause."""
    return _lost(t, *CAUSES)


def votes_lost_by(cause: str) -> Callable[[Tables], Rows]:
    """Return what counts the votes lost for one cause, a column of the stations."""
    return lambda t: _lost(t, cause)


def _lost(t: Tables, *causes: str) -> Rows:
    s = t.get("stations")
    return t.per_day(s, s[list(causes)].to_numpy(float).sum(axis=1))


def votes_disturbed_at(stations: Mapping[str, Any] | pd.DataFrame) -> NDArray[np.float64]:
    """Return the votes that disturbances cost each station: fewer than on the calm twin, cast and put off together.

    Args:
        stations: The log's table of stations, or its columns.
    """
    s = stations
    return np.asarray(s["calm_voted"] + s["calm_deferred"] - s["voted"] - s["deferred"], dtype=np.float64)


def votes_lost_to_disturbances(t: Tables) -> Rows:
    """Votes fewer than on the same day without any incident (calm twin); votes put off are none that are lost."""
    s = t.get("stations")
    return t.per_day(s, votes_disturbed_at(s))


def votes_lost_untold(t: Tables) -> Rows:
    """The same at stations with a disturbance that nobody told of: on a real day their cause would not be known."""
    s = t.get("stations")
    s = s[s["untold"] > 0]
    return t.per_day(s, votes_disturbed_at(s))


def votes_deferred(t: Tables) -> Rows:
    """Votes that a follow-up poll is due for, per day."""
    s = t.get("stations")
    return t.per_day(s, s["deferred"].to_numpy(float))


def waiting_long(t: Tables) -> Rows:
    """Share of those who voted that waited more than 30 minutes."""
    s = t.get("stations")
    return t.ratio(s, s["waited_over_30"].to_numpy(float), s["voted"].to_numpy(float))


def mean_wait(t: Tables) -> Rows:
    """Mean minutes that those who voted waited: all waits over all voters."""
    s = t.get("stations")
    return t.ratio(s, s["wait_sum"].to_numpy(float), s["voted"].to_numpy(float))


def priority_wait(t: Tables) -> Rows:
    """Mean minutes that those who voted and go first waited: elderly, disabled and pregnant voters."""
    s = t.get("stations")
    return t.ratio(s, s["priority_wait_sum"].to_numpy(float), s["priority_voted"].to_numpy(float))


def others_wait(t: Tables) -> Rows:
    """Mean minutes that all others who voted waited."""
    s = t.get("stations")
    waits = (s["wait_sum"] - s["priority_wait_sum"]).to_numpy(float)
    return t.ratio(s, waits, (s["voted"] - s["priority_voted"]).to_numpy(float))


def opened_late(t: Tables) -> Rows:
    """Stations that opened after the hour of opening, per day."""
    s = t.get("stations")
    return t.per_day(s, s["opened"].to_numpy(float) > t.open)


def last_station_closed(t: Tables) -> Rows:
    """Average over days of when the last voter of the regency left the station."""
    s = t.get("stations")
    return t.largest(s, s["last_voted"].to_numpy(float))


def closing(t: Tables) -> Rows:
    """When the last voter had left each station where anybody voted; one that was never empty is never.

    Kept on tenths of a minute, because most rooms are empty within a few minutes of closing.
    """
    s = t.get("stations")
    s = s[s["voted"] > 0]
    return t.clock(s, s["last_voted"].where(s["in_line"] == 0).to_numpy(float), 10)


def stations_disturbed(t: Tables) -> Rows:
    """Stations that stood still for a time during voting, per day."""
    s = t.get("stations")
    return t.per_day(s, (s["suspended_minutes"].to_numpy(float) > 0).astype(np.float64))
