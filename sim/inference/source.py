"""Where a comparison takes its tables from, each read once and split by strategy once."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import pandas as pd

from sim.config.scenario import Scenario
from sim.measures.tables import Tables


class Source(Protocol):
    """Where tables come from: a run."""

    @property
    def scenario(self) -> Scenario:
        """What was played."""

    @property
    def strategies(self) -> list[str]:
        """Names of the strategies."""

    @property
    def finished(self) -> list[int]:
        """Numbers of the finished days."""

    def table(self, name: str) -> pd.DataFrame:
        """Return one table of every strategy."""


class Split:
    """Reads each table of a run once, and splits it by strategy once."""

    def __init__(self, run: Source) -> None:
        self.run = run
        self._parts: dict[str, dict[str, pd.DataFrame]] = {}

    def tables(self, strategy: str) -> Tables:
        """Return one strategy's tables."""
        scenario = self.run.scenario
        days = np.array(sorted(self.run.finished), dtype=np.int64)
        standard, voting = scenario.response.standard_minutes, scenario.voting
        return Tables(lambda name: self.part(name, strategy), days, standard, voting.open, voting.close)

    def part(self, name: str, strategy: str) -> pd.DataFrame:
        """Return one table's rows of one strategy."""
        if name not in self._parts:
            frame = self.run.table(name)
            parts = {str(key): part for key, part in frame.groupby("strategy", sort=False)}
            self._parts[name] = {s: parts.get(s, frame.iloc[:0]) for s in self.run.strategies}
        return self._parts[name][strategy]
