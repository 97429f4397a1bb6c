"""What more reserves do beside the packaged plans: much where they are near, nothing where others stand already."""

from __future__ import annotations

import pandas as pd
import pytest
import yaml

from sim.config.compose import load
from tests.behaviour.moves import NO_FOLLOWERS, QUIET, measured, team

AMBULANCES = load("riot_kecamatan3").evacuation.care.ambulances
HERE = "SEK-SINDANG"
"""The sector post of the riot's district."""
WITH_ONE_HERE = (
    "evacuation.care.ambulances="
    + yaml.safe_dump(
        [*(one.model_dump(mode="json") for one in AMBULANCES), {"base": HERE, "count": 1, "vehicle": "ambulance"}],
        default_flow_style=True,
        width=10_000,
    ).strip()
)
"""The packaged ambulances and one that waits with the force: a red riot asks for one, and none is in the district."""


def beside(packaged: str, strategy: str, base: str, days: int, *overrides: str) -> pd.DataFrame:
    """Return the measures with 0, 64 and 2,048 more officers at one base than a strategy has in reserve."""
    arms = []
    for teams in (0, 2, 64):
        listed = ",".join([packaged, *([team(base, teams, 32)] if teams else [])])
        plan = (*QUIET, *NO_FOLLOWERS, "region.forces.police=3000", f"strategy.reserves=[{listed}]", *overrides)
        arms.append((f"{32 * teams}", plan))
    return measured(tuple(arms), strategy, days, scripted=False)


@pytest.mark.parametrize("days", [12, pytest.param(100, marks=pytest.mark.slow)])
def test_reserves_and_an_ambulance_at_the_riots_own_post_bring_the_whole_force_sooner(days: int) -> None:
    found = beside(team("POLRES", 4, 16), "minimum_pattern", HERE, days, WITH_ONE_HERE)
    none, some, many = (found[arm] for arm in ("0", "64", "2048"))
    for name in ("coverage_yellow", "coverage_red"):
        assert none[name] < 0.9 * some[name] <= 0.9 * many[name] + 1e-12
    assert some["peak_crowd"] < 0.85 * none["peak_crowd"] and many["peak_crowd"] <= some["peak_crowd"]
    assert some["red_force_median"] < 0.6 * none["red_force_median"]
    assert many["red_force_median"] <= some["red_force_median"]
    assert none["yellow_force"] <= some["yellow_force"] <= many["yellow_force"]


@pytest.mark.parametrize("days", [8, pytest.param(100, marks=pytest.mark.slow)])
def test_more_reserves_where_three_platoons_wait_already_change_nothing_at_the_riot(days: int) -> None:
    """Who is sent from headquarters is as much as is asked for; more of them at the same place are no sooner."""
    found = beside(team("POLRES", 3, 38), "central_reserve", "POLRES", days)
    for name in ("red_force", "red_force_median", "yellow_force", "peak_crowd", "arrival_median", "coverage_red"):
        assert len(set(found.loc[name])) == 1, name
