"""Reading a list of injects from a spreadsheet: what it holds, and all that is wrong with it, at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path

from sim.errors import SeveralMistakes
from sim.exercise.inject import Inject
from sim.exercise.msel.columns import Column
from sim.exercise.msel.mapping import Mapped, is_known, mapped
from sim.exercise.msel.rows import Draft, Mistakes, Reader
from sim.exercise.msel.table import listed
from sim.exercise.msel.times import Planned, due, start_differs, start_of
from sim.exercise.msel.values import clock_text
from sim.words.language import gettext as _

NEEDED = (Column.GROUP, Column.TEXT)
"""Columns without which nothing can be told to anybody."""
WHEN = (Column.SCENARIO_TIME, Column.EXERCISE_TIME, Column.CONDITION, Column.MODEL_EVENT)
"""Columns of which an inject needs one, to be due at all."""


@dataclass(frozen=True)
class Found:
    """What a file holds.

    Attributes:
        file: The file.
        mapped: Which of its columns are ours.
        injects: Those of the rows that can be read, in their order.
        start: When the exercise starts, minutes after midnight; None: neither the user nor the file says so.
        mistakes: All that is wrong, row by row; empty: nothing.
    """

    file: Path
    mapped: Mapped
    injects: tuple[Inject, ...]
    start: float | None
    mistakes: tuple[str, ...]

    def checked(self) -> tuple[Inject, ...]:
        """Return the injects.

        Raises:
            SeveralMistakes: When anything is wrong.
        """
        if self.mistakes:
            raise SeveralMistakes(self.mistakes)
        return self.injects


def read(file: Path, start: float | None = None, told: Sequence[str] = ()) -> Found:
    """Read a list of injects.

    Args:
        file: A workbook (.xlsx) or a CSV table; nothing in it is executed.
        start: When the exercise starts, minutes after midnight; None: what most rows with both times say.
        told: Which columns are ours, ``theirs=ours`` each.

    Raises:
        UserError: When nothing can be read of it, or what is told of its columns is wrong.
    """
    table = listed(file, is_known(told))
    columns = mapped(table.headings, told)
    of_sheet, mistakes = [*columns.mistakes, *table.mistakes, *_missing(columns)], Mistakes(columns.matches)
    drafts: list[Draft] = []
    if not _missing(columns):
        reader = Reader(mistakes)
        drafts = [reader.draft(line, number) for number, line in enumerate(table.lines, start=1)]
        _check_numbers(drafts, mistakes)
        of_sheet += _without_times(drafts, mistakes)
    planned = [draft.planned for draft in drafts if draft.planned is not None]
    if start is None:
        start = start_of(planned)
    else:
        of_sheet += _of_another_start(planned, start)
    injects = [] if of_sheet else _timed(drafts, start, mistakes)
    where = [_("{file}: {why}").format(file=file, why=why) for why in of_sheet]
    rows = [_("{file}, {why}").format(file=file, why=why) for _row, why in sorted(mistakes.found, key=itemgetter(0))]
    return Found(file, columns, tuple(injects), start, (*where, *rows))


def _of_another_start(planned: Sequence[Planned], start: float) -> list[str]:
    """Say once, not row by row, that all times from the start count from another one."""
    theirs = start_differs(planned, start)
    if theirs is None:
        return []
    return [
        _(
            "its times from the start count from {theirs}, not from {start}; empty the column '{elapsed}', and only "
            "the times of day count"
        ).format(theirs=clock_text(theirs), start=clock_text(start), elapsed=Column.EXERCISE_TIME.heading)
    ]


def _missing(columns: Mapped) -> list[str]:
    near = columns.suggestions()
    found = []
    for column in NEEDED:
        if column in near:
            found.append(
                _("column '{column}' is missing; if it is '{heading}', add: --map \"{heading}={column}\"").format(
                    column=column.heading, heading=near[column]
                )
            )
        elif column not in columns.matches:
            found.append(_("column '{column}' is missing").format(column=column.heading))
    return found


def _check_numbers(drafts: Sequence[Draft], mistakes: Mistakes) -> None:
    first: dict[int, int] = {}
    for draft in drafts:
        if draft.seq is None:
            continue
        if draft.seq in first:
            mistakes.note(
                draft.line,
                Column.SEQ,
                _("{seq} is the number of row {row} already").format(seq=draft.seq, row=first[draft.seq]),
            )
        else:
            first[draft.seq] = draft.line


def _without_times(drafts: Sequence[Draft], mistakes: Mistakes) -> list[str]:
    """Say which injects would never be due; of a list in which none would be, once."""
    never = [draft for draft in drafts if not _is_planned(draft)]
    if never and len(never) == len(drafts):
        return [
            _(
                "no inject has a time: fill in '{scenario}' (such as 09:40) or '{elapsed}' (such as T+3:10); an inject "
                "without one needs a condition or an event of the model"
            ).format(scenario=Column.SCENARIO_TIME.heading, elapsed=Column.EXERCISE_TIME.heading)
        ]
    for draft in never:
        mistakes.note(
            draft.line, None, _("has neither a time nor a condition nor an event of the model: it would never be due")
        )
    return []


def _is_planned(draft: Draft) -> bool:
    return draft.waits or draft.planned is None or draft.planned != Planned(None, None)


def _timed(drafts: Sequence[Draft], start: float | None, mistakes: Mistakes) -> list[Inject]:
    found = []
    for draft in drafts:
        if draft.planned is None or not _is_planned(draft):
            continue
        try:
            time = due(draft.planned, start)
        except ValueError as error:
            column = Column.EXERCISE_TIME if draft.planned.clock is None else Column.SCENARIO_TIME
            mistakes.note(draft.line, column, str(error))
            continue
        if draft.inject is not None:
            found.append(replace(draft.inject, time=time))
    return found
