"""Why responses were late, under each strategy: the share of each cause."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.errors import UserError
from sim.inference.resample import day_weights, interval
from sim.inference.source import Source
from sim.measures.causes import CAUSES
from sim.measures.sample import Ratio
from sim.measures.sums import Sums, no_sums, total
from sim.words.language import gettext as _


def causes(run: Source) -> pd.DataFrame:
    """Return how many of the disturbances that ask for officers have each cause of lateness (:class:`Cause`).

    Args:
        run: A run with at least one finished day.

    Returns:
        strategy, cause, share (of all that ask for officers; NaN where there are none), low, high, count: one row for
        every cause under every strategy; the shares of a strategy add up to 1.

    Raises:
        UserError: When no day is finished.
    """
    if not run.finished:
        raise UserError(_("the run has no finished day; nothing was late on it"))
    settings, days = run.scenario.run, len(run.finished)
    weights = day_weights(days, settings.resamples, settings.seed)
    sums, empty = run.sums("cause"), no_sums(run.finished)
    rows = []
    for strategy in run.strategies:
        of_strategy = sums.get((strategy, ""), empty)
        for key, cause in enumerate(CAUSES):
            share = _share(of_strategy, key)
            point = float(share.estimate(np.ones((1, days)))[0])
            low, high = (np.nan, np.nan) if days == 1 else interval(share.estimate(weights), settings.confidence)
            rows.append((strategy, str(cause), point, low, high, int(share.numerator.sum())))
    return pd.DataFrame(rows, columns=["strategy", "cause", "share", "low", "high", "count"])


def _share(sums: Sums, key: int) -> Ratio:
    """Return the share of one key in all, by day."""
    days = len(sums.days)
    counted = np.where(sums.key == key, sums.above, 0.0)
    return Ratio(total(counted, sums.position, days), total(sums.above, sums.position, days))
