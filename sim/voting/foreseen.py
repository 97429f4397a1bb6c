"""How voting stands at stations and will end, as far as is known: played when somebody asks, if it has changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from sim.config.voting import VotingSettings
from sim.voting.conditions import INF, Conditions, FlatConditions
from sim.voting.engine import Ints, StationTable
from sim.voting.happened import Happened
from sim.voting.life import Life, later
from sim.voting.outlook import Outlook
from sim.voting.replays import Counted, Replays, Votes


class Foreseen:
    """Plays the stations of one day under the conditions known when somebody asks.

    Those that nothing has happened to are read from the calm twin.

    Args:
        voting: The settings.
        calm: The day without disturbance.
        base: The conditions of all stations when nothing happens.
        happened: What has happened to stations.
        replays: Plays stations, and may keep what came of them.
    """

    def __init__(
        self,
        voting: VotingSettings,
        calm: StationTable,
        base: FlatConditions,
        happened: Happened,
        replays: Replays,
    ) -> None:
        self._calm = calm
        self._voting = voting
        self._base = base
        self._happened = happened
        self._replays = replays
        self._outdated: dict[int, float] = {}  # whose conditions have changed since they were played, first when
        self._given_up: dict[int, float] = {}  # likewise: nobody asks what becomes of them before the end of the day
        self._played: dict[int, Conditions] = {}  # under which stations with a life were played to the end last

    @cached_property
    def calm_counted(self) -> Counted:
        """When each station will have counted to which nothing happens."""
        return self._replays.counted(self._calm, self._voting.close + self._base.extended)

    @cached_property
    def _outlook(self) -> Outlook:
        return self.calm_counted.outlook

    def outdate(self, stations: Iterable[int], now: float) -> None:
        """Note that the conditions of some stations change now."""
        new = dict.fromkeys(set(stations).difference(self._outdated), now)  # most of them have changed before
        for station in self._given_up.keys() & new:
            new[station] = self._given_up.pop(station)
        self._outdated.update(new)

    def day(self, now: float) -> Outlook:
        """Return the day of all stations under the conditions known now; those that have changed are played again."""
        self._outdated |= self._given_up
        self._given_up.clear()
        self._play_outdated(now, given_up=True)
        return self._outlook

    def counted(self, station: int, life: Life, now: float) -> float:
        """Return when a station with this life will have counted, as far as is known now; it is not given up."""
        if station in self._outdated:
            self._play_outdated(now)
        return self._outlook.counted(station, life)

    def is_counting(self, station: int, now: float) -> bool:
        """Return whether a station without a life has served everybody by now, and is closed.

        Its servers never stand still. So nobody is left in its line when the last who votes has gone.
        """
        if station in self._outdated:
            self._play_outdated(now)
        closing = self._voting.close + self._base.extended.item(station)
        return self._outlook.work.item(station) < INF and self._outlook.begun_at(station, closing) <= now

    def deterred_counted(self, stations: Ints, now: float) -> list[float]:
        """Return the same for stations to which nothing has happened but that voters stayed away."""
        self._play_outdated(now)
        day, closing = self._outlook, self._voting.close + self._base.extended
        counted = self._happened.deterrence.done(stations, day.begun(closing)[stations], day.work[stations])
        return list(counted.tolist())

    def _play_outdated(self, now: float, *, given_up: bool = False) -> None:
        """Play stations again whose conditions have changed, all of them together, whoever is asked for first.

        Those where voting is given up are left for later unless they are asked for: more may happen to them. Those
        that had served everybody before anything changed would be played for nothing.
        """
        if not self._outdated:
            return
        since, self._outdated = self._outdated, {}
        end, lives, outdated = self._voting.day_end, self._happened.lives, sorted(since)
        having = lives.stations
        deterred = np.array([station for station in outdated if station not in having], dtype=np.int64)
        if len(deterred):
            self._outlook = self._outlook.replaced(deterred, self.play_deterred(deterred, end))
        day, servers = self._outlook, [stage.servers for stage in self._voting.stages]
        lived = {s: later(lives.known(s), now) for s in outdated if s in having}
        lived = {s: life for s, life in lived.items() if not day.is_settled(s, life, since[s], servers)}
        if not given_up:
            self._given_up.update((s, since[s]) for s, life in lived.items() if life.is_abandoned)
        known = {s: life.conditions for s, life in lived.items() if s not in self._given_up}
        changed = {s: conditions for s, conditions in known.items() if self._played.get(s) != conditions}
        if changed:
            again = self._replays.play([*changed], [*changed.values()], end)
            self._outlook = self._outlook.replaced(np.array([*changed]), again)
            self._played.update(changed)

    def votes(self, station: int, life: Life | None, now: float) -> Votes:
        """Return how voting stands now at a station.

        Args:
            station: Which.
            life: Its life until now; None: nothing has happened there but that voters stayed away.
            now: Minutes after midnight.
        """
        if life is not None:
            return self._replays.votes(station, life.conditions, life.conditions, now)
        deterrence, which = self._happened.deterrence, np.array([station])
        if station not in self._happened.stations:
            mark = self._base.deterred.item(station)
            return self._replays.votes(station, mark, lambda: deterrence.conditions(which), now)
        marks, conditions = deterrence.marked(which)
        return self._replays.votes(station, marks[0], lambda: conditions((0,)), now)

    def play_deterred(self, stations: Ints, until: float) -> StationTable:
        """Return what stations have done by a moment to which nothing has happened but that voters stayed away."""
        return self._replays.play_marked(stations, *self._happened.deterrence.marked(stations), until)

    def play(self, stations: Sequence[int], lives: Sequence[Life], until: float) -> StationTable:
        """Return what stations with these lives have done by a moment."""
        return self._replays.play(stations, [life.conditions for life in lives], until)
