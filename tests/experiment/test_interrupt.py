"""Ctrl-C put off, held back and noted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from sim.experiment.interrupt import kept_from_children, noted, put_off


@pytest.fixture(autouse=True)
def _as_in_a_terminal() -> Iterator[None]:
    """Whatever the tests were started from: in the background of a shell Ctrl-C is ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def press() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def test_put_off_comes_after_what_is_being_done() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt), put_off():
        press()
        done.append("written")
    assert done == ["written"]
    with put_off():
        pass
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_held_back_it_is_inherited_by_a_process_and_not_lost() -> None:
    code = "import signal; print(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, []))"
    done = []
    with pytest.raises(KeyboardInterrupt), kept_from_children():
        press()
        done.append(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
    assert done == ["True\n"]
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def test_noted_even_when_a_library_makes_another_error_of_it() -> None:
    with noted() as pressed:
        try:
            press()
            signal.sigtimedwait([], 1)
        except BaseException:
            assert pressed == [signal.SIGINT]
        else:
            pytest.fail("it was not raised")


def test_in_another_thread_nothing_is_touched() -> None:
    seen = []

    def work() -> None:
        with put_off(), noted() as pressed:
            seen.append((pressed, signal.getsignal(signal.SIGINT)))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [([], signal.default_int_handler)]
