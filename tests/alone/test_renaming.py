"""What units and places are called is nobody's business: whoever renames them gets the same days."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import sim
from tests.alone.test_engines_agree import CASES, KINDS, agree, layout

RENAMED = {name: f"{'zyxwv'[i]} {name}" for i, name in enumerate("abcde")}
"""In the opposite order of the alphabet."""


def renamed(given: dict[str, Any]) -> dict[str, Any]:
    """Return the same city with other names of its units and places."""
    units = [
        replace(
            one,
            name=f"{chr(ord('z') - i)} {one.name}",
            base=RENAMED.get(one.base, one.base) if isinstance(one.base, str) else one.base,
        )
        for i, one in enumerate(given["units"])
    ]
    new = {**given, "units": units}
    if isinstance(given.get("places"), dict):
        new["places"] = {RENAMED[name]: where for name, where in given["places"].items()}
        new["rates"] = {RENAMED[name]: rate for name, rate in given["rates"].items()}
    elif "places" in given:
        new["places"] = [RENAMED[name] for name in given["places"]]
    return new


@pytest.mark.parametrize("engine", ["events", "posko"])
@pytest.mark.parametrize(("kind", "rule"), CASES)
def test_other_names_give_the_same_days(kind: str, rule: str, engine: str) -> None:
    rng = np.random.default_rng([9, KINDS.index(kind), len(rule)])
    for _ in range(2):
        given = layout(rng, kind, rule)
        agree(*(sim.simulate_dispatch(**one, engine=engine) for one in (given, renamed(given))))


def test_other_names_give_the_same_days_where_calls_are_interrupted() -> None:
    given = layout(np.random.default_rng(10), "points", "nearest", calls=200)
    given |= {"when_busy": "queued", "priority": "preemptive"}
    agree(*(sim.simulate_dispatch(**one) for one in (given, renamed(given))))


def test_units_of_which_only_the_number_is_told_draw_as_those_that_are_named() -> None:
    """They get ready and work by draws of their own, each by its place in the list."""
    how = {"mobilisation": {"mean_minutes": 2.0, "cv": 0.5}, "service": {"mean_minutes": 7.0, "cv": 0.7}}
    given: dict[str, Any] = {"rates": [20.0], "travel": [[1.0], [2.0], [3.0]], "hours": 24.0, "seed": 3}
    first, other = (
        sim.simulate_dispatch([sim.Team(name, **how) for name in names], **given)  # type: ignore[arg-type]
        for names in (["unit 1", "unit 2", "unit 3"], ["Alpha", "unit 1", "unit 2"])
    )
    agree(first, other)
    assert len(np.unique(first.played.departed - first.played.ordered)) > 400
