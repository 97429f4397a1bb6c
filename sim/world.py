"""A scenario made ready to play: the place, its roads, who stands where under each strategy, what is scripted.

Preparing costs a moment and is done once; every simulated day reads it and changes nothing in it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.config.kinds import Kind
from sim.config.scenario import Closure, Scenario
from sim.config.trouble import ScriptedOutOfUse, ScriptedTrouble
from sim.region.gazetteer import Gazetteer
from sim.region.load import load_region
from sim.region.region import Base, Region
from sim.region.travel import RoadNetwork
from sim.response.deployment import Deployment, deploy
from sim.response.dispatch import policy
from sim.voting.trouble import TroubleAt

_NOTICED = 0.1


@dataclass(frozen=True)
class Scripted:
    """A disturbance of the scenario at its place.

    Attributes:
        identity: ``s0``, ``s1``, … in the scenario's order.
        kind: Name of the kind.
        onset: Minutes after midnight.
        station: Index of the station where it happens.
        starters: Active people at the start; None: the kind's own number.
        followers: Expected followers; None: the setting ``disturbance.spread.followers``.
    """

    identity: str
    kind: str
    onset: float
    station: int
    starters: int | None
    followers: float | None


@dataclass(frozen=True)
class ClosedRoad:
    """A road (index of the region's roads) that is closed between two times; ``reopened`` may be infinite."""

    road: int
    closed: float
    reopened: float


@dataclass(frozen=True, eq=False)
class World:
    """Everything that does not change from day to day.

    Attributes:
        scenario: The settings.
        region: The place.
        network: Its roads under the day's weather.
        deployments: Who stands where, by strategy name.
        scripted: The scenario's disturbances.
        closures: The scenario's road closures.
        troubles: The scenario's ordinary troubles, each with the stations that have it.
        facilities: Where the injured are cared for, in the order of ``evacuation.care.facilities``.
        access: Minutes between each station and the middle of its village.
        km: Shortest road distance between nodes, km, with every road open.
        start: When the simulated day begins, minutes after midnight.
    """

    scenario: Scenario
    region: Region
    network: RoadNetwork
    deployments: dict[str, Deployment]
    scripted: tuple[Scripted, ...]
    closures: tuple[ClosedRoad, ...]
    troubles: tuple[TroubleAt, ...]
    facilities: tuple[Base, ...]
    access: NDArray[np.float64]
    km: NDArray[np.float64]
    start: float

    @property
    def end(self) -> float:
        """When the simulated day stops, minutes after midnight."""
        return self.scenario.voting.day_end

    def kind(self, name: str) -> Kind:
        """Return a kind of disturbance by its name."""
        return self.scenario.kinds[name]

    def noticing(self, station: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return the other stations that notice what happens at a station, and how strongly (0 to 1).

        The share falls by exp(-road distance / ``disturbance.deterred_reach_km``); under a tenth it is left out.
        """
        nodes = self.region.stations.node
        share = np.exp(-self.km[nodes[station], nodes] / self.scenario.disturbance.deterred_reach_km)
        share[station] = 0.0
        near = np.flatnonzero(share >= _NOTICED)
        return near, share[near]


def prepare(scenario: Scenario) -> World:
    """Load the region, resolve every place, and deploy every strategy.

    Raises:
        UserError: For an unknown place or base, a road that does not exist, a strategy that spends more than there is.
    """
    region = load_region(scenario.region)
    gazetteer = Gazetteer(region)
    response = scenario.response
    network = RoadNetwork(region, scenario.region.speed_kmh, scenario.weather.speed_factor, response.vehicles)
    for strategy in scenario.strategies:
        policy(strategy.dispatch.policy, f"strategy '{strategy.name}': dispatch.policy")
    scripted = _scripted(scenario, gazetteer)
    closures = tuple(_closed_road(c, f"closures[{i}].between", gazetteer) for i, c in enumerate(scenario.closures))
    times = [scenario.voting.open, *(a.from_time for a in scenario.voting.arrivals)]
    times += [s.onset for s in scripted] + [c.closed for c in closures]
    return World(
        scenario=scenario,
        region=region,
        network=network,
        deployments={s.name: deploy(s, scenario, region, network) for s in scenario.strategies},
        scripted=scripted,
        closures=closures,
        troubles=tuple(
            TroubleAt(gazetteer.stations(t.place, f"troubles[{i}].place"), t, _stage(scenario, t))
            for i, t in enumerate(scenario.troubles)
        ),
        facilities=tuple(
            region.bases[gazetteer.base(place.base, f"evacuation.care.facilities[{i}].base").base]
            for i, place in enumerate(scenario.evacuation.care.facilities)
        ),
        access=region.stations.access_km / response.access_speed_kmh * 60.0,
        km=network.km(),
        start=min(times),
    )


def _stage(scenario: Scenario, trouble: ScriptedTrouble) -> int:
    if isinstance(trouble, ScriptedOutOfUse):
        return scenario.voting.stage_number("stage", trouble.stage)
    return 0


def _scripted(scenario: Scenario, gazetteer: Gazetteer) -> tuple[Scripted, ...]:
    found = []
    for i, incident in enumerate(scenario.incidents):
        station = gazetteer.station_near(gazetteer.find(incident.place, f"incidents[{i}].place")).station
        found.append(Scripted(f"s{i}", incident.kind, incident.onset, station, incident.starters, incident.followers))
    return tuple(found)


def _closed_road(closure: Closure, setting: str, gazetteer: Gazetteer) -> ClosedRoad:
    reopened = np.inf if closure.reopened_at is None else closure.reopened_at
    return ClosedRoad(gazetteer.road(*closure.between, setting).road, closure.closed_at, float(reopened))
