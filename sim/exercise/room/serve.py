"""Starting and ending the server of a room."""

from __future__ import annotations

import asyncio
import os
import sys
import webbrowser
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from threading import Thread

import uvicorn

from sim.errors import Stopped
from sim.exercise.room.address import LOOPBACK, LOOPBACK_NAMES, listening, network_address
from sim.exercise.room.app import Desk, make_app
from sim.exercise.room.code import Code
from sim.exercise.room.connection import Connection
from sim.exercise.room.lobby import Lobby
from sim.exercise.room.pool import Pool
from sim.exercise.room.register import registered
from sim.exercise.room.stream import GATHERED_S, Hub
from sim.exercise.session.about import read_about
from sim.exercise.session.room import Room
from sim.exercise.session.store import held
from sim.words import room_server as words

KEEP_S = 30
"""A connection on which nothing is asked is kept so long: longer than pages are silent while the clock runs."""
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Where:
    """Where a room is served.

    Attributes:
        port: On which port.
        network: Whether other machines of the network may join.
        address: By which address they do; empty: it is found out.
        browser: Whether the console is opened in a browser.
        workers: How many processes work out questions; 0: none can be asked.
    """

    port: int = 8765
    network: bool = False
    address: str = ""
    browser: bool = True
    workers: int = 2


class _Server(uvicorn.Server):
    """A server that ends its streams of events before it waits for connections to end."""

    def __init__(self, config: uvicorn.Config, hub: Hub, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._hub, self._tell_started = hub, started

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        self._tell_started()

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        self._hub.close(None, lambda: words.CLOSING)
        await asyncio.sleep(3 * GATHERED_S)
        await super().shutdown(sockets)


def serve(folder: Path, where: Where, tell: Tell) -> None:
    """Serve a session until the program is told to end.

    Args:
        folder: The session's folder.
        where: Where.
        tell: Is told, line by line, where the room is and by which PINs it is joined.

    Raises:
        UserError: When the folder is not one of a session of this version, somebody runs it already, the port is in
            use, or this machine is in no network.
        Stopped: When the program was told to end.
    """
    read_about(folder)
    with ExitStack() as stack:
        stack.enter_context(held(folder))
        address = network_address(where.address) if where.network else LOOPBACK
        sockets = [listening(host, where.port) for host in dict.fromkeys((LOOPBACK, address))]
        for one in sockets:
            stack.callback(one.close)
        room = Room(folder)
        stack.callback(room.close)
        desk = Desk(room, lobby_of(address, where), *registered())
        pool = Pool(room, where.workers)
        stack.callback(pool.close)
        app = make_app(desk, LOOPBACK_NAMES | {address}, pool.answer)
        config = uvicorn.Config(
            app, http=Connection, ws="none", loop="asyncio", log_level="error", access_log=False, proxy_headers=False,
            server_header=False, timeout_graceful_shutdown=2, timeout_keep_alive=KEEP_S,
        )  # fmt: skip
        try:
            _Server(config, desk.hub, lambda: _started(desk, where, tell, pool)).run(sockets=sockets)
        except KeyboardInterrupt:
            raise Stopped(words.STOPPED.format(folder=folder)) from None


def lobby_of(address: str, where: Where) -> Lobby:
    """Return what pages are told of where the room is."""
    join = f"http://{address}:{where.port}/"
    code = Code.of(join)
    return Lobby(join, code.path(), code.size, where.network)


def _started(desk: Desk, where: Where, tell: Tell, pool: Pool) -> None:
    """Tell where the room is, once it answers, and begin what it will need."""
    Thread(target=pool.begin, daemon=True).start()
    secret, lobby = desk.room.secret, desk.lobby
    console = f"http://{LOOPBACK}:{where.port}/console/{secret.console}"
    tell(words.CONSOLE_AT.format(address=console))
    tell((words.JOIN_AT if where.network else words.JOIN_HERE).format(address=lobby.address))
    tell(words.PINS.format(players=secret.players, evaluators=secret.evaluators))
    if where.network:
        tell(Code.of(lobby.address).terminal())
    tell(words.HOW_TO_END)
    if where.browser and _has_screen():
        Thread(target=webbrowser.open, args=(console,), daemon=True).start()


def _has_screen() -> bool:
    """Say whether a browser would open in a window; on a bare terminal it would take the terminal."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
