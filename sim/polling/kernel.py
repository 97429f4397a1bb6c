"""One station's whole day, compiled: a pure function of its voters and its conditions.

Each station has a clock of its own that runs at the station's speed: tau(t) is the integral of the speed. On that clock
service is never interrupted, so every stage is a plain multi-server queue, advanced voter by voter by the recursion of
Kiefer and Wolfowitz (1955): a voter starts at the later of his arrival and the moment the first server is free. A stop
freezes whoever is being served. Patience runs on the wall clock. An evacuation cuts the day into epochs.

A query for the crowd at some moment is the same function on the conditions known by then: the past does not depend on
the future, so nothing needs to be resumed.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

VOTED, DETERRED, IMPATIENT, EVACUATED, DEFERRED, IN_LINE = range(6)
"""A voter's fate."""
_UNDECIDED = -1
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@njit(cache=True)  # type: ignore[misc]
def station_time(times: Floats, speed: Floats, tau: Floats, wall: float) -> float:
    """Return the station's clock at a wall time. ``tau[k]`` is its reading where piece k begins."""
    k = len(times) - 1
    while k > 0 and times[k] > wall:
        k -= 1
    return tau[k] if speed[k] == 0.0 else tau[k] + speed[k] * (wall - times[k])


@njit(cache=True)  # type: ignore[misc]
def wall_time(times: Floats, speed: Floats, tau: Floats, reading: float, late: bool) -> float:
    """Return the wall time at a reading of the station's clock; infinite when it never gets there.

    Args:
        times: Where pieces begin.
        speed: Speed in each piece.
        tau: Readings where pieces begin.
        reading: The reading.
        late: Where the clock stands still, the last such moment (for starts) instead of the first (for ends).
    """
    last = len(times) - 1
    for k in range(len(times)):
        if speed[k] == 0.0:
            continue
        end = tau[k + 1] if k < last else np.inf
        if reading < end or (reading == end and not late):
            return times[k] + (reading - tau[k]) / speed[k]
    return np.inf


@njit(cache=True)  # type: ignore[misc]
def readings(times: Floats, speed: Floats) -> Floats:
    """Return the station's clock where each piece begins."""
    tau = np.zeros(len(times))
    for k in range(1, len(times)):
        tau[k] = tau[k - 1] if speed[k - 1] == 0.0 else tau[k - 1] + speed[k - 1] * (times[k] - times[k - 1])
    return tau


@njit(cache=True)  # type: ignore[misc]
def _sort_by(keys: Floats, order: Ints, n: int) -> None:
    """Sort the first n entries of ``order`` by their keys, stable; quick where they are nearly sorted."""
    for i in range(1, n):
        who = order[i]
        key = keys[who]
        j = i - 1
        while j >= 0 and keys[order[j]] > key:
            order[j + 1] = order[j]
            j -= 1
        order[j + 1] = who


@njit(cache=True)  # type: ignore[misc]
def _effective_arrivals(
    arrival: Floats, deterred_mark: Floats, return_mark: Floats, return_delay: Floats, times: Floats, deterred: Floats,
    base: float, returning: float, close: float, come: Floats, fate: Ints,
) -> None:  # fmt: skip
    """Let voters stay away from a disturbance, for good or until it is over."""
    for i in range(len(arrival)):
        come[i], fate[i] = arrival[i], _UNDECIDED
        k = len(times) - 1
        while k > 0 and times[k] > arrival[i]:
            k -= 1
        if deterred_mark[i] >= deterred[k]:
            continue
        while k < len(times) and deterred[k] > base:
            k += 1
        over = times[k] if k < len(times) else np.inf
        come[i] = over + return_delay[i]
        if deterred_mark[i] < base or return_mark[i] >= returning or come[i] > close:
            fate[i], come[i] = DETERRED, np.inf


@njit(cache=True)  # type: ignore[misc]
def _queue(
    order: Ints, n: int, come: Floats, service: Floats, patience: Floats, servers: Ints, times: Floats, speed: Floats,
    tau: Floats, reading: Floats, wait: Floats, leave: Floats, fate: Ints,
) -> None:  # fmt: skip
    """Send voters, in order of arrival, through all stages. ``fate`` becomes IMPATIENT for those who leave the line."""
    for i in range(n):
        who = order[i]
        reading[who] = station_time(times, speed, tau, come[who])
        wait[who] = 0.0
    for stage in range(len(servers)):
        free = np.zeros(servers[stage])
        kept = 0
        for i in range(n):
            who = order[i]
            s = 0
            for j in range(1, servers[stage]):
                if free[j] < free[s]:
                    s = j
            begins = max(reading[who], free[s])
            since = come[who] if stage == 0 else leave[who]
            waited = wall_time(times, speed, tau, begins, True) - since
            if stage == 0 and waited > patience[who]:
                fate[who] = IMPATIENT
                leave[who] = come[who] + patience[who]
                continue
            wait[who] += waited
            reading[who] = begins + service[stage, who]
            free[s] = reading[who]
            leave[who] = wall_time(times, speed, tau, reading[who], False)
            order[kept] = who
            kept += 1
        n = kept
        if servers[stage] > 1:
            _sort_by(reading, order, n)


