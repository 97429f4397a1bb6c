"""A small session: a riot in the small regency, a list of four injects, and a wall clock that the test winds on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest

from sim.exercise.inject import EVERYBODY, Inject, InjectType, Party
from sim.exercise.session.new import new_session
from sim.exercise.session.room import Room
from sim.experiment.execute import execute
from sim.experiment.store import Run
from tests.conftest import QUIET, small_scenario

RIOT = 'incidents=[{kind: riot, onset: "09:40", place: "district 1", starters: 30}]'
ONSET = 580.0


def inject(seq: int, time: float | None = None, **more: object) -> Inject:
    """Return an inject to the whole table, unless said otherwise."""
    what: dict[str, object] = {
        "seq": seq, "module": "1", "group": EVERYBODY, "time": time, "type": InjectType.INFORMATION,
        "delivery": "spoken", "sender": "control", "recipient": "centre", "title": f"title {seq}",
        "text": f"text {seq}",
    }  # fmt: skip
    return Inject(**(what | more))  # type: ignore[arg-type]


INJECTS = (
    inject(1, 430.0, type=InjectType.ADMIN),
    inject(2, ONSET + 1, type=InjectType.EVENT, group=(Party.POLICE,), model_event="incident/s0/reported"),
    inject(3, 600.0, type=InjectType.MEDIA),
    inject(4, None, type=InjectType.CONTINGENCY, condition="if nobody asks for the army"),
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
def played(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A finished run of two days."""
    folder = tmp_path_factory.mktemp("played")
    more = ("run.replications=2", "run.workers=1", f"run.output='{folder}'")
    return execute(
        small_scenario("strategy=central_reserve", "region.forces.police=160", RIOT, *QUIET, *more),
        command="simulate test",
    )


@pytest.fixture(scope="session")
def made(played: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A session in which nothing has been done."""
    folder = tmp_path_factory.mktemp("sessions") / "made"
    new_session(folder, played, "central_reserve", 0, INJECTS, "simulate exercise new")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to be played."""
    return copytree(made, tmp_path / "session")


@pytest.fixture
def wall() -> WallClock:
    return WallClock()


@pytest.fixture
def opened(wall: WallClock) -> Iterator[Callable[[Path], Room]]:
    """Open rooms, which are closed at the end."""
    rooms: list[Room] = []

    def open_room(folder: Path) -> Room:
        rooms.append(Room(folder, wall))
        return rooms[-1]

    yield open_room
    for room in rooms:
        room.log.close()


@pytest.fixture
def room(folder: Path, opened: Callable[[Path], Room]) -> Room:
    return opened(folder)
