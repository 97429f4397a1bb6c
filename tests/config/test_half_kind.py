"""What is wrong between settings of a kind is said beside what is wrong in one of them, and nothing that is not wrong."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from sim.config.checked import check_any
from sim.config.compose import composed
from sim.config.packaged import KINDS
from sim.config.refusal import dotted
from sim.errors import UserError

PACKAGED: dict[str, dict[str, Any]] = composed([]).data[KINDS]
Path_ = tuple[str | int, ...]


def leaves(settings: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Give where each value stands."""
    inside = (
        enumerate(settings) if isinstance(settings, list) else settings.items() if isinstance(settings, dict) else ()
    )
    for key, value in inside:
        yield (*path, key)
        yield from leaves(value, (*path, key))


def put(settings: Any, path: Path_, value: object) -> dict[str, Any]:
    """Return the settings with another value."""
    changed = copy.deepcopy(settings)
    inside = changed
    for part in path[:-1]:
        inside = inside[part]
    inside[path[-1]] = value
    return changed  # type: ignore[no-any-return]


def said(kind: dict[str, Any], folder: Path) -> list[str]:
    """Return the lines that a check of a kind says, without the file they name."""
    file = folder / "mine.yaml"
    file.write_text(yaml.safe_dump(kind, sort_keys=False), encoding="utf-8")
    try:
        check_any(file)
    except UserError as error:
        return [line.partition("mine.yaml: ")[2] for line in str(error).splitlines()]
    return []


ONE_OF_EACH_COURSE = ("riot", "clash", "vandalism", "intimidation", "flood")
WRONG: tuple[object, ...] = ({"?": []}, "nonsense", -1e9)


@pytest.mark.parametrize("name", ONE_OF_EACH_COURSE)
def test_of_one_wrong_value_nothing_else_is_said(name: str, tmp_path: Path) -> None:
    for number, path in enumerate(leaves(PACKAGED[name])):
        wrong = WRONG[number % len(WRONG)]
        lines = said(put(PACKAGED[name], path, wrong), tmp_path)
        assert all(f"kinds.mine.{dotted(path)}" in line for line in lines), (path, wrong, lines)


@pytest.mark.slow
@pytest.mark.parametrize("name", PACKAGED)
@pytest.mark.parametrize("wrong", WRONG)
def test_of_any_wrong_value_nothing_else_is_said(name: str, wrong: object, tmp_path: Path) -> None:
    for path in leaves(PACKAGED[name]):
        lines = said(put(PACKAGED[name], path, wrong), tmp_path)
        assert all(f"kinds.mine.{dotted(path)}" in line for line in lines), (path, lines)


BETWEEN = {
    "severities.red.from_active": (("severities", "red", "from_active"), 20),
    "road_weight": (("road_weight",), 1),
    "severities.green.effects[0]": (("severities", "green", "effects"), [{"effect": "close_road"}]),
}
"""A mistake between settings of a riot, each right by itself: where it is said, and what makes it."""


@pytest.mark.parametrize("place", BETWEEN)
@pytest.mark.parametrize("value", [("course", "starters"), ("severities", "yellow", "needs", "presence"), ("title",)])
def test_a_mistake_between_settings_is_said_beside_a_wrong_value(place: str, value: Path_, tmp_path: Path) -> None:
    between = put(PACKAGED["riot"], *BETWEEN[place])
    (alone,) = said(between, tmp_path)
    assert f"kinds.mine.{place}" in alone
    lines = said(put(between, value, ["?"]), tmp_path)
    assert len(lines) == 2 and alone in lines and f"kinds.mine.{dotted(value)}" in "".join(lines)


def test_each_course_is_among_them() -> None:
    of_each = [PACKAGED[name]["course"]["course"] for name in ONE_OF_EACH_COURSE]
    assert sorted(of_each) == sorted({kind["course"]["course"] for kind in PACKAGED.values()})


def test_what_a_wrong_value_itself_is_part_of_is_not_said(tmp_path: Path) -> None:
    out_of_order = put(PACKAGED["riot"], ("severities", "red", "from_active"), 20)
    (line,) = said(put(out_of_order, ("severities", "yellow", "from_active"), -5), tmp_path)
    assert "yellow.from_active = -5" in line  # nobody knows what it should be, so nobody knows the order


def test_a_group_that_lacks_what_it_needs_keeps_nothing_back(tmp_path: Path) -> None:
    lines = said(put(put(PACKAGED["riot"], ("road_weight",), 1), ("course", "thresholds"), {"sd_share": 0.1}), tmp_path)
    assert any("'kinds.mine.course.thresholds.react_per_minute' is missing" in line for line in lines)
    assert any("kinds.mine.road_weight = 1" in line for line in lines)


def test_a_scenario_says_it_too(tmp_path: Path) -> None:
    (tmp_path / "kinds").mkdir()
    broken = put(put(PACKAGED["riot"], ("severities", "red", "from_active"), 20), ("course", "starters"), 0)
    (tmp_path / "kinds" / "mine.yaml").write_text(yaml.safe_dump(broken), encoding="utf-8")
    day = tmp_path / "day.yaml"
    day.write_text('title: A day\nincidents: [{kind: mine, onset: "09:00", place: Nowhere}]\n', encoding="utf-8")
    with pytest.raises(UserError) as raised:
        check_any(day)
    told = str(raised.value)
    assert "starters = 0" in told and "red.from_active must be more than" in told and len(told.splitlines()) == 2
