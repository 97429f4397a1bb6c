"""Whose boxes go together under each rule of escort, and which units may go with them: the same on every day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.config.response import BoxEscort
from sim.region.position import Spot, Stop, at
from sim.region.region import Region
from sim.region.route import Route, plan_route
from sim.region.travel import RoadNetwork
from sim.response.deploy.deployment import Deployment
from sim.vocabulary import EscortRule, Role

_ROUNDING = 1e-9


@dataclass(frozen=True, eq=False)
class Party:
    """Stations of one village whose boxes set out together.

    Attributes:
        stations: The stations.
        middle: The middle of their village, where they meet.
        gather: Minutes from leaving the stations until all are there.
        office: Where they are handed over.
        escorts: Indices of the units that may go with them, all of them as fast as the boxes.
        calls_at: The party that theirs joins on the way, by its number; None: they go straight to the office.
    """

    stations: tuple[int, ...]
    middle: Spot
    gather: float
    office: Spot
    escorts: frozenset[int] = frozenset()
    calls_at: int | None = None


@dataclass(frozen=True, eq=False)
class BoxesPlan:
    """How the boxes come home under one strategy.

    Attributes:
        settings: Vehicle and times.
        parties: Whose boxes go together.
        ways: The way between each pair of spots that the rule uses, every road open.
        remarks: What is odd about it.
    """

    settings: BoxEscort
    parties: tuple[Party, ...]
    ways: dict[tuple[Spot, Spot], Route]
    remarks: tuple[str, ...]


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
    together = rule is not EscortRule.CREW_AND_WARDEN
    parties = _villages(region, spots) if together else [_party((s,), region, spots) for s in range(len(spots))]
    if rule is EscortRule.CONVOY_BY_DISTRICT:
        parties = _in_convoys(parties, network, settings.vehicle)
    asked = list(map(_WHO[rule](deployment, region), parties))
    keep_up = _keep_up(deployment, network, settings.vehicle)
    parties = [replace(party, escorts=units & keep_up) for party, units in zip(parties, asked, strict=True)]
    ways = _ways(parties, network, settings.vehicle)
    return BoxesPlan(settings, tuple(parties), ways, _remarks(rule, deployment, asked, parties))


def _keep_up(deployment: Deployment, network: RoadNetwork, vehicle: str) -> frozenset[int]:
    """Return the units that are on no road slower than the boxes: the others would make them late, or lose them."""
    boxes = network.road_minutes(vehicle) + _ROUNDING
    fast = {name: bool(np.all(network.road_minutes(name) <= boxes)) for name in {u.vehicle for u in deployment.units}}
    return frozenset(i for i, unit in enumerate(deployment.units) if fast[unit.vehicle])


def _party(stations: tuple[int, ...], region: Region, spots: Sequence[Spot]) -> Party:
    district = region.districts[int(region.stations.district[stations[0]])]
    gather = max(spots[station].access for station in stations)
    return Party(stations, Spot(spots[stations[0]].nodes), gather, Spot((district.office_node,)))


def _villages(region: Region, spots: Sequence[Spot]) -> list[Party]:
    """Return a party for each village."""
    stations = region.stations
    found: dict[tuple[int, int], list[int]] = {}
    for station, where in enumerate(zip(stations.node.tolist(), stations.district.tolist(), strict=True)):
        found.setdefault(where, []).append(station)
    return [_party(tuple(members), region, spots) for members in found.values()]


def _in_convoys(parties: Sequence[Party], network: RoadNetwork, vehicle: str) -> list[Party]:
    """Let parties join each other: the farthest sets out first and calls at every village on its way to the office.

    So a convoy makes no detour. A village beside its way is the beginning of another convoy.
    """
    minutes = network.minutes(vehicle)
    joined = list(parties)
    far = [float(minutes[party.middle.nodes[0], party.office.nodes[0]]) for party in parties]
    left = dict.fromkeys(sorted((i for i, m in enumerate(far) if 0 < m < np.inf), key=lambda i: -far[i]))
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
    EscortRule.PAIR_EACH_VILLAGE: "no guard post with officers",
    EscortRule.CONVOY_BY_DISTRICT: "no patrol and no reserve in any district",
    EscortRule.RESERVE_ESCORTS: "no patrol and no reserve",
}
"""What is missing when a rule finds nobody to send."""


def _remarks(
    rule: EscortRule, deployment: Deployment, asked: Sequence[frozenset[int]], parties: Sequence[Party]
) -> tuple[str, ...]:
    """Say it when a rule asks for escorts of whom the strategy has none, or none who keep up with the boxes."""
    if rule not in _ASKED or any(party.escorts for party in parties):
        return ()
    missing = f"there is {_ASKED[rule]}"
    if any(asked):
        missing = "the vehicles of those it asks for are slower than that of the boxes (response.escort.vehicle)"
    return (
        f"strategy '{deployment.strategy}': escort: {rule}, but {missing}; all ballot boxes go home without officers",
    )


def _ways(parties: Sequence[Party], network: RoadNetwork, vehicle: str) -> dict[tuple[Spot, Spot], Route]:
    """Return the ways that the boxes take when every road is open."""
    legs = [(party.middle, party.office) for party in parties]
    legs += [(party.middle, parties[p].middle) for party in parties if (p := party.calls_at) is not None]
    return {leg: plan_route(at(leg[0]), [Stop(leg[1])], network, vehicle) for leg in dict.fromkeys(legs)}
