"""The same stations as plain SimPy, a process for every voter: slow, simple to read, and the measure of the kernel.

Driven by the same draws and conditions it gives every voter's every time; tests hold both engines to 1e-9 minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import simpy

from sim.clock import Process
from sim.config.voting import VotingSettings
from sim.voting.conditions import Conditions, FlatConditions, Out, check_stages, unflatten
from sim.voting.draws import VoterDraws
from sim.voting.engine import Ints, StationTable, VoterTimes
from sim.voting.kernel import fates
from sim.voting.rules import Rules, rules_of

_PACE, _OUT = "the pace has changed", "everybody out"
_BLOCKED, _FIRST, _OTHER = -1, 0, 1
_FOR_GOOD = (fates.VOTED, fates.LOST_IMPATIENT, fates.LOST_BALKED, fates.LOST_UNSUPPLIED)


class Stage:
    """One stage: servers for two classes of voters, some of them out of use.

    A server out of use is one that a caretaker holds, who comes before every voter but breaks off nobody's service.

    Args:
        env: The clock.
        servers: How many there are.
        priority: Whether priority voters go first.
    """

    def __init__(self, env: simpy.Environment, servers: int, priority: bool) -> None:
        self.resource = simpy.PriorityResource(env, capacity=servers)
        self.servers = servers
        self.priority = priority
        self.caretakers: list[Any] = []

    def request(self, priority: bool) -> Any:
        """Return a request for a server."""
        return self.resource.request(priority=_FIRST if priority and self.priority else _OTHER)

    def withhold(self, out: int) -> None:
        """Put so many servers out of use, all of them at most."""
        out = min(out, self.servers)
        while len(self.caretakers) < out:
            self.caretakers.append(self.resource.request(priority=_BLOCKED))
        while len(self.caretakers) > out:
            caretaker = self.caretakers.pop()
            if caretaker.triggered:
                self.resource.release(caretaker)
            else:
                caretaker.cancel()


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
        self.env, self.rules, self.conditions = env, rules, conditions
        self.fate, self.joined, self.left = times.fate[part], times.joined[part], times.left[part]
        self.start, self.finish = times.start[:, part], times.finish[:, part]
        self.arrival: list[float] = draws.arrival[part].tolist()
        self.service: list[list[float]] = draws.service[:, part].tolist()
        self.patience: list[float] = draws.patience[part].tolist()
        self.line_limit: list[float] = draws.line_limit[part].tolist()
        self.priority: list[bool] = draws.priority[part].tolist()
        self.deterred_mark: list[float] = draws.deterred_mark[part].tolist()
        self.return_mark: list[float] = draws.return_mark[part].tolist()
        self.return_delay: list[float] = draws.return_delay[part].tolist()
        self.stages = [Stage(env, int(c), bool(p)) for c, p in zip(rules.servers, rules.goes_first, strict=True)]
        self.opening = max(rules.opening, conditions.opens_at)
        self.closing = rules.closing + conditions.extended
        self.ballots, self.open = conditions.ballots, False
        c = conditions
        self.full_speed, self.deterred, self.out, self.door_open = c.speeds[0], c.deterred[0], c.out[0], c.door_open[0]
        self.evacuated = self.abandoned = False
        self.serving, self.calmer, self.all_clear = env.event(), env.event(), env.event()
        self.sold_out = env.event()
        self.present: dict[int, simpy.Process] = {}
        self.at_work: set[int] = set()
        self.line: set[int] = set()
        self.came_back: set[int] = set()
        self._staff()
        env.process(self._happenings())
        env.process(self._arrivals())

    @property
    def speed(self) -> float:
        """Speed of work now."""
        return self.full_speed if self.open else 0.0

    def _happenings(self) -> Process[None]:
        """Process: opening, and everything that the conditions say, in order of time."""
        c = self.conditions
        plan: list[tuple[float, int, Any]] = [(self.opening, 0, None), (c.abandoned_at, 3, None)]
        plan += [(t, 1, how) for t, *how in zip(c.times, c.speeds, c.deterred, c.out, c.door_open, strict=True)][1:]
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

    def _changes(self, how: tuple[float, float, Out, bool]) -> None:
        before = self.speed
        self.full_speed, self.deterred, self.out, self.door_open = how
        if self.speed != before:
            self._pace()
        self._staff()
        event, self.calmer = self.calmer, self.env.event()
        event.succeed()

    def _pace(self) -> None:
        """Tell those being served that work goes on at another speed."""
        self._staff()
        for i in self.at_work:
            self.present[i].interrupt(_PACE)
        if self.speed > 0:
            event, self.serving = self.serving, self.env.event()
            event.succeed()

    def _staff(self) -> None:
        """Let as many servers begin a service as may."""
        for number, stage in enumerate(self.stages):
            out = self.out[number] if number < len(self.out) else 0
            works = self.speed > 0 and (number > 0 or self.door_open)
            stage.withhold(out if works else stage.servers)

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
        self._clears(None)
        event, self.calmer = self.calmer, self.env.event()
        event.succeed()

    def _everybody_out(self) -> None:
        for process in self.present.values():
            process.interrupt(_OUT)

    def _arrivals(self) -> Process[None]:
        """Process: every voter sets out."""
        for i, arrival in enumerate(self.arrival):
            yield self.env.timeout(max(0.0, arrival - self.env.now))
            self.env.process(self._voter(i))

    def _voter(self, i: int) -> Process[None]:
        """Process: one voter, from setting out to leaving for good."""
        if self.deterred_mark[i] < self.deterred and not self.abandoned:
            coming = yield from self._stay_away(i)
            if not coming:
                return
        fate = self.fate
        while not self.abandoned:
            if not self.evacuated:
                fate[i] = yield from self._visit(i)
                if fate[i] in _FOR_GOOD:
                    if (yield from self._comes_back(i)):
                        continue
                    return
                self._forget(i)
            if not self.abandoned:
                coming = yield from self._go_home(i)
                if not coming:
                    return
        fate[i] = fates.DEFERRED

    def _comes_back(self, i: int) -> Process[bool]:
        """Process: after leaving the line, come back later, once. Return whether the voter does."""
        impatient = self.fate[i] in (fates.LOST_IMPATIENT, fates.LOST_BALKED)
        willing = impatient and self.return_mark[i] < self.rules.impatient_return
        back = self.env.now + self.return_delay[i]
        if i in self.came_back or not willing or back > self.closing:
            return False
        self.came_back.add(i)
        self._forget(i)
        self.fate[i] = fates.AWAY
        yield self.env.timeout(self.return_delay[i])
        return True

    def _stay_away(self, i: int) -> Process[bool]:
        """Process: keep away from a disturbance. Return whether the voter comes later, or would have."""
        self.fate[i] = fates.LOST_DETERRED
        if self.return_mark[i] >= self.rules.deterred_return:
            return False
        self.fate[i] = -fates.LOST_DETERRED
        while not (off := self.abandoned and self.env.now <= self.closing) and self.deterred_mark[i] < self.deterred:
            yield self.calmer
        return off or (yield from self._return(i, fates.LOST_DETERRED))

    def _go_home(self, i: int) -> Process[bool]:
        """Process: sent away by an evacuation. Return whether the voter comes back, or would have."""
        self.fate[i] = fates.LOST_EVACUATED
        if self.return_mark[i] >= self.rules.evacuated_return:
            return False
        self.fate[i] = -fates.LOST_EVACUATED
        yield self.all_clear
        return self.abandoned or (yield from self._return(i, fates.LOST_EVACUATED))

    def _return(self, i: int, otherwise: int) -> Process[bool]:
        """Process: the way back. Return whether it ends before closing; else the voter's fate is the other one."""
        yield self.env.timeout(self.return_delay[i])
        if self.env.now > self.closing:
            self.fate[i] = otherwise
            return False
        return True

    def _forget(self, i: int) -> None:
        """Strike out the times of a visit that was cut short."""
        self.joined[i] = self.left[i] = np.nan
        self.start[:, i] = self.finish[:, i] = np.nan

    def _visit(self, i: int) -> Process[int]:
        """Process: through the entrance line and all stages. Return the fate, fates.AWAY when sent out."""
        self.joined[i], self.fate[i] = self.env.now, fates.IN_LINE
        me = self.env.active_process
        assert me is not None
        self.present[i] = me
        ballot = 0
        try:
            fate = self._at_the_door(i)
            for number, stage in enumerate(self.stages if fate is None else ()):
                with stage.request(self.priority[i]) as turn:
                    if number == 0:
                        fate = yield from self._wait_in_line(i, turn)
                        if fate is not None:
                            break
                        ballot = 1
                        self._give_out_ballot()
                    else:
                        yield turn
                    self.start[number, i], self.fate[i] = self.env.now, fates.IN_ROOM
                    yield from self._work(i, self.service[number][i])
                    self.finish[number, i] = self.env.now
            self.left[i] = self.env.now
            return fates.VOTED if fate is None else fate
        except simpy.Interrupt:
            self.ballots += ballot
            return fates.AWAY
        finally:
            self.line.discard(i)
            del self.present[i]

    def _at_the_door(self, i: int) -> int | None:
        """Return the fate of a voter who goes away at once; None: he joins the line."""
        if self.ballots <= 0:
            return fates.LOST_UNSUPPLIED
        first = self.stages[0].priority and self.priority[i]
        ahead = sum(self.priority[k] for k in self.line) if first else len(self.line)
        desk = self.stages[0].resource
        at_once = not desk.queue and desk.count < desk.capacity
        if ahead >= self.line_limit[i] and not at_once:
            return fates.LOST_BALKED
        self.line.add(i)
        return None

    def _wait_in_line(self, i: int, turn: simpy.Event) -> Process[int | None]:
        """Process: wait for one's turn. Return the fate of a voter who leaves before it; None: it has come."""
        patience = self.patience[i]
        alarm = self.env.timeout(patience) if patience < np.inf else self.env.event()
        yield turn | alarm | self.sold_out
        self.line.discard(i)
        if turn.triggered and self.ballots > 0:
            return None
        return fates.LOST_UNSUPPLIED if self.ballots <= 0 else fates.LOST_IMPATIENT

    def _give_out_ballot(self) -> None:
        """Take a ballot from the pile; with the last one the line is sent home."""
        self.ballots -= 1
        if self.ballots <= 0:
            event, self.sold_out = self.sold_out, self.env.event()
            event.succeed()

    def _work(self, i: int, minutes: float) -> Process[None]:
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
    check_stages(max((len(out) for c in conditions for out in c.out), default=0), stages)
    times = VoterTimes(
        np.full(n, fates.AWAY, np.int8), np.full(n, np.nan), np.full((stages, n), np.nan), np.full((stages, n), np.nan),
        np.full(n, np.nan),
    )  # fmt: skip
    for station, there in enumerate(conditions):
        arrival = draws.arrival[draws.first[station] : draws.first[station + 1]]
        opening = max(rules.opening, there.opens_at)
        begin = [opening, *arrival[:1], *there.times[1:2], *(e for e, _ in there.evacuations), there.abandoned_at]
        env = simpy.Environment(initial_time=float(min(begin)))
        ReferenceStation(env, draws, station, rules, there, times)
        if until == np.inf:
            env.run()
        elif until > env.now:
            env.run(until=until)
        part = slice(int(draws.first[station]), int(draws.first[station + 1]))
        undecided, open_still = times.fate[part] < 0, until < rules.closing + there.extended
        times.fate[part][undecided] = fates.AWAY if open_still else -times.fate[part][undecided]
    return times


