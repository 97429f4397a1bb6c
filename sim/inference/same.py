"""The same incidents between runs: twins over what is counted under every plan of several runs that met the same days.

What a run has stored is over its own plans. Between runs the tables are read: first for the things that every plan of
every run counts, then for what they contribute. One run's tables are in memory at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from sim.inference.arms import Arm, Side, arm_of
from sim.measures.registry import SAMPLES, Measure
from sim.measures.sums import Sums
from sim.measures.tables import Rows, Tables
from sim.measures.twins import SUFFIX, kept, things

_EVERYWHERE = ("kind", "district")
"""What else an incident of one name must have in common in runs of different settings to be the same."""
Things = pd.Index
Found = dict[str, dict[tuple[int, str], Sums]]


@dataclass(frozen=True, eq=False)
class Same:
    """Twins over the plans of some runs.

    Attributes:
        sides: All runs of a comparison.
        members: Numbers of those whose plans are compared.
        found: Sums by sample, then number of the run and name of the strategy.
    """

    sides: Sequence[Side]
    members: Sequence[int]
    found: Found

    def arms(self, measure: Measure) -> dict[tuple[int, str], Arm]:
        """Return one twin of every arm; they are made when asked for, as resamples of all would fill the memory."""
        sums = self.found[measure.sample]
        return {
            (i, strategy): arm_of(measure, sums.get((i, strategy)), self.sides[i])
            for i in self.members
            for strategy in self.sides[i].run.strategies
        }


def same(sides: Sequence[Side], members: Sequence[int], twins: Sequence[Measure]) -> Same:
    """Return twins over the plans of some runs.

    Args:
        sides: All runs of a comparison.
        members: Numbers of those whose plans are compared; they met the same days.
        twins: The measures.
    """
    samples = list(dict.fromkeys(measure.sample for measure in twins))
    one = len(members) == 1
    return Same(sides, members, (_stored if one else _between)(sides, members, samples))


def _stored(sides: Sequence[Side], members: Sequence[int], samples: Sequence[str]) -> Found:
    """Return what one run has stored of its own plans."""
    (only,) = members
    return {
        sample: {(only, strategy): sums for (strategy, _), sums in sides[only].run.sums(sample).items()}
        for sample in samples
    }


def _between(sides: Sequence[Side], members: Sequence[int], samples: Sequence[str]) -> Found:
    """Return what the runs' tables say of the things that all their plans count."""
    common: dict[str, Things] = {}
    for i in members:
        for sample, rows in _rows(sides[i], samples):
            mine = things(rows, (*SAMPLES[sample.removesuffix(SUFFIX)].each, *_EVERYWHERE)).unique()
            common[sample] = common[sample].intersection(mine) if sample in common else mine
    found: Found = {sample: {} for sample in samples}
    for i in members:
        for sample, rows in _rows(sides[i], samples):
            mine = things(rows, (*SAMPLES[sample.removesuffix(SUFFIX)].each, *_EVERYWHERE))
            found[sample] |= _summed(i, sides[i], kept(rows, mine.isin(common[sample])))
    return found


def _rows(side: Side, samples: Sequence[str]) -> Iterator[tuple[str, Rows]]:
    """Give what a run's days that are compared contribute to each of some twins: what all its own plans count."""
    scenario = side.run.scenario

    def read(name: str) -> pd.DataFrame:
        table = side.run.table(name)
        return table[table["replication"].isin(side.days)]

    voting, plans = scenario.voting, len(scenario.strategies)
    tables = Tables(read, scenario.response.standard_minutes, voting.open, voting.close, plans)
    for sample in samples:
        yield sample, SAMPLES[sample].compute(tables)


def _summed(number: int, side: Side, rows: Rows) -> Mapping[tuple[int, str], Sums]:
    strategy, day = (rows.frame[name].to_numpy() for name in ("strategy", "replication"))
    return {
        (number, name): Sums.of(
            side.days, *(part[strategy == name] for part in (day, rows.key, rows.above, rows.below))
        )
        for name in side.run.strategies
    }
