"""Rounds as they are driven: place after place, the minutes between, when one is there first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from sim.region.position import Stop, at, travel_minutes
from sim.region.travel import RoadNetwork


@dataclass(frozen=True)
class Leg:
    """How one gets to a stop.

    Attributes:
        minutes: By road from the stop before that can be reached; 0 for the first, infinite where no road leads there.
        there: When one is there; infinite likewise.
    """

    minutes: float
    there: float


@dataclass(frozen=True)
class Driven:
    """A round: a leg for each stop, and the minutes of the whole, stays and the way back included."""

    legs: tuple[Leg, ...]
    minutes: float


def driven(stops: Sequence[Stop], network: RoadNetwork, vehicle: str, begins: float) -> Driven:
    """Drive a round once, every road open.

    The model lets each round begin anywhere on it; on a sheet it begins at its first stop.

    Args:
        stops: The stops in order, at least one.
        network: The roads.
        vehicle: Name of the vehicle.
        begins: When it is at the first stop, minutes after midnight.
    """
    here, clock, legs = at(stops[0].spot, network, vehicle), begins, [Leg(0.0, begins)]
    clock += stops[0].stay
    for stop in stops[1:]:
        minutes = travel_minutes(here, stop.spot, network, vehicle)
        if minutes == inf:  # it is left out, and the round goes on from where it was
            legs.append(Leg(inf, inf))
            continue
        legs.append(Leg(minutes, clock + minutes))
        clock += minutes + stop.stay
        here = at(stop.spot, network, vehicle)
    back = travel_minutes(here, stops[0].spot, network, vehicle)
    reached = sum(leg.there < inf for leg in legs)
    return Driven(tuple(legs), clock + back - begins if reached > 1 else 0.0)


def spread(people: int, places: int) -> list[int]:
    """Spread people over places as evenly as whole persons go: the first have one more."""
    each, more = divmod(people, places)
    return [each + (i < more) for i in range(places)]
