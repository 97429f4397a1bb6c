"""Two strategies that are the same in all but the name are the same in every number that is told of them."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiment.execute import execute
from sim.inference.compare import Comparison, compare
from tests.conftest import small_scenario

BUSY = (
    "disturbance.background.rate_per_station_hour=0.15",
    "run.replications=12",
    "run.workers=1",
    "run.resamples=200",
    "run.bound_days=12",
    "response.standard_minutes=6",
)
EQUAL = ("even_spread", "the_same")


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    scenario = small_scenario(*BUSY)
    (one,) = scenario.strategies
    twin = one.model_copy(update={"name": EQUAL[1], "title": "The same"})
    (other,) = small_scenario("strategy.reserves=[{base: POLRES, teams: 2, size: 6, vehicle: truck}]").strategies
    other = other.model_copy(update={"name": "another", "title": "Another"})
    both = scenario.model_copy(update={"strategies": (one, twin, other)})
    return compare(execute(both, out=tmp_path_factory.mktemp("equal"), command="simulate test"))


def test_two_equal_strategies_are_as_late_over_the_best_possible_as_each_other(comparison: Comparison) -> None:
    """Late responses over the fewest possible: the ratio of one strategy's to its twin's is 1, and surely so."""
    table = comparison.measures.set_index(["strategy", "measure"])
    one, other = (table.loc[name, "late_to_best"] for name in EQUAL)
    assert one["value"] > 1.0, "somebody is late who need not be"
    for column in ("value", "low", "high"):
        assert one[column] / other[column] == 1.0
    third = table.loc["another", "late_to_best"]
    assert third["value"] / one["value"] != 1.0, "and another strategy's is not"


def test_nothing_at_all_tells_two_equal_strategies_apart(comparison: Comparison) -> None:
    table = comparison.measures.set_index(["strategy", "measure"])
    one, other = (table.loc[name] for name in EQUAL)
    for column in ("value", "low", "high", "n"):
        np.testing.assert_array_equal(one[column].to_numpy(float), other[column].to_numpy(float))
    twin = comparison.differences[comparison.differences["strategy"] == EQUAL[1]].dropna(subset="difference")
    assert len(twin) > 50
    for column in ("difference", "low", "high", "low_all", "high_all"):
        assert (twin[column].dropna() == 0.0).all()
    third = comparison.differences[comparison.differences["strategy"] == "another"]
    assert (third["difference"].dropna() != 0.0).sum() > 20
