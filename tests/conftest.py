"""What several rooms' tests share: the small made-up regency, and the real one, prepared once."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.config.compose import load
from sim.config.scenario import Scenario
from sim.day import World, prepare

SMALL_REGION = Path(__file__).parent / "data" / "small_region"
SMALL = (
    f"region.path={SMALL_REGION}",
    "region.title=Tanjung Contoh",
    "region.derive.very_vulnerable=2",
    "region.derive.vulnerable=3",
    "region.forces.police=60",
    "region.forces.wardens=60",
    "run.check=true",
)
"""Overrides that play a scenario in the small made-up regency, with every account checked."""


def small_scenario(*overrides: str, scenario: str = "calm_day") -> Scenario:
    """Return a scenario in the small regency under one strategy of its own."""
    return load(scenario, [*SMALL, "strategy=even_spread", *overrides])


@pytest.fixture(scope="session")
def small_world() -> World:
    """A calm day in the small regency."""
    return prepare(small_scenario())


@pytest.fixture(scope="session")
def riot_world() -> World:
    """The riot in the third district of Rejang Lebong, every strategy, every account checked."""
    return prepare(load("riot_kecamatan3", ["run.check=true"]))
