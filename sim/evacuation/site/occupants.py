"""Who is at a site, and what becomes of that: where each person stands, when he starts, how fast he walks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim import exact
from sim.config.layouts import Sort
from sim.config.site import Movement
from sim.delay import lognormal
from sim.evacuation.site.network import Site
from sim.words.language import gettext as _

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_GOLDEN = 0.6180339887498949
_PUBLIC = (Sort.VOTERS_INSIDE, Sort.VOTERS_IN_LINE, Sort.SPECTATORS)
"""Those among whom the slow and the assisted are; who works there is fit for it."""


@dataclass(frozen=True)
class Occupants:
    """How many people of each sort are at a site.

    Attributes:
        voters_inside: Voters who are being served.
        voters_in_line: Voters who wait.
        crew: Who runs the station.
        officers: Police and wardens.
        spectators: Everybody else: witnesses, observers, companions, onlookers.
    """

    voters_inside: int = 0
    voters_in_line: int = 0
    crew: int = 0
    officers: int = 0
    spectators: int = 0

    def count(self, sort: Sort) -> int:
        """Return how many there are of a sort."""
        number: int = getattr(self, sort.value)
        return number

    @property
    def total(self) -> int:
        """Everybody."""
        return sum(map(self.count, Sort))


@dataclass(frozen=True, eq=False)
class Seated:
    """People by person, in order of their start.

    Attributes:
        space: Number of the space each starts in; shape (people).
        ready: When he starts to walk, minutes from the order.
        factor: His speed as a share of the free speed.
    """

    space: Ints
    ready: Floats
    factor: Floats


@lru_cache(maxsize=256)
def seat(site: Site, occupants: Occupants, movement: Movement) -> Seated:
    """Put people in their spaces, with their start and their speed; nothing is drawn.

    As many of each sort are often there again: on another day, or under another strategy. The answer is read only.

    Pre-movement times in each space are the quantiles (i + 1/2) / n of the distribution, in an order that has nothing
    to do with who is slow. The slow and the assisted are spread evenly over voters and spectators. Helpers of the
    assisted are taken from crew and officers first; they start and walk with them.

    Raises:
        ValueError: For a negative count, or people of a sort that has no place in the layout.
    """
    space, public = _placed(site, occupants)
    assisted = public & _every(public, movement.assisted_share)
    left = public & ~assisted
    rest = 1.0 - movement.assisted_share
    slow = left & _every(left, min(1.0, movement.slow_share / rest) if rest else 0.0)
    ready = _starts(space, len(site.spaces), movement)
    factor = np.ones(len(space))
    factor[slow], factor[assisted] = movement.slow_speed_factor, movement.assisted_speed_factor
    ready[slow] *= movement.slow_delay_factor
    ready[assisted] *= movement.assisted_delay_factor
    _help(assisted, public, slow, ready, factor, movement)
    order = np.argsort(ready, kind="stable")
    seated = Seated(space[order], ready[order], factor[order])
    for column in (seated.space, seated.ready, seated.factor):
        column.setflags(write=False)
    return seated


def _placed(site: Site, occupants: Occupants) -> tuple[Ints, NDArray[np.bool_]]:
    """Return the space of each person, and who is a voter or a spectator."""
    spaces: list[Ints] = []
    public: list[NDArray[np.bool_]] = []
    for sort in Sort:
        number = occupants.count(sort)
        if number < 0:
            raise ValueError(_("{sort}: {number} people cannot be there").format(sort=sort, number=number))
        if number:
            shares = np.array([site.layout.spaces[name].people.get(sort, 0.0) for name in site.spaces])
            if not shares.any():
                raise ValueError(
                    _("{sort}: the layout '{title}' has no place for them").format(
                        sort=sort, title=site.layout.said_title
                    )
                )
            spaces.append(np.repeat(np.arange(len(shares)), _apportioned(number, shares)))
            public.append(np.full(number, sort in _PUBLIC))
    if not spaces:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.bool_)
    return np.concatenate(spaces).astype(np.int64), np.concatenate(public)


def _apportioned(number: int, shares: Floats) -> Ints:
    """Split people over shares that add up to 1, by largest remainder; among equals the first."""
    due = number * shares / shares.sum()
    whole = np.floor(due + 1e-9).astype(np.int64)
    order = np.argsort(-(due - whole), kind="stable")
    whole[order[: number - int(whole.sum())]] += 1
    return np.asarray(whole, dtype=np.int64)


def _every(among: NDArray[np.bool_], share: float) -> NDArray[np.bool_]:
    """Pick a share of those marked, evenly over their order, rounded to the nearest number."""
    number = np.cumsum(among)
    return np.asarray(among & (np.floor(number * share + 0.5) > np.floor((number - 1) * share + 0.5)), dtype=np.bool_)


@lru_cache(maxsize=1024)
def _scores(number: int) -> Floats:
    """Return normal scores of evenly spread quantiles in a scattered order, shape (number)."""
    scattered = np.argsort(np.argsort((np.arange(number) * _GOLDEN) % 1.0, kind="stable"), kind="stable")
    return np.array([exact.normal((i + 0.5) / number) for i in scattered.tolist()])


def _starts(space: Ints, spaces: int, movement: Movement) -> Floats:
    ready = np.empty(len(space))
    delay = movement.pre_movement
    for number in range(spaces):
        here = np.flatnonzero(space == number)
        if len(here):
            ready[here] = lognormal(_scores(len(here)), delay.mean_minutes, delay.cv)
    return ready


def _help(
    assisted: NDArray[np.bool_], public: NDArray[np.bool_], slow: NDArray[np.bool_], ready: Floats, factor: Floats,
    movement: Movement,
) -> None:  # fmt: skip
    """Let each of the assisted take his helpers; those who find none wait for a round of them to come back."""
    in_need = np.flatnonzero(assisted)
    if not len(in_need) or not movement.helpers_each:
        return
    able = np.concatenate([np.flatnonzero(~public), np.flatnonzero(public & ~slow & ~assisted)])
    groups = len(able) // movement.helpers_each
    for i, person in enumerate(in_need.tolist()):
        if groups:
            ready[person] *= 1 + i // groups
        if i < groups:
            helpers = able[i * movement.helpers_each : (i + 1) * movement.helpers_each]
            ready[helpers] = np.maximum(ready[helpers], ready[person])
            ready[person] = float(ready[helpers].max(initial=ready[person]))
            factor[helpers] = movement.assisted_speed_factor
