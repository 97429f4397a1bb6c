"""What several rooms' tests share: the small made-up regency, and the real one, prepared once."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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


# Readline, which pytest loads, tells every process that is begun from here that it writes on a terminal of 80 columns.
os.unsetenv("COLUMNS")
os.environ.pop("COLUMNS", None)

QUIET = tuple(f"disturbance.background.rate_per_{place}_hour=0" for place in ("station", "office", "road", "village"))
"""Overrides with which nothing starts by itself anywhere."""


def small_scenario(*overrides: str, scenario: str = "calm_day") -> Scenario:
    """Return a scenario in the small regency under one strategy of its own."""
    return load(scenario, [*SMALL, "strategy=even_spread", *overrides])


LONGEST = (
    "behaviour/test_settings.py",
    "hostile/test_hostile.py",
    "experiment/executors/test_executors.py",
    "cli/test_command.py",
    "experiment/test_samples_stored.py",
    "behaviour/test_boxes_in_trouble.py",
    "report/test_any_text.py",
    "voting/test_same_bytes.py",
)
"""The files that take longest, longest first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files, lest one of them is begun last and played by one worker while the other has none."""
    rank = {Path(__file__).parent / name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path, len(rank)))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Gather the tests without the collector of garbage: all that it would look through, ever again, stays."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_finish() -> None:
    """Let the collector of garbage look no more at what stays to the end: the libraries, and thousands of tests.

    It would look through all of that, half a second each time, whenever the tests have made enough of their own. And
    it looks less often: after 20,000 new things instead of 700, of which nearly all are still in use.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


def pytest_unconfigure() -> None:
    """Let everything be freed at the end: a library complains of what is left."""
    gc.unfreeze()


@pytest.fixture(scope="session")
def small_world() -> World:
    """A calm day in the small regency."""
    return prepare(small_scenario())


@pytest.fixture(scope="session")
def riot_world() -> World:
    """The riot in the third district of Rejang Lebong, every strategy, every account checked."""
    return prepare(load("riot_kecamatan3", ["run.check=true"]))


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A headless Chromium of the system; without one, or without playwright, the test is skipped."""
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed on this system")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
