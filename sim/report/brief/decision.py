"""The decision table: plans, the five measures, the mark of each, and what they cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.inference.compare import Comparison
from sim.measures.registry import MEASURES
from sim.report.brief.cost import Cost
from sim.report.brief.measures import FIVE
from sim.report.verdict import Verdict
from sim.report.wording import number
from sim.words import brief as words

BASELINE = "baseline"
"""Stands in place of a verdict for the plan that the others are compared with."""
_COUNTED = ("within_standard_common",)
"""Shares of incidents: of how many stands beside it."""
MOST_PLANS = 8
"""Rows of the table on the brief, which is one page."""


@dataclass(frozen=True)
class Cell:
    """One value of the table.

    Attributes:
        value: The value in words.
        of: What a share is of, in words; empty where that says nothing.
        mark: better, worse, alike, same, unmeasured, too_few, baseline.
        sign: The sign of the mark.
        word: The mark in words; empty for the baseline, whose row says it.
    """

    value: str
    of: str
    mark: str
    sign: str
    word: str


@dataclass(frozen=True)
class Row:
    """One plan.

    Attributes:
        title: Its title, and whether it is the baseline or the one that is named.
        cells: The five measures.
        cost: Officers at stations, wardens, teams that wait.
        chosen: Whether the answer names it.
    """

    title: str
    cells: tuple[Cell, ...]
    cost: tuple[str, ...]
    chosen: bool


@dataclass(frozen=True)
class Decision:
    """The table.

    Attributes:
        head: Headings of all columns.
        rows: The plans.
        notes: What is said under it.
    """

    head: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]


def decision(
    comparison: Comparison,
    said: Mapping[str, Mapping[str, Verdict]],
    costs: Mapping[str, Cost],
    titles: Mapping[str, str],
    chosen: str | None,
    standard: str,
) -> Decision:
    """Return the decision table.

    Args:
        comparison: The comparison.
        said: The verdicts on the five measures, by plan.
        costs: What each plan costs.
        titles: Titles of the plans by name.
        chosen: The plan that the answer names.
        standard: The standard time in words.
    """
    kept = [comparison.baseline, *([chosen] if chosen else [])]
    kept += [name for name in titles if name not in kept][: MOST_PLANS - len(kept)]
    rows_of = comparison.measures.set_index(["strategy", "measure"])[["value", "n"]].to_dict("index")
    rows = tuple(
        Row(
            _title(titles[name], name, comparison, chosen),
            tuple(_cell(rows_of[name, measure], measure, _mark(said, name, measure)) for measure in FIVE),
            _cost(costs[name]),
            name == chosen,
        )
        for name in titles
        if name in kept
    )
    five = [words.MEASURES[measure].format(standard=standard) for measure in FIVE]
    head = (words.TABLE["plan"], *five, words.TABLE["guards"], words.TABLE["wardens"], words.TABLE["teams"])
    left_out = len(titles) - len(rows)
    notes = [words.TABLE["chosen_note"]] if chosen else []
    notes += [words.TABLE["more"].format(count=left_out)] if left_out else []
    return Decision(head, rows, tuple(notes))


def _title(title: str, name: str, comparison: Comparison, chosen: str | None) -> str:
    if name == chosen:
        return words.TABLE["chosen"].format(title=title)
    if name == comparison.baseline and not comparison.differences.empty:
        return words.TABLE["baseline"].format(title=title)
    return title


def _mark(said: Mapping[str, Mapping[str, Verdict]], name: str, measure: str) -> str:
    return str(said[name][measure]) if name in said else BASELINE


def _cell(row: Mapping[Any, Any], measure: str, mark: str) -> Cell:
    value = number(float(row["value"]), MEASURES[measure].unit)
    of = words.TABLE["of"].format(count=int(row["n"])) if measure in _COUNTED else ""
    is_baseline = mark == BASELINE
    sign, word = ("", "") if is_baseline else (words.SIGNS[mark], words.VERDICTS[mark])
    return Cell(value, of, mark, sign, word)


def _cost(cost: Cost) -> tuple[str, ...]:
    teams = words.TABLE["teams_cell"].format(teams=cost.teams, people=cost.waiting)
    return f"{cost.guards}", f"{cost.wardens}", teams
