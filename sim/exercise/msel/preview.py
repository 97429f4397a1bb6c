"""What a file was found to hold, as tables for a terminal: its columns, and its injects in short."""

from __future__ import annotations

from itertools import islice

from sim.config.fields import clock_in_words
from sim.exercise.inject import Inject
from sim.exercise.msel.columns import Column
from sim.exercise.msel.mapping import How, Mapped
from sim.exercise.msel.read import Found
from sim.exercise.msel.values import clock_text, elapsed_text, group_text
from sim.report.fitted import Column as Heading
from sim.report.fitted import Rows
from sim.text import cut, word
from sim.words import msel as words
from sim.words import room as names

MOST_ROWS = 20
"""Injects that are shown; the rest is counted."""
_CUT = 60
"""Columns of a terminal that an inject's text takes at most."""


def columns(mapped: Mapped) -> Rows:
    """Return which column of the file is which of ours; those that are called the same are left out."""
    cells = [
        (column.heading, words.READ_AS[mapped.matches[column].how].format(theirs=mapped.matches[column].heading))
        for column in Column
        if column in mapped.matches and mapped.matches[column].how is not How.SAME
    ]
    heads = (Heading(words.MAPPING["ours"]), Heading(words.MAPPING["theirs"], folds=True))
    return Rows(heads, cells)


def remarks(found: Found) -> list[str]:
    """Return what is to be known of a file though it is no mistake."""
    mapped, said = found.mapped, []
    if mapped.left_out:
        said.append(words.LEFT_OUT.format(headings=", ".join(cut(one, _CUT) for one in mapped.left_out)))
    for column, heading in mapped.suggestions().items():
        option = word(f"{heading}={column.heading}")
        said.append(words.SUGGESTED.format(heading=cut(heading, _CUT), column=column.heading, option=option))
    told = {Column.SEQ: words.NUMBERED, Column.TYPE: words.TYPED}
    for column in told:
        if column in mapped.absent:
            said.append(told[column].format(column=column.heading, type=names.TYPES["information"]))
    empty = [column.heading for column in mapped.absent if column not in told]
    if empty:
        said.append(words.ABSENT.format(columns=", ".join(empty)))
    if found.start is not None:
        said.append(words.STARTS.format(start=clock_text(found.start)))
    elif found.injects:
        said.append(words.NO_START.format(start=clock_text(start_shown(found))))
    return said


def start_shown(found: Found) -> float:
    """Return from when T+ counts, minutes after midnight: from the start, or the first inject where that is unknown."""
    times = [inject.time for inject in found.injects if inject.time is not None]
    return found.start if found.start is not None else min(times, default=0.0)


def preview(found: Found) -> Rows:
    """Return the first injects, a row each."""
    start = start_shown(found)
    heads = (
        Heading(words.PREVIEW["seq"], right=True),
        Heading(words.PREVIEW["time"]),
        Heading(words.PREVIEW["elapsed"]),
        Heading(words.PREVIEW["type"], folds=True),
        Heading(words.PREVIEW["group"], folds=True),
        Heading(words.PREVIEW["what"], folds=True),
    )
    return Rows(heads, [_row(inject, start) for inject in islice(found.injects, MOST_ROWS)])


def _row(inject: Inject, start: float) -> tuple[str, ...]:
    otherwise = words.BY_EVENT if inject.model_event.strip() else words.BY_CONDITION
    return (
        str(inject.seq),
        otherwise if inject.time is None else clock_in_words(inject.time),
        "" if inject.time is None else elapsed_text(round(inject.time) - round(start)),
        names.TYPES[inject.type],
        group_text(inject.group),
        cut(" ".join((inject.title.strip() or inject.text).split()), _CUT),
    )
