"""The plug is pulled while four devices work: whatever was acknowledged is in the log once, in order, and the room goes on."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter as Counted
from pathlib import Path
from typing import Any

import pytest

from sim.exercise.session.live import Live, taken
from sim.exercise.session.room import Room
from sim.exercise.session.state import state_of
from tests.exercise.room.server import Client, Counter, Server

PARTS = {
    "/play": ("table-messages", "table-requests", "table-clock", "map"),
    "/evaluate": ("table-ratings", "table-observations"),
    "/console": ("console_list", "console_requests", "console_situation", "console_log", "map"),
}
"""Of each role, the parts that are looked at."""


def of_a_player(rng: random.Random, party: str) -> tuple[str, dict[str, Any]]:
    lever = {"police": "ask_for_army", "commission": "close_station"}[party]
    return rng.choice(
        [
            ("propose", {"text": f"send {rng.random()}"}),
            ("propose", {"lever": lever, "station": "T1.1"}),
            ("propose", {"lever": "withdraw", "unit": "nobody"}),
            ("acknowledge", {"inject": rng.randint(1, 6)}),
        ]
    )


def of_an_evaluator(rng: random.Random) -> tuple[str, dict[str, Any]]:
    return rng.choice(
        [
            ("rate", {"inject": rng.randint(1, 5), "rating": rng.choice("PSMU"), "text": "seen"}),
            ("observe", {"text": f"é — {rng.random()}"}),
        ]
    )


def of_the_facilitator(rng: random.Random, units: list[str]) -> tuple[str, dict[str, Any]]:
    inject, entry = rng.randint(1, 8), rng.randint(1, 300)
    order = {"lever": rng.choice(["send", "hold", "withdraw"]), "unit": rng.choice(units), "incident": "s0"}
    return rng.choice(
        [
            ("run", {"speed": rng.choice([1, 30, 120])}), ("pause", {}), ("jump", {"to": rng.randint(390, 640)}),
            ("deliver", {"inject": inject}), ("deliver", {"inject": inject}), ("hold", {"inject": inject}),
            ("move", {"inject": inject, "to": "10:45"}), ("note", {"text": "x" * rng.randint(1, 4_000)}),
            ("add", {"title": "new", "text": f"<b>{rng.random()}", "deliver": rng.choice(["yes", "no"])}),
            ("decide", {"text": "so", "who": "chief", **order}), ("decide", {**order, "held": "no"}),
            ("decide", {"text": "closed", "lever": "close_station", "station": "T1.1", "proposal": entry}),
            ("decline", {"proposal": entry, "why": "no"}), ("back", {"to": rng.randint(400, 620), "name": "again"}),
            ("goto", {"line": rng.randint(0, 3)}), ("undo", {"entry": entry}),
        ]
    )  # fmt: skip


def pulled(server: Server, actions: int, kills: int, seed: int) -> list[Client]:
    """Let four devices work while the server is killed, and started again, at random moments."""
    units = sorted(unit.name for unit in closed(server.folder).picture().units)
    server.start()
    clients = [Client(server, home) for home in ("/play", "/play", "/evaluate", "/console")]
    for client, fields in zip(clients, JOINED, strict=True):
        client.join(**fields)
    done, faults, each = Counter(), list[BaseException](), actions // 4

    def work(number: int) -> None:
        rng, client = random.Random(seed + number), clients[number]
        try:
            for count in range(each):
                lost = client.lost
                client.do(f"{number}-{count}", *choice_of(number, rng, units))
                if client.lost > lost:
                    assert f'data-home="{client.home}"' in client.page()
                done.add()
        except BaseException as fault:
            faults.append(fault)
            for _left in range(each):
                done.add()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    rng = random.Random(seed)
    for moment in sorted(rng.sample(range(each * 4 - 20), kills)):
        done.wait(moment)
        time.sleep(rng.random() * 0.02)
        server.kill()
        server.start()
    for thread in threads:
        thread.join()
    assert not faults, faults
    return clients


JOINED = (
    {"role": "player", "party": "police"}, {"role": "player", "party": "commission"}, {"role": "evaluator"}, {},
)  # fmt: skip


def choice_of(number: int, rng: random.Random, units: list[str]) -> tuple[str, dict[str, Any]]:
    if number < 2:
        return of_a_player(rng, JOINED[number]["party"])
    return of_an_evaluator(rng) if number == 2 else of_the_facilitator(rng, units)


def closed(folder: Path) -> Room:
    """Return how a session stands, with its log closed again."""
    room = Room(folder)
    room.log.close()
    return room


def views(clients: list[Client]) -> dict[str, bytes]:
    return {
        f"{client.device} {name}": client.part(name)
        for client in clients
        for name in PARTS[client.home]
        if not (name == "map" and client.home == "/play" and "commission" in client.page())
    }


def check_log(folder: Path, clients: list[Client]) -> None:
    """Every acknowledged action is in the log once, with the number that was told, in the order in which it was sent."""
    entries = closed(folder).log.entries
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert max(Counted((entry.by, entry.key) for entry in entries if entry.key).values()) == 1
    written = {(entry.by, entry.key): entry.seq for entry in entries}
    for client in clients:
        assert list(client.acknowledged.values()) == sorted(client.acknowledged.values())
        for key, seq in client.acknowledged.items():
            # what is added and delivered is answered with the number of the second
            assert seq in (written.get((client.device, key)), written.get((client.device, f"{key}-deliver")))
        assert not {(client.device, key) for key in client.refused} & set(written)


def check_day(folder: Path) -> None:
    """The day of the room's line is the same whether it is played step by step, as the room did, or in one go."""
    room = closed(folder)
    entries, world, about = room.log.entries, room.live.world, room.about
    stepped = Live(world, about.strategy, about.day)
    for entry in entries:
        if entry.seq % 7 == 0:
            before = state_of(room.opening, entries[: entry.seq])
            stepped.at(before.clock.time, taken(before.decisions))
    end, decisions = room.about.end, room.decisions
    tables = []
    for live in (stepped, Live(world, about.strategy, about.day)):
        log = live.at(end - 1.0, decisions).run()
        tables.append(
            {(table, name): repr(column.tolist()) for table, one in log.tables.items() for name, column in one.items()}
        )
    assert len(tables[0]) > 50
    assert tables[0] == tables[1]


def check_all(server: Server, actions: int, kills: int, seed: int) -> None:
    clients, folder = pulled(server, actions, kills, seed), server.folder
    assert sum(client.lost for client in clients) >= kills // 2
    assert sum(len(client.acknowledged) for client in clients) > actions // 4
    clients[3].do("last", "pause", {})
    before = views(clients)
    server.kill()
    check_log(folder, clients)
    check_day(folder)
    server.start()
    assert views(clients) == before
    code, said = server.end()
    assert "Traceback" not in said
    assert code == 130


def test_nothing_is_lost_when_the_server_is_killed_three_times(server: Server) -> None:
    check_all(server, 200, 3, seed=1)


@pytest.mark.slow
def test_nothing_is_lost_of_a_thousand_actions_when_the_server_is_killed_thirty_times(server: Server) -> None:
    check_all(server, 1_000, 30, seed=2)
