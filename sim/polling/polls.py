"""All stations of a day on its clock: disturbances impose conditions on them, and are told what people are there."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.config.voting import VotingSettings
from sim.log import Columns
from sim.polling import kernel
from sim.polling.conditions import NEVER, Conditions
from sim.polling.draws import VoterDraws
from sim.polling.station import LONG_WAIT_MINUTES, Voters, play_calm, play_station

Process = Generator[simpy.Event, Any, None]


@dataclass(frozen=True, eq=False)
class Calm:
    """Every station's day without disturbance: voters, and their summary by station."""

    voters: Voters
    by_fate: NDArray[np.int64]
    long_waits: NDArray[np.int64]
    wait_sum: NDArray[np.float64]
    last_voted: NDArray[np.float64]


def calm_day(draws: VoterDraws, voting: VotingSettings, base_deterred: NDArray[np.float64]) -> Calm:
    """Play the calm twin of a day; strategies whose guards deter the same share of voters may use one together."""
    voters = play_calm(draws, voting, base_deterred)
    return Calm(voters, *kernel.summarise(draws.first, voters.leave, voters.wait, voters.fate, LONG_WAIT_MINUTES))


@dataclass(eq=False)
class Touched:
    """A station that something has happened to.

    Attributes:
        conditions: What it has gone through so far.
        causes: What acts on it now: speed and deterred share by cause.
        stopped_since: When it stopped serving; infinite while it serves.
        lifted: When the last cause that stopped it went away.
        voters: What became of its voters under the conditions known so far; None when that must be played again.
    """

    conditions: Conditions
    changed: simpy.Event
    causes: dict[str, tuple[float, float]] = field(default_factory=dict)
    stopped_since: float = NEVER
    lifted: float = NEVER
    voters: Voters | None = None


