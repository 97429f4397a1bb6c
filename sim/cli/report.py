"""``simulate report RUN``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.given import GivenPath
from sim.cli.say import say
from sim.cli.show import compared, show_comparison

if TYPE_CHECKING:
    from sim.experiment.store import Run

_FOLDER, _NAME = "brief", "brief.docx"


@click.command()
@click.argument("run", type=GivenPath())
@click.option("--docx", is_flag=True, help="Write the brief as a document to edit, too.")
@click.option("--out", type=GivenPath(), help="Folder for the document; without it 'brief', in the run's folder.")
def command(run: Path, docx: bool, out: Path | None) -> None:
    """Write a run's report and figures again, and print its comparison.

    With --docx the brief, which is the report's first page, is written as a document to edit besides; one that somebody
    has edited is not written over.
    """
    from sim.errors import UserError
    from sim.experiment.store import read
    from sim.words.language import gettext as _

    if out is not None and not docx:
        raise UserError(_("--out is the folder of the document, which --docx asks for: give both"))
    opened = read(run)
    comparison, report = compared(opened)
    written = _document(opened, comparison, out or opened.path / _FOLDER) if docx else None
    show_comparison(opened, comparison, report)
    if written is not None:
        say(str(written))


def _document(run: Run, comparison: Any, folder: Path) -> Path:
    """Write the document, unless one is there that somebody has edited.

    Raises:
        UserError: When one is, or the folder cannot be written.
    """
    from sim.errors import UserError
    from sim.experiment.unedited import write_unless_edited
    from sim.report.write import brief_document
    from sim.words.language import gettext as _

    try:
        return write_unless_edited(folder, {_NAME: brief_document(run, comparison)})[0]
    except OSError as error:
        why = error.strerror or error
        raise UserError(
            _("'{folder}': the document cannot be written ({why})").format(folder=folder, why=why)
        ) from error
