"""Duty on the clock: shifts begin and end, units hand over what they are at, rest, and tire."""

from __future__ import annotations

from functools import cache
from math import inf
from typing import NamedTuple

import simpy

from sim.clock import Process, Signal
from sim.config.duty import Duty
from sim.response.fleet import Fleet, Unit
from sim.response.ledger import Ledger
from sim.response.task import Task
from sim.response.units import SENT
from sim.vocabulary import UnitState


class Term(NamedTuple):
    """When a unit may be on duty at all, minutes after midnight."""

    begins: float
    ends: float


def term(shift: tuple[float, float] | None, duty: Duty, start: float) -> Term:
    """Return when a unit may be on duty: its shift, or from when the duty of all begins; ``start``: the day does."""
    if shift is not None:
        return Term(*shift)
    return Term(start if duty.begins is None else duty.begins, inf)


def ends(began: float, whole: Term, duty: Duty) -> float:
    """Return when a duty that began at a time ends: with the shift, or when it has lasted as long as it may."""
    longest = inf if duty.longest_minutes is None else duty.longest_minutes
    return min(whole.ends, began + longest)


class Duties:
    """Lets units come on duty and go off it.

    Args:
        env: The clock.
        fleet: The units.
        ledger: Their tasks.
    """

    def __init__(self, env: simpy.Environment, fleet: Fleet, ledger: Ledger) -> None:
        self.env = env
        self.fleet = fleet
        self.ledger = ledger
        self.duty = fleet.plan.duty
        now = float(env.now)

        @cache
        def of(shift: tuple[float, float] | None) -> tuple[Term, bool]:
            """Return when who has this shift may be on duty, and whether any duty begins or ends during the day."""
            whole = term(shift, self.duty, now)
            return whole, now < whole.begins or ends(whole.begins, whole, self.duty) < fleet.plan.end

        for unit in fleet.units:
            if unit.spec.role in SENT:
                whole, changes = of(unit.spec.shift)
                unit.on_duty = whole.begins if whole.begins <= now else -inf
                if changes:
                    env.process(self._keep(unit, whole))

    def _keep(self, unit: Unit, whole: Term) -> Process[None]:
        """Process: a unit's whole day, one duty after another."""
        began = whole.begins
        if self.env.now < began:
            self.fleet.go_off_duty(unit)
        while True:
            if self.env.now < began:
                yield self.env.timeout(began - self.env.now)
                self.fleet.come_on_duty(unit)
            over = ends(began, whole, self.duty)
            if over == inf:
                return
            yield self.env.timeout(max(0.0, over - self.env.now))
            yield from self._let_go(unit)
            if over >= whole.ends or self.duty.rest_minutes is None:
                return
            began = self.env.now + self.duty.rest_minutes

    def _let_go(self, unit: Unit) -> Process[None]:
        """Process: until a unit whose duty is over has handed over what it is at and is where it belongs."""
        if unit.is_idle:
            self.fleet.go_off_duty(unit)
            return
        self.fleet.end_duty(unit)
        if unit.moved is None:
            unit.moved = Signal(self.env)
        if unit.task is not None and self.ledger.hand_over(unit.task) and self.duty.overtime_minutes is not None:
            self.env.process(self._overtime(unit.task, self.duty.overtime_minutes))
        while unit.state is not UnitState.OFF_DUTY:
            yield unit.moved.next

    def _overtime(self, task: Task, minutes: float) -> Process[None]:
        """Process: after a time it goes, whoever has come."""
        yield self.env.timeout(minutes)
        task.let_go()
