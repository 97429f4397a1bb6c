"""Dispatch alone, in one call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.alone.answer import DispatchResult
from sim.alone.calls import Calls, calls_of, listed_times, poisson_times, rates_of
from sim.alone.choices import Engine, Priority, WhenBusy
from sim.alone.city import Asked, City, city_of, names_of
from sim.alone.events import Conduct, Played, play
from sim.alone.given import above_zero, number, whole, word_of
from sim.alone.plane import Plane
from sim.alone.preemptive import play_preemptive
from sim.alone.team import teams_of
from sim.errors import UserError, shortened
from sim.streams import Streams
from sim.words.language import gettext as _

Floats = NDArray[np.float64]
MOST_SEED = 2**64 - 1


def simulate_dispatch(
    units: Any,
    *,
    rates: ArrayLike | Mapping[str, float] | None = None,
    times: ArrayLike | None = None,
    at: Any = None,
    severity: Any = None,
    places: Sequence[str] | Mapping[str, tuple[float, float]] | None = None,
    travel: Plane | ArrayLike | None = None,
    service: Any = 0.0,
    dispatch: Any = None,
    preference: Any = None,
    when_busy: WhenBusy | str = WhenBusy.QUEUED,
    priority: Priority | str = Priority.HEAD_OF_LINE,
    returns: bool = True,
    handling: Any = 0.0,
    desks: int | None = None,
    districts: Sequence[int | None] | None = None,
    borders: Sequence[tuple[int, int]] = (),
    demand: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    hours: float | None = None,
    warm_up_hours: float = 0.0,
    seed: int = 1,
    day: int = 0,
    engine: Engine | str = Engine.EVENTS,
) -> DispatchResult:
    """Play calls, units and a rule of dispatch by themselves: no election, no region, no roads.

    A call comes, is handled at a desk, and the rule of dispatch chooses one of the free units: it gets ready, drives
    there, works there, drives home and is free again. The rules, the words and the order in which calls that wait are
    looked at are those of the day. Calls are of one unit each; nobody is
    diverted, and with ``priority="preemptive"`` alone is anybody called off.

    Args:
        units: How many units there are, their names, where each name waits (``{"A": "north"}``), or
            :class:`~sim.alone.team.Team` for all that can be said of one.
        rates: Calls an hour at each place, as a Poisson process; on a plane one number. Either this or ``times``.
        times: When each call comes, in order, minutes from the beginning.
        at: Where each listed call is: names or numbers of places, or points (x, y) in km on a plane; there also a
            function ``(rng, n)`` that draws n points.
        severity: How bad calls are: ``green``, ``yellow`` or ``red``, one word for all or one each; or the share of
            each word. None: all are green.
        places: Names of the places, or where each is on the plane, km.
        travel: Minutes from each unit to each place; between all places, where units wait at some of them; or, without
            places, from each unit to each listed call. A :class:`~sim.alone.plane.Plane` tells them by distance and
            speed. None: everybody is everywhere at once. Infinite: there is no way.
        service: How long a unit works at a call: minutes, settings of a distribution, a function ``(rng, n)`` that
            draws n times, or for listed calls the minutes of each, perhaps in a row a unit.
        dispatch: The rule by its name, its settings, or those of a strategy. None: by preference if there is one, else
            ``nearest``.
        preference: For each place an order of units, by name or number from 0; who is not in it comes last.
        when_busy: What becomes of a call that nobody can be sent to at once: ``queued`` or ``lost``.
        priority: What a worse call does to a milder one: ``none``; ``head_of_line``, it goes before it where both wait;
            or ``preemptive``, besides it takes its unit while that works there, if none is free, and the work left over
            is taken up again. Preemptive needs the way from one call to the next: a plane, travel between all places,
            or none.
        returns: Whether units drive home before they are free again, as long as they drove there.
        handling: How long a call is at a desk before anybody is sent, like ``service``.
        desks: How many desks there are, which take the worst first; None: one for each call.
        districts: The district of each place by number, for rules that prefer a unit's own.
        borders: Pairs of districts that lie beside each other.
        demand: Points (x, y) that stand for the area in expected coverage, on a plane, km.
        weights: The weight of each place or point in expected coverage; None: the rates of places, else all alike.
        hours: How long calls come, and until when is told; None, for listed calls: until the last unit is home.
        warm_up_hours: What is told begins then; it begins with every unit free.
        seed: What random numbers begin from.
        day: Number of the replication, from 0; each has other random numbers.
        engine: Who plays it: ``events``, or ``posko``, the day's own.

    Raises:
        UserError: For a unit at an unknown base, a preference that names a missing unit, a matrix that is not square
            where it must be, rates that are negative or no number, lists of unequal length, an unknown rule, and
            whatever else cannot be played.
    """
    streams = Streams(whole("seed", seed, most=MOST_SEED), whole("day", day, most=10**9))
    conduct = Conduct(
        word_of(WhenBusy, "when_busy", when_busy), _switch("returns", returns),
        None if desks is None else whole("desks", desks, least=1, most=10_000), word_of(Priority, "priority", priority),
    )  # fmt: skip
    engine = word_of(Engine, "engine", engine)
    _check_priority(conduct, engine)
    names, positions = names_of(places, rates, travel, preference, at)
    by_place = None if rates is None else rates_of(rates, names)
    begin = 60.0 * number("warm_up_hours", warm_up_hours, most=1e7)
    came, end = _when(by_place, times, hours, streams)
    asked = Asked(teams_of(units), names, positions, travel, dispatch, preference, districts, borders, demand, weights)
    city = city_of(asked, by_place)
    ways = None if isinstance(travel, Plane) else travel
    calls = calls_of(city, came, by_place, at, severity, service, handling, ways, streams)
    played = _engine(engine, conduct.priority)(city, calls, conduct, streams)
    if end is None:
        end = float(np.nanmax([0.0, *came[-1:], *played.free]))
    if begin > end or (begin == end and hours is not None):
        raise UserError(
            _("warm_up_hours: {warm_up:g} hours leave nothing of {hours:g}").format(warm_up=begin / 60, hours=end / 60)
        )
    return DispatchResult(city, calls, played, conduct, (begin, end))


def _check_priority(conduct: Conduct, engine: Engine) -> None:
    """Refuse priorities that cannot be played so.

    Raises:
        UserError: For interrupted calls that could not wait, and for anything but the day's own order by the day.
    """
    if conduct.priority is Priority.PREEMPTIVE and conduct.when_busy is WhenBusy.LOST:
        raise UserError(_("priority: with preemptive, calls that are left must be able to wait (when_busy: queued)"))
    if engine is Engine.POSKO and conduct.priority is not Priority.HEAD_OF_LINE:
        raise UserError(
            _("priority: the day's posko takes the worst first, and nobody from a call; {priority} is played by events")
            .format(priority=conduct.priority)
        )  # fmt: skip


def _engine(word: Engine, priority: Priority) -> Callable[[City, Calls, Conduct, Streams], Played]:
    if priority is Priority.PREEMPTIVE:
        return play_preemptive
    if word is Engine.EVENTS:
        return play
    from sim.alone.by_posko import play_by_posko  # loads the whole response

    return play_by_posko


def _switch(name: str, given: Any) -> bool:
    if not isinstance(given, (bool, np.bool_)):
        raise UserError(
            _("{name}: true or false is needed, not {given}").format(name=name, given=shortened(str(given)))
        )
    return bool(given)


def _when(rates: Floats | None, times: Any, hours: Any, streams: Streams) -> tuple[Floats, float | None]:
    """Return when calls come, and until when is told, minutes; None: until the last unit is home."""
    if (rates is None) == (times is None):
        raise UserError(_("rates, times: exactly one of them is needed: calls an hour, or when each call comes"))
    end = None if hours is None else 60.0 * above_zero("hours", hours, most=1e7)
    if rates is not None:
        if end is None:
            raise UserError(_("hours: needed with rates, as calls would come for ever"))
        return poisson_times(float(rates.sum()), end, streams), end
    came = listed_times(times)
    if end is not None and len(came) and came[-1] > end:
        raise UserError(
            _("hours: the last call comes at {last:g} minutes, after the end at {end:g}").format(last=came[-1], end=end)
        )
    return came, end