class Polls:
    """The polling stations of one day.

    Args:
        env: The clock.
        draws: The day's voters.
        voting: The settings.
        calm: The day without disturbance.
        base_deterred: Share of each station's voters kept away all day by visible force.
    """

    def __init__(
        self,
        env: simpy.Environment,
        draws: VoterDraws,
        voting: VotingSettings,
        calm: Calm,
        base_deterred: NDArray[np.float64],
    ) -> None:
        self.env = env
        self.draws = draws
        self.voting = voting
        self.calm = calm
        self.base_deterred = base_deterred
        self.touched: dict[int, Touched] = {}
        self._never = env.event()
        env.process(self._close())

    def impose(self, station: int, cause: str, *, speed: float = 1.0, deterred: float = 0.0) -> None:
        """Let a cause act on a station from now on; the same cause again replaces what it did.

        Several causes together: the slowest speed, and independent deterrence.
        """
        there = self._touch(station)
        there.causes[cause] = (speed, deterred)
        self._apply(there)

    def lift(self, station: int, cause: str) -> None:
        """End what a cause does to a station.

        A station that stood still serves again ``restart_minutes`` after its last stopping cause is gone. When that
        would not be before closing, a stop that began before closing becomes an abandonment; one that began later, with
        the line still being served, is only a pause.
        """
        there = self.touched.get(station)
        if there is not None and there.causes.pop(cause, None) is not None:
            self._apply(there)

    def evacuate(self, station: int, cause: str) -> int:
        """Empty a station. Return how many people leave; 0 when it is empty or evacuated already."""
        there = self._touch(station)
        now, c = self.env.now, there.conditions
        there.causes[cause] = (0.0, there.causes.get(cause, (0.0, 0.0))[1])
        if self._is_evacuated(c) or c.abandoned <= now:
            self._apply(there)
            return 0
        people = self.crowd(station)
        if now >= self.voting.close and self._finished(station):
            self._apply(there)
            return people
        c.evacuated.append(now)
        c.resumed.append(NEVER)
        self._apply(there)
        if now >= self.voting.close:
            self._abandon(there)
        return people

    def crowd(self, station: int) -> int:
        """Return the people at a station now: in line and inside; spectators while it counts; 0 when it is over."""
        now = self.env.now
        there = self.touched.get(station)
        if there is not None and (self._is_evacuated(there.conditions) or there.conditions.abandoned <= now):
            return 0
        voters = self._voters(station)
        present = int(np.count_nonzero((voters.come <= now) & (voters.leave > now)))
        if present or now < self.voting.close:
            return present
        return round(self.voting.counting.spectators) if now < self.ready(station) else 0

    def ready(self, station: int) -> float:
        """Return when a station's boxes can leave, as far as is known now: counted, or sealed where voting was given up.

        Infinite while it stands still.
        """
        there = self.touched.get(station)
        if there is None:
            return float(self._calm_counted[station])
        if there.conditions.abandoned < NEVER:
            return NEVER if self._stopping(there) else max(there.conditions.abandoned, there.lifted)
        return self._counted(station, there)

    def changed(self, station: int) -> simpy.Event:
        """Return an event that triggers when a station's conditions change next."""
        there = self._touch(station)
        return there.changed

    def table(self) -> Columns:
        """Return what became of every station: the columns of the log from ``due`` to ``counted``."""
        by_fate, long_waits = self.calm.by_fate.copy(), self.calm.long_waits.copy()
        wait_sum, last = self.calm.wait_sum.copy(), self.calm.last_voted.copy()
        counted = self._calm_counted.copy()
        n = len(by_fate)
        suspended, evacuations, abandoned = np.zeros(n), np.zeros(n, np.int64), np.zeros(n, np.int64)
        for station, there in self.touched.items():
            v, c = self._voters(station), there.conditions
            whole = np.array([0, len(v.fate)])
            one = kernel.summarise(whole, v.leave, v.wait, v.fate, LONG_WAIT_MINUTES)
            by_fate[station], long_waits[station], wait_sum[station], last[station] = (x[0] for x in one)
            counted[station] = np.nan if c.abandoned < NEVER else self._counted(station, there)
            suspended[station] = self._stood_still(c)
            evacuations[station], abandoned[station] = len(c.evacuated), int(c.abandoned < NEVER)
        fates = {
            "voted": kernel.VOTED, "lost_deterred": kernel.DETERRED, "lost_impatient": kernel.IMPATIENT,
            "lost_evacuated": kernel.EVACUATED, "deferred": kernel.DEFERRED, "in_line": kernel.IN_LINE,
        }  # fmt: skip
        return {
            "due": np.diff(self.draws.first),
            **{name: by_fate[:, code] for name, code in fates.items()},
            "wait_sum": wait_sum,
            "waited_over_30": long_waits,
            "last_voted": last,
            "suspended_minutes": suspended,
            "evacuations": evacuations,
            "abandoned": abandoned,
            "calm_voted": self.calm.by_fate[:, kernel.VOTED],
            "calm_wait_sum": self.calm.wait_sum,
            "calm_waited_over_30": self.calm.long_waits,
            "calm_last_voted": self.calm.last_voted,
            "counted": np.where(np.isfinite(counted), counted, np.nan),
        }

    def _close(self) -> Process:
        """Process: at closing, give up every station that stands still."""
        yield self.env.timeout(max(0.0, self.voting.close - self.env.now))
        for there in self.touched.values():
            if there.stopped_since < self.voting.close and there.conditions.abandoned == NEVER:
                self._abandon(there)

    def _touch(self, station: int) -> Touched:
        there = self.touched.get(station)
        if there is None:
            conditions = Conditions(self.voting.open, float(self.base_deterred[station]))
            there = self.touched[station] = Touched(conditions, self.env.event())
        return there

    def _stopping(self, there: Touched) -> bool:
        return any(speed == 0.0 for speed, _ in there.causes.values())

    def _is_evacuated(self, conditions: Conditions) -> bool:
        return bool(conditions.resumed) and conditions.resumed[-1] > self.env.now

    def _apply(self, there: Touched) -> None:
        """Put what acts on a station now into its conditions."""
        now, c = self.env.now, there.conditions
        speed = min((s for s, _ in there.causes.values()), default=1.0)
        kept = 1.0 - c.base_deterred
        for _, share in there.causes.values():
            kept *= 1.0 - share
        deterred = c.base_deterred if not any(d for _, d in there.causes.values()) else 1.0 - kept
        if speed == 0.0:
            there.stopped_since = min(there.stopped_since, now)
            c.change(now, 0.0, deterred)
            if c.resumed and c.resumed[-1] > now:
                c.resumed[-1] = NEVER
        elif there.stopped_since < NEVER:
            self._restart(there, speed, deterred)
        else:
            c.change(now, speed, deterred)
        self._tell(there)

    def _restart(self, there: Touched, speed: float, deterred: float) -> None:
        """Let a station that stood still serve again after a while, or give it up when it is too late for that."""
        now, c = self.env.now, there.conditions
        if c.abandoned < NEVER:
            there.lifted = min(there.lifted, now)
            c.change(now, 0.0, deterred)
            return
        if there.lifted == NEVER or there.lifted + self.voting.restart_minutes <= now:
            there.lifted = now
        again = there.lifted + self.voting.restart_minutes
        if again >= self.voting.close and there.stopped_since < self.voting.close:
            c.change(now, 0.0, deterred)
            self._abandon(there)
            return
        c.change(now, 0.0, deterred)
        c.change(again, speed, deterred)
        if c.resumed and c.resumed[-1] > now:
            c.resumed[-1] = again
        self.env.process(self._restarted(there, there.lifted))

    def _restarted(self, there: Touched, lifted: float) -> Process:
        """Process: note that a station serves again, unless it was stopped meanwhile."""
        yield self.env.timeout(self.voting.restart_minutes)
        if there.lifted == lifted and not self._stopping(there) and there.conditions.abandoned == NEVER:
            there.stopped_since = there.lifted = NEVER

    def _abandon(self, there: Touched) -> None:
        there.conditions.abandoned = self.env.now
        if not self._stopping(there):
            there.lifted = self.env.now
        self._tell(there)

    def _tell(self, there: Touched) -> None:
        there.voters = None
        event, there.changed = there.changed, self.env.event()
        event.succeed()

    def _voters(self, station: int) -> Voters:
        """Return what becomes of a station's voters under the conditions known so far."""
        there = self.touched.get(station)
        if there is None:
            part = slice(int(self.draws.first[station]), int(self.draws.first[station + 1]))
            v = self.calm.voters
            return Voters(v.come[part], v.leave[part], v.wait[part], v.fate[part])
        if there.voters is None:
            there.voters = play_station(self.draws, station, there.conditions, self.voting)
        return there.voters

    def _finished(self, station: int) -> bool:
        v = self._voters(station)
        return not bool(np.any((v.come <= self.env.now) & (v.leave > self.env.now)))

    def _counted(self, station: int, there: Touched) -> float:
        """Return when a station has counted: the work runs on its own clock after the last voter, and after closing."""
        v = self._voters(station)
        voted = v.fate == kernel.VOTED
        begins = max(self.voting.close, float(v.leave[voted].max()) if voted.any() else 0.0)
        work = self._work(int(voted.sum()), float(self.draws.counting_factor[station]))
        times, speed, _ = there.conditions.arrays()
        tau = kernel.readings(times, speed)
        reading = kernel.station_time(times, speed, tau, begins) + work
        return float(kernel.wall_time(times, speed, tau, reading, False))

    def _work(self, voted: Any, factor: Any) -> Any:
        counting = self.voting.counting
        return counting.setup_minutes + counting.minutes_per_voter * voted * factor

    @cached_property
    def _calm_counted(self) -> NDArray[np.float64]:
        begins = np.fmax(self.voting.close, self.calm.last_voted)
        counted: NDArray[np.float64] = begins + self._work(
            self.calm.by_fate[:, kernel.VOTED], self.draws.counting_factor
        )
        return counted

    def _stood_still(self, c: Conditions) -> float:
        """Return the minutes without service between opening and closing."""
        times, speed, _ = c.arrays()
        ends = np.append(times[1:], np.inf)
        lo, hi = np.clip(times, self.voting.open, self.voting.close), np.clip(ends, self.voting.open, self.voting.close)
        stopped = float(((hi - lo) * (speed == 0.0)).sum())
        given_up = max(0.0, self.voting.close - c.abandoned) if c.abandoned < NEVER else 0.0
        after = float(((np.clip(ends, c.abandoned, np.inf) > np.clip(times, c.abandoned, np.inf)) & (speed > 0)).any())
        return stopped + (given_up if after else 0.0)
