"""A crowd, or two that meet: its state, its path ahead, the state at any moment of that path, its life on the clock.

The chain is described at :class:`sim.config.courses.CrowdCourse`, that of two sides at
:class:`sim.config.two_sided.TwoSidedCourse`; one crowd is two sides of which the second is empty. It has no memory, so
a path that was generated ahead may be cut at any moment and continued from there under other conditions.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.clock import first_of
from sim.disturbance.courses.course import Course, Life, Living
from sim.disturbance.courses.kernel import (
    ACTIVE,
    CONTAINED,
    INJURY,
    OTHER_ACTIVE,
    SEVERITY,
    SPENT,
    UNTIL,
    jump_path,
    severity_of,
)
from sim.disturbance.courses.rules import CrowdRules
from sim.disturbance.courses.sides import NOBODY, Side
from sim.vocabulary import Ending, Severity

_BEYOND_MINUTES = 60.0
"""Paths are generated a little beyond the day's end, where the clock stops, so that none ends just before it."""
_BLOCK = 128
"""Random numbers that are drawn together: enough for sixty jumps, which most crowds do not need."""


class PathEnd(IntEnum):
    """Why a path ends, by the kernel's codes."""

    UNTIL = UNTIL
    """Time is up, or the path has grown too long; it is played on from its last state."""
    SEVERITY = SEVERITY
    """The severity changed."""
    INJURY = INJURY
    CONTAINED = CONTAINED


_ENDS, _SEVERITIES = tuple(PathEnd), tuple(Severity)
"""By their numbers, from zero."""


class CrowdState(NamedTuple):
    """Where a crowd stands: the people of both sides together, and those of them who are of the second side.

    Attributes:
        active: People who take part.
        bystanders: People who could join.
        left: People who have gone away or were taken away.
        to_come: Supporters who could still travel in.
        joined: People who have joined so far.
        dispersed: People dispersed or detained so far.
        injured: People injured so far.
        officers_hurt: Officers injured so far.
        severity: Its severity.
        other: Those of the second side; nobody where there is one crowd.
    """

    active: int
    bystanders: int
    left: int
    to_come: int
    joined: int
    dispersed: int
    injured: int
    officers_hurt: int
    severity: Severity
    other: Side = NOBODY

    def without(self, withdrawn: tuple[int, int]) -> CrowdState:
        """Return it without so many bystanders of the first and of the second side, as far as there are so many."""
        others = max(0, self.other.bystanders - withdrawn[1])
        own = max(0, self.bystanders - self.other.bystanders - withdrawn[0])
        return self._replace(bystanders=own + others, other=self.other._replace(bystanders=others))


class Marks:
    """Uniform numbers in [0, 1) of one stream, drawn in blocks and used in order: the same as one by one.

    Args:
        rng: The stream; nobody else draws from it.
    """

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.numbers = rng.random(_BLOCK)
        self.used = 0

    def draw_more(self) -> None:
        """Draw as many again; those that are used are dropped."""
        self.numbers = np.concatenate((self.numbers[self.used :], self.rng.random(len(self.numbers))))
        self.used = 0


