"""The console's page and parts as they go over the wire: in both languages, escaped, without anything inline."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from sim.exercise.inject import EVERYBODY, Inject, InjectType
from sim.exercise.room import console
from sim.exercise.room.console.parts import PAGES, PARTS
from sim.exercise.room.lobby import Lobby
from sim.exercise.room.parts import Device, Part, Visit
from sim.exercise.room.render import rendered
from sim.exercise.session import actions as a
from sim.exercise.session.entry import Entry
from sim.exercise.session.room import Room
from sim.words.language import Language, spoken
from tests.exercise.room.console.conftest import Does, hold
from tests.exercise.room.console.test_options import FASTER

EVIL = "<script>alert('x')</script>\"&"
TEMPLATES = sorted((Path(console.__file__).parent / "templates").glob("*.html"))
NAMES = [part.name for part in PARTS]


@pytest.fixture
def full(room: Room, does: Does, asks: Callable[..., Entry]) -> Room:
    """A room in which everything has happened, under names that would do harm."""
    does(a.Jump(to=585))
    does(a.Deliver(inject=2))
    asks(text=EVIL, orders=(hold(room),), inject=2)
    asks(text="two")
    does(a.Add(inject=Inject(9, EVIL, EVERYBODY, None, InjectType.EVENT, EVIL, EVIL, EVIL, EVIL, EVIL, note=EVIL)))
    does(a.Decide(text=EVIL, who=EVIL, why=EVIL, orders=(hold(room),), inject=2))
    does(a.Note(text=EVIL, inject=2))
    does(a.Hold(inject=3, why=EVIL))
    ask = does(a.Ask(options=(a.Option(title=EVIL, orders=(hold(room),)),), inject=2))
    room.do(a.Answer(question=ask.seq, found=FASTER.written()), by="siaga", role=None)
    does(a.Overrule(text=EVIL, why=EVIL, question=ask.seq, inject=2))
    does(a.Ask(options=(a.Option(title="at work"),)))
    does(a.Back(to=583, name=EVIL))
    does(a.GoTo(line=0))
    return room


def visit() -> Visit:
    lobby = Lobby(address="http://192.0.2.7:8765/", code="M0 0h1v1h-1z", size=29, open=True)
    return Visit(Device("d-f", a.RoomRole.FACILITATOR), lobby, {"inject": "2"})


def html(part: Part, room: Room) -> str:
    return rendered(part.template, visit(), **part.view(room, visit()))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("part", PARTS, ids=NAMES)
def test_every_part_renders_full_and_empty_in_each_language(part: Part, language: Language, full: Room) -> None:
    with spoken(language):
        found = re.sub(r'data-template="[^"]*"', "", html(part, full))  # what the script fills in
        assert not re.search(r"\{[a-z_]*[:}]|None<|&lt;built-in", found), found


@pytest.mark.parametrize("part", PARTS, ids=NAMES)
def test_every_part_renders_before_anything_has_been_done(part: Part, room: Room) -> None:
    assert html(part, room) is not None


@pytest.mark.parametrize("part", PARTS, ids=NAMES)
def test_what_somebody_wrote_is_text_in_every_part(part: Part, full: Room) -> None:
    assert "<script" not in html(part, full)


@pytest.mark.parametrize("language", Language)
def test_the_page_renders_in_each_language(language: Language, full: Room) -> None:
    with spoken(language):
        page = rendered(PAGES[0].template, visit(), **PAGES[0].view(full, visit()))
    assert f'<html lang="{language}">' in page
    for name in NAMES:
        assert f"/console/part/{name}" in page


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.stem)
def test_no_template_has_a_style_or_a_script_of_its_own(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not re.search(r'\sstyle="|<style|\son[a-z]+="|hx-on|js:|<script(?! src="/static/)', text)


def test_only_the_facilitator_has_parts_of_the_console() -> None:
    assert {role for part in PARTS for role in part.roles} == {a.RoomRole.FACILITATOR}


def test_what_a_button_would_fill_in_is_json_whatever_the_names_are(full: Room) -> None:
    part = next(part for part in PARTS if part.name == "console_units")
    row = {**part.view(full, visit())["rows"][0], "name": "a \"b\" 'c' & <d>", "busy": False, "held": False}
    found = rendered(part.template, visit(), words=part.view(full, visit())["words"], rows=[row | {"stays": False}])
    filled = [json.loads(unescape(text)) for text in re.findall("data-order='([^']*)'", found)]
    assert [one["unit"] for one in filled] == ["a \"b\" 'c' & <d>"] * 2


def test_pins_and_the_way_to_join_are_on_the_console(full: Room) -> None:
    people = html(next(part for part in PARTS if part.name == "console_people"), full)
    assert full.secret.players in people
    assert full.secret.evaluators in people
    assert "http://192.0.2.7:8765/" in people
    assert full.secret.console not in people
    assert full.secret.seal not in people
