"""A made-up valley for tests: villages on one road, and places outside at its ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.config.area import AreaPlan
from sim.config.compose import load
from sim.config.packaged import CONF
from sim.config.region import RoadSpeeds
from sim.config.source import read_yaml
from sim.config.weather import SpeedFactors
from sim.evacuation.area.alone import Timed, play_area
from sim.evacuation.area.plan import AreaEvacuationPlan, plan_area
from sim.evacuation.area.result import AreaResult
from sim.region.gazetteer import Gazetteer
from sim.region.region import District, Node, Region, RoadTable, Stations, Village
from sim.region.travel import RoadNetwork
from sim.vocabulary import Access, VillageKind

SAME = {"town": 60.0, "trunk": 60.0, "secondary": 60.0, "hill": 60.0, "local": 60.0}
"""Speeds, km/h, by which a kilometre takes a minute."""
WITHOUT_LIMIT = dict.fromkeys(SAME)
VEHICLES = load("calm_day", []).response.vehicles
AT_ONCE = {"mean_minutes": 0, "cv": 0}
PLAIN: dict[str, Any] = {
    "title": "Made up",
    "decided_by": "BPBD",
    "area": {"villages": ["Atas"]},
    "people": {"residents_per_voter": 1, "own_transport_share": 1, "assisted_share": 0},
    "own_vehicles": [{"vehicle": "car", "share": 1, "people": 1, "car_units": 1}],
    "warning": {
        "mobile": {"per_minute": 0, "begins_minutes": 0},
        "patrol": {"per_minute": 1_000_000, "begins_minutes": 0},
        "neighbours_per_minute": 0,
    },
    "preparation": AT_ONCE,
    "reluctance": {"never": 0, "late": 0, "late_by": AT_ONCE},
    "walk": AT_ONCE,
    "walk_km_per_h": 4,
    "staging": {"order": "all_at_once"},
    "road_capacity": WITHOUT_LIMIT,
    "shelters": [{"at": "Kota", "places": 100_000, "received_per_minute": 1_000_000}],
    "buses": [],
    "shuttle": {
        "rule": "most_per_minute", "wait_minutes": 0, "board_seconds_each": 0, "alight_seconds_each": 0,
    },
}  # fmt: skip
"""Everybody hears at once and leaves at once in a car of his own; no road, gate or bus makes anybody wait."""
BUS = {"base": "Kota", "count": 1, "seats": 10, "vehicle": "car", "car_units": 1, "ready": AT_ONCE}
BY_BUS: dict[str, Any] = {
    "people": {"residents_per_voter": 1, "own_transport_share": 0, "assisted_share": 0}, "buses": [BUS],
}  # fmt: skip


def flow(per_minute: float) -> dict[str, float]:
    """Return a capacity of every road, in car units a minute."""
    return dict.fromkeys(SAME, per_minute * 60)


def valley(
    voters: Sequence[int] = (500,), km: float = 12.0, roads: Sequence[tuple[int, int, float]] = (), signal: bool = True
) -> Region:
    """Return villages Atas, Bawah, Ceruk, … each with voters, then the places outside Kota and Pasar.

    Without ``roads`` each village is joined to Kota by a road of ``km``; Pasar is 5 km beyond Kota.
    """
    names = ("Atas", "Bawah", "Ceruk", "Dusun")[: len(voters)]
    n = len(voters)
    where = [(-1.0 - 0.01 * i, 110.0) for i in range(n + 2)]
    villages = tuple(
        Village(f"V{i}", name, 0, VillageKind.VILLAGE, *where[i], 10.0, signal) for i, name in enumerate(names)
    )
    nodes = (
        *(Node(v.code, v.name, v.lat, v.lon, 0) for v in villages),
        Node("X.KOTA", "Kota", *where[n], None),
        Node("X.PASAR", "Pasar", *where[n + 1], None),
    )
    joined = list(roads) or [*((i, n, km) for i in range(n)), (n, n + 1, 5.0)]
    u, v, length = zip(*joined, strict=True)
    return Region(
        title="Lembah",
        districts=(District(0, 1, "D", "Lembah", -1.0, 110.0, 50.0, 0, ""),),
        villages=villages,
        nodes=nodes,
        stations=Stations(
            code=tuple(f"S{i}" for i in range(n)),
            name=tuple(f"TPS {i}" for i in range(n)),
            node=np.arange(n),
            district=np.zeros(n, dtype=np.int64),
            registered=np.array(voters, dtype=np.int64),
            vulnerability=np.zeros(n, dtype=np.int8),
            access_km=np.zeros(n),
            access=(Access.ROAD,) * n,
            special=np.zeros(n, dtype=np.bool_),
            lat=np.array([one[0] for one in where[:n]]),
            lon=np.full(n, 110.0),
        ),
        roads=RoadTable(np.array(u), np.array(v), np.array(length), np.zeros(len(u), dtype=np.int8)),
        bases=(),
        borders=frozenset(),
    )


def prepared(region: Region, **settings: Any) -> AreaEvacuationPlan:
    """Return the plain plan for a region with some settings changed."""
    network = RoadNetwork(region, RoadSpeeds(**SAME), SpeedFactors(**dict.fromkeys(SAME, 1.0)), VEHICLES)
    plan = AreaPlan.model_validate({**PLAIN, **settings})
    return plan_area(plan, Gazetteer(region), network, VEHICLES)


def played(region: Region, roads: Sequence[Timed] = (), seed: int = 1, **settings: Any) -> AreaResult:
    """Play the plain plan with some settings changed."""
    buses, people = np.random.default_rng(seed).spawn(2)
    return play_area(prepared(region, **settings), people, buses, roads)


def packaged(name: str) -> AreaPlan:
    """Return a packaged plan."""
    return AreaPlan.model_validate(read_yaml(CONF / "evacuation_plan" / f"{name}.yaml"))
