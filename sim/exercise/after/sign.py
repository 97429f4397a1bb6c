"""Whether one course is better than another more often than chance would have it."""

from __future__ import annotations

from math import comb

SURE = 0.95
"""How sure a mark is, over all measures of a table together; the convention of every interval in this program."""


def sign_test(better: int, worse: int) -> float:
    """Return how probable it is that one of two equal courses is better at least so unequally often, by chance.

    The exact two-sided sign test (Dixon and Mood 1946): where both courses are alike, each future on which they differ
    is better or worse with probability 1/2.

    Args:
        better: Futures on which it is better.
        worse: Futures on which it is worse.
    """
    count, most = better + worse, max(better, worse)
    tail = sum(comb(count, k) for k in range(most, count + 1))
    return min(1.0, float(2 * tail / 2**count)) if count else 1.0


def is_shown(better: int, worse: int, tables_measures: int) -> bool:
    """Say whether a difference is more than chance, in a table of some measures (Bonferroni's correction).

    Args:
        better: Futures on which it is better.
        worse: Futures on which it is worse.
        tables_measures: How many measures the table tells of.
    """
    return sign_test(better, worse) < (1 - SURE) / max(1, tables_measures)
