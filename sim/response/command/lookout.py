"""The pair of a post that finds a disturbance at one of its stations itself: it is there, or comes by on its round."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

import simpy

from sim.clock import Signal, later, soon
from sim.region.place import StationPlace
from sim.region.round import Round
from sim.response.emergency import Emergency
from sim.response.fleet import Unit


class Lookout:
    """Lets a guard take a disturbance on whenever it stands there and waits for orders, until that is over.

    Args:
        env: The clock.
        emergency: The disturbance.
        guard: The pair whose post the place is, or the standing guard of an office, which is always there.
        take_on: Lets it take the disturbance on.
        end: When the simulated day stops, minutes after midnight.
    """

    def __init__(
        self,
        env: simpy.Environment,
        emergency: Emergency,
        guard: Unit,
        take_on: Callable[[Emergency, Unit], object],
        end: float,
    ) -> None:
        self._env = env
        self._emergency = emergency
        self._guard = guard
        self._take_on = take_on
        self._end = end
        self._comes_by: float | None = None  # when it is there next, if nothing happens

    def begin(self) -> None:
        """Look from now on, and again whenever the guard does something else, or moves in another way."""
        self._look()
        if self._guard.moved is None:
            self._guard.moved = Signal(self._env)
        self._moves = self._guard.moved
        self._moves.listen(self._moved)

    def _look(self) -> None:
        """Let the guard take it on where it is there; else look again when it comes by."""
        guard, now = self._guard, self._env.now
        if self._emergency.is_over or not guard.is_idle or guard.is_held:
            return
        when = self._visit(now)
        if when <= now:
            self._take_on(self._emergency, guard)
        elif when < self._end:
            self._comes_by = when
            later(self._env, when, lambda _: self._look_as_it_comes_by(when))

    def _look_as_it_comes_by(self, when: float) -> None:
        if when == self._comes_by:
            self._look()

    def _moved(self, _: object) -> None:
        """Look again when it waits for orders: once who waits for that has been woken, and once he has gone on.

        The centre may send it elsewhere at this moment.
        """
        self._comes_by = None
        if self._emergency.is_over:
            self._moves.forget(self._moved)
        elif self._guard.is_idle:
            soon(self._env, self._when_woken)

    def _when_woken(self, _: simpy.Event) -> None:
        soon(self._env, lambda _: self._look())

    def _visit(self, now: float) -> float:
        """Return when the guard stands there next, if nothing happens; infinite when it does not."""
        place, motion = self._emergency.place, self._guard.motion
        if not isinstance(place, StationPlace):
            return now
        if isinstance(motion, Round):
            return motion.visit(place.station, now)
        return now if motion.at(now).station == place.station else inf
