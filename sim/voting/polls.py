"""All stations of a day on its clock: disturbances impose conditions on them, and are told what people are there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.clock import Process
from sim.config.voting import VotingSettings
from sim.log import Columns
from sim.vocabulary import StationState
from sim.voting.conditions import INF, Out, at_station, check_piece, check_stages, flatten
from sim.voting.draws import VoterDraws
from sim.voting.engine import FOLLOWERS, StationTable, VoterTimes
from sim.voting.life import SERVING, Cause, Emptied, Happening, Imposed, Life, Lifted, after, hours_of, later
from sim.voting.outlook import Outlook
from sim.voting.replays import Replays
from sim.voting.rules import rules_of
from sim.voting.touched import Touched
from sim.voting.trouble import Outage, Troubles, calm_conditions

Ints = NDArray[np.int64]
DECISION = "decision of whoever is in charge"
"""The cause that shuts a station's door because somebody says so."""


class Votes(NamedTuple):
    """How voting stands at a station: who has voted, who stands in line, who is between desk and way out."""

    voted: int
    in_line: int
    in_room: int


class Polls:
    """The polling stations of one day.

    Stations are played by the compiled engine, from the conditions known when somebody asks; those that nothing has
    happened to are read from the calm twin.

    Args:
        env: The clock.
        draws: The day's voters.
        voting: The settings.
        calm: The day without disturbance, with the same ``base_deterred``: see ``calm_day``.
        base_deterred: (stations) share of voters kept away all day by visible force, 0 to 1.
        troubles: Ordinary trouble.
        replays: Plays stations, and may keep what came of them; None: it keeps nothing.
    """

    def __init__(
        self,
        env: simpy.Environment,
        draws: VoterDraws,
        voting: VotingSettings,
        calm: StationTable,
        base_deterred: NDArray[np.float64],
        troubles: Troubles | None = None,
        replays: Replays | None = None,
    ) -> None:
        self.env = env
        self.draws = draws
        self.voting = voting
        self.calm = calm
        self._replays = replays if replays is not None else Replays(draws, voting)
        self._hours = hours_of(voting)
        self._base = calm_conditions(voting, base_deterred, troubles)
        self._last_arrival = self._hours.last_closing  # from then on it matters to nobody who is kept away
        self._histories: dict[int, list[Happening]] = {}
        self._lives: dict[int, Life] = {}
        self._told: dict[int, int] = {}  # how much of its history a station's life knows
        self._acting: dict[int, dict[str, Cause]] = {}
        self._outdated = set[int]()
        self._seen: dict[int, tuple[float, Life | None, Votes]] = {}
        self._ready: dict[int, float] = {}  # when a station will have counted, until its conditions change
        self.listeners: list[Callable[[int], None]] = []
        """Are told the station whenever its conditions have changed."""
        env.process(self._last_closing())
        for number, outage in enumerate(troubles.outages if troubles is not None else ()):
            env.process(self._outage(f"trouble {number}", outage))

    @cached_property
    def _calm_outlook(self) -> Outlook:
        return Outlook(self.calm, self.voting.counting, self.draws.counting_factor)

    @cached_property
    def _outlook(self) -> Outlook:
        return self._calm_outlook

    @cached_property
    def _calm_counted(self) -> NDArray[np.float64]:
        return self._calm_outlook.all_counted(self.voting.close + self._base.extended)

    @cached_property
    def _calm_ready(self) -> list[float]:
        return list(self._calm_counted.tolist())

    def impose(
        self,
        station: int,
        cause: str,
        *,
        speed: float = 1.0,
        deterred: float = 0.0,
        door_open: bool = True,
        out: Out = (),
    ) -> None:
        """Let a cause act on a station from now on; the same cause again replaces what it did.

        Several causes together: the slowest speed, a door that is open only if none shuts it, independent deterrence,
        and all their servers out of use.

        Args:
            station: Which.
            cause: Who or what acts.
            speed: Speed of service: 1 normal, below 1 slowed, 0 stopped; people stay where they are.
            deterred: Share of arriving voters who stay away.
            door_open: Whether people are let in; behind a shut door who is in the room is still served.
            out: Servers out of use by stage.

        Raises:
            UserError: For a speed, a share or servers that cannot be, and for a stage that there is not.
        """
        check_stages(len(out), len(self.voting.stages))
        check_piece(speed, deterred, out, door_open)
        self._record(station, Imposed(self.env.now, cause, Cause(speed, deterred, door_open, out)))

    def deter(self, shares: Mapping[int, float], cause: str) -> None:
        """Let a cause do nothing but keep voters away, a share of them at each of some stations, from now on.

        Args:
            shares: Share of arriving voters who stay away, by station.
            cause: Who or what acts.

        Raises:
            UserError: For a share that cannot be.
        """
        now = self.env.now
        for share in {*shares.values()}:
            check_piece(1.0, share, (), True)
        for station, share in shares.items():
            self._record(station, Imposed(now, cause, Cause(deterred=share)))

    def lift(self, station: int, cause: str) -> None:
        """End what a cause does to a station; nothing happens when it does nothing there.

        A station that stood still serves again ``restart_minutes`` after its last stopping cause is gone. When that
        would not be before closing, a stop that began before closing becomes an abandonment; one that began later, with
        the line or the count still under way, is only a pause.
        """
        self.lift_all((station,), cause)

    def lift_all(self, stations: Iterable[int], cause: str) -> None:
        """End what a cause does to some stations, as ``lift`` does for one."""
        lifted, acting = Lifted(self.env.now, cause), self._acting
        for station in stations:
            if cause in acting.get(station, ()):
                self._record(station, lifted)

    def close(self, station: int) -> None:
        """Shut a station's door because somebody in charge says so, until it is opened; who is inside still votes."""
        self.impose(station, DECISION, door_open=False)

    def open(self, station: int) -> None:
        """Take back the decision to shut a station's door; whatever else stops it goes on doing so."""
        self.lift(station, DECISION)

    def acts(self, station: int, cause: str) -> bool:
        """Return whether a cause does something to a station now."""
        return cause in self._acting.get(station, ())

    def evacuate(self, station: int, cause: str, *, for_good: bool = False) -> int:
        """Empty a station and stop it; people may come back after the all-clear. Return how many leave.

        The all-clear is the end of the last cause that stops it. Nobody is there, and 0 is returned, while a station is
        evacuated already and after its day is over. After closing, or ``for_good``, an evacuation means that voting or
        counting does not go on: the station is abandoned.
        """
        people, life, now = self.crowd(station), self._life(station), self.env.now
        over = self._is_over(station)
        acting = Cause() if life is None else life.causes.get(cause, Cause())
        stop = Imposed(now, cause, Cause(speed=0.0, deterred=acting.deterred))
        self._record(station, *((stop,) if over else (stop, Emptied(now, for_good))))
        return people

    def state(self, station: int) -> StationState:
        """Return what a station is doing now."""
        over = self._is_over(station)
        return self._life_or_fresh(station).state(self.env.now, self.env.now if over else INF)

    def history(self, station: int) -> tuple[Happening, ...]:
        """Return what has happened to a station, in order of time."""
        return tuple(self._histories.get(station, ()))

    def votes_so_far(self, station: int) -> Votes:
        """Return how voting stands at a station now."""
        life, now = self._life(station), self.env.now
        seen = self._seen.get(station)
        if seen is None or seen[0] != now or seen[1] is not life:  # who asks once often asks again at that moment
            seen = self._seen[station] = now, life, self._look(station, life)
        return seen[2]

    def closing(self, station: int) -> float:
        """Return when a station closes to those who come, as far as is known now."""
        life = self._life(station)
        return self.voting.close + float(self._base.extended[station]) if life is None else life.closing

    def crowd(self, station: int) -> int:
        """Return the people at a station now: in line and inside; spectators while it counts; 0 when it is over."""
        now, life = self.env.now, self._life(station)
        if life is None and now >= self.closing(station) and now >= self._calm_counted[station]:
            return 0
        if life is not None and (life.is_abandoned or life.is_evacuated):
            return 0
        votes = self.votes_so_far(station)
        present = votes.in_line + votes.in_room
        if present or now < self.closing(station):
            return present
        return round(self.voting.counting.spectators) if now < self.ready(station) else 0

    def follow(self, station: int) -> VoterTimes:
        """Return what every voter of a station has done until now."""
        known, rules = flatten([self._life_or_fresh(station).conditions]), rules_of(self.voting)
        return FOLLOWERS[self.voting.engine](self.draws, rules, known, np.array([station]), self.env.now)[1]

    def ready(self, station: int) -> float:
        """Return when a station's boxes can leave as far as is known now: counted, or sealed where voting was given up.

        Infinite while it stands still, or cannot serve its line before the end of the day.
        """
        life = self._life(station) if station in self._histories else None
        if life is None:
            return self._calm_ready[station]
        if life.is_abandoned:
            return INF if life.sealed_at is None else life.sealed_at
        if station not in self._ready:
            self._ready[station] = self._day().counted(station, life)
        return self._ready[station]

    def is_calm_before_closing(self, station: int, time: float) -> bool:
        """Return whether nothing has happened to a station, and it is open to those who come at a time: none counts."""
        return time < self.voting.close and station not in self._histories

    def table(self) -> Columns:
        """Return what becomes of every station by the end of the day: the log's columns from ``due`` to ``counted``.

        Before the end of the day: as far as is known now.
        """
        n, voting = len(self.calm.wait_sum), self.voting
        outlook, counted = self._day(), self._calm_counted.copy()
        day = outlook.table
        suspended, evacuations, abandoned = np.zeros(n), np.zeros(n, np.int64), np.zeros(n, np.int64)
        closed = voting.close + self._base.extended
        for station in self._histories:
            life = self._life_or_fresh(station)
            counted[station] = INF if life.is_abandoned else outlook.counted(station, life)
            suspended[station] = life.suspended_minutes
            evacuations[station] = len(life.conditions.evacuations)
            abandoned[station] = int(life.is_abandoned)
            closed[station] = life.closing
        return {
            "due": day.due,
            "voted": day.voted,
            "lost_deterred": day.lost_deterred,
            "lost_balked": day.lost_balked,
            "lost_impatient": day.lost_impatient,
            "lost_unsupplied": day.lost_unsupplied,
            "lost_evacuated": day.lost_evacuated,
            "deferred": day.deferred,
            "in_line": day.in_line + day.in_room,
            "wait_sum": day.wait_sum,
            "waited_over_30": day.waited_over_30,
            "priority_voted": day.priority_voted,
            "priority_wait_sum": day.priority_wait_sum,
            "opened": np.maximum(voting.open, self._base.opens_at),
            "closed": closed,
            "last_voted": day.last_voted,
            "suspended_minutes": suspended,
            "evacuations": evacuations,
            "abandoned": abandoned,
            "calm_voted": self.calm.voted,
            "calm_wait_sum": self.calm.wait_sum,
            "calm_waited_over_30": self.calm.waited_over_30,
            "calm_last_voted": self.calm.last_voted,
            "counted": np.where(counted <= voting.day_end, counted, np.nan),
        }

    def touched(self) -> Touched:
        """Return what becomes of the stations that something has happened to, if what acts now goes on acting."""
        last = max(self._hours.last_closing, self.env.now)
        lives = {station: later(self._life_or_fresh(station), last) for station in sorted(self._histories)}
        stations = np.array(list(lives), dtype=np.int64)
        day = self._replays.play(list(lives), [life.conditions for life in lives.values()], self.voting.day_end)
        return Touched(
            stations,
            day.voted,
            self.calm.rows(stations).voted,
            np.array([len(life.conditions.evacuations) for life in lives.values()], dtype=np.int64),
            np.array([life.is_abandoned for life in lives.values()], dtype=np.bool_),
        )

    def _last_closing(self) -> Process:
        """Process: at the last possible closing, those who wait are told of stations that are given up then."""
        yield self.env.timeout(max(0.0, self._hours.last_closing - self.env.now))
        for station in self._histories:
            self._life(station)

    def _outage(self, cause: str, outage: Outage) -> Process:
        """Process: servers of a station are out of use for a time."""
        yield self.env.timeout(max(0.0, outage.begin - self.env.now))
        self.impose(outage.station, cause, out=(*(0,) * outage.stage, outage.servers))
        if outage.end < INF:
            yield self.env.timeout(outage.end - self.env.now)
            self.lift(outage.station, cause)

    def _record(self, station: int, *happenings: Happening) -> None:
        """Add to a station's history; its life is told when somebody asks for it."""
        if station not in self._histories:
            self._histories[station], self._acting[station] = [], {}
        history, acting = self._histories[station], self._acting[station]
        felt = self.env.now < self._last_arrival
        for happening in happenings:
            history.append(happening)
            if isinstance(happening, Emptied):
                felt = True
                continue
            before = acting.pop(happening.by, None)
            felt = felt or (before is not None and before.is_felt_inside)
            if isinstance(happening, Imposed):
                felt = felt or happening.cause.is_felt_inside
                acting[happening.by] = happening.cause
        if felt:
            self._tell(station)

    def _known(self, station: int) -> Life | None:
        """Return a station's life up to its latest happening; None: nothing has happened there."""
        history, told = self._histories.get(station, ()), self._told.get(station, 0)
        if told < len(history):
            before = self._lives[station] if told else self._fresh(station)
            self._lives[station], self._told[station] = after(before, *history[told:]), len(history)
        return self._lives.get(station)

    def _life(self, station: int) -> Life | None:
        """Return a station's life until now; None: nothing has happened there."""
        known = self._known(station)
        if known is None or known.phase is SERVING:  # nothing is about to change by itself
            return known
        life = self._lives[station] = later(known, self.env.now)
        if life.conditions is not known.conditions:
            self._tell(station)
        return life

    def _fresh(self, station: int) -> Life:
        return Life(self._hours, at_station(self._base, station))

    def _life_or_fresh(self, station: int) -> Life:
        """Return a station's life until now."""
        return self._life(station) or self._fresh(station)

    def _is_over(self, station: int) -> bool:
        """Return whether a station's day is over: given up, or counted."""
        life = self._life(station)
        if life is not None and life.is_abandoned:
            return True
        return self.env.now >= self.closing(station) and self.env.now >= self.ready(station)

    def _tell(self, station: int) -> None:
        """Tell whoever listens that a station's conditions have changed."""
        self._outdated.add(station)
        self._ready.pop(station, None)
        for listener in self.listeners:
            listener(station)

    def _look(self, station: int, life: Life | None) -> Votes:
        """Return how voting stands now at a station with this life."""
        known = at_station(self._base, station) if life is None else life.conditions
        look = self._replays.play((station,), (known,), self.env.now)
        return Votes(int(look.voted[0]), int(look.in_line[0]), int(look.in_room[0]))

    def _day(self) -> Outlook:
        """Return the day of all stations under the conditions known now; those that have changed are played again."""
        if self._outdated:
            stations = sorted(self._outdated)
            known = [(self._known(station) or self._fresh(station)).conditions for station in stations]
            again = self._replays.play(stations, known, self.voting.day_end)
            self._outlook = self._outlook.replaced(np.array(stations, dtype=np.int64), again)
            self._outdated.clear()
        return self._outlook
