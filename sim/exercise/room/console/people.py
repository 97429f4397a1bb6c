"""The devices in the room, and how others join."""

from __future__ import annotations

from typing import Any

from sim.exercise.room.console.said import Said
from sim.exercise.room.lobby import Lobby
from sim.exercise.session.actions import RoomRole
from sim.exercise.session.room import Room
from sim.words import room as room_words


def people(room: Room, lobby: Lobby) -> dict[str, Any]:
    """Return who has joined, who of them is connected, the PINs, and the address with its QR code.

    Args:
        room: The room.
        lobby: What the server knows of who is connected.
    """
    said = Said(room)
    return {
        "devices": [
            {
                "device": one.device,
                "label": said.device(one.device),
                "role": room_words.ROLES[one.role],
                "party": room_words.PARTIES[one.party] if one.party is not None else "",
                "here": lobby.is_here(one.device),
                "is_console": one.role is RoomRole.FACILITATOR,
            }
            for one in room.state.devices.values()
        ],
        "players_pin": room.secret.players,
        "evaluators_pin": room.secret.evaluators,
        "address": lobby.address,
        "code": lobby.code,
        "size": lobby.size,
        "open": lobby.open,
        "ended": room.state.ended,
    }
