"""Whatever is sent: no traceback, no fault of the program, and the room goes on."""

from __future__ import annotations

import random
import socket

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from sim.exercise.room.app import Desk
from sim.exercise.room.forms import ACTIONS, MOST_BODY
from sim.exercise.session.actions import RoomRole
from sim.exercise.session.room import Room
from tests.exercise.room.conftest import join
from tests.exercise.room.server import Client, Server

BYTES = b"\x00\xff\xfe\r\n<>'\"%;=&../\\\x1b[31m\xe2\x80\xae" + bytes(range(32, 127))
FORM = b"application/x-www-form-urlencoded"
METHODS = [b"GET", b"POST", b"PUT", b"HEAD", b"BREW", b"get", b"\xff", b""]


def noise(rng: random.Random, most: int) -> bytes:
    return bytes(rng.choice(BYTES) for _each in range(rng.randint(0, most)))


PATHS = (
    b"/", b"/join", b"/play", b"/console/do/decide", b"/play/part/map", b"/static/../app.py", b"/static/%2e%2e/app.py",
    b"/language", b"/console/take", b"/play/do/propose", b"/play/do/acknowledge", b"/play/do/%00", b"/evaluate/do/rate",
    b"/play/part/table-messages?seq=%ff&seq=x", b"/console/x%0d%0aset-cookie:a=b", b"*", b"http://evil.example/", b"//evil.example/%2f",
)  # fmt: skip
BODIES = (
    b"", b"pin=1&role=player&party=police", b"text=" + b"%ff" * 50, b"x" * 200_000, b"lever=send&" * 400, b"text=a&key=" + b"k" * 99,
    b"to=1e999&inject=99999999999999999999", b'{"do":"end"}', b"text=%00%1b[31m", b"inject=1", b"language=id&back=//evil.example",
)  # fmt: skip


def request_of(rng: random.Random, port: int, cookie: bytes) -> bytes:
    """Return a request that a page could have sent, with up to three things of it wrong."""
    host = b"127.0.0.1:%d" % port
    wrong = set(rng.sample(["host", "origin", "kind", "cookie", "length", "line", "noise", "big"], rng.randint(0, 3)))
    method, path, body = rng.choice([b"GET", b"POST", b"POST"]), rng.choice(PATHS), rng.choice(BODIES)
    if "line" in wrong:
        method, path = rng.choice(METHODS), rng.choice([path, noise(rng, 300)])
    length = rng.choice([len(body) + 5, 0, -1, 10**15]) if "length" in wrong else len(body)
    headers = [
        b"Host: " + (rng.choice([b"evil", b"", noise(rng, 20)]) if "host" in wrong else host),
        b"Origin: " + (rng.choice([b"null", noise(rng, 20)]) if "origin" in wrong else b"http://" + host),
        b"Content-Type: " + (rng.choice([b"multipart/form-data; boundary=x", b"", noise(rng, 9)]) if "kind" in wrong else FORM),
        b"Cookie: " + (rng.choice([cookie[:-3] + b"aaa", noise(rng, 60), b"=;=;" * 50]) if "cookie" in wrong else cookie),
        b"Accept-Language: " + rng.choice([b"id", b"," * 3_000, b"\xe9;q=x"]),
        b"Content-Length: %d" % length,
        b"X-Forwarded-For: 10.0.0.1",
    ]  # fmt: skip
    if "noise" in wrong:
        headers.insert(rng.randint(0, 7), noise(rng, 20))
    if "big" in wrong:
        headers.append(b"X: " + b"a" * 70_000)
    return method + b" " + path + b" HTTP/1.1\r\n" + b"\r\n".join(headers) + b"\r\n\r\n" + body


