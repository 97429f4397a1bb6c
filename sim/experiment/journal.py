"""The journal of a run: a line for each batch that is finished, with the checksum of each of its files.

    RUN/finished.jsonl      {"days": [0, 10], "files": {"tables/stations": "9f86d0…", …}}

Lines are only added at its end, once all files of the batch are on disk. What a killed process leaves of a line does
not count: the batch is played again. The manifest holds the checksum of the journal while nobody plays the run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from sim.errors import UserError
from sim.experiment.frames import FOLDERS, part_file
from sim.text import word
from sim.words.language import gettext as _

JOURNAL = "finished.jsonl"


@dataclass(frozen=True)
class Batch:
    """A batch of days that is finished.

    Attributes:
        days: Its days.
        files: Checksum of its file in each of the run's folders, such as ``tables/stations``.
    """

    days: range
    files: Mapping[str, str]

    def parts(self) -> Iterator[tuple[str, str]]:
        """Give the path of each file in the run's folder, and its checksum."""
        for folder, checksum in self.files.items():
            yield part_file(folder, self.days.start), checksum

    def line(self) -> str:
        """Return its line in the journal."""
        days = [self.days.start, self.days.stop]
        return json.dumps({"days": days, "files": dict(self.files)}, separators=(",", ":")) + "\n"


class _Line(BaseModel):
    """What a line must hold."""

    model_config = ConfigDict(strict=True, extra="forbid")
    days: list[int]
    files: dict[str, str]


def journal_of(batches: Sequence[Batch]) -> bytes:
    """Return the content of a journal."""
    return "".join(batch.line() for batch in batches).encode()


def read_journal(content: bytes, planned: Sequence[range]) -> tuple[list[Batch], list[int]]:
    """Read a journal.

    Args:
        content: Its content; what stands after the last end of a line was never finished and is left out.
        planned: The batches of the run.

    Returns:
        The batches that are finished, in the order of the lines, and the numbers of the lines that are damaged: no
        such line was ever written, or its days stand on an earlier line.
    """
    known, found, damaged = {(days.start, days.stop) for days in planned}, [], []
    for number, line in enumerate(content.split(b"\n")[:-1], start=1):
        batch = _batch(line)
        if batch is None or (batch.days.start, batch.days.stop) not in known:
            damaged.append(number)
            continue
        known.remove((batch.days.start, batch.days.stop))
        found.append(batch)
    return found, damaged


def _batch(line: bytes) -> Batch | None:
    try:
        read = _Line.model_validate_json(line)
        start, stop = read.days
    except (ValidationError, ValueError):
        return None
    return Batch(range(start, stop), read.files) if set(read.files) == set(FOLDERS) else None


def append_line(file: Path, batch: Batch) -> None:
    """Add a batch to a journal.

    Raises:
        OSError: When it cannot be written; what stands of the line then does not count.
    """
    with file.open("ab") as stream:
        stream.write(batch.line().encode())


def planned_batches(replications: int, batch: int) -> list[range]:
    """Return the batches of a run of so many days."""
    return [range(first, min(first + batch, replications)) for first in range(0, replications, batch)]


def damaged_line(folder: Path, number: int) -> UserError:
    """Return the error for a line that is damaged."""
    return UserError(
        _("'{file}': line {number} is damaged; play it again with: simulate repair {run}").format(
            file=folder / JOURNAL, number=number, run=word(str(folder))
        )
    )
