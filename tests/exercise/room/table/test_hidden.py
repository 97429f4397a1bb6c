"""Nothing hidden is in any byte that a device of the table gets: every page, part, refusal and event is read."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from sim.exercise.inject import HIDDEN, Inject, Party
from sim.exercise.room.app import Desk, make_app
from sim.exercise.room.lobby import Lobby
from sim.exercise.room.parts import HOMES, Device
from sim.exercise.room.register import registered
from sim.exercise.session.actions import (
    Add,
    Answer,
    Ask,
    Decide,
    Decline,
    Deliver,
    Find,
    FindingKind,
    Hold,
    Improve,
    Join,
    Jump,
    Note,
    Observe,
    Option,
    Overrule,
    Propose,
    Rate,
    Rating,
    RoomRole,
    Run,
    Skip,
)
from sim.exercise.session.orders import Lever, Order
from sim.exercise.session.room import Room
from sim.words.language import Language
from tests.exercise.room.conftest import TestClient
from tests.exercise.room.table.conftest import BEFORE, INJECTS, TEXTS, UNKNOWN, hidden, inject

F = RoomRole.FACILITATOR
BASE = "http://127.0.0.1:8765"
GIVEN = (1, 2, 3, 6, 7)
CONTROL = (
    "note-of-control-mark", "why-held-mark", "why-skipped-mark", "finding-mark", "reference-mark", "analysis-mark",
    "improve-mark", "owner-mark", "option-not-shown-mark", "fault-mark", "ruling-of-a-question-not-shown-mark",
    "text-of-none-mark",
)  # fmt: skip
"""What the control team alone has written."""
UNHEARD = ("Bomb threat", "Ancaman bom", "Landslide", "Tanah longsor", f'"{UNKNOWN}"', '"s2"')
"""What would tell of a disturbance that the centre does not know of."""


@pytest.fixture
def full(room: Room) -> Room:
    """A room in which everything has been done that leaves a mark."""

    def do(action: object, by: str = "console", role: RoomRole | None = F) -> int:
        return room.do(action, by=by, role=role).seq

    for name, role, party in (
        ("d-police", RoomRole.PLAYER, Party.POLICE), ("d-army", RoomRole.PLAYER, Party.ARMY),
        ("d-supervisor", RoomRole.PLAYER, Party.SUPERVISOR), ("d-commission", RoomRole.PLAYER, Party.COMMISSION),
        ("d-evaluator", RoomRole.EVALUATOR, None), ("d-other", RoomRole.EVALUATOR, None),
        ("d-screen", RoomRole.PROJECTOR, None), ("console", F, None),
    ):  # fmt: skip
        do(Join(device=name, role=role, party=party, label=f"label-{name}"), "siaga", None)
    do(Jump(to=BEFORE))
    do(Add(inject=inject(8, ())))
    for seq in GIVEN:
        do(Deliver(inject=seq))
    do(Hold(inject=4, why="why-held-mark"))
    do(Skip(inject=5, why="why-skipped-mark"))
    do(Note(text="note-of-control-mark", inject=1))
    do(Find(kind=FindingKind.STRENGTH, text="finding-mark", reference="reference-mark", analysis="analysis-mark"))
    do(Improve(action="improve-mark", owner="owner-mark"))
    do(Rate(inject=1, rating=Rating.M, text="rating-of-evaluator-mark"), "d-evaluator", RoomRole.EVALUATOR)
    do(Observe(text="seen-by-evaluator-mark"), "d-evaluator", RoomRole.EVALUATOR)
    do(Rate(inject=1, rating=Rating.U, text="rating-of-other-mark"), "d-other", RoomRole.EVALUATOR)
    do(Observe(text="seen-by-other-mark", inject=1), "d-other", RoomRole.EVALUATOR)
    question = do(Ask(options=(Option(title="option-not-shown-mark"),), focus=UNKNOWN))
    do(Answer(question=question, fault="fault-mark"), "siaga", None)
    do(Overrule(text="ruling-of-a-question-not-shown-mark", question=question))
    do(Overrule(text="ruling-to-police-mark", inject=2))
    do(Propose(text="asked-by-police-mark"), "d-police", RoomRole.PLAYER)
    asked = do(Propose(text="asked-by-army-mark"), "d-army", RoomRole.PLAYER)
    do(Decline(proposal=asked, why="why-declined-mark"))
    do(Decide(text="decided-in-the-open", orders=(Order(lever=Lever.CLOSE_STATION, station="T1.1/01"),)))
    do(Run(speed=1.0))
    return room


def said_to(device: str, room: Room) -> str:
    """Return every byte of every answer that a device can get, as text."""
    pages, parts = registered()
    desk = Desk(room, Lobby(address=BASE, open=True), pages, parts)
    app = make_app(desk, frozenset({"127.0.0.1"}))
    joined = room.state.devices[device]
    found = []
    with TestClient(app, base_url=BASE, raise_server_exceptions=False) as client:
        cookies = {desk.doors.cookie: desk.doors.sealed(device)}
        for language in Language:
            headers = {"cookie": "; ".join(f"{k}={v}" for k, v in {**cookies, "language": language}.items())}
            for path in paths([part.name for part in parts]):
                got = client.get(path, headers=headers, follow_redirects=False)
                assert got.status_code < 500
                found.append(f"{got.headers}\n{got.text}")
            for path, form in posts(HOMES[joined.role]):
                got = client.post(path, data=form, headers={**headers, "origin": BASE}, follow_redirects=False)
                assert got.status_code < 500, (path, got.text)
                found.append(f"{got.headers}\n{got.text}")
    with ThreadPoolExecutor(1) as apart:  # a browser of other tests may have a loop of its own in this thread
        return "\n".join([*found, apart.submit(lambda: asyncio.run(streamed(desk, room, joined))).result()])


def paths(parts: list[str]) -> Iterator[str]:
    yield from ("/", "/nothing", "/static/table.js", "/console/guess")
    for home in HOMES.values():
        yield home
        for part in [*parts, "nothing"]:
            yield f"{home}/part/{part}"
            yield f"{home}/part/{part}?seq=1&inject=9&question=1"


def posts(home: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Return what a curious device might send: of injects it has not got, things that are not there, and others' work."""
    for number in (4, 5, 9, 3, 99):
        yield f"{home}/do/acknowledge", {"inject": str(number)}
        yield f"{home}/do/propose", {"inject": str(number), "text": "curious"}
        yield f"{home}/do/rate", {"inject": str(number), "rating": "X"}
        yield f"{home}/do/deliver", {"inject": str(number)}
    yield f"{home}/do/propose", {"lever": "send", "unit": "nobody", "incident": UNKNOWN}
    yield f"{home}/do/propose", {"lever": "nothing"}
    yield f"{home}/do/nothing", {}
    yield "/join", {"pin": "000000", "role": "player", "party": "police"}


