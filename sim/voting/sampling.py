"""Fast draws: times from random bits, arrivals already in order, groups of voters merged without sorting.

Nothing here depends on the processor: random bits come from generators of whole numbers, functions from ``sim.exact``.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim import exact
from sim.compiled import compiled
from sim.config.distribution import Empirical, Law, MeanAndSpread, Triangular
from sim.config.voters import ArrivalInterval

Floats = NDArray[np.float64]
Floats32 = NDArray[np.float32]
Ints = NDArray[np.int64]
Bits = NDArray[np.uint32]
Groups = NDArray[np.int8]


def bits(n: int, rng: np.random.Generator) -> Bits:
    """Return n whole numbers of 32 random bits each, two from each number of 64 that the generator makes."""
    return rng.integers(0, 2**64, (n + 1) // 2, dtype=np.uint64).view(np.uint32)[:n]


@compiled
def _minus_exponential(bits: Bits, out: Floats32) -> None:
    """Fill ``out`` with the logarithm of uniform numbers in (0, 1]: exponential numbers with the sign turned."""
    scale = np.float32(2.0**-24)
    for i in range(len(bits)):
        out[i] = exact.log32(np.float32(np.int32(np.int32(bits[i] >> np.uint32(8)) + np.int32(1))) * scale)


@compiled
def _radius(bits: Bits, spread: float, out: Floats32) -> None:
    """Fill ``out`` with sqrt(-2 ln u) times the spread, u uniform in (0, 1]."""
    scale, factor = np.float32(2.0**-24), np.float32(-2.0 * spread * spread)
    for i in range(len(bits)):
        u = np.float32(np.int32(np.int32(bits[i] >> np.uint32(8)) + np.int32(1))) * scale
        out[i] = np.sqrt(exact.log32(u) * factor)


@compiled
def _turned(bits: Bits, radius: Floats32, first: Floats32, second: Floats32) -> None:
    """Fill ``first`` and ``second`` with the coordinates of points at these radii in uniform directions."""
    for i in range(len(bits)):
        cosine, sine = exact.turn32(np.int32(bits[i] >> np.uint32(8)))
        first[i] = radius[i] * cosine
        second[i] = radius[i] * sine


@compiled
def _exponentials(out: Floats32) -> None:
    """Replace each number by e to its power."""
    for i in range(len(out)):
        out[i] = exact.exp32(out[i])


@compiled
def _accept(shape: float, score: Floats32, bits: Bits, out: Floats, filled: int) -> int:
    """Write gamma numbers of scale 1 behind those there are, from candidates, and return how many there are then.

    Marsaglia and Tsang (2000), with their squeeze; the shape is 1 or more.

    Args:
        shape: Shape.
        score: Standard normal numbers, one a candidate.
        bits: Random bits, one number a candidate.
        out: Where they go.
        filled: How many are there.
    """
    d = shape - 1.0 / 3.0
    c = 1.0 / np.sqrt(9.0 * d)
    for i in range(len(score)):
        if filled == len(out):
            break
        x = np.float64(score[i])
        v = 1.0 + c * x
        if v <= 0.0:
            continue
        v = v * v * v
        u = (bits[i] + 0.5) * 2.0**-32
        if u < 1.0 - 0.0331 * (x * x) * (x * x) or exact.log(u) < 0.5 * x * x + d * (1.0 - v + exact.log(v)):
            out[filled] = d * v
            filled += 1
    return filled


@compiled
def _powers(bits: Bits, exponent: float, out: Floats) -> None:
    """Multiply each number by a uniform one raised to this power."""
    for i in range(len(bits)):
        out[i] *= exact.exp(exact.log((bits[i] + 0.5) * 2.0**-32) * exponent)


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
    gap = np.empty(voters + stations, dtype=np.float32)
    _minus_exponential(bits(len(gap), rng), gap)
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


def uniforms(rng: np.random.Generator, out: Floats) -> None:
    """Fill ``out`` with uniform numbers in [0, 1), of 32 random bits each."""
    _uniform(bits(len(out), rng), out)


def chances(share: float, n: int, rng: np.random.Generator) -> NDArray[np.bool_]:
    """Return n times yes or no, yes with this chance, independently."""
    out = np.empty(n, dtype=np.bool_)
    _below(bits(n, rng), share * 2.0**32, out)
    return out


def times(law: Law, out: Floats, rng: np.random.Generator) -> None:
    """Fill ``out`` with numbers of a distribution, in minutes or people; drawn with 24 random bits each.

    Args:
        law: The distribution.
        out: Where they go.
        rng: The generator.
    """
    n = len(out)
    if isinstance(law, Triangular):
        low, mode, high = law.inside
        _triangular(bits(n, rng), low, mode, high, out)
    elif isinstance(law, Empirical):
        np.take(np.array(law.inside), rng.integers(0, len(law.values), n, dtype=np.uint32), out=out)
    elif isinstance(law, MeanAndSpread) and law.cv * law.cv > 0:
        (gamma_times if law.distribution == "gamma" else lognormal_times)(law.mean, law.cv, rng, out)
    elif law.distribution == "exponential":
        _exponential_times(law.mean, rng, out)
    else:
        out[:] = law.mean


def lengthen(out: Floats, factor: float, chosen: NDArray[np.bool_]) -> None:
    """Multiply the times of those chosen by a factor, in place."""
    if factor != 1.0:
        _times(factor, chosen, out)


def _exponential_times(mean: float, rng: np.random.Generator, out: Floats) -> None:
    """Fill ``out`` with exponential numbers of this mean."""
    drawn = np.empty(len(out), dtype=np.float32)
    _minus_exponential(bits(len(out), rng), drawn)
    np.multiply(drawn, -mean, out=out)


def _scores(n: int, spread: float, rng: np.random.Generator) -> Floats32:
    """Return n normal numbers of mean 0 and this standard deviation, in single precision.

    They come in pairs, r cos a and r sin a with r = sqrt(-2 ln u), a uniform (Box and Muller 1958): without branches,
    which is several times faster here than the usual rejection.
    """
    pairs = (n + 1) // 2
    random = bits(2 * pairs, rng)
    radius, score = np.empty(pairs, dtype=np.float32), np.empty(2 * pairs, dtype=np.float32)
    _radius(random[:pairs], spread, radius)
    _turned(random[pairs:], radius, score[:pairs], score[pairs:])
    return score[:n]


def lognormal_times(mean: float, cv: float, rng: np.random.Generator, out: Floats) -> None:
    """Fill ``out`` with lognormal numbers: mean exp(s z - s^2 / 2), s^2 = ln(1 + cv^2), z standard normal.

    Args:
        mean: Mean; 0 or more.
        cv: Coefficient of variation, above 0.
        rng: The generator.
        out: Where they go.
    """
    variance = float(exact.log1p(cv * cv))
    score = _scores(len(out), math.sqrt(variance), rng)
    _exponentials(score)
    np.multiply(score, mean * float(exact.exp(-variance / 2.0)), out=out)


def gamma_times(mean: float, cv: float, rng: np.random.Generator, out: Floats) -> None:
    """Fill ``out`` with gamma numbers of shape 1 / cv^2; a shape below 1 is that of one more, times u^(1 / shape).

    Args:
        mean: Mean; 0 or more.
        cv: Coefficient of variation, above 0.
        rng: The generator.
        out: Where they go.
    """
    shape = 1.0 / (cv * cv)
    filled = 0
    while filled < len(out):
        candidates = (len(out) - filled) * 17 // 16 + 16  # at most one in twenty is refused
        score = _scores(candidates, 1.0, rng)
        filled = _accept(shape if shape >= 1.0 else shape + 1.0, score, bits(candidates, rng), out, filled)
    if shape < 1.0:
        _powers(bits(len(out), rng), cv * cv, out)
    out *= mean / shape
