"""Whose boxes go together under each rule of escort, and which units may go with them: the same on every day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from sim.config.response import BoxEscort
from sim.minutes import ROUNDING
from sim.region.position import Position, Spot
from sim.region.region import Region
from sim.region.road_state import RoadState
from sim.region.travel import RoadNetwork
from sim.response.deploy.deployment import Deployment
from sim.vocabulary import EscortRule, Role
from sim.words.language import gettext as _
from sim.words.language import marked

if TYPE_CHECKING:
    from sim.region.route import Route


@dataclass(frozen=True, eq=False)
class Party:
    """Stations of one village, whose boxes may go together; one station where nobody may go with its boxes.

    Attributes:
        stations: The stations.
        middle: The middle of their village, where they meet.
        office: Where they are handed over.
        escorts: Indices of the units that may go with them, all of them as fast as the boxes.
        calls_at: The next village on the way of a convoy, by the number of its party; None: straight to the office.
    """

    stations: tuple[int, ...]
    middle: Spot
    office: Spot
    escorts: frozenset[int] = frozenset()
    calls_at: int | None = None

    @cached_property
    def start(self) -> Position:
        """Where their boxes are until they set out."""
        return Position(self.middle.nodes[0])


@dataclass(frozen=True, eq=False)
class BoxesPlan:
    """How the boxes come home under one strategy.

    Attributes:
        settings: Vehicle and times.
        parties: Whose boxes may go together, each knowing where a convoy from there calls next.
        access: (stations) minutes from each to the middle of its village.
        network: The roads.
        remarks: What is odd about it.
    """

    settings: BoxEscort
    parties: tuple[Party, ...]
    access: tuple[float, ...]
    network: RoadNetwork
    remarks: tuple[str, ...]

    @cached_property
    def _straight(self) -> tuple[dict[Party, Route], dict[Party, Route]]:
        """The way of each party from its middle to the office with nothing in the way, by day and by night."""
        return {}, {}

    @cached_property
    def alone(self) -> tuple[Party, ...]:
        """Each party with nobody who may go with it."""
        return tuple(replace(party, escorts=frozenset(), calls_at=None) for party in self.parties)

    def way(self, party: Party, here: Position, joins: Party | None, roads: RoadState) -> Route:
        """Return the way of a party's boxes from where they are to the middle of those they join; None: to the office.

        Nearly all set out straight for the office with nothing in the way: by day and by night that way is the same.
        """
        goal = party.office if joins is None else joins.middle
        if joins is not None or here is not party.start or not roads.is_fixed:
            return self.network.way(self.settings.vehicle, here, goal, roads)
        ways = self._straight[roads.dark]
        if party not in ways:
            ways[party] = self.network.way(self.settings.vehicle, here, goal, roads)
        return ways[party]

    @cached_property
    def _middles_and_offices(self) -> tuple[list[int], list[int]]:
        """(stations) the nodes of the middle of each one's village and of the office."""
        parties = [self.parties[number] for number in self.party_of]
        return [party.middle.nodes[0] for party in parties], [party.office.nodes[0] for party in parties]

    @cached_property
    def _home(self) -> dict[bool, list[float]]:
        return {}

    def minutes_home(self, roads: RoadState) -> list[float]:
        """Return the minutes from the middle of each station's village to the office; infinite where it is cut off."""
        if roads.is_fixed and roads.dark in self._home:
            return self._home[roads.dark]
        minutes: list[float] = self.network.minutes(self.settings.vehicle, roads)[self._middles_and_offices].tolist()
        if roads.is_fixed:
            self._home[roads.dark] = minutes
        return minutes

    @cached_property
    def party_of(self) -> tuple[int, ...]:
        """The number of each station's party."""
        party_of = {station: number for number, party in enumerate(self.parties) for station in party.stations}
        return tuple(party_of[station] for station in range(len(party_of)))


def plan_boxes(
    rule: EscortRule,
    deployment: Deployment,
    region: Region,
    spots: Sequence[Spot],
    network: RoadNetwork,
    settings: BoxEscort,
) -> BoxesPlan:
    """Return how the boxes come home.

    Args:
        rule: The strategy's rule of escort.
        deployment: Who stands where.
        region: The place.
        spots: Where every station is.
        network: The roads.
        settings: Vehicle and times.
    """
    tracks = settings.vehicle in network.on_tracks
    villages = _villages(region, spots)
    asked = list(map(_WHO[rule](deployment, region), villages))
    keep_up = _keep_up(deployment, network, settings.vehicle)
    able = {units: units & keep_up for units in asked}  # one set for all parties that ask the same
    parties: list[Party] = []
    for village, units in zip(villages, asked, strict=True):
        if able[units]:
            parties.append(replace(village, escorts=able[units]))
        else:
            parties += [replace(village, stations=(station,)) for station in village.stations]
    remarks = _remarks(rule, deployment, asked, parties)
    if rule is EscortRule.CONVOY_BY_DISTRICT:
        parties = _in_convoys(parties, network, settings.vehicle)
    return BoxesPlan(settings, tuple(parties), tuple(spot.access_in(tracks) for spot in spots), network, remarks)


