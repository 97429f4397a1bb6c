"""Samples of disturbances and evacuation."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.measures.tables import Rows, Tables
from sim.vocabulary import Severity


def incidents_begun(t: Tables) -> Rows:
    """Disturbances per day, followers included."""
    incidents = t.get("incidents")
    return t.per_day(incidents, np.ones(len(incidents)))


def untold(t: Tables) -> Rows:
    """Disturbances that the operations centre never had a report of, per day."""
    incidents = t.get("incidents")
    return t.per_day(incidents, incidents["reported"].isna().to_numpy())


def largest_crowd(t: Tables) -> Rows:
    """The largest crowd of each day, active people."""
    incidents = t.get("incidents")
    return t.largest(incidents, incidents["peak_active"].to_numpy(float))


def contained_before_red(t: Tables) -> Rows:
    """Share of the disturbances with a crowd that ended without ever turning red."""
    incidents = t.get("incidents")
    crowds = incidents[incidents["peak_active"] > 0]
    never_red = np.where((crowds["peak_severity"] < Severity.RED) & crowds["ended"].notna(), 1.0, 0.0)
    return t.ratio(crowds, never_red, np.ones(len(crowds)))


def turned_red(t: Tables) -> Rows:
    """Disturbances that turned red, per day."""
    incidents = t.get("incidents")
    return t.per_day(incidents, (incidents["peak_severity"] == Severity.RED).to_numpy())


def injured(t: Tables) -> Rows:
    """People injured, per day."""
    incidents = t.get("incidents")
    return t.per_day(incidents, incidents["injured"].to_numpy(float))


def officers_hurt(t: Tables) -> Rows:
    """Officers injured, per day."""
    incidents = t.get("incidents")
    return t.per_day(incidents, incidents["officers_hurt"].to_numpy(float))


def exposed(t: Tables) -> Rows:
    """Person-minutes at stations from the moment that they must be left to safety, per day."""
    evacuations = t.get("evacuations")
    return t.per_day(evacuations, evacuations["exposed_minutes"].to_numpy(float))


def ordered(t: Tables) -> Rows:
    """Minutes from the moment that a station must be left to the order; never ordered counts as never."""
    evacuations = t.get("evacuations")
    return t.values(evacuations, (evacuations["ordered"] - evacuations["due"]).to_numpy(float))


def clearance(t: Tables) -> Rows:
    """Minutes from the order to leave a station to the last person safe."""
    left = _left(t)
    return t.values(left, (left["cleared"] - left["ordered"]).to_numpy(float))


def clearance_to_least(t: Tables) -> Rows:
    """Minutes to the last person safe over the least that any choice of ways would take: sums over sums."""
    left = _left(t)
    left = left[left["cleared"].notna()]
    return t.ratio(left, (left["cleared"] - left["ordered"]).to_numpy(float), left["least_minutes"].to_numpy(float))


def _left(t: Tables) -> pd.DataFrame:
    """Return the stations that people were told to leave."""
    evacuations = t.get("evacuations")
    return evacuations[evacuations["ordered"].notna()]


def area_most_safe(t: Tables) -> Rows:
    """Minutes from the moment that an area must be left until nine of ten who want to leave are in a shelter."""
    areas = t.get("areas")
    return t.values(areas, (areas["most_safe"] - areas["due"]).to_numpy(float))


def area_left_behind(t: Tables) -> Rows:
    """People of areas who wanted to be safe and never were, per day."""
    areas = t.get("areas")
    return t.per_day(areas, areas["left_behind"].to_numpy(float))


def area_to_least(t: Tables) -> Rows:
    """Minutes from the order to the last in a shelter over the least for an area: sums over sums."""
    areas = t.get("areas")
    areas = areas[areas["last_safe"].notna()]
    return t.ratio(
        areas, (areas["last_safe"] - areas["ordered"]).to_numpy(float), areas["least_minutes"].to_numpy(float)
    )


def area_unguarded(t: Tables) -> Rows:
    """Minutes, per day, that posts which guard the houses of areas were without their officers."""
    areas = t.get("areas")
    return t.per_day(areas, areas["unguarded_minutes"].to_numpy(float))
