"""One connection to the server: how many there may be, and how long one may take to ask for something."""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from sim.exercise.room.gate import HEADERS

MOST_CONNECTIONS = 600
"""Connections at once; below what a process may have open by default (1,024), and enough for 100 devices."""
MOST_FROM_ONE = 60
"""Connections at once from one address of the network; a browser opens six. An assumption."""
PATIENCE_S = 10.0
"""A connection is looked at so often, and closed where nothing was asked for since the last time: a few seconds after
it was opened without asking, or where a request is sent letter by letter."""


class Connection(H11Protocol):
    """A connection that is closed when there are too many, or when nothing whole is asked on it."""

    _watch: asyncio.TimerHandle | None = None
    _was_idle = False

    def connection_made(self, transport: Any) -> None:
        """Take a connection, or close it."""
        super().connection_made(transport)
        mine = self.client[0] if self.client else ""
        alike = sum((getattr(other, "client", None) or ("",))[0] == mine for other in self.connections)
        if len(self.connections) > MOST_CONNECTIONS or (mine != "127.0.0.1" and alike > MOST_FROM_ONE):
            transport.abort()
            return
        self._watch = self.loop.call_later(PATIENCE_S, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget a connection."""
        if self._watch is not None:
            self._watch.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Note that something was asked for, and answered."""
        self._was_idle = False
        super().on_response_complete()

    def _look(self) -> None:
        idle = self.cycle is None or self.cycle.response_complete
        if idle and self._was_idle:
            self.transport.close()
            return
        self._was_idle = idle
        self._watch = self.loop.call_later(PATIENCE_S, self._look)

    def send_400_response(self, msg: str) -> None:
        """Answer what is not HTTP, with the headers that all answers have."""
        headers = [("content-type", "text/plain; charset=utf-8"), ("connection", "close"), *HEADERS.items()]
        for event in (
            h11.Response(status_code=400, headers=headers, reason=b"Bad Request"),
            h11.Data(data=msg.encode("ascii")),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()
