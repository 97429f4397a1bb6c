"""In a real browser: a form that does not arrive is sent again and done once; what is refused, lost or closed is said."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from sim.exercise.session.store import read_log
from tests.exercise.room.server import Server

pytestmark = pytest.mark.slow  # `make test` plays a whole exercise in browsers instead, tests/exercise/whole

FORM = """<form id="tried" hx-post="/console/do/note" hx-swap="none" data-clear><input name="text" aria-label="x"><button>x</button></form>"""


@pytest.fixture
def page(chromium: Any, server: Server) -> Iterator[Any]:
    """The console, with a form of the test's on it; nothing is let through to any other host."""
    server.start()
    context = chromium.new_context(locale="en-US")
    page = context.new_page()
    page.elsewhere = []
    page.route("**/*", lambda route: _guard(route, page, server))
    page.goto(f"{server.address}/console/{server.secret['console']}")
    until(lambda: page.evaluate("typeof htmx") == "object")
    page.evaluate(
        "form => { document.body.insertAdjacentHTML('beforeend', form); htmx.process(document.getElementById('tried')); }",
        FORM,
    )
    yield page
    context.close()


def _guard(route: Any, page: Any, server: Server) -> None:
    if route.request.url.startswith(server.address):
        route.continue_()
    else:
        page.elsewhere.append(route.request.url)
        route.abort()


def until(true: Callable[[], bool]) -> None:
    """Wait; not in the page, which does not let a text be run as a program."""
    for _each in range(600):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("it does not come")


def notes(server: Server) -> list[str]:
    entries, _sound = read_log(server.folder / "log.jsonl")
    return [entry.action.text for entry in entries if entry.action.do == "note"]


def send(page: Any, text: str) -> None:
    page.fill("#tried input", text)
    page.evaluate("document.getElementById('tried').requestSubmit()")


def test_a_form_is_sent_again_until_it_arrives_and_done_once(page: Any, server: Server) -> None:
    send(page, "first")
    until(lambda: page.input_value("#tried input") == "")
    assert notes(server) == ["first"]
    server.kill()
    until(lambda: page.inner_text("#lost") != "")
    assert "The connection to the room is lost" in page.inner_text("#lost")
    send(page, "second")
    until(lambda: "Not sent yet" in page.inner_text("#lost"))
    assert page.input_value("#tried input") == "second"
    server.start()
    until(lambda: page.input_value("#tried input") == "")
    until(lambda: page.inner_text("#lost") == "")
    assert notes(server) == ["first", "second"]
    assert page.url == f"{server.address}/console"
    assert page.elsewhere == []


def test_an_answer_that_does_not_arrive_is_not_done_twice(page: Any, server: Server) -> None:
    lose = {"answers": 1}

    def losing(route: Any) -> None:
        if lose["answers"]:
            lose["answers"] -= 1
            route.fetch()  # it is done, and its answer is lost
            route.abort()
        else:
            route.continue_()

    page.route("**/console/do/note", losing)
    send(page, "once")
    until(lambda: page.input_value("#tried input") == "")
    assert (lose["answers"], notes(server)) == (0, ["once"])
    send(page, "once")
    until(lambda: page.input_value("#tried input") == "")
    assert notes(server) == ["once", "once"]


def test_what_is_refused_is_said_at_the_top_until_something_is_done(page: Any, server: Server) -> None:
    send(page, "   ")
    until(lambda: "is needed" in page.inner_text("#said"))
    send(page, "<img src=x onerror=alert(1)>")
    until(lambda: page.inner_text("#said") == "")
    assert notes(server) == ["<img src=x onerror=alert(1)>"]


def test_the_first_facilitator_is_told_that_another_has_taken_the_console(
    page: Any, server: Server, chromium: Any
) -> None:
    context = chromium.new_context(locale="en-US")
    other = context.new_page()
    other.goto(f"{server.address}/console/{server.secret['console']}")
    assert other.inner_text("h1") == "Another device has the console."
    other.click("text=Take the console over")
    assert other.url == f"{server.address}/console"
    until(lambda: "taken over by another device" in page.inner_text("#said"))
    send(page, "too late")
    until(lambda: "not in the room" in page.inner_text("#said"))
    assert notes(server) == []
    context.close()
    roles = [json.loads(line)["action"]["do"] for line in (server.folder / "log.jsonl").read_text().splitlines()]
    assert roles == ["join", "leave", "join"]
