"""Thirty devices in a room on one laptop: is every event told, does memory stay flat, how soon does a page answer.

python benchmarks/room.py [--minutes 10] [--devices 30] [--futures 1] [--seed 1]

The server is a process of its own on the riot; one device is the console, one the projector, a quarter are evaluators,
the others players. Each keeps its stream of events open, fetches the parts that it is told may have changed as a page
does, and does something now and then. With ``--futures 1`` the facilitator asks a question of 200 futures whenever the
last is answered, so that the processes that play them are always at work in the second half.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import numpy as np

from sim.config.compose import load
from sim.exercise.inject import EVERYBODY, Inject, InjectType, Party
from sim.exercise.session.actions import RoomRole
from sim.exercise.session.new import new_session
from sim.exercise.session.store import read_log
from sim.experiment.execute import execute

PARTIES = tuple(Party)
PAUSE_S = {"/console": 4.0, "/play": 20.0, "/evaluate": 20.0, "/screen": 1e9}
"""Mean seconds between what a device does."""
SPEED = 30
SETTLE_S = 3.0


@dataclass
class Seen:
    """What the devices have seen.

    Attributes:
        quiet: Seconds until a page or part came, while no futures were played.
        busy: The same, while they were.
        told: Of each device, the numbers of the entries that its stream told, from its snapshot on.
        done: Seconds until an action was acknowledged.
        refused: Actions that were refused.
        again: Requests that were sent again because their connection had been closed.
        answers: Seconds until each question was answered.
    """

    quiet: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    told: dict[str, list[int]] = field(default_factory=dict)
    done: list[float] = field(default_factory=list)
    refused: int = 0
    again: int = 0
    answers: list[float] = field(default_factory=list)
    at_work: set[int] = field(default_factory=set)


@dataclass
class Device:
    """A device in the room."""

    name: str
    home: str
    http: httpx.AsyncClient
    seen: Seen
    rng: random.Random
    injects: int
    wanted: dict[str, None] = field(default_factory=dict)
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    count: int = 0

    async def listen(self) -> None:
        """Keep the stream of events open, and note what it tells."""
        told = self.seen.told.setdefault(self.name, [])
        async with self.http.stream("GET", f"{self.home}/events", timeout=None) as stream:
            name = ""
            async for line in stream.aiter_lines():
                kind, _colon, value = line.partition(": ")
                if kind == "event":
                    name = value
                elif kind == "data" and name in ("snapshot", "changed"):
                    told.append(int(json.loads(value)["seq"]))
                elif kind == "data" and name not in ("tick", "progress", "lobby", "notice", "closed"):
                    self.wanted[name] = None
                    self.woken.set()

    async def fetch(self) -> None:
        """Fetch the parts that may have changed."""
        while True:
            await self.woken.wait()
            self.woken.clear()
            parts, self.wanted = list(self.wanted), {}
            for part in parts:
                began = time.perf_counter()
                answer = await self.ask("GET", f"{self.home}/part/{part}")
                assert answer.status_code == 200, answer.text
                (self.seen.busy if self.seen.at_work else self.seen.quiet).append(time.perf_counter() - began)

    async def ask(self, method: str, path: str, data: dict[str, object] | None = None) -> httpx.Response:
        """Ask, and ask again where the connection was closed meanwhile, as browsers do."""
        while True:
            try:
                return await self.http.request(method, path, data=data)
            except (httpx.ReadError, httpx.RemoteProtocolError):
                self.seen.again += 1

    async def work(self) -> None:
        """Do something now and then."""
        while True:
            await asyncio.sleep(self.rng.expovariate(1 / PAUSE_S[self.home]))
            await self.do(*self.something())

    def something(self) -> tuple[str, dict[str, object]]:
        """Return what is done next."""
        inject, text = self.rng.randint(1, self.injects), f"text {self.rng.random()}"
        if self.home == "/play":
            return self.rng.choice([("propose", {"text": text}), ("acknowledge", {"inject": inject})])
        if self.home == "/evaluate":
            rate: dict[str, object] = {"inject": inject, "rating": self.rng.choice("PSMU"), "text": text}
            return self.rng.choice([("rate", rate), ("observe", {"text": text})])
        return self.rng.choice([("deliver", {"inject": inject}), ("note", {"text": text})])

    async def do(self, action: str, fields: dict[str, object]) -> int | None:
        """Do something, and return its number in the log; None: it was refused."""
        self.count += 1
        began = time.perf_counter()
        data = {**fields, "key": f"{self.name}-{self.count}"}
        answer = await self.ask("POST", f"{self.home}/do/{action}", data)
        if answer.status_code != 204:
            assert answer.status_code == 422, answer.text
            self.seen.refused += 1
            return None
        self.seen.done.append(time.perf_counter() - began)
        return int(answer.headers["siaga-seq"])


async def ask(device: Device, log: Path) -> None:
    """Ask a question whenever the last one is answered."""
    while True:
        began = time.perf_counter()
        number = await device.do("ask", {"title": "ask for the army", "lever": "ask_for_army"})
        assert number is not None
        device.seen.at_work.add(number)
        while f'"do":"answer","question":{number},' not in log.read_text(encoding="utf-8"):
            await asyncio.sleep(0.2)
        device.seen.at_work.clear()
        device.seen.answers.append(time.perf_counter() - began)
        await asyncio.sleep(1)


def resident(process: int) -> float:
    """Return the memory of a process, MB."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def session(folder: Path) -> Path:
    """Make a session of one day of the riot."""
    run = execute(load("riot_kecamatan3", ["run.replications=1", "run.workers=1", f"run.output='{folder}'"]))
    injects = tuple(
        Inject(n, "1", EVERYBODY, 400.0 + 10 * n, InjectType.INFORMATION, "radio", "a", "b", f"title {n}", f"text {n}")
        for n in range(1, 41)
    )
    new_session(folder / "session", run, run.strategies[0], 0, injects, "benchmark")
    return folder / "session"


