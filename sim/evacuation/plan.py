"""What evacuation and care need to know on every day: how people leave a station, and where the injured are brought."""

from __future__ import annotations

from dataclasses import dataclass

from sim.config.evacuation import Beds, Care
from sim.config.scenario import Scenario
from sim.config.site import Sites
from sim.errors import Mistakes
from sim.evacuation.site.network import Site, site_of
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
        sites: Leaving a station.
        site: The layout of the stations, as a network.
        care: Times of loading, handing over and staying.
        facilities: Where the injured are brought.
    """

    sites: Sites
    site: Site
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
    sites = scenario.evacuation.site
    return EvacuationPlan(sites, site_of(sites.chosen), care, facilities)
