"""What coverage is reckoned from: arrays of places, of units and where they are, and of what is asked for."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SLACK = 1e-9
"""Minutes by which sums of the same times may differ."""
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Places(NamedTuple):
    """Where a response is asked for: every station, then the middle of every village.

    Attributes:
        node: Node of each; a station where that hangs on the vehicle has one of its own.
        access: Minutes between the node and the place itself; 0 for a village.
        district: District of each; below 0 for none.
        voters: Registered voters of each station; 0 for a village.
        area: Area of each village, km2; 0 for a station.
        stations: How many of them are stations.
        districts: Number of districts.
    """

    node: Ints
    access: Floats
    district: Ints
    voters: Ints
    area: Floats
    stations: int
    districts: int


class Whereabouts(NamedTuple):
    """Where units are at some times: one row a unit, one column a time.

    Attributes:
        node: The node where it is, or that it passed last.
        minutes: From there to where it really is.
        ahead: The node at the other end of the road that it is on and can go on along; below 0 on none.
        ahead_minutes: What is left to it.
        station: Station where it stands; below 0 at none.
        free: Whether it can be sent.
        kept: Whether it is kept for something red, and not sent for less.
        phase: Minutes since the beginning of its round, of one that is on the round of its post; below 0 otherwise.
        visit: (stations, times) minutes until the pair of a station's post comes by on some other round; infinite when
            it does not.
    """

    node: Ints
    minutes: Floats
    ahead: Ints
    ahead_minutes: Floats
    station: Ints
    free: Flags
    kept: Flags
    phase: Floats
    visit: Floats

    def by_time(self) -> Whereabouts:
        """Return the same with one row a time and one column a unit or station: as compiled functions read it.

        So laid out, one time is an array like many, for which they need not be compiled anew.
        """
        return self._replace(**{name: np.ascontiguousarray(getattr(self, name).T) for name in self._fields})

    def during(self, part: slice) -> Whereabouts:
        """Return the same for some of the times only."""
        return self._replace(**{name: getattr(self, name)[:, part] for name in self._fields})


class Rounds(NamedTuple):
    """The rounds of all units in one table, one after another: the first seven are columns, one entry a piece.

    Attributes:
        begin: When the piece begins, minutes; each round's begin at its ``offset``.
        length: Minutes that it takes.
        node: The node where the unit is, or that it passed last.
        ahead: The node that it comes to; below 0 on no road.
        base: Minutes from the node to where the unit is when the piece begins.
        slope: Minutes that are added to it in a minute.
        station: Station where it stands; below 0 at none.
        offset: (units) where a unit's times begin in the table.
        period: (units) minutes of its round; 0 for a unit that stands still.
    """

    begin: Floats
    length: Floats
    node: Ints
    ahead: Ints
    base: Floats
    slope: Floats
    station: Ints
    offset: Floats
    period: Floats


class Units(NamedTuple):
    """What each unit is.

    Attributes:
        vehicle: Number of its vehicle.
        ready: Minutes from the order to its departure: request delay and mean mobilisation.
        is_guard: Whether it is the guard of a post.
        people: (kinds of strength, units) its people of each kind that may be asked for.
        own: (stations) the unit whose post a station is; below 0 for none.
        begins: (stations) when the stay at the station begins on that unit's round, minutes from its beginning; NaN
            for none.
        period: (units) minutes of its round.
    """

    vehicle: Ints
    ready: Floats
    is_guard: Flags
    people: Ints
    own: Ints
    begins: Floats
    period: Floats


class Demands(NamedTuple):
    """What is asked for, one entry a kind of strength; a force is there when all entries of it are met.

    Attributes:
        force: Number of the force that each belongs to; forces are counted from 0.
        kind: Which row of :attr:`Units.people` counts.
        need: How many people of it.
        severity: Which row of :attr:`Rules.may` says who counts.
        with_own: Whether the guards of the station's own post count.
    """

    force: Ints
    kind: Ints
    need: Ints
    severity: Ints
    with_own: Flags


class Rules(NamedTuple):
    """How units are sent.

    Attributes:
        alarm: Mean alarm handling, minutes.
        guards_within: Guards of other posts are sent when they would be there within so many minutes of the order.
        may: (severities, units) whether a unit may be sent.
        keeps: (severities) whether those that are kept for something red stay back.
        own_alarm: (stations) mean alarm handling until the pair of the station's own post is ordered, minutes.
    """

    alarm: float
    guards_within: float
    may: Flags
    keeps: Flags
    own_alarm: Floats
