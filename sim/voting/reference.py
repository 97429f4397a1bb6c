"""The same stations as plain SimPy, a process for every voter: slow, simple to read, and the measure of the kernel.

Driven by the same draws and conditions it gives every voter's every time; the tests hold both engines to 1e-9 minutes.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any

import numpy as np
import simpy

from sim.config.voting import VotingSettings
from sim.voting.conditions import Conditions
from sim.voting.draws import VoterDraws
from sim.voting.engine import StationTable, VoterTimes
from sim.voting.fates import (
    AWAY,
    DEFERRED,
    IN_LINE,
    IN_ROOM,
    LONG_WAIT,
    LOST_DETERRED,
    LOST_EVACUATED,
    LOST_IMPATIENT,
    N_FATES,
    VOTED,
)
from sim.voting.rules import Rules, rules_of

Process = Generator[simpy.Event, Any, Any]
_PACE, _OUT = "the pace has changed", "everybody out"


class ReferenceStation:
    """One station whose voters are processes.

    Args:
        env: The clock; at or before everything that happens here.
        draws: The day's voters.
        station: Which station.
        rules: How it works.
        conditions: What happens to it.
        times: Where every voter's fate and times are noted.
    """

    def __init__(
        self,
        env: simpy.Environment,
        draws: VoterDraws,
        station: int,
        rules: Rules,
        conditions: Conditions,
        times: VoterTimes,
    ) -> None:
        part = slice(int(draws.first[station]), int(draws.first[station + 1]))
        self.env = env
        self.rules = rules
        self.conditions = conditions
        self.fate, self.joined, self.left = times.fate[part], times.joined[part], times.left[part]
        self.start, self.finish = times.start[:, part], times.finish[:, part]
        self.arrival: list[float] = draws.arrival[part].tolist()
        self.service: list[list[float]] = draws.service[:, part].tolist()
        self.patience: list[float] = draws.patience[part].tolist()
        self.deterred_mark: list[float] = draws.deterred_mark[part].tolist()
        self.return_mark: list[float] = draws.return_mark[part].tolist()
        self.return_delay: list[float] = draws.return_delay[part].tolist()
        self.stages = [simpy.Resource(env, capacity=int(c)) for c in rules.servers]
        self.open = False
        self.full_speed, self.deterred = conditions.speeds[0], conditions.deterred[0]
        self.evacuated = self.abandoned = False
        self.serving, self.calmer, self.all_clear = env.event(), env.event(), env.event()
        self.present: dict[int, simpy.Process] = {}
        self.at_work: set[int] = set()
        env.process(self._happenings())
        env.process(self._arrivals())

    @property
    def speed(self) -> float:
        """Speed of work now."""
        return self.full_speed if self.open else 0.0

    def _happenings(self) -> Process:
        """Process: opening, and everything that the conditions say, in order of time."""
        c = self.conditions
        plan: list[tuple[float, int, Any]] = [(self.rules.opening, 0, None), (c.abandoned_at, 3, None)]
        plan += [(t, 1, (s, d)) for t, s, d in zip(c.times[1:], c.speeds[1:], c.deterred[1:], strict=True)]
        for emptied, clear in c.evacuations:
            plan += [(emptied, 4, None), (clear, 2, None)]
        for time, what, how in sorted(plan, key=lambda entry: entry[:2]):
            if time == np.inf:
                return
            yield self.env.timeout(max(0.0, time - self.env.now))
            (self._opens, self._changes, self._clears, self._gives_up, self._empties)[what](how)

    def _opens(self, _: Any) -> None:
        self.open = True
        self._pace()

    def _changes(self, how: tuple[float, float]) -> None:
        before = self.speed
        self.full_speed, self.deterred = how
        if self.speed != before:
            self._pace()
        event, self.calmer = self.calmer, self.env.event()
        event.succeed()

    def _pace(self) -> None:
        """Tell those being served that work goes on at another speed, and the others that it goes on."""
        for i in self.at_work:
            self.present[i].interrupt(_PACE)
        if self.speed > 0:
            event, self.serving = self.serving, self.env.event()
            event.succeed()

    def _clears(self, _: Any) -> None:
        self.evacuated = False
        event, self.all_clear = self.all_clear, self.env.event()
        event.succeed()

    def _empties(self, _: Any) -> None:
        if not self.abandoned:
            self.evacuated = True
            self._everybody_out()

    def _gives_up(self, _: Any) -> None:
        self.abandoned = True
        self._everybody_out()
        event, self.all_clear = self.all_clear, self.env.event()
        event.succeed()

    def _everybody_out(self) -> None:
        for process in self.present.values():
            process.interrupt(_OUT)

    def _arrivals(self) -> Process:
        """Process: every voter sets out."""
        for i, arrival in enumerate(self.arrival):
            yield self.env.timeout(max(0.0, arrival - self.env.now))
            self.env.process(self._voter(i))

    def _voter(self, i: int) -> Process:
        """Process: one voter, from setting out to leaving for good."""
        if self.deterred_mark[i] < self.deterred:
            coming = yield from self._stay_away(i)
            if not coming:
                return
        fate = self.fate
        while not self.abandoned:
            if not self.evacuated:
                fate[i] = yield from self._visit(i)
                if fate[i] in (VOTED, LOST_IMPATIENT):
                    return
                self._forget(i)
            if not self.abandoned:
                coming = yield from self._go_home(i)
                if not coming:
                    return
        fate[i] = DEFERRED

    def _stay_away(self, i: int) -> Process:
        """Process: keep away from a disturbance. Return whether the voter comes later."""
        self.fate[i] = LOST_DETERRED
        if self.return_mark[i] >= self.rules.deterred_return:
            return False
        self.fate[i] = -LOST_DETERRED
        while self.deterred_mark[i] < self.deterred:
            yield self.calmer
        return (yield from self._return(i, LOST_DETERRED))

    def _go_home(self, i: int) -> Process:
        """Process: sent away by an evacuation. Return whether the voter comes back, or would have."""
        self.fate[i] = LOST_EVACUATED
        if self.return_mark[i] >= self.rules.evacuated_return:
            return False
        self.fate[i] = -LOST_EVACUATED
        yield self.all_clear
        return self.abandoned or (yield from self._return(i, LOST_EVACUATED))

    def _return(self, i: int, otherwise: int) -> Process:
        """Process: the way back. Return whether it ends before closing; else the voter's fate is the other one."""
        yield self.env.timeout(self.return_delay[i])
        if self.env.now > self.rules.closing:
            self.fate[i] = otherwise
            return False
        return True

    def _forget(self, i: int) -> None:
        """Strike out the times of a visit that was cut short."""
        self.joined[i] = np.nan
        self.start[:, i] = self.finish[:, i] = np.nan

    def _visit(self, i: int) -> Process:
        """Process: through the entrance line and all stages. Return the fate, AWAY when sent out."""
        self.joined[i], self.fate[i] = self.env.now, IN_LINE
        me = self.env.active_process
        assert me is not None
        self.present[i] = me
        try:
            for stage, resource in enumerate(self.stages):
                with resource.request() as turn:
                    if not (yield from self._begin(turn, self.patience[i] if stage == 0 else np.inf)):
                        self.left[i] = self.env.now
                        return LOST_IMPATIENT
                    self.start[stage, i], self.fate[i] = self.env.now, IN_ROOM
                    yield from self._work(i, self.service[stage][i])
                    self.finish[stage, i] = self.env.now
            self.left[i] = self.env.now
            return VOTED
        except simpy.Interrupt:
            return AWAY
        finally:
            del self.present[i]

    def _begin(self, turn: simpy.Event, patience: float) -> Process:
        """Process: wait for a server, and for work to go on. Return whether it came before patience ended."""
        if turn.triggered and self.speed > 0:
            return True
        alarm = self.env.timeout(patience) if patience < np.inf else None
        yield turn if alarm is None else turn | alarm
        while turn.triggered and self.speed == 0:
            if alarm is not None and alarm.processed:
                return False
            yield self.serving if alarm is None else self.serving | alarm
        return turn.triggered

    def _work(self, i: int, minutes: float) -> Process:
        """Process: be served, at whatever speed the station works."""
        left = minutes
        self.at_work.add(i)
        try:
            while True:
                began, speed = self.env.now, self.speed
                try:
                    yield self.env.timeout(left / speed) if speed else self.serving
                    if speed:
                        return
                except simpy.Interrupt as interrupt:
                    if interrupt.cause is _OUT:
                        raise
                left -= (self.env.now - began) * speed
        finally:
            self.at_work.discard(i)


