"""The page of kinds is what the schema says, of every key, every course and every effect."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, get_args

import pytest
from pydantic import Field

from sim.config.effects import Effect
from sim.config.fields import Number, Settings, Share
from sim.config.kinds import Course
from sim.config.packaged import CONF, KINDS
from sim.config.reference import allowed, heading, meanings, models, page, unit

PAGE = Path(__file__).parents[2] / "docs" / "kinds.md"


def test_the_page_is_what_the_schema_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m sim.config.reference > docs/kinds.md"


def test_every_course_every_effect_and_every_packaged_kind_is_there() -> None:
    text = page()
    for union in (Course, Effect):
        for model in get_args(get_args(union)[0]):
            assert model in models()
            assert f"## {heading(model)}\n" in text
    for file in (CONF / KINDS).glob("*.yaml"):
        assert f"| `{file.stem}` | " in text


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_no_key_lacks_a_meaning(model: type[Settings]) -> None:
    assert model.__doc__
    assert [key for key, meaning in meanings(model).items() if not meaning] == []


def test_a_key_without_a_docstring_lacks_a_meaning_and_an_inherited_one_keeps_it() -> None:
    class Course(Settings):
        """A course."""

        told: Share
        """What it means,
        in two lines."""
        untold: Share

    class Other(Course):
        """Another."""

        told_later: Share
        """This."""

    assert meanings(Course) == {"told": "What it means, in two lines.", "untold": ""}
    assert meanings(Other) == {**meanings(Course), "told_later": "This."}


@pytest.mark.parametrize(
    ("key", "schema", "meaning", "expected"),
    [
        ("mean_minutes", {"type": "number", "maximum": 5}, "", "minutes"),
        ("reach_km", {"anyOf": [{"type": "number", "maximum": 5}, {"type": "null"}]}, "", "km"),
        ("injuries_per_active_hour", {"type": "number", "maximum": 5}, "", "per hour"),
        ("supporters_per_minute", {"type": "number", "maximum": 5}, "", "per minute"),
        ("speed", {"type": "number", "maximum": 1}, "", "share"),
        ("starters", {"type": "integer", "maximum": 5}, "", "people"),
        ("medical", {"type": "integer", "maximum": 5}, "Ambulances standing by.", "ambulances"),
        ("title", {"type": "string", "maxLength": 5}, "minutes", ""),
    ],
)
def test_a_unit_is_told_by_the_name_the_range_or_the_docstring(
    key: str, schema: dict[str, object], meaning: str, expected: str
) -> None:
    assert unit(key, schema, meaning) == expected


def test_what_is_allowed_is_said_in_words() -> None:
    class Group(Settings):
        a: Annotated[Number, Field(gt=0, lt=10)]
        b: Share | None

    properties = Group.model_json_schema()["properties"]
    assert [allowed(properties[key]) for key in "ab"] == ["above 0 to below 10", "0 to 1 or null"]
