"""A crowd: its state, its path ahead, and the state at any moment of that path.

The chain is described at :class:`sim.config.disturbance.CrowdKind`. It has no memory, so a path that was generated
ahead may be cut at any moment and continued from there under other conditions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.config.disturbance import CrowdKind
from sim.disturbance.kernel import ACTIVE, Rates, Thresholds, jump_path, severity_of

_ENDS = ("until", "severity", "injury", "contained")  # by the kernel's codes


@dataclass(frozen=True)
class CrowdState:
    """Where a crowd stands.

    Attributes:
        active: People who take part.
        bystanders: People who could join.
        left: People who have gone away or were taken away.
        to_come: Supporters who could still travel in.
        joined: People who have joined so far.
        dispersed: People dispersed or detained so far.
        injured: People injured so far.
        severity: 0 green, 1 yellow, 2 red.
    """

    active: int
    bystanders: int
    left: int
    to_come: int
    joined: int
    dispersed: int
    injured: int
    severity: int


@dataclass(frozen=True, eq=False)
class CrowdPath:
    """A crowd's path: ``states[i]`` holds from ``times[i]`` until ``times[i + 1]``.

    Attributes:
        times: Minutes, shape (n); the first is the start, the last where the path ends.
        states: The seven counts of :class:`CrowdState`, in its order, shape (n, 7).
        end: Why it ended: ``severity`` (it changed), ``injury``, ``contained``, or ``until`` (time is up, or the path
            has grown too long; play on from ``last``).
        severity_before: Severity until the end of the path.
        severity_after: Severity at its end.
    """

    times: NDArray[np.float64]
    states: NDArray[np.int64]
    end: str
    severity_before: int
    severity_after: int

    @property
    def end_time(self) -> float:
        """When the path ends, minutes."""
        return float(self.times[-1])

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
        seen = self.states[: self._row(until) + 1, ACTIVE]
        i = int(np.argmax(seen))
        return int(seen[i]), float(self.times[i])

    def _row(self, time: float) -> int:
        row = int(np.searchsorted(self.times, time, side="right")) - 1
        if row < 0:
            raise ValueError(f"time {time} is before the path, which starts at {self.times[0]}")
        return row


def start(kind: CrowdKind, crowd_present: int, starters: int | None = None) -> CrowdState:
    """Return a crowd at its start.

    Args:
        kind: The kind of disturbance.
        crowd_present: People at the station; a share of them could join, besides the onlookers of the neighbourhood.
        starters: Active people; None: the kind's own number.
    """
    active = kind.starters if starters is None else starters
    return CrowdState(
        active=active,
        bystanders=kind.onlookers + round(kind.bystander_share * crowd_present),
        left=0,
        to_come=kind.supporters,
        joined=0,
        dispersed=0,
        injured=0,
        severity=int(severity_of(active, 0, _thresholds(kind))),
    )


def play(
    kind: CrowdKind, state: CrowdState, officers: float, start: float, until: float, rng: np.random.Generator
) -> CrowdPath:
    """Generate a crowd's path to its next change of severity, injury or containment, or to ``until``.

    A crowd that is contained already gives a path of its one state.

    Args:
        kind: The kind, with its rates.
        state: Where it stands.
        officers: Effective officers on scene while the path lasts.
        start: Time of the state, minutes.
        until: Time not to be passed, minutes.
        rng: The incident's own stream.
    """
    s = state
    counts = np.array([s.active, s.bystanders, s.left, s.to_come, s.joined, s.dispersed, s.injured], dtype=np.int64)
    # The numbers go in as floats whatever they came as, or the kernel would be compiled once more for each mixture.
    times, states, why, severity = jump_path(
        counts, s.severity, float(officers), _rates(kind), _thresholds(kind), float(start), float(until), rng
    )
    return CrowdPath(times, states, _ENDS[why], s.severity, int(severity))


def _rates(kind: CrowdKind) -> Rates:
    injury = kind.injuries_per_active_hour / 60.0
    return Rates(
        join=float(kind.join_per_minute),
        calm=float(kind.calm_per_minute),
        disperse=float(kind.disperse_per_minute),
        deterrence=float(kind.deterrence),
        team_size=float(kind.team_size),
        engage_ratio=float(kind.engage_ratio),
        supporters=float(kind.supporters_per_minute),
        injury_yellow=injury * kind.injured_yellow_factor,
        injury_red=injury,
    )


def _thresholds(kind: CrowdKind) -> Thresholds:
    return Thresholds(kind.floor, kind.yellow_at, kind.red_at, float(kind.hysteresis))


def _state(counts: NDArray[np.int64], severity: int) -> CrowdState:
    active, bystanders, left, to_come, joined, dispersed, injured = counts.tolist()
    return CrowdState(active, bystanders, left, to_come, joined, dispersed, injured, severity)
