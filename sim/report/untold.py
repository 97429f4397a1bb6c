"""What happened and nobody told of: the model knows it, the operations centre of a real day would not."""

from __future__ import annotations

from collections.abc import Mapping

from sim.inference.compare import Comparison
from sim.report.wording import number
from sim.words import report as words

LEAST_VOTES = 0.5
"""Votes a day that are told of: what is written as none is not."""
DISTURBANCES, VOTES = "untold_per_day", "votes_lost_untold"


def untold_sentences(comparison: Comparison, titles: Mapping[str, str]) -> list[str]:
    """Say of the strategies under which least and most was lost untold how much that is.

    Nothing is said where it is written as none.

    Args:
        comparison: The comparison.
        titles: Titles of the strategies by name.
    """
    rows = comparison.measures
    lost = rows[rows["measure"] == VOTES].set_index("strategy")["value"]
    never = rows[rows["measure"] == DISTURBANCES].set_index("strategy")["value"]
    if lost.empty or lost.max() < LEAST_VOTES:
        return []
    return [
        words.UNTOLD.format(
            title=titles[name], untold=number(float(never[name]), "count"), votes=number(float(lost[name]), "votes")
        )
        for name in dict.fromkeys([str(lost.idxmin()), str(lost.idxmax())])
        if float(lost[name]) >= LEAST_VOTES
    ]
