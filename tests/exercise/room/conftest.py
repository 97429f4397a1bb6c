"""A small session whose room is asked over HTTP: in this process, or by a server of its own."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from sim.exercise.room.app import Desk, make_app
from sim.exercise.room.lobby import Lobby
from sim.exercise.room.register import registered
from sim.exercise.session.room import Room
from tests.exercise.room.server import Server
from tests.exercise.session.conftest import WallClock, folder, made, opened, played, room, wall

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # starlette would have its tests use another library than httpx
    from starlette.testclient import TestClient

__all__ = ["WallClock", "folder", "made", "opened", "played", "room", "wall"]
HOST = "127.0.0.1:8765"
HERE = {"origin": f"http://{HOST}"}
"""What a page of the room sends with its forms."""


@pytest.fixture
def desk(room: Room) -> Desk:
    return Desk(room, Lobby(f"http://{HOST}/"), *registered())


@pytest.fixture
def asked(desk: Desk) -> Iterator[TestClient]:
    """A device that has not joined; its requests come from a page of the room."""
    app = make_app(desk, frozenset({"127.0.0.1"}))
    with TestClient(app, base_url=f"http://{HOST}", headers=HERE, follow_redirects=False) as client:
        yield client


@pytest.fixture
def console(asked: TestClient, room: Room) -> TestClient:
    """The facilitator's device."""
    assert asked.get(f"/console/{room.secret.console}").status_code == 303
    return asked


def join(client: TestClient, room: Room, role: str, party: str = "", label: str = "") -> httpx.Response:
    """Join as a role; a client may have several, as a browser has several windows."""
    pin = room.secret.evaluators if role == "evaluator" else room.secret.players
    answer = client.post("/join", data={"pin": pin, "role": role, "party": party, "label": label})
    assert answer.status_code == 303, answer.text
    return answer


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    """A server of its own, which is not started yet, and is killed at the end."""
    made = Server(folder)
    yield made
    if made.process is not None and made.process.poll() is None:
        made.kill()
