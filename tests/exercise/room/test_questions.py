"""Questions are worked out while the room goes on, given up where it goes back, and asked again after a restart."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from sim.day.decisions import AskForArmy, Hold
from sim.errors import UserError
from sim.exercise.futures.pool import NotWanted
from sim.exercise.futures.question import Question, Timed
from sim.exercise.room.app import Desk, make_app
from sim.exercise.room.lobby import Lobby
from sim.exercise.room.questions import Told, question_of
from sim.exercise.room.register import registered
from sim.exercise.session.room import Room
from tests.exercise.room.conftest import HERE, HOST


class Futures:
    """Answers when the test lets it."""

    def __init__(self) -> None:
        self.asked: list[Question] = []
        self.given_up = 0
        self.go_on = threading.Event()
        self.fault: Exception | None = None

    def __call__(self, question: Question, told: Told, unwanted: threading.Event) -> dict[str, Any]:
        self.asked.append(question)
        told(40, 200)
        while not self.go_on.wait(0.01):
            if unwanted.is_set():
                self.given_up += 1
                raise NotWanted
        if self.fault is not None:
            raise self.fault
        return {"found": len(question.courses)}


@pytest.fixture
def futures() -> Iterator[Futures]:
    made = Futures()
    yield made
    made.go_on.set()


def opened_with(room: Room, lobby: Lobby, futures: Futures) -> TestClient:
    app = make_app(Desk(room, lobby, *registered()), frozenset({"127.0.0.1"}), futures)
    return TestClient(app, base_url=f"http://{HOST}", headers=HERE, follow_redirects=False)


@pytest.fixture
def lobby() -> Lobby:
    return Lobby()


@pytest.fixture
def console(room: Room, lobby: Lobby, futures: Futures) -> Iterator[TestClient]:
    with opened_with(room, lobby, futures) as client:
        client.get(f"/console/{room.secret.console}")
        yield client


def until(true: Callable[[], bool]) -> None:
    for _each in range(1_000):
        if true():
            return
        time.sleep(0.01)
    raise AssertionError("it does not come")


def do(console: TestClient, action: str, **fields: Any) -> int:
    answer = console.post(f"/console/do/{action}", data=fields)
    assert answer.status_code == 204, answer.text
    return int(answer.headers["siaga-seq"])


def test_the_room_goes_on_while_a_question_is_worked_out(
    console: TestClient, room: Room, lobby: Lobby, futures: Futures
) -> None:
    number = do(
        console, "ask", title=["army", "hold"], lever=["ask_for_army", "hold"], unit=["", "x"], option=["0", "1"]
    )
    until(lambda: number in lobby.progress and lobby.progress[number].done == 40)
    assert lobby.progress[number].of == 200
    do(console, "note", text="meanwhile")
    assert console.get("/console/part/console_questions").status_code == 200
    futures.go_on.set()
    until(lambda: room.state.questions[number].answer is not None)
    assert room.state.questions[number].answer == {"found": 2}
    assert lobby.progress == {}
    (entry,) = (one for one in room.log.entries if one.action.do == "answer")
    assert (entry.by, entry.seq) == ("siaga", number + 2)


def test_it_is_asked_what_was_decided_before_and_what_could_be(console: TestClient, room: Room) -> None:
    do(console, "decide", lever="ask_for_army")
    do(console, "jump", to="7:00")
    number = do(console, "ask", title="hold", lever="hold", unit="x", focus="s0")
    do(console, "decide", lever="close_station", station="T1.1")
    asked = question_of(room, room.state, number)
    assert asked.moment.past == (Timed(400.0, AskForArmy()),)
    assert (asked.moment.time, asked.moment.strategy, asked.focus) == (420.0, "central_reserve", "s0")
    (course,) = asked.courses
    assert (course.title, course.decisions) == ("hold", (Timed(420.0, Hold("x", True)),))


def test_what_goes_back_before_a_question_gives_it_up_and_what_returns_asks_again(
    console: TestClient, room: Room, lobby: Lobby, futures: Futures
) -> None:
    do(console, "jump", to="7:00")
    number = do(console, "ask", title="army", lever="ask_for_army")
    until(lambda: len(futures.asked) == 1)
    do(console, "back", to="6:40")
    until(lambda: futures.given_up == 1)
    assert lobby.progress == {}
    assert number not in room.state.questions
    do(console, "goto", line=0)
    futures.go_on.set()
    until(lambda: room.state.questions[number].answer is not None)
    assert len(futures.asked) == 2
    assert futures.asked[0] == futures.asked[1]


def test_one_question_waits_for_another(console: TestClient, room: Room, futures: Futures) -> None:
    numbers = [do(console, "ask", title=title, lever="ask_for_army") for title in ("a", "b", "c")]
    time.sleep(0.1)
    assert len(futures.asked) == 1
    futures.go_on.set()
    until(lambda: all(room.state.questions[number].answer is not None for number in numbers))
    assert [question.courses[0].title for question in futures.asked] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("fault", "said"),
    [(UserError("the incident is over"), "the incident is over"), (KeyError("x"), "something went wrong")],
)
def test_why_a_question_cannot_be_answered_is_said(
    console: TestClient, room: Room, futures: Futures, fault: Exception, said: str
) -> None:
    futures.fault = fault
    futures.go_on.set()
    number = do(console, "ask", title="army", lever="ask_for_army")
    until(lambda: bool(room.state.questions[number].fault))
    assert said in room.state.questions[number].fault
    assert console.get("/console/part/console_questions").status_code == 200


def test_a_question_that_is_open_is_asked_again_when_the_server_is_started_again(
    room: Room, folder: Path, futures: Futures
) -> None:
    with opened_with(room, Lobby(), futures) as client:
        client.get(f"/console/{room.secret.console}")
        number = do(client, "ask", title="army", lever="ask_for_army")
        until(lambda: len(futures.asked) == 1)
    until(lambda: futures.given_up == 1)
    futures.go_on.set()
    again = Room(folder)
    with opened_with(again, Lobby(), futures):
        until(lambda: again.state.questions[number].answer is not None)
    again.log.close()
    assert len(futures.asked) == 2
