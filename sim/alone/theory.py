"""What queueing theory says of a fleet: the hypercube model exactly, and the approximation of Larson and Jarvis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.alone.choices import WhenBusy
from sim.alone.given import above_zero, index_of, table, whole, word_of
from sim.errors import UserError
from sim.words.language import gettext as _
from sim.words.language import marked

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MOST_UNITS = 12
"""Units whose 4,096 states are solved at once, in some seconds and 0.1 GB; each more doubles the states."""
MOST_APPROXIMATED = 100
"""Units whose workloads are approximated at once."""
MOST_ITERATIONS = 1_000


@dataclass(frozen=True, eq=False)
class Hypercube:
    """The steady state of a fleet.

    Attributes:
        states: Share of time in each state without a line: bit u of the state's number says whether unit u is busy.
        line_share: Share of time in which somebody waits.
        workload: Share of time in which each unit is busy.
        shares: (units, places) share of all calls served that each unit serves at each place.
        lost_share: Share of calls that are lost.
        waited_share: Share of calls that wait, of those that come.
        mean_wait: Mean minutes that calls wait, over all of them; NaN where calls are lost.
    """

    states: Floats
    line_share: float
    workload: Floats
    shares: Floats
    lost_share: float
    waited_share: float
    mean_wait: float


def hypercube(
    rates: ArrayLike, preference: Sequence[Sequence[int]], service: ArrayLike, when_busy: WhenBusy | str = "queued"
) -> Hypercube:
    """Solve the hypercube model (Larson 1974; Larson and Odoni 1981, *Urban Operations Research*, 5.4).

    Calls come as Poisson processes, one unit goes to each, by a fixed order for each place; service times are
    exponential and include the way. While all are busy a line grows and shrinks as in M/M/1: whoever is free next takes
    its first, which leaves all busy. So the states without a line are those of the model that loses calls, and the line
    adds a geometric tail.

    Args:
        rates: Calls an hour at each place.
        preference: For each place the units in order of preference, by number from 0, every one of them.
        service: Mean minutes of a task, one for all units or one each.
        when_busy: What becomes of a call that finds all units busy: ``queued`` or ``lost``.

    Raises:
        UserError: For rates and orders of another number, an order that leaves somebody out, and a line that would grow
            for ever.
    """
    lam, orders, mu = _checked(rates, preference, service, MOST_UNITS)
    busy = word_of(WhenBusy, "when_busy", when_busy)
    n, total, speed = len(mu), float(lam.sum()), float(mu.sum())
    if busy is WhenBusy.QUEUED and total >= speed:
        raise UserError(
            _("rates: {calls:g} calls an hour for units that serve {served:g}: the line would grow for ever").format(
                calls=60 * total, served=60 * speed
            )
        )
    first = _first_free(orders, n)
    states = _solved(lam, mu, first)
    ratio = total / speed
    full = float(states[-1])
    tail = full * ratio / (1.0 - ratio) if busy is WhenBusy.QUEUED else 0.0
    states, tail = states / (1.0 + tail), tail / (1.0 + tail)
    bits = np.arange(len(states))[:, None] >> np.arange(n) & 1
    blocked = float(states[-1]) + tail
    served = np.zeros((n, len(lam)))
    for place, taken in enumerate(first):
        served[:, place] = np.bincount(taken, states[:-1], n) * lam[place]
    if busy is WhenBusy.QUEUED:
        served += blocked * np.outer(mu / speed, lam)
    return Hypercube(
        states=states,
        line_share=tail,
        workload=states @ bits + tail,
        shares=served / served.sum(),
        lost_share=blocked if busy is WhenBusy.LOST else 0.0,
        waited_share=blocked if busy is WhenBusy.QUEUED else 0.0,
        mean_wait=tail / (1.0 - ratio) / total if busy is WhenBusy.QUEUED else float("nan"),
    )


def _checked(rates: Any, preference: Any, service: Any, most: int) -> tuple[Floats, list[list[int]], Floats]:
    """Return calls a minute at each place, the orders, and tasks a minute of each unit."""
    lam = np.atleast_1d(table("rates", rates, marked("every rate"))) / 60.0
    if len(preference) != len(lam):
        raise UserError(
            _("preference: {orders} orders for {places} places").format(orders=len(preference), places=len(lam))
        )
    if not np.all(np.isfinite(lam)) or not lam.sum():
        raise UserError(_("rates: they must be finite, and not all zero"))
    n = whole("preference", len(preference[0]), least=1, most=most)
    names = [str(unit) for unit in range(n)]
    orders = [
        [index_of(f"preference[{place}]", unit, names, marked("unit")) for unit in order]
        for place, order in enumerate(preference)
    ]
    for place, order in enumerate(orders):
        if sorted(order) != list(range(n)):
            raise UserError(
                _("preference[{place}]: each of {units} units must stand in it once, not {order}").format(
                    place=place, units=n, order=order
                )
            )
    means = table("service", service, marked("every mean"))
    if means.shape not in ((), (n,)):
        raise UserError(
            _("service: one mean for all, or one for each of {units} units, not {size}").format(
                units=n, size=means.size
            )
        )
    return lam, orders, np.array([1.0 / above_zero("service", float(mean)) for mean in np.broadcast_to(means, n)])


def _first_free(orders: Sequence[Sequence[int]], n: int) -> Ints:
    """Return (places, states but the last) the unit that goes."""
    state = np.arange(2**n - 1)
    found = np.empty((len(orders), len(state)), dtype=np.int64)
    for place, order in enumerate(orders):
        for unit in reversed(order):
            found[place, (state >> unit & 1) == 0] = unit
    return found


def _solved(lam: Floats, mu: Floats, first: Ints) -> Floats:
    """Return the share of time in each state where calls that find all busy are lost."""
    n, size = len(mu), 2 ** len(mu)
    rate = np.zeros((size, size))  # rate[to, from]
    state = np.arange(size)
    for place, taken in enumerate(first):
        np.add.at(rate, (state[:-1] | 1 << taken, state[:-1]), lam[place])
    for unit in range(n):
        busy = state[state >> unit & 1 == 1]
        rate[busy & ~(1 << unit), busy] += mu[unit]
    rate[state, state] -= rate.sum(axis=0)
    rate[0] = 1.0
    return np.asarray(np.linalg.solve(rate, np.eye(size)[0]), dtype=np.float64)


def _units_busy(load: float, n: int, busy: WhenBusy, full: float | None = None) -> Floats:
    """Return the probability that 0 … n - 1 of n units are busy, of M/M/n with a line or without.

    ``full``: calls that come while all of them together serve one; None: ``load / n``, as of units that are alike.
    """
    weights = np.cumprod(np.concatenate([[1.0], load / np.arange(1, n + 1)]))
    if busy is WhenBusy.QUEUED:
        weights[-1] /= 1.0 - (load / n if full is None else full)
    return np.asarray(weights[:-1] / weights.sum())


def corrections(load: float, n: int, when_busy: WhenBusy | str = "queued") -> Floats:
    """Return Larson's correction factors Q(0) … Q(n - 1) for units that are not busy independently of each other.

    Of n alike units, looked at in random order, the first j are busy and the next is free with probability ``Q(j) r^j
    (1 - r)``, r being the share of time that each is busy (Larson 1975; Larson and Odoni 1981, 5.5.3).

    Args:
        load: Calls that come in a mean service time.
        n: How many units.
        when_busy: What becomes of a call that finds all units busy.
    """
    return _corrections(_units_busy(load, n, word_of(WhenBusy, "when_busy", when_busy)))


def _corrections(share: Floats) -> Floats:
    """Return the factors, given the probability that 0 … n - 1 of the units are busy."""
    n = len(share)
    k = np.arange(n)
    r = float(share @ k / n + (1.0 - share.sum()))
    found = np.zeros(n)
    first_busy = np.ones(n)  # that the first j are, of k busy ones
    for j in range(n):
        if r**j * (1.0 - r) > 0.0:  # else the product is 0 as well, whatever it is multiplied by
            found[j] = float(share @ (first_busy * (n - k) / (n - j))) / (r**j * (1.0 - r))
        first_busy = first_busy * np.maximum(k - j, 0) / (n - j)
    return found


def larson(
    rates: ArrayLike,
    preference: Sequence[Sequence[int]],
    service: ArrayLike,
    when_busy: WhenBusy | str = "queued",
    *,
    iterations: int | None = None,
) -> Floats:
    """Return approximate workloads of units, also of more than the hypercube holds: Larson's fixed point, and Jarvis's.

    ``r_n = (A_n + D_n) / (1 + A_n)``: A_n is the work of the calls that come to unit n while those before it are not
    free (product of their workloads, times Q), D_n its part of the calls that wait; scaled so that all serve what is
    served (Larson 1975; Larson and Odoni 1981, 5.5.3). Units with other mean service times are those of Jarvis (1985,
    "Approximating the equilibrium behavior of multi-server loss systems"): A_n holds the unit's own mean, and Q is that
    of the mean over the calls as they are served, which is found with the workloads. His calls are lost where all are
    busy; a call that waits goes to whoever is free next, to unit n with the odds of its speed. For equal means it is
    Larson's.

    Args:
        rates: Calls an hour at each place.
        preference: For each place the units in order of preference, by number from 0, every one of them.
        service: Mean minutes of a task, one for all units or one each.
        when_busy: What becomes of a call that finds all units busy: ``queued`` or ``lost``.
        iterations: How many times it is gone through; None: until it stands still, to 1e-12.

    Raises:
        UserError: As :func:`hypercube` does, for more than ``MOST_APPROXIMATED`` units.
    """
    lam, orders, mu = _checked(rates, preference, service, MOST_APPROXIMATED)
    busy = word_of(WhenBusy, "when_busy", when_busy)
    n, total, speed = len(mu), float(lam.sum()), float(mu.sum())
    if busy is WhenBusy.QUEUED and total >= speed:
        raise UserError(
            _(
                "rates: {calls:g} calls come in a mean service time, to {units} units: the line would grow for ever"
            ).format(calls=total * n / speed, units=n)
        )
    r, load = np.full(n, total / speed), total * n / speed
    for _sweep in range(
        MOST_ITERATIONS if iterations is None else whole("iterations", iterations, most=MOST_ITERATIONS)
    ):
        share = _units_busy(load, n, busy, total / speed)
        again = _worked(lam, orders, mu, r, _corrections(share))
        blocked = 1.0 - float(share.sum())
        if busy is WhenBusy.QUEUED:
            again = (again + total * blocked / speed) / (1.0 + again)
            again *= total / float(again @ mu)
        else:
            again = again / (1.0 + again)
            again *= total * (1.0 - blocked) / float(again @ mu)
        load = total * float(again.sum() / (again @ mu))
        r, moved = again, float(np.abs(again - r).max())
        if moved < 1e-12:
            break
    return r


def _worked(lam: Floats, orders: Sequence[Sequence[int]], mu: Floats, r: Floats, q: Floats) -> Floats:
    """Return the work that comes to each unit while it is free, by the share of time that it is."""
    come = np.zeros(len(mu))
    for rate, order in zip(lam, orders, strict=True):
        before = 1.0
        for j, unit in enumerate(order):
            come[unit] += rate * q[j] * before
            before *= r[unit]
    return come / mu
