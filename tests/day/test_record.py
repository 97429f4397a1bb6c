"""The tables of a log are those that rows, one by one, would give."""

from __future__ import annotations

from types import SimpleNamespace

from sim.day import Day
from sim.day.record import task_columns, unit_state_columns
from sim.log import TaskRow, columns, dtypes
from sim.region.position import Spot
from sim.response.task import COUNTED, Goal, Task
from sim.vocabulary import Outcome, Purpose, Verdict


def test_the_table_of_what_units_did_is_that_of_its_rows(day: Day) -> None:
    assert {name: len(column) for name, column in unit_state_columns(day.fleet).items()} == dict.fromkeys(
        dtypes("unit_states"), 0
    )
    day.finish()
    fleet = day.fleet
    rows = [(*fleet.units[unit].spec.record, *stretch) for unit, *stretch in fleet.stretches]
    assert len(rows) > len(fleet.units)
    for (name, column), (other, of_rows) in zip(
        unit_state_columns(fleet).items(), columns("unit_states", rows).items(), strict=True
    ):
        assert name == other and column.dtype == of_rows.dtype and column.tolist() == of_rows.tolist(), name


def test_every_value_of_a_task_stands_in_the_column_of_its_name(day: Day) -> None:
    unit, reported = day.fleet.units[1], {"s0": SimpleNamespace(times=SimpleNamespace(reported=598.0))}
    verdicts = {verdict: 10 + i for i, verdict in enumerate(Verdict)}
    done = Task(
        0, unit, Goal(Purpose.INCIDENT, Spot((0,)), "P1", "s0"), 600.0, 12.5, sent=True, verdicts=verdicts,
        departed=603.0, arrived=616.0, released=640.0, returned=655.0, km=9.25, outcome=Outcome.DONE,
    )  # fmt: skip
    day.ledger.tasks += [done, Task(1, unit, Goal(Purpose.BOXES, Spot((0,)), "P2"), 900.0, 0.0, sent=False)]
    table = task_columns(day.ledger, reported)  # type: ignore[arg-type]
    assert {name: column.dtype for name, column in table.items()} == dtypes("tasks")
    assert [*table] == [*TaskRow._fields]
    first, second = (dict(zip(table, row, strict=True)) for row in zip(*table.values(), strict=True))
    spec = unit.spec
    assert {name: first[name] for name in TaskRow._fields[: -len(COUNTED)]} == {
        "task": 0, "purpose": Purpose.INCIDENT, "incident": "s0", "place": "P1", "unit": spec.name,
        "agency": spec.agency, "role": spec.role, "strength": spec.strength, "sent": 1, "reported": 598.0,
        "ordered": 600.0, "departed": 603.0, "arrived": 616.0, "released": 640.0, "returned": 655.0, "km": 9.25,
        "shortest_minutes": 12.5, "outcome": Outcome.DONE,
    }  # fmt: skip
    assert {str(verdict): verdicts[verdict] for verdict in COUNTED} == {
        name: first[name] for name in TaskRow._fields[-len(COUNTED) :]
    }
    assert (second["task"], second["sent"], second["outcome"]) == (1, 0, Outcome.DAY_END)
    assert all(second[name] != second[name] for name in ("reported", "departed", "arrived", "released", "returned"))
    assert not any(second[str(verdict)] for verdict in COUNTED)


def test_a_day_without_tasks_has_their_columns(day: Day) -> None:
    table = task_columns(day.ledger, {})
    assert {name: (column.dtype, len(column)) for name, column in table.items()} == {
        name: (kind, 0) for name, kind in dtypes("tasks").items()
    }
