"""From what a page's form sends to an action: names and texts become numbers, times, orders; what cannot, is said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl

from pydantic import BaseModel, ValidationError

from sim.errors import UserError, nearest, shortened
from sim.exercise.inject import FIELDS, Inject, InjectStatus, InjectType, Party
from sim.exercise.session import actions
from sim.exercise.session.actions import MOST_TEXT
from sim.exercise.session.entry import Action
from sim.exercise.session.life import scheduled
from sim.exercise.session.state import State
from sim.words import room_server as words

MOST_BODY = 96 * 1024
"""Bytes of a form: more than the largest that a page has, an inject with all its texts in a script of three bytes."""
MOST_FIELDS = 600
KEY = "key"
THEN = "deliver"
"""With ``add``: ``yes`` delivers the inject as soon as it is added."""
ORDER = ("lever", "unit", "incident", "station", "road", "place", "held")
"""Fields of an order; they are repeated for several, each as often as ``lever`` or not at all."""
OPTION, TITLE, LINES = "option", "title", "lines"
_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})")
_TRUE, _FALSE = frozenset({"yes", "true", "on", "1"}), frozenset({"no", "false", "off", "0", ""})

Fields = Sequence[tuple[str, str]]

ACTIONS: Mapping[str, type[BaseModel]] = {
    cls.model_fields["do"].default: cls
    for cls in vars(actions).values()
    if isinstance(cls, type) and issubclass(cls, BaseModel) and "do" in cls.model_fields
}
"""Every action by its name."""


def read_form(body: bytes) -> Fields:
    """Read a form as browsers send it (``application/x-www-form-urlencoded``).

    Raises:
        UserError: When it is none.
    """
    try:
        return parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise UserError(words.NOT_A_FORM) from error


def key_of(fields: Fields) -> str:
    """Return what the device calls what it does; empty for nothing.

    Raises:
        UserError: When it is not one that a page makes.
    """
    key = one(fields, KEY)
    if key and not _KEY.fullmatch(key):
        raise UserError(words.CANNOT_BE.format(field=_named(KEY), value=shortened(key)))
    return key


def one(fields: Fields, name: str) -> str:
    """Return the last value of a field; empty where there is none."""
    return next((value for key, value in reversed(fields) if key == name), "")


def all_of(fields: Fields, name: str) -> list[str]:
    """Return all values of a field, in order."""
    return [value for key, value in fields if key == name]


def action_of(name: str, fields: Fields, state: State) -> Any:
    """Return the action that a form asks for.

    Args:
        name: Name of the action.
        fields: What was sent.
        state: How the room stands: an inject that is edited keeps what its form does not have.

    Raises:
        UserError: When there is no such action, or a field cannot be read.
    """
    cls = ACTIONS.get(name)
    if cls is None:
        raise UserError(words.NO_SUCH_ACTION)
    fields = [(key, value) for key, value in fields if key not in (KEY, THEN)]
    if name in ("add", "edit"):
        return _made(cls, {"inject": _inject(name, fields, state)})
    values: dict[str, Any] = {}
    if name == "ask":
        values["options"], values["lines"] = _options(fields), all_of(fields, LINES)
        fields = [pair for pair in fields if pair[0] not in (*ORDER, OPTION, TITLE, LINES)]
    elif "orders" in cls.model_fields:
        values["orders"] = [order for _option, order in _orders(fields)]
        fields = [pair for pair in fields if pair[0] not in ORDER]
    for key, value in fields:
        if key not in cls.model_fields or key == "do":
            raise UserError(words.UNKNOWN_FIELD.format(field=_named(key)))
        if value == "" and not _is_text(cls, key):
            continue  # a field that was left empty says nothing
        values[key] = _time(key, value) if key == "to" else value
    return _made(cls, values)


def _is_text(cls: type[BaseModel], name: str) -> bool:
    return bool(cls.model_fields[name].default == "")


def _made(cls: type[BaseModel], values: Mapping[str, Any]) -> Any:
    try:
        return cls.model_validate(values)
    except ValidationError as error:
        raise UserError(_said(error)) from error


def _said(error: ValidationError) -> str:
    """Return the first fault of a form in one sentence."""
    first = error.errors(include_url=False)[0]
    loc = first["loc"][1:] if first["loc"][:1] == ("inject",) and len(first["loc"]) > 1 else first["loc"]
    field = next((part for part in reversed(loc) if isinstance(part, str)), "")
    value, kind = shortened(str(first["input"])), first["type"]
    if kind in ("missing", "string_too_short", "too_short"):
        return words.NEEDED.format(field=_named(field))
    if kind in ("string_too_long", "too_long"):
        return words.TOO_LONG.format(field=_named(field))
    if kind in ("enum", "literal_error"):
        known = str(first.get("ctx", {}).get("expected", "")).replace("'", "")
        return words.NOT_ALLOWED.format(
            field=_named(field), value=value, hint=nearest(value, re.split(", | or ", known))
        )
    if kind.startswith(("int", "float", "greater", "less", "finite")):
        return words.NOT_A_NUMBER.format(field=_named(field), value=value)
    return words.CANNOT_BE.format(field=_named(field), value=value)


def _named(field: str) -> str:
    return words.FIELDS.get(field, shortened(field))


def _time(field: str, value: str) -> float:
    """Read a time of the day, as ``10:45`` or as minutes after midnight."""
    found = _TIME.fullmatch(value.strip())
    if found and int(found[2]) < 60:
        return 60.0 * int(found[1]) + int(found[2])
    try:
        return float(value)
    except ValueError:
        raise UserError(words.NOT_A_TIME.format(field=_named(field), value=shortened(value))) from None


def _orders(fields: Fields) -> list[tuple[str, dict[str, Any]]]:
    """Return the orders of a form, each with the option that it belongs to; rows without a lever are none."""
    columns = {name: all_of(fields, name) for name in (*ORDER, OPTION)}
    rows = len(columns["lever"])
    if any(len(values) not in (0, rows) for values in columns.values()):
        raise UserError(words.ROWS_DIFFER)
    found = []
    for row in range(rows):
        order: dict[str, Any] = {name: columns[name][row] for name in ORDER if columns[name] and columns[name][row]}
        if "lever" not in order:
            continue
        if "held" in order:
            order["held"] = _yes("held", order["held"])
        found.append((columns[OPTION][row] if columns[OPTION] else "0", order))
    return found


def _options(fields: Fields) -> list[dict[str, Any]]:
    """Return the options of a question: one a ``title``, numbered from 0, and the orders that bear its number."""
    orders = _orders(fields)
    titles = all_of(fields, TITLE)
    if any(number not in map(str, range(len(titles))) for number, _order in orders):
        raise UserError(words.ROWS_DIFFER)
    options: list[dict[str, Any]] = [
        {"title": title, "orders": [order for number, order in orders if number == str(index)]}
        for index, title in enumerate(titles)
    ]
    return [option for option in options if option["title"].strip() or option["orders"]]


def _yes(field: str, value: str) -> bool:
    if value.lower() not in _TRUE | _FALSE:
        raise UserError(words.CANNOT_BE.format(field=_named(field), value=shortened(value)))
    return value.lower() in _TRUE


def _inject(name: str, fields: Fields, state: State) -> Inject:
    """Return the inject of a form: a new one, or one of the list with what the form has of it changed."""
    for key, _value in fields:
        if key not in FIELDS:
            raise UserError(words.UNKNOWN_FIELD.format(field=_named(key)))
    number = one(fields, "seq")
    if name == "add":
        seq = _whole("seq", number) if number else max(state.injects, default=0) + 1
        before = Inject(seq, "", tuple(Party), None, InjectType.INFORMATION, "", "", "", "", "")
    else:
        standing = state.injects.get(_whole("seq", number))
        if standing is None:
            raise UserError(words.CANNOT_BE.format(field=_named("seq"), value=shortened(number)))
        before = standing.inject
    given: dict[str, Any] = {key: _inject_value(key, fields) for key in dict.fromkeys(key for key, _ in fields)}
    made = replace(before, **{key: value for key, value in given.items() if key not in ("seq", "actual_time")})
    return replace(made, status=scheduled(made)) if name == "add" and "status" not in given else made


def _inject_value(key: str, fields: Fields) -> Any:
    value = one(fields, key)
    if key == "group":
        return tuple(dict.fromkeys(_choice(Party, key, party) for party in all_of(fields, key) if party))
    if key == "type":
        return _choice(InjectType, key, value)
    if key == "status":
        return _choice(InjectStatus, key, value)
    if key == "time":
        return _time(key, value) if value.strip() else None
    if key in ("seq", "longest_minutes"):
        return _whole(key, value)
    if key == "actual_time":
        return None
    if len(value) > MOST_TEXT:
        raise UserError(words.TOO_LONG.format(field=_named(key)))
    return value.strip()


def _choice(names: type[StrEnum], field: str, value: str) -> Any:
    try:
        return names(value)
    except ValueError:
        hint = nearest(value, names)
        raise UserError(words.NOT_ALLOWED.format(field=_named(field), value=shortened(value), hint=hint)) from None


def _whole(field: str, value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", value.strip()):
        raise UserError(words.NOT_A_NUMBER.format(field=_named(field), value=shortened(value)))
    return int(value)


__all__ = ["ACTIONS", "Action", "action_of", "all_of", "key_of", "one", "read_form"]
