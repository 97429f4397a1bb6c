"""The grammar of overrides: Hydra's, with plain decimals for numbers."""

from __future__ import annotations

import pytest

from sim.config.override import read_overrides as parse
from sim.config.override import sweeps
from sim.errors import UserError


def refused(override: str) -> str:
    with pytest.raises(UserError) as caught:
        parse([override])
    return str(caught.value)


@pytest.mark.parametrize("value", ["1_000", "+5", "1e3", ".5", "5.", "inf", "-inf", "nan", "NaN", "9" * 5000])
def test_a_number_that_is_no_plain_decimal_is_refused_with_setting_and_value(value: str) -> None:
    said = refused(f"++run.seed={value}")
    assert f": run.seed = {value[:60]}" in said and ": a number is written in plain decimals" in said
    assert ": run.seed = 1_0: a number" in refused("run.seed=3,1_0,4"), "also in a sweep, before it is expanded"


@pytest.mark.parametrize(
    ("override", "says"),
    [
        ("a.b=[1, {c: [2, 1_0]}]", "a.b[1].c[1] = 1_0: a number"),
        ("a={b: .5}", "a.b = .5: a number"),
        ("a=range(1,1e3)", "a = 1e3: a number"),
        ("a=int('0x10')", "cannot read the override"),
        ("a=float('inf')", "cannot read the override"),
        ("a=bool(1)", "cannot read the override"),
        ("a=٣", "cannot read the override 'a=٣'"),
    ],
)
def test_it_is_refused_wherever_it_stands(override: str, says: str) -> None:
    assert says in refused(override)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12), ("-3", -3), ("0.5", 0.5), (" 12", 12), ("true", True), ("null", None), ("13:00", "13:00"),
        ("'1e5'", "1e5"), ("010", "010"), ("0x1F", "0x1F"), ("1:30", "1:30"), ("yes", "yes"), ("17.02.06", "17.02.06"),
        ("[1, a]", [1, "a"]), ("{a: 1, b: [x, 2]}", {"a": 1, "b": ["x", 2]}),
    ],
)  # fmt: skip
def test_other_values_are_those_of_hydra(text: str, value: object) -> None:
    (override,) = parse([f"a={text}"])
    assert override.value() == value and isinstance(override.value(), type(value))


def test_a_sweep_keeps_small_numbers_plain() -> None:
    assert sweeps(["a=0.00001,2", "b=[{c: 0.00002}]", "d=range(1,3)"]) == [
        ["a=0.00001", "b=[{c:0.00002}]", "d=1"],
        ["a=0.00001", "b=[{c:0.00002}]", "d=2"],
        ["a=2", "b=[{c:0.00002}]", "d=1"],
        ["a=2", "b=[{c:0.00002}]", "d=2"],
    ]
