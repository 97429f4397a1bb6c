"""Measures of voting: what disturbances and plans cost the voters."""

from __future__ import annotations

import numpy as np

from sim.measures.sample import Quantile, Ratio
from sim.measures.tables import Tables


def votes_lost(t: Tables) -> Ratio:
    """Votes lost per day, for whatever cause; votes deferred to a follow-up poll are counted apart."""
    s = t.get("stations")
    lost = s["lost_deterred"] + s["lost_impatient"] + s["lost_evacuated"] + s["in_line"]
    return t.per_day(s, lost.to_numpy(float))


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


def last_station_closed(t: Tables) -> Ratio:
    """Average over days of when the last voter of the regency left the station."""
    s = t.get("stations")
    last = t.largest_by_day(s, s["last_voted"].to_numpy(float))
    return Ratio(np.nan_to_num(last), (~np.isnan(last)).astype(np.float64))


def boxes_home_p90(t: Tables) -> Quantile:
    """When 90 % of the stations' boxes are at the district office, minutes after midnight."""
    s = t.get("stations")
    return t.quantile(s, s["boxes_home"].to_numpy(float), 0.9)


def stations_disturbed(t: Tables) -> Ratio:
    """Stations that stood still for a time during voting, per day."""
    s = t.get("stations")
    return t.per_day(s, (s["suspended_minutes"].to_numpy(float) > 0).astype(np.float64))
