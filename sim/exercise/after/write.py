"""Writing the report of a session, and what lies beside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sim.errors import UserError
from sim.exercise.after.blocks import Paper
from sim.exercise.after.compared import Worth
from sim.exercise.after.contest import Contest
from sim.exercise.after.copied import lines
from sim.exercise.after.document import document
from sim.exercise.after.page import html
from sim.exercise.after.read import Played
from sim.exercise.after.report import report
from sim.exercise.after.timeline import passages
from sim.exercise.after.workbook import workbook
from sim.experiment.unedited import write_unless_edited
from sim.words.language import gettext as _

PAGE, DOCUMENT, LOG, WORKBOOK = "report.html", "report.docx", "log.jsonl", "session.xlsx"
CONTEST = "compare-{other}.html"
FOLDER = "report"
"""Where a session's report is written, in its folder."""


def write_report(played: Played, found: Worth, folder: Path) -> list[Path]:
    """Write the report of a session; nothing is written over that somebody has edited.

    Args:
        played: The session.
        found: What its decisions are worth.
        folder: Where to.

    Returns:
        The files.

    Raises:
        UserError: When something is there that was edited, or that cannot be written.
    """
    went = passages(played.opening, played.state, played.left, played.happened)
    paper = report(played, found, (DOCUMENT, LOG, WORKBOOK))
    files = {
        PAGE: html(paper).encode(),
        DOCUMENT: document(paper),
        LOG: lines(played.entries),
        WORKBOOK: workbook(played, went),
    }
    return _written(folder, files)


def write_contest(made: Contest, paper: Paper, folder: Path) -> Path:
    """Write the comparison of two rooms as a page, unless somebody has edited one that is there.

    Args:
        made: The comparison.
        paper: What it says.
        folder: Where to; the page is named by the second session's folder.

    Raises:
        UserError: When something is there that was edited, or that cannot be written.
    """
    name = CONTEST.format(other=made.rooms[1].folder.resolve().name)
    return _written(folder, {name: html(paper).encode()})[0]


def _written(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    try:
        return write_unless_edited(folder, files)
    except OSError as error:
        why = error.strerror or error
        raise UserError(_("'{folder}': the report cannot be written ({why})").format(folder=folder, why=why)) from error
