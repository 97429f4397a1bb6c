"""What came of an evacuation of an area: when people were safe, where their time went, and what held them up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from sim.evacuation.area.bounds import bus_bound, free_roads
from sim.evacuation.area.buses import Shuttle
from sim.evacuation.area.engine import AreaEvacuation
from sim.evacuation.area.plan import AreaEvacuationPlan
from sim.evacuation.area.population import BY_BUS
from sim.evacuation.area.quickest import quickest_own_transport
from sim.evacuation.area.state import Whereabouts
from sim.evacuation.curve import Curve

Floats = NDArray[np.float64]
SLOWEST = 0.1
"""Share of the people, the last to be safe, of whom it is asked what held them up."""


class Bottleneck(StrEnum):
    """What took most of the time of the last people to be safe, apart from travel itself."""

    WARNING = "warning"
    """The order, hearing of it, making up one's mind, getting ready."""
    ROAD = "road"
    """Queues on the roads."""
    BUSES = "buses"
    """Waiting at the assembly point."""
    RECEPTION = "reception"
    """Waiting at the gate of the shelter."""


@dataclass(frozen=True, eq=False)
class AreaResult:
    """One evacuation of an area; minutes are counted from the first order.

    Attributes:
        plan: Its plan.
        counts: People in each state at the end, by :class:`Whereabouts`.
        account: The same at every minute: minute, then people by :class:`Whereabouts`.
        safe: When each person who was safe in the end was so, sorted.
        free: When each could have been with free roads and no waiting (:func:`free_roads`), sorted.
        t50: When half of those who wanted to leave were safe; infinite for never.
        t90: The same for 90 %.
        t95: The same for 95 %.
        last: When the last who ever was safe was so; 0 for nobody.
        bus_bound: No bus plan ends sooner (:func:`bus_bound`).
        road_bound: No choice of ways of own transport ends sooner (:func:`quickest_own_transport`); 0 where that is no
            more than the other bounds, or somebody was left behind.
        bottleneck: What held up the last to be safe; None where nobody was.
        minutes_spent: Mean minutes of the last to be safe, by :class:`Bottleneck`.
        passed: People in own vehicles who passed each link; two links a road.
        queued: Minutes that people in own vehicles waited at the end of each link.
        trips: Each load of a bus: when it left, from which node, to which shelter, with how many people.
        inside: People let in at each shelter.
        zone_last: When the last of each zone who wanted to leave was safe; infinite for never, 0 where
            nobody wanted to.
    """

    plan: AreaEvacuationPlan
    counts: tuple[int, ...]
    account: Floats
    safe: Floats
    free: Floats
    t50: float
    t90: float
    t95: float
    last: float
    bus_bound: float
    road_bound: float
    bottleneck: Bottleneck | None
    minutes_spent: dict[Bottleneck, float]
    passed: NDArray[np.int64]
    queued: Floats
    trips: tuple[tuple[float, int, int, int], ...]
    inside: tuple[int, ...]
    zone_last: tuple[float, ...]

    @property
    def left_behind(self) -> int:
        """People who wanted to be safe and never were: at the assembly point, in a dead end, without a place.

        Where it was given up before it was settled, all who were still on their way are among them.
        """
        return sum(self.counts) - self.counts[Whereabouts.SAFE] - self.counts[Whereabouts.REFUSED]

    @property
    def bound(self) -> float:
        """The minutes from the order before which not everybody who wanted to leave can be safe."""
        return max(self.road_bound, _least(self.free, self.bus_bound))

    @property
    def ratio(self) -> float:
        """The last arrival over the bound; nan where somebody was left behind or there is no bound."""
        return self.last / self.bound if self.bound and not self.left_behind else float("nan")


def result_of(area: AreaEvacuation, shuttle: Shuttle | None = None) -> AreaResult:
    """Return what came of an evacuation that has been advanced to its end."""
    people = np.array(area.people)
    safe_at = np.array(area.safe_at) - area.begins
    is_safe = np.isfinite(safe_at)
    safe = np.sort(np.repeat(safe_at[is_safe], people[is_safe]))
    wanted = area.plan.people - area.counts[Whereabouts.REFUSED]
    curve = Curve(safe, np.arange(1.0, len(safe) + 1.0), float(wanted))
    account = area.curve.copy()
    account[:, 0] -= area.begins
    spent = time_spent(area)
    free, by_bus = free_roads(area.plan, area.population), bus_bound(area.plan, area.population)
    found = Bottleneck(max(spent, key=lambda cause: spent[cause])) if len(safe) else None
    return AreaResult(
        plan=area.plan,
        counts=tuple(area.counts),
        account=account,
        safe=safe,
        free=free,
        t50=curve.time_of(0.5),
        t90=curve.time_of(0.9),
        t95=curve.time_of(0.95),
        last=float(safe[-1]) if len(safe) else 0.0,
        bus_bound=by_bus,
        road_bound=_road_bound(area, safe_at, _least(free, by_bus)),
        bottleneck=found,
        minutes_spent=spent,
        passed=np.array(area.links.passed, dtype=np.int64),
        queued=np.array(area.links.waited),
        trips=tuple(shuttle.trips) if shuttle else (),
        inside=tuple(area.gates.inside),
        zone_last=_zone_last(area, safe_at),
    )


def _least(free: Floats, by_bus: float) -> float:
    """Return the bound by free roads and by buses."""
    finite = free[np.isfinite(free)]
    return max(by_bus, float(finite[-1]) if len(finite) else 0.0)


def _road_bound(area: AreaEvacuation, safe_at: Floats, least: float) -> float:
    """Return the quickest flow of own transport, where it is more than another bound; 0 where not all got to safety."""
    drives = (area.population.vehicle != BY_BUS) & np.isfinite(area.population.leaves)
    last = float(safe_at[drives].max(initial=0.0))
    return quickest_own_transport(area.plan, area.population, least, last) if np.isfinite(last) else 0.0


def _zone_last(area: AreaEvacuation, safe_at: Floats) -> tuple[float, ...]:
    """Return when the last of each zone who wanted to leave was safe."""
    last = np.zeros(len(area.plan.zones))
    wanted = np.array([state is not Whereabouts.REFUSED for state in area.state], dtype=np.bool_)
    np.maximum.at(last, area.population.zone[wanted], safe_at[wanted])
    return tuple(last.tolist())


def time_spent(area: AreaEvacuation) -> dict[Bottleneck, float]:
    """Return the mean minutes that the last to be safe spent on what may hold people up; none where nobody was safe."""
    safe, people = np.array(area.safe_at), np.array(area.people)
    finite = np.flatnonzero(np.isfinite(safe))
    if not len(finite):
        return dict.fromkeys(Bottleneck, 0.0)
    by_time = finite[np.argsort(safe[finite], kind="stable")][::-1]
    upto = np.searchsorted(np.cumsum(people[by_time]), SLOWEST * people[finite].sum())
    last = by_time[: upto + 1]
    weight = people[last] / people[last].sum()
    bus = area.population.vehicle[last] == BY_BUS
    waited = np.where(bus, np.array(area.aboard_at)[last] - np.array(area.waits_from)[last], 0.0)
    return {
        Bottleneck.WARNING: float(weight @ (area.population.leaves[last])),
        Bottleneck.ROAD: float(weight @ np.array(area.in_queue)[last]),
        Bottleneck.BUSES: float(weight @ waited),
        Bottleneck.RECEPTION: float(weight @ (safe[last] - np.array(area.at_gate)[last])),
    }
