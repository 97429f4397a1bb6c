"""Ctrl-C: noted, put off while something is written, kept from the workers."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

_TRACKERS = ("multiprocessing.resource_tracker", "joblib.externals.loky.backend.resource_tracker")


def _in_main_thread() -> bool:
    """Say whether signals can be handled here; in another thread (a notebook server) they do not arrive."""
    return threading.current_thread() is threading.main_thread()


@contextmanager
def put_off() -> Iterator[None]:
    """Put off Ctrl-C until what is being written is on disk.

    Raises:
        KeyboardInterrupt: Afterwards, when it was pressed meanwhile.
    """
    if not _in_main_thread():
        yield
        return
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt


@contextmanager
def kept_from_children() -> Iterator[None]:
    """Put off Ctrl-C while worker processes are started, and have them start with it blocked.

    A worker that is stopped while it imports would fill the terminal with its traceback. Ignoring Ctrl-C instead would
    be inherited too, but would lose one that is pressed meanwhile. Where signals cannot be blocked (Windows) it is
    only put off.

    Raises:
        KeyboardInterrupt: Afterwards, when it was pressed meanwhile.
    """
    with put_off():
        if not hasattr(signal, "pthread_sigmask"):
            yield
            return
        for tracker in _TRACKERS:  # these helpers of joblib come first: starting one may end with Ctrl-C unblocked
            import_module(tracker).ensure_running()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def noted() -> Iterator[list[int]]:
    """Give a list that is no longer empty once Ctrl-C was pressed.

    A library that catches every exception may turn the interrupt into an error of another name.
    """
    pressed: list[int] = []
    if not _in_main_thread():
        yield pressed
        return

    def note(number: int, _: object) -> None:
        pressed.append(number)
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, note)
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)
