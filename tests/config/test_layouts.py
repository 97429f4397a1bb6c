"""Layouts of sites: what is read, and what is refused with which words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from sim.config.layouts import Sort, layout_names, load_layout
from sim.config.site import Sites, packaged_site
from sim.errors import UserError

ROOM = {"kind": "room", "area_m2": 50, "people": {"voters_inside": 1}}
YARD = {"kind": "yard", "area_m2": 50}
DOOR = {"kind": "door", "between": ["room", "yard"], "width_m": 0.9, "length_m": 5}
GATE = {"kind": "gate", "from_space": "yard", "width_m": 2, "length_m": 9, "to_assembly_m": 50, "faces_crowd": True}
WHOLE: dict[str, Any] = {
    "title": "Mine", "spaces": {"room": ROOM, "yard": YARD}, "ways": {"door": DOOR}, "exits": {"gate": GATE},
}  # fmt: skip


def written(folder: Path, **changed: Any) -> Path:
    file = folder / "mine.yaml"
    file.write_text(yaml.safe_dump(WHOLE | changed))
    return file


@pytest.mark.parametrize("name", layout_names())
def test_packaged_layouts_have_a_place_for_everybody_and_an_exit_that_faces_the_crowd(name: str) -> None:
    layout = load_layout(name)
    for sort in Sort:
        assert sum(space.people.get(sort, 0) for space in layout.spaces.values()) == pytest.approx(1)
    assert [e.faces_crowd for e in layout.exits.values()].count(1.0) == 1
    assert len(layout.exits) > 1


def test_ones_own_file(tmp_path: Path) -> None:
    layout = load_layout(str(written(tmp_path)))
    assert (layout.title, layout.exits["gate"].faces_crowd) == ("Mine", 1.0)
    assert layout.ways["door"].effective_width_m == pytest.approx(0.6)


LONELY = {"room": ROOM, "yard": YARD, "attic": ROOM | {"people": {"crew": 1}}}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"exits": {}}, "exits = {}: nobody gets out: at least one exit is needed"),
        ({"exits": {"gate": GATE | {"from_space": "yrd"}}}, "exits.gate.from_space = 'yrd': unknown; did you mean 'yard'?"),
        ({"ways": {"door": DOOR | {"between": ["rom", "yard"]}}}, "ways.door.between[0] = 'rom': unknown; did you mean 'room'?"),
        ({"ways": {"door": DOOR | {"width_m": 0}}}, "ways.door.width_m = 0: nobody gets through: more than twice the boundary"),
        ({"ways": {"door": DOOR | {"width_m": 0.3}}}, "ways.door.width_m = 0.3: nobody gets through"),
        ({"ways": {"door": DOOR | {"kind": "corridor", "width_m": 0.4}}}, "boundary layer of 0.2 m is needed"),
        ({"ways": {}}, "spaces.room: no way leads from here to gate, so nobody from here is safe"),
        ({"spaces": LONELY}, "no way leads from here to gate, so nobody from here"),
        ({"ways": {"door": DOOR | {"kind": "stairs"}}}, "ways.door: stair_class: stairs need one of 7.5x10, 7x11"),
        ({"ways": {"door": DOOR | {"stair_class": "7x11"}}}, "stair_class = '7x11': only stairs have a class"),
        ({"ways": {"door": DOOR | {"kind": "dor"}}}, "ways.door.kind = 'dor': unknown; did you mean 'door'?"),
        ({"ways": {"door": DOOR | {"between": ["yard", "yard"]}}}, "not to itself"),
        ({"exits": {"door": GATE}}, "a way has this name"),
        ({"exits": {"gate": GATE | {"kind": "corridor"}}}, "an exit is a door, a gate or an opening"),
        ({"exits": {"gate": GATE | {"wide": 2}}}, "unknown setting 'exits.gate.wide'"),
        ({"spaces": {"room": ROOM | {"people": {"voters_inside": 0.5}}, "yard": YARD}}, "add up to 0.5, and 1 is needed"),
        ({"spaces": {"room": ROOM | {"people": {}}, "yard": YARD}}, "nobody starts anywhere"),
        ({"spaces": {"room": ROOM | {"only_exits": ["gaet"]}, "yard": YARD}}, "only_exits[0] = 'gaet': unknown; did you"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(tmp_path: Path, changed: dict[str, Any], said: str) -> None:
    file = written(tmp_path, **changed)
    with pytest.raises(UserError) as refused:
        load_layout(file)
    assert said in str(refused.value)
    assert str(refused.value).startswith(f"{file}: ")


def test_many_mistakes_are_said_at_once(tmp_path: Path) -> None:
    changed = {"ways": {"door": DOOR | {"between": ["rom", "yrd"]}}, "exits": {}}
    with pytest.raises(UserError) as refused:
        load_layout(written(tmp_path, **changed))
    assert len(str(refused.value).splitlines()) == 3


def test_loops_of_ways_are_fine(tmp_path: Path) -> None:
    assert len(load_layout(written(tmp_path, ways={"door": DOOR, "window": DOOR})).ways) == 2


def test_an_unknown_name_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="unknown layout 'scool_room'; did you mean 'school_room'"):
        load_layout("scool_room")
    with pytest.raises(UserError, match="cannot be read"):
        load_layout(tmp_path / "none.yaml")


def test_more_than_all_cannot_be_slow_or_assisted() -> None:
    settings = packaged_site().model_dump()
    settings["movement"] |= {"slow_share": 0.7, "assisted_share": 0.4}
    with pytest.raises(ValueError, match="at most 1 together"):
        Sites.model_validate(settings)
