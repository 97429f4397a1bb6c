"""What evacuation and care need to know on every day: how people leave a station, and where the injured are brought."""

from __future__ import annotations

from dataclasses import dataclass

from sim.config.evacuation import Beds, Care, Egress
from sim.config.scenario import Scenario
from sim.errors import Mistakes
from sim.region.gazetteer import Gazetteer
from sim.region.position import Spot


@dataclass(frozen=True)
class Facility:
    """Where the injured are cared for.

    Attributes:
        code: Code of its base.
        spot: Where it is.
        beds: Beds for the day.
    """

    code: str
    spot: Spot
    beds: int


@dataclass(frozen=True)
class EvacuationPlan:
    """Evacuation and care.

    Attributes:
        egress: Leaving a station.
        care: Times of loading, handing over and staying.
        facilities: Where the injured are brought.
    """

    egress: Egress
    care: Care
    facilities: tuple[Facility, ...]


def plan_evacuation(scenario: Scenario, gazetteer: Gazetteer) -> EvacuationPlan:
    """Find the facilities of a scenario.

    Raises:
        UserError: For an unknown base.
    """

    def made(i: int, place: Beds) -> Facility:
        base = gazetteer.base(place.base, f"evacuation.care.facilities[{i}].base")
        return Facility(base.code, Spot((base.node,)), place.beds)

    care, mistakes = scenario.evacuation.care, Mistakes()
    facilities = mistakes.each(care.facilities, made)
    mistakes.refuse()
    return EvacuationPlan(scenario.evacuation.egress, care, facilities)
