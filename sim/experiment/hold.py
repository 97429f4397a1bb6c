"""One process at a time plays a run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from sim.errors import UserError, cannot_be_written
from sim.words.language import gettext as _

LOCK = "lock"


@contextmanager
def held(run: Path) -> Iterator[None]:
    """Hold a run's folder while something is played into it; the system lets go of it when this process ends.

    Raises:
        UserError: When another process holds it, or the folder cannot be written.
    """
    lock = FileLock(run / LOCK, blocking=False)
    try:
        lock.acquire()
    except Timeout:
        raise UserError(
            _("'{run}': another process is playing this run; wait for it, or stop it").format(run=run)
        ) from None
    except OSError as error:
        raise cannot_be_written(run, error) from error
    try:
        yield
    finally:
        lock.release()
