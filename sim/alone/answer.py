"""What became of calls and units: the record of a run, and all that is told from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.alone.calls import ANYWHERE, Calls
from sim.alone.choices import CallFate, WhenBusy
from sim.alone.choose import NOBODY
from sim.alone.city import City
from sim.alone.events import Conduct, Played
from sim.alone.given import number, table, whole
from sim.errors import UserError
from sim.inference.resample import day_weights, interval
from sim.vocabulary import Severity
from sim.words.language import gettext as _
from sim.words.language import marked

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
MOST_TOLD_UNITS = 16
"""Units whose states are told one by one: 65,536 of them, more than anybody reads."""


class Known(NamedTuple):
    """The calls of a run as one would see them who knew all of them beforehand: for the best dispatch there could be.

    Attributes:
        times: When each call had been handled, minutes.
        deadlines: When somebody should be there.
        minutes: (units, calls) from the order to the arrival, by mean mobilisation and the way.
        ends: (units, calls) from the order until the unit is free again.
        ways: (units, calls) minutes of the way there, without getting ready.
        soonest: (calls) when the work at each could have been done at the soonest, whoever went, minutes.
    """

    times: Floats
    deadlines: Floats
    minutes: Floats
    ends: Floats
    ways: Floats
    soonest: Floats


@dataclass(frozen=True, eq=False, repr=False)
class DispatchResult:
    """A run of dispatch alone.

    What is told of calls is told of those that came in the window, each played to its end; what is told of time
    (workload, states, the line) is told of the window.

    Attributes:
        city: Units, places and the rule.
        asked: The calls.
        played: What became of each.
        conduct: How they were dealt with.
        window: From when to when, minutes: after the warm-up until the end.
    """

    city: City
    asked: Calls
    played: Played
    conduct: Conduct
    window: tuple[float, float]

    def __repr__(self) -> str:
        begin, end = (minutes / 60.0 for minutes in self.window)
        calls, rule = f"{int(self.counted.sum()):,} calls", self.city.dispatch.policy
        return f"<DispatchResult: {calls}, {len(self.city.teams)} units, {rule}, hours {begin:g} to {end:g}>"

    @cached_property
    def counted(self) -> NDArray[np.bool_]:
        """Which calls came in the window."""
        came, (begin, end) = self.asked.came, self.window
        return (came >= begin) & (came <= end)

    @cached_property
    def calls(self) -> pd.DataFrame:
        """One row a call, also before the window.

        ``call``, ``place`` (empty: anywhere), ``severity``, ``fate``, ``unit`` (empty: nobody); ``came``, ``handled``,
        ``ordered``, ``departed``, ``arrived``, ``released``, ``free`` in minutes; ``wait`` (from coming to the order)
        and ``response`` (from coming to the arrival), minutes. NaN: never. ``taken``: how often its unit was taken
        from it for a worse one; then ``unit``, ``released`` and ``free`` are of the last that came, the rest of the
        first.
        """
        import pandas as pd

        played, came = self.played, self.asked.came
        places, units = [*self.city.places, ""], [*(team.name for team in self.city.teams), ""]
        assert places[ANYWHERE] == units[NOBODY] == ""
        return pd.DataFrame(
            {
                "call": np.arange(len(came)),
                "place": np.array(places, dtype=object)[self.asked.place],
                "severity": np.array([s.word for s in Severity], dtype=object)[self.asked.severity],
                "fate": np.array(self._fates(), dtype=object),
                "unit": np.array(units, dtype=object)[played.unit],
                "came": came,
                **{name: getattr(played, name) for name in _TIMES},
                "wait": self.wait,
                "response": self.response,
                "taken": np.maximum(np.bincount(played.turns.call, minlength=len(came)) - 1, 0),
            }
        )

    def _fates(self) -> list[str]:
        otherwise = CallFate.LOST if self.conduct.when_busy is WhenBusy.LOST else CallFate.NEVER
        return [str(CallFate.SERVED if unit != NOBODY else otherwise) for unit in self.played.unit.tolist()]

    @property
    def wait(self) -> Floats:
        """Minutes from a call to the order, one each; NaN: never."""
        return self.played.ordered - self.asked.came

    @property
    def response(self) -> Floats:
        """Minutes from a call to the arrival, one each; NaN: never."""
        return self.played.arrived - self.asked.came

    @cached_property
    def units(self) -> pd.DataFrame:
        """One row a unit: ``unit``, ``calls`` that it went to, ``workload``, and mean minutes of its ways and work."""
        import pandas as pd

        turns, n = self.played.turns, len(self.city.teams)
        counted = self.counted[turns.call]
        who = turns.unit[counted]
        number = np.bincount(who, minlength=n)
        with np.errstate(invalid="ignore"):
            way = np.bincount(who, (turns.arrived - turns.departed)[counted], n) / number
            work = np.bincount(who, (turns.released - turns.arrived)[counted], n) / number
        return pd.DataFrame(
            {
                "unit": [team.name for team in self.city.teams],
                "calls": number,
                "workload": self.workload,
                "travel": way,
                "service": work,
            }
        )

    @property
    def workload(self) -> Floats:
        """The share of the window in which each unit was busy: from the order until it was free again."""
        turns, (begin, end) = self.played.turns, self.window
        busy = np.clip(turns.free, begin, end) - np.clip(turns.ordered, begin, end)
        return _of_window(np.bincount(turns.unit, busy, len(self.city.teams)), end - begin)

    @property
    def lost_share(self) -> float:
        """The share of calls that were lost, or waited for ever; NaN without any call."""
        return float(np.mean(self.played.unit[self.counted] == NOBODY)) if self.counted.any() else float("nan")

    @property
    def mean_wait(self) -> float:
        """Mean minutes from a call to the order, over calls to which somebody went; a ratio of sums."""
        return _mean(self.wait[self.counted])

    @property
    def mean_response(self) -> float:
        """Mean minutes from a call to the arrival, over calls to which somebody went; a ratio of sums."""
        return _mean(self.response[self.counted])

    def waited_longer(self, minutes: ArrayLike) -> Floats:
        """Return the share of calls that waited longer than so many minutes for the order, the lost not among them.

        Args:
            minutes: Minutes, one or several.
        """
        limits = np.atleast_1d(table("minutes", minutes, marked("every limit")))
        waits = self.wait[self.counted & (self.played.unit != NOBODY)]
        with np.errstate(invalid="ignore"):
            return 1.0 - np.searchsorted(np.sort(waits), limits, side="right") / np.float64(len(waits))

    def late_share(self, limit: float) -> float:
        """Return the share of calls to which nobody came within a limit, the lost among them.

        Args:
            limit: Minutes from the call to the arrival that are in time.
        """
        number("limit", limit)
        response = self.response[self.counted]
        return float(np.mean(~(response <= limit))) if len(response) else float("nan")

    def within(self, minutes: ArrayLike) -> Floats:
        """Return the distribution of the response: the share of calls to which somebody came within so many minutes.

        Args:
            minutes: Minutes, one or several.
        """
        limits = np.atleast_1d(table("minutes", minutes, marked("every limit")))
        response = self.response[self.counted]
        there = np.sort(response[~np.isnan(response)])
        with np.errstate(invalid="ignore"):
            return np.searchsorted(there, limits, side="right") / np.float64(len(response))

    def shares(self) -> pd.DataFrame:
        """Return the share of calls served that each unit (row) serves at each place (column); all add up to 1.

        Raises:
            UserError: Where calls come from anywhere.
        """
        import pandas as pd

        if not self.city.places:
            raise UserError(_("shares: calls come from anywhere, so that there are no places to tell apart"))
        went = self.counted & (self.played.unit != NOBODY)
        units, places = len(self.city.teams), len(self.city.places)
        cell = self.played.unit[went] * places + self.asked.place[went]
        counts = np.bincount(cell, minlength=units * places).reshape(units, places)
        names = [team.name for team in self.city.teams]
        with np.errstate(invalid="ignore"):
            return pd.DataFrame(counts / np.float64(counts.sum()), index=names, columns=list(self.city.places))

    def states(self) -> pd.DataFrame:
        """Return how long which units were busy together.

        One row a state that occurred: a column of each unit's name, whether it was busy; ``waiting``, how many calls
        had been handled and waited; ``share``, of the window. This is the state of the hypercube model (Larson 1974),
        with the line beside it.

        Raises:
            UserError: For more units than anybody reads states of.
        """
        import pandas as pd

        names = [team.name for team in self.city.teams]
        if len(names) > MOST_TOLD_UNITS:
            raise UserError(
                _("states: they are told of {most} units at most, not of {count}").format(
                    most=MOST_TOLD_UNITS, count=len(names)
                )
            )
        busy, waiting, share = self._states()
        told = {name: (busy >> i & 1).astype(np.bool_) for i, name in enumerate(names)}
        return pd.DataFrame({**told, "waiting": waiting, "share": share})

    def _states(self) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
        """Return each state that occurred (a bit a unit, and the line) and its share of the window."""
        turns, (begin, end) = self.played.turns, self.window
        bit, (waits, left) = 1 << turns.unit, self._waited()
        moments = np.concatenate([turns.ordered, turns.free, waits, left])
        nothing, no_bits = np.zeros(2 * len(bit), dtype=np.int64), np.zeros(2 * len(waits), dtype=np.int64)
        bits = np.concatenate([bit, -bit, no_bits])
        line = np.concatenate([nothing, np.ones(len(waits), np.int64), -np.ones(len(waits), np.int64)])
        order = np.argsort(moments, kind="stable")
        busy, waiting = np.cumsum(bits[order]), np.cumsum(line[order])
        edges = np.clip(np.concatenate([[begin], moments[order], [end]]), begin, end)
        lasts = np.diff(edges)
        key = np.concatenate([[0], busy]) + (np.concatenate([[0], waiting]) << MOST_TOLD_UNITS)
        found, inverse = np.unique(key[lasts > 0], return_inverse=True)
        share = _of_window(np.bincount(inverse, lasts[lasts > 0]), end - begin)
        return found & ((1 << MOST_TOLD_UNITS) - 1), found >> MOST_TOLD_UNITS, share

    def _waited(self) -> tuple[Floats, Floats]:
        """Return from when to when calls waited: each from its handling to the first order, and from turn to turn."""
        played, turns = self.played, self.played.turns
        waits = np.isfinite(played.handled) & (self.conduct.when_busy is WhenBusy.QUEUED)
        first = np.where(played.unit != NOBODY, played.ordered, np.inf)
        order = np.argsort(turns.call, kind="stable")
        again = np.flatnonzero(np.diff(turns.call[order]) == 0)
        begins, ends = turns.released[order[again]], turns.ordered[order[again + 1]]
        return np.concatenate([played.handled[waits], begins]), np.concatenate([first[waits], ends])

    def batches(self, count: int = 30) -> pd.DataFrame:
        """Return sums over equal parts of the window, one row a part: ``calls``, ``lost``, ``wait``, ``response``.

        The parts of a long run are nearly independent, so that what they differ by tells how sure the whole is (method
        of batch means; Law, *Simulation Modeling and Analysis*, 9.5.3).

        Args:
            count: How many parts.
        """
        import pandas as pd

        whole("count", count, least=2, most=100_000)
        begin, end = self.window
        part = np.minimum(((self.asked.came - begin) / max(end - begin, _SHORTEST) * count).astype(np.int64), count - 1)
        part, lost = part[self.counted], self.played.unit[self.counted] == NOBODY
        sums = {
            "calls": np.bincount(part, minlength=count),
            "lost": np.bincount(part, lost, count),
            "wait": np.bincount(part, np.nan_to_num(self.wait[self.counted]), count),
            "response": np.bincount(part, np.nan_to_num(self.response[self.counted]), count),
        }
        return pd.DataFrame(sums)

    def intervals(
        self, count: int = 30, confidence: float = 0.95, resamples: int = 2_000, seed: int = 1
    ) -> pd.DataFrame:
        """Return ``value``, ``low`` and ``high`` of the mean wait, the mean response and the share lost.

        Parts of the window are resampled, as days are in a comparison of strategies (:mod:`sim.inference.resample`);
        of one run, whose parts follow each other, so a part must be long against a busy spell.

        Args:
            count: How many parts.
            confidence: How sure one wants to be, between 0.5 and 1.
            resamples: How many times the parts are drawn anew.
            seed: What the drawing begins from.
        """
        import pandas as pd

        number("confidence", confidence, least=0.5, most=0.9999)
        parts = self.batches(count)
        weights = day_weights(count, whole("resamples", resamples, least=100, most=100_000), seed)
        served = parts["calls"] - parts["lost"]
        rows = []
        for name, above, below in (
            ("mean_wait", parts["wait"], served),
            ("mean_response", parts["response"], served),
            ("lost_share", parts["lost"], parts["calls"]),
        ):
            with np.errstate(invalid="ignore", divide="ignore"):
                again = (weights @ above.to_numpy(float)) / (weights @ below.to_numpy(float))
                value = np.float64(above.sum()) / np.float64(below.sum())
            rows.append((name, float(value), *interval(again, confidence)))
        return pd.DataFrame(rows, columns=["measure", "value", "low", "high"])

    def known(self, limit: float) -> Known:
        """Return the counted calls for somebody who knows them all beforehand, as arrays.

        Args:
            limit: Minutes from the call to the arrival that are in time.
        """
        number("limit", limit)
        these = np.flatnonzero(self.counted)
        rows = self.asked.ways(self.city)[:, these]
        ready = np.array([team.ready.mean_minutes for team in self.city.teams])[:, None]
        service = np.array([minutes[these] for minutes in self.asked.service])
        minutes = ready + rows
        back = rows if self.conduct.returns else 0.0
        times, done = self.played.handled[these], minutes + service
        soonest = times + done.min(axis=0, initial=np.inf)
        return Known(times, self.asked.came[these] + limit, minutes, done + back, rows, soonest)


_SHORTEST = 1e-9
"""Minutes of a window that has no length."""
_TIMES = ("handled", "ordered", "departed", "arrived", "released", "free")


def _of_window(minutes: NDArray[Any], lasts: float) -> Floats:
    """Return minutes as a share of the window; nobody is busy for any of one that has no length."""
    return minutes / lasts if lasts else np.zeros(len(minutes))


def _mean(values: Floats) -> float:
    there = values[~np.isnan(values)]
    return float(there.mean()) if len(there) else float("nan")
