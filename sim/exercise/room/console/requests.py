"""What the players have asked for, and what has been answered."""

from __future__ import annotations

import json
from typing import Any

from sim.exercise.room.console.said import Said, clock
from sim.exercise.session.actions import Decline, Propose
from sim.exercise.session.orders import Order
from sim.exercise.session.room import Room
from sim.exercise.session.state import Proposal


def requests(room: Room) -> dict[str, Any]:
    """Return the requests: open ones, the oldest first; then the answered ones, the last first."""
    said = Said(room)
    every = list(room.state.proposals.values())
    return {
        "open": [_row(one, said) for one in every if one.is_open],
        "answered": [_row(one, said) for one in reversed(every) if not one.is_open],
    }


def _row(one: Proposal, said: Said) -> dict[str, Any]:
    action = one.entry.action
    assert isinstance(action, Propose)
    declined = one.declined.action if one.declined is not None else None
    return {
        "number": one.entry.seq,
        "time": clock(one.entry.time),
        "by": said.device(one.entry.by),
        "text": action.text,
        "orders": said.orders(action.orders),
        "inject": action.inject,
        "fills": filled(action.text, action.orders, inject=action.inject, proposal=one.entry.seq),
        "decided": clock(one.decided.time) if one.decided is not None else "",
        "declined": clock(one.declined.time) if one.declined is not None else "",
        "why": declined.why if isinstance(declined, Decline) else "",
    }


def filled(text: str, orders: tuple[Order, ...], **numbers: int | None) -> str:
    """Return what the page's script fills the decision form with, as JSON.

    Args:
        text: What is decided, in words.
        orders: What of it moves the model.
        **numbers: ``inject``, ``proposal``, ``question``: what it answers.
    """
    data = {"text": text, "orders": [order.model_dump(mode="json") for order in orders], **numbers}
    return json.dumps(data, ensure_ascii=False)