async def streamed(desk: Desk, room: Room, joined: Join) -> str:
    """Return what the stream of events tells while something hidden is done."""
    told: list[str] = []

    async def listen() -> None:
        device = Device(joined.device, joined.role, joined.party, joined.label)
        async for event in desk.hub.events(device):
            told.append(event)
            if len(told) > 4:
                return

    task = asyncio.create_task(listen())
    for number in range(6):
        await asyncio.sleep(0.06)
        room.do(Note(text=f"note-of-control-mark {number}", inject=4), by="console", role=F)
        desk.hub.tick()
        desk.hub.due()
    await asyncio.wait_for(task, 5)
    assert any("event: changed" in one for one in told)
    return "".join(told)


def hidden_of(injects: tuple[Inject, ...], *allowed: str) -> list[str]:
    return [hidden(one.seq, name) for one in injects for name in TEXTS if name not in allowed]


def missing(text: str, marks: list[str]) -> list[str]:
    return [mark for mark in marks if mark in text]


def secrets(room: Room, *allowed: str) -> list[str]:
    return [value for name, value in room.secret.model_dump().items() if name not in allowed]


def others(*own: int) -> list[str]:
    return [f"text-{one.seq}-mark" for one in INJECTS if one.seq not in own]


OBSERVED = [
    "rating-of-evaluator-mark", "seen-by-evaluator-mark", "rating-of-other-mark", "seen-by-other-mark",
]  # fmt: skip
PLAYERS: dict[str, tuple[tuple[int, ...], list[str]]] = {
    "d-police": ((1, 2, 7), ["asked-by-army-mark", "why-declined-mark"]),
    "d-army": ((1, 3), ["asked-by-police-mark", "ruling-to-police-mark"]),
    "d-supervisor": ((1, 7), ["asked-by-army-mark", "asked-by-police-mark", "ruling-to-police-mark"]),
    "d-commission": ((1, 6), ["asked-by-army-mark", "asked-by-police-mark", "ruling-to-police-mark"]),
    "d-screen": ((1,), ["asked-by-army-mark", "asked-by-police-mark", "ruling-to-police-mark", "why-declined-mark"]),
}
"""Which messages each has been given, and what of others' it must not get."""


