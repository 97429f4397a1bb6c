"""Writing files into a folder, all or none, and never over what is there."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from sim.errors import UserError
from sim.words import region as words


def refuse_there(folder: Path, names: Mapping[str, bytes]) -> None:
    """Refuse a folder that is a file, or has one of these files.

    Raises:
        UserError: Naming the first.
    """
    if (folder.exists() or folder.is_symlink()) and not folder.is_dir():
        raise UserError(words.NO_FOLDER.format(folder=folder))
    for name in names:
        file = folder / name
        if file.exists() or file.is_symlink():
            raise UserError(words.THERE.format(file=file))


def write_fresh(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, which is made if it is not there.

    Args:
        folder: The folder.
        files: Content by name.

    Raises:
        UserError: When one of them is there, or cannot be written; then none is left.
    """
    refuse_there(folder, files)
    made, written = [one for one in (folder, *folder.parents) if not one.exists()], list[Path]()
    current = folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            current = folder / name
            with current.open("xb") as stream:  # it fails where somebody has made it meanwhile
                written.append(current)
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
    except OSError as error:
        _take_back(written, made)
        raise UserError(words.NOT_WRITTEN.format(file=current, why=error.strerror)) from None
    except BaseException:
        _take_back(written, made)
        raise


def _take_back(files: list[Path], folders: list[Path]) -> None:
    """Remove files that were written, and folders that were made."""
    for file in files:
        file.unlink(missing_ok=True)
    for folder in folders:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
