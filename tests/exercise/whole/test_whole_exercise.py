"""A whole exercise in real browsers: three injects, two players, an evaluator, a kill, a branch, and the report.

What a player's device receives is read byte by byte: nothing that is hidden from it is there.
"""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from sim.exercise.inject import Inject, InjectType, Party
from sim.exercise.session.about import read_secret
from sim.exercise.session.new import new_session
from sim.exercise.session.store import read_log
from sim.experiment.store import Run
from tests.browser.opened import Opened
from tests.exercise.session.conftest import ONSET, inject
from tests.exercise.session.conftest import played as played

MARK = "ZQ7hidden"
"""Stands in every text that no player may get."""
EVALUATORS_OWN = ("expected_action", "objective", "title")
"""Hidden texts that an evaluator reads."""
SECONDS = 60.0
FUTURES = "8"
"""Of the report: two processes play them a few at a time, and what is read here of the report is in it with any number."""


def _secretive(one: Inject) -> Inject:
    hidden = (
        "title",
        "note",
        "expected_action",
        "learning_point",
        "decision",
        "controller",
        "observation",
        "objective",
    )
    return replace(one, **{name: f"{MARK} {name} {one.seq}" for name in hidden})


INJECTS = tuple(
    map(
        _secretive,
        (
            inject(1, 430.0, type=InjectType.ADMIN, text="Every agency says how many are on duty."),
            inject(
                2, ONSET + 3, type=InjectType.EVENT, group=(Party.POLICE,), text="A caller speaks of a crowd.",
                model_event="incident/s0/reported",
            ),
            inject(3, None, type=InjectType.CONTINGENCY, group=(Party.HEALTH,), text="A doctor asks for a car.",
                   condition=f"{MARK} if nobody cares for the injured"),
        ),
    )
)  # fmt: skip


class Server:
    """The room's server in a process of its own, on a port of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process: subprocess.Popen[str] | None = None
        self.console = ""

    def start(self) -> None:
        command = [sys.executable, "-m", "sim", "exercise", "run", str(self.folder), "--port", str(self.port),
                   "language=en"]  # fmt: skip
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert self.process.stdout is not None
        said = []
        for line in self.process.stdout:
            said.append(line)
            found = re.search(r"http://\S+/console/\S+", line)
            if found:
                self.console = found.group(0)
                return
        raise AssertionError("".join(said))

    def kill(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None


@pytest.fixture
def server(played: Run, tmp_path: Path) -> Iterator[Server]:
    folder = tmp_path / "session"
    new_session(folder, played, "central_reserve", 0, INJECTS, "simulate exercise new")
    made = Server(folder)
    made.start()
    yield made
    made.kill()


class Wire:
    """A wire between one device and the server, on which every byte that the device gets is written down."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.received: list[bytes] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                device, _ = self.listener.accept()
            except OSError:  # the wire is cut
                return
            try:
                room = socket.create_connection(("127.0.0.1", self.server.port))
            except OSError:  # the server is down
                device.close()
                continue
            threading.Thread(target=self._pump, args=(device, room, None), daemon=True).start()
            threading.Thread(target=self._pump, args=(room, device, self.received), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, kept: list[bytes] | None) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if kept is not None:
                    kept.append(data)
                sink.sendall(data)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


class Device:
    """A browser of its own, on a wire of its own."""

    def __init__(self, browser: Any, server: Server, size: tuple[int, int], problems: list[str]) -> None:
        self.wire = Wire(server)
        self.address = f"http://127.0.0.1:{self.wire.port}"
        self.context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="en-GB")
        self.page = self.context.new_page()
        self.hosts: set[str] = set()
        self.page.on("request", lambda one: self.hosts.add(urlsplit(one.url).netloc))
        self.page.on("pageerror", lambda error: problems.append(str(error)))
        self.page.on("dialog", lambda dialog: dialog.accept())

    def read(self) -> str:
        """Return all that has come so far."""
        return b"".join(self.wire.received).decode("utf-8", "replace")

    def sees(self, text: str) -> None:
        self.page.get_by_text(text).first.wait_for(timeout=SECONDS * 1000)

    def join(self, pin: str, role: str, party: str = "") -> None:
        self.page.goto(f"{self.address}/")
        self.page.fill("#pin", pin)
        self.page.check(f"#role-{role}")
        if party:
            self.page.select_option("#party", party)
        self.page.fill("#label", "duty desk")
        self.page.click("form[data-join] button")


@pytest.fixture
def device(chromium: Any, server: Server) -> Iterator[Callable[..., Device]]:
    made: list[Device] = []
    problems: list[str] = []

    def new(width: int = 390, height: int = 844) -> Device:
        made.append(Device(chromium, server, (width, height), problems))
        return made[-1]

    yield new
    for one in made:
        one.context.close()
        one.wire.listener.close()
    assert problems == []


def _entries(server: Server, do: str) -> list[Any]:
    return [entry for entry in read_log(server.folder / "log.jsonl")[0] if entry.action.do == do]


def _wait(true: Callable[[], object]) -> None:
    until = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < until
        time.sleep(0.1)


def _deliver(console: Device, number: int) -> None:
    console.page.click(f"#row-{number}")
    console.page.locator(f'article[data-inject="{number}"] #do-deliver').click()


