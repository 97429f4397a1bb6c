"""The calm twin of a day: the same voters and the same ordinary trouble, and no disturbance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.config.voting import VotingSettings
from sim.voting.conditions import Conditions, FlatConditions, at_station, flatten
from sim.voting.draws import VoterDraws
from sim.voting.engine import COLUMNS, ENGINES, Ints, StationTable
from sim.voting.replays import Replays
from sim.voting.rules import rules_of
from sim.voting.trouble import Troubles, calm_conditions, with_trouble


def play(
    draws: VoterDraws, voting: VotingSettings, conditions: FlatConditions, stations: Ints | None, until: float
) -> StationTable:
    """Play stations with the engine that the settings name."""
    return ENGINES[voting.engine](draws, rules_of(voting), conditions, stations, until)


def calm_day(
    draws: VoterDraws, voting: VotingSettings, base_deterred: NDArray[np.float64], troubles: Troubles | None
) -> StationTable:
    """Play the calm twin of a day: ordinary trouble, no disturbance, some voters kept away by their station's guards.

    Strategies whose guards deter the same share may use one together.
    """
    table = play(draws, voting, calm_conditions(voting, base_deterred, troubles), None, voting.day_end)
    if troubles is None or not (apart := troubles.play_apart):
        return table
    known, which = _calm_at(apart, voting, base_deterred, troubles), np.array(apart, dtype=np.int64)
    return table.replaced(which, play(draws, voting, flatten(known), which, voting.day_end))


def _calm_at(
    stations: Sequence[int], voting: VotingSettings, base_deterred: NDArray[np.float64], troubles: Troubles | None
) -> list[Conditions]:
    """Return the conditions of some stations on a calm day, in their order."""
    flat = calm_conditions(voting, base_deterred, troubles)
    alone = [at_station(flat, station) for station in stations]
    if troubles is None:
        return alone
    return [with_trouble(one, station, troubles) for one, station in zip(alone, stations, strict=True)]


class CalmLater(StationTable):
    """The calm twin, played when somebody asks for it: most futures of a moment are looked at in a few stations only.

    Args:
        draws: The day's voters.
        voting: The settings.
        base_deterred: (stations) share of voters kept away all day by visible force, 0 to 1.
        troubles: Ordinary trouble.
        replays: Plays stations of that day, and may keep what came of them; None: it keeps nothing.
    """

    def __init__(
        self,
        draws: VoterDraws,
        voting: VotingSettings,
        base_deterred: NDArray[np.float64],
        troubles: Troubles | None,
        replays: Replays | None = None,
    ) -> None:
        self.__dict__["_recipe"] = draws, voting, base_deterred, troubles  # the fields of a table are frozen
        self.__dict__["_replays"] = replays if replays is not None else Replays(draws, voting)

    def __getattr__(self, name: str) -> Any:
        """Play the whole twin when one of its columns is asked for first."""
        if name not in COLUMNS:
            raise AttributeError(name)
        self.__dict__.update(vars(calm_day(*self.__dict__.pop("_recipe"))))
        return self.__dict__[name]

    def rows(self, stations: Ints) -> StationTable:
        """Return the rows of some stations, in their order; the others are not played for it."""
        if "_recipe" not in self.__dict__:
            return super().rows(stations)
        _, voting, base_deterred, troubles = self.__dict__["_recipe"]
        replays: Replays = self.__dict__["_replays"]
        which = stations.tolist()
        return replays.play(which, _calm_at(which, voting, base_deterred, troubles), voting.day_end)
