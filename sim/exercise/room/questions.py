"""Questions of the room that are being worked out: each in the background, one after the other, while the room goes on.

A question belongs to its line. Where the room goes back to before it was asked, it is given up; where the room comes
back to its line, or the server is started again, a question without an answer is asked again.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from typing import Any

from sim.errors import UserError
from sim.exercise.futures.pool import NotWanted
from sim.exercise.futures.question import Course, Moment, Question, Timed
from sim.exercise.room.console.lines import question as of_lines
from sim.exercise.room.lobby import Progress
from sim.exercise.room.stream import Hub
from sim.exercise.session.actions import Answer, Ask
from sim.exercise.session.entry import SIAGA, Entry
from sim.exercise.session.live import taken
from sim.exercise.session.room import Room
from sim.exercise.session.state import State
from sim.exercise.session.store import CannotWrite
from sim.words import room_server as words
from sim.words.language import spoken

Told = Callable[[int, int], None]
Answering = Callable[[Question, Told, threading.Event], dict[str, Any]]
"""Works out a question, in a thread of its own: it is told how far it is, and gives up when the event is set."""
_log = logging.getLogger("uvicorn.error")


class Questions:
    """The questions of a room that have no answer yet.

    Args:
        room: The room.
        hub: Tells the console how far they are.
        answering: Works them out.
    """

    def __init__(self, room: Room, hub: Hub, answering: Answering) -> None:
        self._room, self._hub, self._answering = room, hub, answering
        self._at_work: dict[int, tuple[threading.Event, asyncio.Task[None]]] = {}
        self._turn = asyncio.Lock()

    def start(self) -> None:
        """Begin with the questions that are open, and take up those to come; within the server's event loop."""
        self._loop = asyncio.get_running_loop()
        self._room.listeners.append(self._told)
        self._review()

    def close(self) -> None:
        """Give all of them up; they are asked again when the server is started again."""
        self._room.listeners.remove(self._told)
        for number in list(self._at_work):
            self._give_up(number)

    def _told(self, entry: Entry) -> None:
        if not isinstance(entry.action, Answer):
            self._review()

    def _review(self) -> None:
        """Give up what is not asked on the room's line, and begin with what is asked there."""
        asked = self._room.state.questions
        for number in set(self._at_work) - set(asked):
            self._give_up(number)
        for number, one in asked.items():
            if one.answer is None and not one.fault and number not in self._at_work:
                unwanted = threading.Event()
                self._at_work[number] = unwanted, self._loop.create_task(self._work(number, unwanted))

    def _give_up(self, number: int) -> None:
        unwanted, _task = self._at_work.pop(number)
        unwanted.set()
        self._hub.forget(number)

    async def _work(self, number: int, unwanted: threading.Event) -> None:
        with spoken(self._room.about.language):
            async with self._turn:
                if unwanted.is_set():
                    return
                answer = await self._answer(number, unwanted)
            if answer is None or unwanted.is_set():
                return
            del self._at_work[number]
            self._hub.forget(number)
            try:
                self._room.do(answer, by=SIAGA, role=None)
            except CannotWrite:
                self._hub.read_only()

    async def _answer(self, number: int, unwanted: threading.Event) -> Answer | None:
        """Return what comes of a question; None where it was given up."""

        def told(done: int, of: int) -> None:
            self._loop.call_soon_threadsafe(self._progress, number, unwanted, Progress(done, of))

        try:
            question = question_of(self._room, self._room.state, number)
            self._progress(number, unwanted, Progress(0, question.futures))
            found = await asyncio.to_thread(self._answering, question, told, unwanted)
            return Answer(question=number, found=found)
        except NotWanted:
            return None
        except UserError as error:
            return Answer(question=number, fault=str(error)[:1_000])
        except Exception:  # the room goes on, and says that this could not be answered
            _log.exception("question %d", number)
            return Answer(question=number, fault=words.FAULT)

    def _progress(self, number: int, unwanted: threading.Event, progress: Progress) -> None:
        if number in self._at_work and not unwanted.is_set():
            self._hub.progress(number, progress)


def question_of(room: Room, state: State, number: int) -> Question:
    """Return what is asked of the futures by a question of the room.

    Args:
        room: The room.
        state: How it stands.
        number: Number of the entry that asked.

    Raises:
        UserError: When it cannot be asked.
    """
    entry = state.questions[number].entry
    ask = entry.action
    assert isinstance(ask, Ask)
    if ask.lines:
        return of_lines(room, ask.lines, ask.focus or None)
    past = taken([decided for decided in state.decisions if decided.seq < number])
    moment = Moment(
        room.about.strategy, room.about.day, entry.time, tuple(Timed(time, decision) for time, decision in past)
    )
    courses = tuple(
        Course(option.title, tuple(Timed(entry.time, order.decision()) for order in option.orders))
        for option in ask.options
    )
    return Question(moment, courses, focus=ask.focus or None)
