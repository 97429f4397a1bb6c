"""An area that grows: villages come to be in it one after the other, and its severity rises with its radius."""

from __future__ import annotations

from math import inf

from sim.clock import first_of
from sim.config.slow import GrowingCourse
from sim.delay import draw
from sim.disturbance.courses.course import Course, Life, Living
from sim.disturbance.courses.fixed import longer_than
from sim.vocabulary import Ending, Severity

_SLACK_KM = 1e-9
"""A radius that grows to a village has reached it, whatever the last digit."""


class Growing(Course):
    """The course of :class:`sim.config.slow.GrowingCourse`.

    Args:
        life: The disturbance.
    """

    def __init__(self, life: Life) -> None:
        settings = life.kind.course
        assert isinstance(settings, GrowingCourse)
        self._life = life
        self._settings = settings
        self._began = life.env.now
        self._lasts = 0.0

    @property
    def first(self) -> Severity:
        """The mildest that its kind has."""
        return self._life.kind.severities.items()[0][0]

    def live(self, crowd_present: int) -> Living:
        """Process: it grows, and ends after its time. Whatever goes on when the day ends is left open."""
        del crowd_present
        life, env = self._life, self._life.env
        self._began = env.now
        self._lasts = draw(self._settings.duration, life.marks("duration"))
        km, severity = self._settings.start_km, self.first
        life.grow(life.around.within(km))
        life.turn(severity, first=True)
        while env.now < self._began + self._lasts:
            ahead = min(self._next_km(km), self._settings.most_km)
            when = self._reaches(ahead) if ahead > km else inf
            due = min(when, self._began + self._lasts)
            yield first_of(env, env.timeout(max(0.0, due - env.now)), life.changed.next)
            if env.now >= when:
                km = ahead
                life.grow(life.around.within(km + _SLACK_KM))
                if (reached := self._severity(km)) > severity:
                    severity = reached
                    life.turn(severity)
        return Ending.EXPIRED

    def replan(self) -> None:
        """Draw its duration anew, given how long it has lasted so far."""
        life = self._life
        mark = life.marks("duration").random()
        self._lasts = longer_than(life.env.now - self._began, self._settings.duration, mark)

    def look(self) -> None:
        """Note nothing: it has no crowd."""

    def _reaches(self, km: float) -> float:
        """Return when its radius is so large; infinite when it does not grow."""
        speed = self._settings.km_per_hour
        return self._began + (km - self._settings.start_km) / speed * 60.0 if speed > 0 else inf

    def _next_km(self, km: float) -> float:
        """Return the next radius at which something changes: a village more, or another severity."""
        thresholds = [stage.from_km for _, stage in self._life.kind.severities.items() if stage.from_km is not None]
        return min([self._life.around.next_km(km + _SLACK_KM), *(t for t in thresholds if t > km)])

    def _severity(self, km: float) -> Severity:
        """Return the severity of this radius."""
        reached = [severity for severity, stage in self._life.kind.severities.items() if (stage.from_km or 0.0) <= km]
        return reached[-1]
