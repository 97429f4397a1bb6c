"""The evacuation of an area by itself, without an election, posko or units: as long as it takes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import simpy

from sim.clock import Process
from sim.config.area import AreaPlan
from sim.config.scenario import Scenario
from sim.delay import draw
from sim.errors import Mistakes, UserError
from sim.evacuation.area.buses import PlainCarrier, Shuttle
from sim.evacuation.area.engine import STEP_MINUTES, AreaEvacuation
from sim.evacuation.area.plan import AreaEvacuationPlan, plan_area
from sim.evacuation.area.result import AreaResult, result_of
from sim.region.gazetteer import Gazetteer
from sim.region.place import RoadPlace
from sim.region.region import Region
from sim.region.road_state import OPEN, RoadState
from sim.region.travel import RoadNetwork
from sim.vocabulary import PlaceKind
from sim.words.language import gettext as _

Timed = tuple[float, RoadState]
"""From when on, minutes after the first order, the roads are in a state."""
Directed = tuple[float, frozenset[int]]
"""From when on, minutes after the first order, officers direct the traffic at these nodes."""


def evacuate_area(
    region: Region, plan: AreaPlan, scenario: Scenario, seed: int = 0, roads: Sequence[Timed] = (), where: str = ""
) -> AreaResult:
    """Evacuate an area of a region by itself.

    Args:
        region: The place.
        plan: How it is evacuated.
        scenario: Speeds, weather and vehicles.
        seed: What random numbers begin from; the same seed gives the same evacuation.
        roads: How the roads are, in order of time; open until the first.
        where: What stands before each message: the file of the plan, with a colon and a space.

    Raises:
        UserError: For every place, vehicle or way that the plan needs and the region does not have.
    """
    found = prepare_area(region, plan, scenario, where)
    buses, people = np.random.default_rng(seed).spawn(2)
    return play_area(found, people, buses, roads, [(plan.posts_manned_minutes, found.traffic_posts)])


def prepare_area(region: Region, plan: AreaPlan, scenario: Scenario, where: str = "") -> AreaEvacuationPlan:
    """Find the places of a plan in a region; arguments and errors are those of :func:`evacuate_area`."""
    response = scenario.response
    network = RoadNetwork(region, scenario.region.speed_kmh, scenario.weather.speed_factor, response.vehicles)
    return plan_area(plan, Gazetteer(region), network, response.vehicles, where)


def closures(region: Region, texts: Sequence[str], setting: str = "--closed") -> list[Timed]:
    """Return how the roads are where some are closed from a minute on.

    Args:
        region: The place.
        texts: Roads by name, each ``ROAD`` (from the beginning) or ``ROAD@MINUTES``.
        setting: What messages call them.

    Raises:
        UserError: For every unknown road, and for minutes that are no number from 0.
    """
    gazetteer, mistakes, closed = Gazetteer(region), Mistakes(), list[tuple[float, int]]()
    for text in texts:
        name, _at, after = text.partition("@")
        with mistakes.noted():
            if after and not after.strip().isdecimal():
                raise UserError(
                    _("{setting}: '{text}': whole minutes from 0 are needed after the @").format(
                        setting=setting, text=text
                    )
                )
            place = gazetteer.find(name.strip(), setting, (PlaceKind.ROAD,))
            assert isinstance(place, RoadPlace)
            closed.append((float(after or 0), place.road))
    mistakes.refuse()
    times = sorted({since for since, _road in closed})
    return [(time, RoadState(frozenset(road for since, road in closed if since <= time))) for time in times]


def play_area(
    plan: AreaEvacuationPlan,
    people: np.random.Generator,
    buses: np.random.Generator,
    roads: Sequence[Timed] = (),
    directed: Sequence[Directed] = (),
) -> AreaResult:
    """Play one evacuation of an area, from the first order until nothing moves any more.

    Args:
        plan: The plan.
        people: Draws who leaves when.
        buses: Draws when each bus is ready.
        roads: How the roads are, in order of time; open until the first.
        directed: Where officers direct the traffic, in order of time; nowhere until the first.
    """
    env = simpy.Environment()

    def state() -> RoadState:
        return next((s for since, s in reversed(roads) if since <= env.now), OPEN)

    def posts() -> frozenset[int]:
        return next((nodes for since, nodes in reversed(directed) if since <= env.now), frozenset())

    area = AreaEvacuation(plan, people, state, directed=posts)
    shuttle = Shuttle(env, area)
    for team in plan.buses:
        for _one in range(team.count):
            env.process(shuttle.run(PlainCarrier(env, area, team), team, draw(team.ready, buses)))
    last = max((since for since, _ in roads), default=0.0)
    env.run(env.process(_clock(env, area, last, plan.settings.give_up_minutes)))
    return result_of(area, shuttle)


def _clock(env: simpy.Environment, area: AreaEvacuation, last_change: float, give_up: float) -> Process[None]:
    """Process: advance the evacuation minute by minute; end when it is settled, or given up."""
    still = 0
    while still < 2 and env.now < give_up:  # a bus without a task looks round once a minute
        yield env.timeout(STEP_MINUTES)
        area.advance(env.now)
        still = still + 1 if area.settled and env.now > last_change else 0
