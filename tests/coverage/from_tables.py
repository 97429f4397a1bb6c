"""A moment of a day as the tables of its log tell it: who waited where, on which roads. The day itself is not asked.

What a unit is and where its home is, the strategy says; what it did, ``unit_states``. That table says the node of a unit
that waits, but not where on its round it is (which begins at a random place of it), so whoever is looked at here stands
still; and not where a unit on its way is, so nobody on his way may be sent on. A stretch counts from its first moment on, not at its last, and so do closed
roads: what is told of a moment at which something happens is what held just after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np

from sim.day import World
from sim.log import DayLog
from sim.region.position import Position
from sim.response.units import UnitSpec
from sim.vocabulary import IDLE_STATES, UnitState


@dataclass(frozen=True)
class Waiting:
    """A unit as the tables tell of it."""

    index: int
    spec: UnitSpec
    state: UnitState
    node: int
    on_duty: float
    task: None = None
    is_held: bool = False
    ends_duty: bool = False
    motion: None = None

    @property
    def is_idle(self) -> bool:
        return self.state in IDLE_STATES


class Tables:
    """The log of a day, asked for one moment after another.

    Args:
        world: The scenario, for what does not change in a day.
        log: What one day recorded.
    """

    def __init__(self, world: World, log: DayLog) -> None:
        self.world = world
        self.plan = world.responses[log.strategy]
        self.log = log
        self.specs = {spec.name: i for i, spec in enumerate(self.plan.deployment.units)}
        assert all(len(spec.stops) < 2 for spec in self.plan.deployment.units), "somebody goes a round"

    def at(self, time: float) -> SimpleNamespace:
        """Return what :class:`tests.coverage.slow_way.Moment` asks a day for."""
        units = self._units(time)
        guards = {stop.spot.station: unit for unit in units if unit.spec.role == "guard" for stop in unit.spec.stops}
        fleet = SimpleNamespace(units=units, guard_of=guards.get, position=self._position)
        return SimpleNamespace(
            env=SimpleNamespace(now=time),
            world=self.world,
            plan=self.plan,
            fleet=fleet,
            roads=SimpleNamespace(closed=self._closed(time)),
        )

    def _units(self, time: float) -> list[Waiting]:
        table, found = self.log.tables["unit_states"], dict[int, Waiting]()
        began: dict[str, float] = {}
        for row in np.argsort(table["start"], kind="stable").tolist():
            name, state, start = table["unit"][row], UnitState(table["state"][row]), float(table["start"][row])
            if state is UnitState.OFF_DUTY:
                began.pop(name, None)
            else:
                began.setdefault(name, start)
            if start <= time < table["end"][row]:
                i = self.specs[name]
                spec = self.plan.deployment.units[i]
                assert (spec.role, spec.strength) == (table["role"][row], table["strength"][row])
                found[i] = Waiting(i, spec, state, int(table["node"][row]), began.get(name, np.nan))
        assert len(found) == len(self.specs), "every unit has one stretch at every moment"
        return [found[i] for i in sorted(found)]

    def _position(self, unit: Waiting) -> Position:
        """Where it waits: at its station, if it is at home and has one; else at its node."""
        (node, *_), access, station = unit.spec.home.nodes, unit.spec.home.access, unit.spec.home.station
        assert unit.is_idle, "where who is on the way is, no table says"
        return Position(node, access, station=station) if unit.node == node else Position(unit.node)

    def _closed(self, time: float) -> set[int]:
        """Roads that the scenario closes, and those on which a landslide lies."""
        found = {c.road for c in self.world.closures if c.closed <= time < c.reopened}
        slides = self.log.tables["incidents"]
        for row in np.flatnonzero(slides["kind"] == "landslide").tolist():
            over = slides["ended"][row]
            if slides["onset"][row] <= time and not time >= over:
                found |= {self.world.gazetteer.find(slides["place"][row], "test").road}
        table = self.log.tables["coverage"]
        told = int(table["closed_roads"][table["time"] == time].sum())
        assert len(found) == told, "as many as the table of coverage has"
        return found
