"""Logarithm, exponential, sine, cosine and normal scores that give the same bits on every x86-64 processor.

numpy chooses its loops by the processor's vector unit, the C library by whether it can multiply and add at once; what
they return differs in the last bit. Here is nothing but additions, multiplications, divisions, square roots,
conversions and shifts of bits, in an order written down; IEEE 754 rounds each of them in one way only. The compiler may
use any vector unit for it: it neither changes the order nor fuses two operations unless it is told to (``fastmath``,
which is off).

Functions of double precision are accurate to a unit or two in the last place; those ending in 32 are of single
precision, for loops over many voters. All may be called from compiled code, those of double precision also from Python.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled

Floats = NDArray[np.float64]
Floats32 = NDArray[np.float32]

_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
_ONE_OVER_LN2 = 1.44269504088896338700
_ROUND = 6755399441055744.0
"""1.5 times 2^52: added and taken away again it rounds to the nearest whole number."""
_EXPONENT, _ONE, _SQRT_HALF = 0x7FF, 0x3FF0000000000000, 0x3FE6A09E667F3BCD
_LEAST_EXP, _MOST_EXP = -708.0, 709.0
LEAST_SHARE = 2.0**-54
_LEAST_NORMAL = 2.2250738585072014e-308

_CENTRAL = (
    (2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
     1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080e0),
    (5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
     5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1.0),
)  # fmt: skip
_OUTER = (
    (7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e0,
     3.64784832476320460504e0, 5.76949722146069140550e0, 4.63033784615654529590e0, 1.42343711074968357734e0),
    (1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
     6.89767334985100004550e-1, 1.67638483018380384940e0, 2.05319162663775882187e0, 1.0),
)  # fmt: skip
_FAR = (
    (2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
     2.96560571828504891230e-1, 1.78482653991729133580e0, 5.46378491116411436990e0, 6.65790464350110377720e0),
    (2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
     1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0),
)  # fmt: skip
"""Coefficients of AS 241, numerator and denominator, from the highest power to the lowest."""

_F = np.float32
_ROUND32 = _F(12582912.0)
_LN2_HIGH32, _LN2_LOW32, _ONE_OVER_LN2_32 = _F(0.693359375), _F(-2.12194440e-4), _F(1.44269504088896341)
_ONE32_BITS, _SQRT_HALF32_BITS = np.int32(0x3F800000), np.int32(0x3F3504F3)
_LEAST_EXP32, _MOST_EXP32 = _F(-87.0), _F(88.0)
_LOG32 = tuple(
    _F(c)
    for c in (
        7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
        2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
    )
)  # fmt: skip
_EXP32 = tuple(
    _F(c)
    for c in (
        1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
    )
)  # fmt: skip
_SIN32 = tuple(_F(c) for c in (-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1))
_COS32 = tuple(_F(c) for c in (2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2))
_ANGLE32 = _F(2.0 * 3.14159265358979323846 / 2.0**24)


@compiled
def log(x: float) -> float:
    """Return the natural logarithm of a positive number; minus infinity for 0, NaN below, infinity for infinity.

    After fdlibm's ``e_log.c`` (Sun Microsystems 1993): x = 2^k (1 + f), s = f / (2 + f), a polynomial in s^2.
    """
    if not x > 0.0:
        return -np.inf if x == 0.0 else np.nan
    if x == np.inf:
        return np.inf
    k = np.int64(0)
    if x < _LEAST_NORMAL:
        x *= 18014398509481984.0  # 2^54
        k = np.int64(-54)
    word = np.float64(x).view(np.int64)
    shift = (word - _SQRT_HALF) >> 52
    k += shift
    f = np.int64(word - (shift << 52)).view(np.float64) - 1.0
    s = f / (2.0 + f)
    z = s * s
    even = 0.6666666666666735130 + z * (
        0.3999999999940941908
        + z
        * (
            0.2857142874366239149
            + z
            * (
                0.2222219843214978396
                + z * (0.1818357216161805012 + z * (0.1531383769920937332 + z * 0.1479819860511658591))
            )
        )
    )
    half = 0.5 * f * f
    return k * _LN2_HIGH - ((half - (s * (half + z * even) + k * _LN2_LOW)) - f)


@compiled
def exp(x: float) -> float:
    """Return e to the power of x; 0 below -708, infinity above 709.

    After fdlibm's ``e_exp.c``: x = k ln 2 + r, and a rational function of r.
    """
    if np.isnan(x):
        return np.nan
    if x < _LEAST_EXP:
        return 0.0
    if x > _MOST_EXP:
        return np.inf
    k = (x * _ONE_OVER_LN2 + _ROUND) - _ROUND
    high, low = x - k * _LN2_HIGH, k * _LN2_LOW
    r = high - low
    t = r * r
    c = r - t * (
        1.66666666666666019037e-01
        + t
        * (
            -2.77777777770155933842e-03
            + t * (6.61375632143793436117e-05 + t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))
        )
    )
    value = 1.0 - ((low - (r * c) / (2.0 - c)) - high)
    return np.int64(np.float64(value).view(np.int64) + (np.int64(k) << 52)).view(np.float64)


@compiled
def log1p(x: float) -> float:
    """Return ln(1 + x) of a number above -1, exact to rounding for small ones (Kahan's correction)."""
    u = 1.0 + x
    if u == 1.0 or u == np.inf:
        return x
    return log(u) * (x / (u - 1.0))


@compiled
def _ratio(coefficients: tuple[tuple[float, ...], tuple[float, ...]], x: float) -> float:
    """Return one polynomial over another."""
    above, below = 0.0, 0.0
    for c in coefficients[0]:
        above = above * x + c
    for c in coefficients[1]:
        below = below * x + c
    return above / below


@compiled
def normal(u: float) -> float:
    """Return the standard normal score below which a share u lies; minus infinity for 0, infinity for 1.

    Wichura (1988), algorithm AS 241, PPND16: about 1 part in 10^16. The score grows with u.
    """
    q = u - 0.5
    if abs(q) <= 0.425:
        return q * _ratio(_CENTRAL, 0.180625 - q * q)
    tail = u if q < 0.0 else 1.0 - u
    if not tail > 0.0:
        return -np.inf if u == 0.0 else (np.inf if u == 1.0 else np.nan)
    r = np.sqrt(-log(tail))
    score = _ratio(_OUTER, r - 1.6) if r <= 5.0 else _ratio(_FAR, r - 5.0)
    return -score if q < 0.0 else score


@compiled
def log32(x: np.float32) -> np.float32:
    """Return the natural logarithm of a normal positive number in single precision; after Cephes' ``logf``."""
    word = np.float32(x).view(np.int32)
    shift = np.int32(np.int32(word - _SQRT_HALF32_BITS) >> np.int32(23))
    f = np.float32(np.int32(word - np.int32(shift << np.int32(23))).view(np.float32) - _F(1.0))
    k = np.float32(shift)
    z = f * f
    y = _LOG32[0]
    for c in _LOG32[1:]:
        y = y * f + c
    y = f * z * y + k * _LN2_LOW32 - _F(0.5) * z
    return np.float32(f + y + k * _LN2_HIGH32)


@compiled
def exp32(x: np.float32) -> np.float32:
    """Return e to the power of x in single precision, x cut to -87 … 88; after Cephes' ``expf``."""
    cut = min(max(x, _LEAST_EXP32), _MOST_EXP32)
    k = np.float32(np.float32(cut * _ONE_OVER_LN2_32 + _ROUND32) - _ROUND32)
    r = cut - k * _LN2_HIGH32 - k * _LN2_LOW32
    y = _EXP32[0]
    for c in _EXP32[1:]:
        y = y * r + c
    y = y * (r * r) + r + _F(1.0)
    return np.float32(y * np.int32(np.int32(np.int32(k) + np.int32(127)) << np.int32(23)).view(np.float32))


@compiled
def turn32(k: np.int32) -> tuple[np.float32, np.float32]:
    """Return cosine and sine of k / 2^24 of a full turn, 0 <= k < 2^24, in single precision; after Cephes' ``sinf``."""
    quarter = np.int32(np.int32(k + np.int32(1 << 21)) >> np.int32(22))
    a = np.float32(np.int32(k - np.int32(quarter << np.int32(22)))) * _ANGLE32
    z = a * a
    s = ((_SIN32[0] * z + _SIN32[1]) * z + _SIN32[2]) * z * a + a
    c = ((_COS32[0] * z + _COS32[1]) * z + _COS32[2]) * z * z - _F(0.5) * z + _F(1.0)
    odd = np.int32(quarter & np.int32(1)) == np.int32(1)
    cosine, sine = (s if odd else c), (c if odd else s)
    turned, below = np.int32(np.int32(quarter + np.int32(1)) & np.int32(2)), np.int32(quarter & np.int32(2))
    return (-cosine if turned else cosine), (-sine if below else sine)


@compiled
def exp_each(x: Floats, out: Floats) -> None:
    """Fill ``out`` with e to the power of each number."""
    for i in range(len(x)):
        out[i] = exp(x[i])


@compiled
def _log_each(x: Floats, out: Floats) -> None:
    """Fill ``out`` with natural logarithms."""
    for i in range(len(x)):
        out[i] = log(x[i])


def exps(x: Floats) -> Floats:
    """Return e to the power of each number."""
    out = np.empty_like(x)
    exp_each(x, out)
    return out


def logs(x: Floats) -> Floats:
    """Return the natural logarithm of each number."""
    out = np.empty_like(x)
    _log_each(x, out)
    return out


@compiled
def _normal_each(u: Floats, out: Floats) -> None:
    """Fill ``out`` with the normal score of each share, none lower than that of 2^-54."""
    for i in range(len(u)):
        out[i] = normal(max(u[i], LEAST_SHARE))


def normals(shares: Floats) -> Floats:
    """Return the standard normal number below which each share of them lies."""
    out = np.empty_like(shares)
    _normal_each(shares, out)
    return out


def score(rng: np.random.Generator) -> float:
    """Draw one standard normal number: the score of one uniform number, so that it takes one step of the generator."""
    return float(normal(max(rng.random(), LEAST_SHARE)))


def scores(rng: np.random.Generator, n: int) -> Floats:
    """Draw n standard normal numbers, each from one uniform number."""
    out = rng.random(n)
    _normal_each(out, out)
    return out
