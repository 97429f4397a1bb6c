"""A disturbance without a crowd: it lasts for a drawn time at one severity; the response shortens it."""

from __future__ import annotations

from math import isnan, sqrt
from statistics import NormalDist

import simpy

from sim import exact
from sim.clock import later
from sim.config.courses import FixedCourse
from sim.config.distribution import Delay
from sim.config.slow import SlowCourse
from sim.delay import draw
from sim.disturbance.courses.course import Course, Life, Living
from sim.log import NEVER
from sim.vocabulary import Ending, Severity

_NORMAL = NormalDist()
_SMALLEST = 1e-300
_LARGEST = 1.0 - 2.0**-53


class Fixed(Course):
    """The course of :class:`sim.config.courses.FixedCourse`; slow pressure lives as long, and is felt otherwise.

    Args:
        life: The disturbance.
    """

    def __init__(self, life: Life) -> None:
        settings = life.kind.course
        assert isinstance(settings, FixedCourse | SlowCourse)
        self._life = life
        self._settings = settings
        self._began = life.env.now
        self._lasts = self._resolves = 0.0
        self._due = NEVER
        self._first = next(iter(life.kind.needs))

    @property
    def first(self) -> Severity:
        """The only one that its kind has."""
        return self._first

    def live(self, crowd_present: int) -> Living:
        """Process: until it has run out, or has been resolved. Whatever goes on when the day ends is left open."""
        del crowd_present
        life, settings = self._life, self._settings
        self._began = life.env.now
        marks = life.marks("duration")
        self._lasts, self._resolves = draw(settings.duration, marks), draw(settings.resolve, marks)
        life.turn(self.first, first=True)
        over = life.env.event()
        self._wait_for_end(over)
        life.changed.listen(lambda _: self._wait_for_end(over))
        yield over
        return Ending.RESOLVED if self._due < self._began + self._lasts else Ending.EXPIRED

    def _wait_for_end(self, over: simpy.Event) -> None:
        """Let it be over when it ends as things are now, if that is another time than before."""
        due = self._ends()
        if due != self._due:
            self._due = due
            later(self._life.env, due, lambda _: self._end(over, due))

    def _end(self, over: simpy.Event, due: float) -> None:
        if due == self._due and not over.triggered:
            over.succeed()

    def replan(self) -> None:
        """Draw both durations anew, given how long they have lasted so far."""
        life, settings = self._life, self._settings
        marks = life.marks("duration").several(2)
        now, complete = life.env.now, life.force_complete
        self._lasts = longer_than(now - self._began, settings.duration, marks[0])
        self._resolves = longer_than(0.0 if isnan(complete) else now - complete, settings.resolve, marks[1])

    def look(self) -> None:
        """Note nothing: between its start and its end nothing happens."""

    def _ends(self) -> float:
        """Return when it will end as things are now."""
        expires, complete = self._began + self._lasts, self._life.force_complete
        return expires if isnan(complete) else min(expires, complete + self._resolves)


def longer_than(elapsed: float, delay: Delay, mark: float) -> float:
    """Return a delay of this distribution that is known to be longer than what has elapsed, minutes.

    Args:
        elapsed: Minutes that it has lasted so far.
        delay: The distribution of the whole.
        mark: Uniform in [0, 1): the share of the remaining probability below the delay.
    """
    if delay.cv == 0 or delay.mean_minutes == 0:
        return max(elapsed, delay.mean_minutes)
    sigma = sqrt(exact.log1p(delay.cv**2))
    survival = 1.0
    if elapsed > 0:
        survival = _NORMAL.cdf(-(exact.log(elapsed / delay.mean_minutes) + sigma * sigma / 2.0) / sigma)
    left = min(max(survival * (1.0 - mark), _SMALLEST), _LARGEST)
    score = -_NORMAL.inv_cdf(left)
    return max(elapsed, delay.mean_minutes * float(exact.exp(sigma * score - sigma * sigma / 2.0)))
