"""Tasks that are with workers: how many, in which order they come back, what is done when a worker dies."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from sim.errors import UserError
from sim.experiment.tasks import Played, Task
from sim.words.language import gettext as _
from sim.words.language import marked

TRIES = 3
"""So often a task is begun before it is given up, because each time a worker died while it was waiting or played."""
FEWER = marked("fewer workers (run.workers) or a smaller run.batch need less")

Errors = type[Exception] | tuple[type[Exception], ...]


class Future(Protocol):
    """What a library gives for a task that is played elsewhere."""

    def result(self) -> Any:
        """Wait for what it gave, or raise what it raised."""

    def done(self) -> bool:
        """Whether it has ended."""


@dataclass
class Sent:
    """A task with the workers."""

    task: Task
    future: Future
    tries: int = 1


def in_order(
    send: Callable[[Task], Future],
    tasks: Iterator[Task],
    ahead: int,
    dead: Errors,
    lost: Errors = (),
) -> Generator[list[Played], None, None]:
    """Keep some tasks with the workers and give back what they gave, in order.

    Args:
        send: Sends a task; after a death to workers that live.
        tasks: The tasks.
        ahead: How many may be sent and not yet given back.
        dead: Errors by which the library says that a worker died, and that the task has to be sent again.
        lost: Errors by which it says that it has sent the task again itself, TRIES times in all.

    Raises:
        UserError: When a task has been begun TRIES times.
    """
    sent: deque[Sent] = deque()
    while True:
        while len(sent) < ahead and (task := next(tasks, None)) is not None:
            sent.append(Sent(task, send(task)))
        if not sent:
            return
        try:
            played = sent[0].future.result()
        except dead:
            for one in sent:
                _again(one, send, dead)
        except lost as error:
            raise given_up(sent[0].task) from error
        else:
            sent.popleft()
            yield played


def _again(one: Sent, send: Callable[[Task], Future], dead: Errors) -> None:
    """Send a task again whose worker has died; what others play, or have played, is left alone."""
    if not one.future.done():
        return
    try:
        one.future.result()
    except dead:
        pass
    except Exception:  # an error of its own, which is raised when its turn has come
        return
    else:
        return
    if one.tries == TRIES:
        raise given_up(one.task)
    one.tries += 1
    one.future = send(one.task)


def given_up(task: Task) -> UserError:
    """Return the error for a task whose workers died again and again."""
    first, last = task[0].start, task[-1].stop - 1
    days = _("day {first}") if first == last else _("days {first} to {last}")
    return UserError(
        _("{days}: the worker died, {times} times in all; perhaps memory ran out: {hint}").format(
            days=days.format(first=first, last=last), times=TRIES, hint=_(FEWER)
        )
    )
