"""How much smaller the letters of a brief must be for it to be one page on paper."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, sqrt

from sim.report.brief.brief import Brief
from sim.text import cells

_LINES = 69.0
"""Lines of the brief's letters that a page takes; as are all here, reckoned with wide letters (DejaVu Sans)."""
_WIDE, _ANSWER, _NOTE, _FACTS, _PLAN = 104, 82, 122, 92, 14
"""Characters of a line over the whole width, of an answer, a note, a fact, the name of a plan."""
_NOTE_LINE, _FACT_LINE, _HEADING, _TOP = 0.86, 0.92, 2.1, 5.0
_LEAST = 0.5
"""Nobody can read less; then it is two pages."""


def fit(brief: Brief) -> float:
    """Return by what share of their size letters fit the page: 1 where there is room, less where it says more.

    Half as many lines fit letters twice as large, and half as many characters a line: room goes with the square.
    """
    lines = _TOP + 5 * _HEADING
    lines += _deep(brief.partial, _WIDE) * 1.3
    lines += _deep((told for _, told in brief.answer), _ANSWER)
    lines += 5 + sum(max(2.4, _deep([row.title], _PLAN)) for row in brief.decision.rows)
    lines += _deep([" ".join([brief.rule, *brief.decision.notes]), brief.cover_which], _NOTE) * _NOTE_LINE
    lines += _deep([*brief.cover, *brief.weak], _WIDE)
    lines += _deep((told for _, told in brief.facts), _FACTS) * _FACT_LINE
    return max(_LEAST, min(1.0, sqrt(_LINES / lines)))


def _deep(texts: Iterable[str], width: int) -> int:
    """Return how many lines some texts take."""
    return sum(max(1, ceil(cells(text) / width)) for text in texts)
