"""The engines by name: both play the same stations from the same draws."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.voting.conditions import FlatConditions
from sim.voting.draws import VoterDraws
from sim.voting.engine import Ints, StationTable, VoterTimes, follow_voters, run_stations
from sim.voting.reference import follow_stations
from sim.voting.rules import Rules

Play = Callable[[VoterDraws, Rules, FlatConditions, Ints | None, float], StationTable]
Follow = Callable[[VoterDraws, Rules, FlatConditions, Ints | None, float], tuple[StationTable, VoterTimes]]


def run_reference(
    draws: VoterDraws, rules: Rules, conditions: FlatConditions, stations: Ints | None = None, until: float = np.inf
) -> StationTable:
    """Play stations like ``run_stations``, with a process for every voter."""
    return follow_stations(draws, rules, conditions, stations, until)[0]


ENGINES: dict[str, Play] = {"compiled": run_stations, "reference": run_reference}
"""What ``run_stations`` does, by the name of the setting ``voting.engine``."""
FOLLOWERS: dict[str, Follow] = {"compiled": follow_voters, "reference": follow_stations}
"""What ``follow_voters`` does, by the same names."""
