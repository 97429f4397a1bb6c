"""Two rooms on the same day as a table for the terminal."""

from __future__ import annotations

from sim.exercise.after.compared import headlines
from sim.exercise.after.contest import FIRST, SECOND, Contest
from sim.exercise.after.contest_page import titles
from sim.exercise.after.ranges import Shares, measure_name, range_cell, shares_cell
from sim.report.fitted import Column, Rows
from sim.text import shown
from sim.words import after as words


def contest_rows(made: Contest) -> Rows | None:
    """Return what counts of the plan and of both rooms, and how often the second room is better; None: not played."""
    found = made.found
    if found is None:
        return None
    told = headlines(found)
    names = [shown(name) for name in titles(made)]
    differences = found.differences(SECOND, FIRST)
    last = words.PAIR.format(course=names[SECOND], against=names[FIRST])
    rows = []
    for measure in told:
        shares = Shares.of(measure, differences[measure])
        rows.append(
            (
                measure_name(measure, found.scope).whole,
                *(range_cell(one[measure], measure.unit).whole for one in found.ranges),
                shares_cell(shares, len(told)).whole,
            )
        )
    columns = (
        Column(words.MEASURE, folds=True),
        *(Column(name, right=True, folds=True) for name in names),
        Column(f"{last}\n{words.HOW_OFTEN.format(futures=found.futures)}", right=True),
    )
    return Rows(columns, rows, title=shown(words.CONTEST_TITLE.format(one=names[FIRST], other=names[SECOND])))