@njit(cache=True)  # type: ignore[misc]
def station_day(
    arrival: Floats, service: Floats, patience: Floats, deterred_mark: Floats, return_mark: Floats,
    return_delay: Floats, servers: Ints, times: Floats, speed: Floats, deterred: Floats, base: float,
    evacuated: Floats, resumed: Floats, abandoned: float, close: float, deterred_returning: float,
    evacuated_returning: float, come: Floats, leave: Floats, wait: Floats, fate: Ints,
) -> None:  # fmt: skip
    """Play one station's day; the last four arrays are filled.

    Args:
        arrival: When each voter sets out to arrive, sorted.
        service: Service times, one row a stage.
        patience: Longest wait in the entrance line.
        deterred_mark: Stays away below the deterred share.
        return_mark: Returns below the share that returns.
        return_delay: Minutes from the all-clear to the return.
        servers: Servers of each stage.
        times: Where the pieces of the conditions begin; the first at minus infinity.
        speed: Speed in each piece.
        deterred: Deterred share in each piece.
        base: Share kept away all day.
        evacuated: When the station was evacuated.
        resumed: When it began again after each.
        abandoned: When voting was given up, or infinite.
        close: Last moment to arrive.
        deterred_returning: Share of those who stayed away that comes later.
        evacuated_returning: Share of those evacuated, or turned away meanwhile, that comes back.
        come: Filled with when each really came (last), infinite if not.
        leave: Filled with when each left, infinite while in the station.
        wait: Filled with the minutes waited before all stages.
        fate: Filled with the fate.
    """
    n = len(arrival)
    tau = readings(times, speed)
    _effective_arrivals(
        arrival, deterred_mark, return_mark, return_delay, times, deterred, base, deterred_returning, close, come, fate
    )
    order = np.empty(n, dtype=np.int64)
    reading = np.empty(n)
    for epoch in range(len(evacuated) + 1):
        until = evacuated[epoch] if epoch < len(evacuated) else np.inf
        if epoch > 0:
            _send_away(epoch, resumed, return_mark, return_delay, evacuated_returning, abandoned, close, come, leave, fate)
        members = 0
        for i in range(n):
            if fate[i] == _UNDECIDED and come[i] < until:
                order[members] = i
                members += 1
        _sort_by(come, order, members)
        present = order[:members].copy()
        _queue(order, members, come, service, patience, servers, times, speed, tau, reading, wait, leave, fate)
        for i in present:
            if leave[i] > until or leave[i] > abandoned:
                fate[i] = _UNDECIDED
            elif fate[i] == _UNDECIDED and leave[i] < np.inf:
                fate[i] = VOTED
    for i in range(n):
        if fate[i] == _UNDECIDED:
            if abandoned < np.inf:
                fate[i], leave[i] = DEFERRED, abandoned
            else:
                fate[i], leave[i] = IN_LINE, np.inf


@njit(cache=True)  # type: ignore[misc]
def _send_away(
    epoch: int, resumed: Floats, return_mark: Floats, return_delay: Floats, returning: float, abandoned: float,
    close: float, come: Floats, leave: Floats, fate: Ints,
) -> None:  # fmt: skip
    """After an evacuation: those who were there, or came before it was over, return later or not at all."""
    over = resumed[epoch - 1]
    for i in range(len(come)):
        if fate[i] != _UNDECIDED or come[i] >= over:
            continue
        back = over + return_delay[i]
        if return_mark[i] >= returning or (back > close and abandoned == np.inf):
            fate[i], come[i], leave[i] = EVACUATED, np.inf, np.inf
        else:
            come[i] = back


@njit(cache=True)  # type: ignore[misc]
def all_stations(
    first: Ints, arrival: Floats, service: Floats, patience: Floats, deterred_mark: Floats, return_mark: Floats,
    return_delay: Floats, servers: Ints, opening: float, base: Floats, close: float, deterred_returning: float,
    come: Floats, leave: Floats, wait: Floats, fate: Ints,
) -> None:  # fmt: skip
    """Play every station's day without any disturbance; ``base`` is each station's share kept away all day."""
    none = np.zeros(0)
    for i in range(len(first) - 1):
        a, b = first[i], first[i + 1]
        station_day(
            arrival[a:b], service[:, a:b], patience[a:b], deterred_mark[a:b], return_mark[a:b], return_delay[a:b],
            servers, np.array([-np.inf, opening]), np.array([0.0, 1.0]), np.array([base[i], base[i]]), base[i], none,
            none, np.inf, close, deterred_returning, 0.0, come[a:b], leave[a:b], wait[a:b], fate[a:b],
        )  # fmt: skip


@njit(cache=True)  # type: ignore[misc]
def summarise(first: Ints, leave: Floats, wait: Floats, fate: Ints, long_wait: float) -> tuple[Ints, Ints, Floats, Floats]:
    """Return, for each station: voters by fate, voted after a long wait, sum of their waits, last one's leaving."""
    n = len(first) - 1
    by_fate = np.zeros((n, 6), dtype=np.int64)
    long = np.zeros(n, dtype=np.int64)
    total = np.zeros(n)
    last = np.full(n, np.nan)
    for i in range(n):
        for j in range(first[i], first[i + 1]):
            by_fate[i, fate[j]] += 1
            if fate[j] == VOTED:
                total[i] += wait[j]
                long[i] += 1 if wait[j] > long_wait else 0
                if not last[i] >= leave[j]:
                    last[i] = leave[j]
    return by_fate, long, total, last
