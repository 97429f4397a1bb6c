"""What the evaluator's page speaks of: what was given out, what was expected, and what he has rated and seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.exercise.room.parts import Visit
from sim.exercise.room.table import called
from sim.exercise.room.table.views import base, clock
from sim.exercise.session.actions import Observe, Rate, Rating
from sim.exercise.session.entry import Entry
from sim.exercise.session.life import Standing, is_delivered
from sim.exercise.session.room import Room
from sim.exercise.session.state import State
from sim.words import room as names
from sim.words import room_table as words


def evaluate(room: Room, visit: Visit) -> Mapping[str, Any]:
    """Return the evaluator's page."""
    label = visit.device.label
    who = words.EVALUATE["as"].format(label=label) if label else words.EVALUATE["title"]
    return {**clock(room, visit), "who": who, "objectives": _objectives(room.state)}


def ratings(room: Room, visit: Visit) -> Mapping[str, Any]:
    """Return the injects that have been given out, the newest first, with this evaluator's own ratings."""
    state, by = room.state, visit.device.name
    found = [_inject(state, one, by) for one in _given(state)]
    return {
        **base(room, visit),
        "injects": found,
        "first": next((one["number"] for one in found if one["expected"] and one["rating"] is None), None),
        "left": sum(one["expected"] != "" and one["rating"] is None for one in found),
        "all": sum(one["expected"] != "" for one in found),
        "letters": [str(one) for one in Rating],
    }


def observations(room: Room, visit: Visit) -> Mapping[str, Any]:
    """Return what this evaluator has noted, the newest first."""
    own = _observed(room.state, visit.device.name)
    return {**base(room, visit), "observations": [_observation(one) for one in reversed(own)]}


def _given(state: State) -> list[Standing]:
    given = [one for one in state.injects.values() if is_delivered(one)]
    return sorted(given, key=lambda one: (one.delivered or 0.0, one.inject.seq), reverse=True)


def _inject(state: State, standing: Standing, by: str) -> dict[str, Any]:
    """Return what an evaluator is told of an inject: what its page of the evaluation guide says, and no more."""
    inject = standing.inject
    return {
        "number": inject.seq,
        "title": inject.title,
        "to": ", ".join(names.PARTIES[party] for party in inject.group),
        "time": called.clock(standing.delivered or 0.0),
        "text": inject.text,
        "expected": inject.expected_action,
        "objective": inject.objective,
        "rating": _rating(standing, by),
        "observations": [
            _observation(one) for one in _observed(state, by) if getattr(one.action, "inject", None) == inject.seq
        ],
    }


def _rating(standing: Standing, by: str) -> dict[str, str] | None:
    """Return the last rating that an evaluator has given."""
    own = [entry for entry in standing.ratings if entry.by == by]
    if not own:
        return None
    action = own[-1].action
    assert isinstance(action, Rate)
    letter = str(action.rating)
    return {
        "letter": letter, "words": names.RATINGS[letter], "text": action.text, "time": called.clock(own[-1].time),
    }  # fmt: skip


def _observed(state: State, by: str) -> list[Entry]:
    return [entry for entry in state.observations if entry.by == by]


def _observation(entry: Entry) -> dict[str, Any]:
    action = entry.action
    assert isinstance(action, Observe)
    return {
        "time": called.clock(entry.time), "text": action.text, "inject": action.inject, "objective": action.objective,
    }  # fmt: skip


def _objectives(state: State) -> list[str]:
    """Return the objectives of what has been given out, each once."""
    return list(dict.fromkeys(one.inject.objective for one in _given(state) if one.inject.objective))
