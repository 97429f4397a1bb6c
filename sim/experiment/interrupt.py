"""Being asked to stop: Ctrl-C, SIGTERM and SIGHUP are noted, put off while something is written, kept from workers."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from time import sleep
from types import FrameType
from typing import Any

CTRL_C = (signal.SIGINT,)
STOPS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""What asks a program to stop: Ctrl-C, a manager of processes, the terminal that is closed."""
_IMPATIENT = 3
"""Asked so often, the process ends at once, whatever it is doing."""
_LOOK_SECONDS = 0.5
"""A worker looks this often whether its parent lives."""
_TRACKERS = ("multiprocessing.resource_tracker", "joblib.externals.loky.backend.resource_tracker")


@dataclass
class _Asked:
    """What has come while signals were watched.

    Attributes:
        arrived: Numbers of the signals.
        put_off: How many blocks that put them off are open.
    """

    arrived: list[int] = field(default_factory=list)
    put_off: int = 0


_asked = _Asked()


@contextmanager
def watched(signals: tuple[signal.Signals, ...] = CTRL_C) -> Iterator[None]:
    """Raise KeyboardInterrupt when the program is asked to stop, and note that it was.

    An exception alone can get lost: a library may catch it and go on, or it comes while garbage is swept. So whoever
    works for long calls :func:`check` now and then. The first signal raises, a second one only is noted, so that what
    is being put in order can be finished; the third ends the process. One that the program was started to ignore
    (``nohup``) stays ignored, except Ctrl-C. Signals reach the main thread only: elsewhere (a notebook's server)
    nothing is watched.
    """
    if not _in_main_thread():
        yield
        return
    before = {}
    hook = sys.unraisablehook
    try:
        for one in signals:
            handler = signal.getsignal(one)
            if handler != _take and (handler != signal.SIG_IGN or one == signal.SIGINT):
                before[one] = handler or signal.SIG_DFL
                signal.signal(one, _take)
        sys.unraisablehook = _unless_asked(hook)
        yield
    finally:
        sys.unraisablehook = hook
        for one, handler in before.items():
            signal.signal(one, handler)
        if signal.SIGINT in before:  # the outermost: Ctrl-C is watched by all
            _asked.arrived.clear()


def is_asked() -> bool:
    """Say whether the program was asked to stop."""
    return bool(_asked.arrived)


def exit_code() -> int:
    """Return the code with which a program that was asked to stop ends: 128 and the signal's number."""
    return 128 + (_asked.arrived or [int(signal.SIGINT)])[0]


def check() -> None:
    """Stop, when that was asked for.

    Raises:
        KeyboardInterrupt: When a signal has arrived.
    """
    if is_asked():
        raise KeyboardInterrupt


@contextmanager
def put_off() -> Iterator[None]:
    """Put off being stopped until what is being written is on disk.

    Raises:
        KeyboardInterrupt: Afterwards, when it was asked for meanwhile.
    """
    if not _in_main_thread():
        yield
        return
    with watched():
        already = len(_asked.arrived)
        _asked.put_off += 1
        try:
            yield
        finally:
            _asked.put_off -= 1
        if len(_asked.arrived) > already:
            raise KeyboardInterrupt


@contextmanager
def kept_from_children() -> Iterator[None]:
    """Put off being stopped while worker processes are started, and have them start with Ctrl-C blocked.

    A worker that is stopped while it imports would fill the terminal with its traceback. Ignoring Ctrl-C instead would
    be inherited too, but would lose one that is pressed meanwhile. Where signals cannot be blocked (Windows) it is
    only put off.

    Raises:
        KeyboardInterrupt: Afterwards, when it was asked for meanwhile.
    """
    with put_off():
        if not hasattr(signal, "pthread_sigmask"):
            yield
            return
        with _blocked(signal.SIGHUP):  # these helpers of the library clear up after us: they end with us, not before
            for tracker in _TRACKERS:  # and come first: starting one may end with Ctrl-C unblocked
                import_module(tracker).ensure_running()
        with _blocked(signal.SIGINT):
            yield


def leave_to_parent(parent: int) -> None:
    """In a worker: leave Ctrl-C to the parent, and end when the parent has ended, however that came.

    Args:
        parent: Number of its process.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # one that the library starts later has not inherited it
    if hasattr(signal, "pthread_sigmask"):  # elsewhere (Windows) a process keeps the number of a dead parent
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        sleep(_LOOK_SECONDS)
    os._exit(1)


@contextmanager
def _blocked(number: signal.Signals) -> Iterator[None]:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [number])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _take(number: int, _: FrameType | None) -> None:
    _asked.arrived.append(number)
    if len(_asked.arrived) >= _IMPATIENT:
        os._exit(128 + number)
    if not _asked.put_off and len(_asked.arrived) == 1:
        raise KeyboardInterrupt


def _unless_asked(hook: Callable[[Any], Any]) -> Callable[[Any], None]:
    def say(unraisable: Any) -> None:
        if not (is_asked() and unraisable.exc_type is KeyboardInterrupt):
            hook(unraisable)

    return say


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()
