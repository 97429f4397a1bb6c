"""The page of kinds is what the schema says, of every key, every course and every effect."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from sim.config.effects import Effect
from sim.config.fields import Settings
from sim.config.kinds import Course
from sim.config.packaged import CONF, KINDS
from sim.config.reference.groups import meanings
from sim.config.reference.kinds import heading, models, page

PAGE = Path(__file__).parents[3] / "docs" / "kinds.md"


def test_the_page_is_what_the_schema_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "make docs"


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
