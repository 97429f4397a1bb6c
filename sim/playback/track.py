"""Where units were through a day, and the few moments of it from which a page draws the rest by straight lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.region.position import ELSEWHERE, Position, Standing
from sim.region.region import Region
from sim.region.round import Round
from sim.region.route import Route
from sim.response.fleet import Fleet, Idle

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_STRAIGHT_DEGREES = 1e-7
"""By so little a point may miss the straight line between its neighbours and be left out: a centimetre."""


class Seen(NamedTuple):
    """Where one unit was at one of the moments."""

    unit: int
    moment: int
    position: Position


class Sampled(NamedTuple):
    """Positions of all units at all moments, one row a unit, one column a moment: as :class:`Position` has them."""

    node: Ints
    minutes: Floats
    ahead: Ints
    ahead_minutes: Floats
    station: Ints

    @classmethod
    def empty(cls, units: int, moments: int) -> Sampled:
        """Return a table in which nothing is known: the node of each is ELSEWHERE."""
        shape = (units, moments)
        return cls(
            np.full(shape, ELSEWHERE), np.zeros(shape), np.full(shape, ELSEWHERE), np.zeros(shape),
            np.full(shape, ELSEWHERE),
        )  # fmt: skip

    def put(self, unit: int, moments: slice | int, position: Position) -> None:
        """Note where a unit was at some moments."""
        self.node[unit, moments], self.minutes[unit, moments] = position.node, position.minutes
        self.ahead[unit, moments] = ELSEWHERE if position.ahead is None else position.ahead
        self.ahead_minutes[unit, moments] = position.ahead_minutes
        self.station[unit, moments] = ELSEWHERE if position.station is None else position.station

    def put_all(self, unit: int, moments: slice, route: Route, elapsed: Floats) -> None:
        """Note where a unit was on a route so many minutes after its start, one for each of some moments."""
        found = route.table.at(elapsed)
        for name in self._fields:
            getattr(self, name)[unit, moments] = getattr(found, name)


def sampled(fleet: Fleet, times: Floats, under_way: Iterable[Seen]) -> Sampled:
    """Return where all units of a day were at some moments.

    Args:
        fleet: The units, the day being over: of each stretch in which a unit waits for orders it has kept the motion.
        times: The moments, minutes after midnight, in order.
        under_way: Where those units that did not wait for orders were seen.
    """
    table = Sampled.empty(len(fleet.units), len(times))
    for unit, moment, position in under_way:
        table.put(unit, moment, position)
    for idle in fleet.idle_stretches:
        a, b = np.searchsorted(times, (idle.start, idle.end)).tolist()
        if a < b:
            _put_idle(table, idle, times, a, b)
    return table


def _put_idle(table: Sampled, idle: Idle, times: Floats, a: int, b: int) -> None:
    """Note where a unit waited, or walked its round, from one moment to before another."""
    motion, unit = idle.motion, idle.unit
    if isinstance(motion, Standing):
        table.put(unit, slice(a, b), motion.position)
    elif isinstance(motion, Round):
        joins = motion.began + motion.lead.minutes
        joined = min(max(a, int(np.searchsorted(times, joins))), b)
        if a < joined:
            table.put_all(unit, slice(a, joined), motion.lead, times[a:joined] - motion.began)
        if joined < b and motion.cycle.minutes > 0:
            elapsed = (times[joined:b] - joins + motion.joins) % motion.cycle.minutes
            table.put_all(unit, slice(joined, b), motion.cycle, elapsed)
        elif joined < b:
            table.put(unit, slice(joined, b), motion.cycle.end)
    else:
        for k in range(a, b):
            table.put(unit, k, motion.at(float(times[k])))


def points(table: Sampled, region: Region) -> tuple[Floats, Floats]:
    """Return longitude and latitude of all positions, shape (units, moments), degrees.

    Between the middle of a village and a station in it, where the tables have no road, and where nothing was seen, the
    straight line between the points before and after is taken.
    """
    nodes = np.array([(node.lon, node.lat) for node in region.nodes])
    whole = table.minutes + table.ahead_minutes
    on_road = (table.ahead != ELSEWHERE) & (whole > 0)
    share = np.divide(table.minutes, whole, out=np.zeros_like(whole), where=on_road)
    there = np.where(on_road, table.ahead, table.node)
    at = nodes[table.node] + share[..., None] * (nodes[there] - nodes[table.node])
    standing = table.station != ELSEWHERE
    stations = np.column_stack([region.stations.lon, region.stations.lat])
    at[standing] = stations[table.station[standing]]
    off_road = ~standing & (table.ahead == ELSEWHERE) & (table.minutes > 0)
    at[off_road | (table.node == ELSEWHERE)] = np.nan
    return _filled(at[..., 0]), _filled(at[..., 1])


def _filled(values: Floats) -> Floats:
    """Return rows with their gaps filled by straight lines."""
    moments = np.arange(values.shape[1])
    for row in values:
        gaps = np.isnan(row)
        if gaps.any() and not gaps.all():
            row[gaps] = np.interp(moments[gaps], moments[~gaps], row[~gaps])
    return values


def turning_points(lon: Floats, lat: Floats) -> NDArray[np.bool_]:
    """Return which moments of each row are needed: between them the others lie on straight lines, evenly spaced.

    Args:
        lon: (units, moments) degrees, the moments evenly spaced.
        lat: Likewise.
    """
    needed = np.ones(lon.shape, dtype=np.bool_)
    needed[:, 1:-1] = False
    for values in (lon, lat):
        bend = values[:, :-2] - 2.0 * values[:, 1:-1] + values[:, 2:]
        needed[:, 1:-1] |= np.abs(bend) > _STRAIGHT_DEGREES
    return needed
