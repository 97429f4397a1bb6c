"""A day with something of every kind in the small regency, and one in which a run's riot is played."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pytest

from sim.config.kinds import Kind
from sim.day.day import Day
from sim.day.draws import DayDraws, draw_day
from sim.day.world import World, prepare
from sim.exercise.pack.events import ModelEvent, OfIncident, events_of
from sim.exercise.pack.seen import What, seen_of
from sim.experiment.execute import execute
from sim.experiment.store import Run
from sim.log import DayLog
from sim.vocabulary import PlaceKind
from tests.conftest import QUIET, small_scenario

SECRET = "Kepiting Merah"
RIOT = (
    'incidents=[{kind: riot, onset: "09:40", place: "district 1", starters: 30, followers: 1},'
    '{kind: bomb_threat, onset: "11:10", place: "Pasar Timur"}]'
)
CLOSURE = 'closures=[{between: [T1.1, T2.1], closed_at: "08:20", reopened_at: "11:30"}]'
SLOW = 'slow_stretches=[{between: [T1.1, T1.2], factor: 0.5, from_time: "07:30", to_time: "12:00"}]'
TROUBLES = (
    'troubles=[{what: late_opening, place: Pasar Timur, opens_at: "09:00"},'
    "{what: short_ballots, place: Pasar Barat, ballots: 120}]"
)
PLACES = {
    PlaceKind.STATION: "T2.1",
    PlaceKind.AREA: "T2.2",
    PlaceKind.BASE: "KPU",
    PlaceKind.ROAD: "T1.1 - T2.1",
}


class Watched:
    """A day that was played, with what happened on it."""

    def __init__(self, world: World, replication: int = 0) -> None:
        self.world, self.replication = world, replication
        self.strategy = world.scenario.strategies[0].name
        self.draws: DayDraws = draw_day(world, replication)
        self.day = self.fresh()
        self.log: DayLog = self.day.run()
        self.events: list[ModelEvent] = events_of(seen_of(self.day, self.draws.troubles), world)

    def fresh(self) -> Day:
        """The same day, not yet played."""
        return Day(self.world, self.strategy, self.replication, self.draws)


def of_kind(name: str, kind: Kind, onset: str = "09:00") -> Watched:
    """The first day on which a disturbance of one kind is reported while it goes on; it is wherever it can be."""
    where = ", ".join(f'{{kind: {name}, onset: "{onset}", place: {PLACES[place]}}}' for place in kind.places)
    world = prepare(small_scenario(f"incidents=[{where}]", *QUIET))
    days = (Watched(world, replication) for replication in range(10))
    return next(day for day in days if any(_goes_on(event) for event in day.events))


def _goes_on(event: ModelEvent) -> bool:
    """Whether it is the report of what is not over yet."""
    return event.what is What.REPORTED and isinstance(event.facts, OfIncident) and not event.facts.over


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run of the riot, six days under one strategy."""
    overrides = (RIOT, CLOSURE, SLOW, TROUBLES, f"title={SECRET}", f"description={SECRET} in detail")
    output = f"run.output='{tmp_path_factory.mktemp('runs')}'"
    return execute(small_scenario(*overrides, "run.replications=6", "run.workers=1", output))


@pytest.fixture(scope="session")
def busy() -> Watched:
    """A day of the riot with troubles, a closed road and a slow one."""
    return Watched(prepare(small_scenario(RIOT, CLOSURE, SLOW, TROUBLES, *QUIET)))


def all_bytes(file: Path) -> str:
    """All that stands in a file, unpacked, as text; pictures, in whose bytes anything stands by chance, left out."""
    if file.suffix in (".docx", ".xlsx"):
        with ZipFile(file) as archive:
            parts = [archive.read(name) for name in archive.namelist() if not name.endswith((".png", ".jpeg"))]
        return "\n".join(part.decode("utf-8") for part in parts)
    return re.sub(r"data:image/png;base64,[A-Za-z0-9+/=]*", "data:", file.read_text(encoding="utf-8"))
