"""Every packaged setting of the response moves something: the walk leaves none out, and the table says by how much."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.behaviour.elasticities import (
    DAYS,
    STRATEGIES,
    WALKED,
    Case,
    Leaf,
    at,
    changed,
    composed,
    every_leaf,
    moved,
    row,
    tried,
)
from tests.behaviour.only_where import ONLY_WHERE, where

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "elasticities.md"
LEAVES = every_leaf()


def written(value: Any, name: str) -> Iterator[str]:
    """Return every leaf of a file as it is written, whatever the program makes of it."""
    if isinstance(value, dict) and value:
        for key in value:
            yield from written(value[key], f"{name}.{key}")
    elif isinstance(value, list) and value:
        for index in range(len(value)):
            yield from written(value[index], f"{name}.{index}")
    else:
        yield name


def test_the_walk_leaves_no_leaf_of_the_packaged_files_out() -> None:
    place = yaml.safe_load((ROOT / "conf/region/rejang_lebong.yaml").read_text())["response"]
    expected = set(written(yaml.safe_load((ROOT / "conf/response/default.yaml").read_text()), "response"))
    expected |= set(written(place, "response"))  # what belongs to the region
    files = sorted((ROOT / "conf/strategy").glob("*.yaml"))
    assert {file.stem for file in files} == set(STRATEGIES)
    for file in files:
        settings = {key: value for key, value in yaml.safe_load(file.read_text()).items() if key in WALKED}
        expected |= set(written(settings, f"strategy[{file.stem}]"))
    assert {leaf.name for leaf in LEAVES} == expected
    assert len(LEAVES) == len(expected) > 180


@pytest.mark.parametrize("owner", ["", *STRATEGIES])
def test_every_leaf_can_be_changed_and_nothing_else_changes_with_it(owner: str) -> None:
    for leaf in (leaf for leaf in LEAVES if leaf.owner == owner):
        data = composed(Case(owner or STRATEGIES[0]))
        _, other = next(changed(data, leaf.path))
        assert data == composed(Case(owner or STRATEGIES[0])), "the packaged settings stay"
        parent = leaf.path[:-2] if leaf.path[-1] == "rule" else leaf.path[:-1]
        assert at(other, parent) != at(data, parent), leaf.name
        assert {k: v for k, v in other.items() if k != leaf.path[0]} == {
            k: v for k, v in data.items() if k != leaf.path[0]
        }


def test_every_exception_is_one_of_some_setting() -> None:
    used = {id(where(leaf.name)) for leaf in LEAVES}
    assert all(id(one) in used for one in ONLY_WHERE)


def leaf(name: str) -> Leaf:
    return next(one for one in LEAVES if one.name == name)


@pytest.mark.parametrize(
    ("name", "strategy", "measure", "rises"),
    [
        ("response.standard_minutes", "minimum_pattern", "coverage_red", True),
        ("response.reporting.by_phone.mean_minutes", "central_reserve", "arrival_median", True),
        ("response.mobilisation.reserve.mean_minutes", "central_reserve", "coverage_yellow", False),
        ("response.abilities.police.1", "forward_reserve", "potential_yellow_median", True),
        ("response.vehicles.car.trunk", "risk_weighted", "coverage_over_day", True),
        ("strategy[forward_reserve].guards.low.stations", "forward_reserve", "coverage_with_guards", False),
    ],
)
def test_a_setting_moves_what_it_should(name: str, strategy: str, measure: str, rises: bool) -> None:
    from sim.config.scenario import Scenario
    from tests.behaviour.elasticities import _draws, _packaged, play

    case, days = Case(strategy, also=("disturbance.background.rate_per_station_hour=0",)), 2
    _, other = next(changed(composed(case), leaf(name).path))
    before, after = (
        _packaged(case, days)[measure][0],
        play(Scenario.model_validate(other), _draws(case, days))[measure][0],
    )
    assert (after > before) if rises else (after < before), (before, after)


def test_what_moves_nothing_says_so_and_why() -> None:
    still = leaf("response.abilities.wardens.0")
    (case,) = [Case("minimum_pattern")]
    found = moved(still, case, 1)
    assert not found.measure
    assert "**nothing**" in row(still, found) and "no packaged unit is theirs" in row(still, found)


def test_the_table_has_a_row_for_every_setting_and_no_other() -> None:
    text = TABLE.read_text(encoding="utf-8")
    assert re.findall(r"^\| `([^`]+)` \|", text, re.M) == [one.name for one in LEAVES]
    assert "python -m tests.behaviour.elasticities" in text


@pytest.mark.slow
@pytest.mark.parametrize("one", LEAVES, ids=lambda one: one.name)
def test_every_setting_moves_a_headline_or_there_is_a_reason(one: Leaf) -> None:
    found = tried(one, DAYS)
    assert found.is_headline or where(one.name) is not None, row(one, found)
