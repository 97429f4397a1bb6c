"""Asks a question about futures and gives the answer."""

from __future__ import annotations

import threading

from sim.exercise.futures.answer import Answer, answer_of
from sim.exercise.futures.pool import FuturesPool, Progress
from sim.exercise.futures.question import Question


def ask(
    question: Question,
    pool: FuturesPool,
    progress: Progress | None = None,
    unwanted: threading.Event | None = None,
) -> Answer:
    """Play the futures of a moment under the plan and under each option, and return their ranges.

    Args:
        question: The question.
        pool: The processes that play.
        progress: Is told how many futures are done, and of how many, in the thread that calls.
        unwanted: When it is set, the question is given up.

    Returns:
        The answer; the same question gives the same, for any number of processes.

    Raises:
        UserError: When the question does not fit the day, or a process died again and again.
        NotWanted: When it was given up.
    """
    return answer_of(question, pool.play(question, progress, unwanted))
