from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from sim.config.fields import Clock, Name, OneOf, Share, format_clock, parse_clock
from sim.vocabulary import Severity

CLOCK = TypeAdapter(Clock)
NAME = TypeAdapter(Name)


@given(st.integers(0, 36), st.integers(0, 59))
def test_every_written_time_survives_a_round_trip(hours: int, minutes: int) -> None:
    text = f"{hours:02d}:{minutes:02d}"
    assert parse_clock(text) == hours * 60 + minutes
    assert format_clock(parse_clock(text)) == text


def test_a_bare_number_for_a_time_names_the_time_that_it_may_mean() -> None:
    with pytest.raises(ValidationError, match=r'quotes.*not as a number.*"13:00"'):
        CLOCK.validate_python(780)


@pytest.mark.parametrize("text", ["7", "25:60", "37:00", "-1:00", "noon", "", "7:5", "٠٧:٠٠", "07:00\n", "07:00:00"])
def test_anything_else_is_no_time(text: str) -> None:
    with pytest.raises(ValidationError, match="HH:MM"):
        CLOCK.validate_python(text)


@pytest.mark.parametrize(("read", "says"), [(True, "on, off"), (8, "number 8"), (1.5, "number 1.5")])
def test_a_name_that_yaml_turned_into_something_else_is_refused(read: object, says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        NAME.validate_python(read)


@pytest.mark.parametrize("value", [-0.1, 1.1, "0.5", True, float("nan"), float("inf")])
def test_a_share_is_a_number_between_zero_and_one(value: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Share).validate_python(value)


@pytest.mark.parametrize("wrong", ["blue", "Red", "", 1, True, None, ["red"]])
def test_words_of_an_enumeration_are_refused_and_described_as_a_literal_is(wrong: object) -> None:
    told = []
    for kind in (Annotated[str, OneOf(one.word for one in Severity)], Literal["green", "yellow", "red"]):
        adapter: TypeAdapter[str] = TypeAdapter(kind)
        with pytest.raises(ValidationError) as caught:
            adapter.validate_python(wrong)
        told.append((caught.value.errors(), adapter.json_schema(), adapter.validate_python("red")))
    assert told[0] == told[1]
