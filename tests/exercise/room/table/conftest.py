"""A session in which everything that is hidden bears a mark, and disturbances of which the centre knows or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest

from sim.exercise.inject import EVERYBODY, Inject, InjectType, Party
from sim.exercise.room.lobby import Lobby
from sim.exercise.room.parts import Device, Visit
from sim.exercise.session.actions import Join, RoomRole
from sim.exercise.session.new import new_session
from sim.exercise.session.room import Room
from sim.experiment.execute import execute
from sim.experiment.store import Run
from tests.conftest import QUIET, small_scenario

INCIDENTS = (
    'incidents=[{kind: riot, onset: "09:40", place: "district 1", starters: 60},'
    '{kind: bomb_threat, onset: "10:20", place: "station T3.1/01"},'
    '{kind: landslide, onset: "10:20", place: "T2.1--T3.1"}]'
)
KNOWN, UNKNOWN, SLIDE = "s0", "s1", "s2"
BEFORE, LATER = 624.0, 626.0
"""Four minutes after the last two have begun, a sector post having sent its own; and when the centre knows of the one."""
TEXTS = ("title", "note", "expected_action", "objective", "learning_point", "decision", "condition", "controller",
         "observation")  # fmt: skip
"""Hidden fields that are texts."""


def hidden(seq: int, field: str) -> str:
    """Return the mark of a hidden field of an inject."""
    return f"hidden-{field}-{seq}-mark"


def inject(seq: int, group: tuple[Party, ...] = EVERYBODY, time: float | None = None) -> Inject:
    """Return an inject with a mark in every field."""
    base = Inject(
        seq, f"module-{seq}-mark", group, time, InjectType.INFORMATION, "telephone", f"sender-{seq}", f"to-{seq}", "",
        f"text-{seq}-mark", model_event="" if seq != 9 else "incident/s1/reported",
    )  # fmt: skip
    return replace(base, **{name: hidden(seq, name) for name in TEXTS})


INJECTS = (
    inject(1, time=430.0),
    inject(2, (Party.POLICE,), 582.0),
    inject(3, (Party.ARMY, Party.HEALTH), 590.0),
    inject(4, time=700.0),
    inject(5, (), 600.0),
    inject(6, (Party.COMMISSION,), 600.0),
    inject(7, (Party.SUPERVISOR, Party.POLICE), 600.0),
    inject(9, (Party.POLICE,)),
)


class WallClock:
    """A wall clock that stands until it is wound on."""

    def __init__(self) -> None:
        self.time = datetime(2024, 11, 27, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def wind(self, minutes: float) -> None:
        self.time += timedelta(minutes=minutes)


@pytest.fixture(scope="session")
def table_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A finished run of one day."""
    folder = tmp_path_factory.mktemp("table-run")
    more = ("run.replications=1", "run.workers=1", f"run.output='{folder}'")
    return execute(
        small_scenario("strategy=central_reserve", "region.forces.police=160", INCIDENTS, *QUIET, *more),
        command="simulate test",
    )


@pytest.fixture(scope="session")
def table_made(table_run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A session in which nothing has been done."""
    folder = tmp_path_factory.mktemp("table-sessions") / "made"
    new_session(folder, table_run, "central_reserve", 0, INJECTS, "simulate exercise new")
    return folder


@pytest.fixture
def wall() -> WallClock:
    return WallClock()


@pytest.fixture
def room(table_made: Path, tmp_path: Path, wall: WallClock) -> Iterator[Room]:
    """A room of it."""
    made = Room(copytree(table_made, tmp_path / "session"), wall)
    yield made
    made.log.close()


Joined = Callable[..., Visit]


@pytest.fixture
def join(room: Room) -> Joined:
    """Let a device join, and return its visit."""

    def joined(role: RoomRole, party: Party | None = None, label: str = "") -> Visit:
        name = f"d-{len(room.log.entries)}"
        room.do(Join(device=name, role=role, party=party, label=label), by="siaga", role=None)
        return Visit(Device(name, role, party, label), Lobby())

    return joined
