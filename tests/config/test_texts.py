"""No setting that is ever shown holds what would do harm there."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from sim.config.fields import Description, Location, Name, TableText, Title
from sim.config.scenario import Scenario
from sim.experiment.store import settings_of
from sim.text import DESCRIPTION, LOCATION, NAME, TABLE_NAME, TITLE
from tests.conftest import small_scenario
from tests.nasty import ALLOWED, REFUSED

TITLES: tuple[tuple[str | int, ...], ...] = (("title",), ("strategies", 0, "title"), ("kinds", "riot", "title"))
NAMES = (
    ("region", "title"), ("weather", "name"), ("voting", "stages", 0, "name"), ("response", "guard_vehicle"),
    ("response", "sector_patrol_vehicle"), ("response", "escort", "vehicle"), ("response", "attached", 0, "vehicle"),
    ("response", "attached", 0, "base"), ("evacuation", "care", "ambulances", 0, "base"),
    ("strategies", 0, "patrols", 0, "vehicle"), ("incidents", 0, "place"), ("closures", 0, "between", 0),
    ("troubles", 0, "place"), ("incidents", 0, "kind"),
)  # fmt: skip
OTHERS = (
    ("description",), ("strategies", 0, "description"), ("region", "path"), ("run", "output"),
    ("run", "dask", "address"),
)  # fmt: skip
PLAIN = (("name",), ("strategies", 0, "name"))


@pytest.fixture(scope="module")
def settings() -> dict[str, Any]:
    return settings_of(
        small_scenario(
            'incidents=[{kind: riot, onset: "09:40", place: T1}]',
            'closures=[{between: [T1.1, T2.1], closed_at: "08:20"}]',
            'troubles=[{what: late_opening, place: T1, opens_at: "08:00"}]',
        )
    )


def changed(settings: dict[str, Any], path: tuple[str | int, ...], value: str) -> dict[str, Any]:
    data = copy.deepcopy(settings)
    inside: Any = data
    for key in path[:-1]:
        inside = inside[key]
    assert path[-1] in inside or path[-1] in (0, "description")
    inside[path[-1]] = value
    return data


def wrong(settings: dict[str, Any], path: tuple[str | int, ...], value: str) -> list[str]:
    """What is said of this setting with this value."""
    try:
        Scenario.model_validate(changed(settings, path, value))
    except ValidationError as error:
        found = error.errors(include_url=False)
        return [one["msg"] for one in found if [p for p in one["loc"] if p in path] == list(path)]
    return []


@pytest.mark.parametrize("name", REFUSED)
def test_a_harmful_title_is_refused_everywhere(name: str, settings: dict[str, Any]) -> None:
    for path in TITLES:
        assert any(REFUSED[name][1] in said for said in wrong(settings, path, REFUSED[name][0])), path


@pytest.mark.parametrize("name", ALLOWED)
def test_an_odd_title_is_kept_as_it_is(name: str, settings: dict[str, Any]) -> None:
    data = settings
    for path in TITLES:
        data = changed(data, path, ALLOWED[name])
    scenario = Scenario.model_validate(data)
    assert {scenario.title, scenario.strategies[0].title, scenario.kinds["riot"].title} == {ALLOWED[name]}
    assert Scenario.model_validate_json(scenario.model_dump_json()) == scenario


@pytest.mark.parametrize("path", [*TITLES, *NAMES, *OTHERS, *PLAIN], ids=lambda path: ".".join(map(str, path)))
@pytest.mark.parametrize("text", ["a\x1b[31m", "a\ud800", "a\u202eb", "x" * 10_000])
def test_no_setting_that_is_shown_takes_a_harmful_text(
    path: tuple[str | int, ...], text: str, settings: dict[str, Any]
) -> None:
    (said,) = wrong(settings, path, text)
    assert "may not hold" in said or "characters at most" in said or "a name has letters" in said


@pytest.mark.parametrize("path", NAMES, ids=lambda path: ".".join(map(str, path)))
def test_a_name_that_goes_into_a_table_is_no_formula(path: tuple[str | int, ...], settings: dict[str, Any]) -> None:
    assert any("formula" in said for said in wrong(settings, path, "=1+1"))


@pytest.mark.parametrize("key", ["a\x1b", "\ud800", " ", "=1"])
@pytest.mark.parametrize("group", [("kinds",), ("response", "vehicles")])
def test_what_kinds_and_vehicles_are_called_by_can_be_shown(
    group: tuple[str, ...], key: str, settings: dict[str, Any]
) -> None:
    data = copy.deepcopy(settings)
    known = data[group[0]] if len(group) == 1 else data[group[0]][group[1]]
    known[key] = next(iter(known.values()))
    with pytest.raises(ValidationError, match="may not"):
        Scenario.model_validate(data)


@pytest.mark.parametrize(
    ("kind", "rule"),
    [(Title, TITLE), (Description, DESCRIPTION), (Name, NAME), (TableText, TABLE_NAME), (Location, LOCATION)],
)
def test_the_schema_states_the_length(kind: Any, rule: Any) -> None:
    schema = TypeAdapter(kind).json_schema()
    assert (schema["maxLength"], schema.get("minLength", 0)) == (rule.most, 0 if rule.empty else 1)
    parts = "x" * 127 + "/"  # the names in a path are shorter than the path
    longest = ((parts if kind is Location else "x") * rule.most)[: rule.most]
    assert TypeAdapter(kind).validate_python(longest)
    with pytest.raises(ValidationError, match=f"{rule.most:,} characters at most, {rule.why}"):
        TypeAdapter(kind).validate_python(longest + "x")


def test_a_description_has_lines(settings: dict[str, Any]) -> None:
    assert wrong(settings, ("description",), "one\ntwo\n") == []
    assert wrong(settings, ("description",), "") == []
