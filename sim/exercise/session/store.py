"""The folder of a session: what the room plays on, its list of injects, and its log.

    SESSION/session.json   what it is (sim.exercise.session.about); written once
    SESSION/injects.json   the list of injects that it began with
    SESSION/secret.json    PINs and the key of the console; only its owner may read it
    SESSION/played/        the manifest, region and deployments of the run whose day is played
    SESSION/log.jsonl      every action; a line is on the disk before anybody is told that it was done
    SESSION/beat           what the scenario clock showed a moment ago, while it runs

A line of the log that a loss of power cut off was never acknowledged, and is taken away when the log is opened again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import ValidationError

from sim.errors import UserError, cannot_be_read, cannot_be_written
from sim.exercise.session.entry import Entry
from sim.experiment.store import write_atomically
from sim.files import open_regular
from sim.words.language import gettext as _

LOG, BEAT, LOCK = "log.jsonl", "beat", "session.lock"
MOST_LOG = 256 * 1024 * 1024
"""Bytes of a log; an exercise of a day writes a few millions."""


class CannotWrite(UserError):
    """The disk does not take the log any more: what was to be done has not been done, and the room is read-only."""


class Log:
    """The log of a session, open to be written.

    Args:
        folder: The session's folder.

    Raises:
        UserError: When it cannot be read, or a line of it is not what was written.
    """

    def __init__(self, folder: Path) -> None:
        self.file = folder / LOG
        self.entries, sound = read_log(self.file)
        try:
            self._descriptor = os.open(self.file, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            os.ftruncate(self._descriptor, sound)
            os.lseek(self._descriptor, 0, os.SEEK_END)
            os.fsync(self._descriptor)
        except OSError as error:
            raise cannot_be_written(self.file, error) from error
        self._size = sound

    def append(self, entry: Entry) -> None:
        """Put an entry on the disk; when this returns it outlasts a loss of power.

        Raises:
            CannotWrite: When the disk does not take it; nothing of it is in the log then.
        """
        line = entry.model_dump_json(exclude_defaults=False).encode() + b"\n"
        try:
            self._write(line)
            os.fsync(self._descriptor)
        except OSError as error:
            self._take_back()
            raise CannotWrite(str(cannot_be_written(self.file, error))) from error
        self._size += len(line)
        self.entries.append(entry)

    def _write(self, line: bytes) -> None:
        left = memoryview(line)
        while left:
            left = left[os.write(self._descriptor, left) :]

    def _take_back(self) -> None:
        """Take away what of a line has been written; a file can be made shorter where the disk is full."""
        os.ftruncate(self._descriptor, self._size)
        os.lseek(self._descriptor, 0, os.SEEK_END)

    def close(self) -> None:
        """Close the file."""
        os.close(self._descriptor)


def read_log(file: Path) -> tuple[list[Entry], int]:
    """Read a log.

    Returns:
        Its entries, and how many bytes of it are whole lines.

    Raises:
        UserError: When it cannot be read, or a line other than a cut off last one is not an entry, or is out of order.
    """
    try:
        with open_regular(file) as stream:
            content = stream.read(MOST_LOG + 1)
    except FileNotFoundError:
        return [], 0
    except OSError as error:
        raise cannot_be_read(file, error) from error
    if len(content) > MOST_LOG:
        raise UserError(_("{file}: it has more than {most:,} bytes").format(file=file, most=MOST_LOG))
    whole = content.rfind(b"\n") + 1
    entries: list[Entry] = []
    for number, line in enumerate(content[:whole].splitlines(), start=1):
        entries.append(_entry(file, number, line))
    return entries, whole


def _entry(file: Path, number: int, line: bytes) -> Entry:
    try:
        entry = Entry.model_validate_json(line)
    except ValidationError as error:
        raise UserError(
            _("{file}, line {number}: it is no entry of a session's log of this version").format(
                file=file, number=number
            )
        ) from error
    if entry.seq != number:
        raise UserError(
            _("{file}, line {number}: it bears the number {seq}; lines are missing, or there are too many").format(
                file=file, number=number, seq=entry.seq
            )
        )
    return entry


def write_beat(folder: Path, line: int, time: float) -> None:
    """Note what the scenario clock shows, so that the room goes on from there after a loss of power.

    Raises:
        CannotWrite: When the disk does not take it.
    """
    try:
        write_atomically(folder / BEAT, f"{line} {time:.3f}\n".encode())
    except OSError as error:
        raise CannotWrite(str(cannot_be_written(folder / BEAT, error))) from error


def read_beat(folder: Path) -> tuple[int, float] | None:
    """Return the line and the scenario time of the last beat; None where there is none that can be read."""
    try:
        line, time = (folder / BEAT).read_text(encoding="ascii").split()
        return int(line), float(time)
    except (OSError, ValueError):
        return None


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep everybody else from running the session.

    Raises:
        UserError: When somebody runs it already.
    """
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise UserError(_("'{folder}': somebody is running this session already").format(folder=folder)) from error
    except OSError as error:
        raise cannot_be_written(folder, error) from error
    try:
        yield
    finally:
        lock.release()
