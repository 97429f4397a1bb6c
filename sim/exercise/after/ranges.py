"""Ranges and differences over futures, in words and as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from sim.exercise.after.blocks import Block, Cell, Mark, Table, Text, cells
from sim.exercise.after.sign import is_shown
from sim.exercise.futures.measure import Measure, Unit, title
from sim.exercise.futures.ranges import Difference, Range
from sim.words import after as words
from sim.words import futures as futures_words
from sim.words.language import number

Ranges = Mapping[Measure, Range]
Differences = Mapping[Measure, Difference]
_FINE_BELOW = 9.95
"""Minutes below which a tenth of a minute is told."""


@dataclass(frozen=True)
class Scope:
    """What measures are about.

    Attributes:
        until: Until when is counted, minutes after midnight.
        of_one: Whether times are about one disturbance; else about all that begin from then on.
    """

    until: float
    of_one: bool

    def title(self, measure: Measure) -> str:
        """Return what a measure is called."""
        return title(measure, self.until, of_one=self.of_one)


@dataclass(frozen=True)
class Shares:
    """On how many futures a course is better, the same and worse; where no direction is, less, the same and more."""

    better: int
    same: int
    worse: int
    directed: bool

    @classmethod
    def of(cls, measure: Measure, found: Difference) -> Shares:
        """Return the shares of a measure's difference."""
        return cls(found.less, found.same, found.more, measure.less_is_better is not None)

    def mark(self, measures: int) -> Mark:
        """Return how it is marked in a table of some measures: only where it is more than chance."""
        if not self.directed or not is_shown(self.better, self.worse, measures):
            return Mark.NONE
        return Mark.BETTER if self.better > self.worse else Mark.WORSE

    @property
    def is_same(self) -> bool:
        """Whether it is the same on every future."""
        return not self.better and not self.worse


def sure_points(futures: int) -> float:
    """Return to how many percentage points a share of so many futures is sure at least, with 95 %.

    The normal approximation at a share of one half, where it is least sure: 196 · √(1/4n).
    """
    return 196.0 * sqrt(0.25 / futures)


def measure_name(measure: Measure, scope: Scope) -> Cell:
    """Return what a measure is called, with its unit."""
    unit = futures_words.UNITS[measure.unit.value]
    return Cell(words.MEASURE_IN.format(measure=scope.title(measure), unit=unit))


def range_cell(found: Range, unit: Unit) -> Cell:
    """Return a range in words, and under it in how many futures it happened where that is not in all."""
    if not found.happened and not found.already and not found.never:
        return Cell(words.RANGE_NOT_ASKED)
    if found.already == found.futures:
        return Cell(words.ALREADY_ALL)
    notes = []
    if 0 < found.happened < found.futures:
        notes.append(words.RANGE_IN.format(count=found.happened, futures=found.futures))
    if found.already:
        notes.append(words.RANGE_ALREADY.format(count=found.already))
    if found.never:
        notes.append(words.RANGE_NEVER.format(count=found.never))
    if found.low is None or found.middle is None or found.high is None:
        return Cell(words.NEVER_ALL if found.never == found.futures else "–", ", ".join(notes))
    low, middle, high = (_value(one, unit) for one in (found.low, found.middle, found.high))
    return Cell(words.RANGE.format(low=low, middle=middle, high=high), ", ".join(notes))


def difference_cell(found: Difference, unit: Unit) -> Cell:
    """Return a difference in words, and under it of how many futures it is where that is not of all."""
    if found.low is None or found.middle is None or found.high is None:
        return Cell("–")
    if found.low == found.middle == found.high == 0:
        text = "0"
    else:
        low, middle, high = (_signed(one, unit) for one in (found.low, found.middle, found.high))
        text = words.RANGE.format(low=low, middle=middle, high=high)
    whole = found.both == found.futures
    return Cell(text, "" if whole else words.DIFFERENCE_BOTH.format(count=found.both))


def shares_cell(shares: Shares, measures: int) -> Cell:
    """Return on how many futures it is better, the same and worse; its mark is for a table of some measures.

    What is marked is said in words too, for who does not see colours; so is what has no better.
    """
    text = words.COUNTS_OF.format(better=shares.better, same=shares.same, worse=shares.worse)
    mark = shares.mark(measures)
    small = words.MARKS[mark.value] if shares.directed else words.UNDIRECTED
    return Cell(text, small, mark)


def pair_blocks(
    caption: str,
    heads: tuple[str, str],
    ranges: tuple[Ranges, Ranges],
    differences: Differences,
    scope: Scope,
    *,
    whole: bool = True,
) -> list[Block]:
    """Return a table that puts a course beside another.

    Args:
        caption: What it is about.
        heads: What the other and the course are called.
        ranges: Of the other and of the course.
        differences: Of the course against the other.
        scope: What its measures are about.
        whole: Whether measures that are the same on every future have a row; else they are named in a sentence.
    """  # fmt: skip
    told = asked(ranges)
    same = [one for one in told if Shares.of(one, differences[one]).is_same]
    shown = told if whole else [one for one in told if one not in same]
    rows = []
    for measure in shown:
        rows.append(
            cells(
                measure_name(measure, scope),
                *(range_cell(one[measure], measure.unit) for one in ranges),
                difference_cell(differences[measure], measure.unit),
                shares_cell(Shares.of(measure, differences[measure]), len(told)),
            )
        )
    futures = differences[Measure.VOTES_LOST].futures
    head = (words.MEASURE, *heads, words.DIFFERENCE, words.HOW_OFTEN.format(futures=futures))
    blocks: list[Block] = [Table(caption, head, tuple(rows), (32, 18, 18, 17, 15), numbers=4)] if rows else []
    if same and not whole:
        names = "; ".join(scope.title(measure) for measure in same)
        blocks.append(Text((words.SAME_REST if rows else words.SAME_ALL).format(measures=names)))
    return blocks


def options_table(
    caption: str, plan: Ranges, options: Sequence[tuple[str, Ranges, Differences]], scope: Scope
) -> Table:
    """Return the table that puts several options beside the plan: each one's range, and how often it is better."""
    shown = asked([plan, *(ranges for _, ranges, _ in options)])
    rows = []
    for measure in shown:
        row = [measure_name(measure, scope), range_cell(plan[measure], measure.unit)]
        for _title, ranges, differences in options:
            shares = Shares.of(measure, differences[measure])
            told, often = range_cell(ranges[measure], measure.unit), shares_cell(shares, len(shown))
            small = "\n".join(filter(None, (told.small, often.text, often.small)))
            row.append(Cell(told.text, small, often.mark))
        rows.append(tuple(row))
    head = (words.MEASURE, words.PLAN, *(title for title, _, _ in options))
    share = 70.0 / (len(options) + 1)
    return Table(caption, head, tuple(rows), (30.0, *[share] * (len(options) + 1)), numbers=len(options) + 1)


def asked(ranges: Sequence[Ranges]) -> list[Measure]:
    """Return the measures of which there was anything in any future on any course, in order."""
    return [one for one in Measure if any(found[one].not_asked < found[one].futures for found in ranges)]


def _value(value: float, unit: Unit) -> str:
    return number(value, ",.1f" if _is_fine(value, unit) else ",.0f")


def _signed(value: float, unit: Unit) -> str:
    text = number(value, "+,.1f" if _is_fine(value, unit) else "+,.0f")
    return text if text.strip("+-0.,") else "0"


def _is_fine(value: float, unit: Unit) -> bool:
    return unit is Unit.MINUTES and abs(value) < _FINE_BELOW
