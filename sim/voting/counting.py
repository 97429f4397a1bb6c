"""Counting the ballots: how much work it is."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.config.voting import Counting

Amount = TypeVar("Amount", float, NDArray[np.float64])


def counting_minutes(counting: Counting, voted: Amount, factor: Amount) -> Amount:
    """Return the minutes from the last voter to the end of counting, at normal speed.

    Args:
        counting: Setup, and the expected time for each voter.
        voted: Votes cast.
        factor: How much longer this station takes than expected.
    """
    return counting.setup_minutes + counting.minutes_per_voter * voted * factor
