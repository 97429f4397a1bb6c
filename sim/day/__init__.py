"""The polling day: the only room that knows all rooms. It puts their plans together, plays, records and checks.

Names are imported when they are first used: to check a scenario no day is played, and nothing compiled is loaded.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.day.day import Day, simulate_day, simulate_replication
    from sim.day.draws import DayDraws, draw_day
    from sim.day.world import World, prepare

_HOMES = {
    "Day": "sim.day.day",
    "simulate_day": "sim.day.day",
    "simulate_replication": "sim.day.day",
    "DayDraws": "sim.day.draws",
    "draw_day": "sim.day.draws",
    "World": "sim.day.world",
    "prepare": "sim.day.world",
}

__all__ = ["Day", "DayDraws", "World", "draw_day", "prepare", "simulate_day", "simulate_replication"]


def __getattr__(name: str) -> Any:
    """Import a public name from where it lives."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sim.day' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)
