"""Measures of voting: what disturbances and plans cost the voters."""

from __future__ import annotations

import numpy as np

from sim.measures.sample import Quantile, Ratio
from sim.measures.tables import Tables

CAUSES = ("lost_deterred", "lost_balked", "lost_impatient", "lost_unsupplied", "lost_evacuated", "in_line")
"""Columns of the stations with those who set out and did not vote, by cause; deferred voters are not among them."""


def votes_lost(t: Tables) -> Ratio:
    """Votes lost per day, for whatever cause; votes deferred to a follow-up poll are counted apart."""
    return _lost(t, *CAUSES)


def votes_lost_deterred(t: Tables) -> Ratio:
    """Votes lost per day by voters whom a disturbance or visible force kept away, and who did not come later."""
    return _lost(t, "lost_deterred")


def votes_lost_balked(t: Tables) -> Ratio:
    """Votes lost per day by voters who went away at the sight of the line, and did not come back."""
    return _lost(t, "lost_balked")


def votes_lost_impatient(t: Tables) -> Ratio:
    """Votes lost per day by voters who waited, left the entrance line, and did not come back."""
    return _lost(t, "lost_impatient")


def votes_lost_unsupplied(t: Tables) -> Ratio:
    """Votes lost per day by voters for whom the station had no ballots left."""
    return _lost(t, "lost_unsupplied")


def votes_lost_evacuated(t: Tables) -> Ratio:
    """Votes lost per day by voters whom an evacuation sent home, and who did not come back."""
    return _lost(t, "lost_evacuated")


def votes_lost_in_line(t: Tables) -> Ratio:
    """Votes lost per day by voters still at the station, not served, at the end of the simulated day."""
    return _lost(t, "in_line")


def _lost(t: Tables, *causes: str) -> Ratio:
    s = t.get("stations")
    return t.per_day(s, s[list(causes)].to_numpy(float).sum(axis=1))


def votes_lost_to_disturbances(t: Tables) -> Ratio:
    """Votes fewer than on the same day without any incident (calm twin), per day; deferred votes not among them."""
    s = t.get("stations")
    return t.per_day(s, (s["calm_voted"] - s["voted"] - s["deferred"]).to_numpy(float))


def votes_deferred(t: Tables) -> Ratio:
    """Votes that a follow-up poll is due for, per day."""
    s = t.get("stations")
    return t.per_day(s, s["deferred"].to_numpy(float))


def waiting_long(t: Tables) -> Ratio:
    """Share of those who voted that waited more than 30 minutes."""
    s = t.get("stations")
    return t.ratio(s, s["waited_over_30"].to_numpy(float), s["voted"].to_numpy(float))


def mean_wait(t: Tables) -> Ratio:
    """Mean minutes that those who voted waited: all waits over all voters."""
    s = t.get("stations")
    return t.ratio(s, s["wait_sum"].to_numpy(float), s["voted"].to_numpy(float))


def priority_wait(t: Tables) -> Ratio:
    """Mean minutes that those who voted and go first waited: elderly, disabled and pregnant voters."""
    s = t.get("stations")
    return t.ratio(s, s["priority_wait_sum"].to_numpy(float), s["priority_voted"].to_numpy(float))


def others_wait(t: Tables) -> Ratio:
    """Mean minutes that all others who voted waited."""
    s = t.get("stations")
    waits = (s["wait_sum"] - s["priority_wait_sum"]).to_numpy(float)
    return t.ratio(s, waits, (s["voted"] - s["priority_voted"]).to_numpy(float))


def opened_late(t: Tables) -> Ratio:
    """Stations that opened after the hour of opening, per day."""
    s = t.get("stations")
    return t.per_day(s, s["opened"].to_numpy(float) > t.open)


def last_station_closed(t: Tables) -> Ratio:
    """Average over days of when the last voter of the regency left the station."""
    s = t.get("stations")
    last = t.largest_by_day(s, s["last_voted"].to_numpy(float))
    return Ratio(np.nan_to_num(last), (~np.isnan(last)).astype(np.float64))


def closing_p90(t: Tables) -> Quantile:
    """When the last voter had left 90 % of the stations where anybody voted; one that was never empty is never."""
    s = t.get("stations")
    s = s[s["voted"] > 0]
    return t.quantile(s, s["last_voted"].where(s["in_line"] == 0).to_numpy(float), 0.9)


def boxes_home_p90(t: Tables) -> Quantile:
    """When 90 % of the stations' boxes are at the district office, minutes after midnight."""
    s = t.get("stations")
    return t.quantile(s, s["boxes_home"].to_numpy(float), 0.9)


def stations_disturbed(t: Tables) -> Ratio:
    """Stations that stood still for a time during voting, per day."""
    s = t.get("stations")
    return t.per_day(s, (s["suspended_minutes"].to_numpy(float) > 0).astype(np.float64))
