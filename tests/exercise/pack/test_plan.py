"""The plan in force as a table: who waits where, from which severity on they are sent, and who may call them."""

from __future__ import annotations

from sim.config.compose import load
from sim.day.world import prepare
from sim.exercise.pack.paper import Table
from sim.exercise.pack.plan import plan_in_short

ARMY = "{{base: KODIM-0409, agency: army, teams: 1, size: 30, vehicle: truck, from_severity: {}, request_delay: 20{}}}"


def waiting(*attached: str) -> list[dict[str, str]]:
    """The rows of the army, by heading."""
    world = prepare(load("calm_day", ["strategy=forward_reserve", f"response.attached=[{', '.join(attached)}]"]))
    table = plan_in_short(world, "forward_reserve")[-1]
    assert isinstance(table, Table)
    rows = [dict(zip(table.head, row, strict=True)) for row in table.rows]
    return [row for row in rows if row["agency"] == "army"]


def test_it_says_who_may_call_those_who_wait() -> None:
    for called_by, said in (
        ("", "operations centre"),
        (", called_by: [sector]", "sector post"),
        (", called_by: [sector, posko]", "sector post, operations centre"),
    ):
        (army,) = waiting(ARMY.format("red", called_by))
        assert (army["sent from"], army["called by"]) == ("red", said)


def test_teams_that_are_called_otherwise_stand_in_lines_of_their_own() -> None:
    found = waiting(ARMY.format("red", ""), ARMY.format("yellow", ""), ARMY.format("yellow", ", called_by: [sector]"))
    assert [(row["teams"], row["sent from"], row["called by"]) for row in found] == [
        ("1", "red", "operations centre"), ("1", "yellow", "operations centre"), ("1", "yellow", "sector post"),
    ]  # fmt: skip
