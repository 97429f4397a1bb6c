"""The map's two parts: the ground, which a device fetches once, and what moves on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.exercise.room.parts import Visit
from sim.exercise.room.table import called
from sim.exercise.room.table.drawn import ground_of, known_map, true_map
from sim.exercise.room.table.views import seen
from sim.exercise.session.actions import RoomRole
from sim.exercise.session.room import Room


def ground(room: Room, _visit: Visit) -> Mapping[str, Any]:
    """Return what does not move."""
    return ground_of(room.live.world)


def moving(room: Room, visit: Visit) -> Mapping[str, Any]:
    """Return what moves: for the console as it is, for everybody else as he may know it."""
    day = room.day()
    drawn = true_map(day) if visit.device.role is RoomRole.FACILITATOR else known_map(day, seen(room, visit))
    clock = room.state.clock
    return {**drawn, "clock": called.clock(day.env.now), "speed": clock.speed if clock.running else 0.0}
