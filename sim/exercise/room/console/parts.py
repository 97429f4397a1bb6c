"""The console's page and its parts, as the server has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sim.exercise.inject import InjectType, Party
from sim.exercise.room.console import (
    choices,
    clock,
    happened,
    injects,
    lines,
    log,
    options,
    people,
    requests,
    situation,
)
from sim.exercise.room.parts import Page, Part, View, Visit
from sim.exercise.session import actions as a
from sim.exercise.session.actions import RoomRole
from sim.exercise.session.room import Room
from sim.words import room as room_words
from sim.words import room_console as words
from sim.words import room_table
from sim.words.language import speaking

MOST_OPTIONS = 4
"""Options of a question that the form offers: as many as one may ask of."""
_FACILITATOR = frozenset({RoomRole.FACILITATOR})
_LINE = (a.Back, a.GoTo, a.Undo, a.End)
"""After what everything that belongs to a line may have changed."""


def _of_room(view: Callable[[Room], Mapping[str, Any]]) -> View:
    """Return a part's view of one that needs the room alone."""
    return lambda room, _visit: {"words": words, **view(room)}


def _of_asked(view: Callable[[Room, Mapping[str, str]], Mapping[str, Any]]) -> View:
    """Return a part's view of one that needs what was asked for as well."""
    return lambda room, visit: {"words": words, **view(room, visit.asked)}


def _untold(room: Room, _visit: Visit) -> Mapping[str, Any]:
    parties = [(str(party), room_words.PARTIES[party]) for party in Party]
    return {"words": words, "parties": parties, **happened.untold(room)}


def _questions(room: Room, visit: Visit) -> Mapping[str, Any]:
    return {"words": words, **options.questions(room, visit.lobby.progress)}


def _people(room: Room, visit: Visit) -> Mapping[str, Any]:
    return {"words": words, **people.people(room, visit.lobby)}


def page(room: Room, _visit: Visit) -> Mapping[str, Any]:
    """Return what the page itself speaks of: what never changes while it is open."""
    return {
        "words": words,
        "map_words": room_table,
        "name": room.about.name,
        "levers": choices.levers(),
        "parties": [(str(party), room_words.PARTIES[party]) for party in Party],
        "types": [(str(one), room_words.TYPES[one]) for one in InjectType],
        "kinds": [(name, words.KINDS[name]) for name in log.KINDS],
        "letters": options.LETTERS[:MOST_OPTIONS],
        "texts": {"lang": str(speaking()), "running": words.HEAD["running"]},
    }


def _part(name: str, view: View, by: tuple[type, ...] | None = None, *, due: bool = False, live: bool = False) -> Part:
    return Part(f"console_{name}", _FACILITATOR, f"console/{name}.html", view, by, due=due, live=live)


PARTS = (
    _part("head", _of_room(clock.head), due=True),
    _part("digest", _of_room(clock.digest)),
    _part("list", _of_room(injects.listed), due=True, live=True),
    _part("inject", _of_asked(injects.chosen), due=True, live=True),
    _part("untold", _untold, due=True, live=True),
    _part("requests", _of_room(requests.requests), (a.Propose, a.Decline, a.Decide, a.Join, *_LINE)),
    _part("questions", _questions, (a.Ask, a.Answer, a.Show, a.Overrule, *_LINE)),
    _part("situation", _of_room(situation.situation), live=True),
    _part("units", _of_room(situation.others), live=True),
    _part("choices", _of_room(choices.choices), live=True),
    _part("places", _of_room(choices.places), ()),
    _part("log", _of_asked(log.log)),
    _part("lines", _of_asked(lines.lines), (a.Decide, a.Jump, a.Pause, *_LINE)),
    _part("people", _people, (a.Join, a.Leave, a.End)),
)
PAGES = (Page(RoomRole.FACILITATOR, "console/console.html", page),)
