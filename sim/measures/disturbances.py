"""Measures of disturbances, evacuation and care."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.measures.sample import Quantile, Ratio
from sim.measures.tables import Floats, Tables


def incidents_per_day(t: Tables) -> Ratio:
    """Disturbances per day, followers included."""
    incidents = t.get("incidents")
    return t.per_day(incidents, np.ones(len(incidents)))


def peak_crowd(t: Tables) -> Ratio:
    """Average over days of the largest crowd of the day, active people; 0 on a day without any."""
    return Ratio(_largest_crowds(t), np.ones(len(t.days)))


def peak_crowd_p90(t: Tables) -> Quantile:
    """The largest crowd of the day that nine days in ten do not exceed, active people."""
    return Quantile(_largest_crowds(t), np.arange(len(t.days)), 0.9)


def _largest_crowds(t: Tables) -> Floats:
    incidents = t.get("incidents")
    return np.nan_to_num(t.largest_by_day(incidents, incidents["peak_active"].to_numpy(float)))


def contained_before_red(t: Tables) -> Ratio:
    """Share of the disturbances with a crowd that ended without ever turning red."""
    incidents = t.get("incidents")
    crowds = incidents[incidents["peak_active"] > 0]
    never_red = np.where((crowds["peak_severity"] < 2) & crowds["ended"].notna(), 1.0, 0.0)
    return t.ratio(crowds, never_red, np.ones(len(crowds)))


def red_per_day(t: Tables) -> Ratio:
    """Disturbances that turned red, per day."""
    incidents = t.get("incidents")
    return t.per_day(incidents, (incidents["peak_severity"] == 2).to_numpy())


def injured_per_day(t: Tables) -> Ratio:
    """People injured, per day."""
    incidents = t.get("incidents")
    return t.per_day(incidents, incidents["injured"].to_numpy(float))


def clearance_median(t: Tables) -> Quantile:
    """Median minutes from the order to evacuate a station to the last person safe."""
    evacuations = t.get("evacuations")
    return t.quantile(evacuations, (evacuations["cleared"] - evacuations["ordered"]).to_numpy(float), 0.5)


def clearance_p90(t: Tables) -> Quantile:
    """90th percentile of the same."""
    return replace(clearance_median(t), share=0.9)


def care_median(t: Tables) -> Quantile:
    """Median minutes from an injury to care; never counts as never."""
    casualties = t.get("casualties")
    return t.quantile(casualties, (casualties["in_care"] - casualties["injured"]).to_numpy(float), 0.5)
