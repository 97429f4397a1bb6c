"""How many have their potential response in time, how many after how long, and how many units wait: compiled."""

from __future__ import annotations

import numpy as np

from sim.compiled import compiled
from sim.coverage.inputs import SLACK, Flags, Floats, Ints, Places


@compiled
def sums(minutes: Floats, places: Places, standard: float) -> tuple[Ints, Ints, Floats]:
    """Return voters, stations and area of each district whose force is there in time.

    Args:
        minutes: (forces, moments, places) minutes.
        places: The places.
        standard: Minutes.

    Returns:
        Three arrays of the shape (forces, moments, districts).
    """
    forces, moments, count = minutes.shape
    voters = np.zeros((forces, moments, places.districts), dtype=np.int64)
    stations, area = np.zeros_like(voters), np.zeros(voters.shape)
    for f in range(forces):
        for t in range(moments):
            for s in range(places.stations):
                if minutes[f, t, s] <= standard + SLACK:
                    voters[f, t, places.district[s]] += places.voters[s]
                    stations[f, t, places.district[s]] += 1
            for p in range(places.stations, count):
                if minutes[f, t, p] <= standard + SLACK:
                    area[f, t, places.district[p]] += places.area[p]
    return voters, stations, area


@compiled
def spread(minutes: Floats, places: Places, marks: float) -> Ints:
    """Return how many voters a force needs so long for, once each moment.

    Args:
        minutes: (forces, moments, places) minutes.
        places: The places.
        marks: Marks in a minute; minutes are rounded up to them.

    Returns:
        Voters by force and mark, from 0 on; the last column is never.
    """
    forces, moments, _ = minutes.shape
    most = 0
    for f in range(forces):
        for t in range(moments):
            for s in range(places.stations):
                if minutes[f, t, s] < np.inf:
                    most = max(most, int(np.ceil(minutes[f, t, s] * marks - SLACK)))
    found = np.zeros((forces, most + 2), dtype=np.int64)
    for f in range(forces):
        for t in range(moments):
            for s in range(places.stations):
                k = most + 1
                if minutes[f, t, s] < np.inf:
                    k = max(0, int(np.ceil(minutes[f, t, s] * marks - SLACK)))
                found[f, k] += places.voters[s]
    return found


@compiled
def units(idle: Flags, held: Flags, off_duty: Flags, district: Ints, districts: int) -> tuple[Ints, Ints]:
    """Return free and busy units of each district; one that is held back while it waits, or is off duty, is neither.

    Args:
        idle: (units, moments) whether it waits for orders.
        held: (units, moments) whether somebody holds it back.
        off_duty: (units, moments) whether it is off duty.
        district: (units) district of each; below 0 for one that is not counted.
        districts: Number of districts.

    Returns:
        Two arrays of the shape (moments, districts).
    """
    moments = idle.shape[1]
    free, busy = np.zeros((moments, districts), dtype=np.int64), np.zeros((moments, districts), dtype=np.int64)
    for t in range(moments):
        for u in range(len(district)):
            if district[u] >= 0:
                free[t, district[u]] += idle[u, t] and not held[u, t]
                busy[t, district[u]] += not (idle[u, t] or off_duty[u, t])
    return free, busy
