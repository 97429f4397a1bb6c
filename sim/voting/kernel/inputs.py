"""What the compiled station is given and what it fills in, of several stations: arrays with names.

They stand in this folder because machine code knows a field by its place: see ``sim.compiled``.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Codes = NDArray[np.int8]


class DrawnVoters(NamedTuple):
    """The voters of all stations; station k owns ``first[k]`` to ``first[k + 1]``. Fields as in ``VoterDraws``."""

    first: Ints
    arrival: Floats
    service: Floats  # (stages, voters)
    patience: Floats
    line_limit: Floats
    priority: Flags
    deterred_mark: Floats
    return_mark: Floats
    return_delay: Floats


class StationRules(NamedTuple):
    """How every station works; fields as in ``Rules``."""

    servers: Ints  # (stages)
    goes_first: Flags  # (stages)
    opening: float
    closing: float
    deterred_return: float
    evacuated_return: float
    impatient_return: float


class FlatConditions(NamedTuple):
    """The conditions of several stations as arrays; station k owns pieces ``first[k]`` to ``first[k + 1]``.

    ``out`` has a row for each piece and as many columns as stages are named in any. Those from ``abandoned_at`` to
    ``ballots`` have one entry for each station, ``door_open`` has one for each piece.
    """

    first: Ints
    time: Floats
    speed: Floats
    deterred: Floats
    evacuation_first: Ints
    evacuated: Floats
    resumed: Floats
    out: Ints
    abandoned_at: Floats
    opens_at: Floats
    extended: Floats
    ballots: Floats
    door_open: Flags


class Results(NamedTuple):
    """What is filled in: of every station, and of every voter of these stations, one after another.

    The first four are those of ``StationTable``; those from ``fate`` on are those of ``VoterTimes``, of size 0 where
    voters are not to be followed. ``steps`` is the work that waiting, leaving and coming back made: comparisons.
    """

    counts: Ints  # (stations, columns of fates)
    wait_sum: Floats
    priority_wait_sum: Floats
    last_voted: Floats
    steps: Ints
    fate: Codes
    joined: Floats
    start: Floats  # (stages, voters)
    finish: Floats  # (stages, voters)
    left: Floats
