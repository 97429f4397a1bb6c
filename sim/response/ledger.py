"""All tasks of a day: one way to send a unit, whatever for, and to call it off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from math import inf

import simpy

from sim.clock import Process, Signal, after, at_once
from sim.region.position import Position, Spot, Standing, at, travel_minutes
from sim.region.route import nowhere_to_go
from sim.response.command.retasking import Sent, not_needed
from sim.response.command_posts import CommandPosts
from sim.response.emergency import Emergency
from sim.response.fleet import Fleet, Unit
from sim.response.journey import Journey
from sim.response.open_roads import OpenRoads
from sim.response.plan import Home
from sim.response.task import Goal, Task
from sim.strength import NOBODY
from sim.vocabulary import Capability, Outcome, Purpose, Severity, UnitState, Verdict

Body = Callable[[Task], Process[None]]
"""What is done for a task, from the order to its end."""
Told = Callable[[Task, bool], None]
"""Is told of a task whether its unit is there."""
_MISSED = (Outcome.DIVERTED, Outcome.CUT_OFF, Outcome.WITHDRAWN)
"""Outcomes after which a unit is missed where it was sent."""
_CALLS = (Purpose.INCIDENT, Purpose.CHECK, Purpose.AREA_POST)
"""What units are sent to because somebody called, or the centre wants them there."""


class Ledger:
    """Sends units and keeps the record of it.

    Args:
        env: The clock.
        fleet: The units.
        roads: Which roads are open.
    """

    def __init__(self, env: simpy.Environment, fleet: Fleet, roads: OpenRoads) -> None:
        self.env = env
        self.fleet = fleet
        self.roads = roads
        self.command_posts = CommandPosts(env, fleet.plan.command, fleet.streams)
        self.tasks: list[Task] = []
        self.lost = Signal(env)
        """Fires when a unit that was coming to a disturbance, or was there, has been taken away or cut off."""
        self.emergencies: dict[str, Emergency] = {}
        """Disturbances that somebody has been sent to, or has taken on, by identity."""
        self.late: dict[str, tuple[list[Task], float]] = {}
        """Who comes late to a disturbance as has been found, and until when; forgotten where that may be otherwise."""
        self.settled: dict[str, Severity] = {}
        """Disturbances where nobody is missing or comes late, as has been found, and at which severity; likewise."""
        self._open: dict[str, dict[int, Task]] = {}
        self._strength: dict[str, dict[Capability, int]] = {}  # of those who are there or coming, cut off or not

    def send(
        self,
        unit: Unit,
        goal: Goal,
        then: Told,
        *,
        patient: bool = False,
        wait: float = 0.0,
        of_post: bool = False,
        verdicts: Mapping[Verdict, int] | None = None,
    ) -> Task:
        """Send a unit somewhere from this moment on; a task that it has already is called off as diverted.

        Args:
            unit: Who.
            goal: What for, and where.
            then: Is told the task and whether it is there when it has stopped driving, and that it is not, or is no
                longer, when it is called off. Its owner ends it (:meth:`end`).
            patient: Wait at the closure where the way is cut off, for as long as it takes.
            wait: Else so many minutes; then the journey ends there.
            of_post: Whether it is the pair whose post this is.
            verdicts: What the rule of dispatch said of all units.
        """
        task = self._begin(unit, goal, of_post=of_post, verdicts=verdicts)

        def make_ready(_: simpy.Event) -> None:
            after(self.env, self._make_ready(task, unit.spec.request_delay), set_out)

        def set_out(_: simpy.Event | None = None) -> None:
            if task.is_open:
                self._drive(task, self.fleet.position(unit), then, patient=patient, wait=wait)

        if unit.spec.passing is not None:
            task.process = self.env.process(self._pass_on(task, set_out, then))
        else:
            at_once(self.env, make_ready)
        task.stop = partial(at_once, self.env, lambda _: then(task, False))
        return task

    def take_on(self, unit: Unit, goal: Goal, then: Told, *, of_post: bool = False) -> Task:
        """Let a unit that is there already take on a task itself; ``then`` is told so at once, else as in ``send``."""
        task = self._begin(unit, goal, sent=False, of_post=of_post)
        at_once(self.env, lambda _: then(task, True))
        task.stop = partial(at_once, self.env, lambda _: then(task, False))
        return task

    def give(self, unit: Unit, goal: Goal, body: Body) -> Task:
        """Give a unit a task that a process carries out, from this moment on; one that it has already is called off.

        Args:
            unit: Who.
            goal: What for, and where.
            body: What is done.
        """
        task = self._begin(unit, goal)
        task.process = self.env.process(self._carry_out(task, body))
        return task

    def _begin(
        self,
        unit: Unit,
        goal: Goal,
        *,
        sent: bool = True,
        of_post: bool = False,
        verdicts: Mapping[Verdict, int] | None = None,
    ) -> Task:
        """Give a unit a task for which it makes ready from now on where it is, or for which it is there already.

        At once, not when it starts: a second decision at this moment must not find the unit free.
        """
        here = self.fleet.position(unit)
        task = self._order(unit, here, goal, sent=sent, of_post=of_post, verdicts=verdicts)
        self.fleet.set_state(unit, UnitState.MOBILISING if sent else UnitState.ON_SCENE, Standing(here), here.node)
        return task

    def _order(
        self,
        unit: Unit,
        here: Position,
        goal: Goal,
        *,
        sent: bool = True,
        of_post: bool = False,
        verdicts: Mapping[Verdict, int] | None = None,
    ) -> Task:
        """Note a task of a unit, which goes no farther than here; one that it has already is called off as diverted.

        Who orders it gives the unit its next state at once.
        """
        comes_home = unit.way_home is not None
        self.fleet.halt(unit)
        shortest = travel_minutes(here, goal.spot, self.roads.network, unit.spec.vehicle) if sent else 0.0
        task = Task(len(self.tasks), unit, goal, self.env.now, shortest, sent, of_post, verdicts or {})
        before, unit.task = unit.task, task
        if comes_home and goal.purpose in _CALLS:  # it is on the road
            task.ready_at = self.env.now
        if before is not None:
            if not before.on_scene:  # it is on the road, or about to be
                task.ready_at = before.ready_at
            before.call_off(Outcome.DIVERTED)
            self._forget(before)
        self.tasks.append(task)
        self._note(task)
        return task

    def set_off(self, unit: Unit, here: Position, goal: Goal, then: Told) -> Task:
        """Give a unit a task for which it leaves at this moment.

        Args:
            unit: Who.
            here: Where it is.
            goal: What for, and where.
            then: Is told the task and whether it is there when it has stopped driving. From then on the task's owner
                says how it can be called off (:attr:`Task.stop`), and ends it (:meth:`end`).
        """
        task = self._order(unit, here, goal)
        self._drive(task, here, then)
        return task

    def _drive(self, task: Task, here: Position, then: Told, *, patient: bool = False, wait: float = 0.0) -> None:
        """Let a unit leave from where it is for where it is sent; ``then`` is told when it has stopped driving."""
        journey = self._leave(task, here, task.goal.spot)
        journey.begin(partial(self._drove, task, journey, then), patient=patient, wait=wait)

    def _drove(self, task: Task, journey: Journey, then: Told, arrived: bool) -> None:
        """A unit has stopped driving."""
        self._stop(task, journey)
        then(task, arrived)

    def _carry_out(self, task: Task, body: Body) -> Process[None]:
        try:
            yield from body(task)
        except simpy.Interrupt as interrupt:
            if not isinstance(interrupt.cause, Outcome):
                raise
        self.end(task)

    def end(self, task: Task) -> None:
        """Let the unit go: it rests where it belongs, or drives home; one that was diverted has another task."""
        if task.outcome is None:
            task.outcome = Outcome.DONE
        unit, task.on_scene, task.stop = task.unit, False, None
        if task.arrived == task.arrived and task.released != task.released:
            task.released = self.env.now
        self._forget(task)
        if unit.task is not task:
            return
        unit.task = None
        never_left, here = task.departed != task.departed, self.fleet.position(unit)
        if (never_left and unit.home.cycle is not None) or self.fleet.is_on_its_ground(unit, here):
            if not never_left:
                task.returned = self.env.now
            self.fleet.rest(unit, here)
        else:
            self.fleet.send_home(unit, here, task)
        self.fleet.set_free[unit.spec.role].fire(unit)

    def mobilise(self, task: Task) -> Process[None]:
        """Process: ask for the unit where it must be asked for, and make it ready, unless it is being moved anyway."""
        spec, request = task.unit.spec, task.unit.spec.request_delay
        if spec.passing is not None and task.ready_at != task.ready_at:
            yield from self.command_posts.pass_on(spec)
            request = 0.0
        yield self.env.timeout(self._make_ready(task, request))

    def _make_ready(self, task: Task, request: float) -> float:
        """Make a unit ready, unless it is being moved anyway; return the minutes that it takes, the request's too."""
        if task.ready_at != task.ready_at:
            self.look_again(task.goal.incident)
            task.ready_at = self.env.now + (request + self.fleet.mobilisation(task.unit))
        return max(0.0, task.ready_at - self.env.now)

    def _pass_on(self, task: Task, set_out: Callable[[], None], then: Told) -> Process[None]:
        """Process: ask for a unit at its own command post, make it ready, and let it set out."""
        try:
            yield from self.mobilise(task)
        except simpy.Interrupt:
            then(task, False)
        else:
            set_out()

    def travel(self, task: Task, spot: Spot, *, patient: bool = False, wait: float = 0.0) -> Process[bool]:
        """Process: drive from where the unit is to a spot. Return whether it got there.

        Args:
            task: The task.
            spot: Where it goes.
            patient: Wait at the closure where the way is cut off, for as long as it takes.
            wait: Else so many minutes; then the journey ends there.
        """
        journey = self._leave(task, self.fleet.position(task.unit), spot)
        try:
            return (yield from journey.run(patient=patient, wait=wait))
        finally:
            self._stop(task, journey)

    def _leave(self, task: Task, here: Position, spot: Spot) -> Journey:
        """Let the unit be on its way from where it is to a spot; return the trip, which has not begun."""
        unit = task.unit
        self.look_again(task.goal.incident)
        journey = task.journey = Journey(self.env, self.roads, unit.spec.vehicle, here, spot)
        if task.departed != task.departed:
            task.departed = self.env.now
        self.fleet.set_state(unit, UnitState.TRAVELLING, journey, spot.nodes[0])
        return journey

    def _stop(self, task: Task, journey: Journey) -> None:
        """A trip of the unit is over, at its end or before it."""
        task.journey, task.km = None, task.km + journey.km_at(self.env.now)

    def arrive(self, task: Task) -> None:
        """Note that a unit is where it was sent."""
        task.arrived, task.on_scene = self.env.now, True
        if task.departed != task.departed:
            task.departed = self.env.now
        self.fleet.set_state(task.unit, UnitState.ON_SCENE, self.fleet.standing(task.unit))

    def hand_over(self, task: Task) -> bool:
        """Let others be asked for in place of a unit whose duty is over; return whether it was called somewhere.

        It leaves when all that is asked for is there without it.
        """
        if task.number not in self._open.get(task.goal.incident, {}):
            return False
        self._add(task, -1)
        task.hands_over = True
        self.relieve(self.emergencies[task.goal.incident])
        self.lost.fire()
        return True

    def relieve(self, emergency: Emergency, arrived: Task | None = None) -> list[Task]:
        """Let those go whose duty is over and who are not needed beside those who are there; return their tasks.

        Who has just arrived goes by himself.
        """
        tasks = self.open_tasks(emergency.identity)
        leaving = {task.number: task for task in tasks if task.hands_over}
        if not leaving:
            return []
        here = [task.unit.spec.provides for task in tasks if task.on_scene and not task.hands_over]
        sent = [Sent(task.number, task.unit.spec.provides, self.arrives(task)) for task in leaving.values()]
        going = [leaving[number] for number in not_needed(sent, sum(here, NOBODY), emergency.need)]
        for task in going:
            if task is not arrived:
                task.let_go()
        return going

    def relocate(self, unit: Unit, spot: Spot, place: str, *, may_be_sent: bool = False) -> Task:
        """Move a unit to another place, which is its home from the moment it is there.

        Args:
            unit: Who.
            spot: Where to.
            place: Code of the place.
            may_be_sent: Whether it can be sent to something else meanwhile without anybody deciding so.
        """

        def drove(task: Task, arrived: bool) -> None:
            if arrived:
                self.arrive(task)
                unit.home = Home(spot, (), None, nowhere_to_go(at(spot, self.roads.network, unit.spec.vehicle)))
            self.end(task)

        task = self.send(unit, Goal(Purpose.RELOCATION, spot, place), drove, patient=True)
        if may_be_sent:
            self.fleet.move_up(unit)
        return task

    def called(self) -> Iterator[tuple[str, Collection[Task]]]:
        """Give the disturbances that units are at or on their way to, over or not, each with the tasks for it."""
        return ((incident, tasks.values()) for incident, tasks in self._open.items() if tasks)

    def tasks_of(self, incident: str) -> Collection[Task]:
        """Give the tasks for a disturbance that have not ended, in order, as long as none begins or ends."""
        return self._open[incident].values() if incident in self._open else ()

    def open_tasks(self, incident: str) -> list[Task]:
        """Return the same as a list of its own."""
        return list(self.tasks_of(incident))

    def on_their_way(self, incident: str) -> list[Task]:
        """Return the tasks for a disturbance whose units are not there yet, and have a way that is open."""
        return [task for task in self.tasks_of(incident) if task.is_under_way and self._way(task) < inf]

    def coming(self, incident: str, capability: Capability) -> int:
        """Return the strength that is at a disturbance, or on its way to it; who is cut off from it is not coming."""
        strength = self._strength.get(incident)
        there = 0 if strength is None else strength.get(capability, 0)
        if not there or not self.roads.cuts_off:
            return there
        coming = [task for task in self._open[incident].values() if task.is_under_way and not task.hands_over]
        cut_off = [task.unit.spec.provides for task in coming if self._way(task) == inf]
        return there - sum(provides[capability] for provides in cut_off)

    def _way(self, task: Task) -> float:
        """Return the minutes of the way that a unit has left to where it was sent; infinite while it is cut off."""
        return self.roads.minutes(task.unit.spec.vehicle, self.fleet.position(task.unit), task.goal.spot)

    def minutes_left(self, task: Task) -> float:
        """Return the minutes until somebody who has been sent is there; infinite while he is cut off."""
        return task.until_ready(self.env.now) + self._way(task)

    def arrives(self, task: Task) -> float:
        """Return when somebody who has been sent was there, or is going to be, minutes after midnight."""
        return task.arrived if task.on_scene else float(self.env.now) + self.minutes_left(task)

    def recall(self, incident: str) -> None:
        """Call off who is still on the way to a disturbance: it is over."""
        for task in self.open_tasks(incident):
            if task.is_under_way and task.goal.purpose in _CALLS:
                task.call_off(Outcome.RECALLED)

    def _note(self, task: Task) -> None:
        incident = task.goal.incident
        if incident and task.goal.purpose in _CALLS:
            self._open.setdefault(incident, {})[task.number] = task
            self._add(task, 1)

    def look_again(self, incident: str) -> None:
        """Forget what has been found of who is at a disturbance or comes to it: that may be otherwise now."""
        self.late.pop(incident, None)
        self.settled.pop(incident, None)

    def _add(self, task: Task, sign: int) -> None:
        """Count what a unit brings to a disturbance among what is there or coming, or no longer."""
        incident = task.goal.incident
        self.look_again(incident)
        strength = self._strength.setdefault(incident, defaultdict(int))
        for capability, people in task.unit.spec.provides.people:
            strength[capability] += sign * people

    def _forget(self, task: Task) -> None:
        tasks = self._open.get(task.goal.incident)
        if tasks is not None and tasks.pop(task.number, None) is not None:
            if not task.hands_over:
                self._add(task, -1)
            if task.outcome in _MISSED:
                self.lost.fire()
