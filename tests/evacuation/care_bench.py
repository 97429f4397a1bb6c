"""Care on a clock of its own: four villages 10 minutes apart, stations 2 minutes from their middle.

Delays have no spread, so every time is reckoned by hand: an ambulance mobilises in 1 minute, loads in 8 and hands over
in 10; minor injuries are treated in 5. Everybody has delayed injuries and is sorted in no time unless a test says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sim.evacuation.casualties import Casualties
from sim.evacuation.casualty import Casualty
from sim.evacuation.plan import plan_evacuation
from sim.response.task import Task
from sim.triage import Triage
from sim.vocabulary import Purpose, Severity
from tests.response.conftest import Bench, Trouble, line_region

NEAR, FAR = {"base": "POLRES", "beds": 40}, {"base": "SEK-TIMUR", "beds": 40}
WEST, EAST = "ambulance/POLRES/1", "ambulance/SEK-TIMUR/1"
TIMES = {
    "injuries": {"yellow": {"immediate": 0, "delayed": 1}, "red": {"immediate": 0, "delayed": 1}},
    "staging_from": None,
    "triage_minutes": 0,
    "treat": {"mean_minutes": 5, "cv": 0},
    "load": {"mean_minutes": 8, "cv": 0},
    "handover": {"mean_minutes": 10, "cv": 0},
    "stay": {"mean_minutes": 240, "cv": 0},
}
NOBODY = {"police": 0, "stations": 4, "wardens": 8}
UNGUARDED = {"guards": {"rule": "pattern", "very_high": NOBODY, "high": NOBODY, "low": NOBODY}}


class Care(Bench):
    """The bench with ambulances, facilities and the injured."""

    def __init__(self, *vehicles: str | dict[str, Any], facilities: Sequence[dict[str, Any]] = (NEAR,), **times: Any):
        ambulances = [{"count": 1, "vehicle": "car", **({"base": v} if isinstance(v, str) else v)} for v in vehicles]
        care = {"ambulances": ambulances, "facilities": facilities, **TIMES, **times}
        super().__init__(line_region(), UNGUARDED, care=care)
        plan = plan_evacuation(self.scenario, self.gazetteer, self.network)
        self.casualties = Casualties(self.env, plan, self.posko, self.fleet, self.ledger, self.roads, self.streams)

    def known(self, station: int, identity: str = "s0", **need: int) -> Trouble:
        """Something that the operations centre knows of already."""
        trouble = self.trouble(station, identity, Severity.RED, **need)
        self.posko.open[identity] = trouble
        return trouble

    def hurt(self, trouble: Trouble, time: float = 420.0, triage: Triage = Triage.DELAYED) -> None:
        """Let somebody be hurt at a time, this badly."""

        def happen() -> None:
            self.casualties.hurt(trouble, Severity.RED)
            casualty, ways = self.casualties.all[-1], self.casualties.plan.ways
            casualty.triage, casualty.way = triage, ways.quickest(self.plan.spot(trouble.place), triage)

        self.at(time, happen)

    def run(self, until: float = 1500.0) -> list[Casualty]:
        self.env.run(until)
        return self.casualties.all


def errands(b: Bench, unit: str) -> list[Task]:
    return [task for task in b.ledger.tasks if task.unit.spec.name == unit and task.goal.purpose is Purpose.CASUALTY]


def times(casualty: Casualty) -> tuple[float, float, float]:
    return casualty.injured, casualty.collected, casualty.in_care
