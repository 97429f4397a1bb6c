"""From the values of many futures to a range, and to what an option changes. Pure functions of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from pydantic import ConfigDict, model_validator
from pydantic.dataclasses import dataclass as checked

from sim.exercise.futures.measure import NEVER, NOT_ASKED
from sim.exercise.futures.question import MOST_FUTURES
from sim.words.language import gettext as _

QUANTILES = (0.1, 0.5, 0.9)
"""A tenth of the futures lie below a range, and a tenth above: what an exercise pack tells as well."""
_DATA = ConfigDict(extra="forbid", allow_inf_nan=False, strict=True)


@checked(frozen=True, config=_DATA)
class Range:
    """Where a value lies over the futures in which the thing happened. Those are a selection: say how many they are.

    Attributes:
        low: A tenth of these futures have less; None where it happened in none.
        middle: The median.
        high: A tenth of them have more.
        happened: Futures in which it happened from now on; the range is of these.
        already: Futures in which it had happened before now.
        never: Futures in which it was asked for and did not happen.
        futures: All futures; in the others nothing of the kind was asked for.
    """

    low: float | None
    middle: float | None
    high: float | None
    happened: int
    already: int
    never: int
    futures: int

    @model_validator(mode="after")
    def _adds_up(self) -> Range:
        _check_numbers((self.low, self.middle, self.high), self.happened)
        _check_counts((self.happened, self.already, self.never), self.futures)
        return self

    @property
    def not_asked(self) -> int:
        """Futures in which nothing of the kind was asked for."""
        return self.futures - self.happened - self.already - self.never


@checked(frozen=True, config=_DATA)
class Difference:
    """What an option changes, future by future, against the plan without a decision.

    Attributes:
        low: A tenth of the differences (option minus plan) are less; None where there are none.
        middle: The median difference.
        high: A tenth of them are more.
        both: Futures in which it happened on both; the range is of these, and so of a selection.
        less: Futures in which the option has less. What never happens is more than any time, and where nothing of the
            kind was asked for is less than any: so these three count every future.
        same: Futures in which both have the same.
        more: Futures in which the option has more.
    """

    low: float | None
    middle: float | None
    high: float | None
    both: int
    less: int
    same: int
    more: int

    @model_validator(mode="after")
    def _adds_up(self) -> Difference:
        _check_numbers((self.low, self.middle, self.high), self.both)
        _check_counts((self.less, self.same, self.more), MOST_FUTURES)
        _check_counts((self.both,), self.futures)
        return self

    @property
    def futures(self) -> int:
        """All futures."""
        return self.less + self.same + self.more


@dataclass(frozen=True)
class _Quantiles:
    low: float | None = None
    middle: float | None = None
    high: float | None = None


def range_of(values: Sequence[float]) -> Range:
    """Return the range of a value over futures.

    Args:
        values: One a future: a number (of a time: minutes from now, negative where it had happened before), NEVER, or
            NOT_ASKED.
    """
    found = np.asarray(values, dtype=np.float64)
    happened = found[np.isfinite(found) & (found >= 0)]
    q = _quantiles(happened)
    already, never = int(np.sum(np.isfinite(found) & (found < 0))), int(np.sum(found == NEVER))
    return Range(q.low, q.middle, q.high, len(happened), already, never, len(found))


def difference_of(option: Sequence[float], plan: Sequence[float]) -> Difference:
    """Return what an option changes, from the same futures in the same order."""
    mine, others = np.asarray(option, dtype=np.float64), np.asarray(plan, dtype=np.float64)
    both = np.isfinite(mine) & np.isfinite(others)
    q = _quantiles(mine[both] - others[both])
    less, more = int(np.sum(mine < others)), int(np.sum(mine > others))
    return Difference(q.low, q.middle, q.high, int(both.sum()), less, len(mine) - less - more, more)


def asked(values: Sequence[float]) -> bool:
    """Return whether there was anything of the kind in any future."""
    return any(value != NOT_ASKED for value in values)


def _quantiles(values: np.ndarray) -> _Quantiles:
    """Return the quantiles as numpy's default has them: linear between the values in order (Hyndman and Fan, 7)."""
    return _Quantiles(*np.quantile(values, QUANTILES).tolist()) if len(values) else _Quantiles()


def _check_numbers(numbers: tuple[float | None, ...], happened: int) -> None:
    known = [number for number in numbers if number is not None]
    if len(known) != (len(numbers) if happened else 0) or known != sorted(known):
        raise ValueError(_("low, middle and high do not fit each other, or how often it happened"))


def _check_counts(counts: tuple[int, ...], whole: int) -> None:
    if min(counts) < 0 or not sum(counts) <= whole <= MOST_FUTURES:
        raise ValueError(_("numbers of futures do not add up"))
