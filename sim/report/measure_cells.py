"""What stands in the cells of tables of measures, on the terminal and on pages, of one run or between several."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd
from rich.text import Text

from sim.inference.between import Between
from sim.measures.registry import MEASURES, TWINS
from sim.report.verdict import Verdict, of_row
from sim.report.wording import number, signed
from sim.words import measures as measures_words
from sim.words import report as report_words
from sim.words import terminal as words


class Cell(NamedTuple):
    """A value with its interval.

    Attributes:
        value: The value.
        ends: Its interval; empty where there is none, or where it is the value.
        clear: Whether it is to stand out: a difference that is told apart from none, a plan that may lose least.
    """

    value: str
    ends: str = ""
    clear: bool = False


def heading(measure: str) -> str:
    """Return a measure's title with its unit beside it, unless the title names it."""
    title, unit = MEASURES[measure].title, report_words.UNITS[MEASURES[measure].unit]
    return title if not unit or unit in title.casefold() else words.LABEL.format(title=title, unit=unit)


def heading_below(measure: str) -> str:
    """Return the same for a row below that of the measure that this one is the twin of; of others as ever."""
    return measures_words.TWIN_HEADING if MEASURES[measure].own else heading(measure)


def with_twins(measures: Iterable[str]) -> list[str]:
    """Return some measures, and behind each its twin where it has one."""
    return [name for one in measures for name in (one, *([TWINS[one]] if one in TWINS else []))]


def known_measures(between: Between) -> list[str]:
    """Return the measures of which some run has a value, twins behind the measures whose twins they are."""
    known = set(between.measures.dropna(subset=["value"])["measure"])
    return [name for name in with_twins(m for m in MEASURES if not MEASURES[m].own) if name in known]


def value_cell(row: pd.Series) -> Cell:
    """Return the cell of a value with its interval, all with the digits of the measure."""
    unit = MEASURES[row["measure"]].unit
    value, low, high = (number(row[k], unit).replace(" %", "%") for k in ("value", "low", "high"))
    if low != high and high.endswith("%"):
        low = low.removesuffix("%")
    return _cell(value, low, high, report_words.RANGE)


def difference_cell(row: pd.Series, concluded: bool = True) -> Cell:
    """Return the cell of a difference with its simultaneous interval; clear where something is concluded from it."""
    unit = MEASURES[row["measure"]].unit
    value, low, high = (signed(row[k], unit) for k in ("difference", "low_all", "high_all"))
    clear = concluded and of_row(dict(row)) in (Verdict.BETTER, Verdict.WORSE)
    return _cell(value, low, high, report_words.SIGNED_RANGE, clear)


def regret_cell(row: pd.Series, clear: bool = False) -> Cell:
    """Return the cell of a row of ``Between.regret`` or ``Between.largest``; shares in points."""
    unit = MEASURES[row["measure"]].unit
    value, low, high = (signed(row[k], unit).removeprefix("+") for k in ("regret", "low", "high"))
    return _cell(value, low, high, report_words.SIGNED_RANGE, clear)


def _cell(value: str, low: str, high: str, form: str, clear: bool = False) -> Cell:
    if low == high == value or report_words.UNDEFINED in (low, high):
        return Cell(value, clear=clear)
    return Cell(value, form.format(low=low, high=high), clear)


def as_text(cell: Cell) -> Text:
    """Return a cell as the terminal prints it: the interval under the value, paler; bold where it is clear."""
    return Text.assemble(
        (cell.value, "bold" if cell.clear else ""), *([("\n" + cell.ends, "dim")] if cell.ends else [])
    )
