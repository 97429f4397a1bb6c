"""Who goes: a team, from where, how far, and how long."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import floor, inf, isnan, nan

from sim.day.day import Day
from sim.exercise.quick.card import IDENTITY
from sim.region.position import ELSEWHERE, travel_minutes
from sim.region.printed import name_of_code
from sim.response.fleet import Unit
from sim.response.task import Task
from sim.vocabulary import Agency, PlaceKind, Purpose, Role

STEP_MINUTES = 1.0
"""The played day is looked at every minute: a team that was ordered stands where it was, as it has to get ready."""
LONGEST_MINUTES = 240.0
"""For so long after the report it is followed who is sent (assumption)."""


@dataclass(frozen=True)
class Team:
    """A team on its way to the card's place.

    Attributes:
        name: Its name in the plan.
        agency: Whose people they are.
        role: What it is there for.
        strength: People (an ambulance counts 1).
        start: Where it starts: the name of its base, a station, or the village where it is or that it has passed.
        km: Road to the place, km; infinite where it is cut off.
        minutes: Until it is there if it is ordered now: to get ready, on average, and to drive.
        ordered: When it was ordered, minutes after midnight; NaN: it was not.
        arrived: When it was there; NaN: it was not.
    """

    name: str
    agency: Agency
    role: Role
    strength: int
    start: str
    km: float
    minutes: float
    ordered: float = nan
    arrived: float = nan


def team_of(day: Day, unit: Unit) -> Team:
    """Return how a unit would go to the card's place from where it is now.

    Args:
        day: The day, on which the card's disturbance has begun.
        unit: The unit.
    """
    spec, roads, here = unit.spec, day.roads, day.fleet.position(unit)
    spot = day.plan.spot(day.incidents[IDENTITY].place)
    way = travel_minutes(here, spot, roads.network, spec.vehicle, roads.state)
    km = roads.network.way(spec.vehicle, here, spot, roads.state).km if way < inf else inf
    return Team(
        spec.name, spec.agency, spec.role, spec.strength, _start(day, unit), km, day.fleet.ready_minutes(unit) + way
    )


def _start(day: Day, unit: Unit) -> str:
    names, here = day.world.gazetteer, day.fleet.position(unit)
    if here == unit.home.there.end and unit.spec.base:
        return name_of_code(names, unit.spec.base, PlaceKind.BASE)
    if here.station is not None and here.station != ELSEWHERE:
        return names.name_of(names.station_place(here.station))
    return names.name_of(names.area_of_village(here.node))


def _is_call(task: Task) -> bool:
    return task.goal.incident == IDENTITY and task.goal.purpose is Purpose.INCIDENT


def sent_by_plan(day: Day) -> tuple[Team, ...]:
    """Play a day on until the card's disturbance is over, and return whom the plan sends, in order of the orders.

    Args:
        day: The day, played to the report; it is played on.
    """
    began, seen = floor(day.env.now), dict[int, Team]()
    for minute in range(int(LONGEST_MINUTES)):
        for task in day.ledger.tasks:
            if _is_call(task) and task.number not in seen:
                seen[task.number] = replace(team_of(day, task.unit), ordered=float(task.ordered))
        if day.incidents[IDENTITY].is_over or day.env.now >= day.world.end:
            break
        day.until(began + (minute + 1) * STEP_MINUTES)
    arrived = {task.number: float(task.arrived) for task in day.ledger.tasks}
    found = [replace(team, arrived=arrived[number]) for number, team in seen.items()]
    return tuple(sorted(found, key=lambda team: (team.ordered, isnan(team.arrived), team.arrived)))
