"""What is odd about a plan, though not wrong: said before it is played."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.evacuation.area.channels import broadcasts
from sim.words import evacuate_area as words

if TYPE_CHECKING:
    from sim.evacuation.area.plan import AreaEvacuationPlan


def remarks(plan: AreaEvacuationPlan) -> Iterator[str]:
    """Return what a planner should know before the plan is played, a sentence each.

    Too few places in the shelters (with how many people will be without one), people who wait for buses where there
    are none, buses only for the ill, villages that no channel of warning reaches.
    """
    settings = plan.settings
    leave = plan.people - int(plan.people * settings.reluctance.never)
    places = sum(shelter.places for shelter in plan.shelters)
    if places < leave:
        yield words.TOO_FEW_PLACES.format(places=places, people=leave, without=leave - places)
    by_bus = plan.people - int(plan.people * settings.people.own_transport_share)
    able = sum(team.count for team in plan.buses if not team.assisted_only)
    if by_bus and not able:
        yield words.NO_BUSES.format(people=by_bus)
    unwarned = [zone.name for zone in plan.zones if not broadcasts(settings.warning, zone.signal)]
    if unwarned:
        yield words.NEVER_WARNED.format(places=", ".join(unwarned))
