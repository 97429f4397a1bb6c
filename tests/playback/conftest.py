"""A finished run of a few days in the small regency under two strategies, with a riot and a closed road."""

from __future__ import annotations

import pytest

from sim.experiment.execute import execute
from sim.experiment.store import Run
from sim.playback.page import Played
from sim.playback.write import play
from tests.conftest import small_scenario

SCRIPT = (
    'incidents=[{kind: riot, onset: "09:40", place: "Pasar Timur", starters: 25, followers: 1}]',
    'closures=[{between: [Pasar Tengah, Pasar Timur], closed_at: "10:00", reopened_at: "11:30"}]',
    "strategy=even_spread,risk_weighted",
    "region.forces.police=260",
)


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("playback")
    more = ("run.replications=5", "run.workers=1", "run.resamples=100", f"run.output='{folder}'")
    return execute(small_scenario(*SCRIPT, *more), command="simulate test")


@pytest.fixture(scope="session")
def played(run: Run) -> Played:
    return play(run)
