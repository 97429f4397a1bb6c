"""The disk is full while the room runs: it is said at once to everybody, pages go on, and nothing can be done any more."""

from __future__ import annotations

import errno
import os
import resource
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from sim.exercise.room.app import Desk
from sim.exercise.session.room import Room
from sim.exercise.session.store import read_log
from tests.exercise.room.conftest import join
from tests.exercise.room.server import Client, Server


@pytest.fixture
def full(room: Room, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """From now on the log's disk takes half a line and then nothing."""
    write, log = os.write, room.log._descriptor

    def refusing(descriptor: int, data: Any) -> int:
        if descriptor != log:
            return write(descriptor, data)
        if len(data) > 20:
            return write(descriptor, bytes(data[:20]))
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", refusing)
    yield


def test_what_cannot_be_written_is_not_done_and_all_else_is_refused(
    console: TestClient, room: Room, desk: Desk, request: pytest.FixtureRequest
) -> None:
    join(console, room, "player", "police")
    before = room.log.file.read_bytes()
    request.getfixturevalue("full")
    for home, action, fields in (
        ("/console", "note", {"text": "lost"}), ("/play", "propose", {"text": "x"}), ("/console", "run", {"speed": "1"}),
    ):  # fmt: skip
        answer = console.post(f"{home}/do/{action}", data=fields)
        assert answer.status_code == 503
        assert answer.text.startswith("<p>the room is read-only: ")
        assert (room.log.file.name in answer.text) == (home == "/console")  # the file is the facilitator's to know
    assert console.post("/join", data={"pin": room.secret.players, "role": "projector"}).status_code == 503
    assert room.log.file.read_bytes() == before
    assert room.state.notes == []
    for path in ("/console", "/play", "/console/part/console_log", "/play/part/map"):
        assert console.get(path).status_code == 200


def test_everybody_is_told_at_once(server: Server) -> None:
    """A file of the server may not become larger than it is: the system refuses what a full disk would."""
    server.start()
    facilitator, player = Client(server, "/console"), Client(server, "/play")
    facilitator.join()
    player.join(role="player", party="police")
    log = server.folder / "log.jsonl"
    assert server.process is not None
    with httpx.stream("GET", f"{server.address}/play/events", cookies=player.http.cookies, timeout=20) as stream:
        lines = stream.iter_lines()
        assert next(lines) == "retry: 1000"
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (log.stat().st_size + 30, resource.RLIM_INFINITY))
        answer = facilitator.again("POST", "/console/do/note", {"text": "x" * 200, "key": "k"})
        assert answer.status_code == 503
        notice = next(line for line in lines if line.startswith("event: notice"))
        assert notice
        said = next(lines)
        assert said.startswith("data: the room is read-only: ") and "log.jsonl" not in said
    with httpx.stream("GET", f"{server.address}/console/events", cookies=facilitator.http.cookies) as stream:
        assert next(line for line in stream.iter_lines() if line == "event: notice")
    assert facilitator.page()
    server.kill()
    entries, sound = read_log(log)
    assert (len(entries), sound) == (2, log.stat().st_size)
    server.start()
    assert facilitator.do("k", "note", {"text": "x" * 200}).status_code == 204
    server.end()
