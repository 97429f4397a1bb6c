"""The tables of a log are those that rows, one by one, would give."""

from __future__ import annotations

from sim.day import Day
from sim.day.record import unit_state_columns
from sim.log import columns, dtypes


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
