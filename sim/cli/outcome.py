"""How a command ends: what is said, on which stream, and with which exit code."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Callable
from enum import IntEnum
from typing import Any, TextIO

import click

from sim.cli.say import complain, let_print_anything, said_by
from sim.errors import Stopped, UserError
from sim.experiment.interrupt import exit_code, is_asked
from sim.words.language import gettext as _

_OUTPUT_FULL = {errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EFBIG}
"""What is said by an output that takes no more: no room on the disk, of the user, in a file; or no terminal."""


class Exit(IntEnum):
    """Exit codes; stopped by a signal it is 128 and the signal's number (130 after Ctrl-C)."""

    FINE = 0
    OUR_FAULT = 1
    MISTAKE = 2


def outcome(command: Callable[[], Any], debug: bool) -> int:
    """Run a command and return its exit code; say what went wrong in one line on standard error.

    Args:
        command: The command.
        debug: Whether to show the traceback of an error of the program.
    """
    let_print_anything()
    try:
        result = command()
        sys.stdout.flush()
    except (Stopped, click.Abort, KeyboardInterrupt) as stopped:
        return _say(exit_code(), str(stopped) if isinstance(stopped, Stopped) else _("Stopped."))
    except (BrokenPipeError, SystemExit):  # `simulate … | head`: nobody reads on (rich makes an exit of it)
        _discard(sys.stdout)
        return Exit.FINE
    except Exception as error:
        if is_asked():
            return _say(exit_code(), _("Stopped."))
        mistake = _mistake(error)
        return _our_fault(error, debug) if mistake is None else _say(Exit.MISTAKE, *mistake.split("\n"))
    return result if isinstance(result, int) else Exit.FINE


def _say(code: int, *lines: str) -> int:
    """Say something on standard error, where there is somebody to read it."""
    try:
        complain(*lines)
    except OSError:  # the terminal is gone (SIGHUP), or what stands in its place is full
        _discard(sys.stderr)
    return code


def _mistake(error: Exception) -> str | None:
    """Return what is said of an error that is not the program's, its lines its own; None: it is the program's."""
    if isinstance(error, UserError):
        return _("Error: {error}").format(error=error)
    if isinstance(error, click.ClickException):
        return said_by(error)
    if isinstance(error, MemoryError):
        return _("Error: memory ran out")
    if isinstance(error, OSError) and error.errno in _OUTPUT_FULL and error.filename is None:  # files have a name
        _discard(sys.stdout)
        return _("Error: standard output cannot be written ({why})").format(why=error.strerror)
    return None


def _discard(stream: TextIO) -> None:
    """Let what is still to be written to a stream vanish, so that Python's end says nothing about it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _our_fault(error: Exception, debug: bool) -> int:
    notes = "".join(f" ({note})" for note in getattr(error, "__notes__", []))
    said = _("This is an error of the program, not yours: {name}: {error}{notes}").format(
        name=type(error).__name__, error=error, notes=notes
    )
    report = _("Please report it with the command you ran; 'simulate --debug …' shows where it happened.")
    where = "".join(traceback.format_exception(error)).rstrip("\n").split("\n") if debug else []
    return _say(Exit.OUR_FAULT, said, report, *where)
