"""A server of its own for a session, which can be killed and started again, and devices that do not give up."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

START_S = 60.0
"""A machine that does other things as well may take long; nothing is measured here."""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """``simulate exercise run`` in a process of its own.

    Attributes:
        folder: The session.
        port: Where it listens, also when it is started again.
        process: The process.
    """

    folder: Path
    port: int = field(default_factory=free_port)
    more: tuple[str, ...] = ("--workers", "0")
    process: subprocess.Popen[str] | None = None
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def secret(self) -> dict[str, str]:
        return dict(json.loads((self.folder / "secret.json").read_text()))

    def start(self) -> None:
        command = [
            sys.executable, "-m", "sim", "exercise", "run", str(self.folder), "--port", str(self.port), "--no-browser",
        ]  # fmt: skip
        self.process = subprocess.Popen(
            [*command, *self.more], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={**os.environ, "SIAGA_LANGUAGE": "en", **self.environment}, start_new_session=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        said = []
        for line in self.process.stdout:
            said.append(line)
            if line.startswith("Ctrl-C"):
                return
        raise AssertionError("".join(said))

    def kill(self) -> None:
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def end(self) -> tuple[int, str]:
        """End it as Ctrl-C does, and return its exit code and what it said since it was started."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        said, _none = self.process.communicate(timeout=START_S)
        return self.process.returncode, said


@dataclass
class Client:
    """A device that sends what was not acknowledged again, with the same key, until it is.

    Attributes:
        server: The server.
        home: Below which path its pages are.
        acknowledged: Number in the log of what was acknowledged, by key, in the order in which it was sent.
        refused: Keys of what was refused, and why.
        lost: How often the connection was lost.
    """

    server: Server
    home: str
    http: httpx.Client = field(init=False)
    acknowledged: dict[str, int] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    lost: int = 0

    def __post_init__(self) -> None:
        self.http = httpx.Client(
            base_url=self.server.address, headers={"origin": self.server.address}, timeout=START_S, trust_env=False
        )

    def join(self, **fields: str) -> None:
        if self.home == "/console":
            answer = self.http.get(f"/console/{self.server.secret['console']}")
        else:
            pin = self.server.secret["evaluators" if fields["role"] == "evaluator" else "players"]
            answer = self.http.post("/join", data={"pin": pin, **fields})
        assert (answer.status_code, answer.headers["location"]) == (303, self.home), answer.text

    @property
    def device(self) -> str:
        """Its name in the log."""
        return next(iter(self.http.cookies.jar)).value.partition(".")[0]  # type: ignore[union-attr]

    def again(self, method: str, path: str, data: Any = None) -> httpx.Response:
        """Ask until there is an answer."""
        until = time.monotonic() + START_S
        while True:
            try:
                return self.http.request(method, path, data=data)
            except httpx.TransportError:
                self.lost += 1
                assert time.monotonic() < until, "the server does not come back"
                time.sleep(0.05)

    def do(self, key: str, action: str, fields: dict[str, Any]) -> httpx.Response:
        answer = self.again("POST", f"{self.home}/do/{action}", {**fields, "key": key})
        if answer.status_code == 204:
            self.acknowledged[key] = int(answer.headers["siaga-seq"])
        else:
            assert answer.status_code == 422, (action, fields, answer.status_code, answer.text)
            self.refused[key] = answer.text
        return answer

    def page(self) -> str:
        """Return its page, which it gets only as long as it has its role."""
        answer = self.again("GET", self.home)
        assert answer.status_code == 200, answer.text
        return answer.text

    def part(self, name: str) -> bytes:
        answer = self.again("GET", f"{self.home}/part/{name}")
        assert answer.status_code == 200, answer.text
        return answer.content


class Counter:
    """Counts what is done by several threads, and lets one of them wait."""

    def __init__(self) -> None:
        self._count, self._changed = 0, threading.Condition()

    def add(self) -> None:
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def wait(self, count: int) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._count >= count)
