"""What was done, in a sentence: for the log, and for the button that undoes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sim.exercise.room.console.said import Said, clock, parties, speed
from sim.exercise.session import actions as a
from sim.exercise.session.entry import Entry
from sim.words import room as room_words
from sim.words import room_console as words
from sim.words import room_told as told_words
from sim.words.language import number


def told(entry: Entry, said: Said) -> str:
    """Return what was done, in a sentence."""
    action = entry.action
    fields = _FIELDS.get(type(action), _nothing)(action, said)
    sentence = str(told_words.TOLD[action.do].format(**fields))
    return _in_full(sentence, action, said)


def _in_full(sentence: str, action: Any, said: Said) -> str:
    """Add to a sentence what moves the model, who decided, and why."""
    more = said.orders(getattr(action, "orders", ()))
    if getattr(action, "who", ""):
        more.append(words.DECIDED_BY.format(who=action.who))
    if getattr(action, "why", ""):
        more.append(words.BECAUSE.format(why=action.why))
    return " · ".join(part for part in [sentence, *more] if part)


def overruled(entries: Iterable[Entry]) -> list[tuple[str, str]]:
    """Return when the facilitator said otherwise than the model, and what holds instead."""
    found = []
    for entry in entries:
        action = entry.action
        if isinstance(action, a.Overrule):
            why = words.BECAUSE.format(why=action.why) if action.why else ""
            found.append((clock(entry.time), " · ".join(part for part in (action.text, why) if part)))
    return found


def _nothing(_action: Any, _said: Said) -> Mapping[str, Any]:
    return {}


def _text(action: Any, _said: Said) -> Mapping[str, Any]:
    return {"text": action.text}


def _inject(action: Any, _said: Said) -> Mapping[str, Any]:
    return {"number": action.inject}


def _join(action: a.Join, said: Said) -> Mapping[str, Any]:
    return {"device": action.label or said.role(action), "role": said.role(action)}


def _whole_inject(action: Any, _said: Said) -> Mapping[str, Any]:
    inject = action.inject
    return {"number": inject.seq, "title": inject.title, "group": parties(inject.group)}


def _rate(action: a.Rate, _said: Said) -> Mapping[str, Any]:
    return {"number": action.inject, "rating": action.rating, "words": room_words.RATINGS[action.rating]}


def _back(action: a.Back, _said: Said) -> Mapping[str, Any]:
    return {"to": clock(action.to), "name": action.name or words.UNNAMED}


def _ask(action: a.Ask, _said: Said) -> Mapping[str, Any]:
    if action.lines:
        return {"options": words.LINES_OF.format(names=", ".join(map(str, action.lines)))}
    return {"options": " / ".join(option.title for option in action.options)}


_FIELDS: Mapping[type, Callable[[Any, Said], Mapping[str, Any]]] = {
    a.Join: _join,
    a.Leave: lambda action, said: {"device": said.device(action.device)},
    a.Run: lambda action, _said: {"speed": speed(action.speed)},
    a.Jump: lambda action, _said: {"to": clock(action.to)},
    a.Add: _whole_inject,
    a.Edit: _whole_inject,
    a.Approve: _inject,
    a.Deliver: _inject,
    a.Hold: _inject,
    a.Skip: _inject,
    a.Move: lambda action, _said: {"number": action.inject, "to": clock(action.to)},
    a.Acknowledge: _inject,
    a.Close: _inject,
    a.Propose: _text,
    a.Decline: lambda action, _said: {"number": action.proposal},
    a.Decide: _text,
    a.Ask: _ask,
    a.Answer: lambda action, _said: {"number": action.question, "fault": action.fault},
    a.Show: lambda action, _said: {"number": action.question},
    a.Overrule: _text,
    a.Note: _text,
    a.Rate: _rate,
    a.Observe: _text,
    a.Find: lambda action, _said: {"kind": told_words.FINDINGS[action.kind], "text": action.text},
    a.Improve: lambda action, _said: {"text": action.action},
    a.Back: _back,
    a.GoTo: lambda action, _said: {"number": number(action.line, "d")},
    a.Undo: lambda action, _said: {"number": number(action.entry, "d")},
}
"""What the sentence of an action names."""
