"""The units of one day: where each is, what it does, and the record of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import count
from math import inf
from typing import TYPE_CHECKING, NamedTuple

import simpy

from sim.clock import Process, Signal
from sim.delay import draw
from sim.region.position import Motion, Position, Spot, Standing, nearest_spot
from sim.region.road_state import RoadState
from sim.region.round import LaterRound, Round, joining
from sim.region.route import nowhere_to_go
from sim.response.journey import Journey
from sim.response.open_roads import OpenRoads
from sim.response.plan import Home, ResponsePlan
from sim.response.units import IDLE, SENT, UnitSet, UnitSpec
from sim.streams import Streams
from sim.vocabulary import IDLE_STATES, Role, UnitState

if TYPE_CHECKING:
    from sim.response.task import Task


class Idle(NamedTuple):
    """A stretch of time in which a unit waits for orders, and how it moves meanwhile."""

    unit: int
    start: float
    end: float
    motion: Motion


@dataclass(eq=False, slots=True)
class Unit:
    """One unit on one day.

    Attributes:
        index: Position in the deployment.
        spec: What it is.
        home: Where it belongs.
        state: What it does.
        since: Since when.
        motion: Where it is at any moment of this state.
        toward: The node that it makes for; its own when it stays.
        task: What it is sent to do; None when nothing, also on its way home.
        is_free: Whether it can be sent without taking it from anything: it waits, or may be sent on.
        is_held: Whether somebody holds it back: it is not sent.
        way_home: Its journey home, while it is on it.
        moved: Fires at each change of state or motion, once somebody listens.
        ends_duty: Whether its duty is over: it is not sent, and goes off duty when it has done what it was sent for.
        on_duty: Since when it has been on duty, minutes after midnight.
    """

    index: int
    spec: UnitSpec
    home: Home
    state: UnitState
    since: float
    motion: Motion
    toward: int
    task: Task | None = None
    is_free: bool = True
    is_held: bool = False
    way_home: Journey | None = None
    moved: Signal | None = None
    ends_duty: bool = False
    on_duty: float = -inf

    @property
    def is_idle(self) -> bool:
        """Whether it waits for orders."""
        return self.state in IDLE_STATES

    @property
    def may_be_sent(self) -> bool:
        """Whether it goes where it is sent: nobody holds it back, and its duty is not over."""
        return not (self.is_held or self.ends_duty)

    @property
    def officers(self) -> int:
        """Officers in it; 0 for an ambulance or a disaster team."""
        return self.spec.officers


class Fleet:
    """All units of one day under one strategy.

    Args:
        env: The clock.
        plan: Who stands where, and how the response works.
        roads: Which roads are open.
        streams: The day's random streams.
    """

    def __init__(self, env: simpy.Environment, plan: ResponsePlan, roads: OpenRoads, streams: Streams) -> None:
        self.env = env
        self.plan = plan
        self.roads = roads
        self.streams = streams
        self.stretches: list[tuple[int, UnitState, float, float, int]] = []
        """What units have done so far: which unit, and the last columns of :class:`sim.log.UnitStateRow`."""
        self.idle_stretches: list[Idle] = []
        self.holds: list[tuple[float, int, bool]] = []
        """When which unit was held back, or no longer, in the order in which it was decided."""
        self.duties: list[tuple[int, float, float]] = []
        """Units that tire or go off duty: from when to when each was on duty, in the order in which it ended."""
        self.off_duty: dict[int, Unit] = {}
        """Units that are off duty now."""
        self.became_idle = Signal(env)
        self.set_free = {role: Signal(env) for role in Role}
        """Fires when a unit of a role that has no task may be sent, though it may not be home yet."""
        self.idle: dict[Role, dict[int, Unit]] = {role: {} for role in Role}
        """Units that wait for orders, by role and index."""
        self.moving_up: dict[int, Unit] = {}
        """Units that are moved elsewhere because they are likely to be wanted there: they can be sent meanwhile."""
        self.free_on_way: dict[int, Unit] = {}
        """Units on their way home that can be sent on from there, where the strategy lets them."""
        self.free: UnitSet = (1 << len(plan.homes)) - 1
        """Units that are free."""
        self.kept_back: UnitSet = 0
        """Units that are not sent, free or not: somebody holds them, or their duty is over."""
        self.on_own_ground: UnitSet = self.free
        """Units that go their own round by day with nothing in the way, or stand where they belong by their plan."""
        self.changes = 0
        """How many times a unit has come to a state so far."""
        self.units = list(map(self._unit, count(), plan.deployment.units, plan.homes))
        env.process(self._reroute())

    def _unit(self, index: int, spec: UnitSpec, home: Home) -> Unit:
        now, cycle = self.env.now, home.cycle
        motion: Motion = home.stands
        if cycle is not None:
            joins = self.streams.uniform(f"unit/{spec.stream}/phase") * cycle.minutes
            motion = Round(home.there, cycle, now, joins)
        unit = self.idle[spec.role][index] = Unit(index, spec, home, IDLE[spec.role], now, motion, home.spot.nodes[0])
        return unit

    def _note_kept_back(self, unit: Unit) -> None:
        """Take note of whether a unit is sent at all now: something has changed on which that depends."""
        here = 1 << unit.index
        self.kept_back = self.kept_back & ~here if unit.may_be_sent else self.kept_back | here

    def move_up(self, unit: Unit) -> None:
        """Let a unit that has just been sent elsewhere be sent on meanwhile: until it rests, turns round or is sent."""
        self.moving_up[unit.index] = unit
        self.set_state(unit, unit.state, unit.motion, unit.toward)

    def position(self, unit: Unit) -> Position:
        """Return where a unit is now."""
        return unit.motion.at(self.env.now)

    def standing(self, unit: Unit) -> Standing:
        """Return how a unit moves that stays where it is now."""
        motion = unit.motion
        return motion if isinstance(motion, Standing) else Standing(self.position(unit))

    def guard_of(self, station: int) -> Unit | None:
        """Return the guard unit of the post that covers a station; None when no post does."""
        unit = self.plan.guard_of_station(station)
        return self.units[unit] if unit is not None else None

    def officers_at(self, station: int) -> int:
        """Return the officers of the post who stand at a station now and wait for orders."""
        guard = self.guard_of(station)
        here = guard is not None and guard.is_idle and guard.motion.at(self.env.now).station == station
        return guard.officers if here and guard is not None else 0

    def wardens_at(self, station: int) -> float:
        """Return the effect of the wardens at a station, in officers."""
        return self.plan.deployment.wardens_at.item(station) * self.plan.settings.warden_strength

    def strength_at(self, station: int) -> float:
        """Return the effective strength at a station now: the post's officers while they are there, and its wardens."""
        return self.wardens_at(station) + self.officers_at(station)

    def guards_at_office(self, office: str) -> int:
        """Return the officers who stand guard at an office, by its code; they never leave it."""
        unit = self.plan.standing_guard(office)
        return 0 if unit is None else self.units[unit].officers

    def hold(self, unit: Unit, held: bool) -> None:
        """Hold a unit back from now on, or no longer."""
        unit.is_held = held
        self._note_kept_back(unit)
        self.holds.append((float(self.env.now), unit.index, held))

    def mobilisation(self, unit: Unit) -> float:
        """Draw the unit's next time from the order to its departure, minutes."""
        drawn = draw(unit.spec.mobilisation, self.streams.marks(f"unit/{unit.spec.stream}/mobilisation"))
        return drawn * self.plan.duty.tired_factor if self.is_tired(unit) else drawn

    def is_tired(self, unit: Unit) -> bool:
        """Return whether a unit has been on duty for so long that it takes longer to get ready."""
        after = self.plan.duty.tired_after_minutes
        return after is not None and unit.spec.role in SENT and float(self.env.now) - unit.on_duty >= after

    def ready_minutes(self, unit: Unit) -> float:
        """Return the minutes from an order now to the unit's departure, on average."""
        is_tired = self.plan.duty.tired_after_minutes is not None and self.is_tired(unit)
        return unit.spec.ready_minutes + (unit.spec.tired_minutes(self.plan.duty) if is_tired else 0.0)

    def go_off_duty(self, unit: Unit) -> None:
        """Let a unit that waits for orders wait for none from now on."""
        unit.ends_duty = True
        self._note_kept_back(unit)
        if unit.on_duty > -inf:
            self.duties.append((unit.index, unit.on_duty, float(self.env.now)))
        self.set_state(unit, UnitState.OFF_DUTY, self.standing(unit))
        self.off_duty[unit.index] = unit

    def end_duty(self, unit: Unit) -> None:
        """Let a unit finish what it is at; it is sent to nothing else, and goes off duty when it is home."""
        if unit.index in self.free_on_way or unit.index in self.moving_up:
            self.free_on_way.pop(unit.index, None)
            self.moving_up.pop(unit.index, None)
            self.set_state(unit, unit.state, unit.motion, unit.toward)
        unit.ends_duty = True
        self._note_kept_back(unit)

    def come_on_duty(self, unit: Unit) -> None:
        """Let a unit wait for orders from now on."""
        unit.ends_duty, unit.on_duty = False, float(self.env.now)
        self._note_kept_back(unit)
        if unit.state is UnitState.OFF_DUTY:
            self.rest(unit, self.position(unit))

    def work(self, unit: Unit) -> float:
        """Draw how long the unit works on after its disturbance has ended, minutes."""
        return draw(self.plan.settings.work, self.streams.marks(f"unit/{unit.spec.stream}/work"))

    def set_state(self, unit: Unit, state: UnitState, motion: Motion, toward: int | None = None) -> None:
        """Close the unit's present stretch and begin the next: every change of a unit goes through here.

        So does a change of whether it may be sent on: it counts from then on.

        Args:
            unit: The unit.
            state: Its new state.
            motion: Where it is from now on.
            toward: The node that it makes for; None when it stays where it is.
        """
        now, index = self.env.now, unit.index
        self._record(unit, now)
        if self.off_duty:
            self.off_duty.pop(index, None)
        self.changes += 1
        unit.state, unit.motion = state, motion
        unit.toward = motion.at(now).node if toward is None else toward
        if is_free := state in IDLE_STATES:
            self.idle[unit.spec.role][index] = unit
            self.became_idle.fire(unit)
        else:
            self.idle[unit.spec.role].pop(index, None)
            is_free = index in self.free_on_way or index in self.moving_up
        if is_free is not unit.is_free:
            unit.is_free = is_free
            self.free ^= 1 << index
        if unit.moved is not None:
            unit.moved.fire()

    def _record(self, unit: Unit, end: float) -> None:
        """Record a unit's present stretch up to a time, at which another begins; nothing where it has no length."""
        index, since = unit.index, unit.since
        if end <= since:
            return
        unit.since = end
        self.stretches.append((index, unit.state, since, end, unit.toward))
        if unit.is_free:
            self.idle_stretches.append(Idle(index, since, end, unit.motion))

    def close(self, end: float) -> None:
        """Record every unit's last stretch up to the end of the day."""
        for unit in self.units:
            self._record(unit, end)
            if unit.spec.role in SENT and unit.index not in self.off_duty:
                self.duties.append((unit.index, unit.on_duty, end))

    def halt(self, unit: Unit) -> None:
        """Let a unit go no farther, whatever it was doing.

        Who halts it gives it its next state at once, before which all counts as it was.
        """
        self.on_own_ground &= ~(1 << unit.index)
        if unit.way_home is not None:
            unit.way_home.call_off("another task")
            unit.way_home = None
        self.free_on_way.pop(unit.index, None)
        self.moving_up.pop(unit.index, None)

    def rest(self, unit: Unit, here: Position) -> None:
        """Let a unit that is at home, or has not left its round, wait for orders again; ``here``: where it is."""
        self.free_on_way.pop(unit.index, None)
        self.moving_up.pop(unit.index, None)
        if unit.ends_duty:
            self.go_off_duty(unit)
            return
        home = unit.home
        is_there = here == home.there.end
        motion: Motion = home.stands if is_there else Standing(here)
        is_on_it = is_there and home is self.plan.homes[unit.index]
        if home.cycle is not None:
            motion = way = self._round_from(unit, here, self.env.now, self.roads.state)
            is_on_it = way.cycle is home.cycle and not way.lead.minutes
        if is_on_it:
            self.on_own_ground |= 1 << unit.index
        self.set_state(unit, IDLE[unit.spec.role], motion, here.node)

    def is_on_its_ground(self, unit: Unit, here: Position) -> bool:
        """Return whether where a unit is is its home, or one of the stops of its round."""
        home = unit.home
        return here == home.there.end or (home.cycle is not None and joining(home.cycle, here) is not None)

    def send_home(self, unit: Unit, here: Position, task: Task | None) -> None:
        """Let a unit drive home and be idle there; where home is cut off, it waits until a road opens.

        Args:
            unit: The unit.
            here: Where it is.
            task: The task it comes from, which is told the kilometres and the time of return.
        """
        journey = unit.way_home = Journey(self.env, self.roads, unit.spec.vehicle, here, unit.home.spot)
        self.moving_up.pop(unit.index, None)
        if is_free := self.plan.retasking.way_home and not unit.ends_duty:
            self.free_on_way[unit.index] = unit
        self.set_state(unit, UnitState.RETURNING, journey, unit.home.spot.nodes[0])
        if is_free:
            self.became_idle.fire(unit)
        journey.begin(partial(self._been_on_way_home, unit, journey, task))

    def _been_on_way_home(self, unit: Unit, journey: Journey, task: Task | None, arrived: bool) -> None:
        """A unit is home, or has another task and stands where that began."""
        here, km = journey.now()
        if task is not None:
            task.km += km
            if arrived:
                task.returned = self.env.now
        if arrived:
            unit.way_home = None
            self.rest(unit, here)

    def _round_from(
        self, unit: Unit, here: Position, now: float, roads: RoadState, before: Motion | None = None
    ) -> Round:
        """Return a unit's round from where it is at a moment, on the roads as they are then.

        It goes on to the stop that it was making for on its round before, or to the nearest where it cannot get there
        or was on none.
        """
        home, cycle = unit.home, unit.home.cycle
        assert cycle is not None
        if roads.changes(cycle.roads):
            cycle = self.plan.cycle(unit.spec, here, roads)
        joins = joining(cycle, here)
        if joins is not None:
            return Round(home.there if here == home.there.end else nowhere_to_go(here), cycle, now, joins)
        vehicle, network = unit.spec.vehicle, self.plan.network
        lead = None
        if isinstance(before, Round):
            wanted = home.spots.get(before.next_stop(now))
            lead = None if wanted is None else network.way(vehicle, here, wanted, roads)
        if lead is None or not lead.reached:
            spots = [stop.spot for stop in home.stops]
            soonest, nearest = nearest_spot(here, spots, network, vehicle, roads)
            lead = network.way(vehicle, here, spots[nearest] if soonest < inf else Spot((here.node,)), roads)
        joins = joining(cycle, lead.end)
        if joins is None:  # nothing of the round can be reached from here
            return Round(lead, nowhere_to_go(lead.end), now)
        return Round(lead, cycle, now, joins)

    def _reroute(self) -> Process[None]:
        """Process: whenever the roads change, units on a round that uses them go another way or at another speed."""
        while True:
            yield self.roads.changed.next
            now, roads = self.env.now, self.roads.state
            for unit in [u for units in self.idle.values() for u in units.values() if u.home.cycle is not None]:
                if self._must_replan(unit, roads):
                    self._record(unit, now)
                    self.on_own_ground &= ~(1 << unit.index)
                    unit.motion = LaterRound(partial(self._round_after, unit, unit.motion, now, roads))
                    if unit.moved is not None:
                        unit.moved.fire()

    def _round_after(self, unit: Unit, before: Motion, now: float, roads: RoadState) -> Round:
        """Return a unit's round from where it was at a moment at which the roads changed."""
        return self._round_from(unit, before.at(now), now, roads, before)

    def _must_replan(self, unit: Unit, roads: RoadState) -> bool:
        """Return whether a unit's round is not, or was not, the one by day with nothing in the way."""
        motion, cycle = unit.motion, unit.home.cycle
        if cycle is None or roads.changes(cycle.roads) or isinstance(motion, LaterRound):
            return True
        if not isinstance(motion, Round) or motion.cycle is not cycle:
            return True
        return self.env.now < motion.began + motion.lead.minutes
