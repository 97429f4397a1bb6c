"""Two strategies that are the same but for their name have the same days, and are equally near to the best possible."""

from __future__ import annotations

import numpy as np

from sim.day import draw_day, simulate_day
from sim.day.world import prepare
from tests.conftest import small_scenario


def test_equal_plans_have_equal_days_and_a_ratio_of_one_to_each_other() -> None:
    scenario = small_scenario("disturbance.background.rate_per_station_hour=0.05", "run.bound_days=1000")
    (one,) = scenario.strategies
    twin = one.model_copy(update={"name": "twin"})
    world = prepare(scenario.model_copy(update={"strategies": (one, twin)}))
    late = best = 0
    for number in range(5):
        draws = draw_day(world, number, again=True)
        first, second = (simulate_day(world, name, number, draws) for name in world.responses)
        assert first.strategy != second.strategy
        for table, columns in first.tables.items():
            for name, values in columns.items():
                others = second.tables[table][name]
                assert np.array_equal(values, others, equal_nan=values.dtype.kind == "f"), (table, name)
        late += int(first.tables["bounds"]["late"][0])
        best += int(first.tables["bounds"]["best_late"][0])
    assert late >= best > 0