class CrowdPath(NamedTuple):
    """A crowd's path: ``states[i]`` holds from ``times[i]`` until ``times[i + 1]``.

    Attributes:
        times: Minutes, shape (n); the first is the start, the last where the path ends.
        states: The eight counts of :class:`CrowdState` and the four of its second side, in their order, shape (n, 12).
        end: Why it ended.
        severity_before: Severity until the end of the path.
        severity_after: Severity at its end.
    """

    times: NDArray[np.float64]
    states: NDArray[np.int64]
    end: PathEnd
    severity_before: Severity
    severity_after: Severity

    @property
    def end_time(self) -> float:
        """When the path ends, minutes."""
        return self.times.item(-1)

    @property
    def last(self) -> CrowdState:
        """The state at the end."""
        return _state(self.states[-1], self.severity_after)

    def at(self, time: float) -> CrowdState:
        """Return the state at a moment of the path, minutes; from its end on, the last.

        Raises:
            ValueError: For a time before the path starts.
        """
        if time >= self.end_time:
            return self.last
        return _state(self.states[self._row(time)], self.severity_before)

    def peak(self, until: float) -> tuple[int, float]:
        """Return the most active people up to a moment, and when there were first so many.

        Raises:
            ValueError: For a time before the path starts.
        """
        i = int(self.states[: self._row(until) + 1, ACTIVE].argmax())
        return self.states.item(i, ACTIVE), self.times.item(i)

    def peak_other(self, until: float) -> int:
        """Return the most active people of the second side up to a moment.

        Raises:
            ValueError: For a time before the path starts.
        """
        return int(self.states[: self._row(until) + 1, OTHER_ACTIVE].max())

    def minutes_outnumbered(self, officers: float, ratio: float, until: float) -> float:
        """Return how long up to a moment there were fewer officers for each active person than a ratio, minutes."""
        active = self.states[:-1, ACTIVE]
        lasts = np.maximum(np.minimum(self.times[1:], until) - self.times[:-1], 0.0)
        return float(lasts[officers < ratio * active].sum())

    def _row(self, time: float) -> int:
        row = int(self.times.searchsorted(time, side="right")) - 1
        if row < 0:
            raise ValueError(f"time {time} is before the path, which starts at {self.times[0]}")
        return row


class Crowd(Course):
    """The course of one crowd or of two that meet: path after path, each cut where something changes.

    Args:
        life: The disturbance.
    """

    def __init__(self, life: Life) -> None:
        self._life = life
        self._rules = CrowdRules.of(life.kind)
        self._state: CrowdState | None = None
        self._path: CrowdPath | None = None
        self._marks: Marks | None = None
        self._withdrawn = (0, 0)
        self._open_share = 1.0

    @property
    def first(self) -> Severity:
        """That of so many active people."""
        return start(self._rules, 0, self._life.starters).severity

    @property
    def state(self) -> CrowdState | None:
        """Its people at this moment; None before it lives."""
        if self._state is None:
            return None
        state = self._state if self._path is None else self._path.at(self._life.env.now)
        return state.without(self._withdrawn) if any(self._withdrawn) else state

    def live(self, crowd_present: int) -> Living:
        """Process: it grows and shrinks until no more than its floor are active."""
        life, env = self._life, self._life.env
        neighbours = self._rules.settings.neighbours
        around = 0 if neighbours is None else life.around.neighbours(neighbours)
        self._state = state = start(self._rules, crowd_present, life.starters, around)
        self._open_share = self._open_share_now()
        life.turn(state.severity, first=True)
        life.note_active(state.active, env.now)
        life.note_other(state.other.active)
        while True:
            self._state = before = self._now()
            end = life.until + _BEYOND_MINUTES
            force, formed = life.scene.force, life.scene.formed
            rules = self._rules.with_supporters(self._open_share)
            path = play(rules, before, force, formed, env.now, end, self._marks_now())
            self._path = path
            timer = env.timeout(path.end_time - env.now)
            yield first_of(env, timer, life.changed.next)
            reached = timer.processed or env.now >= path.end_time
            most = self._note_peaks(path, path.end_time if reached else env.now)
            self._note_withdrawn(path, force, most)
            self._state, self._path = path.last if reached else path.at(env.now), None
            if reached:
                self._tell(path)
            if reached and path.end is PathEnd.CONTAINED:
                return Ending.CONTAINED if life.scene.officers else Ending.FADED

    def withdraw(self, people: int) -> None:
        """Take away the bystanders among people who were brought away from the place."""
        if self._state is not None:
            gone = round(self._rules.settings.bystander_share * people)
            others = self._rules.sides.other_bystanders(gone)
            self._withdrawn = self._withdrawn[0] + gone - others, self._withdrawn[1] + others
            self._life.changed.fire()

    def roads_changed(self) -> bool:
        """Cut the path when more or fewer supporters can come now."""
        before, self._open_share = self._open_share, self._open_share_now()
        return self._open_share != before

    def _open_share_now(self) -> float:
        """Return the share of the supporters who can come on the roads of this moment."""
        settings, other = self._rules.settings, self._rules.sides.other
        reach = settings.supporters_reach_km
        anybody = settings.supporters + other.supporters > 0
        return self._life.around.open_share(reach) if anybody and reach is not None else 1.0

    def replan(self) -> None:
        """Keep nothing: whenever it is woken the path ahead is cut, and the rest drawn anew."""

    def look(self) -> None:
        """Note the most active people up to this moment."""
        if self._path is not None:
            self._note_peaks(self._path, self._life.env.now)

    def _note_peaks(self, path: CrowdPath, until: float) -> int:
        """Note the most active people up to a moment, and return how many they were."""
        most, when = path.peak(until)
        self._life.note_active(most, when)
        if self._rules.sides.other.starters:
            self._life.note_other(path.peak_other(until))
        return most

    def _note_withdrawn(self, path: CrowdPath, force: float, most: int) -> None:
        """Note for how long a force that was there all along had drawn back, from at most so many active people."""
        ratio = self._rules.settings.withdraw_ratio
        if path.severity_before is Severity.RED and 0 < force < ratio * most:
            self._life.note_withdrawn(path.minutes_outnumbered(force, ratio, self._life.env.now))

    def _marks_now(self) -> Marks:
        """Return the random numbers of the stream that is in force."""
        rng = self._life.generator("crowd")
        if self._marks is None or self._marks.rng is not rng:
            self._marks = Marks(rng)
        return self._marks

    def _now(self) -> CrowdState:
        """Return the state between two paths, without the bystanders who were withdrawn meanwhile."""
        state = self.state
        assert state is not None
        self._withdrawn = (0, 0)
        return state

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
    active = sides.starters if starters is None else starters
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
        severity=_SEVERITIES[severity_of(active, 0, rules.thresholds)],
        other=other,
    )


