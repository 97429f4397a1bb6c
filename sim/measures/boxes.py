"""Samples of the ballot boxes: when they are home, how long they were alone with their crew, and which were held."""

from __future__ import annotations

import numpy as np

from sim.measures.tables import Rows, Tables


def boxes_home(t: Tables) -> Rows:
    """When each station's boxes are at the district office, on whole minutes."""
    s = t.get("stations")
    return t.clock(s, s["boxes_home"].to_numpy(float))


def boxes_escorted(t: Tables) -> Rows:
    """Share of the boxes that left their stations with which officers were until they were handed over."""
    s = t.get("stations")
    return t.ratio(s, s["escorted"].to_numpy(float), (~np.isnan(s["boxes_left"].to_numpy(float))).astype(np.float64))


def boxes_unescorted(t: Tables) -> Rows:
    """Minutes without officers from counted to handed over, all stations' boxes together, per day."""
    s = t.get("stations")
    return t.per_day(s, s["unescorted_minutes"].to_numpy(float))


def boxes_held(t: Tables) -> Rows:
    """Share of the stations' boxes that a disturbance held where they were, at the station or on the way."""
    s = t.get("stations")
    return t.ratio(s, (s["held_minutes"].to_numpy(float) > 0).astype(np.float64), np.ones(len(s)))
