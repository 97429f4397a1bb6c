"""What is drawn over minutes or over the day, from a run's samples: tidy tables that a figure only has to draw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from sim.inference.source import Source
from sim.measures.response import MARK_MINUTES
from sim.measures.sample import Floats
from sim.measures.sums import Sums, no_sums, total

BAND = (0.1, 0.9)
"""Quantiles over days that the band of a curve lies between: eight days in ten."""
_ALMOST_ALL = 0.999


def response_shares(run: Source) -> dict[str, pd.DataFrame]:
    """Return, by strategy, the share of incidents whose first officers were there by a time after the report.

    Columns: minutes (each that occurred, in order), share (of all incidents, those that nobody reached among them), n
    (incidents there until then). A strategy under which there was no incident is left out.
    """
    found = {}
    for strategy, sums in _whole(run, "response").items():
        minutes, count, _ = sums.by_key()
        frame = pd.DataFrame({"minutes": minutes, "share": np.cumsum(count) / count.sum(), "n": np.cumsum(count)})
        found[strategy] = frame[np.isfinite(minutes)]
    return found


def coverage_shares(run: Source) -> pd.DataFrame:
    """Return the share of voters whom the first officers could reach in time, through the polling hours.

    Columns: strategy, time (minutes after midnight), share (of all days together), low and high (quantiles of the
    days, BAND).
    """
    found = []
    for strategy, sums in _whole(run, "coverage_by_time").items():
        times, covered, voters = sums.by_key()
        low, high = np.nanquantile(sums.ratios_by_key(), BAND, axis=0)
        columns = {"time": times, "share": covered / voters, "low": low, "high": high}
        found.append(pd.DataFrame({"strategy": strategy, **columns}))
    return pd.concat(found) if found else pd.DataFrame(columns=["strategy", "time", "share", "low", "high"])


def officers_by_state(run: Source, strategy: str, states: Iterable[str]) -> pd.DataFrame:
    """Return how many officers are in each state away from their post, mean over days, every five minutes.

    Args:
        run: A run with at least one finished day.
        strategy: One of its strategies.
        states: States, one column each.

    Returns:
        One row a time, from the opening of stations or before, when the first leave, until they close or after, when
        999 of 1,000 officers' stretches away are over. The index is minutes after midnight.
    """
    voting, days = run.scenario.voting, run.finished
    sums = {label: part for (name, label), part in run.sums("officers_away", "state").items() if name == strategy}
    marks, begun, ended = _together(list(sums.values()))
    start = min([voting.open, *marks[begun > 0][:1]])
    back = np.searchsorted(np.cumsum(ended), _ALMOST_ALL * ended.sum()) if len(marks) else 0
    end = max([voting.close, *marks[back : back + 1]])
    times = np.arange(np.floor(start / MARK_MINUTES), np.ceil(end / MARK_MINUTES) + 1) * MARK_MINUTES
    columns = {}
    for state in states:
        keys, more, less = sums.get(state, no_sums(days)).by_key()
        reached = np.searchsorted(keys, times, side="right")
        columns[state] = np.concatenate([[0.0], np.cumsum(more - less)])[reached] / len(days)
    return pd.DataFrame(columns, index=times)


def _together(parts: Sequence[Sums]) -> tuple[Floats, Floats, Floats]:
    """Return the keys of several sums in order, and both sums of each."""
    keys, above, below = (
        np.concatenate([np.zeros(0), *(getattr(part, name) for part in parts)]) for name in ("key", "above", "below")
    )
    marks, group = np.unique(keys, return_inverse=True)
    return marks, total(above, group, len(marks)), total(below, group, len(marks))


def _whole(run: Source, sample: str) -> dict[str, Sums]:
    """Return a sample by strategy, in the run's order; a strategy without any row is left out."""
    sums = run.sums(sample)
    return {name: sums[name, ""] for name in run.strategies if (name, "") in sums}
