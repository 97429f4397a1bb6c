"""Fast draws: times from random bits, arrivals already in order, groups of voters merged without sorting."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled
from sim.config.distribution import Duration, Empirical, MeanAndSpread, Triangular
from sim.config.voters import ArrivalInterval

Floats = NDArray[np.float64]
Floats32 = NDArray[np.float32]
Ints = NDArray[np.int64]
Bits = NDArray[np.uint32]
Groups = NDArray[np.int8]
_SECONDS = 60.0


def bits(n: int, rng: np.random.Generator) -> Bits:
    """Return n whole numbers of 32 random bits each, two from each number of 64 that the generator makes."""
    return rng.integers(0, 2**64, (n + 1) // 2, dtype=np.uint64).view(np.uint32)[:n]


@compiled
def _unit(bits: Bits, least: int, out: Floats32) -> None:
    """Fill ``out`` with (b + least) / 2^24, b being the first 24 bits: in [0, 1) for a least of 0, (0, 1] for 1."""
    scale = np.float32(2.0**-24)
    for i in range(len(bits)):
        out[i] = np.float32(np.int32(bits[i] >> np.uint32(8)) + np.int32(least)) * scale


@compiled
def _uniform(bits: Bits, out: Floats) -> None:
    """Fill ``out`` with uniform numbers in [0, 1), all 32 bits used."""
    for i in range(len(bits)):
        out[i] = bits[i] * 2.0**-32


@compiled
def _below(bits: Bits, limit: float, out: NDArray[np.bool_]) -> None:
    """Fill ``out`` with whether the number is below the limit; a limit of 2^32 is above every number."""
    for i in range(len(bits)):
        out[i] = bits[i] < limit


@compiled
def _triangular(bits: Bits, low: float, mode: float, high: float, out: Floats) -> None:
    """Fill ``out`` with the inverse of the triangular distribution function at uniform numbers of 24 bits.

    Below the mode low + sqrt(u (high - low)(mode - low)), above it high - sqrt((1 - u)(high - low)(high - mode)).
    """
    below = np.float32((mode - low) / (high - low))
    rising = np.float32((high - low) * (mode - low))
    falling = np.float32((high - low) * (high - mode))
    one, bottom, top, scale = np.float32(1.0), np.float32(low), np.float32(high), np.float32(2.0**-24)
    for i in range(len(bits)):
        u = np.float32(np.int32(bits[i] >> np.uint32(8))) * scale
        left = u < below
        root = np.sqrt(u * rising if left else (one - u) * falling)
        out[i] = bottom + root if left else top - root


@compiled
def _times(factor: float, chosen: NDArray[np.bool_], out: Floats) -> None:
    """Multiply those chosen by a factor."""
    for i in range(len(out)):
        out[i] *= factor if chosen[i] else 1.0


@compiled
def _arrivals(
    gap: Floats32, first: Ints, begin: Ints, chosen: Ints, knot: Floats, mass: Floats, slope: Floats, out: Floats
) -> None:
    """Write the arrivals of the chosen stations in order, from exponential gaps (one more than voters at each station).

    The running sums of n + 1 exponential gaps over their total are n uniform numbers in order (Devroye 1986, V.3.1);
    the inverse of the piecewise linear distribution function turns them into arrivals. No sorting.

    Args:
        gap: Standard exponential numbers, those of one station after those of another; of either sign, all the same.
        first: Where each station's voters begin among those of this group.
        begin: Where its arrivals begin in ``out``.
        chosen: The stations, by number.
        knot: Where the pieces of the profile begin, and the end of the last.
        mass: Share of the day's arrivals before each knot, from 0 to 1.
        slope: Minutes for each unit of mass, for each piece.
        out: Arrival times.
    """
    for station in chosen:
        offset, n, to = first[station] + station, first[station + 1] - first[station], begin[station]
        running = 0.0
        for i in range(n):
            running += gap[offset + i]
            out[to + i] = running
        total = running + gap[offset + n]
        scale, piece = (1.0 / total if total != 0.0 else 0.0), 0
        for i in range(to, to + n):
            u = min(out[i] * scale, 1.0)
            while piece + 2 < len(knot) and mass[piece + 1] <= u:
                piece += 1
            out[i] = min(knot[piece] + (u - mass[piece]) * slope[piece], knot[piece + 1])


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


def ordered_arrivals(
    first: Ints,
    profiles: list[tuple[Floats, Floats]],
    which: Ints,
    rng: np.random.Generator,
    begin: Ints | None = None,
    out: Floats | None = None,
) -> Floats:
    """Draw every voter's arrival, in order inside each station; drawn with 24 random bits each.

    Args:
        first: Where each station's voters begin; the last entry is their number.
        profiles: Arrival profiles as ``profile`` returns them.
        which: Number of each station's profile.
        rng: The generator of arrivals.
        begin: Where each station's arrivals go in ``out``; None: at ``first``.
        out: Where they go; None: a new array.
    """
    voters, stations = int(first[-1]), len(first) - 1
    gap = _minus_exponential(voters + stations, rng)
    where = first[:-1] if begin is None else begin
    arrival = np.empty(voters) if out is None else out
    for number, (knot, mass) in enumerate(profiles):
        width = np.diff(mass)
        slope = np.divide(np.diff(knot), width, out=np.zeros(len(width)), where=width > 0)
        _arrivals(gap, first, where, np.flatnonzero(which == number), knot, mass, slope, arrival)
    return arrival


@compiled
def merge(first: Ints, base: Ints, added_first: Ints, added: Floats, code: int, out: Floats, group: Groups) -> None:
    """Merge another group of voters into the ordered arrivals of each station, from the last to the first, in place.

    At equal times those who are there already come first.

    Args:
        first: Where each station's voters begin in ``out``; it has room there for the added ones.
        base: How many are there already, in order.
        added_first: Where each station's added voters begin in ``added``; the last entry is their number.
        added: Their arrivals, in order inside each station.
        code: Their group.
        out: Arrivals, minutes.
        group: The group of each.
    """
    for station in range(len(first) - 1):
        a = first[station]
        there, new, start = base[station], added_first[station + 1], added_first[station]
        to = a + there + new - start
        while new > start:
            to -= 1
            if there > 0 and out[a + there - 1] > added[new - 1]:
                there -= 1
                out[to], group[to] = out[a + there], group[a + there]
            else:
                new -= 1
                out[to], group[to] = added[new], code


def _minus_exponential(n: int, rng: np.random.Generator) -> Floats32:
    """Return n standard exponential numbers with the sign turned: the logarithm of uniform numbers in (0, 1]."""
    out = np.empty(n, dtype=np.float32)
    _unit(bits(n, rng), 1, out)
    return np.log(out, out=out)


def uniforms(rng: np.random.Generator, out: Floats) -> None:
    """Fill ``out`` with uniform numbers in [0, 1), of 32 random bits each."""
    _uniform(bits(len(out), rng), out)


def chances(share: float, n: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Return n times yes or no, yes with this chance, independently."""
    out = np.empty(n, dtype=np.bool_)
    _below(bits(n, rng), share * 2.0**32, out)
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
        _triangular(bits(n, rng), low / _SECONDS, mode / _SECONDS, high / _SECONDS, out)
    elif isinstance(duration, Empirical):
        drawn = rng.integers(0, len(duration.values), n, dtype=np.uint32)
        np.take(np.array(duration.values) / _SECONDS, drawn, out=out)
    elif isinstance(duration, MeanAndSpread):
        if duration.distribution == "gamma":
            shape = 1.0 / duration.cv**2
            np.multiply(rng.standard_gamma(shape, n, dtype=np.float32), duration.mean_minutes / shape, out=out)
        else:
            lognormal_times(duration.mean_minutes, duration.cv, rng, out)
    elif duration.distribution == "exponential":
        np.multiply(_minus_exponential(n, rng), -duration.mean_minutes, out=out)
    else:
        out[:] = duration.mean_minutes


