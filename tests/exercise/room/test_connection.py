"""Connections are few, and those on which nothing is asked are closed."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from sim.exercise.room import connection
from sim.exercise.room.connection import Connection

ASK = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["path"] == "/slow":
        await asyncio.sleep(1)
    await PlainTextResponse("here")(scope, receive, send)


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server whose patience is short."""
    monkeypatch.setattr(connection, "PATIENCE_S", 0.2)
    monkeypatch.setattr(connection, "MOST_CONNECTIONS", 5)
    config = uvicorn.Config(app, http=Connection, lifespan="off", log_level="critical", ws="none")
    server, listening = uvicorn.Server(config), socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join()


def opened(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=10)


def answer(connected: socket.socket) -> bytes:
    """Return the whole answer to a question, which may come in pieces; empty where the connection is closed."""
    connected.sendall(ASK)
    found = b""
    while b"here" not in found:
        piece = connected.recv(4_096)
        if not piece:
            return b""
        found += piece
    return found


def test_who_asks_for_nothing_is_let_go(port: int) -> None:
    with opened(port) as silent:
        assert silent.recv(1) == b""


def test_who_asks_letter_by_letter_is_let_go(port: int) -> None:
    with opened(port) as slow, pytest.raises(OSError):
        for count in range(100):
            slow.sendall(ASK[count % 9 : count % 9 + 1])
            slow.settimeout(0.1)
            try:
                if slow.recv(1) == b"":
                    raise ConnectionResetError
            except TimeoutError:
                continue


def test_who_goes_on_asking_stays(port: int) -> None:
    with opened(port) as busy:
        for _each in range(8):
            assert answer(busy)
            threading.Event().wait(0.15)


def test_who_waits_for_an_answer_gets_it(port: int) -> None:
    with opened(port) as waiting:
        waiting.sendall(ASK.replace(b"/ ", b"/slow "))
        assert waiting.recv(4_096).startswith(b"HTTP/1.1 200")


def test_too_many_are_refused(port: int) -> None:
    held = [opened(port) for _each in range(5)]
    for one in held:
        assert answer(one)
    with opened(port) as another:
        try:
            refused = not answer(another)
        except OSError:
            refused = True
    assert refused
    for one in held:
        one.close()
