"""A made-up place for disturbances on a bare clock: forty-five stations in nine villages on a line, 2 km apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from sim.config.disturbance import DisturbanceSettings
from sim.config.kinds import Kind
from sim.config.packaged import CONF
from sim.config.source import read_yaml
from sim.disturbance.conditioned import Conditioned
from sim.disturbance.incident import Hooks, Incident
from sim.disturbance.plan import DisturbancePlan
from sim.disturbance.scripted import Scripted
from sim.disturbance.sources.source import BoxesNow
from sim.disturbance.start import Start
from sim.disturbance.surroundings import Surroundings
from sim.region.place import AreaPlace, BasePlace, RoadPlace, StationPlace
from sim.region.plausible import KM_PER_DEGREE
from sim.vocabulary import Severity

WAITING, OPEN, CLOSE, END = 390.0, 420.0, 780.0, 1800.0
VILLAGES, PER_VILLAGE, APART_KM = 9, 5, 2.0
PER_STATION = 400
CLASSES = np.array([0] * 30 + [1] * 10 + [2] * 5, dtype=np.int8)
NODES = np.repeat(np.arange(VILLAGES), PER_VILLAGE)
PLACES = tuple(
    StationPlace(i, f"S{i}", f"Station {i}", int(node), 0.5, int(node) // 5) for i, node in enumerate(NODES.tolist())
)
VILLAGE_TWO = AreaPlace("V2", "Village 2", 2, (2,), tuple(range(10, 15)), 0)
OFFICES = (BasePlace(0, "KPU", "Commission", 0, 0), BasePlace(1, "OFFICE-1", "District office", 5, 1))
ROAD = RoadPlace(2, "V2--V3", "Village 2 - Village 3", (2, 3), 0)
KINDS = {file.stem: Kind.model_validate(read_yaml(file)) for file in sorted((CONF / "kinds").glob("*.yaml"))}
SETTINGS = DisturbanceSettings.model_validate(read_yaml(CONF / "disturbance" / "default.yaml"))


def bare_plan(
    *,
    scripted: Iterable[Scripted] = (),
    conditions: Iterable[Conditioned] = (),
    background: dict[str, object] | None = None,
    **spread: float,
) -> DisturbancePlan:
    """Return the packaged disturbances at the made-up place, some numbers of the hazard and the spread changed."""
    hazard = SETTINGS.background.model_validate(SETTINGS.background.model_dump() | (background or {}))
    return DisturbancePlan(
        kinds=KINDS,
        scripted=tuple(scripted),
        conditions=tuple(conditions),
        background=hazard,
        spread=SETTINGS.spread.model_copy(update=spread),
        noticed_from=0.1,
        deterred_reach_km=SETTINGS.deterred_reach_km,
        all_clear_minutes=SETTINGS.all_clear_minutes,
        waiting_from=WAITING,
        open=OPEN,
        close=CLOSE,
        end=END,
        stations=PLACES,
        offices=OFFICES,
        roads=(ROAD,),
        villages=(VILLAGE_TWO,),
        node=NODES,
        district=NODES // 5,
        weight=np.asarray(hazard.vulnerability_weight.as_tuple)[CLASSES],
        km=np.abs(np.subtract.outer(np.arange(VILLAGES), np.arange(VILLAGES))) * APART_KM,
        at=np.column_stack((np.zeros(VILLAGES), np.arange(VILLAGES) * APART_KM / KM_PER_DEGREE)),
        voters=np.full(VILLAGES, PER_VILLAGE * PER_STATION),
    )


def nobody_around() -> Surroundings:
    """Return surroundings in which nobody lives."""
    none = np.zeros(VILLAGES)
    return Surroundings(
        VILLAGE_TWO, none.astype(np.int64), np.zeros(0, dtype=np.int64), none, none, lambda: none.astype(np.bool_)
    )


@dataclass
class Answers:
    """Stations that say the same of each: so many people, so much strength; boxes on a road, with so many officers.

    The line of a late opening is ``line`` people long; so many officers stand guard at an office.
    """

    people: int = 100
    officers: float = 0.0
    with_boxes: float | None = None
    line: int = 0
    at_office: dict[str, int] = field(default_factory=dict)

    def crowd(self, station: int) -> int:
        return self.people

    def strength(self, station: int) -> float:
        return self.officers

    def boxes(self, station: int) -> BoxesNow | None:
        return None if self.with_boxes is None else BoxesNow(ROAD, self.with_boxes)

    def late_line(self, station: int) -> int:
        return self.line

    def guards(self, office: str) -> int:
        return self.at_office.get(office, 0)


@dataclass
class Heard:
    """Notes what an incident tells the day, and may act on it."""

    severities: list[Severity] = field(default_factory=list)
    news: list[tuple[float, Severity]] = field(default_factory=list)
    changes: list[tuple[float, bool]] = field(default_factory=list)
    injuries: int = 0
    ended: int = 0
    on_severity: Callable[[Incident], None] | None = None

    def hooks(self) -> Hooks:
        def severity(incident: Incident) -> None:
            self.severities.append(incident.severity)
            if self.on_severity is not None:
                self.on_severity(incident)

        def injury(_: Incident, __: int | None) -> None:
            self.injuries += 1

        def changed(incident: Incident) -> None:
            self.changes.append((float(incident.env.now), incident.eased))

        def ended(_: Incident) -> None:
            self.ended += 1

        def news(incident: Incident) -> None:
            self.news.append((float(incident.env.now), incident.severity))

        return Hooks(severity, news, injury, changed, ended)


@dataclass
class Begun:
    """Notes the starts that a source brings, and when."""

    now: Callable[[], float]
    starts: list[tuple[float, Start]] = field(default_factory=list)

    def __call__(self, start: Start) -> None:
        self.starts.append((self.now(), start))