def follow_reference(
    draws: VoterDraws, rules: Rules, conditions: Sequence[Conditions], until: float = np.inf
) -> VoterTimes:
    """Play all stations with a process for every voter; results as from ``follow_voters``.

    Each station has a clock of its own, which changes nothing, as stations do not meet, and is more than twice as fast
    as one clock for a whole regency.

    Args:
        draws: The day's voters.
        rules: How a station works.
        conditions: What happens to each station.
        until: The moment to look at; infinite: when everybody has gone.
    """
    n, stages = len(draws.arrival), len(rules.servers)
    times = VoterTimes(
        np.full(n, AWAY, np.int8), np.full(n, np.nan), np.full((stages, n), np.nan), np.full((stages, n), np.nan),
        np.full(n, np.nan),
    )  # fmt: skip
    for station, there in enumerate(conditions):
        arrival = draws.arrival[draws.first[station] : draws.first[station + 1]]
        begin = [rules.opening, *arrival[:1], *there.times[1:2], *(e for e, _ in there.evacuations), there.abandoned_at]
        env = simpy.Environment(initial_time=float(min(begin)))
        ReferenceStation(env, draws, station, rules, there, times)
        if until == np.inf:
            env.run()
        elif until > env.now:
            env.run(until=until)
    waiting = times.fate < 0
    times.fate[waiting] = AWAY if until < rules.closing else -times.fate[waiting]
    return times


def summarise(draws: VoterDraws, times: VoterTimes) -> StationTable:
    """Return the table of stations from every voter's times."""
    n = len(draws.first) - 1
    station = np.repeat(np.arange(n), draws.due)
    counts = np.zeros((n, N_FATES + 1), dtype=np.int64)
    np.add.at(counts, (station, times.fate), 1)
    voted = times.fate == VOTED
    wait = np.where(voted, times.wait.sum(axis=0), 0.0)
    counts[:, N_FATES] = np.bincount(station[wait > LONG_WAIT], minlength=n)
    last = np.full(n, np.nan)
    np.fmax.at(last, station[voted], times.left[voted])
    return StationTable(counts, np.bincount(station, wait, n).astype(np.float64), last)


def vote_all(draws: VoterDraws, voting: VotingSettings) -> StationTable:
    """Play an undisturbed day of all stations with a process for every voter."""
    times = follow_reference(draws, rules_of(voting), [Conditions()] * (len(draws.first) - 1))
    return summarise(draws, times)
