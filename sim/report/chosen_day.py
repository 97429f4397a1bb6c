"""Which day of a run is shown, and under which plans: by rules that the page names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from sim.errors import UserError
from sim.experiment.again import check_day, check_strategy
from sim.experiment.store import Run
from sim.measures.sample import Floats
from sim.measures.sums import Ints, Sums, no_sums
from sim.words.language import gettext as _

HEADLINE, TIE = "votes_lost_to_disturbances", "exposed"
"""The samples that days are put in order by: what counts, and what decides where that is equal."""
MOST_PLANS = 2


class DayRule(StrEnum):
    """How the day was chosen."""

    MEDIAN = "median"
    """It stands in the middle of all days."""
    WORST = "worst"
    NUMBER = "number"
    """It was asked for by its number."""


@dataclass(frozen=True)
class ChosenDay:
    """A day, and why it is this one.

    Attributes:
        day: Its number.
        rule: How it was chosen.
        votes: Votes lost to disturbances on it, under the first strategy of the run.
        least: The same of the best day.
        most: The same of the worst day.
        days: How many days there are to choose from.
    """

    day: int
    rule: DayRule
    votes: float
    least: float
    most: float
    days: int


def ordered_days(days: Ints, votes: Floats, exposed: Floats) -> Ints:
    """Return the days from the best to the worst: by votes lost, then by minutes of exposure, then by their number.

    Args:
        days: Numbers of days, in order.
        votes: Votes lost to disturbances on each.
        exposed: Person-minutes of exposure to danger on each.
    """
    return days[np.lexsort((days, exposed, votes))]


def choose(order: Ints, rule: DayRule) -> int:
    """Return the day that a rule chooses: of an even number the median is the better of the two in the middle.

    Args:
        order: Numbers of days from the best to the worst, at least one.
        rule: Median or worst.
    """
    return int(order[-1] if rule is DayRule.WORST else order[(len(order) - 1) // 2])


def chosen_day(run: Run, asked: str) -> ChosenDay:
    """Return the day of a run that is shown.

    Args:
        run: The run.
        asked: ``median``, ``worst``, or the number of a day.

    Raises:
        UserError: For anything else, a day that the run has not, or a run without a finished day.
    """
    if not run.finished:
        raise UserError(_("'{run}' has no finished day").format(run=run.path))
    days = np.array(sorted(run.finished), dtype=np.int64)
    votes, exposed = (_by_day(run, name, run.strategies[0], days) for name in (HEADLINE, TIE))
    if asked in (DayRule.MEDIAN, DayRule.WORST):
        rule = DayRule(asked)
        day = choose(ordered_days(days, votes, exposed), rule)
    else:
        rule, day = DayRule.NUMBER, _number(asked)
        check_day(run, day)
    at = int(np.searchsorted(days, day))
    return ChosenDay(day, rule, float(votes[at]), float(votes.min()), float(votes.max()), len(days))


def _number(asked: str) -> int:
    if not (asked.isascii() and asked.isdigit() and len(asked) <= 9):
        raise UserError(
            _("--day {asked}: 'median', 'worst' or the number of a day is needed, such as 0").format(asked=asked[:60])
        )
    return int(asked)


def _by_day(run: Run, sample: str, strategy: str, days: Ints) -> Floats:
    """Return a sample's sum of each day under a strategy."""
    found = run.sums(sample).get((strategy, "")) or no_sums(days.tolist())
    return _sums_of(found, days)


def _sums_of(sums: Sums, days: Ints) -> Floats:
    by_day = np.zeros(len(days))
    np.add.at(by_day, np.searchsorted(days, sums.day), sums.above)
    return by_day


def chosen_plans(run: Run, asked: Sequence[str] | None) -> list[str]:
    """Return the strategies that are shown: those asked for, else the first and the best of the others.

    The best of the others loses the fewest votes to disturbances over all days; the earlier one where that is equal.

    Raises:
        UserError: For a strategy that the run has not, the same one twice, or more than two.
    """
    if asked is None:
        days = np.array(sorted(run.finished), dtype=np.int64)
        others = run.strategies[1:]
        lost = {name: float(_by_day(run, HEADLINE, name, days).sum()) for name in others}
        return [run.strategies[0], *([min(others, key=lost.__getitem__)] if others else [])]
    for name in asked:
        check_strategy(run, name)
    if not 1 <= len(asked) <= MOST_PLANS or len(set(asked)) < len(asked):
        raise UserError(
            _("--strategies {asked}: one strategy is needed, or two different ones with a comma between").format(
                asked=",".join(asked)[:120]
            )
        )
    return list(asked)
