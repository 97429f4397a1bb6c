"""What a user gives dispatch alone, checked: words, numbers, tables, laws. Each refusal names what was given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from inspect import signature
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.errors import UserError, nearest, quoted, shortened
from sim.words.language import gettext as _

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Word = TypeVar("Word", bound=StrEnum)
MOST_CALLS = 5_000_000
"""Calls played at once; each takes some 300 bytes, 600 while states are told, and a rare state is known to a hundredth
after fewer."""
MOST_UNITS = 1_000
"""Units of one fleet; a large city's whole ambulance service has fewer."""
MOST_WAYS = 100_000_000
"""Travel times from units to calls that are held at once; 0.8 GB."""
MOST_MINUTES = 1e9
"""The largest time, minutes: some two thousand years; beyond it minutes lose their fractions."""


def word_of(words: type[Word], name: str, given: object) -> Word:
    """Return the word of an enumeration.

    Raises:
        UserError: For any other.
    """
    known = [str(word) for word in words]
    if isinstance(given, str) and given in known:
        return words(given)
    said = quoted(given) if isinstance(given, str) else shortened(repr(given))
    raise UserError(_("{name}: unknown {given}; {hint}").format(name=name, given=said, hint=nearest(str(given), known)))


def table(name: str, given: ArrayLike, what: str) -> Floats:
    """Return numbers as an array, finite or infinite, never missing or negative.

    Args:
        name: Of the argument.
        given: Numbers.
        what: What each of them is, for the message.

    Raises:
        UserError: For text and dates, rows of different lengths, and numbers that are negative or not a number.
    """
    try:
        array = np.asarray(given)
        if array.dtype.kind not in "iuf":
            raise ValueError
        values = np.ascontiguousarray(array, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise UserError(_("{name}: numbers are needed, and rows of one length").format(name=name)) from error
    if np.any(np.isnan(values)) or np.any(values < 0):
        worst = values[np.isnan(values) | (values < 0)].flat[0]
        raise UserError(
            _("{name}: {what} must be a number, zero or more, not {value}").format(
                name=name, what=_(what), value=f"{worst:g}"
            )
        )
    return values.reshape(np.shape(given))


def function_of(name: str, given: Callable[..., Any], what: str) -> Callable[[np.random.Generator, int], Any]:
    """Return a function of the user's own that draws from a generator; what it does itself is his affair.

    Raises:
        UserError: For one that does not take a generator and a number.
    """
    try:
        signature(given).bind(None, 0)
    except ValueError:  # some compiled functions do not say what they take
        pass
    except TypeError as error:
        raise UserError(
            _("{name}: the function must take (rng, n) and give {what}").format(name=name, what=_(what))
        ) from error
    return given


def items_of(name: str, given: Any, what: str) -> list[Any]:
    """Return a list, tuple, range or array of one dimension as a list.

    Raises:
        UserError: For anything else, text among it.
    """
    if isinstance(given, (list, tuple, range)) or (isinstance(given, np.ndarray) and given.ndim == 1):
        return list(given)
    raise UserError(
        _("{name}: a list of {what} is needed, not {given}").format(
            name=name, what=_(what), given=shortened(repr(given))
        )
    )


def number(name: str, given: Any, *, least: float = 0.0, most: float = MOST_MINUTES) -> float:
    """Return one number between two limits.

    Raises:
        UserError: For anything else.
    """
    is_number = isinstance(given, (int, float, np.integer, np.floating)) and not isinstance(given, bool)
    if not is_number or not least <= given <= most:
        raise UserError(
            _("{name}: a number from {least:g} to {most:g} is needed, not {given}").format(
                name=name, least=least, most=most, given=shortened(str(given))
            )
        )
    return float(given)


def above_zero(name: str, given: Any, most: float = MOST_MINUTES) -> float:
    """Return one number above zero.

    Raises:
        UserError: For anything else.
    """
    value = number(name, given, most=most)
    if value == 0:
        raise UserError(_("{name}: must be more than 0").format(name=name))
    return value


def whole(name: str, given: Any, *, least: int = 0, most: int) -> int:
    """Return one whole number between two limits.

    Raises:
        UserError: For anything else.
    """
    if isinstance(given, bool) or not isinstance(given, (int, np.integer)) or not least <= given <= most:
        raise UserError(
            _("{name}: a whole number from {least:,} to {most:,} is needed, not {given}").format(
                name=name, least=least, most=most, given=shortened(str(given))
            )
        )
    return int(given)


def index_of(name: str, given: object, names: Sequence[str], what: str) -> int:
    """Return the number of something that is named, or told by its number from 0.

    Args:
        name: Of the argument.
        given: Its name or its number.
        names: All names.
        what: What it is, for the message.

    Raises:
        UserError: For an unknown name, and for a number that is too large.
    """
    if isinstance(given, str):
        if given in names:
            return list(names).index(given)
        raise UserError(
            _("{name}: unknown {what} {given}; {hint}").format(
                name=name, what=_(what), given=quoted(given), hint=nearest(given, names)
            )
        )
    if isinstance(given, (int, np.integer)) and not isinstance(given, bool):
        if 0 <= given < len(names):
            return int(given)
        raise UserError(
            _("{name}: there is no {what} {given}; they are numbered 0 to {last}").format(
                name=name, what=_(what), given=given, last=len(names) - 1
            )
        )
    raise UserError(
        _("{name}: a {what} is told by its name or number, not by {given}").format(
            name=name, what=_(what), given=shortened(repr(given))
        )
    )


def once_each(name: str, names: Sequence[str], what: str) -> tuple[str, ...]:
    """Return names, each of which must be there once.

    Raises:
        UserError: For a name that stands there twice, is empty or is no text, and where there is none at all.
    """
    if not names:
        raise UserError(_("{name}: at least one {what} is needed").format(name=name, what=_(what)))
    for place, one in enumerate(names):
        if not isinstance(one, str) or not one:
            raise UserError(
                _("{name}: the name of a {what} is a text, not {given}").format(
                    name=name, what=_(what), given=shortened(repr(one))
                )
            )
        if one in names[:place]:
            raise UserError(_("{setting}: {name} is named twice").format(setting=name, name=quoted(one)))
    return tuple(names)


def known_keys(name: str, given: Mapping[Any, Any], known: Sequence[str], what: str) -> None:
    """Refuse a mapping with a key that means nothing.

    Raises:
        UserError: Naming it, and the nearest that is known.
    """
    for key in given:
        if key not in known:
            raise UserError(
                _("{name}: unknown {what} {given}; {hint}").format(
                    name=name, what=_(what), given=quoted(str(key)), hint=nearest(str(key), known)
                )
            )
