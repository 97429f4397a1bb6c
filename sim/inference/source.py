"""Where a comparison takes its samples from."""

from __future__ import annotations

from typing import Protocol

from sim.config.scenario import Scenario
from sim.measures.registry import Measure
from sim.measures.sample import Estimator
from sim.measures.samples import WHOLE
from sim.measures.sums import Sums, no_sums


class Source(Protocol):
    """Where samples come from: a run."""

    @property
    def scenario(self) -> Scenario:
        """What was played."""

    @property
    def strategies(self) -> list[str]:
        """Names of the strategies."""

    @property
    def finished(self) -> list[int]:
        """Numbers of the finished days."""

    def sums(self, sample: str, by: str = WHOLE) -> dict[tuple[str, str], Sums]:
        """Return one sample by strategy and label."""


def estimators(run: Source, measure: Measure) -> dict[str, Estimator]:
    """Return what estimates a measure under each strategy."""
    sums, empty = run.sums(measure.sample), no_sums(run.finished)
    return {name: measure.estimator(sums.get((name, ""), empty)) for name in run.strategies}
