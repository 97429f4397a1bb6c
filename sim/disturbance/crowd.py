"""A crowd: its state, its path ahead, and the state at any moment of that path.

The chain is described at :class:`sim.config.disturbance.CrowdKind`. It has no memory, so a path that was generated
ahead may be cut at any moment and continued from there under other conditions.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

from sim.config.disturbance import CrowdKind
from sim.disturbance.kernel import ACTIVE, jump_path, severity_of

_ENDS = ("until", "severity", "injury", "contained")


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
        times: Minutes; the first is the start, the last where the path ends.
        states: The seven counts of :class:`CrowdState`, one row a time.
        end: Why it ended: severity, injury, contained, or until.
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
        return CrowdState(*self.states[-1].tolist(), self.severity_after)

    def at(self, time: float) -> CrowdState:
        """Return the state at a moment before the end."""
        i = int(np.searchsorted(self.times, time, side="right")) - 1
        return CrowdState(*self.states[i].tolist(), self.severity_before)

    def peak(self, until: float) -> tuple[int, float]:
        """Return the most active people up to a moment, and when that was first."""
        seen = self.states[: int(np.searchsorted(self.times, until, side="right")), ACTIVE]
        i = int(np.argmax(seen))
        return int(seen[i]), float(self.times[i])


def start(kind: CrowdKind, crowd_present: int, starters: int | None = None) -> CrowdState:
    """Return a crowd at its start.

    Args:
        kind: The kind of disturbance.
        crowd_present: People at the place; a share of them could join.
        starters: Active people; None: the kind's own number.
    """
    active = kind.starters if starters is None else starters
    severity = int(severity_of(active, 0, kind.yellow_at, kind.red_at, kind.hysteresis))
    return CrowdState(active, round(kind.bystander_share * crowd_present), 0, kind.supporters, 0, 0, 0, severity)


def play(
    kind: CrowdKind, state: CrowdState, officers: float, start: float, until: float, rng: np.random.Generator
) -> CrowdPath:
    """Generate a crowd's path to its next change of severity, injury or containment, or to ``until``.

    Args:
        kind: The kind, with its rates.
        state: Where it stands.
        officers: Effective officers on scene while the path lasts.
        start: Time of the state, minutes.
        until: Time not to be passed, minutes.
        rng: The incident's own stream.
    """
    hurt = kind.injuries_per_active_hour / 60.0
    rates = np.array(
        [
            kind.join_per_minute,
            kind.calm_per_minute,
            kind.disperse_per_minute,
            kind.deterrence,
            kind.team_size,
            kind.engage_ratio,
            kind.supporters_per_minute,
            hurt * kind.injured_yellow_factor,
            hurt,
        ]
    )
    thresholds = np.array([kind.floor, kind.yellow_at, kind.red_at, kind.hysteresis])
    counts = np.array(astuple(state)[:7], dtype=np.int64)
    times, states, why, severity = jump_path(counts, state.severity, officers, rates, thresholds, start, until, rng)
    return CrowdPath(times, states, _ENDS[why], state.severity, int(severity))
