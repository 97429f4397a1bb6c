"""Everything about disturbances that does not change from day to day, made ready once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.config.disturbance import Background, Spread
from sim.config.kinds import Kind
from sim.config.scenario import Scenario
from sim.disturbance.conditioned import Conditioned, plan_conditions
from sim.disturbance.scripted import Scripted, plan_script
from sim.disturbance.surroundings import Surroundings
from sim.errors import Mistakes
from sim.region.gazetteer import Gazetteer
from sim.region.place import AreaPlace, BasePlace, Place, RoadPlace, StationPlace
from sim.region.plausible import straight_km
from sim.region.region import Region
from sim.region.travel import Kept
from sim.vocabulary import BaseKind, PlaceKind

_MOST_PLACES = 4096
"""How many places have those remembered who notice them, and who live around them; a few kilobytes each."""


@dataclass(frozen=True, eq=False)
class Deterred:
    """The stations around a place whose voters something there keeps away.

    Attributes:
        stations: Their indices, shape (n).
        shares: Share of the voters of each who stay away, shape (n).
        by_station: The same, by station.
    """

    stations: NDArray[np.int64]
    shares: NDArray[np.float64]
    by_station: Mapping[int, float]


@dataclass(frozen=True, eq=False)
class DisturbancePlan:
    """What the disturbances of any day need to know.

    Attributes:
        kinds: The kinds by name.
        scripted: The scenario's disturbances, in its order.
        conditions: What may start because something else has happened, in the scenario's order.
        background: The hazard of disturbances that start by themselves.
        spread: How one brings others.
        deterred_reach_km: Reach of deterrence where an effect has none of its own, km.
        noticed_from: Share of the effect under which a place notices nothing.
        all_clear_minutes: From the end of a disturbance to the all-clear, minutes.
        waiting_from: When the first voters come, who wait for the opening; minutes after midnight.
        open: When voting begins.
        close: When it ends.
        end: When the simulated day stops.
        stations: The place of every station.
        offices: The offices at which something may start by itself: of the election commission, its supervisor, the
            districts; none where nothing does. So for roads and villages.
        roads: The roads with an end in the region.
        villages: The villages.
        node: Node of every station, shape (stations).
        district: Index of the district of every station, shape (stations).
        weight: How likely a disturbance is at every station, by its vulnerability class, shape (stations).
        km: Shortest road distance between nodes with every road open, km, infinite where there is none, shape
            (nodes, nodes).
        at: Latitude and longitude of every node, degrees, shape (nodes, 2).
        voters: Registered voters of every node, shape (nodes).
        prone: By the sort of place, which of ``roads`` and ``villages`` each kind starts at by itself; kinds that start
            at any of them are left out.
    """

    kinds: Mapping[str, Kind]
    scripted: tuple[Scripted, ...]
    conditions: tuple[Conditioned, ...]
    background: Background
    spread: Spread
    deterred_reach_km: float
    noticed_from: float
    all_clear_minutes: float
    waiting_from: float
    open: float
    close: float
    end: float
    stations: tuple[StationPlace, ...]
    offices: tuple[BasePlace, ...]
    roads: tuple[RoadPlace, ...]
    villages: tuple[AreaPlace, ...]
    node: NDArray[np.int64]
    district: NDArray[np.int64]
    weight: NDArray[np.float64]
    km: NDArray[np.float64]
    at: NDArray[np.float64]
    voters: NDArray[np.int64]
    prone: Mapping[PlaceKind, Mapping[str, NDArray[np.bool_]]] = field(default_factory=dict)

    @cached_property
    def _deterred(self) -> Kept[tuple[Place, float | None, float], Deterred]:
        return Kept(_MOST_PLACES, self._deter)

    def deterred(self, place: Place, reach_km: float | None, share: float) -> Deterred:
        """Return what keeps a share of the voters away from a place does to the stations around it.

        Places are asked for again and again: the same answer is the same object.
        """
        return self._deterred[place, reach_km, share]

    def _deter(self, key: tuple[Place, float | None, float]) -> Deterred:
        place, reach_km, share = key
        stations, felt = noticing(self, place, reach_km)
        shares = share * felt
        return Deterred(stations, shares, dict(zip(stations.tolist(), shares.tolist(), strict=True)))

    @cached_property
    def _edges(self) -> Kept[Place, NDArray[np.float64]]:
        return Kept(_MOST_PLACES, self._follower_edges)

    def follower_edges(self, place: Place) -> NDArray[np.float64]:
        """Return the chances of the stations to be the place of a follower of what happens at a place, summed up."""
        return self._edges[place]

    def _follower_edges(self, place: Place) -> NDArray[np.float64]:
        km = self.km_to_stations(place)
        return np.cumsum(place_weights(km, self.weight, self.spread.reach_km, place.stations))

    @property
    def earliest(self) -> float:
        """When the first scripted disturbance may start, minutes after midnight; infinite where there is none."""
        return min((s.onset for s in self.scripted), default=float("inf"))

    def km_to_nodes(self, place: Place) -> NDArray[np.float64]:
        """Return the road distance of every node from the nearest node of a place, km; 0 for those in it."""
        km: NDArray[np.float64] = self.km[list(_nodes(place))].min(axis=0)
        return km

    def km_to_stations(self, place: Place) -> NDArray[np.float64]:
        """Return the road distance of every station from the nearest node of a place, km; 0 for those in it."""
        return self.km_to_nodes(place)[self.node]

    def surroundings(self, place: Place, joined: Callable[[], NDArray[np.bool_]]) -> Surroundings:
        """Return who lives around a place.

        Args:
            place: The place.
            joined: Says of every node whether an open road leads from it to the place now.
        """
        return self._surroundings[place].on_roads(joined)

    @cached_property
    def _surroundings(self) -> Kept[Place, Surroundings]:
        return Kept(_MOST_PLACES, self._around)

    def _around(self, place: Place) -> Surroundings:
        """Return who lives around a place, every road open."""
        straight = np.array([straight_km(self.at[[node]], self.at) for node in _nodes(place)]).min(axis=0)
        everywhere = np.ones(len(self.voters), dtype=np.bool_)
        return Surroundings(place, self.voters, self.node, self.km_to_nodes(place), straight, lambda: everywhere)


def plan_disturbances(
    scenario: Scenario, region: Region, gazetteer: Gazetteer, km: NDArray[np.float64]
) -> DisturbancePlan:
    """Make ready what the disturbances of any day need to know.

    Args:
        scenario: The settings.
        region: The place.
        gazetteer: Finds the places of the scenario's disturbances.
        km: Shortest road distance between nodes with every road open, shape (nodes, nodes).

    Raises:
        UserError: For each place that is unknown, or where this kind of disturbance cannot happen.
    """
    s, settings, voting = region.stations, scenario.disturbance, scenario.voting
    weight = np.asarray(settings.background.vulnerability_weight.as_tuple)[s.vulnerability]
    scripted: tuple[Scripted, ...] = ()
    conditions: tuple[Conditioned, ...] = ()
    mistakes = Mistakes()
    with mistakes.noted():
        scripted = plan_script(scenario, gazetteer, weight)
    with mistakes.noted():
        conditions = plan_conditions(scenario, gazetteer)
    mistakes.refuse()
    kinds = dict(sorted(scenario.kinds.items()))  # equal scenarios, equal days: the table has no order
    roads, villages = _roads(settings.background, gazetteer), _villages(settings.background, gazetteer)
    return DisturbancePlan(
        kinds=kinds,
        scripted=scripted,
        conditions=conditions,
        background=settings.background,
        spread=settings.spread,
        deterred_reach_km=settings.deterred_reach_km,
        noticed_from=settings.noticed_from,
        all_clear_minutes=settings.all_clear_minutes,
        waiting_from=min([voting.open, *(interval.from_time for interval in voting.arrivals)]),
        open=voting.open,
        close=voting.close,
        end=voting.day_end,
        stations=tuple(gazetteer.station_place(i) for i in range(len(s))),
        offices=_offices(settings.background, gazetteer),
        roads=roads,
        villages=villages,
        node=s.node,
        district=s.district,
        weight=weight,
        km=km,
        at=np.array([(node.lat, node.lon) for node in region.nodes]),
        voters=np.bincount(s.node, s.registered, minlength=len(region.nodes)).astype(np.int64),
        prone={
            PlaceKind.ROAD: prone(kinds, [region.roads.hazards(place.road) for place in roads]),
            PlaceKind.AREA: prone(kinds, [region.villages[place.node].prone_to for place in villages]),
        },
    )


def prone(kinds: Mapping[str, Kind], hazards: Sequence[Collection[str]]) -> dict[str, NDArray[np.bool_]]:
    """Return at which of some places each kind starts by itself, where it is a hazard that any of them is prone to.

    Args:
        kinds: The kinds by name.
        hazards: What each of the places is prone to.
    """
    found = {name: np.array([kind.prone_to in known for known in hazards]) for name, kind in kinds.items()}
    return {name: places for name, places in found.items() if places.any()}


def _nodes(place: Place) -> tuple[int, ...]:
    return place.villages if isinstance(place, AreaPlace) else place.nodes


def _offices(hazard: Background, gazetteer: Gazetteer) -> tuple[BasePlace, ...]:
    bases = gazetteer.region.bases if hazard.rate_per_office_hour else ()
    return tuple(gazetteer.base_place(i) for i, base in enumerate(bases) if base.kind == BaseKind.OFFICE)


def _roads(hazard: Background, gazetteer: Gazetteer) -> tuple[RoadPlace, ...]:
    roads = range(len(gazetteer.region.roads.u) if hazard.rate_per_road_hour else 0)
    return tuple(place for place in map(gazetteer.road_place, roads) if place.district is not None)


def _villages(hazard: Background, gazetteer: Gazetteer) -> tuple[AreaPlace, ...]:
    villages = range(len(gazetteer.region.villages) if hazard.rate_per_village_hour else 0)
    return tuple(map(gazetteer.area_of_village, villages))


def noticing(
    plan: DisturbancePlan, place: Place, reach_km: float | None = None
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return who notices what happens at a place, besides the stations in it.

    The share falls by exp(-road distance from the place's nearest node / reach); under ``noticed_from`` it is left out.

    Args:
        plan: The plan.
        place: Where it happens.
        reach_km: The reach, km; None: the plan's own.

    Returns:
        Indices of the stations, and how strongly each notices it, up to 1.
    """
    from sim import exact  # loads the compiler, which preparing a day does not need

    share = exact.exps(-plan.km_to_stations(place) / (plan.deterred_reach_km if reach_km is None else reach_km))
    share[list(place.stations)] = 0.0
    near = np.flatnonzero((share >= plan.noticed_from) & (share > 0.0))
    return near, share[near]


