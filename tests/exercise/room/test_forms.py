"""Forms become actions, or one sentence."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import UserError
from sim.exercise.inject import EVERYBODY, Inject, InjectStatus, InjectType, Party
from sim.exercise.room.forms import ACTIONS, action_of, key_of, read_form
from sim.exercise.session.actions import Add, Ask, Back, Decide, Edit, Jump, Move, Option, Propose, Rate, Rating, Run
from sim.exercise.session.entry import Action
from sim.exercise.session.orders import Lever, Order
from sim.exercise.session.room import Room
from sim.exercise.session.state import Opening, state_of

STATE = state_of(
    Opening((Inject(3, "1", EVERYBODY, 600.0, InjectType.EVENT, "radio", "a", "b", "t", "x"),), 390.0, 900.0), []
)


def made(name: str, body: str) -> Any:
    return action_of(name, read_form(body.encode()), STATE)


@pytest.mark.parametrize(
    ("name", "body", "action"),
    [
        ("run", "", Run()), ("run", "speed=", Run()), ("run", "speed=2.5", Run(speed=2.5)),
        ("jump", "to=10:45", Jump(to=645.0)), ("jump", "to=10.45", Jump(to=645.0)), ("jump", "to=645.5", Jump(to=645.5)),
        ("move", "inject=3&to=9:05", Move(inject=3, to=545.0)), ("back", "to=07:00&name=+again+", Back(to=420.0, name="again")),
        ("rate", "inject=3&rating=M&text=", Rate(inject=3, rating=Rating.M)),
        ("decide", "text=so&inject=&who=chief", Decide(text="so", who="chief")),
        ("propose", "text=h%C3%A9%0Ax&key=k", Propose(text="hé\nx")),
        (
            "decide",
            "lever=send&unit=a&incident=s0&held=&lever=&unit=&incident=&held=&lever=hold&unit=b&incident=&held=no",
            Decide(orders=(Order(lever=Lever.SEND, unit="a", incident="s0"), Order(lever=Lever.HOLD, unit="b", held=False))),
        ),
        (
            "ask",
            "title=now&title=later&title=&focus=s0&lever=ask_for_army&lever=hold&option=1&option=0&unit=&unit=b",
            Ask(
                options=(Option(title="now", orders=(Order(lever=Lever.HOLD, unit="b"),)), Option(title="later", orders=(Order(lever=Lever.ASK_FOR_ARMY),))),
                focus="s0",
            ),
        ),
        (
            "add",
            "title=new&text=now&group=police&group=army&type=media",
            Add(inject=Inject(4, "", (Party.POLICE, Party.ARMY), None, InjectType.MEDIA, "", "", "", "new", "now", status=InjectStatus.APPROVED)),
        ),
        (
            "add",
            "text=later&time=10.00&seq=9",
            Add(inject=Inject(9, "", EVERYBODY, 600.0, InjectType.INFORMATION, "", "", "", "", "later", status=InjectStatus.SCHEDULED)),
        ),
        (
            "edit",
            "seq=3&text=other&time=",
            Edit(inject=Inject(3, "1", EVERYBODY, None, InjectType.EVENT, "radio", "a", "b", "t", "other")),
        ),
    ],
)  # fmt: skip
def test_a_form_becomes_its_action(name: str, body: str, action: Any) -> None:
    assert made(name, body) == action


@pytest.mark.parametrize(
    ("name", "body", "sentence"),
    [
        ("fly", "", "there is no such action"),
        ("jump", "to=noon", "time: 'noon' is not a time of the day; write it as 10:45"),
        ("jump", "to=10:75", "time: '10:75' is not a time of the day; write it as 10:45"),
        ("jump", "to=nan", "time: 'nan' is not a number that can stand here"),
        ("jump", "to=-1", "time: '-1.0' is not a number that can stand here"),
        ("jump", "", "time: is needed"),
        ("run", "speed=fast", "speed: 'fast' is not a number that can stand here"),
        ("run", "speed=121", "speed: '121' is not a number that can stand here"),
        ("deliver", "inject=x9", "inject: 'x9' is not a number that can stand here"),
        ("rate", "inject=1&rating=X", "rating: 'X' is not one of those that there are; known: M, P, S, U"),
        ("note", "text=", "text: is needed"),
        ("note", "text=" + "x" * 4_001, "text: is too long"),
        ("note", "txt=a", "txt: there is no such field here"),
        ("note", "do=run&text=a", "do: there is no such field here"),
        ("decide", "lever=fly&unit=a", "decision: 'fly' is not one of those that there are; known: "),
        ("decide", "lever=send&lever=hold&unit=a", "the decisions cannot be read: their fields do not match in number"),
        ("decide", "lever=hold&unit=a&held=maybe", "hold back: 'maybe' cannot stand here"),
        ("ask", "title=a&lever=hold&unit=b&option=7", "the decisions cannot be read: their fields do not match in number"),
        ("ask", "lines=0&lines=x", "lines: 'x' is not a number that can stand here"),
        ("ask", "&".join("title=a" for _each in range(5)), "options: is too long"),
        ("add", "type=rumour", "type: 'rumour' is not one of those that there are; known: "),
        ("add", "group=navy", "for whom: 'navy' is not one of those that there are; "),
        ("add", "seq=-1", "number: '-1' is not a number that can stand here"),
        ("add", "text=" + "x" * 4_001, "text: is too long"),
        ("add", "colour=red", "colour: there is no such field here"),
        ("edit", "text=x", "number: '' is not a number that can stand here"),
        ("edit", "seq=77", "number: '77' cannot stand here"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_in_one_sentence(name: str, body: str, sentence: str) -> None:
    with pytest.raises(UserError) as error:
        made(name, body)
    assert str(error.value).startswith(sentence)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("body", [b"\xff\xfe", b"text=%ff", "text=é".encode(), b"a=1&" * 1_000, b"text=%ed%a0%80"])
def test_what_is_no_form_is_refused(body: bytes) -> None:
    with pytest.raises(UserError, match="is no form"):
        read_form(body)


def test_a_key_is_what_a_page_makes() -> None:
    assert key_of([("key", "abc-1_Z")]) == "abc-1_Z"
    assert key_of([]) == ""
    for key in ("a b", "x" * 65, "é", "\n"):
        with pytest.raises(UserError, match="key: "):
            key_of([("key", key)])


NAMES = st.sampled_from(
    sorted(
        {field for cls in ACTIONS.values() for field in cls.model_fields} | {"lever", "title", "option", "seq", "time"}
    )
)


@given(
    st.sampled_from(sorted(ACTIONS)),
    st.lists(st.tuples(st.one_of(NAMES, st.text(max_size=8)), st.one_of(st.text(max_size=30), st.integers().map(str), st.floats().map(str))), max_size=12),
)  # fmt: skip
def test_any_form_is_an_action_or_a_sentence(name: str, fields: list[tuple[str, str]]) -> None:
    try:
        action = action_of(name, fields, STATE)
    except UserError as error:
        assert str(error)
    else:
        assert action.do == name


def test_every_action_has_its_form(room: Room) -> None:
    assert len(ACTIONS) == len(get_args(get_args(Action)[0]))
    assert all(cls.model_fields["do"].default == name for name, cls in ACTIONS.items())
