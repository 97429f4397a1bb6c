"""Who would be where in time when the day begins: the definition of coverage by which placements are compared.

It is that of ``coverage_with_guards``: first officers, the guards of a place's own post counted. A unit with officers
covers a station when its potential response there is within the standard time: mean alarm handling, request delay, mean
mobilisation, and travel by its vehicle on open roads; a unit counts when the strategy's rule would send it to a green
incident. Everybody is free and where his day begins: a pair at the first station of its round, which it covers at once,
the others by order or when its round comes by. Nobody is held back for something red.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.coverage.inputs import SLACK, Floats, Ints
from sim.day.world import World
from sim.plan.problem import Flags
from sim.region.position import at
from sim.region.road_state import OPEN
from sim.response.plan import ResponsePlan
from sim.response.readiness import Readiness
from sim.response.units import UnitSpec
from sim.vocabulary import Role, Severity


class Kind(NamedTuple):
    """A kind of team that a strategy places: those of a kind are exchanged freely.

    Attributes:
        role: Patrol or reserve.
        vehicle: What it drives.
        size: People.
    """

    role: Role
    vehicle: str
    size: int


class Teams(NamedTuple):
    """The teams that a strategy places.

    Attributes:
        kinds: Their kinds.
        many: (kinds) how many there are.
        of: (teams) the kind of each.
        unit: (teams) its index in the deployment.
        node: (teams) where the strategy has it when the day begins.
    """

    kinds: tuple[Kind, ...]
    many: Ints
    of: Ints
    unit: Ints
    node: Ints


class InTime:
    """Who would be where in time under one strategy.

    Args:
        world: The prepared scenario.
        strategy: Name of one of its strategies.

    Raises:
        UserError: For a strategy that is not played.
    """

    def __init__(self, world: World, strategy: str) -> None:
        self._plan: ResponsePlan = world.response(strategy)
        self._ready: Readiness = world.readiness[strategy]
        self._travel: Floats = self._ready.travel(world.network, OPEN) if self._ready.vehicles else np.empty((0, 0, 0))
        stations = world.places.stations
        self._goal, self._access = world.places.node[:stations], world.places.access[:stations]
        self._standard = world.scenario.response.standard_minutes + SLACK
        specs = self._plan.deployment.units
        self._starts = [at(spec.home, world.network, spec.vehicle) for spec in specs]
        self.teams = _teams(specs, [start.node for start in self._starts])

    def from_nodes(self, unit: int, nodes: Ints) -> Flags:
        """Return which stations a unit covers from some nodes, (nodes, stations)."""
        if not self._counts(unit):
            return np.zeros((len(nodes), len(self._goal)), dtype=np.bool_)
        way = self._travel[self._ready.units.vehicle[unit]][np.ix_(nodes, self._goal)]
        return np.asarray(
            self._ready.rules.alarm + self._ready.units.ready[unit] + way + self._access <= self._standard
        )

    def in_any_case(self) -> Ints:
        """Return how many units cover each station wherever the strategy's teams are placed, (stations)."""
        own, units = self._ready.units.own, self._ready.units
        found = self.by_own_pair().astype(np.int64)
        mine = set(self.teams.unit.tolist())
        for unit, start in enumerate(self._starts):
            if unit in mine or not self._counts(unit):
                continue
            way = start.minutes + self._travel[units.vehicle[unit], start.node, self._goal] + self._access
            after = units.ready[unit] + way
            goes = np.ones(len(after), dtype=np.bool_)
            if units.is_guard[unit]:
                goes = (own != unit) & (after <= self._ready.rules.guards_within + SLACK)
            found += goes & (self._ready.rules.alarm + after <= self._standard)
        return found

    def as_planned(self) -> Flags:
        """Return which stations the strategy's own teams cover from where it has them, (teams, stations)."""
        rows = [
            self.from_nodes(int(unit), np.array([node]))
            for unit, node in zip(self.teams.unit, self.teams.node, strict=True)
        ]
        return np.concatenate([np.zeros((0, len(self._goal)), dtype=np.bool_), *rows])

    def by_own_pair(self) -> Flags:
        """Return which stations the pair of their own post covers, (stations)."""
        units, minutes = self._ready.units, np.full(len(self._goal), np.inf)
        for s, unit in enumerate(units.own.tolist()):
            if unit < 0:
                continue
            start = self._starts[unit]
            way = start.minutes + self._travel[units.vehicle[unit], start.node, self._goal[s]] + self._access[s]
            ordered = self._ready.rules.own_alarm[s] + units.ready[unit] + way
            minutes[s] = 0.0 if start.station == s else np.fmin(ordered, units.begins[s])  # NaN: no round comes by
        return minutes <= self._standard

    def _counts(self, unit: int) -> bool:
        spec = self._plan.deployment.units[unit]
        return spec.officers > 0 and bool(self._ready.rules.may[Severity.GREEN, unit])


def _teams(specs: tuple[UnitSpec, ...], nodes: list[int]) -> Teams:
    """Return the teams that the strategy places: its reserves, and its patrols, which belong to no base."""
    units = [
        i for i, spec in enumerate(specs) if spec.role is Role.RESERVE or (spec.role is Role.PATROL and not spec.base)
    ]
    each = [Kind(specs[i].role, specs[i].vehicle, specs[i].strength) for i in units]
    kinds = tuple(dict.fromkeys(each))
    of = np.array([kinds.index(kind) for kind in each], dtype=np.int64)
    return Teams(
        kinds=kinds,
        many=np.bincount(of, minlength=len(kinds)).astype(np.int64),
        of=of,
        unit=np.array(units, dtype=np.int64),
        node=np.array([nodes[i] for i in units], dtype=np.int64),
    )
