"""Writing files again without losing what people have edited in them: a pack, orders.

FOLDER/made.json    {"control/msel.xlsx": ["9f86d0…"], …}: checksums of the files as they were made
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from sim.errors import UserError
from sim.experiment.checksum import digest, fault_of
from sim.experiment.store import write_atomically
from sim.files import read_text
from sim.words.language import gettext as _

MADE = "made.json"
_MOST = 64 * 1024
"""Bytes of such a file; a pack of a dozen files has two thousand."""
_CHECKSUMS = TypeAdapter(dict[str, list[str]])


def write_unless_edited(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write files into a folder, all or none: none when one of them would replace what somebody else has written.

    Args:
        folder: The folder.
        files: Content by path in it.

    Returns:
        The files.

    Raises:
        UserError: When a file is there that was not made so: it was edited since, or was never made here.
        OSError: When something cannot be written.
    """
    made, now = _made(folder), {name: digest(content) for name, content in files.items()}
    for name in files:
        if (folder / name).exists() and all(fault_of(folder / name, one) for one in made.get(name, [])):
            raise UserError(
                _(
                    "'{file}': it was edited after it was made, or is not of such a pack, and is not "
                    "written over; move it away, or give another folder (--out)"
                ).format(file=folder / name)
            )
    folder.mkdir(parents=True, exist_ok=True)
    # both are right while files are being written, so that a killed process leaves none that seems edited
    _note(folder, {**made, **{name: [*made.get(name, []), checksum] for name, checksum in now.items()}})
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / name, content)
    _note(folder, {**made, **{name: [checksum] for name, checksum in now.items()}})
    return [folder / name for name in files]


def _note(folder: Path, checksums: Mapping[str, list[str]]) -> None:
    write_atomically(folder / MADE, json.dumps(checksums, indent=1).encode())


def _made(folder: Path) -> dict[str, list[str]]:
    file = folder / MADE
    if not file.exists():
        return {}
    try:
        return _CHECKSUMS.validate_json(read_text(file, _MOST, ".json"))
    except (OSError, ValidationError) as error:
        raise UserError(
            _("{file}: cannot be read; move it away, or give another folder (--out)").format(file=file)
        ) from error
