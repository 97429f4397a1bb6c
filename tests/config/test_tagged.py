"""A mapping that names another kind keeps what all kinds have; a kind that is set alone drops what the new one has not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import pytest
from pydantic import BaseModel

from sim.config.compose import load
from sim.config.dispatch import FewestUnits, Nearest, Preparedness, Rules
from sim.config.relocation import NoRelocation
from sim.config.scenario import Scenario
from sim.config.strategy import StrategySettings
from sim.config.tagged import TAGS, common, known
from sim.errors import UserError

PLANS = ["central_reserve", "dynamic_relocation"]
"""Their rule is fewest_units with a limit of its own."""


def strategy(name: str, *overrides: str) -> StrategySettings:
    return load("calm_day", [f"strategy={name}", *overrides]).strategies[0]


@pytest.mark.parametrize("name", PLANS)
def test_a_rule_of_dispatch_drops_what_is_another_rules_and_keeps_what_every_rule_has(name: str) -> None:
    before = strategy(name, "strategy.dispatch.in_time_minutes=17").dispatch
    assert isinstance(before, FewestUnits) and before.within_minutes == 20
    kept = {key: getattr(before, key) for key in Rules.model_fields}
    for nearest in ("strategy.dispatch={policy: nearest}", "strategy.dispatch.policy=nearest"):
        after = strategy(name, "strategy.dispatch.in_time_minutes=17", nearest).dispatch
        assert after == Nearest(policy="nearest", **kept)  # type: ignore[arg-type]
    with pytest.raises(UserError, match=r"'strategy.dispatch.within_minutes' is missing"):
        strategy(name, "strategy.dispatch={policy: preparedness, busy: 0.3}")
    alone = strategy(
        name,
        "strategy.dispatch.in_time_minutes=17",
        "strategy.dispatch.policy=preparedness",
        "strategy.dispatch.busy=0.3",
    ).dispatch
    assert alone == Preparedness(policy="preparedness", busy=0.3, within_minutes=20, **kept)  # type: ignore[arg-type]


@pytest.mark.parametrize("first", [0, 1])
def test_what_is_said_besides_of_a_kind_that_does_not_have_it_is_refused_in_any_order(first: int) -> None:
    said = ["strategy.dispatch.policy=nearest", "strategy.dispatch.within_minutes=9"]
    with pytest.raises(UserError, match=r"within_minutes"):
        strategy("central_reserve", *(said if first else said[::-1]))


def test_a_plan_of_ones_own_that_builds_on_another_may_change_the_rule_alone(tmp_path: Path) -> None:
    (tmp_path / "strategy").mkdir()
    text = "defaults: [central_reserve]\ntitle: Mine\ndescription: x\ndispatch: {policy: tiered}\n"
    (tmp_path / "strategy" / "mine.yaml").write_text(text, encoding="utf-8")
    (mine,) = load("calm_day", ["strategy=mine"], tmp_path).strategies
    assert (mine.dispatch.policy, mine.dispatch.take_guards_from) == ("tiered", "red")


def test_a_kind_that_is_set_alone_drops_what_it_does_not_know_everywhere() -> None:
    assert strategy("dynamic_relocation", "strategy.relocation.rule=none").relocation == NoRelocation(rule="none")
    stages = load(
        None,
        [
            "scenario=calm_day",
            "strategy=minimum_pattern",
            "voting.stages.2.service.distribution=constant",
            "voting.stages.2.service.mean_seconds=60",
        ],
    ).voting.stages
    assert stages[2].service.model_dump() == {"distribution": "constant", "mean_seconds": 60}


def test_every_mapping_of_the_configuration_that_names_its_kind_is_known() -> None:
    found = dict(_unions(Scenario, {Scenario}))
    assert len(found) == 8 and {tag for tag in found.values()} == set(TAGS)
    for union, tag in found.items():
        shared = set.intersection(*(set(model.model_fields) for model in union))
        assert common(tag) <= shared, "nothing is kept that another kind of the same place has not"
        for model in union:
            for kind in get_args(model.model_fields[tag].annotation):
                assert known(tag, str(kind)) == set(model.model_fields)
    assert common("policy") == set(Rules.model_fields)


def _unions(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[tuple[tuple[type[BaseModel], ...], str]]:
    """Give each union below a model whose kinds are told apart by a key, and that key."""
    for field in model.model_fields.values():
        for note, annotation in _annotated(field.annotation, [field, *field.metadata]):
            if isinstance(getattr(note, "discriminator", None), str):
                yield tuple(_direct(annotation)), note.discriminator
        for below in set(_direct(field.annotation)) - seen:
            seen.add(below)
            yield from _unions(below, seen)


def _annotated(annotation: Any, notes: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Give each note on an annotation or on a part of it, and that part."""
    yield from ((note, annotation) for note in notes)
    inner, *more = get_args(annotation) if get_origin(annotation) is Annotated else (None,)
    if inner is not None:
        yield from _annotated(inner, more)
    else:
        for part in get_args(annotation):
            yield from _annotated(part, [])


def _direct(annotation: Any) -> Iterator[type[BaseModel]]:
    """Give the models that an annotation names."""
    if isinstance(annotation, type) and get_origin(annotation) is None:
        yield from (annotation,) if issubclass(annotation, BaseModel) else ()
    else:
        for part in get_args(annotation):
            yield from _direct(part)
