"""What a unit does for a disturbance: go there, stay until it is over, and do the work after it."""

from __future__ import annotations

from collections.abc import Mapping

import simpy

from sim.clock import after
from sim.response.command.retasking import works_on
from sim.response.emergency import Emergency
from sim.response.fleet import Unit
from sim.response.ledger import Ledger
from sim.response.task import Goal, Task
from sim.vocabulary import Outcome, Purpose, Verdict


def attend(
    ledger: Ledger,
    unit: Unit,
    goal: Goal,
    emergency: Emergency,
    *,
    sent: bool = True,
    of_post: bool = False,
    verdicts: Mapping[Verdict, int] | None = None,
) -> Task:
    """Let a unit attend to a disturbance, from this moment on; a task that it has already is called off as diverted.

    Args:
        ledger: The tasks.
        unit: Who.
        goal: What for, and where.
        emergency: The disturbance.
        sent: Whether it is ordered; else it is there already and takes it on itself.
        of_post: Whether it is the pair whose post this is.
        verdicts: What the rule of dispatch said of all units.
    """
    ledger.emergencies[emergency.identity] = emergency
    drove = _Attendance(ledger, emergency).drove
    if not sent:
        return ledger.take_on(unit, goal, drove, of_post=of_post)
    wait = ledger.fleet.plan.settings.wait_at_closure_minutes
    return ledger.send(unit, goal, drove, wait=wait, of_post=of_post, verdicts=verdicts)


class _Attendance:
    """A unit's task at a disturbance."""

    __slots__ = ("emergency", "ledger", "task")

    def __init__(self, ledger: Ledger, emergency: Emergency) -> None:
        self.ledger = ledger
        self.emergency = emergency
        self.task: Task

    def drove(self, task: Task, arrived: bool) -> None:
        """The unit is there; or it does not come, or is called off."""
        self.task = task
        if arrived:
            self._arrive()
            return
        if task.outcome is None:
            task.outcome = Outcome.CUT_OFF
        self._end()

    def _arrive(self) -> None:
        task, emergency = self.task, self.emergency
        self.ledger.arrive(task)
        emergency.arrive(task.unit.spec.provides, sent=task.sent, of_post=task.of_post)
        over = emergency.over
        if task in self.ledger.relieve(emergency, arrived=task):
            self._end()
        elif over.callbacks is None:  # it was over before
            self._over(over)
        else:
            over.callbacks.append(self._over)

    def _over(self, _: simpy.Event) -> None:
        """All is over there: the unit does the work after it, or goes."""
        if not self.task.on_scene:  # it was called off before
            return
        if self._works_on():
            after(self.ledger.env, self._work_minutes(), self._worked)
        else:
            self._end()

    def _worked(self, _: simpy.Event) -> None:
        if self.task.on_scene:
            self._end()

    def _end(self) -> None:
        """The unit goes, from wherever it is."""
        if self.task.on_scene and not self.emergency.is_over:
            self.emergency.leave(self.task.unit.spec.provides)
        self.ledger.end(self.task)

    def _work_minutes(self) -> float:
        """Return how long a unit works on where all is over: at a post of an area there is nothing more to do."""
        match self.task.goal.purpose:
            case Purpose.CHECK:
                return self.ledger.fleet.plan.settings.reporting.false_reports.checked_minutes
            case Purpose.AREA_POST:
                return 0.0
            case _:
                return self.ledger.fleet.work(self.task.unit)

    def _works_on(self) -> bool:
        """Return whether a unit works on where all is over: some may be enough, and its duty may be over."""
        keep = self.ledger.fleet.plan.retasking.keep_officers
        if self.task.hands_over:
            return False
        if keep is None:
            return True
        there = [t for t in self.ledger.open_tasks(self.task.goal.incident) if t.on_scene and t.unit.officers]
        there.sort(key=lambda t: (t.arrived, t.number))
        return self.task in there[: works_on([t.unit.officers for t in there], keep)]
