"""Which ways units went while they could be sent: two tables of a day's log, tracks and ways.

Most units are on their own round, which is the same every day and stands in the run's folder once; of these the log
says since when. Every other way is told piece by piece.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from sim.coverage.inputs import Floats, Ints, Rounds
from sim.log import OWN_ROUND, Columns, dtypes
from sim.region.position import Motion, Position, Standing
from sim.region.round import Round
from sim.region.route import Route, pieces, resting_at
from sim.response.journey import Journey
from sim.response.plan import ResponsePlan

_TRACKS, _WAYS = "tracks", "ways"


class Once(NamedTuple):
    """A way that is gone once, and since when, minutes after midnight."""

    route: Route
    began: float

    def at(self, time: float) -> Position:
        """Return where somebody on it is at this time."""
        return self.route.at(time - self.began)


class OnRounds(NamedTuple):
    """Stretches in which units are on their own rounds, an entry each.

    Attributes:
        unit: Who.
        start: From when on, minutes after midnight.
        end: Up to when.
        began: When the round would have begun that takes it past where it is.
    """

    unit: Ints
    start: Floats
    end: Floats
    began: Floats


class Tracks:
    """What was seen of a day.

    Attributes:
        rounds: Who was on his own round when.
        elsewhere: Who moved otherwise, or stood elsewhere than at home: unit, from when on, up to when, and how.
    """

    def __init__(self) -> None:
        none = np.empty(0)
        self.rounds = OnRounds(none.astype(np.int64), none, none, none)
        self.elsewhere: list[tuple[int, float, float, Motion]] = []


_Way = Route | Position
"""A way that is gone, or the place of one who stands."""
_Part = tuple[float, float, float, _Way, float]
"""A part of a stretch in which one way is gone: from when on, up to when, since when, which, and its period."""


def track_columns(tracks: Tracks, plan: ResponsePlan, rounds: Rounds) -> dict[str, Columns]:
    """Return the tables of tracks and of ways.

    Args:
        tracks: What was seen of the day.
        plan: The response under the strategy.
        rounds: The units' own rounds.
    """
    ways, rows = _Ways(), []
    for unit, *stretch, motion in tracks.elsewhere:
        for start, end, began, way, period in _parts(motion, *stretch):
            if start < end or period:
                rows.append((unit, start, end, ways.number(way), began, period))
    on, kinds = tracks.rounds, dtypes(_TRACKS)
    own = (on.unit, on.start, on.end, np.full(len(on.unit), OWN_ROUND), on.began, rounds.period[on.unit])
    others = zip(*rows, strict=True) if rows else ((),) * len(kinds)
    whole = [np.concatenate((mine, other)) for mine, other in zip(own, map(np.array, others), strict=True)]
    units = whole[0].astype(np.int64)
    order = np.lexsort((whole[1], units))
    whole[0] = plan.records["unit"][units]
    made = {name: c[order].astype(kind) for (name, kind), c in zip(kinds.items(), whole, strict=True)}
    return {_TRACKS: made, _WAYS: ways.columns()}


def _parts(motion: Motion, start: float, end: float) -> Iterator[_Part]:
    """Give the ways of a stretch, in order."""
    match motion:
        case Standing():
            yield start, end, start, motion.position, 0.0
        case Once():
            yield start, end, motion.began, motion.route, 0.0
        case Round():
            joined = motion.began + motion.lead.minutes
            if motion.lead.minutes:
                yield start, min(end, joined), motion.began, motion.lead, 0.0
            period = motion.cycle.minutes
            yield min(max(start, joined), end), end, joined - motion.joins if period else joined, motion.cycle, period
        case Journey():
            plans = motion.plans
            ends = [*(began for began, _ in plans[1:]), end]
            for (began, route), over in zip(plans, ends, strict=True):
                yield max(start, began), min(end, over), began, route, 0.0
        case _:
            raise TypeError(f"{type(motion).__name__}: which way it goes is not known")


class _Ways:
    """The ways of a day, each told once, whoever goes it how often."""

    def __init__(self) -> None:
        self._rows: list[tuple[object, ...]] = []
        self._numbers: dict[_Way, int] = {}

    def number(self, way: _Way) -> int:
        """Return the number of a way."""
        if way not in self._numbers:
            self._numbers[way] = len(self._numbers)
            self._tell(self._numbers[way], way)
        return self._numbers[way]

    def _tell(self, number: int, way: _Way) -> None:
        if isinstance(way, Route):
            self._rows += [(number, begin, *piece) for begin, piece in pieces(way)]
            self._rows.append((number, way.minutes, *resting_at(way.end)))
        else:
            self._rows.append((number, 0.0, *resting_at(way)))

    def columns(self) -> Columns:
        """Return the table of ways."""
        kinds = dtypes(_WAYS)
        told = zip(*self._rows, strict=True) if self._rows else ((),) * len(kinds)
        return {name: np.array(column, dtype=kind) for (name, kind), column in zip(kinds.items(), told, strict=False)}
