"""What evacuation and care need to know on every day: how people leave a station, and where the injured are brought."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sim.config.care import Care, CareFacility
from sim.config.effects import LeaveArea
from sim.config.scenario import Scenario
from sim.config.site import Sites
from sim.errors import Mistakes
from sim.evacuation.area.plan import AreaEvacuationPlan, plan_area
from sim.evacuation.care import is_able
from sim.evacuation.facility import Facility, WaysToCare
from sim.evacuation.site.network import Site, site_of
from sim.region.gazetteer import Gazetteer
from sim.region.place import BasePlace
from sim.region.position import Spot
from sim.region.travel import RoadNetwork
from sim.triage import Triage
from sim.vocabulary import PlaceKind
from sim.words.language import gettext as _


@dataclass(frozen=True)
class EvacuationPlan:
    """Evacuation and care.

    Attributes:
        sites: Leaving a station.
        station: The layout of a station that has no other, as a network.
        stations: Those of other stations, by index.
        office: The layout of an office that has no other.
        offices: Those of other offices and bases, by index.
        care: How the injured are treated and carried.
        facilities: Where they are brought.
        ways: The quickest ways to them.
        areas: Plans to evacuate areas that may be played, by name.
    """

    sites: Sites
    station: Site
    stations: Mapping[int, Site]
    office: Site
    offices: Mapping[int, Site]
    care: Care
    facilities: tuple[Facility, ...]
    ways: WaysToCare
    areas: Mapping[str, AreaEvacuationPlan]

    def site_of_station(self, station: int) -> Site:
        """Return the layout of a station."""
        return self.stations.get(station, self.station)

    def site_of_office(self, base: int) -> Site:
        """Return the layout of an office or base."""
        return self.offices.get(base, self.office)

    @property
    def remarks(self) -> list[str]:
        """What is odd about care and about the plans to evacuate areas, a sentence each."""
        areas = [f"{_prefix(name)}{remark}" for name, plan in self.areas.items() for remark in plan.remarks]
        return [*self._odd_care(), *areas]

    def _odd_care(self) -> Iterator[str]:
        carried = [ambulances.carries for ambulances in self.care.ambulances]
        taken = [house.takes for house in self.care.facilities]
        grave = any(shares.immediate for shares in (self.care.injuries.yellow, self.care.injuries.red))
        if grave and not any(is_able(gravest, Triage.IMMEDIATE) for gravest in carried):
            yield _("evacuation.care.ambulances: none carries somebody whose life depends on it (carries: immediate)")
        if grave and not any(is_able(gravest, Triage.IMMEDIATE) for gravest in taken):
            yield _(
                "evacuation.care.facilities: none is there for somebody whose life depends on it (takes: immediate)"
            )


def _prefix(name: str) -> str:
    """Return what stands before a message about a plan to evacuate an area."""
    return _("evacuation plan '{name}': ").format(name=name)


def plan_evacuation(scenario: Scenario, gazetteer: Gazetteer, network: RoadNetwork) -> EvacuationPlan:
    """Find the facilities of a scenario, and the places of the areas that may be evacuated.

    Raises:
        UserError: For an unknown base, and all that is wrong with the plan of an area.
    """

    def made(i: int, place: CareFacility) -> Facility:
        base = gazetteer.base(place.base, f"evacuation.care.facilities[{i}].base")
        return Facility(base.code, Spot((base.node,)), place.beds, place.intake, place.takes)

    care, mistakes = scenario.evacuation.care, Mistakes()
    facilities = tuple(mistakes.each(care.facilities, made))
    areas: dict[str, AreaEvacuationPlan] = {}
    for name, setting in _areas(scenario).items():
        with mistakes.noted():
            plan = scenario.evacuation.area(name, setting)
            areas[name] = plan_area(plan, gazetteer, network, scenario.response.vehicles, _prefix(name))
    sites = scenario.evacuation.site
    stations, offices = _other_layouts(sites, gazetteer, mistakes)
    mistakes.refuse()
    ways = WaysToCare(network, facilities, scenario.medical_vehicles)
    station, office = (site_of(sites.of_name(name)) for name in (sites.layout, sites.office.layout))
    return EvacuationPlan(sites, station, stations, office, offices, care, facilities, ways, areas)


def _other_layouts(sites: Sites, gazetteer: Gazetteer, mistakes: Mistakes) -> tuple[dict[int, Site], dict[int, Site]]:
    """Return the layouts of stations and of offices that have one of their own, by index."""
    stations: dict[int, Site] = {}
    offices: dict[int, Site] = {}
    allowed = (PlaceKind.STATION, PlaceKind.AREA, PlaceKind.BASE)
    for i, one in enumerate(sites.places):
        with mistakes.noted():
            place = gazetteer.find(one.place, f"evacuation.site.places[{i}].place", allowed)
            site = site_of(sites.of_name(one.layout))
            if isinstance(place, BasePlace):
                offices[place.base] = site
            stations |= dict.fromkeys(place.stations, site)
    return stations, offices


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
                setting = f"evacuation.areas.{theirs}"
                named.setdefault(own, _("strategy '{name}': {setting}").format(name=strategy.name, setting=setting))
    return named
