"""Reading files that may come from anybody: regular files of a stated size and kind, and nothing else."""

from __future__ import annotations

import os
import stat
from io import BufferedReader
from pathlib import Path

from sim.errors import UserError
from sim.text import LOCATION
from sim.words.language import gettext as _

MOST_SETTINGS = 256 * 1024
"""Bytes of a file of settings; the packaged ones have four thousand at most."""
MOST_MANIFEST = 64 * 1024 * 1024
"""Bytes of a run's manifest; a distribution of 100,000 measured numbers takes a million and a half of them."""
MOST_TABLE = 64 * 1024 * 1024
"""Bytes of a table; one of all 435,000 polling stations of Indonesia has some thirty million."""


LONGEST_NAME = 255
"""Bytes of a file's name; no file system in use takes more."""


def is_path(path: str) -> bool:
    """Say whether a file could be called by a path; whether it is there is another question."""
    raw = path.encode(errors="replace")
    return b"\0" not in raw and len(raw) <= LOCATION.most and max(map(len, raw.split(b"/"))) <= LONGEST_NAME


def leads_inside(path: Path, folder: Path) -> bool:
    """Say whether a path, links resolved, stays inside a folder; a link to itself leads nowhere else."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def open_regular(path: Path) -> BufferedReader:
    """Open a file to read; a device, a pipe or a folder in its place is refused before anything of it is read.

    Raises:
        UserError: When it is not a regular file.
        OSError: Where the system does not let it be read.
    """
    opened = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(opened).st_mode):
        os.close(opened)
        raise UserError(_("{path}: cannot be read (it is not a regular file)").format(path=path))
    return os.fdopen(opened, "rb")


def read_text(path: Path, most: int, suffix: str) -> str:
    """Read a text file that somebody else may have written.

    A device that never ends, a pipe that nobody writes to, and a file of another kind that hides behind a link are
    refused before anything of them is read.

    Args:
        path: The file; a link counts as what it leads to.
        most: Bytes that it may have.
        suffix: How its name must end, such as ``.csv``.

    Returns:
        The text, without a byte order mark.

    Raises:
        UserError: For a file of another kind or ending, one that is too large, or one that is not UTF-8.
        OSError: Where the system does not let it be read.
    """
    try:  # where only its folder is a link, it has the same name there
        leads_to = path.resolve() if path.is_symlink() else path
    except RuntimeError:  # a link to itself, before Python 3.13
        raise UserError(_("{path}: cannot be read (it is a link to itself)").format(path=path)) from None
    for name in (path, leads_to):
        if name.suffix != suffix:
            raise UserError(
                _("{path}: cannot be read (its name does not end in {suffix})").format(path=path, suffix=suffix)
                if name == path
                else _("{path}: cannot be read (it leads to a file whose name does not end in {suffix})").format(
                    path=path, suffix=suffix
                )
            )
    with open_regular(path) as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise UserError(_("{path}: cannot be read (it has more than {most:,} bytes)").format(path=path, most=most))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(_("{path}: cannot be read (it is not UTF-8 text)").format(path=path)) from None
