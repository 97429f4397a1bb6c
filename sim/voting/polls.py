"""All stations of a day on its clock: disturbances impose conditions on them, and are told what people are there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from itertools import filterfalse

import numpy as np
import simpy

from sim.clock import Process, at_once, later
from sim.config.voting import VotingSettings
from sim.log import Columns
from sim.vocabulary import StationState
from sim.voting.conditions import INF, Out, check_piece, check_stages, flatten
from sim.voting.draws import VoterDraws
from sim.voting.engine import FOLLOWERS, Floats, Ints, StationTable, VoterTimes
from sim.voting.foreseen import Foreseen
from sim.voting.happened import Happened
from sim.voting.life import SERVING, Cause, Emptied, Happening, Imposed, Life, PutOff, hours_of
from sim.voting.life import later as life_at
from sim.voting.replays import Replays, Votes
from sim.voting.rules import rules_of
from sim.voting.touched import Touched
from sim.voting.trouble import Outage, Stop, Troubles, calm_conditions

DECISION = "decision of whoever is in charge"
"""The cause that shuts a station's door because somebody says so."""


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
        base_deterred: Floats,
        troubles: Troubles | None = None,
        replays: Replays | None = None,
    ) -> None:
        self.env = env
        self.draws = draws
        self.voting = voting
        self.calm = calm
        self._hours = hours_of(voting)
        self._base = calm_conditions(voting, base_deterred, troubles)
        self._regular_closing: list[float] = (voting.close + self._base.extended).tolist()
        self._last_arrival = self._hours.last_closing  # from then on it matters to nobody who is kept away
        self._happened = Happened(self._hours, self._base)
        self._deterrence, self._lives = self._happened.deterrence, self._happened.lives
        self._touched, self._lived = self._happened.stations, self._lives.stations
        played_by = replays if replays is not None else Replays(draws, voting)
        self._foreseen = Foreseen(voting, calm, self._base, self._happened, played_by)
        self._seen: dict[int, tuple[tuple[float, int], Life | None, Votes]] = {}
        self._ready: dict[int, float] = {}  # when a station will have counted, until its conditions change
        self.listeners: list[Callable[[int], None]] = []
        """Are told the station whenever its conditions have changed."""
        env.process(self._last_closing())
        if troubles is not None and troubles.outages:
            at_once(env, partial(self._expect, troubles.outages))
        if troubles is not None and troubles.put_off:
            at_once(env, partial(self._expect_stops, troubles.put_off))

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
        how = Cause(speed, deterred, door_open, out)
        if how.is_felt_inside:
            self._record(station, Imposed(self.env.now, cause, how))
        else:
            self.deter(np.array([station]), np.array([deterred], dtype=np.float64), cause)

    def deter(self, stations: Ints, shares: Floats, cause: str) -> None:
        """Let a cause do nothing but keep voters away, a share of them at each of some stations, from now on.

        Args:
            stations: Where, each once.
            shares: Share of arriving voters who stay away at each.
            cause: Who or what acts.

        Raises:
            UserError: For a share that cannot be.
        """
        if not ((shares >= 0.0) & (shares <= 1.0)).all():
            for share in shares.tolist():
                check_piece(1.0, share, (), True)
        felt = self._happened.deter(self.env.now, cause, stations, shares)
        self._tell(stations.tolist() if self.env.now < self._last_arrival else felt)

    def lift(self, station: int, cause: str) -> None:
        """End what a cause does to a station; nothing happens when it does nothing there.

        A station that stood still serves again ``restart_minutes`` after its last stopping cause is gone. When that
        would not be before closing, a stop that began before closing becomes an abandonment; one that began later, with
        the line or the count still under way, is only a pause.
        """
        self.lift_all((station,), cause)

    def lift_all(self, stations: Collection[int], cause: str) -> None:
        """End what a cause does to some stations, as ``lift`` does for one."""
        acting = self._happened.where_acts(cause)
        ended = list(stations) if acting.issuperset(stations) else [s for s in stations if s in acting]
        felt = self._happened.lift(self.env.now, cause, ended)
        self._tell(ended if self.env.now < self._last_arrival else felt)

    def close(self, station: int) -> None:
        """Shut a station's door because somebody in charge says so, until it is opened; who is inside still votes."""
        self.impose(station, DECISION, door_open=False)

    def open(self, station: int) -> None:
        """Take back the decision to shut a station's door; whatever else stops it goes on doing so."""
        self.lift(station, DECISION)

    def acts(self, station: int, cause: str) -> bool:
        """Return whether a cause does something to a station now."""
        return station in self._happened.where_acts(cause)

    def evacuate(self, station: int, cause: str, *, for_good: bool = False) -> int:
        """Empty a station and stop it; people may come back after the all-clear. Return how many leave.

        The all-clear is the end of the last cause that stops it. Nobody is there, and 0 is returned, while a station is
        evacuated already and after its day is over. After closing, or ``for_good``, an evacuation means that voting or
        counting does not go on: the station is abandoned.
        """
        people, over, now = self.crowd(station), self._is_over(station), self.env.now
        self._happened.begin_life(station)
        acting = self._lives.known(station).causes.get(cause, Cause())
        stop = Imposed(now, cause, Cause(speed=0.0, deterred=acting.deterred))
        self._record(station, *((stop,) if over else (stop, Emptied(now, for_good))))
        return people

    def state(self, station: int) -> StationState:
        """Return what a station is doing now."""
        over = self._is_over(station)
        life = self._life(station) or self._lives.fresh(station)
        return life.state(self.env.now, self.env.now if over else INF)

    def history(self, station: int) -> tuple[Happening, ...]:
        """Return what has happened to a station, in order of time."""
        return tuple(self._happened.history(station))

    def votes_so_far(self, station: int) -> Votes:
        """Return how voting stands at a station now."""
        return self._votes(station, self._life(station))

    def closing(self, station: int) -> float:
        """Return when a station closes to those who come, as far as is known now."""
        return self._closing(station, self._life(station))

    def crowd(self, station: int) -> int:
        """Return the people at a station now: in line and inside; spectators while it counts; 0 when it is over."""
        now = self.env.now
        if station not in self._touched and now >= self._foreseen.calm_counted.ready[station]:
            return 0
        life = self._life(station)
        if life is not None and (life.is_abandoned or life.is_evacuated):
            return 0
        is_open = now < self._closing(station, life)
        if not is_open and now >= self._ready_with(station, life):
            return 0
        if is_open or life is not None or not self._foreseen.is_counting(station, now):
            votes = self._votes(station, life)
            present = votes.in_line + votes.in_room
            if present or is_open:
                return present
        return round(self.voting.counting.spectators)

    def follow(self, station: int) -> VoterTimes:
        """Return what every voter of a station has done until now."""
        life, which = self._life(station), np.array([station])
        known = self._deterrence.conditions(which) if life is None else flatten([life.conditions])
        return FOLLOWERS[self.voting.engine](self.draws, rules_of(self.voting), known, which, self.env.now)[1]

    def ready(self, station: int) -> float:
        """Return when a station's boxes can leave as far as is known now: counted, or sealed where voting was given up.

        Infinite while it stands still, or cannot serve its line before the end of the day.
        """
        return self._ready_with(station, self._life(station))

    def _ready_with(self, station: int, life: Life | None) -> float:
        """Return the same of a station that has this life now."""
        if station not in self._touched:
            return self._foreseen.calm_counted.ready[station]
        if life is not None and life.is_abandoned:
            return INF if life.sealed_at is None else life.sealed_at
        if station not in self._ready:
            if life is None:
                self._reckon_deterred()
            else:
                self._ready[station] = self._foreseen.counted(station, life, self.env.now)
        return self._ready[station]

    def _reckon_deterred(self) -> None:
        """Note when stations will have counted to which nothing has happened but that voters stayed away.

        It is done for all of them at once: at closing each of them is asked for.
        """
        deterred = [*filterfalse(self._ready.__contains__, self._happened.without_life().tolist())]
        if deterred:
            counted = self._foreseen.deterred_counted(np.array(deterred, dtype=np.int64), self.env.now)
            self._ready.update(zip(deterred, counted, strict=True))

    def all_ready(self) -> list[float]:
        """Return the same for every station; to most nothing has happened."""
        ready = list(self._foreseen.calm_counted.ready)
        self._reckon_deterred()
        for station in self._happened.without_life().tolist():
            ready[station] = self._ready[station]
        for station in self._lives:
            ready[station] = self.ready(station)
        return ready

    def is_before_count(self, station: int, time: float) -> bool:
        """Return whether its hours alone tell that no boxes of a station can leave at a time: nobody need play it.

        None does before the hour of closing, unless voting was given up there.
        """
        if time >= self.voting.close:
            return False
        life = self._life(station)
        return life is None or not life.is_abandoned

    def table(self) -> Columns:
        """Return what becomes of every station by the end of the day: the log's columns from ``due`` to ``counted``.

        Before the end of the day: as far as is known now.
        """
        n, voting = len(self.calm.wait_sum), self.voting
        outlook, deterred = self._foreseen.day(self.env.now), self._happened.without_life()
        day, counted = outlook.table, self._foreseen.calm_counted.when.copy()
        suspended, evacuations, abandoned = np.zeros(n), np.zeros(n, np.int64), np.zeros(n, np.int64)
        closed = voting.close + self._base.extended
        begun = outlook.begun(closed)[deterred]
        counted[deterred] = self._deterrence.done(deterred, begun, outlook.work[deterred])
        for station in self._lives:
            life = self._lives.until(station, self.env.now)
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
            "calm_deferred": self.calm.deferred,
            "calm_wait_sum": self.calm.wait_sum,
            "calm_waited_over_30": self.calm.waited_over_30,
            "calm_last_voted": self.calm.last_voted,
            "counted": np.where(counted <= voting.day_end, counted, np.nan),
        }

    def touched(self) -> Touched:
        """Return what becomes of the stations that something has happened to, if what acts now goes on acting."""
        now, end, deterred, lived = self.env.now, self.voting.day_end, self._happened.without_life(), list(self._lives)
        last = max(self._hours.last_closing, now)
        lives = [life_at(self._lives.until(station, now), last) for station in lived]
        again = self._foreseen.play(lived, lives, end)
        stations = np.concatenate((deterred, np.array(lived, dtype=np.int64)))
        order = np.argsort(stations)
        emptied = np.array([0] * len(deterred) + [len(life.conditions.evacuations) for life in lives], dtype=np.int64)
        abandoned = np.array([False] * len(deterred) + [life.is_abandoned for life in lives], dtype=np.bool_)
        return Touched(
            stations[order],
            np.concatenate((self._foreseen.play_deterred(deterred, end).voted, again.voted))[order],
            self.calm.rows(stations[order]).voted,
            emptied[order],
            abandoned[order],
        )

    def _last_closing(self) -> Process[None]:
        """Process: at the last possible closing, those who wait are told of stations that are given up then."""
        yield self.env.timeout(max(0.0, self._hours.last_closing - self.env.now))
        for station in self._happened.with_life():
            self._life(station)

    def _expect(self, outages: Sequence[Outage], _: simpy.Event) -> None:
        """Let servers be out of use when their times come."""
        for number, outage in enumerate(outages):
            later(self.env, outage.begin, partial(self._begin_outage, f"trouble {number}", outage))

    def _begin_outage(self, cause: str, outage: Outage, _: simpy.Event) -> None:
        """Put servers of a station out of use for a time."""
        self.impose(outage.station, cause, out=(*(0,) * outage.stage, outage.servers))
        if outage.end < INF:
            later(self.env, outage.end, lambda _: self.lift(outage.station, cause))

    def _expect_stops(self, stops: Sequence[Stop], _: simpy.Event) -> None:
        """Let polls be put off when their times come."""
        for stop in stops:
            later(self.env, stop.time, partial(self._put_off, stop.station))

    def _put_off(self, station: int, _: simpy.Event) -> None:
        """Put the poll of a station off to another day, unless voting is given up there or over."""
        if not self._is_over(station):
            self._record(station, PutOff(self.env.now))

    def _record(self, station: int, *happenings: Happening) -> None:
        """Add to a station's history what those who are there feel."""
        self._happened.add(station, *happenings)
        self._tell([station])

    def _life(self, station: int) -> Life | None:
        """Return a station's life until now; None: nothing has happened there but that voters stayed away."""
        if station not in self._lived:
            return None
        known = self._lives.known(station)
        if known.phase is SERVING:  # as mostly: nothing changes by itself
            return known
        life = self._lives.until(station, self.env.now)
        if life.conditions is not known.conditions:
            self._tell([station])
        return life

    def _closing(self, station: int, life: Life | None) -> float:
        """Return when a station closes that has this life now."""
        return self._regular_closing[station] if life is None else life.closing

    def _votes(self, station: int, life: Life | None) -> Votes:
        """Return how voting stands now at a station that has this life."""
        moment = self.env.now, self._deterrence.length if life is None else 0
        seen = self._seen.get(station)
        if seen is None or seen[0] != moment or seen[1] is not life:  # who asks once often asks again at that moment
            seen = self._seen[station] = moment, life, self._foreseen.votes(station, life, self.env.now)
        return seen[2]

    def _is_over(self, station: int) -> bool:
        """Return whether a station's day is over: given up, or counted."""
        life, now = self._life(station), self.env.now
        if life is not None and life.is_abandoned:
            return True
        return now >= self._closing(station, life) and now >= self._ready_with(station, life)

    def _tell(self, stations: Sequence[int]) -> None:
        """Tell whoever listens that the conditions of some stations have changed."""
        self._foreseen.outdate(stations, self.env.now)
        for station in stations if self._ready or self.listeners else ():
            self._ready.pop(station, None)
            for listener in self.listeners:
                listener(station)
