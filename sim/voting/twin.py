"""The calm twin of a day: the same voters and the same ordinary trouble, and no disturbance."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.config.voting import VotingSettings
from sim.voting.conditions import FlatConditions, at_station, flatten
from sim.voting.draws import VoterDraws
from sim.voting.engine import ENGINES, Ints, StationTable
from sim.voting.rules import rules_of
from sim.voting.trouble import Troubles, calm_conditions, with_outages


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
    if troubles is None or not troubles.outages:
        return table
    short = np.array(sorted({outage.station for outage in troubles.outages}), dtype=np.int64)
    return table.replaced(short, calm_stations(draws, voting, base_deterred, troubles, short))


def calm_stations(
    draws: VoterDraws,
    voting: VotingSettings,
    base_deterred: NDArray[np.float64],
    troubles: Troubles | None,
    stations: Ints,
) -> StationTable:
    """Play the calm twin of some stations: their rows of ``calm_day``, in the order of the stations."""
    flat, outages = calm_conditions(voting, base_deterred, troubles), () if troubles is None else troubles.outages
    known = [
        with_outages(at_station(flat, station), [o for o in outages if o.station == station])
        for station in stations.tolist()
    ]
    return play(draws, voting, flatten(known), stations, voting.day_end)


class CalmLater(StationTable):
    """The calm twin, played when somebody asks for it: most futures of a moment are looked at in a few stations only.

    Args:
        draws: The day's voters.
        voting: The settings.
        base_deterred: (stations) share of voters kept away all day by visible force, 0 to 1.
        troubles: Ordinary trouble.
    """

    def __init__(
        self,
        draws: VoterDraws,
        voting: VotingSettings,
        base_deterred: NDArray[np.float64],
        troubles: Troubles | None,
    ) -> None:
        self.__dict__["_recipe"] = draws, voting, base_deterred, troubles  # the fields of a table are frozen

    def __getattr__(self, name: str) -> Any:
        """Play the whole twin when one of its columns is asked for first."""
        if name not in _COLUMNS:
            raise AttributeError(name)
        self.__dict__.update(vars(calm_day(*self.__dict__.pop("_recipe"))))
        return self.__dict__[name]

    def rows(self, stations: Ints) -> StationTable:
        """Return the rows of some stations, in their order; the others are not played for it."""
        if "_recipe" not in self.__dict__:
            return super().rows(stations)
        draws, voting, base_deterred, troubles = self.__dict__["_recipe"]
        return calm_stations(draws, voting, base_deterred, troubles, stations)


_COLUMNS = frozenset(column.name for column in fields(StationTable))
