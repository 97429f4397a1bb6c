"""A hospital or clinic, and the quickest ways to those that there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from sim.evacuation.care import is_able
from sim.region.position import Position, Spot, travel_minutes
from sim.region.travel import RoadNetwork
from sim.triage import Triage


@dataclass(frozen=True)
class Facility:
    """Where the injured are cared for.

    Attributes:
        code: Code of its base.
        spot: Where it is.
        beds: Beds for the day.
        intake: How many can be received at one time.
        takes: The gravest injuries that it is there for.
    """

    code: str
    spot: Spot
    beds: int
    intake: int
    takes: Triage


class WaysToCare:
    """The quickest ways from places to facilities with every road open, by the fastest of some vehicles.

    Args:
        network: The roads.
        facilities: Where to.
        vehicles: Names of the vehicles.
    """

    def __init__(self, network: RoadNetwork, facilities: Sequence[Facility], vehicles: Sequence[str]) -> None:
        self.network = network
        self.facilities = tuple(facilities)
        self.vehicles = tuple(vehicles)
        self._quickest: dict[tuple[Spot, Triage], float] = {}

    def to(self, spot: Spot, facility: Facility) -> float:
        """Return the minutes from a spot to a facility; infinite where no way is."""
        ways = [
            travel_minutes(
                Position(node, spot.access_in(vehicle in self.network.on_tracks)), facility.spot, self.network, vehicle
            )
            for vehicle in self.vehicles
            for node in spot.nodes
        ]
        return min(ways, default=inf)

    def quickest(self, spot: Spot, triage: Triage) -> float:
        """Return the minutes from a spot to the nearest facility that is there for such injuries; infinite for none."""
        key = spot, triage
        if key not in self._quickest:
            able = [self.to(spot, f) for f in self.facilities if is_able(f.takes, triage)]
            self._quickest[key] = min(able, default=inf)
        return self._quickest[key]
