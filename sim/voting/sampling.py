"""Fast draws: service times from random bits, arrivals already in order."""

from __future__ import annotations

from typing import cast

import numpy as np
from numpy.typing import NDArray

from sim.config.distribution import Delay, Duration, MeanAndSpread, Triangular
from sim.config.voting import ArrivalInterval
from sim.streams import lognormal
from sim.voting.compiled import compiled

Floats = NDArray[np.float64]
_SECONDS = 60.0


@compiled
def _triangular(uniform: NDArray[np.float32], low: float, mode: float, high: float, out: Floats) -> None:
    """Fill ``out`` with the inverse of the triangular distribution function at these probabilities.

    Below the mode low + sqrt(u (high - low)(mode - low)), above it high - sqrt((1 - u)(high - low)(high - mode)).
    """
    below = np.float32((mode - low) / (high - low))
    rising = np.float32((high - low) * (mode - low))
    falling = np.float32((high - low) * (high - mode))
    one, bottom, top = np.float32(1.0), np.float32(low), np.float32(high)
    for i in range(len(uniform)):
        u = uniform[i]
        if u < below:
            out[i] = bottom + np.sqrt(u * rising)
        else:
            out[i] = top - np.sqrt((one - u) * falling)


@compiled
def _arrivals(gap: Floats, first: NDArray[np.int64], knot: Floats, mass: Floats, out: Floats) -> None:
    """Fill ``out`` with each station's arrivals in order, from exponential gaps (one more than voters at each station).

    The running sums of n + 1 exponential gaps over their total are n uniform numbers in order (Devroye 1986, V.3.1);
    the inverse of the piecewise linear distribution function turns them into arrivals. No sorting.

    Args:
        gap: Standard exponential numbers, those of one station after those of another.
        first: Where each station's voters begin.
        knot: Where the pieces of the profile begin, and the end of the last.
        mass: Share of the day's arrivals before each knot, from 0 to 1.
        out: Arrival times.
    """
    for station in range(len(first) - 1):
        a, b = first[station], first[station + 1]
        offset = a + station
        total = 0.0
        for i in range(offset, offset + b - a + 1):
            total += gap[i]
        running, piece = 0.0, 0
        for i in range(b - a):
            running += gap[offset + i]
            u = min(running / total, 1.0)
            while piece + 2 < len(knot) and mass[piece + 1] <= u:
                piece += 1
            within = (u - mass[piece]) / (mass[piece + 1] - mass[piece])
            out[a + i] = min(knot[piece] + within * (knot[piece + 1] - knot[piece]), knot[piece + 1])


def profile(pieces: tuple[ArrivalInterval, ...]) -> tuple[Floats, Floats]:
    """Return the knots of an arrival profile and the share of the day's arrivals before each.

    Only pieces with arrivals count; between two of them nobody comes, which is a piece of no mass that is left out by
    joining its mass of zero to the inverse: the arrival jumps from the end of one piece to the beginning of the next.
    """
    ordered = sorted((p for p in pieces if p.share > 0), key=lambda p: p.from_time)
    total = sum(p.share for p in ordered)
    knots, masses, so_far = [ordered[0].from_time], [0.0], 0.0
    for piece in ordered:
        if piece.from_time > knots[-1]:
            knots.append(piece.from_time)
            masses.append(so_far / total)
        so_far += piece.share
        knots.append(piece.to_time)
        masses.append(so_far / total)
    masses[-1] = 1.0
    return np.array(knots), np.array(masses)


def arrivals(first: NDArray[np.int64], pieces: tuple[ArrivalInterval, ...], rng: np.random.Generator) -> Floats:
    """Draw every voter's arrival, in order inside each station.

    Args:
        first: Where each station's voters begin; the last entry is their number.
        pieces: The arrival profile.
        rng: The generator of arrivals.
    """
    voters, stations = int(first[-1]), len(first) - 1
    knot, mass = profile(pieces)
    out = np.empty(voters)
    _arrivals(rng.standard_exponential(voters + stations), first, knot, mass, out)
    return out


def service_times(duration: Duration, out: Floats, rng: np.random.Generator) -> None:
    """Fill ``out`` with service times of one stage, minutes; drawn with 24 random bits each.

    Args:
        duration: The distribution.
        out: Where they go.
        rng: The generator of this stage.
    """
    n = len(out)
    if isinstance(duration, Triangular):
        low, mode, high = duration.low_seconds, duration.mode_seconds, duration.high_seconds
        _triangular(rng.random(n, dtype=np.float32), low / _SECONDS, mode / _SECONDS, high / _SECONDS, out)
    elif isinstance(duration, MeanAndSpread):
        if duration.distribution == "gamma":
            shape = 1.0 / duration.cv**2
            out[:] = rng.standard_gamma(shape, n, dtype=np.float32)
            out *= duration.mean_minutes / shape
        else:
            out[:] = lognormal_times(Delay(mean_minutes=duration.mean_minutes, cv=duration.cv), n, rng)
    elif duration.distribution == "exponential":
        out[:] = rng.standard_exponential(n, dtype=np.float32)
        out *= duration.mean_minutes
    else:
        out[:] = duration.mean_minutes


def lognormal_times(delay: Delay, n: int, rng: np.random.Generator) -> Floats:
    """Draw n lognormal times by mean and coefficient of variation, minutes; drawn with 24 random bits each."""
    scores = cast(Floats, rng.standard_normal(n, dtype=np.float32))
    return np.asarray(lognormal(scores, delay.mean_minutes, delay.cv), dtype=np.float64)
