"""A mapping that names its kind replaces the one before; any other is merged with it, key by key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from sim.config.compose import load
from sim.config.distribution import MeanAndSpread, MeanOnly, Triangular
from sim.config.merge import _apply_by_hydra, apply, merge
from sim.config.override import read_overrides
from sim.config.plain import copied
from sim.config.strategy import PatternGuards, RiskGuards
from sim.config.tagged import TAGS
from sim.errors import UserError

ONE = ["scenario=calm_day", "strategy=minimum_pattern"]
CONSTANT = "{distribution: constant, mean_seconds: 60}"
RISK = "{rule: risk_weighted, officers: 20, post_size: 2, wardens_per_station: 1, remoteness_minutes: 30}"


def merged(*layers: str) -> object:
    settings: dict[str, object] = {}
    for layer in layers:
        merge(settings, yaml.safe_load(layer))
    return settings


@pytest.mark.parametrize("key", TAGS)
def test_what_names_its_kind_replaces_at_any_depth_and_keeps_its_place(key: str) -> None:
    found = merged(f"a: {{b: {{{key}: x, c: 1}}, d: 2}}\ne: 3", f"a: {{b: {{{key}: y, f: 4}}}}")
    assert found == {"a": {"b": {key: "y", "f": 4}, "d": 2}, "e": 3}
    assert list(found["a"]) == ["b", "d"]


def test_what_names_no_kind_is_merged() -> None:
    assert merged("a: {rule: x, c: 1}", "a: {c: 2, d: 3}") == {"a": {"rule": "x", "c": 2, "d": 3}}


def test_what_is_merged_stays_as_it_was_in_its_own_file() -> None:
    first, second = {"a": {"b": 1}}, {"a": {"c": [1]}}
    both: dict[str, Any] = {}
    for layer in (first, second, {"a": {"b": 2}}):
        merge(both, layer)
    both["a"]["c"].append(2)
    assert (first, second) == ({"a": {"b": 1}}, {"a": {"c": [1]}})


def test_a_key_that_only_looks_like_a_kind_is_a_mapping_like_others() -> None:
    assert merged("a: {model: {x: 1}, c: 1}", "a: {model: {y: 2}}") == {"a": {"model": {"x": 1, "y": 2}, "c": 1}}


@pytest.mark.parametrize(
    "texts",
    [
        ["++a.b=2", "++a.new='x y'", "++a.b=null", "++e=[1, {f: [2, g]}]", "++last=true"],
        ["++a.list=3", "++a.list=null", "++a.none=1.5", "++a.empty=[]", "++a.text='???'"],
        ["++a.list=[{rule: x, c: 1}]", "++a.list.0.c=2", "++a.b=5", "++a.text=y"],
        ["++a.deep.d=null", "++a.deep.new.newer=1", "+a.other=2", "++a.other=3", "~a.b"],
        ["++a.deep=4", "++a.deep={rule: x}", "++a.deep.rule=[y]", "++a.deep.rule=z", "++a.none.c=1"],
        ["++e.f=1", "++f.g.h=[0]", "++f.g.h=1"],
    ],
)
def test_a_value_is_set_as_hydra_would_set_it(texts: list[str]) -> None:
    first = {"a": {"b": 1, "list": [1, {"c": 2}], "none": None, "text": "t", "deep": {"d": {"f": 1}}}, "e": 3, "g": 4}
    overrides, found, by_hydra = read_overrides(texts), copied(first), copied(first)
    apply(found, overrides)
    _apply_by_hydra(by_hydra, overrides)
    assert found == by_hydra and repr(found) == repr(by_hydra), "the keys in the same order"


def test_what_an_override_sets_is_nobody_elses() -> None:
    overrides = read_overrides(["++a.list=[1, [2]]"])
    one: dict[str, Any] = {"a": {}}
    other: dict[str, Any] = {"a": {}}
    apply(one, overrides)
    apply(other, overrides)
    one["a"]["list"][1].append(3)
    assert other == {"a": {"list": [1, [2]]}}


def test_an_override_of_one_stages_service_replaces_it() -> None:
    stages = load(None, [*ONE, f"voting.stages.2.service={CONSTANT}"]).voting.stages
    assert stages[2].service == MeanOnly(distribution="constant", mean_seconds=60)
    assert (stages[2].name, stages[2].servers) == ("booth", 4)


def test_an_override_without_the_distribution_changes_the_one_that_is_there() -> None:
    service = load(None, [*ONE, "voting.stages.2.service={mode_seconds: 50}"]).voting.stages[2].service
    assert isinstance(service, Triangular)
    assert (service.low_seconds, service.mode_seconds, service.high_seconds) == (30, 50, 120)


def test_overrides_are_applied_in_their_order() -> None:
    gamma = "{distribution: gamma, mean_seconds: 60, cv: 1}"
    last = load(None, [*ONE, f"voting.stages.2.service={CONSTANT}", "voting.stages.2.service.mean_seconds=70"])
    assert last.voting.stages[2].service == MeanOnly(distribution="constant", mean_seconds=70)
    other = load(None, [*ONE, f"voting.stages.2.service={gamma}", f"+voting.stages.2.service={CONSTANT}"])
    assert other.voting.stages[2].service == MeanOnly(distribution="constant", mean_seconds=60)


def test_of_the_old_distribution_nothing_is_left_that_the_new_one_would_take() -> None:
    lognormal = "{distribution: lognormal, mean_seconds: 60, cv: 1}"
    with pytest.raises(UserError, match=r"'voting.stages\[2\].service.cv' is missing"):
        load(
            None,
            [
                *ONE,
                f"voting.stages.2.service={lognormal}",
                "voting.stages.2.service={distribution: gamma, mean_seconds: 60}",
            ],
        )
    kept = load(None, [*ONE, f"voting.stages.2.service={lognormal}", "voting.stages.2.service.distribution=gamma"])
    assert kept.voting.stages[2].service == MeanAndSpread(distribution="gamma", mean_seconds=60, cv=1)


def test_a_scenario_file_replaces_a_strategys_guards_and_an_override_changes_them(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(f"title: x\nstrategy: {{guards: {RISK}}}\n", encoding="utf-8")
    scenario = load("mine", ["strategy=even_spread,risk_weighted", "strategy.guards.officers=30"], tmp_path)
    for strategy in scenario.strategies:
        assert isinstance(strategy.guards, RiskGuards)
        assert (strategy.guards.officers, strategy.guards.low) == (30, 1.0)
    assert isinstance(load("calm_day", ["strategy=even_spread"]).strategies[0].guards, PatternGuards)


def test_stages_of_ones_own_need_no_booth_although_one_may_be_out_of_use() -> None:
    voting = load(None, [*ONE, f"voting.stages=[{{name: hall, servers: 1, service: {CONSTANT}}}]"]).voting
    assert voting.trouble.out_of_use.share > 0
    assert voting.stage_number("stage", voting.trouble.out_of_use.stage) == 0


def test_without_a_name_the_first_stage_with_most_servers_is_out_of_use() -> None:
    stages = ", ".join(
        f"{{name: {name}, servers: {n}, service: {CONSTANT}}}" for name, n in zip("abc", (1, 3, 3), strict=True)
    )
    voting = load(None, [*ONE, f"voting.stages=[{stages}]"]).voting
    assert voting.stage_number("stage", None) == 1


def test_a_trouble_that_never_comes_may_name_a_stage_that_is_not_there() -> None:
    trouble = ["voting.trouble.out_of_use.stage=booths", "voting.trouble.out_of_use.servers=9"]
    with pytest.raises(UserError, match="no 'booths' is among the stages"):
        load(None, [*ONE, *trouble])
    assert load(None, [*ONE, *trouble, "voting.trouble.out_of_use.share=0"]).voting.trouble.out_of_use.servers == 9
