"""The same over what happens under every plan: how a sample gets its twin.

A plan may prevent incidents, or let more of them turn red. What a sample counts under a plan is then not what it counts
under another, and a share that differs may only be a share of other things. The twin of a sample counts, of the same
rows, those of things that the sample counts under every plan on the same day: its pairs are the same incidents.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.measures.tables import Rows, Tables

SUFFIX = "_common"
"""What the name of a twin, of a sample or of a measure, ends with."""
Things = pd.MultiIndex
"""Days, and what tells things of one day apart."""


def under_every_plan(compute: Callable[[Tables], Rows], each: Sequence[str]) -> Callable[[Tables], Rows]:
    """Return the twin of what a sample is computed by.

    Args:
        compute: From tables to what each row contributes.
        each: Columns that name one of the things that it counts, the same under every plan.
    """

    @wraps(compute)
    def twin(t: Tables) -> Rows:
        rows = compute(t)
        return kept(rows, rows.frame.groupby(["replication", *each])["strategy"].transform("nunique") == t.strategies)

    twin.__doc__ = f"{compute.__doc__ or ''} Only what is counted under every plan, on the same day."
    return twin


def things(rows: Rows, each: Sequence[str]) -> Things:
    """Return the thing that each row is of."""
    return pd.MultiIndex.from_frame(rows.frame[["replication", *each]])


def kept(rows: Rows, wanted: pd.Series | NDArray[np.bool_]) -> Rows:
    """Return some of the rows."""
    chosen = np.asarray(wanted, dtype=np.bool_)
    return Rows(rows.frame[chosen], rows.key[chosen], rows.above[chosen], rows.below[chosen], rows.largest)
