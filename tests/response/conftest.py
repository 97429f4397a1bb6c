"""A made-up place on a line: villages 6 km apart with two stations each, the first half one district."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np
import pytest
import simpy

from sim.clock import Process, Signal
from sim.config.compose import load
from sim.config.evacuation import EvacuationSettings
from sim.config.response import ResponseSettings
from sim.config.scenario import Scenario
from sim.config.strategy import StrategySettings
from sim.region.gazetteer import Gazetteer
from sim.region.place import Place
from sim.region.region import Base, District, Node, Region, RoadTable, Stations, Village
from sim.region.travel import RoadNetwork
from sim.response.command.posko import Posko
from sim.response.deploy.deployment import walk_over
from sim.response.fleet import Fleet, Unit
from sim.response.ledger import Ledger
from sim.response.open_roads import OpenRoads
from sim.response.plan import plan_response
from sim.response.signal import MobileSignal
from sim.streams import Streams
from sim.strength import Strength
from sim.vocabulary import Access, Capability, Purpose, Severity, Verdict


def line_region(villages: int = 4, registered: Sequence[int] | None = None, classes: Sequence[int] = ()) -> Region:
    """Villages V0, V1, … on a line; stations 2 i and 2 i + 1 in village i; the districts Barat and Timur."""
    n = 2 * villages
    district = [0 if i < villages / 2 else 1 for i in range(villages)]
    node = np.repeat(np.arange(villages), 2)
    stations = Stations(
        code=tuple(f"V{i // 2}/{i % 2 + 1}" for i in range(n)),
        name=tuple(f"TPS {i}" for i in range(n)),
        node=node,
        district=np.array(district)[node],
        registered=np.array(registered if registered is not None else [400] * n),
        vulnerability=np.array(classes or [0] * n, dtype=np.int8),
        access_km=np.full(n, 0.5),
        access=(Access.ROAD,) * n,
        special=np.zeros(n, dtype=np.bool_),
        lat=np.zeros(n),
        lon=np.zeros(n),
    )
    nodes = tuple(Node(f"V{i}", f"Desa {i}", 0.0, 0.05 * i, d) for i, d in enumerate(district))
    roads = RoadTable(
        np.arange(villages - 1), np.arange(1, villages), np.full(villages - 1, 6.0), np.ones(villages - 1, np.int8)
    )
    return Region(
        title="Garis",
        districts=(
            District(0, 1, "D1", "Barat", 0.0, 0.0, 10.0, 0, "SEK-BARAT"),
            District(1, 2, "D2", "Timur", 0.0, 0.0, 10.0, villages // 2, ""),
        ),
        villages=tuple(Village(n.code, n.name, n.district, "village", n.lat, n.lon, 5.0, True) for n in nodes),
        nodes=nodes,
        stations=stations,
        roads=roads,
        bases=(
            Base("POLRES", "Headquarters", "police", "headquarters", 0, 100),
            Base("SEK-TIMUR", "Sector", "police", "sector post", villages - 1, 20),
            Base("KODIM", "Army", "army", "headquarters", 1, 50),
        ),
        borders=frozenset({(0, 1)}),
    )


@pytest.fixture
def make_line() -> Callable[..., Region]:
    """The maker of such places."""
    return line_region


@cache
def packaged() -> Scenario:
    """Return the packaged settings; nobody can change them, and some thousand benches begin with them."""
    return load("calm_day", ["strategy=even_spread"])


def line_scenario(care: dict[str, Any] | None = None, **response: Any) -> Scenario:
    """The packaged settings under one plain strategy, without what waits at the bases of the real region.

    Args:
        care: Settings of ``evacuation.care`` that differ, such as the ambulances.
        response: Settings of ``response`` that differ.
    """
    scenario = packaged()
    changed = {**scenario.evacuation.care.model_dump(), "ambulances": (), "facilities": (), **(care or {})}
    evacuation = scenario.evacuation.model_dump() | {"care": changed}
    changed = {
        **scenario.response.model_dump(mode="json"),
        "attached": (),
        "sector_patrol_size": 0,
        "standing_guards": NO_GUARDS,
        **response,
    }
    return scenario.model_copy(
        update={
            "response": ResponseSettings.model_validate(changed),
            "evacuation": EvacuationSettings.model_validate(evacuation),
            "strategies": (StrategySettings.model_validate(PLAIN),),
        }
    )


SAME = {"police": 2, "stations": 4, "wardens": 8}
PLAIN: dict[str, Any] = {
    "name": "mine",
    "title": "Mine",
    "guards": {"rule": "pattern", "very_high": SAME, "high": SAME, "low": SAME},
    "patrols": [],
    "reserves": [],
    "dispatch": {"policy": "nearest", "take_guards_from": None, "guards_within_minutes": 15},
}
NO_GUARDS = {"election_offices": 0, "district_offices": 0, "places": []}
CONSTANT = {"mean_minutes": 1.0, "cv": 0.0}
EXACT = {"too_mild": 0, "too_bad": 0, "duplicates": 0, "duplicates_minutes": 10, "false_reports": {"per_hour": 0, "checked_minutes": 10, "kept_minutes": 60}}  # fmt: skip
PROMPT = {
    "reporting": {"guarded": CONSTANT, "by_phone": {"mean_minutes": 5, "cv": 0}, "no_signal": {"mean_minutes": 20, "cv": 0}, **EXACT},
    "posko": {"desks": 1, "alarm_handling": {"mean_minutes": 2, "cv": 0}, "news_handling": {"mean_minutes": 1, "cv": 0}},
    "sector_posts": {"desks": 0, "alarm_handling": CONSTANT},
    "mobilisation": {"guard": CONSTANT, "patrol": CONSTANT, "reserve": {"mean_minutes": 6, "cv": 0}, "ambulance": CONSTANT},
    "work": {"mean_minutes": 30, "cv": 0},
}  # fmt: skip
"""Every delay without spread, so that times can be reckoned by hand."""


class Trouble:
    """Something that units are sent to, in hand-written form: see ``Emergency``."""

    def __init__(
        self,
        env: simpy.Environment,
        place: Place,
        need: Strength,
        identity: str = "s0",
        severity: Severity = Severity.RED,
    ) -> None:
        self.env, self.place, self.need, self.identity, self.severity = env, place, need, identity, severity
        self.onset = float(env.now)
        self.over = env.event()
        self.there: list[tuple[float, Strength, bool]] = []
        self.gone: list[float] = []
        self.reports: list[float] = []
        self.handlings: list[float] = []
        self.answers: list[float] = []
        self.misjudged: list[int] = []
        self.heard = self.heard_next = severity
        self.need_next = need
        self.stirred = Signal(env)
        self.is_calm = True
        self.orders = 0
        self.why_unsent: list[Verdict] = []

    @property
    def is_over(self) -> bool:
        return self.over.triggered

    hesitation: float = 0.0

    @property
    def is_attended(self) -> bool:
        return len(self.there) > len(self.gone)

    purpose = Purpose.INCIDENT

    def reported(self, misjudged: int = 0) -> None:
        self.reports.append(float(self.env.now))
        self.heard = self.heard_next
        self.misjudged.append(misjudged)

    def handled(self) -> None:
        self.handlings.append(float(self.env.now))
        self.severity, self.need = self.heard, self.need_next

    def answered(self) -> None:
        self.answers.append(float(self.env.now))

    @property
    def heard_need(self) -> Strength:
        return self.need

    def ordered(self) -> None:
        self.orders += 1

    def unsent(self, why: Verdict) -> None:
        self.why_unsent.append(why)

    def asks_for(self, capability: Capability) -> bool:
        return self.need[capability] > 0

    def arrive(self, strength: Strength, *, sent: bool = True, of_post: bool = False) -> None:
        self.there.append((float(self.env.now), strength, of_post))
        self.stirred.fire()

    def is_safe(self, below: Severity) -> bool:
        return self.is_calm or self.severity < below or self.is_over

    def calm(self) -> None:
        self.is_calm = True
        self.stirred.fire()

    def leave(self, strength: Strength) -> None:
        self.gone.append(float(self.env.now))


class Bench:
    """Posko, units and roads on a clock of their own, without voters or disturbances."""

    def __init__(
        self,
        region: Region,
        strategy: dict[str, Any] | None = None,
        start: float = 420.0,
        care: dict[str, Any] | None = None,
        **response: Any,
    ) -> None:
        self.scenario = scenario = line_scenario(care, **{**PROMPT, **response})
        mine = StrategySettings.model_validate({**PLAIN, **(strategy or {})})
        self.region, self.gazetteer = region, Gazetteer(region)
        self.network = RoadNetwork(
            region,
            scenario.region.speed_kmh,
            scenario.weather.speed_factor,
            scenario.response.vehicles,
            scenario.response.night.speed_factor,
        )
        self.plan = plan_response(mine, scenario, self.gazetteer, self.network, walk_over(region, self.network))
        self.env = simpy.Environment(initial_time=start)
        self.streams = Streams(1, 0, now=lambda: float(self.env.now))
        self.roads = OpenRoads(self.env, self.network)
        self.signal = MobileSignal(self.plan.signal)
        self.fleet = Fleet(self.env, self.plan, self.roads, self.streams)
        self.ledger = Ledger(self.env, self.fleet, self.roads)
        self.posko = Posko(self.env, self.plan, self.fleet, self.ledger, self.roads, self.signal, self.streams)

    def unit(self, name: str) -> Unit:
        return next(unit for unit in self.fleet.units if unit.spec.name == name)

    def trouble(self, station: int, identity: str = "s0", severity: Severity = Severity.RED, **need: int) -> Trouble:
        place = self.gazetteer.station_place(station)
        return Trouble(self.env, place, Strength.of(need), identity, severity)

    def begin(self, trouble: Trouble) -> Trouble:
        """Let it begin now: the pair of the post looks out for it, and somebody reports it."""
        self.posko.meet(trouble)
        self.posko.notice(trouble)
        return trouble

    def at(self, time: float, act: Callable[[], object]) -> None:
        """Do something at a time."""

        def process() -> Process:
            yield self.env.timeout(time - self.env.now)
            act()

        self.env.process(process())

    def states(self, name: str) -> list[tuple[str, float, float]]:
        """What a unit did, from when to when."""
        self.fleet.close(float(self.env.now))
        index = self.unit(name).index
        return [(str(state), start, end) for unit, state, start, end, _ in self.fleet.stretches if unit == index]
