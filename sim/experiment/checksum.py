"""Checksums (SHA-256): of what a run holds, so that damage is seen, and of the program that played it.

They find what a disk, a copy or an edit has changed. They are no signature: who means to deceive can write new ones.
"""

from __future__ import annotations

from functools import cache
from hashlib import file_digest, sha256
from pathlib import Path

from sim.errors import cannot_be_read
from sim.files import open_regular
from sim.words.language import gettext as _

PROGRAM = Path(__file__).resolve().parents[1]


def digest(content: bytes) -> str:
    """Return the checksum of some bytes, as ``sha256sum`` prints it."""
    return sha256(content).hexdigest()


def digest_of(file: Path) -> str:
    """Return the checksum of a file; nothing where it cannot be read, which is said by who needs what is in it.

    Raises:
        UserError: When it is no regular file.
    """
    try:
        with open_regular(file) as stream:
            return file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def digests_in(folder: Path) -> dict[str, str]:
    """Return the checksum of every file of a folder, by its name."""
    return {file.name: digest(file.read_bytes()) for file in sorted(folder.iterdir())}


@cache
def program_digest() -> str:
    """Return one checksum of all source files of this package: an edit of any of them changes it."""
    files = sorted(PROGRAM.rglob("*.py"))
    listed = "".join(f"{file.relative_to(PROGRAM).as_posix()} {digest(file.read_bytes())}\n" for file in files)
    return digest(listed.encode())


def fault_of(file: Path, expected: str) -> str | None:
    """Return what is wrong with a file of a run: it is missing, or not what was written; None: nothing is.

    Raises:
        UserError: When it is there and cannot be read.
    """
    try:
        with open_regular(file) as stream:
            found = file_digest(stream, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return _("is missing")
    except OSError as error:
        raise cannot_be_read(file, error) from error
    return None if found == expected else _("is not what was written")
