"""What the response needs to know on every day of a strategy: who stands where, how it works, roads and stations."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.config.response import ResponseSettings
from sim.config.scenario import Scenario
from sim.config.strategy import Dispatch, StrategySettings
from sim.region.place import Place, StationPlace
from sim.region.region import Region
from sim.region.route import Position, Route, RouteTable, Spot, go_round, travel_minutes
from sim.region.travel import RoadNetwork
from sim.response.command.dispatch import policy
from sim.response.deploy.deployment import Deployment, deploy
from sim.response.deploy.spots import station_spots
from sim.response.units import UnitSpec

_MOST_DETOURS = 2_000
"""Rounds kept that were planned again because roads were closed."""


@dataclass(frozen=True, eq=False)
class ResponsePlan:
    """The response under one strategy.

    Attributes:
        deployment: Who stands where.
        dispatch: The strategy's rules of dispatch.
        settings: Reports, mobilisation, posko, work on scene.
        report_factor: How much longer the weather makes a report take.
        network: The roads under the day's weather.
        stations: Where each station is.
        neighbours: Districts that share a border with each.
        signal: Whether each village has a mobile signal on an ordinary day.
        cycles: The round of each unit with every road open; None for one that stands still.
        end: When the simulated day stops, minutes after midnight.
    """

    deployment: Deployment
    dispatch: Dispatch
    settings: ResponseSettings
    report_factor: float
    network: RoadNetwork
    stations: tuple[Spot, ...]
    neighbours: tuple[frozenset[int], ...]
    signal: tuple[bool, ...]
    cycles: tuple[Route | None, ...]
    end: float
    _detours: OrderedDict[tuple[str, frozenset[int], tuple[int, ...]], Route] = field(default_factory=OrderedDict)

    def spot(self, place: Place) -> Spot:
        """Return where one goes to get to a place."""
        if isinstance(place, StationPlace):
            return self.stations[place.station]
        return Spot(place.nodes)

    def guard_of(self, station: int) -> int | None:
        """Return the index of the guard unit of the post that covers a station; None when no post does."""
        post = int(self.deployment.post_of_station[station])
        return self.deployment.posts[post].unit if post >= 0 else None

    def cycle(self, spec: UnitSpec, here: Position, closed: frozenset[int]) -> Route:
        """Return the round of a unit over those of its stops that it can reach from here while roads are closed."""
        reach = tuple(
            i
            for i, stop in enumerate(spec.stops)
            if travel_minutes(here, stop.spot, self.network, spec.vehicle, closed) < np.inf
        )
        key = (spec.name, closed, reach)
        if key not in self._detours:
            stops = [spec.stops[i] for i in reach] or list(spec.stops[:1])
            self._detours[key] = go_round(stops, self.network, spec.vehicle, closed)
            while len(self._detours) > _MOST_DETOURS:
                self._detours.popitem(last=False)
        return self._detours[key]


@dataclass(frozen=True, eq=False)
class Rounds:
    """The rounds of all units in one table, to ask for many units and moments at once.

    Attributes:
        table: The pieces of every round, one round after another; each round's times begin at ``offset``.
        offset: (units) where a unit's times begin in the table.
        period: (units) minutes of its round; 0 for a unit that stands still.
    """

    table: RouteTable
    offset: NDArray[np.float64]
    period: NDArray[np.float64]


def rounds_of(cycles: tuple[Route | None, ...]) -> Rounds:
    """Put the rounds of units into one table."""
    period = np.array([0.0 if c is None else c.minutes for c in cycles])
    offset = np.concatenate([[0.0], np.cumsum(period + 1.0)])[:-1]
    tables = [c.table._replace(begin=c.table.begin + o) for c, o in zip(cycles, offset, strict=True) if c is not None]
    columns = [np.concatenate(column) for column in zip(*tables, strict=True)] if tables else [np.empty(0)] * 7
    return Rounds(RouteTable(*columns), offset, period)


def plan_response(strategy: StrategySettings, scenario: Scenario, region: Region, network: RoadNetwork) -> ResponsePlan:
    """Deploy a strategy and prepare all that its response needs.

    Raises:
        UserError: For an unknown rule of dispatch, base or district, or a strategy that spends more than there is.
    """
    policy(strategy.dispatch.policy, f"strategy '{strategy.name}': dispatch.policy")
    deployment = deploy(strategy, scenario, region, network)
    return ResponsePlan(
        deployment=deployment,
        dispatch=strategy.dispatch,
        settings=scenario.response,
        report_factor=scenario.weather.report_delay_factor,
        network=network,
        stations=station_spots(region, scenario.response),
        neighbours=tuple(region.neighbours(d.index) for d in region.districts),
        signal=tuple(v.signal for v in region.villages),
        cycles=tuple(_cycle(unit, network) for unit in deployment.units),
        end=scenario.voting.day_end,
    )


def _cycle(unit: UnitSpec, network: RoadNetwork) -> Route | None:
    if len(unit.stops) < 2:
        return None
    cycle = go_round(unit.stops, network, unit.vehicle, frozenset())
    return cycle if cycle.minutes > 0 else None
