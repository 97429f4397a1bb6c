"""Playing stations: from draws and conditions to every voter's times and fate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.config.voting import VotingSettings
from sim.polling import kernel
from sim.polling.conditions import Conditions
from sim.polling.draws import VoterDraws

LONG_WAIT_MINUTES = 30.0
"""The common standard: nobody should wait longer than half an hour (Presidential Commission on Election
Administration, 2014)."""


@dataclass(frozen=True, eq=False)
class Voters:
    """What became of voters.

    Attributes:
        come: When each really came, minutes; infinite if not.
        leave: When each left; infinite while still inside.
        wait: Minutes waited before all stages together.
        fate: VOTED, DETERRED, IMPATIENT, EVACUATED, DEFERRED or IN_LINE of :mod:`sim.polling.kernel`.
    """

    come: NDArray[np.float64]
    leave: NDArray[np.float64]
    wait: NDArray[np.float64]
    fate: NDArray[np.int64]

    @classmethod
    def empty(cls, n: int) -> Voters:
        """Return room for n voters."""
        return cls(np.full(n, np.inf), np.full(n, np.inf), np.zeros(n), np.zeros(n, dtype=np.int64))


def play_station(draws: VoterDraws, station: int, conditions: Conditions, voting: VotingSettings) -> Voters:
    """Play one station's day under its conditions."""
    part = slice(int(draws.first[station]), int(draws.first[station + 1]))
    return play_alone(
        draws.arrival[part], draws.service[:, part], np.array([stage.servers for stage in voting.stages]),
        conditions, voting.close, patience=draws.patience[part], deterred_mark=draws.deterred_mark[part],
        return_mark=draws.return_mark[part], return_delay=draws.return_delay[part],
        deterred_returning=voting.absence.deterred_return_share,
        evacuated_returning=voting.absence.evacuated_return_share,
    )  # fmt: skip


def play_alone(
    arrival: NDArray[np.float64],
    service: NDArray[np.float64],
    servers: NDArray[np.int64],
    conditions: Conditions,
    close: float = np.inf,
    *,
    patience: NDArray[np.float64] | None = None,
    deterred_mark: NDArray[np.float64] | None = None,
    return_mark: NDArray[np.float64] | None = None,
    return_delay: NDArray[np.float64] | None = None,
    deterred_returning: float = 0.0,
    evacuated_returning: float = 0.0,
) -> Voters:
    """Play one station from arrays, without a region: for analysts and for theory.

    Args:
        arrival: Arrival times, sorted, minutes.
        service: Service times, minutes; shape (stages, voters).
        servers: Servers of each stage.
        conditions: What the station goes through.
        close: Last moment to arrive.
        patience: Longest wait in the entrance line; None: for ever.
        deterred_mark: Uniform marks; None: nobody is deterred.
        return_mark: Uniform marks; None: nobody returns.
        return_delay: Minutes from the all-clear to the return; None: at once.
        deterred_returning: Share of those who stayed away that comes later.
        evacuated_returning: Share of those evacuated that comes back.
    """
    n = len(arrival)
    result = Voters.empty(n)
    times, speed, deterred = conditions.arrays()
    evacuated, resumed = conditions.evacuations()
    kernel.station_day(
        arrival, np.ascontiguousarray(service), np.full(n, np.inf) if patience is None else patience,
        np.ones(n) if deterred_mark is None else deterred_mark, np.ones(n) if return_mark is None else return_mark,
        np.zeros(n) if return_delay is None else return_delay, servers.astype(np.int64), times, speed, deterred,
        conditions.base_deterred, evacuated, resumed, conditions.abandoned, close, deterred_returning,
        evacuated_returning, result.come, result.leave, result.wait, result.fate,
    )  # fmt: skip
    return result


def play_calm(draws: VoterDraws, voting: VotingSettings, base_deterred: NDArray[np.float64]) -> Voters:
    """Play every station's day without any disturbance (the calm twin)."""
    result = Voters.empty(len(draws.arrival))
    kernel.all_stations(
        draws.first, draws.arrival, draws.service, draws.patience, draws.deterred_mark, draws.return_mark,
        draws.return_delay, np.array([stage.servers for stage in voting.stages]), voting.open, base_deterred,
        voting.close, voting.absence.deterred_return_share, result.come, result.leave, result.wait, result.fate,
    )  # fmt: skip
    return result