def follow_stations(
    draws: VoterDraws, rules: Rules, conditions: FlatConditions, stations: Ints | None = None, until: float = np.inf
) -> tuple[StationTable, VoterTimes]:
    """Play some stations with a process for every voter; arguments and results as of ``follow_voters``."""
    part = draws if stations is None else draws.of(stations)
    times = follow_reference(part, rules, unflatten(conditions), until)
    return summarise(part, times), times


def summarise(draws: VoterDraws, times: VoterTimes) -> StationTable:
    """Return the table of stations from every voter's times."""
    n = len(draws.first) - 1
    station = np.repeat(np.arange(n), draws.due)
    counts = np.zeros((n, fates.N_COUNTS), dtype=np.int64)
    np.add.at(counts, (station, times.fate), 1)
    voted = times.fate == fates.VOTED
    first = voted & draws.priority
    wait = np.where(voted, times.wait.sum(axis=0), 0.0)
    counts[:, fates.LONG_WAITS] = np.bincount(station[wait > fates.LONG_WAIT], minlength=n)
    counts[:, fates.PRIORITY_VOTED] = np.bincount(station[first], minlength=n)
    last = np.full(n, np.nan)
    np.fmax.at(last, station[voted], times.left[voted])
    return StationTable(
        counts,
        np.bincount(station, wait, n).astype(np.float64),
        np.bincount(station[first], wait[first], n).astype(np.float64),
        last,
    )


def vote_all(draws: VoterDraws, voting: VotingSettings) -> StationTable:
    """Play an undisturbed day of all stations with a process for every voter."""
    times = follow_reference(draws, rules_of(voting), [Conditions()] * (len(draws.first) - 1))
    return summarise(draws, times)
