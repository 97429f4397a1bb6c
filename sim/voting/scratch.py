"""What the compiled station works on: one station's voters, its limits, its conditions and its working memory."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Codes = NDArray[np.int8]


class Voters(NamedTuple):
    """The voters of one station, sorted by arrival; their services stand in columns a to b of everybody's."""

    arrival: Floats
    patience: Floats
    line_limit: Floats
    priority: Flags
    deterred_mark: Floats
    return_mark: Floats
    return_delay: Floats
    service: Floats  # (stages, voters of all stations)
    a: int
    b: int


class Limits(NamedTuple):
    """The station's hours and ballots, the moment at which the day is looked at, and who of those gone comes back."""

    opening: float
    closing: float
    until: float
    ballots: float
    deterred_return: float
    evacuated_return: float
    impatient_return: float


class Pieces(NamedTuple):
    """Pieces of constant conditions: when each begins, its speed, the share deterred, the servers out of use."""

    time: Floats
    speed: Floats
    deterred: Floats
    out: Ints  # (pieces, stages named)
    even: bool  # at full speed with every server all day


class Scratch(NamedTuple):
    """Working memory of one station: what is known of each voter, who is still to come, and the queues in hand."""

    join: Floats  # by voter: when he joins the line (last visit)
    done: Floats  # by voter: when he leaves, served or not; infinite: never
    start: Floats  # (stages, voters)
    finish: Floats  # (stages, voters)
    fate: Codes  # by voter
    back: Flags  # by voter: has come back after leaving the line
    line: Ints  # who is still to come, by joining, from place n[AT] on
    visits: Ints  # who has come in this round: n[CAME] of them
    first: Ints  # waiting for the stage in hand, of those who go first: places n[A] to n[B]
    others: Ints  # and of the others: places n[C] to n[D]
    ready: Floats  # by place in the queue of a stage: when it is reached
    who: Ints  # by place in the queue of a stage: the voter
    n: Ints  # numbers, by the names below
    soon: Floats  # (1) when the next of those in line loses patience who will come back: voter n[SOON]


A, B, C, D, AT, CAME, SERVED, ISSUED, SOON = 0, 1, 2, 3, 4, 5, 6, 7, 8
"""Places of ``Scratch.n``; ISSUED: ballots given out."""
