"""Writing the report of a session, and what lies beside it."""

from __future__ import annotations

from pathlib import Path

from sim.errors import UserError
from sim.exercise.after.compared import Worth
from sim.exercise.after.page import html
from sim.exercise.after.read import Played
from sim.exercise.after.report import report
from sim.experiment.unedited import write_unless_edited
from sim.words.language import gettext as _

PAGE, DOCUMENT, LOG, WORKBOOK = "report.html", "report.docx", "log.jsonl", "session.xlsx"
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
    paper = report(played, found, ())
    files = {PAGE: html(paper).encode()}
    try:
        return write_unless_edited(folder, files)
    except OSError as error:
        why = error.strerror or error
        raise UserError(_("'{folder}': the report cannot be written ({why})").format(folder=folder, why=why)) from error