def test_the_marks_cover_every_hidden_column_that_is_a_text() -> None:
    texts = {name for name in HIDDEN if isinstance(getattr(INJECTS[0], name), str) and name not in ("status",)}
    assert texts - {"model_event"} == set(TEXTS)


@pytest.mark.parametrize("device", PLAYERS)
def test_nothing_hidden_reaches_a_player_or_the_projector(full: Room, device: str) -> None:
    own, not_theirs = PLAYERS[device]
    text = said_to(device, full)
    for seq in own:
        assert f"text-{seq}-mark" in text  # what they are given is there, so that the search is worth something
    marks = [
        *hidden_of((*INJECTS, inject(8))), *others(*own), "module-", *CONTROL, *OBSERVED, *UNHEARD, *not_theirs,
        *secrets(full, *(["players"] if device == "d-screen" else [])), "incident/s1", str(full.folder),
    ]  # fmt: skip
    assert missing(text, marks) == []


def test_an_evaluator_gets_what_the_guide_says_of_what_was_given_and_no_more(full: Room) -> None:
    text = said_to("d-evaluator", full)
    given = tuple(one for one in INJECTS if one.seq in GIVEN)
    for one in given:
        for name in ("title", "expected_action", "objective"):
            assert hidden(one.seq, name) in text
    assert "rating-of-evaluator-mark" in text
    waiting = tuple(one for one in INJECTS if one.seq not in GIVEN)
    marks = [
        *hidden_of(given, "title", "expected_action", "objective"), *hidden_of(waiting), *others(*GIVEN),
        *CONTROL, *UNHEARD, "rating-of-other-mark", "seen-by-other-mark", "asked-by-army-mark",
        *secrets(full), str(full.folder),
    ]  # fmt: skip
    assert missing(text, marks) == []


def test_what_a_player_asks_in_vain_is_as_if_there_were_no_such_inject(full: Room) -> None:
    pages, parts = registered()
    desk = Desk(full, Lobby(), pages, parts)
    app = make_app(desk, frozenset({"127.0.0.1"}))
    with TestClient(app, base_url=BASE) as client:
        headers = {"cookie": f"{desk.doors.cookie}={desk.doors.sealed('d-army')}", "origin": BASE}
        answers: dict[int, Any] = {
            number: client.post("/play/do/acknowledge", data={"inject": number}, headers=headers)
            for number in (2, 4, 99)
        }
    assert {got.status_code for got in answers.values()} == {422}
    assert len({got.text.replace(str(number), "N") for number, got in answers.items()}) == 1


def test_the_map_of_a_player_is_plain_data_without_a_word_of_what_is_unknown(full: Room) -> None:
    pages, parts = registered()
    desk = Desk(full, Lobby(), pages, parts)
    with TestClient(make_app(desk, frozenset({"127.0.0.1"})), base_url=BASE) as client:
        headers = {"cookie": f"{desk.doors.cookie}={desk.doors.sealed('d-police')}"}
        found = json.loads(client.get("/play/part/map", headers=headers).text)
    assert set(found) == {"time", "clock", "speed", "incidents", "units", "stations", "roads"}
    assert [one["id"] for one in found["incidents"]] == ["s0"]
    assert set(found["incidents"][0]) == {"id", "what", "where", "x", "y", "severity", "officers", "since"}
