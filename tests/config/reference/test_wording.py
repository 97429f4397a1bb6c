"""What a key may be, and its unit, are said in words."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import pytest
from pydantic import Field

from sim.config.fields import Clock, Name, Number, Settings, Share
from sim.config.reference.groups import properties
from sim.config.reference.wording import allowed, flow, unit
from sim.config.script import Onset


@pytest.mark.parametrize(
    ("key", "schema", "meaning", "expected"),
    [
        ("mean_minutes", {"type": "number", "maximum": 5}, "", "minutes"),
        ("board_seconds_each", {"type": "number", "maximum": 5}, "", "seconds"),
        ("area_m2", {"type": "number", "maximum": 5}, "", "m²"),
        ("width_m", {"type": "number", "maximum": 5}, "", "m"),
        ("reach_km", {"anyOf": [{"type": "number", "maximum": 5}, {"type": "null"}]}, "", "km"),
        ("injuries_per_active_hour", {"type": "number", "maximum": 5}, "", "per hour"),
        ("supporters_per_minute", {"type": "number", "maximum": 5}, "", "per minute"),
        ("km_per_hour", {"type": "number", "maximum": 5}, "", "km/h"),
        ("provocation", {"type": "number", "maximum": 5}, "active people are of the other side", "none"),
        ("separation", {"type": "number", "maximum": 5}, "officers between the sides", "none"),
        ("people", {"type": "number", "maximum": 5}, "How many on average", "people"),
        ("speed", {"type": "number", "maximum": 1}, "", "share"),
        ("speed_factor", {"type": "number", "maximum": 1}, "", "share"),
        ("delay_factor", {"type": "number", "maximum": 5}, "before people come", "factor"),
        ("starters", {"type": "integer", "maximum": 5}, "", "people"),
        ("desks", {"type": "integer", "maximum": 5}, "", "desks"),
        ("medical", {"type": "integer", "maximum": 5}, "Ambulances standing by.", "ambulances"),
        ("town", {"type": "number", "maximum": 5}, "Speed, km/h, in town.", "km/h"),
        ("open", {"type": "number", "le": 2219}, "", "time of day"),
        ("title", {"type": "string", "maxLength": 5}, "minutes", ""),
    ],
)
def test_a_unit_is_told_by_the_name_the_range_or_the_docstring(
    key: str, schema: dict[str, object], meaning: str, expected: str
) -> None:
    assert unit(key, schema, meaning) == expected


class Sort(StrEnum):
    CREW = "crew"
    VOTERS = "voters"


class Inner(Settings):
    """Inside."""


class Group(Settings):
    number: Annotated[Number, Field(gt=0, lt=10)]
    maybe: Share | None
    clock: Clock
    onset: Onset
    pair: tuple[Name, Name]
    shares: Annotated[dict[Sort, Share], Field(max_length=2)]
    named: Annotated[dict[Name, Inner], Field(min_length=1, max_length=30)]
    many: Annotated[tuple[Inner, ...], Field(max_length=1_000)]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("number", "above 0 to below 10"),
        ("maybe", "0 to 1 or null"),
        ("clock", '"00:00" to "36:59", in quotes'),
        ("onset", '"00:00" to "36:59", in quotes, or a list of two such times'),
        ("pair", "list of exactly 2: text of 1 to 500 characters"),
        ("shares", "mapping of 0 to 2 `crew`, `voters`, each with: 0 to 1"),
        ("named", "mapping of 1 to 30 names of your own, each with: see Inner"),
        ("many", "list of 0 to 1,000: see Inner"),
    ],
)
def test_what_is_allowed_is_said_in_words(key: str, expected: str) -> None:
    assert allowed(properties(Group)[key], "see {}".format) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (10.0, "10"),
        (3e-05, "0.00003"),
        (0.0, "0"),
        (True, "true"),
        (None, "null"),
        ("truck", "truck"),
        ("07:00", '"07:00"'),
        ("", '""'),
        ({"a": [1, 2.5]}, "{a: [1, 2.5]}"),
    ],
)
def test_a_value_is_written_as_in_an_override(value: object, expected: str) -> None:
    assert flow(value) == expected
