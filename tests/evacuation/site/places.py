"""Small sites and people for the tests of leaving a site."""

from __future__ import annotations

from typing import Any

from sim.config.layouts import Layout
from sim.config.site import Movement, packaged_site
from sim.evacuation.site.evacuation import SiteEvacuation
from sim.evacuation.site.network import FREE_M_PER_S, site_of
from sim.evacuation.site.occupants import Occupants

ALL_HERE = {"voters_inside": 1.0}


def movement(**values: Any) -> Movement:
    """The packaged movement with everything that holds people back but the ways taken away, and some settings."""
    at_once = {"pre_movement": {"mean_minutes": 0, "cv": 0}, "slow_share": 0, "assisted_share": 0}
    return Movement.model_validate(packaged_site().movement.model_dump() | at_once | values)


AT_ONCE = movement()


def hall(exits: int = 1, width_m: float = 1.0, length_m: float = 0.0, away_m: float = 0.0, **room: Any) -> Layout:
    """A room whose people leave by so many like openings."""
    leaving = {"kind": "door", "from_space": "room", "width_m": width_m, "length_m": length_m, "to_assembly_m": away_m}
    return Layout.model_validate(
        {
            "title": "Hall",
            "spaces": {"room": {"kind": "room", "area_m2": 600, "people": ALL_HERE} | room},
            "exits": {f"exit{i}": leaving for i in range(exits)},
        }
    )


def chain(*ways: dict[str, Any], out_m: float = 10.0) -> Layout:
    """Spaces in a row, joined by these ways, with a wide exit at the end."""
    names = [f"s{i}" for i in range(len(ways) + 1)]
    spaces: dict[str, Any] = {name: {"kind": "corridor", "area_m2": 50} for name in names}
    spaces["s0"]["people"] = ALL_HERE
    joined = {f"w{i}": {"between": names[i : i + 2]} | way for i, way in enumerate(ways)}
    leaving = {"kind": "opening", "from_space": names[-1], "width_m": out_m, "length_m": 0, "to_assembly_m": 0}
    return Layout.model_validate({"title": "Chain", "spaces": spaces, "ways": joined, "exits": {"out": leaving}})


def leave(layout: Layout, people: int, moving: Movement = AT_ONCE) -> SiteEvacuation:
    """An evacuation of so many people."""
    return SiteEvacuation(site_of(layout), Occupants(voters_inside=people), moving)


def seconds(layout: Layout, people: int, moving: Movement = AT_ONCE) -> float:
    """Until the last is safe."""
    return leave(layout, people, moving).minutes_to_clear() * 60


PACE_1_M_PER_S = movement(slow_share=1, slow_speed_factor=1 / FREE_M_PER_S, slow_delay_factor=1)
"""Everybody walks at 1 m/s."""
