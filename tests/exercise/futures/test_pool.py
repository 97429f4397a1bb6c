"""Processes play the futures: the same numbers for any of them, a dead one is replaced, a question can be given up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.day.decisions import Send
from sim.day.world import World
from sim.errors import UserError
from sim.exercise.futures import process
from sim.exercise.futures.ask import ask
from sim.exercise.futures.pool import CHUNK, FuturesPool, NotWanted, chunks
from sim.exercise.futures.question import Course, Moment, Question, Timed
from sim.words.language import Language, spoken
from tests.conftest import SMALL_REGION
from tests.exercise.futures.conftest import NAME, NOW, ONE, answer, asking

SEND = Course("send the reserve", (Timed(NOW, Send(ONE, "s0")), Timed(700.0, Send("nobody", "s0"))))
_PATIENCE = 60.0


@pytest.fixture(scope="module")
def pool(riotous: World) -> Iterator[FuturesPool]:
    with FuturesPool(riotous.scenario, workers=2) as found:
        found.wait()
        yield found


def until(condition: object) -> None:
    """Wait for something that comes in its own time."""
    end = time.monotonic() + _PATIENCE
    while not condition() and time.monotonic() < end:  # type: ignore[operator]
        time.sleep(0.02)
    assert condition()  # type: ignore[operator]


def lives(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text(encoding="utf-8").split()[2] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize(("futures", "processes"), [(1, 1), (3, 2), (11, 2), (200, 2), (200, 7)])
def test_futures_are_handed_out_once_each_and_the_last_one_by_one(futures: int, processes: int) -> None:
    parts = list(chunks(futures, processes))
    assert [number for part in parts for number in part] == list(range(1, futures + 1))
    assert max(map(len, parts)) <= CHUNK and len(parts[-1]) == 1


def test_two_processes_give_what_this_one_gives(pool: FuturesPool, riotous: World) -> None:
    question = asking(SEND, futures=11)
    assert pool.warm == 2
    assert ask(question, pool) == answer(riotous, question)


def test_one_process_gives_the_same(riotous: World) -> None:
    question = asking(SEND, futures=5)
    with FuturesPool(riotous.scenario, workers=1) as one:
        assert ask(question, one) == answer(riotous, question)


def test_progress_is_told_up_to_the_end(pool: FuturesPool) -> None:
    told: list[tuple[int, int]] = []
    ask(asking(SEND, futures=10), pool, lambda done, of: told.append((done, of)))
    assert told[-1] == (10, 10) and [done for done, _ in told] == sorted({done for done, _ in told})
    assert len(told) > 1


def test_several_may_ask_at_a_time(pool: FuturesPool, riotous: World) -> None:
    questions = [asking(Course(title, SEND.decisions), futures=6) for title in "abc"]
    found: dict[str, object] = {}

    def put(question: Question) -> None:
        found[question.courses[0].title] = ask(question, pool)

    threads = [threading.Thread(target=put, args=(question,)) for question in questions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {question.courses[0].title: answer(riotous, question) for question in questions}


def test_a_question_that_is_no_longer_wanted_is_given_up_and_the_next_is_answered(pool: FuturesPool) -> None:
    unwanted = threading.Event()
    told: list[int] = []

    def progress(done: int, _of: int) -> None:
        told.append(done)
        unwanted.set()

    with pytest.raises(NotWanted):
        ask(asking(SEND, futures=2000), pool, progress, unwanted)
    assert told[-1] < 100
    assert ask(asking(SEND, futures=2), pool).futures == 2


def test_a_mistake_of_the_user_is_said_as_it_is_and_in_his_language(pool: FuturesPool) -> None:
    with pytest.raises(UserError, match="unknown strategy 'no'"):
        ask(Question(Moment("no", 0, NOW), (SEND,), 2), pool)
    with spoken(Language.INDONESIAN):
        told = ask(asking(SEND, futures=2), pool).options[0].left_out[0].why
    assert told != ask(asking(SEND, futures=2), pool).options[0].left_out[0].why
    assert pool.warm == 2, "they go on"


def test_a_process_that_is_killed_is_replaced_and_nothing_is_lost(pool: FuturesPool, riotous: World) -> None:
    question = asking(SEND, futures=40)
    before = pool.processes

    def progress(done: int, _of: int) -> None:
        if done == 4:
            os.kill(before[0], signal.SIGKILL)

    told = ask(question, pool, progress)
    assert told == answer(riotous, question)
    until(lambda: pool.warm == 2)
    assert pool.processes[0] != before[0] and pool.processes[1] == before[1]


@pytest.mark.slow
def test_processes_that_die_again_and_again_are_one_clear_error_and_then_start_anew(riotous: World) -> None:
    with FuturesPool(riotous.scenario, workers=1) as pool:
        pool.wait()
        dead: set[int] = set()

        def kill() -> None:
            while len(dead) < process.TRIES:
                for number in pool.processes:
                    if number not in dead and lives(number):
                        os.kill(number, signal.SIGKILL)
                        dead.add(number)
                time.sleep(0.001)

        killer = threading.Thread(target=kill, daemon=True)
        killer.start()
        with pytest.raises(UserError, match=r"has died, 2 times in a row; .*ask once more"):
            ask(asking(SEND, futures=400), pool)
        killer.join()
        assert ask(asking(SEND, futures=2), pool).futures == 2


def test_a_pool_that_is_closed_leaves_no_process(riotous: World) -> None:
    pool = FuturesPool(riotous.scenario, workers=2)
    numbers = pool.processes
    pool.close()
    assert not any(map(lives, numbers))
    with pytest.raises(NotWanted):
        ask(asking(SEND, futures=2), pool)


@pytest.mark.slow
def test_processes_end_with_their_parent_however_that_ends() -> None:
    code = f"""
        import time
        from sim.exercise.futures.pool import FuturesPool
        from tests.conftest import small_scenario

        if __name__ == "__main__":
            pool = FuturesPool(small_scenario(), workers=2)
            print(*pool.processes, flush=True)
            time.sleep({_PATIENCE})
    """
    root = SMALL_REGION.parents[2]
    parent = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], cwd=root, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    numbers = [int(word) for word in parent.stdout.readline().split()]
    parent.kill()
    parent.wait()
    assert len(numbers) == 2
    until(lambda: not any(map(lives, numbers)))


def test_how_many_processes_and_of_what_run(tmp_path: Path, riotous: World) -> None:
    with pytest.raises(UserError, match=r"workers = 0: a whole number from 1"):
        FuturesPool(riotous.scenario, workers=0)
    with pytest.raises(UserError, match="is not the folder of a run"):
        FuturesPool(tmp_path)


def test_who_goes_first(pool: FuturesPool) -> None:
    """The processes let the server go first."""
    for number in pool.processes:
        assert os.getpriority(os.PRIO_PROCESS, number) - os.getpriority(os.PRIO_PROCESS, 0) == 10
    assert NAME == "even_spread"
