"""One station alone: from arrays to every voter's times; no region, no police, no settings file."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.errors import UserError
from sim.voting.conditions import Conditions, flatten
from sim.voting.draws import VoterDraws
from sim.voting.engine import VoterTimes, follow_voters
from sim.voting.rules import Rules


def station_voters(
    arrivals: ArrayLike,
    service: ArrayLike,
    *,
    patience: ArrayLike | None = None,
    deterred_mark: ArrayLike | None = None,
    return_mark: ArrayLike | None = None,
    return_delay: ArrayLike | None = None,
) -> VoterDraws:
    """Return the voters of one station from arrays, checked.

    Args:
        arrivals: When each comes, in order, minutes.
        service: (stages, voters) service times at normal speed, minutes; one row may be given flat.
        patience: Minutes each waits in the entrance line; None: for ever.
        deterred_mark: Between 0 and 1; he stays away while the share deterred exceeds it. None: 1, nobody does.
        return_mark: Between 0 and 1; he comes back if it is below the share that does. None: 1, nobody does.
        return_delay: Minutes from the all-clear to the return. None: 0.

    Raises:
        UserError: For arrivals out of order, negative or missing numbers, arrays of another length.
    """
    came = np.ascontiguousarray(arrivals, dtype=np.float64)
    n = len(came)
    if not np.all(np.isfinite(came)) or np.any(np.diff(came) < 0):
        raise UserError("arrivals: times must be finite and in order")
    rows = np.ascontiguousarray(np.atleast_2d(np.asarray(service, dtype=np.float64)))
    if rows.shape[1] != n:
        raise UserError(f"service: {rows.shape[1]} service times a stage for {n} voters")
    if not np.all(np.isfinite(rows)) or np.any(rows < 0):
        raise UserError("service: every service time must be a number, zero or more")
    return VoterDraws(
        first=np.array([0, n]),
        arrival=came,
        service=rows,
        patience=_column("patience", patience, n, np.inf),
        deterred_mark=_column("deterred_mark", deterred_mark, n, 1.0),
        return_mark=_column("return_mark", return_mark, n, 1.0),
        return_delay=_column("return_delay", return_delay, n, 0.0),
        counting_factor=np.ones(1),
    )


def _column(name: str, given: ArrayLike | None, n: int, otherwise: float) -> NDArray[np.float64]:
    if given is None:
        return np.full(n, otherwise)
    column = np.ascontiguousarray(given, dtype=np.float64)
    if column.shape != (n,):
        raise UserError(f"{name}: {column.size} values for {n} voters")
    if np.any(np.isnan(column)) or np.any(column < 0):
        raise UserError(f"{name}: every value must be a number, zero or more")
    return column


def run_station(
    arrivals: ArrayLike,
    service: ArrayLike,
    servers: Sequence[int],
    *,
    opening: float = 0.0,
    closing: float = np.inf,
    patience: ArrayLike | None = None,
    conditions: Conditions | None = None,
    until: float = np.inf,
) -> VoterTimes:
    """Run one station from given arrival and service times, first come first served at every stage.

    Args:
        arrivals: When each voter comes, in order, minutes. Who comes before opening waits for it.
        service: (stages, voters) service times, minutes; one row may be given flat.
        servers: Servers of each stage.
        opening: Service begins.
        closing: Voters who come later are not admitted: an error here. Those in line are still served.
        patience: Minutes each waits in the entrance line; None: for ever.
        conditions: What happens to the station; None: nothing.
        until: The moment to look at; infinite: when everybody has gone.

    Raises:
        UserError: For no stage, no server, closing before opening, an arrival after closing, a bad service time.
    """
    voters = station_voters(arrivals, service, patience=patience)
    rules = Rules(np.asarray(servers, dtype=np.int64), opening, closing)
    if len(servers) != len(voters.service):
        raise UserError(f"servers: {len(servers)} stages, but service has {len(voters.service)}")
    if len(voters.arrival) and voters.arrival[-1] > closing:
        raise UserError(f"arrivals: {voters.arrival[-1]} is after closing ({closing}); nobody is admitted then")
    _, times = follow_voters(voters, rules, flatten([conditions or Conditions()]), until=until)
    return times
