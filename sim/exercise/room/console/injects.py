"""The list of injects as the control team sees it, and the one that is looked at: hidden columns and all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.exercise.inject import Inject, InjectStatus, InjectType, event_and_delay
from sim.exercise.room.console.said import Said, clock, minutes, parties
from sim.exercise.room.console.told import overruled, told
from sim.exercise.session.actions import Approve, Close, Decide, Deliver, Hold, Move, Rate, Skip
from sim.exercise.session.life import FROM, WAITING, Standing, due_time
from sim.exercise.session.room import Room
from sim.exercise.session.state import State, ratings
from sim.words import room as room_words
from sim.words import room_console as words

S = InjectStatus
_BUTTONS = (Approve, Deliver, Hold, Skip, Move, Close)


def listed(room: Room) -> dict[str, Any]:
    """Return the list: late ones on top, then those to come in order of time, those kept back, the rest."""
    statuses, happened, now = room.statuses(), room.happened(), room.now
    rows = [_row(one, statuses[n], happened, now) for n, one in room.state.injects.items()]
    late = sorted((r for r in rows if r["status"] is S.DUE), key=lambda r: r["when"])
    coming = [r for r in rows if r["waiting"] and r["status"] is not S.DUE and not r["kept"]]
    coming.sort(key=lambda r: (r["when"] is None, r["when"] or 0.0, r["number"]))
    kept = [r for r in rows if r["waiting"] and r["status"] is not S.DUE and r["kept"]]
    given = sorted((r for r in rows if not r["waiting"]), key=lambda r: (-(r["given"] or 0.0), -r["number"]))
    groups = [("late", late), ("coming", coming), ("kept", kept), ("given", given)]
    return {"groups": [{"name": name, "title": words.GROUPS[name], "rows": found} for name, found in groups if found]}


def _row(standing: Standing, status: InjectStatus, happened: Mapping[str, float], now: float) -> dict[str, Any]:
    inject, when = standing.inject, due_time(standing, happened)
    return {
        "number": inject.seq,
        "title": inject.title or inject.text[:80],
        "type": room_words.TYPES[inject.type],
        "group": parties(inject.group),
        "status": status,
        "status_said": room_words.STATUSES[status],
        "waiting": standing.status in WAITING,
        "kept": inject.type is InjectType.CONTINGENCY or status is S.HELD or (when is None and not inject.model_event),
        "when": when,
        "due": _due_said(standing, status, when, now),
        "given": standing.delivered,
        "can_deliver": standing.status in FROM[Deliver],
        "overruled": bool(standing.overruled),
    }


def _due_said(standing: Standing, status: InjectStatus, when: float | None, now: float) -> str:
    """Say when an inject is due, how late it is, or what it waits for."""
    inject = standing.inject
    if standing.delivered is not None:
        return str(words.DELIVERED_AT.format(time=clock(standing.delivered)))
    if status is S.DUE and when is not None:
        return str(words.LATE.format(time=clock(when), late=minutes(now - when)))
    if when is not None:
        return str(words.DUE_IN.format(time=clock(when), span=minutes(max(0.0, when - now))))
    if inject.model_event and not standing.moved:
        return str(words.WAITS_FOR_EVENT)
    return str(words.IF.format(condition=inject.condition) if inject.condition else words.BY_HAND)


def chosen(room: Room, asked: Mapping[str, str]) -> dict[str, Any]:
    """Return the inject that is looked at, with all that the control team may know of it.

    Args:
        room: The room.
        asked: ``inject``: its number; without one that is there, the first late one, else the next.
    """
    state = room.state
    number = _asked_number(asked, state)
    if number is None:
        groups = listed(room)["groups"]
        number = groups[0]["rows"][0]["number"] if groups else None
    if number is None:
        return {"inject": None}
    standing, said = state.injects[number], Said(room)
    status, happened = room.statuses()[number], room.happened()
    row = _row(standing, status, happened, room.now)
    return {
        "inject": standing.inject,
        "row": row,
        "may": {cls.model_fields["do"].default: _may(standing, cls) for cls in _BUTTONS},
        "may_decide": _may(standing, Decide),
        "event": _event_said(standing, happened),
        "hidden": [(words.HIDDEN[name], text) for name, text in _hidden(standing.inject) if text],
        "why": standing.why,
        "move_to": clock(max(room.now, standing.due or room.now)),
        "read_by": [said.device(device) for device in standing.acknowledged],
        "decisions": [(entry.seq, clock(entry.time), told(entry, said)) for entry in standing.decisions],
        "overruled": overruled(standing.overruled),
        "ratings": [_rating(entry.action, said.device(entry.by)) for entry in ratings(standing)],
        "notes": [
            (clock(e.time), getattr(e.action, "text", ""), said.device(e.by))
            for e in [*state.notes, *state.observations]
            if getattr(e.action, "inject", None) == number
        ],
        "focus": focus_of(standing.inject),
    }


def _asked_number(asked: Mapping[str, str], state: State) -> int | None:
    text = asked.get("inject", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
    return number if number in state.injects else None


def _may(standing: Standing, action: type) -> bool:
    return standing.status in FROM[action]


def _hidden(inject: Inject) -> list[tuple[str, str]]:
    return [
        ("note", inject.note),
        ("expected_action", inject.expected_action),
        ("decision", inject.decision),
        ("condition", inject.condition),
        ("objective", inject.objective),
        ("learning_point", inject.learning_point),
        ("longest_minutes", words.MINUTES.format(minutes=inject.longest_minutes) if inject.longest_minutes else ""),
        ("controller", inject.controller),
    ]


def _event_said(standing: Standing, happened: Mapping[str, float]) -> str:
    """Say when the event of the model that an inject tells of happened on the room's line."""
    event, _delay = event_and_delay(standing.inject.model_event)
    if not event:
        return ""
    if event not in happened:
        return str(words.EVENT_NOT_YET.format(event=event))
    return str(words.EVENT_AT.format(event=event, time=clock(happened[event])))


def _rating(action: object, by: str) -> dict[str, str]:
    assert isinstance(action, Rate)
    return {"rating": action.rating, "said": room_words.RATINGS[action.rating], "text": action.text, "by": by}


def focus_of(inject: Inject) -> str:
    """Return the incident that an inject is about, by the event of the model that it tells of; empty for none."""
    parts = inject.model_event.split("/")
    return parts[1] if len(parts) > 2 and parts[0] == "incident" else ""
