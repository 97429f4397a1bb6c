"""The page of settings is what the schema says of every group, with packaged values and where they come from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.config.compose import load
from sim.config.fields import Settings
from sim.config.kinds import Kind
from sim.config.reference import kinds
from sim.config.reference.groups import properties
from sim.config.reference.markdown import anchor
from sim.config.reference.settings import heading, keys, models, page, places
from sim.config.reference.wording import number_of
from sim.config.response import Posko
from sim.config.voting import VotingSettings

DOCS = Path(__file__).parents[3] / "docs"


def test_the_page_is_what_the_schema_says() -> None:
    assert (DOCS / "settings.md").read_text(encoding="utf-8") == page(), "make docs"


def test_every_group_is_on_this_page_or_on_that_of_kinds() -> None:
    assert not set(models()) & set(kinds.models())
    assert set(models()) | set(kinds.models()) == set(places())
    assert Kind in kinds.models()


@pytest.mark.parametrize("model", models(), ids=lambda model: f"{model.__module__}.{model.__name__}")
def test_every_key_has_a_meaning_and_every_number_a_source(model: type[Settings]) -> None:
    assert model.__doc__
    found, schemas = keys(model), properties(model)
    assert list(found) == list(model.model_fields)
    assert [name for name, key in found.items() if not key.meaning] == []
    numbers = [n for n, field in model.model_fields.items() if number_of(schemas[n]) and field.default is not None]
    assert [name for name in numbers if not found[name].source] == []
    assert [name for name in numbers if not found[name].unit] == []


def test_links_lead_to_headings() -> None:
    headings = {
        name: [anchor(line.lstrip("# ")) for line in (DOCS / name).read_text("utf-8").splitlines() if line[:1] == "#"]
        for name in ("settings.md", "kinds.md")
    }
    assert len(headings["settings.md"]) == len(set(headings["settings.md"]))
    links = re.findall(r"\]\((\w*(?:\.md)?)#([^)]*)\)", page())
    assert len(links) > 100
    assert [link for link in links if link[1] not in headings[link[0] or "settings.md"]] == []


def test_a_group_is_called_by_the_path_that_an_override_names() -> None:
    assert heading(Posko) == "`response.posko`"
    desks = keys(Posko)["desks"]
    assert desks.path == ("response.posko.desks",)
    assert load("calm_day", [f"{desks.path[0]}=7"]).response.posko.desks == 7


def test_defaults_are_the_packaged_values_and_sources_their_comments() -> None:
    desks, opens = keys(Posko)["desks"], keys(VotingSettings)["open"]
    assert (desks.default, desks.source, desks.unit) == ("`3`", "assumption", "desks")
    assert (opens.default, opens.unit) == ('`"07:00"`', "time of day")
    assert "sourced (commission regulation 17/2024)" in opens.source
    assert keys(Posko)["alarm_handling"].default == "`{mean_minutes: 2, cv: 0.5}`"
