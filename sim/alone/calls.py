"""The calls: drawn as a Poisson process, or listed; when and where each comes, how bad it is, how long it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.alone.city import City, points
from sim.alone.given import MOST_CALLS, MOST_MINUTES, MOST_WAYS, function_of, index_of, items_of, known_keys, table
from sim.alone.laws import law_of, times_of
from sim.alone.team import severity_of, stream_of
from sim.config.distribution import MeanOnly
from sim.errors import UserError
from sim.streams import Streams
from sim.vocabulary import Severity
from sim.words.language import gettext as _
from sim.words.language import marked, number

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Where = Callable[[np.random.Generator, int], Any]
"""Draws so many points (x, y), km, from a generator."""
_GAP = MeanOnly(distribution="exponential", mean_minutes=1.0)
ANYWHERE = -1
"""Number of the place of a call that comes from none of them."""


@dataclass(frozen=True, eq=False)
class Calls:
    """All calls of one run, in the order in which they come.

    Attributes:
        came: When each comes, minutes.
        place: Number of its place; ANYWHERE: it comes from none of them.
        severity: How bad it is.
        travel: (units, calls) minutes from where each unit waits; None where that is told by the place.
        where: (calls, 2) where each is on a plane, km; None where its place tells it, or nothing does.
        service: For each unit the minutes that it would work at each call.
        handling: Minutes at a desk.
    """

    came: Floats
    place: Ints
    severity: Ints
    travel: Floats | None
    where: Floats | None
    service: tuple[Floats, ...]
    handling: Floats

    def ways(self, city: City) -> Floats:
        """Return (units, calls) minutes from where each unit waits."""
        if self.travel is not None:
            return self.travel
        assert city.travel is not None
        return city.travel[:, self.place]


def rates_of(given: Any, names: Sequence[str]) -> Floats:
    """Return calls an hour at each place; on a plane one number, the calls of all of it.

    Raises:
        UserError: For a rate that is negative or no number, an unknown place, or another number of rates than places.
    """
    if isinstance(given, Mapping):
        known_keys("rates", given, names, marked("place"))
        given = [given.get(name, 0.0) for name in names]
    rates = np.atleast_1d(table("rates", given, marked("every rate")))
    if not np.all(np.isfinite(rates)):
        raise UserError(_("rates: every rate must be finite"))
    if rates.shape != (max(1, len(names)),):
        raise UserError(
            _("rates: {count} of them for {places} places").format(count=rates.size, places=len(names))
            if names
            else _("rates: {count} of them for one area without places").format(count=rates.size)
        )
    return rates


def poisson_times(per_hour: float, minutes: float, streams: Streams) -> Floats:
    """Draw the times of a Poisson process, minutes from 0; one that goes on longer begins the same.

    Args:
        per_hour: Its rate, calls an hour.
        minutes: When it ends.
        streams: The random streams.

    Raises:
        UserError: When there would be too many calls.
    """
    expected = per_hour * minutes / 60.0
    if expected > MOST_CALLS:
        said = number(expected, ",.0f" if expected < 1e15 else "g")
        raise UserError(
            _("hours: {expected} calls are expected, and {most:,} at most are played at once").format(
                expected=said, most=MOST_CALLS
            )
        )
    if not expected:
        return np.empty(0)
    found, so_far = list[Floats](), 0.0
    while so_far < minutes:
        gaps = times_of("rates", _GAP, 1 + int(1.1 * expected), streams, "calls/gaps") * (60.0 / per_hour)
        found.append(so_far + np.cumsum(gaps))
        so_far = float(found[-1][-1])
    times = np.concatenate(found)
    return times[: int(np.searchsorted(times, minutes, side="left"))]


def listed_times(given: ArrayLike) -> Floats:
    """Return the times of listed calls, minutes.

    Raises:
        UserError: For times out of order, negative or not finite, or too many.
    """
    times = table("times", given, marked("every time"))
    if times.ndim != 1:
        raise UserError(_("times: one time for each call, not an array of {ndim} dimensions").format(ndim=times.ndim))
    if np.any(times > MOST_MINUTES) or np.any(np.diff(times) < 0):
        raise UserError(_("times: they must be finite and in order"))
    if len(times) > MOST_CALLS:
        raise UserError(
            _("times: at most {most:,} calls are played at once, not {calls:,}").format(
                most=MOST_CALLS, calls=len(times)
            )
        )
    return times


def calls_of(
    city: City, came: Floats, rates: Floats | None, at: Any, severity: Any, service: Any, handling: Any,
    travel: ArrayLike | None, streams: Streams,
) -> Calls:  # fmt: skip
    """Put the calls together: what is not listed is drawn, each thing from a stream of its own.

    Args:
        city: Units and places.
        came: When they come.
        rates: Calls an hour at each place; None where calls are listed.
        at: Where they are: places, points, or a function that draws points.
        severity: How bad they are: a word for each, or the share of each word.
        service: How long they take: a distribution, or minutes for each call, perhaps a row a unit.
        handling: How long each is at a desk: a distribution.
        travel: Minutes from each unit to each call, where there are no places.
        streams: The random streams.

    Raises:
        UserError: For lists of another length, unknown places and words, and what is missing or of no use.
    """
    n, units = len(came), len(city.teams)
    if n * units > MOST_WAYS and city.travel is None:
        raise UserError(
            _("hours: at most {most:,} calls can be anywhere with {units} units, not {calls:,}").format(
                most=MOST_WAYS // units, units=units, calls=n
            )
        )
    place, ways, where = np.full(n, ANYWHERE, dtype=np.int64), None, None
    if city.travel is not None:
        place = _places(city, n, rates, at, streams)
    elif city.plane is not None:
        where = _points(at, n, streams)
        ways = _ways(city, where)
    else:
        ways = table("travel", travel if travel is not None else [], marked("every time"))
        if at is not None:
            raise UserError(_("at: travel is given from each unit to each call, so that no places are needed"))
        if ways.shape != (units, n):
            shape = " x ".join(map(str, ways.shape))
            raise UserError(
                _("travel: {shape} minutes, where {units} units and {calls} calls need {units} x {calls}").format(
                    shape=shape, units=units, calls=n
                )
            )
    return Calls(
        came=came,
        place=place,
        severity=_severities(severity, n, streams),
        travel=ways,
        where=where,
        service=_services(city, service, n, listed=rates is None, streams=streams),
        handling=times_of("handling", law_of("handling", handling), n, streams, "calls/handling"),
    )


def _places(city: City, n: int, rates: Floats | None, at: Any, streams: Streams) -> Ints:
    if rates is not None:
        if at is not None:
            raise UserError(_("at: with rates by place nobody needs to say where calls are"))
        total = np.cumsum(rates)
        if not n:
            return np.empty(0, dtype=np.int64)
        found = np.searchsorted(total, streams.bulk("calls/places").random(n) * total[-1], side="right")
        return np.asarray(np.minimum(found, int(np.flatnonzero(rates)[-1])), dtype=np.int64)
    if at is None:
        if len(city.places) > 1:
            raise UserError(
                _("at: with {places} places it must be said where each call is").format(places=len(city.places))
            )
        return np.zeros(n, dtype=np.int64)
    given = items_of("at", at, marked("places, one a call,"))
    if len(given) != n:
        raise UserError(
            _("at: a place is needed for each of {calls:,} calls, not {count:,}").format(calls=n, count=len(given))
        )
    return np.array([index_of("at", one, city.places, marked("place")) for one in given], dtype=np.int64)


def _points(at: Any, n: int, streams: Streams) -> Floats:
    if at is None:
        raise UserError(
            _("at: on a plane it must be said where calls are: points (x, y), or a function (rng, n) that draws them")
        )
    if callable(at):
        draw = function_of("at", at, marked("n points (x, y)"))
        at = draw(streams.bulk("calls/places"), n) if n else np.empty((0, 2))
    found = points("at", at)
    if len(found) != n:
        raise UserError(_("at: {points:,} points for {calls:,} calls").format(points=len(found), calls=n))
    return found


def _ways(city: City, where: Floats) -> Floats:
    assert city.plane is not None and city.bases is not None
    return np.array([city.plane.minutes(city.plane.km(base, where)) for base in city.bases])


def _severities(given: Any, n: int, streams: Streams) -> Ints:
    if given is None:
        return np.zeros(n, dtype=np.int64)
    if isinstance(given, (str, Severity)):
        return np.full(n, severity_of("severity", given), dtype=np.int64)
    if isinstance(given, Mapping):
        words = [severity.word for severity in Severity]
        known_keys("severity", given, words, marked("severity"))
        shares = table("severity", [given.get(word, 0.0) for word in words], marked("every share"))
        if not np.isclose(shares.sum(), 1.0):
            raise UserError(_("severity: the shares must add up to 1, not {total:g}").format(total=shares.sum()))
        marks = streams.bulk("calls/severity").random(n)
        return np.minimum(np.searchsorted(np.cumsum(shares), marks, side="right"), len(words) - 1).astype(np.int64)
    words = items_of("severity", given, marked("words, one a call,"))
    if len(words) != n:
        raise UserError(_("severity: {count:,} of them for {calls:,} calls").format(count=len(words), calls=n))
    return np.array([severity_of("severity", one) for one in words], dtype=np.int64)


def _services(city: City, given: Any, n: int, *, listed: bool, streams: Streams) -> tuple[Floats, ...]:
    """Return for each unit how long it would work at each call: its own times, or those that all share."""
    if isinstance(given, (Sequence, np.ndarray)) and not isinstance(given, str):
        if not listed:
            raise UserError(_("service: a list of minutes belongs to listed calls (times); give a distribution"))
        minutes = table("service", given, marked("every time"))
        if minutes.shape not in ((n,), (len(city.teams), n)):
            shape = " x ".join(map(str, minutes.shape))
            raise UserError(
                _("service: {shape} minutes for {calls:,} calls and {units} units").format(
                    shape=shape, calls=n, units=len(city.teams)
                )
            )
        if np.any(minutes > MOST_MINUTES):
            raise UserError(_("service: every time must be finite"))
        rows = np.broadcast_to(minutes, (len(city.teams), n))
    else:
        shared = times_of("service", law_of("service", given), n, streams, "calls/service")
        rows = np.broadcast_to(shared, (len(city.teams), n))
    own = [(f"units[{team.name}].service", team.works) for team in city.teams]
    return tuple(
        row if law is None else times_of(setting, law, n, streams, f"unit/{stream_of(number)}/service")
        for number, (row, (setting, law)) in enumerate(zip(rows, own, strict=True))
    )
