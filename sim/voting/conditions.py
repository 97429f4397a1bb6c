"""What happens to one station during the day: how fast it works, who stays away, when it is emptied or given up."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from sim.errors import UserError
from sim.voting.kernel.inputs import FlatConditions
from sim.words.language import gettext as _
from sim.words.language import marked

__all__ = [
    "INF",
    "Conditions",
    "FlatConditions",
    "Out",
    "Piece",
    "at_station",
    "check_piece",
    "check_stages",
    "flatten",
    "under_deterrence",
    "undisturbed",
    "unflatten",
]

INF = math.inf
_MOST = 1_000_000
"""Servers out of use that can be written down for one stage."""
_NUMBERS = marked("conditions: numbers are needed, times as minutes after midnight, such as 615 for 10:15 ({why})")
Out = tuple[int, ...]
"""Servers out of use at each stage, first to last; stages that are not named have all of theirs."""
Piece = tuple[float, tuple[float, float, Out, bool]]
"""From when on; speed, share deterred, servers out of use, whether the door is open."""


def check_piece(speed: float, deterred: float, out: Out, door_open: bool) -> None:
    """Refuse what cannot be the conditions of a piece.

    Raises:
        UserError: Naming the column and the value.
    """
    if not 0 <= speed < INF:
        raise UserError(_("conditions.speeds must be zero or more, not {speed}").format(speed=speed))
    if not 0 <= deterred <= 1:
        raise UserError(_("conditions.deterred must lie between 0 and 1, not {deterred}").format(deterred=deterred))
    if out and not all(isinstance(n, (int, np.integer)) and 0 <= n <= _MOST for n in out):
        raise UserError(
            _("conditions.out must be whole numbers from 0 to {most:,}, not {out}").format(most=_MOST, out=out)
        )
    if not isinstance(door_open, (bool, np.bool_)):
        raise UserError(_("conditions.door_open must be true or false, not {door_open}").format(door_open=door_open))


@dataclass(frozen=True)
class Conditions:
    """The conditions of one station, piecewise constant in time; times in minutes after midnight.

    Attributes:
        times: When each piece begins, ascending; the first is minus infinity.
        speeds: Speed of all work in the station in each piece: 1 normal, below 1 slowed, 0 stopped.
        deterred: Share of arriving voters who stay away in each piece, 0 to 1.
        evacuations: (emptied at, all-clear at), in order and not overlapping; the all-clear is infinite while unknown.
            Who arrives in between is sent away like those who were inside.
        abandoned_at: When voting was given up for the day; infinite: never.
        out: Servers out of use in each piece; whoever they serve when it begins is still served. More than a stage has
            are all of them. Left out: none are.
        opens_at: Service begins at the hour of opening or at this time, whichever is later.
        extended: Minutes by which the station closes later.
        ballots: Sets of ballots there; infinite: enough.
        door_open: Whether people are let in from the line in each piece. Behind a shut door those in the room are
            served as before. Left out: always.
    """

    times: tuple[float, ...] = (-INF,)
    speeds: tuple[float, ...] = (1.0,)
    deterred: tuple[float, ...] = (0.0,)
    evacuations: tuple[tuple[float, float], ...] = ()
    abandoned_at: float = INF
    out: tuple[Out, ...] = ()
    opens_at: float = -INF
    extended: float = 0.0
    ballots: float = INF
    door_open: tuple[bool, ...] = ()

    def __post_init__(self) -> None:
        if not self.out:
            object.__setattr__(self, "out", ((),) * len(self.times))
        if not self.door_open:
            object.__setattr__(self, "door_open", (True,) * len(self.times))
        _of_numbers(self._check_pieces)
        _of_numbers(self._check_day)

    def _check_day(self) -> None:
        flat = [t for pair in self.evacuations for t in pair]
        if any(not a <= b for a, b in pairwise(flat)):
            raise UserError(
                _("conditions.evacuations must be in order and not overlap, not {evacuations}").format(
                    evacuations=self.evacuations
                )
            )
        if not all(map(math.isfinite, flat[::2])):
            raise UserError(
                _("conditions.evacuations must each begin at a time, not {evacuations}").format(
                    evacuations=self.evacuations
                )
            )
        if not self.abandoned_at > -INF:
            raise UserError(
                _("conditions.abandoned_at must be a time, or infinite for never, not {abandoned_at}").format(
                    abandoned_at=self.abandoned_at
                )
            )
        if not self.opens_at < INF:
            raise UserError(_("conditions.opens_at must be a time, not {opens_at}").format(opens_at=self.opens_at))
        if not 0 <= self.extended < INF:
            raise UserError(
                _("conditions.extended must be zero minutes or more, not {extended}").format(extended=self.extended)
            )
        if not self.ballots >= 0:
            raise UserError(_("conditions.ballots must be zero or more, not {ballots}").format(ballots=self.ballots))

    def _check_pieces(self) -> None:
        if not self.times or {*map(len, (self.speeds, self.deterred, self.out, self.door_open))} != {len(self.times)}:
            raise UserError(
                _("conditions: times, speeds, deterred, out and door_open must have one value for each piece")
            )
        in_order = all(b > a for a, b in pairwise(self.times))
        if self.times[0] != -INF or not in_order or not self.times[-1] < INF:
            raise UserError(
                _("conditions.times must begin at minus infinity and ascend, not {times}").format(times=self.times)
            )
        for piece in zip(self.speeds, self.deterred, self.out, self.door_open, strict=True):
            check_piece(*piece)

    def changing(self, time: float, speed: float, deterred: float, out: Out = (), door_open: bool = True) -> Conditions:
        """Return these conditions with a new piece from ``time`` on; what was planned for later is dropped.

        Raises:
            UserError: For a time that is none, and for whatever else conditions cannot be.
        """
        try:
            if not math.isfinite(time):
                raise UserError(_("conditions: a change must come at a time, not {time}").format(time=time))
            check_piece(speed, deterred, out, door_open)
        except TypeError as error:
            raise UserError(_(_NUMBERS).format(why=error)) from error
        return self.changing_often(((time, (speed, deterred, out, door_open)),))

    def changing_often(self, pieces: Iterable[Piece]) -> Conditions:
        """Return these conditions with several new pieces, one after another, each of which ``changing`` would take."""
        times, rest = list(self.times), list(zip(self.speeds, self.deterred, self.out, self.door_open, strict=True))
        for time, how in pieces:
            while len(times) > 1 and times[-1] >= time:
                times.pop()
                rest.pop()
            if rest[-1] != how:
                times.append(time)
                rest.append(how)
        speeds, deterred, out, door_open = zip(*rest, strict=True)
        return self._with(times=tuple(times), speeds=speeds, deterred=deterred, out=out, door_open=door_open)

    def _with(self, **changed: object) -> Conditions:
        """Return these conditions with some columns changed, not checked again as a whole: it happens all day long."""
        made = object.__new__(Conditions)
        made.__dict__.update(self.__dict__, **changed)
        return made

    def _on_day(self, **changed: object) -> Conditions:
        """Return these conditions on a day that goes otherwise; its pieces are the same and not checked again."""
        made = self._with(**changed)
        _of_numbers(made._check_day)
        return made

    def evacuating(self, time: float) -> Conditions:
        """Return these conditions with everybody sent out at ``time``, the all-clear not yet known."""
        return self._on_day(evacuations=(*self.evacuations, (time, INF)))

    def all_clear(self, time: float) -> Conditions:
        """Return these conditions with the evacuation under way, if any, over at ``time``."""
        if not math.isfinite(time):
            raise UserError(_("conditions: an all-clear must come at a time, not {time}").format(time=time))
        if not self.evacuations or self.evacuations[-1][1] < INF:
            return self
        return self._on_day(evacuations=(*self.evacuations[:-1], (self.evacuations[-1][0], time)))

    def abandoning(self, time: float) -> Conditions:
        """Return these conditions with voting given up at ``time``."""
        return self._on_day(abandoned_at=time)

    def extending(self, minutes: float) -> Conditions:
        """Return these conditions with the station closing so many minutes later than at its regular hour."""
        return self._on_day(extended=minutes)

    def stopped_minutes(self, start: float, end: float) -> float:
        """Return how long nobody was let in between two times: stopped, its door shut, or given up."""
        stopped = 0.0
        if 0.0 not in self.speeds and all(self.door_open):  # as mostly
            return max(0.0, end - max(start, self.abandoned_at))
        ends = (*self.times[1:], INF)
        for time, until, speed, door_open in zip(self.times, ends, self.speeds, self.door_open, strict=True):
            if speed == 0 or not door_open:
                stopped += max(0.0, min(until, end, self.abandoned_at) - max(time, start))
        return stopped + max(0.0, end - max(start, self.abandoned_at))

    def works_at(self, time: float, servers: Sequence[int]) -> bool:
        """Return whether people are let in at a time, and every stage serves them, which have so many servers."""
        piece = bisect_right(self.times, time) - 1
        in_use = all(out < there for out, there in zip(self.out[piece], servers, strict=False))
        return self.speeds[piece] > 0 and self.door_open[piece] and in_use

    def advance(self, start: float, work: float) -> float:
        """Return when work of so many minutes at normal speed, begun at ``start``, is done; infinite while stopped."""
        piece = bisect_right(self.times, start) - 1
        time = start
        while work > 0:
            until = self.times[piece + 1] if piece + 1 < len(self.times) else INF
            speed = self.speeds[piece]
            if speed > 0 and time + work / speed <= until:
                return time + work / speed
            if until == INF:
                return INF
            work -= speed * (until - time)
            time, piece = until, piece + 1
        return time


def _of_numbers(check: Callable[[], None]) -> None:
    """Check conditions; what is no number where one is needed is a mistake like others."""
    try:
        check()
    except TypeError as error:
        raise UserError(_(_NUMBERS).format(why=error)) from error


def flatten(conditions: Sequence[Conditions]) -> FlatConditions:
    """Return the conditions of several stations as the arrays that the kernel reads."""
    pieces = [0, *(len(c.times) for c in conditions)]
    emptied = [0, *(len(c.evacuations) for c in conditions)]
    pairs = [pair for c in conditions for pair in c.evacuations]
    return FlatConditions(
        first=np.array([*accumulate(pieces)]),
        time=np.array([t for c in conditions for t in c.times]),
        speed=np.array([s for c in conditions for s in c.speeds]),
        deterred=np.array([d for c in conditions for d in c.deterred]),
        evacuation_first=np.array([*accumulate(emptied)]),
        evacuated=np.array([e for e, _ in pairs], dtype=np.float64),
        resumed=np.array([r for _, r in pairs], dtype=np.float64),
        out=_rows([out for c in conditions for out in c.out]),
        abandoned_at=np.array([c.abandoned_at for c in conditions], dtype=np.float64),
        opens_at=np.array([c.opens_at for c in conditions], dtype=np.float64),
        extended=np.array([c.extended for c in conditions], dtype=np.float64),
        ballots=np.array([c.ballots for c in conditions], dtype=np.float64),
        door_open=np.array([door for c in conditions for door in c.door_open], dtype=np.bool_),
    )


def check_stages(named: int, stages: int) -> None:
    """Refuse servers out of use at stages that a station does not have.

    Args:
        named: Stages for which conditions say how many servers are out of use.
        stages: Stages of the station.

    Raises:
        UserError: For more than there are.
    """
    if named > stages:
        raise UserError(
            _("conditions.out: servers out of use at stage {named}, but the station has only {stages}").format(
                named=named, stages=stages
            )
        )


def _rows(out: Sequence[Out]) -> NDArray[np.int64]:
    """Return servers out of use as a row for each piece, filled up with zeros."""
    rows = np.zeros((len(out), max(map(len, out), default=0)), dtype=np.int64)
    if rows.size:  # most stations have all their servers
        for row, servers in zip(rows, out, strict=True):
            row[: len(servers)] = servers
    return rows


def unflatten(flat: FlatConditions) -> list[Conditions]:
    """Return the conditions of each station from the arrays."""
    found = []
    for k in range(len(flat.abandoned_at)):
        pieces = slice(int(flat.first[k]), int(flat.first[k + 1]))
        emptied = slice(int(flat.evacuation_first[k]), int(flat.evacuation_first[k + 1]))
        found.append(
            Conditions(
                tuple(flat.time[pieces].tolist()),
                tuple(flat.speed[pieces].tolist()),
                tuple(flat.deterred[pieces].tolist()),
                tuple(zip(flat.evacuated[emptied].tolist(), flat.resumed[emptied].tolist(), strict=True)),
                float(flat.abandoned_at[k]),
                tuple(tuple(row) for row in flat.out[pieces].tolist()),
                float(flat.opens_at[k]),
                float(flat.extended[k]),
                float(flat.ballots[k]),
                tuple(flat.door_open[pieces].tolist()),
            )
        )
    return found


def at_station(flat: FlatConditions, station: int) -> Conditions:
    """Return the conditions of one station of those that nothing happens to all day."""
    return _CALM._with(
        deterred=(float(flat.deterred[station]),),
        opens_at=float(flat.opens_at[station]),
        extended=float(flat.extended[station]),
        ballots=float(flat.ballots[station]),
    )


_CALM = Conditions()


def undisturbed(deterred: NDArray[np.float64]) -> FlatConditions:
    """Return the conditions of stations where nothing happens all day, a share of their voters kept away by guards."""
    n = len(deterred)
    return FlatConditions(
        first=np.arange(n + 1),
        time=np.full(n, -INF),
        speed=np.ones(n),
        deterred=np.ascontiguousarray(deterred, dtype=np.float64),
        evacuation_first=np.zeros(n + 1, dtype=np.int64),
        evacuated=np.empty(0),
        resumed=np.empty(0),
        out=np.zeros((n, 0), dtype=np.int64),
        abandoned_at=np.full(n, INF),
        opens_at=np.full(n, -INF),
        extended=np.zeros(n),
        ballots=np.full(n, INF),
        door_open=np.ones(n, dtype=np.bool_),
    )


def under_deterrence(
    calm: FlatConditions,
    stations: NDArray[np.int64],
    first: NDArray[np.int64],
    time: NDArray[np.float64],
    deterred: NDArray[np.float64],
) -> FlatConditions:
    """Return the conditions of some stations where nothing happens all day but that voters stay away.

    Args:
        calm: The conditions of all stations when nothing happens.
        stations: Which.
        first: (stations + 1) where each station's pieces begin.
        time: When each piece begins, minutes after midnight.
        deterred: Share of arriving voters who stay away in each piece, 0 to 1.
    """
    n, pieces = len(stations), len(time)
    return FlatConditions(
        first=first,
        time=time,
        speed=np.ones(pieces),
        deterred=deterred,
        evacuation_first=calm.evacuation_first[: n + 1],  # all zero
        evacuated=calm.evacuated,
        resumed=calm.resumed,
        out=np.zeros((pieces, 0), dtype=np.int64),
        abandoned_at=calm.abandoned_at[stations],
        opens_at=calm.opens_at[stations],
        extended=calm.extended[stations],
        ballots=calm.ballots[stations],
        door_open=np.ones(pieces, dtype=np.bool_),
    )
