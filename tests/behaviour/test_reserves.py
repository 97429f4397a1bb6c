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
WAYS = ("force", "over_first", "without_force")
"""What can become of a red incident that asks for a force."""
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
        listed = ",".join([*([packaged] if packaged else []), *([team(base, teams, 32)] if teams else [])])
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


def never_falls(found: pd.DataFrame) -> None:
    """Every red had its force, was over first, or went without; more reserves let no more go without."""
    none, some, many = (found[arm] for arm in ("0", "64", "2048"))
    for arm in (none, some, many):
        assert sum(arm[f"red_{way}"] for way in WAYS) == pytest.approx(1.0)
    assert none["red_without_force"] >= some["red_without_force"] >= many["red_without_force"]


@pytest.mark.parametrize("days", [24, pytest.param(100, marks=pytest.mark.slow)])
def test_fewer_reds_go_without_their_force_though_more_are_over_before_the_ambulance(days: int) -> None:
    """Who is near ends some before the ambulance is there: these never had it, and are told apart."""
    found = beside(team("POLRES", 4, 16), "minimum_pattern", HERE, days)
    never_falls(found)
    assert found.loc["red_without_force", "64"] < 0.5 * found.loc["red_without_force", "0"]
    assert found.loc["red_over_first", "64"] > 0


@pytest.mark.parametrize("days", [12, pytest.param(100, marks=pytest.mark.slow)])
def test_without_any_reserve_every_red_goes_without_its_force(days: int) -> None:
    found = beside("", "minimum_pattern", "POLRES", days, "response.attached=[]")
    never_falls(found)
    assert found.loc["red_without_force", "0"] == 1.0 and found.loc["red_without_force", "64"] < 0.05
    for severity in ("yellow", "red"):
        assert found.loc[f"{severity}_force", "64"] > 0.9 and found.loc[f"{severity}_force", "0"] == 0.0


@pytest.mark.parametrize("days", [8, pytest.param(100, marks=pytest.mark.slow)])
def test_more_reserves_where_three_platoons_wait_already_change_nothing_at_the_riot(days: int) -> None:
    """Who is sent from headquarters is as much as is asked for; more of them at the same place are no sooner."""
    found = beside(team("POLRES", 3, 38), "central_reserve", "POLRES", days)
    same = ("red_force", "red_without_force", "red_over_first", "red_force_median", "yellow_force", "peak_crowd")
    for name in (*same, "arrival_median", "coverage_red"):
        assert len(set(found.loc[name])) == 1, name
