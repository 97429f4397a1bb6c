"""Being asked to stop: noted, put off, held back from workers, never lost."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
import simpy

from sim.experiment.interrupt import STOPS, check, exit_code, is_asked, kept_from_children, put_off, watched


@pytest.fixture(autouse=True)
def _as_in_a_terminal() -> Iterator[None]:
    """Whatever the tests were started from: in the background of a shell Ctrl-C is ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def press(number: int = signal.SIGINT) -> None:
    os.kill(os.getpid(), number)


def test_put_off_comes_after_what_is_being_done() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt), put_off():
        press()
        done.append("written")
    assert done == ["written"]
    with put_off():
        pass
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert not is_asked()


def test_held_back_it_is_inherited_by_a_process_and_not_lost() -> None:
    code = "import signal; print(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, []))"
    done = []
    with pytest.raises(KeyboardInterrupt), kept_from_children():
        press()
        done.append(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
    assert done == ["True\n"]
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])


@pytest.mark.parametrize("number", STOPS)
def test_what_asks_to_stop_is_raised_and_told_by_the_exit_code(number: signal.Signals) -> None:
    with watched(STOPS):
        with pytest.raises(KeyboardInterrupt):
            press(number)
        assert exit_code() == 128 + number
    assert not is_asked()


def test_one_that_a_process_on_the_clock_has_caught_is_not_lost() -> None:
    """SimPy makes a failed event of it, which nobody looks at when the day ends first."""

    def process(clock: simpy.Environment) -> Iterator[simpy.Event]:
        yield clock.timeout(1)
        press()

    with watched():
        clock = simpy.Environment()
        clock.process(process(clock))
        clock.step()  # it waits before the day's end does: both come at the same time, in this order
        clock.run(until=clock.timeout(1))
        assert is_asked()
        with pytest.raises(KeyboardInterrupt):
            check()
    check()


def test_one_that_comes_while_garbage_is_swept_is_not_lost_and_prints_nothing(
    capfd: pytest.CaptureFixture[str],
) -> None:
    class Presses:
        def __del__(self) -> None:
            press()

    with watched():
        circle = Presses()
        circle.itself = circle  # type: ignore[attr-defined]
        del circle
        gc.collect()
        with pytest.raises(KeyboardInterrupt):
            check()
    assert capfd.readouterr().err == ""


def test_the_second_does_not_disturb_putting_in_order_and_the_third_ends_the_process() -> None:
    code = (
        "import os, signal; from sim.experiment.interrupt import watched\n"
        "with watched():\n"
        "    try: os.kill(os.getpid(), signal.SIGINT)\n"
        "    except KeyboardInterrupt: os.kill(os.getpid(), signal.SIGINT); print('in order', flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGINT); print('still there')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "in order\n", "")


def test_started_with_nohup_a_closed_terminal_does_not_stop_it() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with watched(STOPS):
            press(signal.SIGHUP)
            assert not is_asked()
    finally:
        signal.signal(signal.SIGHUP, before)


def test_watched_twice_it_is_raised_once_and_the_first_handler_comes_back() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with watched(STOPS):
        with watched(), pytest.raises(KeyboardInterrupt):
            press()
        assert is_asked()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert signal.getsignal(signal.SIGTERM) == before


def test_in_another_thread_nothing_is_touched() -> None:
    seen = []

    def work() -> None:
        with put_off(), watched():
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [signal.default_int_handler]
