"""What has happened to the stations of a day until now, and which of them needs a life of its own for it."""

from __future__ import annotations

from collections.abc import Iterator, KeysView
from itertools import filterfalse

import numpy as np

from sim.voting.conditions import FlatConditions
from sim.voting.deterrence import Deterrence, deterring
from sim.voting.engine import Floats, Ints
from sim.voting.life import Happening, Hours, Imposed, Lifted
from sim.voting.lives import Lives

_NOWHERE = frozenset[int]()


class Happened:
    """What has happened to stations.

    Most of them only lose voters. That is noted for all of them together; a station to which anything else happens has
    a life from then on.

    Args:
        hours: The rules of their hours.
        calm: The conditions of all stations when nothing happens.

    Attributes:
        deterrence: What has kept voters away; read for stations without a life.
        lives: The lives of the others.
    """

    def __init__(self, hours: Hours, calm: FlatConditions) -> None:
        self.deterrence = Deterrence(calm)
        self.lives = Lives(hours, calm)
        self._stations: dict[int, None] = {}  # in the order in which something first happened to them
        self._acting: dict[str, set[int]] = {}

    @property
    def stations(self) -> KeysView[int]:
        """The stations to which something has happened, for who asks it of many."""
        return self._stations.keys()

    def __contains__(self, station: int) -> bool:
        return station in self._stations

    def __iter__(self) -> Iterator[int]:
        return iter(self._stations)

    def without_life(self) -> Ints:
        """Return the stations to which nothing has happened but that voters stayed away."""
        lived = self.lives.stations
        return np.array([*filterfalse(lived.__contains__, self._stations)], dtype=np.int64)

    def with_life(self) -> list[int]:
        """Return the others, in the order in which something first happened to them."""
        return [*filter(self.lives.stations.__contains__, self._stations)]

    def history(self, station: int) -> list[Happening]:
        """Return what has happened to a station, in order of time."""
        if station in self.lives:
            return self.lives.history(station)
        return self.deterrence.history(station) if station in self._stations else []

    def where_acts(self, cause: str) -> set[int] | frozenset[int]:
        """Return the stations to which a cause does something now."""
        return self._acting.get(cause, _NOWHERE)

    def deter(self, time: float, cause: str, stations: Ints, shares: Floats) -> list[int]:
        """Let a cause keep a share of voters away from stations, and do nothing else there any more.

        Return the stations where those who are there feel it.
        """
        which = stations.tolist()
        self._acting.setdefault(cause, set()).update(which)
        self._stations.update(dict.fromkeys(which))
        self.deterrence.add(time, cause, stations, shares)
        lives, lived = self.lives, self.lives.stations
        if lived.isdisjoint(which):
            return []
        share = dict(zip(which, shares.tolist(), strict=True))
        with_life = filter(lived.__contains__, which)
        return [station for station in with_life if lives.add(station, deterring(time, cause, share[station]))]

    def lift(self, time: float, cause: str, stations: list[int]) -> list[int]:
        """Let a cause do nothing any more to stations to which it does something; return where it is felt inside."""
        self._acting.get(cause, set()).difference_update(stations)
        lives, lived, lifted = self.lives, self.lives.stations, Lifted(time, cause)
        with_life = [*filter(lived.__contains__, stations)]
        without_life = [*filterfalse(lived.__contains__, stations)] if with_life else stations
        if without_life:  # those with a life are told of it there
            self.deterrence.add(time, cause, np.array(without_life, dtype=np.int64), np.nan)
        return [station for station in with_life if lives.add(station, lifted)]

    def add(self, station: int, *happenings: Happening) -> None:
        """Let more happen to a station than that voters stay away."""
        self.begin_life(station)
        for happening in happenings:
            self.lives.add(station, happening)
            if isinstance(happening, Imposed):
                self._acting.setdefault(happening.by, set()).add(station)

    def begin_life(self, station: int) -> None:
        """Give a station a life of its own, if it has none yet."""
        if station not in self.lives:
            self.lives.begin(station, self.history(station))
            self._stations.setdefault(station)
