"""Whom a rule of dispatch chooses among: what is asked for, and units as the rule sees them at that moment."""

from __future__ import annotations

from collections.abc import Sequence, Set
from math import inf

from sim.config.dispatch import HoldReserve, Preparedness
from sim.echelon import Echelon
from sim.region.position import Spot
from sim.response.command.at_hand import AtHand
from sim.response.command.cover import Cover
from sim.response.command.dispatch import Call, Candidate, candidate_of
from sim.response.command.kept import ROLES, kept
from sim.response.command.preference import Ranks
from sim.response.command.reach import reached
from sim.response.emergency import Emergency
from sim.response.fleet import Fleet, Unit
from sim.response.ledger import Ledger
from sim.response.open_roads import OpenRoads
from sim.response.plan import ResponsePlan
from sim.response.task import Task
from sim.response.units import set_of
from sim.vocabulary import Capability, Severity


class Candidates:
    """Puts units before the rule of dispatch; it orders nobody.

    Args:
        plan: How the response works under the strategy.
        fleet: The units.
        ledger: Their tasks.
        roads: Which roads are open.
        at_hand: Tells how soon a unit would be there, and who is asked for by a decision.
    """

    def __init__(self, plan: ResponsePlan, fleet: Fleet, ledger: Ledger, roads: OpenRoads, at_hand: AtHand) -> None:
        self.plan = plan
        self.fleet = fleet
        self.ledger = ledger
        self.roads = roads
        self.at_hand = at_hand
        self._requested = at_hand.requested
        self._auxiliaries = set_of(unit.index for unit in fleet.units if unit.spec.provides.auxiliaries)
        self._not_by_centre = fleet.free & ~plan.called_by[Echelon.POSKO]  # who is called by sector posts alone

    def of(
        self,
        emergency: Emergency,
        severity: Severity,
        capability: Capability,
        missing: int,
        units: Sequence[Unit],
        by: Echelon = Echelon.POSKO,
    ) -> tuple[Call, list[Candidate]]:
        """Return what is asked for, and free units as the rule of dispatch sees them.

        Args:
            emergency: The disturbance.
            severity: How bad it is.
            capability: What is missing.
            missing: How many people of it.
            units: The units; of a sector post those alone that it may order or call.
            by: Whose command post asks.
        """
        district = emergency.place.district
        neighbours = self.plan.neighbours[district] if district is not None else frozenset[int]()
        sector = self.plan.sector_of(district) if district is not None else frozenset[int]()
        call = Call(severity, capability, missing, district, neighbours, sector, self._cover(units))
        spot, ranks, keeps = self.plan.spot(emergency.place), self.plan.preferences.of(emergency.place), self._kept()
        people = self.plan.people[capability]
        candidates = [self._candidate(unit, spot, severity, people, ranks, keeps) for unit in units]
        if self._auxiliaries and capability is Capability.PRESENCE:
            candidates = [c._replace(makes_up=bool(self._auxiliaries >> c.unit & 1)) for c in candidates]
        barred = self._not_by_centre if by is Echelon.POSKO else 0
        if barred:
            barred &= ~set_of(self._requested)
            candidates = [c._replace(may_be_called=not barred >> c.unit & 1) for c in candidates]
        return call, candidates

    def on_its_way(self, task: Task, call: Call) -> Candidate:
        """Return somebody who has been sent already, by when he will be there from now on."""
        unit, spec = task.unit, task.unit.spec
        minutes = self.ledger.minutes_left(task)
        strength = self.plan.people[call.capability][unit.index]
        return Candidate(unit.index, strength, minutes, spec.role, spec.district, call.severity)

    def _candidate(
        self, unit: Unit, spot: Spot, severity: Severity, people: Sequence[int], ranks: Ranks, keeps: Set[int]
    ) -> Candidate:
        index, spec, is_held = unit.index, unit.spec, unit.is_held or unit.ends_duty
        lowest = severity if index in self._requested else spec.from_severity
        minutes = inf if is_held or severity < lowest else self.at_hand.minutes(unit, spot)  # else nobody asks for it
        rank, is_kept = ranks.get(index, inf) if ranks else inf, index in keeps
        return candidate_of(
            (index, people[index], minutes, spec.role, spec.district, lowest, is_held, is_kept, rank, True, False)
        )

    def _kept(self) -> frozenset[int]:
        """Return the reserves that the rule keeps for something red now."""
        if not isinstance(self.plan.dispatch, HoldReserve):
            return frozenset()
        free = [self.fleet.units[i] for i in sorted(i for role in ROLES for i in self.fleet.idle[role])]
        moving = [(unit.index, unit.spec, self.fleet.position(unit)) for unit in free if not unit.is_held]
        return kept(moving, self.plan, self.roads.state)

    def _cover(self, units: Sequence[Unit]) -> Cover | None:
        """Return which of some free units cover what now, where the rule asks for it."""
        dispatch = self.plan.dispatch
        if not isinstance(dispatch, Preparedness):
            return None
        moving = [(unit.spec, self.fleet.position(unit)) for unit in units]
        found = reached(moving, self.plan, self.roads.state, dispatch.within_minutes)
        return Cover(tuple(unit.index for unit in units), found, self.plan.voters, dispatch.busy)
