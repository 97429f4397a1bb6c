"""Distributions of times as a user gives them: settings by name, one number, or a function of his own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter, ValidationError

from sim.alone.given import MOST_MINUTES, function_of, number, table
from sim.config.distribution import Delay, Empirical, Lapse, Law, MeanAndSpread, MeanOnly, Triangular
from sim.errors import UserError, shortened
from sim.streams import Streams
from sim.words.language import gettext as _
from sim.words.language import marked

Floats = NDArray[np.float64]
Drawn = Callable[[np.random.Generator, int], Any]
"""Draws so many times, minutes, from a generator: for a distribution that no settings name."""
Times = Law | Drawn
_BLOCK = 1_024
"""Times that are drawn together, so that the first of them do not depend on how many there are."""
_LAPSE: TypeAdapter[Law] = TypeAdapter(Lapse)
_DELAY: TypeAdapter[Delay] = TypeAdapter(Delay)
_LAWS = (Triangular, MeanAndSpread, MeanOnly, Empirical)


def law_of(name: str, given: Any) -> Times:
    """Return a distribution of times.

    Args:
        name: Of the argument.
        given: A number of minutes that it always is; settings like ``{"distribution": "exponential", "mean_minutes":
            8}`` or, lognormal, ``{"mean_minutes": 8, "cv": 0.5}``; or a function ``(rng, n) -> n minutes``.

    Raises:
        UserError: For anything else, and for settings that are no distribution of times.
    """
    if isinstance(given, _LAWS):
        return given
    if callable(given) and not isinstance(given, type):
        return function_of(name, given, marked("n minutes"))
    if isinstance(given, Mapping):
        try:
            return _LAPSE.validate_python(dict(given))
        except ValidationError as error:
            raise UserError(f"{name}: {_first(error)}") from error
    return _always(number(name, given, most=1e6))


def delay_of(name: str, given: Any) -> Delay:
    """Return a lognormal delay: a number of minutes that it always is, or ``{"mean_minutes": 3, "cv": 0.5}``.

    Raises:
        UserError: For anything else.
    """
    if isinstance(given, Delay):
        return given
    if not isinstance(given, Mapping):
        return _sure(number(name, given, most=1e6))
    try:
        return _DELAY.validate_python(dict(given))
    except ValidationError as error:
        raise UserError(f"{name}: {_first(error)}") from error


def _first(error: ValidationError) -> str:
    """Say what is wrong first."""
    problem = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in problem["loc"] if part not in _TAGS)
    return f"{where + ': ' if where else ''}{problem['msg'].removeprefix('Value error, ')}"


_TAGS = ("triangular", "lognormal", "gamma", "exponential", "constant", "empirical")
"""What pydantic puts before the name of a setting to say of which distribution it is."""


@lru_cache(maxsize=1_000)
def _always(minutes: float) -> MeanOnly:
    return MeanOnly(distribution="constant", mean_minutes=minutes)


@lru_cache(maxsize=1_000)
def _sure(minutes: float) -> Delay:
    return Delay(mean_minutes=minutes, cv=0.0)


def times_of(name: str, law: Times, n: int, streams: Streams, stream: str) -> Floats:
    """Draw times, minutes; of more times the first are the same, if a function of the user's own does not forbid it.

    Args:
        name: Of the argument, for errors.
        law: The distribution.
        n: How many.
        streams: The random streams.
        stream: Name of the one they come from.

    Raises:
        UserError: Where a function of the user's own gives anything but n numbers, zero or more.
    """
    if isinstance(law, MeanOnly) and law.distribution == "constant":
        return np.full(n, law.mean)
    rng = streams.bulk(stream)
    if not callable(law):
        from sim.voting.sampling import times  # loads the compiler

        out = np.empty(-(-n // _BLOCK) * _BLOCK)
        for begin in range(0, n, _BLOCK):
            times(law, out[begin : begin + _BLOCK], rng)
        return out[:n]
    drawn = table(name, law(rng, n), marked("every time that the function gives"))
    if drawn.shape != (n,) or np.any(drawn > MOST_MINUTES):
        raise UserError(
            _("{name}: the function must give {count:,} finite numbers, not {shape}").format(
                name=name, count=n, shape=shortened(str(drawn.shape))
            )
        )
    return drawn
