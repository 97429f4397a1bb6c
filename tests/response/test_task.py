"""The record of a task."""

from __future__ import annotations

from sim.log import TaskRow
from sim.region.position import Spot
from sim.response.task import COUNTED, Goal, Task
from sim.vocabulary import Outcome, Purpose, Verdict
from tests.response.conftest import Bench, line_region


def test_every_value_stands_in_the_column_of_its_name() -> None:
    unit = Bench(line_region()).fleet.units[0]
    verdicts = {verdict: 10 + i for i, verdict in enumerate(Verdict)}
    task = Task(
        7, unit, Goal(Purpose.INCIDENT, Spot((0,)), "P1", "s0"), 600.0, 12.5, sent=True, verdicts=verdicts,
        departed=603.0, arrived=616.0, released=640.0, returned=655.0, km=9.25, outcome=Outcome.DONE,
    )  # fmt: skip
    row = task.row(598.0)._asdict()
    spec = unit.spec
    assert {name: row[name] for name in TaskRow._fields[: -len(COUNTED)]} == {
        "task": 7, "purpose": Purpose.INCIDENT, "incident": "s0", "place": "P1", "unit": spec.name,
        "agency": spec.agency, "role": spec.role, "strength": spec.strength, "sent": 1, "reported": 598.0,
        "ordered": 600.0, "departed": 603.0, "arrived": 616.0, "released": 640.0, "returned": 655.0, "km": 9.25,
        "shortest_minutes": 12.5, "outcome": Outcome.DONE,
    }  # fmt: skip
    assert {str(verdict): verdicts[verdict] for verdict in COUNTED} == {
        name: row[name] for name in TaskRow._fields[-len(COUNTED) :]
    }
