"""Effects: any mixture either has one meaning, or is refused with the name of the setting to blame."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from sim.config.effects import StationEffect
from sim.config.kinds import Kind
from sim.vocabulary import PlaceKind, Severity

WHERE = {
    "slow": {"station", "area"},
    "suspend": {"station", "area"},
    "shut_door": {"station", "area"},
    "evacuate": {"station", "area", "base"},
    "take_signal": {"station", "area"},
    "close_road": {"road"},
    "slow_road": {"road"},
    "deter": {"station", "area", "road", "base"},
    "hold_boxes": {"station", "area", "road"},
}
OF_VOTING = {"slow", "suspend", "shut_door", "evacuate"}
OF_A_ROAD = {"close_road", "slow_road"}
NUMBERS = {"slow": {"speed": 0.5}, "slow_road": {"factor": 0.5}, "deter": {"share": 0.4}}


def kind(effects: list[dict[str, Any]], places: list[str]) -> Kind:
    return Kind.model_validate(
        {
            "title": "x",
            "places": places,
            "course": {"course": "fixed", "duration": {"mean_minutes": 5}, "resolve": {"mean_minutes": 5}},
            "severities": {"red": {"effects": effects}},
            "background_weight": 0,
        }
    )


def effect(name: str, **more: object) -> dict[str, Any]:
    return {"effect": name, **NUMBERS.get(name, {}), **more}


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(sorted(WHERE)), max_size=4),
    st.lists(st.sampled_from(sorted(PlaceKind)), min_size=1, max_size=3, unique=True),
)
def test_any_mixture_has_one_meaning_or_is_refused_by_name(names: list[str], places: list[PlaceKind]) -> None:
    where = [place.value for place in places]
    useful = all(place in WHERE[name] for name in names for place in where)
    single = len(names) == len(set(names)) and all(
        sum(name in group for name in names) <= 1 for group in (OF_VOTING, OF_A_ROAD)
    )
    written = [effect(name) for name in names]
    if useful and single:
        valid = kind(written, where).effects(Severity.RED)
        assert [one.effect for one in valid] == names
        assert sum(isinstance(one, StationEffect) for one in valid) <= 1
        return
    with pytest.raises(ValidationError) as caught:
        kind(written, where)
    (problem,) = caught.value.errors()
    message = problem["msg"].removeprefix("Value error, ")
    assert message.startswith("severities.red.effects[")
    blamed = int(message.partition("[")[2].partition("]")[0])
    kept = written[:blamed] + written[blamed + 1 :]
    assert names[blamed] in message
    if len(names) == 1:  # without the one that is blamed nothing is wrong any more
        assert kind(kept, where).effects(Severity.RED) == ()


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(sorted(WHERE)),
    st.dictionaries(
        st.sampled_from(["speed", "share", "reach_km", "room_finishes", "factor"]), st.just(0.5), max_size=3
    ),
)
def test_an_effect_takes_its_own_numbers_and_no_other(name: str, numbers: dict[str, float]) -> None:
    own = {"slow": {"speed"}, "slow_road": {"factor"}, "deter": {"share", "reach_km"}}.get(name, set())
    needed = own - {"reach_km"}
    written, place = {"effect": name, **numbers}, sorted(WHERE[name])[0]
    if needed <= numbers.keys() <= own:
        (valid,) = kind([written], [place]).effects(Severity.RED)
        assert valid.model_dump(exclude_none=True) == written
        return
    with pytest.raises(ValidationError) as caught:
        kind([written], [place])
    blamed = {str(problem["loc"][-1]) for problem in caught.value.errors()}
    assert blamed == (numbers.keys() - own) | (needed - numbers.keys())


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        (effect("slow", speed=0), "speed"),
        (effect("slow", speed=1.5), "speed"),
        (effect("deter", share=1.2), "share"),
        (effect("deter", reach_km=0), "reach_km"),
        ({"effect": "explode"}, "effects"),
        ({"speed": 0.5}, "effects"),
    ],
)
def test_a_number_out_of_its_range_is_refused(wrong: dict[str, Any], where: str) -> None:
    with pytest.raises(ValidationError) as caught:
        kind([wrong], ["station"])
    assert where in caught.value.errors()[0]["loc"]


def test_nobody_is_deterred_by_a_share_of_zero_which_is_allowed() -> None:
    (one,) = kind([effect("deter", share=0)], ["base"]).effects(Severity.RED)
    assert one.effect == "deter" and one.share == 0
