"""The lives of the stations to which more happens than that voters stay away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, KeysView

from sim.voting.conditions import FlatConditions, at_station
from sim.voting.life import SERVING, Emptied, Happening, Hours, Imposed, Life, PutOff, after, later


class Lives:
    """What has happened to stations, and what follows from it, worked out when somebody asks.

    Args:
        hours: The rules of their hours.
        calm: The conditions of all stations when nothing happens.
    """

    def __init__(self, hours: Hours, calm: FlatConditions) -> None:
        self._hours = hours
        self._calm = calm
        self._histories: dict[int, list[Happening]] = {}
        self._known: dict[int, Life] = {}
        self._felt_inside = set[tuple[int, str]]()  # where a cause does more than keep others away
        self._told: dict[int, int] = {}  # how much of its history a station's life knows

    def __contains__(self, station: int) -> bool:
        return station in self._histories

    def __iter__(self) -> Iterator[int]:
        return iter(self._histories)

    @property
    def stations(self) -> KeysView[int]:
        """The stations that have a life here, for who asks it of many."""
        return self._histories.keys()

    def begin(self, station: int, history: Iterable[Happening]) -> None:
        """Take over a station to which this has happened until now."""
        self._histories[station], self._known[station], self._told[station] = list(history), self.fresh(station), 0

    def add(self, station: int, happening: Happening) -> bool:
        """Add to a station's history; its life is told when somebody asks for it.

        Return whether those who are there feel it: whether it does, or ends, more than keeping others away.
        """
        self._histories[station].append(happening)
        if isinstance(happening, Emptied | PutOff):
            return True
        one, felt = (station, happening.by), self._felt_inside
        before = one in felt
        if isinstance(happening, Imposed) and happening.cause.is_felt_inside:
            felt.add(one)
            return True
        felt.discard(one)
        return before

    def history(self, station: int) -> list[Happening]:
        """Return what has happened to a station, in order of time."""
        return self._histories[station]

    def fresh(self, station: int) -> Life:
        """Return the life of a station to which nothing has happened."""
        return Life(self._hours, at_station(self._calm, station))

    def known(self, station: int) -> Life:
        """Return a station's life up to its latest happening, or to the latest moment at which it was asked for."""
        history, told, known = self._histories[station], self._told[station], self._known[station]
        if told < len(history):
            known = self._known[station] = after(known, *history[told:])
            self._told[station] = len(history)
        return known

    def until(self, station: int, time: float) -> Life:
        """Return a station's life until a moment, now or later."""
        known = self.known(station)
        if known.phase is not SERVING:  # something may be about to change by itself
            known = self._known[station] = later(known, time)
        return known