def answered(port: int, sent: bytes) -> bytes:
    """Return the beginning of what comes back; empty where the connection is closed, or nothing is said for a moment."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        try:
            connection.sendall(sent)
            connection.settimeout(0.5)
            return connection.recv(4_096)
        except OSError:
            return b""


def test_five_hundred_malformed_requests_do_no_harm(server: Server) -> None:
    server.start()
    client = Client(server, "/play")
    client.join(role="player", party="police")
    cookie = next(iter(client.http.cookies.jar))
    sealed = f"{cookie.name}={cookie.value}".encode()
    rng, statuses = random.Random(16), dict[bytes, int]()
    for _each in range(500):
        answer = answered(server.port, request_of(rng, server.port, sealed))
        status = answer[9:12]
        statuses[status] = statuses.get(status, 0) + 1
        assert not status.startswith(b"5"), answer
        assert b"Traceback" not in answer
        if b"Invalid HTTP" in answer:
            assert b"content-security-policy" in answer.lower()
    assert {b"200", b"204", b"303", b"400", b"403", b"404", b"405", b"413", b"415", b"421", b"422"} <= set(statuses)
    assert statuses[b"400"] < 250
    assert client.do("k", "propose", {"text": "the room goes on"}).status_code == 204
    code, said = server.end()
    assert (code, "Traceback" in said, "ERROR" in said) == (130, False, False), said


TEXT = st.text(max_size=40) | st.sampled_from(
    ["", "0", "-1", "1e400", "nan", "99999999999", "s0", "T1.1", "10:45", "\x00", "send", "yes"]
)
FIELD = st.sampled_from(
    sorted({name for cls in ACTIONS.values() for name in cls.model_fields} | {"lever", "unit", "incident", "station", "road", "place", "held", "option", "title", "key", "seq", "time", "group"})
)  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(
    home=st.sampled_from(["/console", "/play", "/evaluate", "/screen"]), name=st.sampled_from(sorted(ACTIONS)),
    fields=st.lists(st.tuples(FIELD, TEXT), max_size=8),
)  # fmt: skip
def test_no_form_of_anybody_is_a_fault(
    everybody: TestClient, home: str, name: str, fields: list[tuple[str, str]]
) -> None:
    data: dict[str, list[str]] = {}
    for key, value in fields:
        data.setdefault(key, []).append(value)
    answer = everybody.post(f"{home}/do/{name}", data=data)
    assert answer.status_code in (204, 422), answer.text


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(
    part=st.integers(0, 10_000), query=st.dictionaries(st.sampled_from(["seq", "inject", "filter", "line", "lines", "by", "x", "question"]), TEXT),
)  # fmt: skip
def test_no_question_to_a_part_is_a_fault(everybody: TestClient, desk: Desk, part: int, query: dict[str, str]) -> None:
    parts = sorted(desk._parts.values(), key=lambda one: one.name)
    wanted = parts[part % len(parts)]
    role = sorted(wanted.roles)[part % len(wanted.roles)]
    home = {RoomRole.FACILITATOR: "/console", RoomRole.PLAYER: "/play", RoomRole.EVALUATOR: "/evaluate"}.get(
        role, "/screen"
    )
    answer = everybody.get(f"{home}/part/{wanted.name}", params=query)
    assert answer.status_code == 200, answer.text


@pytest.fixture
def everybody(asked: TestClient, room: Room) -> TestClient:
    """A browser with a window for each role."""
    asked.get(f"/console/{room.secret.console}")
    join(asked, room, "player", "police")
    join(asked, room, "evaluator")
    join(asked, room, "projector")
    return asked


def test_a_form_that_is_too_large_is_refused(console: TestClient, room: Room) -> None:
    before = room.state.seq
    answer = console.post("/console/do/note", data={"text": "x" * MOST_BODY})
    assert answer.status_code == 413
    assert room.state.seq == before


def test_what_is_no_form_is_refused(console: TestClient) -> None:
    for kind in ("application/json", "multipart/form-data; boundary=x", "text/plain"):
        answer = console.post("/console/do/end", content=b"{}", headers={"content-type": kind})
        assert (answer.status_code, "is no form" in answer.text) == (415, True)
