"""Measures of disturbances, evacuation and care."""

from __future__ import annotations

import numpy as np

from sim.measures.sample import Quantile, Ratio
from sim.measures.tables import Tables


def incidents_per_day(t: Tables) -> Ratio:
    """Disturbances per day, followers included."""
    incidents = t.get("incidents")
    return t.per_day(incidents, np.ones(len(incidents)))


def peak_crowd(t: Tables) -> Ratio:
    """Average over days of the largest crowd of the day, active people."""
    incidents = t.get("incidents")
    largest = np.zeros(len(t.days))
    np.maximum.at(largest, t.day_of(incidents), incidents["peak_active"].to_numpy(float))
    return Ratio(largest, np.ones(len(t.days)))


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


def care_median(t: Tables) -> Quantile:
    """Median minutes from an injury to care; never counts as never."""
    casualties = t.get("casualties")
    return t.quantile(casualties, (casualties["in_care"] - casualties["injured"]).to_numpy(float), 0.5)
