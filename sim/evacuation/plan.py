"""What evacuation and care need to know on every day: how people leave a station, and where the injured are brought."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.config.care import Care, CareFacility
from sim.config.effects import LeaveArea
from sim.config.scenario import Scenario
from sim.config.site import Sites
from sim.errors import Mistakes
from sim.evacuation.area.plan import AreaEvacuationPlan, plan_area
from sim.evacuation.facility import Facility, WaysToCare
from sim.evacuation.site.network import Site, site_of
from sim.region.gazetteer import Gazetteer
from sim.region.position import Spot
from sim.region.travel import RoadNetwork
from sim.vocabulary import Triage


@dataclass(frozen=True)
class EvacuationPlan:
    """Evacuation and care.

    Attributes:
        sites: Leaving a station.
        site: The layout of the stations, as a network.
        care: How the injured are treated and carried.
        facilities: Where they are brought.
        ways: The quickest ways to them.
        areas: Plans to evacuate areas that may be played, by name.
    """

    sites: Sites
    site: Site
    care: Care
    facilities: tuple[Facility, ...]
    ways: WaysToCare
    areas: Mapping[str, AreaEvacuationPlan]

    @property
    def remarks(self) -> list[str]:
        """What is odd about the plans to evacuate areas, a sentence each."""
        return [f"evacuation plan '{name}': {remark}" for name, plan in self.areas.items() for remark in plan.remarks]


def plan_evacuation(scenario: Scenario, gazetteer: Gazetteer, network: RoadNetwork) -> EvacuationPlan:
    """Find the facilities of a scenario, and the places of the areas that may be evacuated.

    Raises:
        UserError: For an unknown base, and all that is wrong with the plan of an area.
    """

    def made(i: int, place: CareFacility) -> Facility:
        base = gazetteer.base(place.base, f"evacuation.care.facilities[{i}].base")
        return Facility(base.code, Spot((base.node,)), place.beds, place.intake, Triage(place.takes))

    care, mistakes = scenario.evacuation.care, Mistakes()
    facilities = tuple(mistakes.each(care.facilities, made))
    areas: dict[str, AreaEvacuationPlan] = {}
    for name, setting in _areas(scenario).items():
        with mistakes.noted():
            plan = scenario.evacuation.area(name, setting)
            areas[name] = plan_area(plan, gazetteer, network, scenario.response.vehicles, f"evacuation plan '{name}': ")
    mistakes.refuse()
    sites = scenario.evacuation.site
    ways = WaysToCare(network, facilities, scenario.medical_vehicles)
    return EvacuationPlan(sites, site_of(sites.chosen), care, facilities, ways, areas)


def _areas(scenario: Scenario) -> dict[str, str]:
    """Return the names of the plans that may be played, and the setting that names each."""
    named: dict[str, str] = {}
    for kind_name, kind in scenario.kinds.items():
        for severity, stage in kind.severities.items():
            for effect in stage.effects:
                if isinstance(effect, LeaveArea):
                    named.setdefault(effect.plan, f"kinds.{kind_name}.severities.{severity.word}.effects")
    for strategy in scenario.strategies:
        for theirs, own in strategy.evacuation.areas.items():
            if theirs in named:
                named.setdefault(own, f"strategy '{strategy.name}': evacuation.areas.{theirs}")
    return named