def lengthen(out: Floats, factor: float, chosen: NDArray[np.bool_]) -> None:
    """Multiply the times of those chosen by a factor, in place."""
    if factor != 1.0:
        _times(factor, chosen, out)


def lognormal_times(mean: float, cv: float, rng: np.random.Generator, out: Floats) -> None:
    """Fill ``out`` with lognormal numbers by mean and coefficient of variation; drawn with 24 random bits each.

    With standard normal z and sigma^2 = ln(1 + cv^2) they are mean exp(sigma z - sigma^2 / 2). A mean or a cv of 0
    makes them all the mean. Normal numbers come in pairs, r cos a and r sin a with r = sqrt(-2 ln u), a uniform
    (Box and Muller 1958): without branches, which is several times faster here than the usual rejection.

    Args:
        mean: Mean; 0 or more.
        cv: Coefficient of variation; 0 or more.
        rng: The generator.
        out: Where they go.
    """
    if mean == 0 or cv == 0:
        out[:] = mean
        return
    n, variance = len(out), math.log1p(cv * cv)
    pairs = (n + 1) // 2
    random = bits(2 * pairs, rng)
    radius, angle, score = (np.empty(size, dtype=np.float32) for size in (pairs, pairs, 2 * pairs))
    _unit(random[:pairs], 1, radius)
    _unit(random[pairs:], 0, angle)
    np.log(radius, out=radius)
    radius *= np.float32(-2.0 * variance)
    np.sqrt(radius, out=radius)
    angle *= np.float32(2.0 * math.pi)
    np.cos(angle, out=score[:pairs])
    np.sin(angle, out=score[pairs:])
    score[:pairs] *= radius
    score[pairs:] *= radius
    np.exp(score, out=score)
    np.multiply(score[:n], mean * math.exp(-variance / 2.0), out=out)
