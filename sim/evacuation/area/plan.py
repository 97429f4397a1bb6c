"""The plan of an area's evacuation with its places found: what every run of it shares."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from sim.config.area import AreaPlan, Duty
from sim.config.distribution import Delay
from sim.errors import Mistakes, UserError, nearest
from sim.evacuation.area.plausible import remarks
from sim.evacuation.area.zones import Zone, distances_km, order_minutes, residents
from sim.region.gazetteer import Gazetteer
from sim.region.place import AreaPlace
from sim.region.travel import RoadNetwork
from sim.vocabulary import PlaceKind
from sim.words.language import gettext as _

PLACES = (PlaceKind.AREA, PlaceKind.BASE)
"""Where people wait, are sheltered, and buses stand."""


@dataclass(frozen=True)
class Haven:
    """A shelter: its node and name, the people it holds, how many it lets in a minute."""

    node: int
    name: str
    places: int
    per_minute: float


@dataclass(frozen=True)
class BusTeam:
    """Buses of one base.

    Attributes:
        node: Where they wait.
        base: The name of the base.
        count: How many there are.
        seats: People in one.
        vehicle: Its speeds.
        car_units: What one takes of the road.
        ready: From the order until one leaves.
        assisted_only: Whether they carry none but the ill and disabled.
    """

    node: int
    base: str
    count: int
    seats: int
    vehicle: str
    car_units: float
    ready: Delay
    assisted_only: bool


@dataclass(frozen=True)
class Guarded:
    """A post: where it is, how many officers it takes, and what they do there."""

    place: AreaPlace
    officers: int
    duty: Duty


@dataclass(frozen=True, eq=False)
class AreaEvacuationPlan:
    """What is known before an evacuation begins.

    Attributes:
        settings: The plan as it was written.
        network: The roads.
        zones: The villages that leave, in the order of their nodes.
        shelters: Where to.
        buses: What carries those without own transport.
        posts: Where officers stand.
        remarks: What is odd about it, though not wrong: a sentence each.
    """

    settings: AreaPlan
    network: RoadNetwork
    zones: tuple[Zone, ...]
    shelters: tuple[Haven, ...]
    buses: tuple[BusTeam, ...]
    posts: tuple[Guarded, ...]
    remarks: tuple[str, ...]

    @property
    def people(self) -> int:
        """Everybody who lives in the area."""
        return sum(zone.people for zone in self.zones)

    @property
    def traffic_posts(self) -> frozenset[int]:
        """The nodes at which officers direct the traffic, when they are there."""
        return frozenset(post.place.node for post in self.posts if post.duty is Duty.TRAFFIC)


def plan_area(
    settings: AreaPlan, gazetteer: Gazetteer, network: RoadNetwork, vehicles: Collection[str], where: str = ""
) -> AreaEvacuationPlan:
    """Find the places of a plan, and refuse one that cannot be carried out.

    Args:
        settings: The plan.
        gazetteer: The names of the region.
        network: Its roads.
        vehicles: Names of the vehicles that the network knows.
        where: What stands before each message: the file of the plan, with a colon and a space.

    Raises:
        UserError: For all mistakes at once: unknown places and vehicles, a village without a way out, an assembly point
            that cannot be reached, a shelter in the area, a base from which no bus gets anywhere.
    """
    return _Planning(settings, gazetteer, network, vehicles, where).plan()


class _Planning:
    """A plan while its places are found."""

    def __init__(
        self, settings: AreaPlan, gazetteer: Gazetteer, network: RoadNetwork, vehicles: Collection[str], where: str
    ) -> None:
        self.settings, self.gazetteer, self.network = settings, gazetteer, network
        self.vehicles, self.where = vehicles, where
        self.region = gazetteer.region
        self.mistakes = Mistakes()

    def plan(self) -> AreaEvacuationPlan:
        s = self.settings
        centre, nodes = self._area()
        shelters = self.mistakes.each(s.shelters, self._shelter)
        buses = self.mistakes.each(s.buses, self._buses)
        posts = self.mistakes.each(s.posts, self._post)
        for i, own in enumerate(s.own_vehicles):
            with self.mistakes.noted():
                self._vehicle(f"own_vehicles[{i}].vehicle", own.vehicle)
        zones = self._zones(centre, nodes)
        self.mistakes.refuse()
        for check in (self._refuse_same_place, self._refuse_inside, self._refuse_no_way_out, self._refuse_unreached):
            check(zones, shelters, buses)
        self.mistakes.refuse()
        plan = AreaEvacuationPlan(s, self.network, zones, shelters, buses, posts, ())
        return replace(plan, remarks=tuple(remarks(plan)))

    def _node(self, text: str, setting: str) -> int:
        return self.gazetteer.find(text, f"{self.where}{setting}", PLACES).node

    def _name(self, node: int) -> str:
        return self.gazetteer.name_of(self.gazetteer.area_of_village(node))

    def _village(self, text: str, setting: str, inside: Collection[int]) -> int:
        place = self.gazetteer.find(text, f"{self.where}{setting}", (PlaceKind.AREA,))
        if place.node not in inside and inside:
            names = [self._name(node) for node in inside]
            raise UserError(
                _("{where}{setting}: '{text}' is not in the area; {hint}").format(
                    where=self.where, setting=setting, text=text, hint=nearest(text, names)
                )
            )
        return place.node

    def _area(self) -> tuple[int | None, list[int]]:
        """Return the node of the danger, and the villages of the area that anybody lives in."""
        area, centre, found = self.settings.area, None, set[int]()
        if area.around is not None:
            with self.mistakes.noted():
                centre = self._node(area.around, "area.around")
                near = distances_km(self.region, centre) <= area.radius_km
                found |= set(np.flatnonzero(near[: len(self.region.villages)]).tolist())
        for i, text in enumerate(area.villages):
            with self.mistakes.noted():
                place = self.gazetteer.find(text, f"{self.where}area.villages[{i}]", (PlaceKind.AREA,))
                assert isinstance(place, AreaPlace)
                found |= set(place.villages)
        people = residents(self.region, self.settings.people.residents_per_voter)
        return centre, [node for node in sorted(found) if people[node]]

    def _shelter(self, i: int, _: object) -> Haven:
        one = self.settings.shelters[i]
        place = self.gazetteer.find(one.at, f"{self.where}shelters[{i}].at", PLACES)
        return Haven(place.node, self.gazetteer.name_of(place), one.places, one.received_per_minute)

    def _buses(self, i: int, _: object) -> BusTeam:
        one = self.settings.buses[i]
        assert one.base is not None  # the settings refuse it
        self._vehicle(f"buses[{i}].vehicle", one.vehicle)
        node = self._node(one.base, f"buses[{i}].base")
        return BusTeam(node, one.base, one.count, one.seats, one.vehicle, one.car_units, one.ready, one.assisted_only)

    def _post(self, i: int, _: object) -> Guarded:
        """Find a post; whoever stands there has the place to himself, whatever else is at it."""
        one = self.settings.posts[i]
        place = self.gazetteer.find(one.place, f"{self.where}posts[{i}].place", PLACES)
        name, district = self.gazetteer.name_of(place), place.district
        where = AreaPlace(place.code, name, place.node, (place.node,), (), district)
        return Guarded(where, one.officers, one.duty)

    def _vehicle(self, setting: str, name: str) -> None:
        if name not in self.vehicles:
            raise UserError(
                _("{where}{setting}: unknown vehicle '{name}'; {hint}").format(
                    where=self.where, setting=setting, name=name, hint=nearest(name, self.vehicles)
                )
            )

    def _zones(self, centre: int | None, nodes: list[int]) -> tuple[Zone, ...]:
        s = self.settings
        people = residents(self.region, s.people.residents_per_voter)
        away = np.zeros(len(self.region.nodes)) if centre is None else distances_km(self.region, centre)
        points, delays = dict[int, int](), dict[int, float]()
        goes_to = dict[int, tuple[int, ...]]()
        for i, point in enumerate(s.assembly_points):
            with self.mistakes.noted():
                village = self._village(point.village, f"assembly_points[{i}].village", nodes)
                points[village] = self._node(point.at, f"assembly_points[{i}].at")
        for i, delay in enumerate(s.staging.delays):
            with self.mistakes.noted():
                delays[self._village(delay.village, f"staging.delays[{i}].village", nodes)] = delay.minutes
        for i in range(len(s.routes)):
            with self.mistakes.noted():
                village, way = self._route(i, nodes)
                goes_to[village] = way
        if not nodes:
            with self.mistakes.noted():
                raise UserError(
                    _("{where}area: nobody lives there; a larger radius_km or more villages are needed").format(
                        where=self.where
                    )
                )
        km = self.network.km()
        return tuple(
            Zone(
                node=node,
                name=self._name(node),
                people=int(people[node]),
                signal=self.region.villages[node].signal,
                from_danger_km=float(away[node]),
                ordered=order_minutes(s, float(away[node]), node, delays),
                point=points.get(node, node),
                point_km=float(km[node, points.get(node, node)]),
                goes_to=goes_to.get(node, ()),
            )
            for node in nodes
        )

    def _route(self, i: int, nodes: list[int]) -> tuple[int, tuple[int, ...]]:
        route, setting = self.settings.routes[i], f"routes[{i}]"
        village = self._village(route.village, f"{setting}.village", nodes)
        way = [self._node(text, f"{setting}.through[{k}]") for k, text in enumerate(route.through)]
        last = self._node(route.shelter, f"{setting}.shelter")
        shelters = {self._node(s.at, f"shelters[{k}].at"): s.at for k, s in enumerate(self.settings.shelters)}
        if last not in shelters:
            hint = nearest(route.shelter, shelters.values())
            raise UserError(
                _("{where}{setting}.shelter: '{shelter}' is no shelter of the plan; {hint}").format(
                    where=self.where, setting=setting, shelter=route.shelter, hint=hint
                )
            )
        return village, (*way, last)

    def _refuse_same_place(
        self, _zones: tuple[Zone, ...], shelters: tuple[Haven, ...], _buses: tuple[BusTeam, ...]
    ) -> None:
        nodes = [shelter.node for shelter in shelters]
        for i, shelter in enumerate(shelters):
            if shelter.node in nodes[:i]:
                with self.mistakes.noted():
                    other = shelters[nodes.index(shelter.node)].name
                    raise UserError(
                        _(
                            "{where}shelters[{i}].at: '{shelter}' stands where '{other}' does; give one of them the "
                            "places of both"
                        ).format(where=self.where, i=i, shelter=shelter.name, other=other)
                    )

    def _refuse_inside(self, zones: tuple[Zone, ...], shelters: tuple[Haven, ...], _buses: tuple[BusTeam, ...]) -> None:
        inside = {zone.node for zone in zones}
        for i, shelter in enumerate(shelters):
            if shelter.node in inside:
                with self.mistakes.noted():
                    name = self._name(shelter.node)
                    raise UserError(
                        _("{where}shelters[{i}].at: '{shelter}' is in '{village}', which is evacuated").format(
                            where=self.where, i=i, shelter=shelter.name, village=name
                        )
                    )

    def _refuse_no_way_out(
        self, zones: tuple[Zone, ...], shelters: tuple[Haven, ...], _buses: tuple[BusTeam, ...]
    ) -> None:
        for zone in zones:
            joined = self.network.joined(zone.node, frozenset())
            if not any(joined[shelter.node] for shelter in shelters):
                with self.mistakes.noted():
                    raise UserError(
                        _("{where}area: no road leads from '{zone}' to any shelter of the plan").format(
                            where=self.where, zone=zone.name
                        )
                    )

    def _refuse_unreached(
        self, zones: tuple[Zone, ...], shelters: tuple[Haven, ...], buses: tuple[BusTeam, ...]
    ) -> None:
        for zone in zones:
            name = self._name(zone.point)
            with self.mistakes.noted():
                if not np.isfinite(zone.point_km):
                    raise UserError(
                        _("{where}assembly_points: no road leads from '{zone}' to its assembly point '{name}'").format(
                            where=self.where, zone=zone.name, name=name
                        )
                    )
                joined = self.network.joined(zone.point, frozenset())
                if not any(joined[shelter.node] for shelter in shelters):
                    raise UserError(
                        _(
                            "{where}assembly_points: no road leads from the assembly point '{name}' to any shelter"
                        ).format(where=self.where, name=name)
                    )
                if buses and not any(joined[team.node] for team in buses):
                    raise UserError(
                        _("{where}assembly_points: no bus of the plan can reach the assembly point '{name}'").format(
                            where=self.where, name=name
                        )
                    )
        for i, team in enumerate(buses):
            joined = self.network.joined(team.node, frozenset())
            if not any(joined[zone.point] for zone in zones):
                with self.mistakes.noted():
                    raise UserError(
                        _("{where}buses[{i}].base: no road leads from '{base}' to the area").format(
                            where=self.where, i=i, base=team.base
                        )
                    )
