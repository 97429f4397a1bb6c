"""Starting and ending the server of a room."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from sim.exercise.room.app import Desk, make_app
from sim.exercise.room.lobby import Lobby
from sim.exercise.room.register import registered
from sim.exercise.session.room import Room
from sim.exercise.session.store import held

LOOPBACK = "127.0.0.1"


def serve(folder: Path, port: int, told: Callable[[str], None]) -> None:
    """Serve a session until the program is ended.

    Args:
        folder: The session's folder.
        port: On which port of this machine.
        told: Is told where the room is.
    """
    with held(folder):
        room = Room(folder)
        pages, parts = registered()
        lobby = Lobby(address=f"http://{LOOPBACK}:{port}/")
        told(f"{lobby.address}console/{room.secret.console}")
        told(f"PIN {room.secret.players} {room.secret.evaluators}")
        app = make_app(Desk(room, lobby, pages, parts), lambda: frozenset({LOOPBACK, "localhost"}))
        listening = socket.create_server((LOOPBACK, port))
        config = uvicorn.Config(app, log_level="warning", access_log=False, ws="none", timeout_graceful_shutdown=1)
        try:
            uvicorn.Server(config).run(sockets=[listening])
        finally:
            room.close()