def place_weights(
    km: NDArray[np.float64], vulnerability_weight: NDArray[np.float64], reach_km: float, origins: Sequence[int]
) -> NDArray[np.float64]:
    """Return the chance of each station to be a follower's place; 0 where the disturbance is itself.

    Args:
        km: Road distance of each station from the origin; infinite where no road leads.
        vulnerability_weight: Weight of each station's class.
        reach_km: Distance over which the weight falls to 37 %.
        origins: Stations where the disturbance is.

    Returns:
        Chances that add up to 1, or all 0 when no other station has any.
    """
    from sim import exact  # loads the compiler, which preparing a day does not need

    weights = vulnerability_weight * exact.exps(-km / reach_km)
    weights[list(origins)] = 0.0
    total = weights.sum()
    return weights / total if total > 0 else np.zeros_like(weights)


def may_start_by_itself(kind: Kind, hazard: Background) -> bool:
    """Return whether a disturbance of this kind may start by itself anywhere."""
    at_stations = kind.background_weight + kind.boxes_weight * hazard.boxes_factor
    weighted = (
        hazard.rate_per_station_hour * at_stations,
        hazard.rate_per_office_hour * kind.office_weight,
        hazard.rate_per_road_hour * kind.road_weight,
        hazard.rate_per_village_hour * kind.area_weight,
    )
    return any(weighted)
