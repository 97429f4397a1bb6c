"""Settings of re-tasking: nobody is taken for something from what is as bad or worse."""

from __future__ import annotations

import pytest

from sim.config.compose import load
from sim.errors import UserError


@pytest.mark.parametrize(
    ("matrix", "said"),
    [
        ("red: {on_scene: [red]}", "units are taken for something red only from green and yellow, not from something red"),
        ("yellow: {under_way: [green, red]}", "units are taken for something yellow only from green"),
        ("green: {under_way: [green]}", "from nothing: it is the mildest"),
        ("orange: {after_end: true}", "unknown setting"),
        ("red: {from: [green]}", "unknown setting"),
    ],
)  # fmt: skip
def test_a_matrix_that_cannot_be_is_refused_and_says_why(matrix: str, said: str) -> None:
    with pytest.raises(UserError, match="taken_for") as refused:
        load("riot_kecamatan3", [f"+strategy.retasking={{taken_for: {{{matrix}}}}}"])
    assert said in str(refused.value)


@pytest.mark.parametrize("setting", ["keep_officers: -1", "eased_minutes: 0", "farther_minutes: -1", "way_home: 1"])
def test_a_number_that_cannot_be_is_refused(setting: str) -> None:
    with pytest.raises(UserError, match=setting.split(":")[0]):
        load("riot_kecamatan3", [f"+strategy.retasking={{{setting}}}"])
