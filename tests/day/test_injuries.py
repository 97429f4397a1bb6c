"""People are hurt by earthquakes, slides and floods, where they live, and brought into care from there."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest

from sim.day import prepare, simulate_day
from sim.day.world import World
from sim.experiment.frames import frames
from tests.conftest import QUIET, small_scenario

DAYS = 12
QUAKE = "incidents=[{kind: earthquake, onset: '10:00', place: kecamatan 1}]"
EFFECTS = "kinds.earthquake.severities.red.effects=[{{effect: injure, people: {}, within_minutes: {}}}]"


@cache
def world(*overrides: str) -> World:
    return prepare(small_scenario(*QUIET, *overrides))


@cache
def played(*overrides: str) -> dict[str, pd.DataFrame]:
    return frames([simulate_day(world(*overrides), "even_spread", day) for day in range(DAYS)])


def test_as_many_are_hurt_as_it_says_within_the_time_that_it_says() -> None:
    hurt = played(QUAKE, EFFECTS.format(20, 15))["casualties"]
    a_day = hurt.groupby("replication").size().reindex(range(DAYS), fill_value=0)
    assert a_day.mean() == pytest.approx(20, abs=3 * np.sqrt(20 / DAYS)) and a_day.nunique() > 3
    assert hurt["injured"].between(600, 615).all() and hurt["injured"].max() > 613
    assert played(QUAKE, EFFECTS.format(0, 15))["casualties"].empty
    incidents = played(QUAKE, EFFECTS.format(20, 15))["incidents"]
    assert incidents["injured"].sum() == len(hurt)


def test_nobody_is_hurt_any_more_once_it_is_over() -> None:
    short = ("kinds.earthquake.course.duration={mean_minutes: 5, cv: 0}", EFFECTS.format(20, 50))
    hurt = played(QUAKE, *short)["casualties"]
    assert 0 < len(hurt) < 0.3 * 20 * DAYS and (hurt["injured"] <= 605).all()


def test_crews_go_to_the_villages_where_they_are_hurt() -> None:
    tables = played(
        QUAKE, EFFECTS.format(20, 15), "kinds.earthquake.course.start_km=30", "kinds.earthquake.course.most_km=30"
    )
    tasks = tables["tasks"]
    places = tasks.loc[tasks["purpose"] == "casualty", "place"]
    villages = {node.code for node in world(QUAKE).region.nodes}
    assert places.nunique() > 2 and set(places) <= villages


def test_crews_do_not_wait_for_officers_where_there_is_no_crowd() -> None:
    far = [f"response.reporting.{who}={{mean_minutes: 3, cv: 0}}" for who in ("guarded", "by_phone", "no_signal")]
    nobody = "kinds.earthquake.severities.red.needs={presence: 0, rescue: 8}"  # no officer is asked for
    asked, never = (
        played(QUAKE, EFFECTS.format(5, 5), *far, nobody, f"evacuation.care.staging_from={staging}")["casualties"]
        for staging in ("red", "null")
    )
    assert asked.equals(never)


def test_the_more_are_hurt_the_longer_they_wait() -> None:
    few, many = (played(QUAKE, EFFECTS.format(n, 15))["casualties"] for n in (3, 30))
    waited = [(c["in_care"].fillna(1800) - c["injured"]).mean() for c in (few, many)]
    assert waited[1] > waited[0] + 20
