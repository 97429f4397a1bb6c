"""Writing a file of the user's own: where it goes, under what name, and never over one that is there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sim.errors import UserError
from sim.words import own as words

FOLDER = Path("mine")
"""The folder of one's own scenarios, strategies and kinds, where the command line names none."""


def refuse_name(command: str, group: str, name: str) -> None:
    """Refuse a name that cannot be chosen by, or that a packaged one has.

    Args:
        command: The command, such as ``strategy``.
        group: Whose choice it will be.
        name: The name.

    Raises:
        UserError: Naming it, and what is allowed.
    """
    from sim.config.choices import choices
    from sim.config.fields import is_plain_name, plain_name
    from sim.errors import quoted

    if not is_plain_name(name):
        raise UserError(words.NOT_A_NAME.format(command=command, name=quoted(name), allowed=plain_name()))
    if name in choices(group):
        raise UserError(words.PACKAGED.format(command=command, name=name, what=group))


def write_new(files: Mapping[Path, bytes]) -> None:
    """Write files that are not there yet, all of them or none; their folders are made.

    Raises:
        UserError: When one is there already, or cannot be written.
    """
    from sim.experiment.interrupt import put_off

    for file in files:
        if file.exists() or file.is_symlink():
            raise UserError(words.THERE.format(file=file))
    done: list[Path] = []
    try:
        with put_off():
            for file, content in files.items():
                file.parent.mkdir(parents=True, exist_ok=True)
                with file.open("xb") as stream:
                    done.append(file)
                    stream.write(content)
    except OSError as error:
        for file in done:
            file.unlink(missing_ok=True)
        raise UserError(words.NOT_WRITTEN.format(file=error.filename or file, why=error.strerror or error)) from None
