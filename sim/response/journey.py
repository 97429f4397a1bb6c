"""One trip on the roads: it can be asked where it is, called off, and turned round at any moment."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import inf

import simpy

from sim.clock import Process, at_once, later
from sim.minutes import ROUNDING
from sim.region.position import Position, Spot
from sim.region.route import Route, way_to_closure
from sim.response.open_roads import OpenRoads

_ROADS_CHANGED = "the roads have changed"


class Journey:
    """A trip from where somebody is to a spot, by the quickest way that is open.

    Whenever the roads change the rest is planned again from where the vehicle is. One that is on a road which is closed
    turns back, or stands there where that leads nowhere; one on a road which is slowed goes on at its new speed.
    Where no way is left it drives on as far as the closure and waits there for as long as it has patience, and goes on
    at once when there is a way. Called off (by an interrupt of the process that runs it) it stays where it is, and the
    next journey begins there: on the road it may go on or turn round.

    Args:
        env: The clock.
        roads: Which roads are open.
        vehicle: Name of the vehicle.
        start: Where it is.
        goal: Where it goes.
    """

    _km = 0.0
    _process: simpy.Process | None = None
    _then: Callable[[bool], None] | None = None  # while it runs without one: is told whether it has arrived
    _patience: float  # minutes at a closure, likewise
    _is_at_closure = False  # or on its way to it
    _gives_up: float | None = None  # when it has waited long enough
    _called_off = inf  # when, minutes after midnight
    _earlier: tuple[tuple[float, Route], ...] = ()  # the plans before this one, and when each was made
    _began: float
    """When the rest was planned last, minutes after midnight."""
    _route: Route

    def __init__(self, env: simpy.Environment, roads: OpenRoads, vehicle: str, start: Position, goal: Spot) -> None:
        self.env = env
        self.roads = roads
        self.vehicle = vehicle
        self.goal = goal
        self._set_out(start)

    @property
    def _gets_there(self) -> bool:
        """Whether its way leads to where it goes: nothing cuts it off."""
        return bool(self._route.reached) and not self._is_at_closure

    @property
    def ends(self) -> float:
        """When it arrives as far as is known now, minutes after midnight; infinite when the rest is cut off."""
        return self._began + self._route.minutes if self._gets_there else inf

    @property
    def waits(self) -> bool:
        """Whether it has come to a closure and stands there."""
        return self._is_at_closure and self._elapsed(self.env.now) >= self._route.minutes

    def at(self, time: float) -> Position:
        """Return where it was, is, or is going to be as far as is known now."""
        if time < self._began:
            for began, route in reversed(self._earlier):
                if time >= began:
                    return route.at(time - began)
        return self._route.at(self._elapsed(time))

    @property
    def plans(self) -> tuple[tuple[float, Route], ...]:
        """The ways that it has gone, one after another, each with when it was planned, minutes after midnight."""
        return *self._earlier, (self._began, self._route)

    def km_at(self, time: float) -> float:
        """Return the kilometres of road driven by a time since the last change of plan."""
        return self._km + self._route.km_at(self._elapsed(time))

    def now(self) -> tuple[Position, float]:
        """Return where it is now, and the kilometres of road driven until now."""
        elapsed, route = self._elapsed(self.env.now), self._route
        if elapsed >= route.minutes:  # nearly always: it is at the end of its way
            return route.end, self._km + route.km
        return route.at(elapsed), self._km + route.km_at(elapsed)

    def _elapsed(self, time: float) -> float:
        """Return the minutes since the last change of plan; who has arrived is there, whatever sums of times say."""
        if time > self._called_off:
            time = self._called_off
        elapsed, whole = time - self._began, self._route.minutes
        return elapsed if elapsed < whole - ROUNDING or elapsed > whole else whole

    def call_off(self, cause: object) -> None:
        """End it where it is: a process that runs it is interrupted."""
        if self._called_off == inf:
            self._called_off = self.env.now
            if self._process is not None:
                self._process.interrupt(cause)
            elif self._then is not None:
                at_once(self.env, self._stop)

    def roads_changed(self) -> None:
        """Plan the rest again."""
        if self._process is not None and self._called_off == inf:
            self._process.interrupt(_ROADS_CHANGED)
        elif self._then is not None and self._called_off == inf:
            at_once(self.env, self._go_another_way)

    def run(self, *, patient: bool = False, wait: float = 0.0) -> Process[bool]:
        """Process: make the journey. Return whether it arrived.

        Args:
            patient: Where the way is cut off, wait at the closure for as long as it takes.
            wait: Else so many minutes; without any it ends where it was cut off.

        Raises:
            simpy.Interrupt: When it is called off; ``at`` then says where it stands.
        """
        if self._called_off < inf:
            raise simpy.Interrupt("called off before it began")
        self._process = self.env.active_process
        self.roads.travellers[self] = None
        patience = inf if patient else wait
        try:
            while True:
                try:
                    yield self.env.timeout(max(0.0, self._began + self._route.minutes - self.env.now))
                    if self._gets_there or not patience:
                        return self._gets_there
                    if not self._is_at_closure:
                        self._go_to_closure()
                        continue
                    left = self._stand(patience) - self.env.now
                    yield self.env.timeout(max(0.0, left)) if left < inf else self.env.event()
                    return False
                except simpy.Interrupt as interrupt:
                    if interrupt.cause != _ROADS_CHANGED:
                        raise
                self._replan()
        finally:
            del self.roads.travellers[self]
            self._process = None

    def begin(self, then: Callable[[bool], None], *, patient: bool = True, wait: float = 0.0) -> None:
        """Make the journey from now on, as ``run`` does, but without a process.

        Args:
            then: Is told at the end whether it has arrived; not so when it was called off.
            patient: Where the way is cut off, wait at the closure for as long as it takes.
            wait: Else so many minutes; without any it ends where it was cut off.
        """
        self._then, self._patience = then, inf if patient else wait
        self.roads.travellers[self] = None
        self._drive_on()

    def _drive_on(self) -> None:
        """Drive to the end of the way that it knows."""
        later(self.env, self._began + self._route.minutes, partial(self._at_end_of_way, len(self._earlier)))

    def _at_end_of_way(self, plan: int, _: simpy.Event) -> None:
        """It is where its way ends, unless by now it has ended or gone another way: ``plan`` counts those before it."""
        if self._then is None or len(self._earlier) != plan:
            return
        arrived = self._gets_there
        if arrived or not self._patience:
            self._end(arrived)
        elif self._is_at_closure:
            gives_up = self._stand(self._patience)
            if gives_up < inf:
                later(self.env, gives_up, partial(self._give_up, plan))
        else:
            self._go_to_closure()
            self._drive_on()

    def _give_up(self, plan: int, _: simpy.Event) -> None:
        """It has waited long enough at a closure, unless by now it has ended or gone on."""
        if self._then is not None and len(self._earlier) == plan:
            self._end(False)

    def _go_another_way(self, _: simpy.Event) -> None:
        """Plan the rest again, unless it has ended at this very moment."""
        if self._then is not None:
            self._replan()
            self._drive_on()

    def _stop(self, _: simpy.Event) -> None:
        """Stay where it is, unless it has ended at this very moment."""
        if self._then is not None:
            self._end(False)

    def _end(self, arrived: bool) -> None:
        del self.roads.travellers[self]
        then, self._then = self._then, None
        assert then is not None
        then(arrived)

    def _go_to_closure(self) -> None:
        """Drive on to where the way is closed."""
        here, self._km = self.now()
        self._earlier += ((self._began, self._route),)
        self._began, self._is_at_closure = self.env.now, True
        self._route = way_to_closure(here, self.goal, self.roads.network, self.vehicle, self.roads.state)

    def _stand(self, patience: float) -> float:
        """Stand where it is; return when it gives up, so many minutes after it has stood first on this way."""
        if self._gives_up is None:
            self._gives_up = self.env.now + patience
        return self._gives_up

    def _replan(self) -> None:
        """Plan the rest of the way from where it is now, if any is left."""
        if self._gets_there and self._elapsed(self.env.now) >= self._route.minutes:
            return
        here, self._km = self.now()
        self._is_at_closure = False
        self._earlier += ((self._began, self._route),)
        self._set_out(here)
        if self.ends < inf:
            self._gives_up = None

    def _set_out(self, here: Position) -> None:
        """Plan the way that is left."""
        roads = self.roads
        self._route = roads.network.way(self.vehicle, here, self.goal, roads.state)
        self._began = self.env.now
