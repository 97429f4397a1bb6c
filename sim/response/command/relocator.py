"""The rule of relocation on the clock: reserves that wait are moved to where they are likely to be wanted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.clock import Process
from sim.config.relocation import Dynamic, ForwardOnYellow
from sim.region.position import Position, Spot
from sim.region.road_state import RoadState
from sim.response.command.cover import Cover
from sim.response.command.kept import ROLES
from sim.response.command.reach import LastReached, Stand, minutes_to, reached, stand_of
from sim.response.command.relocation import best_move, who_moves_up
from sim.response.emergency import Emergency
from sim.response.fleet import Fleet, Unit
from sim.response.ledger import Ledger
from sim.response.open_roads import OpenRoads
from sim.response.plan import Home, ResponsePlan
from sim.response.units import UnitSpec
from sim.vocabulary import Outcome, Role, Severity

_AHEAD = Severity.YELLOW
"""From this severity on something may need more than is there."""


class Relocator:
    """Moves reserves that nobody has called, by the strategy's rule. While they move they can be sent.

    Args:
        env: The clock.
        plan: The response under the strategy.
        fleet: The units.
        ledger: Their tasks.
        roads: Which roads are open.
        known: The disturbances that the centre knows and that are not over.
    """

    def __init__(
        self,
        env: simpy.Environment,
        plan: ResponsePlan,
        fleet: Fleet,
        ledger: Ledger,
        roads: OpenRoads,
        known: Mapping[str, Emergency],
    ) -> None:
        self.env = env
        self.plan = plan
        self.fleet = fleet
        self.ledger = ledger
        self.roads = roads
        self.known = known
        self.rule = plan.relocation
        self._before: dict[int, tuple[Home, str]] = {}  # where those belong who have moved up, and the code of it
        self._from_bases: tuple[RoadState, dict[tuple[str, float], NDArray[np.bool_]]] = (roads.state, {})
        self._reached = LastReached(plan)
        # The roads, who stood or went where, and who could have moved when last no move was worth it
        self._stay_as_they_are: tuple[RoadState, list[tuple[UnitSpec, Position]], list[Unit]] | None = None
        if isinstance(self.rule, Dynamic) and plan.police:
            env.process(self._look_now_and_then(self.rule))

    def heard(self, emergency: Emergency) -> None:
        """The centre has handled a report, and has sent whom it sends: move somebody up if the rule says so."""
        if isinstance(self.rule, ForwardOnYellow) and emergency.severity >= _AHEAD:
            self._move_up(emergency, self.rule)

    def closed(self) -> None:
        """A disturbance is over: where nothing is yellow or red any more, those who have moved up go back."""
        if self._before and not any(e.severity >= _AHEAD for e in self.known.values()):
            before, self._before = self._before, {}
            for index, (home, code) in before.items():
                self._go_back(self.fleet.units[index], home, code)

    def _go_back(self, unit: Unit, home: Home, code: str) -> None:
        if unit.index in self.fleet.moving_up:
            assert unit.task is not None
            unit.task.call_off(Outcome.RECALLED)  # and it drives home, which is where it was
        elif unit.is_idle and not unit.is_held:
            self.ledger.relocate(unit, home.spot, code, may_be_sent=True)
        else:
            unit.home = home

    def _movable(self) -> Iterable[Unit]:
        """Give the reserves that stand and wait for orders, in order."""
        waiting = self.fleet.idle[Role.RESERVE]
        return (unit for _, unit in sorted(waiting.items()) if not unit.is_held and unit.home.cycle is None)

    def _minutes(self, unit: Unit, spot: Spot) -> float:
        return self.roads.minutes(unit.spec.vehicle, self.fleet.position(unit), spot)

    def _move(self, unit: Unit, base: int) -> None:
        where = self.plan.police[base]
        self.ledger.relocate(unit, Spot((where.node,)), where.code, may_be_sent=True)

    def _move_up(self, emergency: Emergency, rule: ForwardOnYellow) -> None:
        """Move a reserve to the base that is nearest to a disturbance, where none waits as near as that."""
        movable = list(self._movable())
        if not movable or not self.plan.police:
            return
        spot, vehicle = self.plan.spot(emergency.place), movable[0].spec.vehicle
        far, base = min(
            (self.roads.minutes(vehicle, Position(base.node), spot), i) for i, base in enumerate(self.plan.police)
        )
        there = [self._minutes(unit, spot) for unit in movable]
        there += [
            self.roads.minutes(unit.spec.vehicle, Position(unit.task.goal.spot.nodes[0]), spot)
            for unit in self.fleet.moving_up.values()
            if unit.task is not None
        ]
        at_base = Spot((self.plan.police[base].node,))
        chosen = who_moves_up(
            there, {unit.index: self._minutes(unit, at_base) for unit in movable}, far, rule.most_minutes
        )
        if chosen is not None:
            unit = self.fleet.units[chosen]
            self._before.setdefault(chosen, (unit.home, unit.spec.base))
            self._move(unit, base)

    def _look_now_and_then(self, rule: Dynamic) -> Process[None]:
        """Process: every so many minutes, make the move that adds most, if it adds enough."""
        opens, closes = self.plan.hours
        yield self.env.timeout(max(0.0, opens - self.env.now))
        while self.env.now < closes:
            self._fill_worst_gap(rule)
            yield self.env.timeout(rule.every_minutes)

    def _fill_worst_gap(self, rule: Dynamic) -> None:
        fleet = self.fleet
        free = [fleet.units[i] for i in sorted(i for role in ROLES for i in fleet.idle[role])]
        free = [unit for unit in free if not unit.is_held]
        moving = [unit for _, unit in sorted(fleet.moving_up.items())]
        movable = list(self._movable())
        if not movable:
            return
        standing = [(unit.spec, fleet.position(unit)) for unit in free]
        standing += [(u.spec, Position(u.task.goal.spot.nodes[0])) for u in moving if u.task is not None]
        seen = self.roads.state, standing, movable
        if seen == self._stay_as_they_are:
            return
        found = self._reached.of(standing, self.roads.state, rule.within_minutes)
        cover = Cover(tuple(unit.index for unit in (*free, *moving)), found, self.plan.voters, rule.busy)
        first = self._first_of_each_stand(movable)
        could = {unit.index: self._from_base(unit, rule.within_minutes) for unit in first}
        minutes = {unit.index: self._to_bases(unit) for unit in first}
        move = best_move(cover, could, minutes, rule.most_minutes)
        if move is not None and move.gain >= rule.least_gain * float(self.plan.voters.sum()):
            self._move(fleet.units[move.unit], move.base)
        else:
            self._stay_as_they_are = seen

    def _first_of_each_stand(self, units: Iterable[Unit]) -> Iterable[Unit]:
        """Return the first of those that stand alike: another would add as much, and the first would go."""
        first: dict[Stand, Unit] = {}
        for unit in units:
            first.setdefault(stand_of(unit.spec, self.fleet.position(unit)), unit)
        return first.values()

    def _to_bases(self, unit: Unit) -> list[float]:
        """Return the minutes of a unit to each base of the police."""
        nodes = np.array([base.node for base in self.plan.police], dtype=np.int64)
        here, network = self.fleet.position(unit), self.plan.network
        minutes: list[float] = minutes_to(nodes, here, network, unit.spec.vehicle, self.roads.state).tolist()
        return minutes

    def _from_base(self, unit: Unit, within: float) -> NDArray[np.bool_]:
        """Return what a unit would reach in time from each base, (bases, stations)."""
        if self._from_bases[0] is not self.roads.state:
            self._from_bases = self.roads.state, {}
        spec, kept = unit.spec, self._from_bases[1]
        key = spec.vehicle, spec.ready_minutes
        if key not in kept:
            at_bases = [(spec, Position(base.node)) for base in self.plan.police]
            kept[key] = reached(at_bases, self.plan, self.roads.state, within)
        return kept[key]
