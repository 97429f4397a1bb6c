"""A crowd, or two that meet: its life on the clock, path after path, each cut where something changes.

The chain is described at :class:`sim.config.courses.CrowdCourse`. One crowd is two sides of which the second is empty;
what a second side brings is in ``two_sided.py``.
"""

from __future__ import annotations

from sim.clock import Due
from sim.config.kinds import Kind
from sim.disturbance.courses.course import Course, Life, Living
from sim.disturbance.courses.path import CrowdPath, CrowdState, PathEnd
from sim.disturbance.courses.rules import CrowdRules
from sim.disturbance.courses.sides import Side
from sim.streams import Marks
from sim.vocabulary import Ending, Severity

_BEYOND_MINUTES = 60.0
"""Paths are generated a little beyond the day's end, where the clock stops, so that none ends just before it."""


class Crowd(Course):
    """The course of one crowd or of two that meet.

    Args:
        life: The disturbance.
    """

    def __init__(self, life: Life) -> None:
        self._life = life
        self._rules = self._rules_now = self.rules_of(life.kind)
        self._path: CrowdPath | None = None
        self._marks: Marks | None = None
        self._withdrawn = (0, 0)
        self._open_share = 1.0

    @staticmethod
    def rules_of(kind: Kind) -> CrowdRules:
        """Return the rules of a kind: those of one crowd."""
        return CrowdRules.of(kind)

    @property
    def first(self) -> Severity:
        """That of so many active people."""
        return self._rules.first(self._rules.sides.active(self._life.starters))

    @property
    def state(self) -> CrowdState | None:
        """Its people at this moment; None before it lives."""
        if self._path is None:
            return None
        state = self._path.at(self._life.env.now)
        return state.without(self._withdrawn) if any(self._withdrawn) else state

    @property
    def has_people(self) -> bool:
        """Whether it lives or has lived."""
        return self._path is not None

    def live(self, crowd_present: int) -> Living:
        """Process: it grows and shrinks until no more than its floor are active."""
        life, env, scene = self._life, self._life.env, self._life.scene
        neighbours = self._rules.settings.neighbours
        around = 0 if neighbours is None else life.around.neighbours(neighbours)
        state = start(self._rules, crowd_present, life.starters, around)
        self._path = path = CrowdPath.at_start(state, env.now)
        self._take_open_share()
        life.turn(state.severity, first=True)
        life.note_active(state.active, env.now)
        life.note_other(state.other.active)
        self._marks = life.marks("crowd")
        while True:
            force = scene.force
            self._take_withdrawn(path)
            until, holding = life.until + _BEYOND_MINUTES, scene.holding
            path.go_on(self._rules_now, force, scene.formed, env.now, until, self._marks, holding)
            due = Due(env, path.end_time - env.now, life.changed)
            yield due
            reached = due.processed or env.now >= path.end_time
            self._note(path, force, path.end_time if reached else env.now)
            if not reached:
                path.cut(env.now)
                continue
            path.end_time = env.now  # to the last digit
            self._tell(path)
            if path.end is PathEnd.CONTAINED:
                return Ending.CONTAINED if scene.officers else Ending.FADED

    def withdraw(self, people: int) -> None:
        """Take away the bystanders among people who were brought away from the place."""
        if self._path is not None:
            gone = round(self._rules.settings.bystander_share * people)
            others = self._rules.sides.other_bystanders(gone)
            self._withdrawn = self._withdrawn[0] + gone - others, self._withdrawn[1] + others
            self._life.changed.fire()

    def roads_changed(self) -> bool:
        """Cut the path when more or fewer supporters can come now."""
        before = self._open_share
        self._take_open_share()
        return self._open_share != before

    def replan(self) -> None:
        """Draw from the stream now in force: when it is woken the path ahead is cut, and the rest drawn anew."""
        if self._marks is not None:
            self._marks = self._life.marks("crowd")

    def look(self) -> None:
        """Note the most active people up to this moment."""
        if self._path is not None:
            self._note_peaks(self._path, self._life.env.now)

    def _note(self, path: CrowdPath, force: float, until: float) -> None:
        """Note what a path tells up to its end or to this moment, the force having been there all along."""
        most = self._note_peaks(path, until)
        ratio = self._rules.settings.withdraw_ratio
        if path.severity_before is Severity.RED and 0 < force < ratio * most:
            self._life.note_withdrawn(path.minutes_outnumbered(force, ratio, self._life.env.now))

    def _note_peaks(self, path: CrowdPath, until: float) -> int:
        """Note the most active people up to a moment, and return how many they were."""
        most, when = path.peak(until)
        self._life.note_active(most, when)
        if self._rules.sides.other.starters:
            self._life.note_other(path.peak_other(until))
        return most

    def _take_open_share(self) -> None:
        """Take note of the share of the supporters who can come on the roads of this moment."""
        settings, other = self._rules.settings, self._rules.sides.other
        reach = settings.supporters_reach_km
        anybody = settings.supporters + other.supporters > 0
        self._open_share = self._life.around.open_share(reach) if anybody and reach is not None else 1.0
        self._rules_now = self._rules.with_supporters(self._open_share)

    def _take_withdrawn(self, path: CrowdPath) -> None:
        """Go on without the bystanders who were withdrawn since the last path began."""
        if any(self._withdrawn):
            path.withdraw(self._withdrawn)
            self._withdrawn = (0, 0)

    def _tell(self, path: CrowdPath) -> None:
        if path.end is PathEnd.INJURY:
            self._life.hurt()
        elif path.severity_after is not path.severity_before and path.end is PathEnd.SEVERITY:
            self._life.turn(path.severity_after)


def start(rules: CrowdRules, crowd_present: int, starters: int | None = None, neighbours: int = 0) -> CrowdState:
    """Return a crowd at its start.

    Args:
        rules: The kind of crowd.
        crowd_present: People at the place; a share of them could join, besides the onlookers of the neighbourhood.
        starters: Active people of both sides; None: the kind's own number.
        neighbours: People who live around and could join.
    """
    settings, sides = rules.settings, rules.sides
    active = sides.active(starters)
    near = round(settings.bystander_share * crowd_present) + neighbours
    other = Side(
        active=sides.other_starters(active),
        bystanders=sides.other.onlookers + sides.other_bystanders(near),
        to_come=sides.other.supporters,
    )
    return CrowdState(
        active=active,
        bystanders=settings.onlookers + sides.other.onlookers + near,
        left=0,
        to_come=settings.supporters + sides.other.supporters,
        joined=0,
        dispersed=0,
        injured=0,
        officers_hurt=0,
        severity=rules.first(active),
        other=other,
    )
