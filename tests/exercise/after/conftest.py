"""A session that has been played: ratings, decisions, a question, a line that was left, findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copytree

import pytest

from sim.day.draws import draw_trunk
from sim.exercise.after.read import Played, read_session
from sim.exercise.futures.play import Future, play_future
from sim.exercise.futures.question import Question
from sim.exercise.inject import InjectType, Party
from sim.exercise.session.actions import (
    Acknowledge,
    Ask,
    Back,
    Decide,
    Decline,
    Deliver,
    End,
    Find,
    FindingKind,
    GoTo,
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
    Skip,
)
from sim.exercise.session.entry import Entry
from sim.exercise.session.new import new_session
from sim.exercise.session.orders import Lever, Order
from sim.exercise.session.room import Room
from sim.experiment.store import Run
from tests.exercise.session.conftest import ONSET, WallClock, inject, opened, played, wall

__all__ = ["opened", "played", "wall"]

RESERVE, VOICE = "Bring the reserve in time", "Speak with one voice"
INJECTS = (
    inject(1, 430.0, type=InjectType.ADMIN),
    inject(
        2, 640.0, type=InjectType.EVENT, group=(Party.POLICE,), model_event="incident/s0/reported", objective=RESERVE,
        expected_action="send the reserve",
    ),
    inject(3, 600.0, type=InjectType.MEDIA, objective=VOICE, expected_action="one spokesman"),
    inject(4, None, type=InjectType.CONTINGENCY, condition="if nobody asks for the army", objective=RESERVE),
    inject(5, 620.0, type=InjectType.SOCIAL, objective=VOICE),
)  # fmt: skip
F, P, E = RoomRole.FACILITATOR, RoomRole.PLAYER, RoomRole.EVALUATOR


@dataclass
class Hands:
    """Whoever does something in a room."""

    room: Room
    wall: WallClock
    did: list[Entry] = field(default_factory=list)

    def __call__(self, action: object, by: str = "chief", role: RoomRole | None = F) -> Entry:
        self.wall.wind(0.5)
        self.did.append(self.room.do(action, by=by, role=role))
        return self.did[-1]

    def join(self, device: str, role: RoomRole, party: Party | None = None, label: str = "") -> None:
        self(Join(device=device, role=role, party=party, label=label), "siaga", None)

    @property
    def units(self) -> list[str]:
        return [unit.name for unit in self.room.picture().units]

    @property
    def reserve(self) -> list[str]:
        return [name for name in self.units if name.startswith("reserve")]


def hold_back(*units: str) -> tuple[Order, ...]:
    return tuple(Order(lever=Lever.HOLD, unit=unit) for unit in units)


def play_whole(do: Hands) -> None:
    """Play an exercise in which everything happens that a report tells of."""
    do.join("chief", F, label="control")
    do.join("a", P, Party.POLICE, "Police table")
    do.join("b", P, Party.COMMISSION)
    do.join("x", E, label="Evaluator 1")
    do.join("y", E)
    do(Jump(to=431.0))
    do(Deliver(inject=1))
    do(Jump(to=ONSET + 10))
    assert do.room.statuses()[2] == "due"
    do(Deliver(inject=2))
    do(Acknowledge(inject=2), "a", P)
    asked = do(Propose(text="send the reserve", inject=2), "a", P)
    refused = do(Propose(text="close the station"), "b", P)
    question = do(Ask(options=(Option(title="hold it", orders=hold_back(*do.reserve)),), inject=2))
    do(
        Decide(
            text="The reserve waits", who="chief of operations", why="wait and see", orders=hold_back(*do.reserve),
            inject=2, proposal=asked.seq, question=question.seq,
        )
    )  # fmt: skip
    do(Decline(proposal=refused.seq, why="voting goes on"))
    do(Overrule(text="The army is an hour late", why="a bridge is down", question=question.seq))
    do(Jump(to=605.0))
    do(Deliver(inject=3))
    do(Decide(text="Only the chairman speaks", who="commission", inject=3))
    do(Hold(inject=4, why="not needed yet"))
    do(Skip(inject=5, why="no time left"))
    do(Rate(inject=2, rating=Rating.U), "x", E)
    do(Rate(inject=2, rating=Rating.M, text="nobody asked for numbers"), "x", E)
    do(Rate(inject=2, rating=Rating.S), "y", E)
    do(Observe(text="the map was not kept", inject=2), "x", E)
    do(Observe(text="the room was loud"), "y", E)
    do(Note(text="shorten it", inject=3))
    do(Jump(to=650.0))
    found = do(Find(kind=FindingKind.IMPROVE, text="no limit in time", reference="order 4", analysis="nobody owned it"))
    do(Find(kind=FindingKind.STRENGTH, text="they spoke first"))
    do(Improve(action="write a limit", owner="operations", start="1 Dec", due="15 Jan", finding=found.seq))


@pytest.fixture(scope="session")
def made_for_report(played: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A session in which nothing has been done."""
    folder = tmp_path_factory.mktemp("after") / "made"
    new_session(folder, played, "central_reserve", 0, INJECTS, "simulate exercise new")
    return folder


@pytest.fixture
def begun(
    made_for_report: Path, tmp_path: Path, opened: Callable[[Path], Room], wall: WallClock
) -> Callable[..., Hands]:
    """Open rooms of the session by name, each in a folder of its own."""

    def begin(name: str = "one") -> Hands:
        return Hands(opened(copytree(made_for_report, tmp_path / name)), wall)

    return begin


@pytest.fixture(scope="session")
def whole_folder(made_for_report: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A session that was played whole, went back once, came again to its first line, and ended."""
    folder = copytree(made_for_report, tmp_path_factory.mktemp("whole") / "whole")
    clock = WallClock()
    do = Hands(Room(folder, clock), clock)
    play_whole(do)
    do(Back(to=ONSET + 10, name="at once"))
    do(Decide(text="Hold one", who="chief", orders=hold_back(do.reserve[0])))
    do(Jump(to=640.0))
    do(GoTo(line=0))
    do(End())
    do.room.close()
    return folder


@pytest.fixture
def whole(whole_folder: Path) -> Played:
    return read_session(whole_folder)


Player = Callable[[Question], Sequence[Future]]


def player(session: Played) -> Player:
    """Return what plays futures in this process, one after another."""
    trunk = draw_trunk(session.world, session.about.day)
    return lambda question: [play_future(session.world, trunk, question, k) for k in range(1, question.futures + 1)]
