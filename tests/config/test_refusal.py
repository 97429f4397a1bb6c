"""A failed check says which settings it blames as data, and an unknown key which ones are known."""

from __future__ import annotations

from typing import Literal, Self

import pytest
from pydantic import ValidationError, model_validator

from sim.config.fields import Settings
from sim.config.refusal import UNKNOWN, SettingError, dotted, path_of


class Few(Settings):
    few: int
    many: int = 9

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.few > self.many:
            raise SettingError("few", f"{self.few} is more than many", also=["many"])
        return self


class All(Settings):
    rule: Literal["all"]
    parts: tuple[Few, ...]


def test_pydantic_keeps_the_paths_of_a_failed_check() -> None:
    with pytest.raises(ValidationError) as caught:
        All.model_validate({"rule": "all", "parts": [{"few": 1}, {"few": 10}]})
    (problem,) = caught.value.errors()
    error = problem["ctx"]["error"]
    assert isinstance(error, SettingError)
    assert (problem["loc"], error.paths) == (("parts", 1), [("few",), ("many",)])


def test_a_message_is_headed_by_its_setting_unless_it_names_it_itself() -> None:
    assert str(SettingError(("stages", 2, "servers"), "too many")) == "stages[2].servers: too many"
    assert str(SettingError("close", "close must come after open", also=["open"], named=True)) == (
        "close must come after open"
    )


def test_a_dotted_name_stands_for_a_path_and_a_path_is_written_dotted() -> None:
    assert path_of("moved_in.from_time") == ("moved_in", "from_time")
    assert path_of(("a.b", 3)) == ("a.b", 3)
    assert dotted(("stages", 0, "service")) == "stages[0].service"


def test_an_unknown_key_carries_the_known_ones_of_its_own_group_and_hides_no_other_mistake() -> None:
    with pytest.raises(ValidationError) as caught:
        All.model_validate({"rule": "none", "part": 1, "parts": [{"fwe": 1, "few": "x"}]})
    found = {problem["loc"]: problem for problem in caught.value.errors()}
    assert found[("parts", 0, "fwe")]["ctx"]["known"] == ["few", "many"]
    assert found[("part",)]["ctx"]["known"] == ["parts", "rule"]
    assert found[("part",)]["type"] == UNKNOWN
    assert found[("parts", 0, "few")]["type"] == "int_parsing"
    assert found[("rule",)]["ctx"]["expected"] == "'all'"
    assert len(found) == 4
