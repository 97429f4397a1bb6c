"""A scenario made ready to play: the place, its roads, and the plan of each room.

Preparing costs a moment and is done once; every simulated day reads it and changes nothing in it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from sim.config.plausible import odd_settings
from sim.config.scenario import Closure, Scenario, SlowStretch
from sim.config.trouble import ScriptedOutOfUse, ScriptedTrouble
from sim.day.plausible import odd_hazard, odd_hazards
from sim.day.shortage import shortages
from sim.day.size import check_size, check_troubles
from sim.disturbance.plan import DisturbancePlan, may_start_by_itself, plan_disturbances
from sim.errors import Mistakes, UserError, nearest
from sim.evacuation.plan import EvacuationPlan, plan_evacuation
from sim.region.gazetteer import Gazetteer
from sim.region.load import load_region
from sim.region.region import Region
from sim.region.travel import RoadNetwork
from sim.response.deploy.deployment import Deployment, walk_over
from sim.response.deploy.offices import routine_of, sentences
from sim.response.deploy.spots import station_spots
from sim.response.plan import ResponsePlan, plan_response, rounds_of
from sim.voting.troubled import TroubleAt
from sim.words.language import gettext as _

if TYPE_CHECKING:
    from sim.coverage.inputs import Floats, Places, Rounds
    from sim.log import Columns
    from sim.response.readiness import Readiness

COVERAGE_STEP_MINUTES = 5.0
"""Coverage is recorded this often while stations are open."""


@dataclass(frozen=True)
class ClosedRoad:
    """A road (index of the region's roads) that is closed between two times; ``reopened`` may be infinite."""

    road: int
    closed: float
    reopened: float


@dataclass(frozen=True)
class SlowRoad:
    """A road (index of the region's roads) that is slow between two times; ``ends`` may be infinite."""

    road: int
    factor: float
    begins: float
    ends: float


@dataclass(frozen=True, eq=False)
class World:
    """Everything that does not change from day to day.

    Attributes:
        scenario: The settings.
        region: The place.
        gazetteer: Its names.
        network: Its roads under the day's weather.
        responses: The response under each strategy, by its name.
        disturbances: Kinds, script, and where disturbances come from.
        evacuation: How people leave a station, and where the injured are brought.
        closures: The scenario's road closures.
        slow_stretches: The scenario's slow stretches of road.
        nights: When it is dark enough to slow those under way: from when to when.
        troubles: The scenario's ordinary troubles, each with the stations that have it.
        start: When the simulated day begins, minutes after midnight.
    """

    scenario: Scenario
    region: Region
    gazetteer: Gazetteer
    network: RoadNetwork
    responses: dict[str, ResponsePlan]
    disturbances: DisturbancePlan
    evacuation: EvacuationPlan
    closures: tuple[ClosedRoad, ...]
    slow_stretches: tuple[SlowRoad, ...]
    nights: tuple[tuple[float, float], ...]
    troubles: tuple[TroubleAt, ...]
    start: float

    @property
    def end(self) -> float:
        """When the simulated day stops, minutes after midnight."""
        return self.scenario.voting.day_end

    @property
    def deployments(self) -> dict[str, Deployment]:
        """Who stands where under each strategy, by its name."""
        return {name: plan.deployment for name, plan in self.responses.items()}

    def response(self, strategy: str) -> ResponsePlan:
        """Return the response under a strategy.

        Raises:
            UserError: For a strategy that the scenario does not play.
        """
        if not isinstance(strategy, str) or strategy not in self.responses:
            raise UserError(
                _("unknown strategy {strategy!r}; {hint}").format(
                    strategy=strategy, hint=nearest(str(strategy), self.responses)
                )
            )
        return self.responses[strategy]

    @property
    def remarks(self) -> list[str]:
        """What is odd in the region's tables, in the scenario and in the strategies, though not wrong."""
        return self.remarks_with(())

    def remarks_with(self, also: Collection[str]) -> list[str]:
        """Return the remarks, and those about some kinds of disturbance whether they can happen or not.

        Args:
            also: Names of kinds.
        """
        scenario, plans = self.scenario, self.responses.values()
        names = [name for name in scenario.kinds if name in also or self._can_happen(name)]
        kinds = [(name, scenario.kinds[name]) for name in names]
        of_plans = (
            text for plan in plans for text in (*plan.deployment.remarks, *plan.boxes.remarks, *shortages(plan, kinds))
        )
        return [
            *scenario.remarks,
            *self.region.remarks,
            *self.evacuation.remarks,
            *odd_settings(scenario, names),
            *odd_hazard(scenario, self.region, self.disturbances, self.deployments.values()),
            *odd_hazards(self.region, self.disturbances),
            *of_plans,
        ]

    def _can_happen(self, kind: str) -> bool:
        """Return whether a kind is scripted, may follow something, or can start by itself."""
        plan, scenario = self.disturbances, self.scenario
        if any(one.start.kind_name == kind for one in plan.scripted) or any(
            one.kind_name == kind for one in plan.conditions
        ):
            return True
        return may_start_by_itself(scenario.kinds[kind], scenario.disturbance.background)

    @property
    def routine(self) -> list[str]:
        """What the officers outside the operation do, a sentence for each group of strategies where it is the same."""
        return sentences({name: routine_of(plan.units, self.region) for name, plan in self.deployments.items()})

    @cached_property
    def places(self) -> Places:
        """Where a response is asked for: every station, and the middle of every village.

        A station that only motorcycles reach is a node of its own (:class:`sim.response.readiness.TrackEnds`).
        """
        from sim.coverage.inputs import Places  # coverage is reckoned on days, not when a scenario is checked

        spots = station_spots(self.region, self.scenario.response)
        on_track = np.array([spot.walked is not None for spot in spots])
        stations, villages = self.region.stations, self.region.villages
        node = np.where(on_track, len(self.region.nodes) + np.cumsum(on_track) - 1, stations.node)
        access = np.where(on_track, 0.0, [spot.access for spot in spots])
        n, none = len(stations), np.zeros(len(villages))
        return Places(
            node=np.concatenate([node, np.arange(len(villages))]),
            access=np.concatenate([access, none]),
            district=np.concatenate([stations.district, [village.district for village in villages]]).astype(np.int64),
            voters=np.concatenate([stations.registered, none]).astype(np.int64),
            area=np.concatenate([np.zeros(n), [village.area_km2 for village in villages]]),
            stations=n,
            districts=len(self.region.districts),
        )

    @cached_property
    def moments(self) -> Floats:
        """When potential response is looked at, minutes after midnight."""
        voting = self.scenario.voting
        return np.arange(voting.open, voting.close + 1e-9, COVERAGE_STEP_MINUTES)

    @cached_property
    def whole(self) -> Columns:
        """What the table of coverage says on every day: districts and moments, and what there is to be covered."""
        from sim.coverage.covered import everything

        times, n = self.moments, self.places.districts
        there = {name: np.tile(of, len(times)) for name, of in everything(self.places)._asdict().items()}
        return {"district": np.tile(np.arange(n), len(times)), "time": np.repeat(times, n), **there}

    @cached_property
    def readiness(self) -> dict[str, Readiness]:
        """What the units of each strategy can be asked for, by its name."""
        from sim.response.readiness import readiness

        return {name: readiness(plan) for name, plan in self.responses.items()}

    @cached_property
    def rounds(self) -> dict[str, Rounds]:
        """The rounds of every unit in one table, by strategy."""
        return {name: rounds_of(plan.homes) for name, plan in self.responses.items()}


def prepare(scenario: Scenario) -> World:
    """Load the region, resolve every place, and deploy every strategy.

    Raises:
        UserError: For an unknown place or base, a road that does not exist, a strategy that spends more than there is.
    """
    region = load_region(scenario.region)
    check_size(scenario, region)
    gazetteer = Gazetteer(region)
    night = scenario.response.night
    network = RoadNetwork(
        region,
        scenario.region.speed_kmh,
        scenario.weather.speed_factor,
        scenario.response.vehicles,
        night.speed_factor,
    )
    mistakes = Mistakes()  # of every part, so that all are said at once
    with mistakes.noted():
        disturbances = plan_disturbances(scenario, region, gazetteer, network.km())
    item = scenario.item
    closures = mistakes.each(scenario.closures, lambda i, c: _closed_road(c, item("closures", i), gazetteer))
    slow = mistakes.each(scenario.slow_stretches, lambda i, s: _slow_road(s, item("slow_stretches", i), gazetteer))
    with mistakes.noted():
        troubles = _troubles(scenario, gazetteer)
    with mistakes.noted():
        evacuation = plan_evacuation(scenario, gazetteer, network)
    walk = walk_over(region, network)
    responses = mistakes.each(scenario.strategies, lambda _, s: plan_response(s, scenario, gazetteer, network, walk))
    mistakes.refuse()
    times = [scenario.voting.open, *(a.from_time for a in scenario.voting.arrivals)]
    times += [disturbances.earliest, *(c.closed for c in closures), *(s.begins for s in slow)]
    return World(
        scenario=scenario,
        region=region,
        gazetteer=gazetteer,
        network=network,
        responses={plan.deployment.strategy: plan for plan in responses},
        disturbances=disturbances,
        evacuation=evacuation,
        closures=closures,
        slow_stretches=slow,
        nights=night.between(min(times), scenario.voting.day_end),
        troubles=troubles,
        start=min(times),
    )


def _troubles(scenario: Scenario, gazetteer: Gazetteer) -> tuple[TroubleAt, ...]:
    mistakes = Mistakes()

    def made(i: int, trouble: ScriptedTrouble) -> TroubleAt:
        stations = gazetteer.stations(trouble.place, f"{scenario.item('troubles', i)}.place")
        return TroubleAt(stations, trouble, _stage(scenario, trouble))

    found = mistakes.each(scenario.troubles, made)
    mistakes.refuse()
    check_troubles(found)
    return found


def _stage(scenario: Scenario, trouble: ScriptedTrouble) -> int:
    if isinstance(trouble, ScriptedOutOfUse):
        return scenario.voting.stage_number("stage", trouble.stage)
    return 0


def _closed_road(closure: Closure, setting: str, gazetteer: Gazetteer) -> ClosedRoad:
    reopened = np.inf if closure.reopened_at is None else closure.reopened_at
    return ClosedRoad(gazetteer.road(*closure.between, f"{setting}.between").road, closure.closed_at, float(reopened))


def _slow_road(stretch: SlowStretch, setting: str, gazetteer: Gazetteer) -> SlowRoad:
    ends = np.inf if stretch.to_time is None else stretch.to_time
    road = gazetteer.road(*stretch.between, f"{setting}.between").road
    return SlowRoad(road, stretch.factor, stretch.from_time, float(ends))
