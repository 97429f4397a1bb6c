"""What a task tells of itself while it is under way."""

from __future__ import annotations

import pytest

from sim.region.position import Spot
from sim.response.task import Goal, Task
from sim.vocabulary import Purpose
from tests.response.conftest import Bench, line_region

RESERVE = {"reserves": [{"base": "POLRES", "teams": 1, "size": 12, "vehicle": "car"}]}


def test_its_kilometres_are_those_of_trips_that_are_over_and_of_the_one_under_way() -> None:
    bench = Bench(line_region(), RESERVE)

    def there(task: Task, arrived: bool) -> None:
        assert arrived and task.journey is None

    unit = bench.unit("reserve/POLRES/1")
    task = bench.ledger.set_off(unit, bench.fleet.position(unit), Goal(Purpose.BOXES, Spot((2,)), "V2"), there)
    task.km = 1.0
    found = []
    for minutes in (5.0, 12.0, 30.0):
        bench.env.run(420.0 + minutes)
        found.append(task.km_by_now())
    assert found == pytest.approx([1.0 + 3.0, 1.0 + 7.2, 1.0 + 12.0])
