"""``simulate exercise import FILE …``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli.given import GivenPath
from sim.cli.say import say
from sim.cli.tables import print_rows, say_text
from sim.words.language import gettext as _

if TYPE_CHECKING:
    from sim.exercise.msel import Found

_ENDING = ".xlsx"


@click.command(name="import")
@click.argument("file", type=GivenPath())
@click.option(
    "--map", "told", multiple=True, metavar="THEIRS=OURS",
    help="Which column of the file is which of the list, such as 'Waktu=scenario time'; may be given several times.",
)  # fmt: skip
@click.option("--start", help="When the exercise starts, such as 06:30; else as the file says.")
@click.option("--out", type=GivenPath(), help="Write the list here (.xlsx), in this program's form.")
@click.option("--yes", is_flag=True, help="Write without asking.")
def command(file: Path, told: tuple[str, ...], start: str | None, out: Path | None, yes: bool) -> None:
    """Read a list of events (MSEL) from a spreadsheet, show what it holds, and say every mistake by row and column."""
    from sim.exercise.msel import read, written
    from sim.exercise.msel.preview import start_shown
    from sim.text import word
    from sim.words import msel as words

    _check_out(out)
    found = read(file, _start(start), told)
    _show(found)
    injects = found.checked()
    say_text(words.CLEAN.format(count=len(injects)))
    if out is None:
        if not found.mapped.is_own:
            say_text(words.NOTHING_WRITTEN)
        else:
            say(words.NEXT_NEW.format(file=word(str(file))))
        return
    if not yes and not _is_wanted(out):
        say_text(words.NOT_WRITTEN)
        return
    _write(out, written(injects, start_shown(found)))
    say(words.WRITTEN.format(file=out))
    say(words.NEXT_NEW.format(file=word(str(out))))


def _start(text: str | None) -> float | None:
    from sim.errors import UserError
    from sim.exercise.msel.values import read_clock

    try:
        return None if text is None else read_clock(text)
    except ValueError as error:
        raise UserError(_("--start: {why}").format(why=error)) from None


def _check_out(out: Path | None) -> None:
    """Refuse what the list cannot be written to, before anything is read."""
    from sim.errors import UserError

    if out is None:
        return
    if out.suffix.lower() != _ENDING:
        raise UserError(_("--out {file}: its name must end in {ending}").format(file=out, ending=_ENDING))
    if out.exists():
        raise _taken(out)


def _taken(out: Path) -> Exception:
    from sim.errors import UserError

    return UserError(_("'{file}' is there already and is not written over; give another name (--out)").format(file=out))


def _show(found: Found) -> None:
    from sim.exercise.msel.preview import MOST_ROWS, columns, preview, remarks
    from sim.words import msel as words

    others = columns(found.mapped)
    say_text(words.OWN.format(count=len(found.mapped.matches) - len(others.cells), file=found.file))
    if others.cells:
        say_text(words.NOT_OWN)
        print_rows(others)
    for remark in remarks(found):
        say_text(remark)
    if found.injects:
        print_rows(preview(found))
        if len(found.injects) > MOST_ROWS:
            say(words.MORE.format(count=len(found.injects) - MOST_ROWS))
    if found.mistakes:
        say_text(words.COUNTED.format(count=len(found.injects)))


def _is_wanted(out: Path) -> bool:
    """Ask whether to write.

    Raises:
        UserError: When there is nobody to be asked.
    """
    from sim.errors import UserError
    from sim.words import msel as words

    if not sys.stdin.isatty():
        raise UserError(_("there is nobody to be asked whether '{file}' is written; add --yes").format(file=out))
    return click.confirm(words.WRITE.format(file=out))


def _write(out: Path, content: bytes) -> None:
    """Write a file that is not there yet; what was written of it is taken away where the disk does not take it all."""
    from sim.errors import cannot_be_written

    try:
        with out.open("xb") as stream:
            try:
                stream.write(content)
                stream.flush()
            except OSError:
                out.unlink(missing_ok=True)
                raise
    except FileExistsError:
        raise _taken(out) from None
    except OSError as error:
        raise cannot_be_written(out, error) from error
