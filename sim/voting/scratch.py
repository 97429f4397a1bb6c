"""What the compiled station works on: one station's voters, its limits, its clock and its working memory."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Codes = NDArray[np.int8]


class Voters(NamedTuple):
    """The voters of one station, sorted by arrival; their services stand in columns a to b of everybody's."""

    arrival: Floats
    patience: Floats
    deterred_mark: Floats
    return_mark: Floats
    return_delay: Floats
    service: Floats  # (stages, voters of all stations)
    a: int
    b: int


class Limits(NamedTuple):
    """The station's hours, the moment at which the day is looked at, and who of those sent away comes back."""

    opening: float
    closing: float
    until: float
    deterred_return: float
    evacuated_return: float


class Clock(NamedTuple):
    """Pieces of constant speed from opening on: wall time and station time where each begins, and its speed."""

    wall: Floats
    inner: Floats
    speed: Floats


class Scratch(NamedTuple):
    """Working memory of one station: what is known of each voter, and the queue of the stage in hand."""

    join: Floats  # by voter: when he joins the line (last visit)
    done: Floats  # by voter: when he leaves, served or out of patience
    start: Floats  # (stages, voters)
    finish: Floats  # (stages, voters)
    fate: Codes  # by voter
    ready: Floats  # by place in the queue: station time at which the stage is reached
    who: Ints  # by place in the queue: the voter
