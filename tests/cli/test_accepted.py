"""Overrides that once broke a scenario play through the command."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.cli import call
from tests.conftest import SMALL

CONSTANT = "{distribution: constant, mean_seconds: 60}"


@pytest.mark.parametrize(
    "overrides",
    [
        [f"voting.stages.2.service={CONSTANT}"],
        [f"voting.stages=[{{name: hall, servers: 2, service: {CONSTANT}}}]", "voting.trouble.out_of_use.share=1"],
        ["voting.trouble.out_of_use.stage=nowhere", "voting.trouble.out_of_use.share=0"],
        ["strategy.guards={rule: risk_weighted, officers: 8, post_size: 2, wardens_per_station: 1, "
         "remoteness_minutes: 30}"],
    ],
)  # fmt: skip
def test_it_plays(tmp_path: Path, overrides: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    day = ["scenario=calm_day", "strategy=even_spread", *SMALL, "run.replications=1", "run.workers=1"]
    assert call([*day, *overrides, "run.resamples=100", "--out", str(tmp_path)]) == 0, capsys.readouterr().err
