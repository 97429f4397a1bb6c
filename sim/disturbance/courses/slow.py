"""Slow pressure on voters: it goes on for long, and is felt no more while officers are there."""

from __future__ import annotations

from math import inf, isnan

from sim.clock import Due, Signal
from sim.config.slow import SlowCourse
from sim.delay import draw
from sim.disturbance.courses.course import Life, Living
from sim.disturbance.courses.fixed import Fixed, longer_than
from sim.log import NEVER
from sim.vocabulary import Ending


class Slow(Fixed):
    """The course of :class:`sim.config.slow.SlowCourse`.

    Args:
        life: The disturbance.
    """

    def __init__(self, life: Life) -> None:
        super().__init__(life)
        settings = life.kind.course
        assert isinstance(settings, SlowCourse)
        self._restore = settings.restore
        self._restores = 0.0
        self._watched = NEVER
        """From when on officers have been there; NaN while nobody is."""
        self._eased = False
        self._matters = Signal(life.env)
        """Fires when what has changed makes a difference to it."""

    def live(self, crowd_present: int) -> Living:
        """Process: until it has run out, or has been resolved. Whatever goes on when the day ends is left open."""
        del crowd_present
        life, settings, env = self._life, self._settings, self._life.env
        self._began = env.now
        marks = life.marks("duration")
        self._lasts, self._resolves = draw(settings.duration, marks), draw(settings.resolve, marks)
        self._restores = draw(self._restore, marks)
        life.turn(self.first, first=True)
        life.changed.listen(self._reconsider)
        while env.now < self._ends():
            self._look_around()
            self._due = self._ends()
            when = min(self._due, self._eases())
            if when > env.now:
                yield Due(env, when - env.now, self._matters)
        resolved = self._ends() < self._began + self._lasts
        return Ending.RESOLVED if resolved else Ending.EXPIRED

    def _reconsider(self, _: object) -> None:
        """Think again where officers have come or all have gone, or it ends at another time than it was to."""
        if isnan(self._watched) is bool(self._life.scene.officers) or self._ends() != self._due:
            self._matters.fire()

    def _look_around(self) -> None:
        """Take note of whether officers are there, and of what that changes."""
        life = self._life
        if not life.scene.officers:
            self._watched = NEVER
        elif isnan(self._watched):
            self._watched = life.env.now
        eased = self._watched + self._restores <= life.env.now  # false for NaN
        if eased is not self._eased:
            self._eased = eased
            life.ease(eased)

    def replan(self) -> None:
        """Draw all three anew, given how long they have lasted so far."""
        life, settings = self._life, self._settings
        marks = life.marks("duration").several(3)
        now, self._due = life.env.now, NEVER
        self._lasts = longer_than(now - self._began, settings.duration, marks[0])
        self._resolves = longer_than(self._since(life.force_complete), settings.resolve, marks[1])
        if not self._eased:
            self._restores = longer_than(self._since(self._watched), self._restore, marks[2])

    def _since(self, moment: float) -> float:
        return 0.0 if isnan(moment) else self._life.env.now - moment

    def _eases(self) -> float:
        """Return when its effects will be gone as things are now; infinite when they will not, or are."""
        return inf if self._eased or isnan(self._watched) else self._watched + self._restores
