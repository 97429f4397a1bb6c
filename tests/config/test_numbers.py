"""Settings keep the place that the user knows them by, also where items before them were left out."""

from __future__ import annotations

from sim.config.compose import composed, validated
from sim.config.numbers import ALL, CONTEXT, Numbers, numbers_in
from sim.config.scenario import Scenario


def test_items_keep_their_numbers_however_often_others_are_left_out() -> None:
    once = ALL.without(("incidents",), {0, 3}, 6)
    twice = once.without(("incidents",), {1}, 4)
    assert twice.kept == {("incidents",): (1, 4, 5)}
    assert twice.written(("incidents", 1, "among", 0)) == ("incidents", 4, "among", 0)
    assert twice.written(("closures", 1)) == ("closures", 1) and twice.written(()) == ()


def test_a_list_inside_of_another_and_a_number_that_no_item_has() -> None:
    numbers = ALL.without(("strategies", 0, "patrols"), {0}, 3)
    assert numbers.written(("strategies", 0, "patrols", 1, "vehicle")) == ("strategies", 0, "patrols", 2, "vehicle")
    assert numbers.written(("strategies", 1, "patrols", 1)) == ("strategies", 1, "patrols", 1)
    assert numbers.written(("strategies", 0, "patrols", 2)) == ("strategies", 0, "patrols", 2)
    assert numbers.inside(("strategies", 0)) == Numbers({("patrols",): (1, 2)})


def test_a_scenario_names_its_items_and_those_of_its_strategies_by_the_numbers_it_was_validated_with() -> None:
    settings = composed([])
    numbers = ALL.without(("incidents",), {0}, 2).without(("strategies", 0, "reserves"), {1}, 3)
    scenario = Scenario.model_validate(settings.data, context={CONTEXT: numbers})
    assert scenario.item("incidents", 0) == "incidents[1]" and scenario.item("closures", 0) == "closures[0]"
    assert scenario.strategies[0].item("reserves", 1) == "reserves[2]"
    assert scenario.strategies[1].item("reserves", 1) == "reserves[1]"
    assert validated(settings).item("incidents", 0) == "incidents[0]" and numbers_in(None) is ALL