def _jump(console: Device, to: str) -> None:
    console.page.fill("#jump", to)
    console.page.press("#jump", "Enter")
    console.page.locator("#scenario", has_text=to).wait_for(timeout=SECONDS * 1000)


def _rate(evaluator: Device, number: int, letter: str, why: str) -> None:
    form = evaluator.page.locator(f"#rate-{number}")
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    evaluator.page.check(f"#rate-{number}-{letter}")
    evaluator.page.fill(f"#rate-text-{number}", why)
    form.locator("form button").click()


def test_a_whole_exercise(server: Server, device: Callable[..., Device], tmp_path: Path) -> None:
    secret = read_secret(server.folder)
    console, police, health, evaluator = device(1280, 800), device(), device(), device()
    console.page.goto(f"{console.address}/{server.console.split('/', 3)[3]}")
    police.join(secret.players, "player", "police")
    health.join(secret.players, "player", "health")
    evaluator.join(secret.evaluators, "evaluator")
    _wait(lambda: len(_entries(server, "join")) == 4)

    # the first inject, to everybody
    _jump(console, "07:10")
    _deliver(console, 1)
    for one in (police, health):
        one.sees("Every agency says how many are on duty.")
    police.page.locator("#message-1").get_by_role("button").first.click()
    _wait(lambda: _entries(server, "acknowledge"))

    # the clock runs, and stands
    console.page.click("#run")
    _wait(lambda: _entries(server, "run"))
    console.page.locator("#run", has_text="Pause").click()
    _wait(lambda: _entries(server, "pause"))

    # the second, of what the model does, to the police alone; they ask, the facilitator lets the model do it
    _jump(console, "09:46")
    _deliver(console, 2)
    police.sees("A caller speaks of a crowd.")
    police.page.locator("#answer-2 summary").click()
    police.page.fill("#answer-text-2", "Hold the last reserve back.")
    police.page.locator("#answer-2 form button").click()
    console.sees("Hold the last reserve back.")
    request = _entries(server, "propose")[0].seq
    console.page.click(f"#accept-{request}")
    order = console.page.locator("#decide-form .order").first
    order.locator("[data-lever]").select_option("hold")
    order.locator("[name=unit]").fill("reserve/POLRES/3")
    console.page.fill("#decide-form [name=who]", "chief of operations")
    console.page.locator("#decide-form > button.go").click()
    _wait(lambda: _entries(server, "decide"))
    decided = _entries(server, "decide")[0].action
    assert (decided.proposal, decided.orders[0].unit, decided.who) == (
        request,
        "reserve/POLRES/3",
        "chief of operations",
    )
    _rate(evaluator, 2, "S", "seen by the evaluator")
    _wait(lambda: _entries(server, "rate"))

    # all of it can be read and worked by everybody
    for one in (console, police, evaluator):
        assert Opened(one.page).broken_rules() == {}

    # the plug is pulled; all come back to where they were
    before = [entry.model_dump() for entry in read_log(server.folder / "log.jsonl")[0]]
    server.kill()
    server.start()
    after = read_log(server.folder / "log.jsonl")[0]
    assert [entry.model_dump() for entry in after[: len(before)]] == before
    _deliver(console, 3)  # the console has found the server again by itself
    health.sees("A doctor asks for a car.")
    assert health.page.url.endswith("/play")
    police.sees("A caller speaks of a crowd.")
    evaluator.sees("seen by the evaluator")

    # back to before the decision, and another try
    console.page.click("#tab-lines")
    console.page.fill("#back-to", "09:45")
    console.page.fill("#back-name", "second try")
    console.page.press("#back-name", "Enter")
    console.page.locator("#scenario", has_text="09:45").wait_for(timeout=SECONDS * 1000)
    assert _entries(server, "back")[0].action.name == "second try"
    _jump(console, "09:50")
    _deliver(console, 2)
    _wait(lambda: len(_entries(server, "deliver")) == 4)
    _rate(evaluator, 2, "P", "better now")
    _wait(lambda: len(_entries(server, "rate")) == 2)
    console.page.click("#tab-room")
    console.page.click("#end")
    _wait(lambda: _entries(server, "end"))

    # nothing hidden in any byte, and no other host
    for one, name in ((police, "police"), (health, "health")):
        received = one.read()
        assert "Every agency says" in received  # what it may get is there
        for word in (MARK, secret.evaluators, secret.console, secret.seal, "seen by the evaluator"):
            assert word not in received, (name, word)
    assert "A caller speaks of a crowd." not in health.read()
    assert "A doctor asks for a car." not in police.read()
    rest = evaluator.read()
    for word in (f"{MARK} note", f"{MARK} learning_point", f"{MARK} controller", secret.console, secret.seal):
        assert word not in rest, word
    for one in (console, police, health, evaluator):
        assert one.hosts == {f"127.0.0.1:{one.wire.port}"}
    server.kill()

    # the report
    made = subprocess.run(
        [sys.executable, "-m", "sim", "exercise", "report", str(server.folder), "--out", str(tmp_path / "after"),
         "--futures", FUTURES, "language=en"], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    page = next((tmp_path / "after").rglob("*.html")).read_text()
    for word in ("second try", "chief of operations", "Hold the last reserve back.", "better now"):
        assert word in page
    assert next((tmp_path / "after").rglob("*.docx")).stat().st_size > 10_000
