"""Numbers of voters from uniform numbers: one each, so that a larger share lets the same voters come and more beside.

The inverse of a distribution function is found by summing probabilities from the most likely number outwards, with
nothing that depends on the processor (``sim.exact``).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim import exact
from sim.compiled import compiled
from sim.streams import Uniform

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_HALF_LOG_TWO_PI = 0.5 * math.log(2.0 * math.pi)
_EXACT_UP_TO = 32
_NEGLIGIBLE = 1e-18
"""Probabilities so small that no uniform number of 53 bits can tell them from nothing."""


@compiled
def _log_factorial(n: int) -> float:
    """Return ln n!, by Stirling's series from 32 on, where its error is below 10^-13."""
    if n < _EXACT_UP_TO:
        product = 1.0
        for k in range(2, n + 1):
            product *= k
        return exact.log(product)
    x = float(n)
    series = (1.0 / 12.0 - (1.0 / 360.0 - 1.0 / (1260.0 * x * x)) / (x * x)) / x
    return (x + 0.5) * exact.log(x) - x + _HALF_LOG_TWO_PI + series


@compiled
def _found(u: float, mode: int, likely: float, most: int, odds: float, poisson: bool) -> int:
    """Return the least number whose distribution function exceeds u.

    Args:
        u: Uniform number.
        mode: The most likely number.
        likely: Its probability.
        most: The largest number there can be.
        odds: p / (1 - p), or the mean of a Poisson number.
        poisson: Whether it is one.
    """
    here, total, k = likely, likely, mode
    while k > 0 and here > _NEGLIGIBLE * total:
        here *= k / (odds if poisson else odds * (most - k + 1))
        k -= 1
        total += here
    here, k = likely, mode
    if u < total:
        while k > 0 and u < total - here and here > _NEGLIGIBLE:
            total -= here
            here *= k / (odds if poisson else odds * (most - k + 1))
            k -= 1
        return k
    while k < most and u >= total and here > _NEGLIGIBLE:
        k += 1
        here *= (odds if poisson else odds * (most - k + 1)) / k
        total += here
    return k


@compiled
def _binomials(u: Floats, number: Ints, share: Floats, out: Ints) -> None:
    """Fill ``out`` with binomial numbers."""
    for i in range(len(u)):
        n, p = number[i], share[i]
        if n == 0 or p <= 0.0:
            out[i] = 0
        elif p >= 1.0:
            out[i] = n
        else:
            mode = min(int((n + 1) * p), n)
            choose = _log_factorial(n) - _log_factorial(mode) - _log_factorial(n - mode)
            likely = exact.exp(choose + mode * exact.log(p) + (n - mode) * exact.log1p(-p))
            out[i] = _found(u[i], mode, likely, n, p / (1.0 - p), False)


@compiled
def _poisson(u: float, mean: float) -> int:
    """Return the Poisson number of a uniform one."""
    if mean <= 0.0:
        return 0
    mode = int(mean)
    likely = exact.exp(mode * exact.log(mean) - mean - _log_factorial(mode))
    return _found(u, mode, likely, 2**62, mean, True)


@compiled
def _poissons(u: Floats, mean: Floats, out: Ints) -> None:
    """Fill ``out`` with Poisson numbers."""
    for i in range(len(u)):
        out[i] = _poisson(u[i], mean[i])


def counts(how: str, number: Ints, share: Floats | float, rng: np.random.Generator) -> Ints:
    """Draw how many of so many voters come.

    Args:
        how: ``binomial``: each comes with this chance, for himself. ``poisson``: a Poisson number with the same mean,
            which may be more than there are.
        number: How many there are.
        share: The chance of each, one or one for each number; 0 to 1.
        rng: The generator; it gives one uniform number for each.
    """
    whole, out = np.ascontiguousarray(number, dtype=np.int64), np.empty(len(number), dtype=np.int64)
    chance = np.ascontiguousarray(np.broadcast_to(share, whole.shape), dtype=np.float64)
    if how == "poisson":
        _poissons(rng.random(len(whole)), whole * chance, out)
    else:
        _binomials(rng.random(len(whole)), whole, chance, out)
    return out


def poisson(mean: float, rng: Uniform) -> int:
    """Draw one Poisson number of a mean."""
    return int(_poisson(rng.random(), float(mean)))