async def joined(address: str, folder: Path, devices: int, seen: Seen, seed: int) -> list[Device]:
    """Let the devices join."""
    secret, found = json.loads((folder / "secret.json").read_text(encoding="utf-8")), []
    for number in range(devices):
        http = httpx.AsyncClient(
            base_url=address, headers={"origin": address}, timeout=60, trust_env=False,
            limits=httpx.Limits(max_connections=6),
        )  # fmt: skip
        role = ("facilitator", "projector", "evaluator", "player")[min(number, 3) if number < 3 or number % 4 else 2]
        if number == 0:
            answer = await http.get(f"/console/{secret['console']}")
        else:
            pin = secret["evaluators" if role == "evaluator" else "players"]
            party = PARTIES[number % len(PARTIES)]
            answer = await http.post("/join", data={"pin": pin, "role": RoomRole(role), "party": party})
        assert answer.status_code == 303, answer.text
        found.append(Device(f"{number}", answer.headers["location"], http, seen, random.Random(seed + number), 40))
    return found


async def played(server: int, address: str, folder: Path, given: argparse.Namespace) -> Seen:
    """Let the room be played."""
    seen = Seen()
    devices = await joined(address, folder, given.devices, seen, given.seed)
    tasks = [asyncio.create_task(what) for one in devices for what in (one.listen(), one.fetch())]
    await asyncio.sleep(SETTLE_S)
    await devices[0].do("run", {"speed": SPEED})
    tasks += [asyncio.create_task(one.work()) for one in devices]
    memory = []
    for step in range(10):
        await asyncio.sleep(given.minutes * 6)
        memory.append(resident(server))
        if step == 4 and given.futures:
            tasks.append(asyncio.create_task(ask(devices[0], folder / "log.jsonl")))
        for task in tasks:
            if task.done():
                task.result()
    for task in tasks[2 * len(devices) :]:
        task.cancel()
    await asyncio.sleep(SETTLE_S)
    for task in tasks:
        task.cancel()
    print(f"memory of the server, MB        {' '.join(f'{one:.0f}' for one in memory)}")
    return seen


def spread(name: str, seconds: list[float]) -> None:
    """Print how long something took."""
    if seconds:
        low, high, most = np.percentile(seconds, [50, 95, 99]) * 1000
        print(f"{name:<30}  {low:.0f} / {high:.0f} / {most:.0f} ms (50 / 95 / 99 %), {len(seconds):,} times")


def lost(seen: Seen, entries: int) -> int:
    """Return how many entries were not told to a device that had its stream open."""
    return sum(len(set(range(told[0], entries + 1)) - set(told)) for told in seen.told.values())


def main() -> None:
    """Play the room and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--devices", type=int, default=30)
    parser.add_argument("--futures", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--port", type=int, default=0, help="0: one that is free")
    given = parser.parse_args()
    with socket.create_server(("127.0.0.1", given.port)) as free:
        given.port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as place:
        folder = session(Path(place))
        command = [
            sys.executable,
            "-m",
            "sim",
            "exercise",
            "run",
            str(folder),
            "--port",
            str(given.port),
            "--no-browser",
        ]
        began = time.perf_counter()
        more = [] if given.futures else ["--workers", "0"]
        environment = {**os.environ, "SIAGA_LANGUAGE": "en"}
        with subprocess.Popen([*command, *more], stdout=subprocess.PIPE, text=True, env=environment) as server:
            try:
                assert server.stdout is not None
                assert any(line.startswith("Ctrl-C") for line in server.stdout), "the server does not start"
                print(f"start of the server             {time.perf_counter() - began:.1f} s")
                seen = asyncio.run(played(server.pid, f"http://127.0.0.1:{given.port}", folder, given))
            finally:
                server.terminate()
        entries, _sound = read_log(folder / "log.jsonl")
    told = sum(len(one) - 1 for one in seen.told.values())
    print(f"entries of the log              {len(entries):,}, {seen.refused:,} more refused")
    print(f"requests sent again             {seen.again:,}")
    print(f"events told                     {told:,} to {len(seen.told)} devices")
    print(f"events lost                     {lost(seen, len(entries)):,}")
    spread("an action on the disk", seen.done)
    spread("a part of a page", seen.quiet)
    spread("the same while futures play", seen.busy)
    spread("a question of 200 futures x 2", seen.answers)


if __name__ == "__main__":
    main()
