"""Calls, and who could be at each in time: the arrays that the fewest late calls are reckoned from."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sim.errors import UserError
from sim.words.language import gettext as _

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
SLACK = 1e-9
"""Minutes by which sums of the same times may differ."""


@dataclass(frozen=True, eq=False)
class Calls:
    """Calls that are all known beforehand, and units that could serve them. Times are minutes on one clock.

    A call is in time when one unit is there by its deadline, and by the time at which it would be free again. It is
    bound from the order until then, whoever it is. It may then be sent on from there, from its way home, or from where
    it waits; on its way home it is taken to be as near to the next call as driving there at once would have brought it,
    or as home less what is left of the way: whichever is farther. So nobody who really goes home is taken to be slower
    than he is.

    Where work begins with the arrival, and so ends later for who comes later, the soonest end of a call gives a bound
    all the same, as long as that is no sooner than the deadline.

    Attributes:
        order: (units, calls) when a unit can be asked for a call first.
        there: (units, calls) when it is there then, if nothing else has called it before; infinite: it does not come.
        deadline: (calls) until when somebody who comes is in time.
        free: (calls) when a unit that serves a call is free again; infinite: not on this day.
        between: (kinds, calls, calls) minutes from the place of one call to that of another.
        kind: (units) the kind of each unit, a row of ``between``.
        home: (units, calls) minutes from the place of a call to where the unit waits.
        ready: (units) minutes that ``there`` has in it for getting ready, which who is out needs not.
        anyhow: (calls) whether a call is in time without anybody having been sent.
        may: (units, calls) whether a unit may serve a call coming from another one.
        known: Calls that units are known to have served in time one after another: a unit, and its calls in order. They
            are possible whatever the times say.

    Raises:
        UserError: When shapes do not fit, a time is not a number, or what is known is not in order of being free.
    """

    order: Floats
    there: Floats
    deadline: Floats
    free: Floats
    between: Floats
    kind: Ints
    home: Floats
    ready: Floats
    anyhow: Flags
    may: Flags
    known: tuple[tuple[int, tuple[int, ...]], ...] = field(default=())

    def __post_init__(self) -> None:
        units, calls = self.there.shape
        shapes = {
            "order": (units, calls), "deadline": (calls,), "free": (calls,), "kind": (units,), "home": (units, calls),
            "ready": (units,), "anyhow": (calls,), "may": (units, calls),
            "between": (*self.between.shape[:1], calls, calls),
        }  # fmt: skip
        for name, shape in shapes.items():
            array = getattr(self, name)
            if array.shape != shape:
                raise UserError(
                    _("{name}: its shape is {shape}; {units} units and {calls} calls ask for {needed}").format(
                        name=name, shape=array.shape, units=units, calls=calls, needed=shape
                    )
                )
            if array.dtype.kind == "f" and np.isnan(array).any():
                raise UserError(_("{name}: NaN is no time; infinite stands for never").format(name=name))
        if units and not (self.kind.min() >= 0 and self.kind.max() < len(self.between)):
            raise UserError(_("kind: from 0 to {last}, the rows of between").format(last=len(self.between) - 1))
        for unit, served in self.known:
            if not 0 <= unit < units or not all(0 <= call < calls for call in served):
                raise UserError(
                    _("known: unit {unit} and calls {served}; there are {units} units and {calls} calls").format(
                        unit=unit, served=served, units=units, calls=calls
                    )
                )
            if any((self.free[i], i) >= (self.free[j], j) for i, j in pairwise(served)):
                raise UserError(
                    _("known: the calls of unit {unit} are not in the order in which it was free").format(unit=unit)
                )

    @classmethod
    def of(
        cls,
        order: Floats,
        minutes: Floats,
        deadline: Floats,
        free: Floats,
        between: Floats,
        home: Floats | None = None,
        anyhow: Flags | None = None,
    ) -> Calls:
        """Return calls that every unit hears of at once and that all units drive alike.

        Args:
            order: (calls) when the order could be given.
            minutes: (units, calls) from the order until a unit that waits at its own place is there.
            deadline: As in :class:`Calls`.
            free: Likewise.
            between: (calls, calls) minutes from one place to another.
            home: As in :class:`Calls`; None: as long as from there to the call.
            anyhow: As in :class:`Calls`; None: none is.
        """
        units, calls = minutes.shape
        return cls(
            order=np.broadcast_to(order, (units, calls)).astype(np.float64),
            there=order + minutes,
            deadline=deadline,
            free=free,
            between=between[None],
            kind=np.zeros(units, dtype=np.int64),
            home=minutes if home is None else home,
            ready=np.zeros(units),
            anyhow=np.zeros(calls, dtype=np.bool_) if anyhow is None else anyhow,
            may=np.ones((units, calls), dtype=np.bool_),
        )

    @property
    def last(self) -> Floats:
        """(calls) by when a unit must be there to serve a call in time."""
        return np.minimum(self.deadline, self.free)

    def from_home(self) -> Flags:
        """Return which units are in time at which calls if nothing else has called them, (units, calls)."""
        return self.there <= self.last + SLACK

    def after(self, call: int) -> Floats:
        """Return when each unit is at each other call when it has served this one, (units, calls); infinite: never.

        Only calls are served after it at which it would be free later: of two that end at the same time the one with
        the higher number.
        """
        free, order = float(self.free[call]), self.order
        straight, home = self.between[self.kind, call], self.home[:, call, None]
        with np.errstate(invalid="ignore"):  # infinite less infinite: nobody comes that way
            since = order - free
            nearest = straight - since
            left = self.there - order - self.ready[:, None] - (home - since)
            on_way = order + np.maximum(np.fmax(nearest, left), 0.0)
        found = np.where(since <= 0, free + straight, np.where(since >= home, self.there, on_way))
        later = (self.free > free) | ((self.free == free) & (np.arange(len(self.free)) > call))
        return np.where(later & self.may & (free < np.inf), found, np.inf)
