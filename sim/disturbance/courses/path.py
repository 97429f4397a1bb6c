"""Where a crowd stands, and its path: the states it passes through and when, drawn ahead until something turns.

The chain has no memory, so a path may be cut at any moment and go on from there under other conditions.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.disturbance.courses.kernel import (
    CONTAINED,
    INJURY,
    N_COUNTS,
    PAUSED,
    SEVERITY,
    UNTIL,
    Peak,
    jump_path,
    look_back,
    while_outnumbered,
)
from sim.disturbance.courses.rules import CrowdRules
from sim.disturbance.courses.sides import NOBODY, Side
from sim.streams import Marks
from sim.vocabulary import Severity

_ROWS = 64
"""Rows for which a path has room at first."""


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

    @classmethod
    def of(cls, counts: NDArray[np.int64], severity: Severity) -> CrowdState:
        """Return the state of a row of a path."""
        active, bystanders, left, to_come, joined, dispersed, injured, hurt, *other = counts.tolist()
        side = Side(*other) if any(other) else NOBODY
        return cls(active, bystanders, left, to_come, joined, dispersed, injured, hurt, severity, side)

    @property
    def counts(self) -> tuple[int, ...]:
        """Its counts in the kernel's order."""
        return *self[:8], *self.other

    def without(self, withdrawn: tuple[int, int]) -> CrowdState:
        """Return it without so many bystanders of the first and of the second side, as far as there are so many."""
        others = max(0, self.other.bystanders - withdrawn[1])
        own = max(0, self.bystanders - self.other.bystanders - withdrawn[0])
        return self._replace(bystanders=own + others, other=self.other._replace(bystanders=others))


class CrowdPath:
    """A crowd's path: ``states[i]`` holds from ``times[i]`` until ``times[i + 1]``.

    One object serves all paths of a crowd, one after the other: :meth:`go_on` begins the next where this one ends.

    Args:
        times: Minutes, shape (n); the first is the start, the last where the path ends.
        states: The eight counts of :class:`CrowdState` and the four of its second side, in their order, shape (n, 12).
        end: Why it ended.
        severity_before: Severity until the end of the path.
        severity_after: Severity at its end.
        rows: How many of the rows are filled; the others are room for what comes. None: all.

    Attributes:
        end: Why it ended.
        end_time: When it ends, minutes.
        severity_before: Severity until then.
        severity_after: Severity at its end.
    """

    def __init__(
        self,
        times: NDArray[np.float64],
        states: NDArray[np.int64],
        end: PathEnd,
        severity_before: Severity,
        severity_after: Severity,
        rows: int | None = None,
    ) -> None:
        self._times, self._states = times, states
        self._rows = len(times) if rows is None else rows
        self._start = times.item(0)
        self._peak: Peak | None = None
        self.end = end
        self.end_time = times.item(self._rows - 1)
        self.severity_before, self.severity_after = severity_before, severity_after

    @classmethod
    def at_start(cls, state: CrowdState, time: float) -> CrowdPath:
        """Return the path of a crowd of which nothing has been drawn yet: its one state at this time, minutes."""
        times, states = np.empty(_ROWS), np.empty((_ROWS, N_COUNTS), dtype=np.int64)
        times[0], states[0] = time, state.counts
        return cls(times, states, PathEnd.UNTIL, state.severity, state.severity, rows=1)

    @property
    def times(self) -> NDArray[np.float64]:
        """Minutes of its rows, shape (n)."""
        return self._times[: self._rows]

    @property
    def states(self) -> NDArray[np.int64]:
        """The counts of its rows, shape (n, 12)."""
        return self._states[: self._rows]

    @property
    def last(self) -> CrowdState:
        """The state at the end."""
        return CrowdState.of(self._states[self._rows - 1], self.severity_after)

    def at(self, time: float) -> CrowdState:
        """Return the state at a moment of the path, minutes; from its end on, the last.

        Raises:
            ValueError: For a time before the path starts.
        """
        if time >= self.end_time:
            return self.last
        return CrowdState.of(self._states[self._look_back(time)[0]], self.severity_before)

    def peak(self, until: float) -> tuple[int, float]:
        """Return the most active people up to a moment, and when there were first so many.

        Raises:
            ValueError: For a time before the path starts.
        """
        return self._peak_until(until)[:2]

    def peak_other(self, until: float) -> int:
        """Return the most active people of the second side up to a moment.

        Raises:
            ValueError: For a time before the path starts.
        """
        return self._peak_until(until)[2]

    def minutes_outnumbered(self, officers: float, ratio: float, until: float) -> float:
        """Return how long up to a moment there were fewer officers for each active person than a ratio, minutes."""
        lasts = while_outnumbered(self._times, self._states, self._rows, officers, ratio, until)
        return float(lasts.sum())

    def cut(self, time: float) -> None:
        """Let it end at a moment in the state that it then has; what was drawn beyond is forgotten.

        Raises:
            ValueError: For a time before the path starts.
        """
        row, self._peak = self._look_back(time)
        self._rows = row + 1
        self.end, self.end_time, self.severity_after = PathEnd.UNTIL, time, self.severity_before

    def withdraw(self, withdrawn: tuple[int, int]) -> None:
        """Take so many bystanders of the first and of the second side from its last state, as far as there are any."""
        self._states[self._rows - 1] = self.last.without(withdrawn).counts

    def go_on(
        self,
        rules: CrowdRules,
        officers: float,
        formed: float,
        start: float,
        until: float,
        marks: Marks,
        holding: float = 0.0,
    ) -> None:
        """Draw the path from its last state on: to the next change of severity, injury or containment, or ``until``.

        A crowd that is contained already has a path of its one state.

        Args:
            rules: The kind of crowd.
            officers: Effective officers on scene while the path lasts.
            formed: Those of them who are there as formed units.
            start: Time at which it has its last state, minutes.
            until: Time not to be passed, minutes.
            marks: The incident's own random numbers; those that the path needs are used up.
            holding: Of the officers, those who disperse nobody unless they are formed units.
        """
        self.severity_before, self._start = self.severity_after, start
        self._times[0], self._states[0] = start, self._states[self._rows - 1]
        rows, before = 1, int(self.severity_after)
        officers, formed, holding, until = float(officers), float(formed), float(holding), float(until)
        while True:
            rows, why, severity, marks.used, self.end_time, self._peak = jump_path(
                self._times, self._states, rows, before, officers, formed, rules.numbers, rules.shares, until,
                marks.numbers, marks.used, holding,
            )  # fmt: skip
            if why != PAUSED:
                break
            if rows == len(self._times):
                self._make_room(2 * rows)
            else:
                marks.draw_more()
        self._rows, self.end, self.severity_after = rows, _ENDS[why], _SEVERITIES[severity]

    def _make_room(self, rows: int) -> None:
        """Move it to tables of so many rows."""
        times, states = np.empty(rows), np.empty((rows, N_COUNTS), dtype=np.int64)
        times[: len(self._times)], states[: len(self._states)] = self._times, self._states
        self._times, self._states = times, states

    def _peak_until(self, time: float) -> Peak:
        """Return the peak up to a moment; from the end on it is that of the whole path."""
        if self._peak is None or time < self.end_time:
            return self._look_back(time)[1]
        return self._peak

    def _look_back(self, time: float) -> tuple[int, Peak]:
        """Return what the kernel tells of the path up to a moment."""
        if time < self._start:
            raise ValueError(f"time {time} is before the path, which starts at {self._start}")
        return look_back(self._times, self._states, self._rows, time)
