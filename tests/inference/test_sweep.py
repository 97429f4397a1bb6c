"""A sweep from a notebook: one tidy row a trial, nothing played twice, mistakes before the first day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import sim
from sim.errors import UserError
from sim.experiment.execute import execute
from sim.experiment.store import read
from sim.inference import sweep as sweeping
from sim.inference.sweep import sweep
from tests.conftest import SMALL

FEW = (*SMALL, "strategy=even_spread", "run.replications=2", "run.workers=1", "run.resamples=100", "run.bound_days=0")
MEASURES = ["votes_lost", "mean_wait", "coverage_over_day"]
AXES = {"weather": ["dry", "heavy_rain"], "voting.turnout_share": [0.6, 0.8]}


def swept(out: Path, axes: Any = None, **more: Any) -> Any:
    settings: dict[str, Any] = {"base": "calm_day", "overrides": FEW, "out": out, "measures": MEASURES, **more}
    return sweep(AXES if axes is None else axes, **settings)


def test_each_trial_is_a_row_and_nothing_is_played_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = swept(tmp_path, seeds=[1, 2])
    assert found[["weather", "voting.turnout_share", "seed"]].drop_duplicates().shape[0] == len(found) == 8
    assert list(found) == [*AXES, "seed", "strategy", "days", "planned", *MEASURES, "run"]
    assert (found["days"] == 2).all()
    by = found.groupby("weather")["coverage_over_day"].mean()
    assert by["heavy_rain"] < by["dry"] - 0.02, "roads are slower in the rain"
    assert found.groupby("voting.turnout_share")["mean_wait"].mean().is_monotonic_increasing
    run = read(found["run"][0])
    value = sim.compare(run, measures=["votes_lost"]).measures["value"][0]
    assert found["votes_lost"][0] == value
    described = sim.describe(found)
    assert (described["meaning"] != "").all()

    monkeypatch.setattr(sweeping, "execute", lambda *_, **__: pytest.fail("it is there already"))
    assert swept(tmp_path, seeds=[1, 2]).equals(found)


def test_it_goes_on_where_it_was_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    played: list[str] = []

    def once(scenario: Any, **more: Any) -> Any:
        if played:
            raise KeyboardInterrupt
        played.append(scenario.weather.name)
        return execute(scenario, **more)

    with monkeypatch.context() as stopping:
        stopping.setattr(sweeping, "execute", once)
        with pytest.raises(KeyboardInterrupt):
            swept(tmp_path, {"weather": ["dry", "heavy_rain"]})
    assert len(swept(tmp_path, {"weather": ["dry", "heavy_rain"]})) == 2
    assert len(list(tmp_path.iterdir())) == 2


def test_strategies_are_played_on_the_same_days_in_one_run(tmp_path: Path) -> None:
    few = tuple(text for text in FEW if not text.startswith("strategy"))
    found = swept(
        tmp_path, {"strategy": ["even_spread", "minimum_pattern"]}, overrides=(*few, "region.forces.police=120")
    )
    assert found["strategy"].tolist() == ["even_spread", "minimum_pattern"]
    assert found["run"].nunique() == 1


@pytest.mark.parametrize(
    ("axes", "more", "says"),
    [
        ({"wether": ["dry"]}, {}, "unknown setting 'wether'; did you mean 'weather'"),
        ({"voting.turnout_shar": [0.5]}, {}, "did you mean 'voting.turnout_share'"),
        ({"weather": ["dryy"]}, {}, "did you mean 'dry'"),
        ({"weather": "dry"}, {}, "needs a list of values"),
        ({"weather": []}, {}, "needs a list of values"),
        ({"voting.turnout_share": [0.5, 3]}, {}, "must be 1 or less"),
        ({"weather": ["dry"]}, {"seeds": 3}, "seeds: a list of whole numbers"),
        ({"run.seed": [1]}, {}, "seeds are given by seeds="),
        ({"run.replications": [1]}, {}, "is among the overrides as well"),
        ({"weather": ["dry"]}, {"measures": ["votes_lst"]}, "did you mean 'votes_lost'"),
        ({"voting.turnout_share": [i / 2000 for i in range(1, 1002)]}, {}, "1,001 runs; a sweep has 1,000 at most"),
        (["weather"], {}, "a mapping of settings"),
    ],
)
def test_a_mistake_shows_before_anything_is_played(tmp_path: Path, axes: Any, more: dict[str, Any], says: str) -> None:
    with pytest.raises(UserError, match=says):
        swept(tmp_path, axes, **more)
    assert list(tmp_path.iterdir()) == []