def play(
    rules: CrowdRules, state: CrowdState, officers: float, formed: float, start: float, until: float, marks: Marks
) -> CrowdPath:
    """Generate a crowd's path to its next change of severity, injury or containment, or to ``until``.

    A crowd that is contained already gives a path of its one state.

    Args:
        rules: The kind of crowd.
        state: Where it stands.
        officers: Effective officers on scene while the path lasts.
        formed: Those of them who are there as formed units.
        start: Time of the state, minutes.
        until: Time not to be passed, minutes.
        marks: The incident's own random numbers; those that the path needs are used up.
    """
    s, officers, formed, start, until = state, float(officers), float(formed), float(start), float(until)
    counts, numbers, shares = _counts(s), rules.numbers, rules.shares
    while True:
        times, states, why, severity, used = jump_path(
            counts, int(s.severity), officers, formed, numbers, shares, start, until, marks.numbers, marks.used
        )
        if why != SPENT:
            break
        marks.draw_more()
    marks.used = used
    return CrowdPath(times, states, _ENDS[why], s.severity, _SEVERITIES[severity])


def _counts(s: CrowdState) -> NDArray[np.int64]:
    """Return the counts of a state in the kernel's order."""
    own = s.active, s.bystanders, s.left, s.to_come, s.joined, s.dispersed, s.injured, s.officers_hurt
    other = s.other.active, s.other.bystanders, s.other.left, s.other.to_come
    return np.array((*own, *other), dtype=np.int64)


def _state(counts: NDArray[np.int64], severity: Severity) -> CrowdState:
    active, bystanders, left, to_come, joined, dispersed, injured, hurt, *other = counts.tolist()
    side = Side(*other) if any(other) else NOBODY
    return CrowdState(active, bystanders, left, to_come, joined, dispersed, injured, hurt, severity, side)