def _keep_up(deployment: Deployment, network: RoadNetwork, vehicle: str) -> frozenset[int]:
    """Return the units that are on no road slower than the boxes: the others would make them late, or lose them."""
    boxes = network.road_minutes(vehicle) + ROUNDING
    fast = {name: bool(np.all(network.road_minutes(name) <= boxes)) for name in {u.vehicle for u in deployment.units}}
    return frozenset(i for i, unit in enumerate(deployment.units) if fast[unit.vehicle])


def _villages(region: Region, spots: Sequence[Spot]) -> list[Party]:
    """Return a party for each village; where it has stations of several districts, one for those of each."""
    stations = region.stations
    found: dict[tuple[int, int], list[int]] = {}
    for station, where in enumerate(zip(stations.node.tolist(), stations.district.tolist(), strict=True)):
        found.setdefault(where, []).append(station)
    return [
        Party(tuple(members), Spot(spots[members[0]].nodes), Spot((region.districts[district].office_node,)))
        for (_node, district), members in found.items()
    ]


def _in_convoys(parties: Sequence[Party], network: RoadNetwork, vehicle: str) -> list[Party]:
    """Say where convoys call: the farthest village's at every village on its way to the office.

    So a convoy makes no detour. A village beside its way is the beginning of another convoy, and one with whose boxes
    nobody may go is in none.
    """
    minutes = network.minutes(vehicle)
    joined = list(parties)
    far = [float(minutes[party.middle.nodes[0], party.office.nodes[0]]) for party in parties]
    left = dict.fromkeys(
        sorted((i for i, m in enumerate(far) if 0 < m < np.inf and parties[i].escorts), key=lambda i: -far[i])
    )
    while left:
        first = next(iter(left))
        office = parties[first].office
        path = network.path(vehicle, parties[first].middle.nodes[0], office.nodes[0])
        assert path is not None
        by_node = {parties[i].middle.nodes[0]: i for i in left if parties[i].office == office}
        row = [by_node[node] for node in path.nodes if node in by_node]
        for here, after in zip(row, [*row[1:], None], strict=True):
            joined[here] = replace(parties[here], calls_at=after)
            del left[here]
    return joined


_May = Callable[[Party], frozenset[int]]


def _nobody(_deployment: Deployment, _region: Region) -> _May:
    return lambda _: frozenset()


def _pairs(deployment: Deployment, _region: Region) -> _May:
    """The pairs of the posts that cover a party's stations."""
    post = deployment.post_of_station.tolist()
    return lambda party: frozenset(
        deployment.posts[post[s]].unit for s in party.stations if post[s] >= 0 and deployment.posts[post[s]].officers
    )


def _of_district(deployment: Deployment, region: Region) -> _May:
    """The patrols and reserves of the district of a party's stations."""
    district = region.stations.district.tolist()
    units = _sendable(deployment)
    return lambda party: frozenset(i for i in units if deployment.units[i].district == district[party.stations[0]])


def _all_sendable(deployment: Deployment, _region: Region) -> _May:
    units = frozenset(_sendable(deployment))
    return lambda _: units


def _sendable(deployment: Deployment) -> list[int]:
    sent = (Role.PATROL, Role.RESERVE)
    return [i for i, unit in enumerate(deployment.units) if unit.role in sent and unit.officers]


_WHO: dict[EscortRule, Callable[[Deployment, Region], _May]] = {
    EscortRule.CREW_AND_WARDEN: _nobody,
    EscortRule.PAIR_EACH_VILLAGE: _pairs,
    EscortRule.CONVOY_BY_DISTRICT: _of_district,
    EscortRule.RESERVE_ESCORTS: _all_sendable,
}
_ASKED = {
    EscortRule.PAIR_EACH_VILLAGE: marked(
        "strategy '{strategy}': escort: {rule}, but there is no guard post with officers; all ballot boxes go home "
        "without officers"
    ),
    EscortRule.CONVOY_BY_DISTRICT: marked(
        "strategy '{strategy}': escort: {rule}, but there is no patrol and no reserve in any district; all ballot "
        "boxes go home without officers"
    ),
    EscortRule.RESERVE_ESCORTS: marked(
        "strategy '{strategy}': escort: {rule}, but there is no patrol and no reserve; all ballot boxes go home "
        "without officers"
    ),
}
"""What is missing when a rule finds nobody to send."""
_SLOWER = marked(
    "strategy '{strategy}': escort: {rule}, but the vehicles of those it asks for are slower than that of the boxes "
    "(response.escort.vehicle); all ballot boxes go home without officers"
)


def _remarks(
    rule: EscortRule, deployment: Deployment, asked: Sequence[frozenset[int]], parties: Sequence[Party]
) -> tuple[str, ...]:
    """Say it when a rule asks for escorts of whom the strategy has none, or none who keep up with the boxes."""
    if rule not in _ASKED or any(party.escorts for party in parties):
        return ()
    why = _SLOWER if any(asked) else _ASKED[rule]
    return (_(why).format(strategy=deployment.strategy, rule=rule),)
