"""Areas that are evacuated on a day: ordered once the operations centre knows, played to the end on the day's roads.

From the moment that a village is told its stations stand still and are left, until the all-clear. What moves there does
not meet the units of the day: buses and own vehicles have queues of their own. So it is played after the day, on the
roads as they were, and goes on in the state of the last moment beyond its end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isfinite

import simpy

from sim.clock import Process, first_of
from sim.config.area import Duty
from sim.config.effects import LeaveArea
from sim.config.leaving import Leaving
from sim.day.leaving import DangerousSites
from sim.delay import draw
from sim.disturbance.incident import Incident
from sim.evacuation.area.alone import play_area
from sim.evacuation.area.plan import AreaEvacuationPlan
from sim.evacuation.area.posts import AreaPost, directed
from sim.evacuation.area.result import AreaResult
from sim.evacuation.area.state import Whereabouts
from sim.evacuation.plan import EvacuationPlan
from sim.log import NEVER, AreaRow
from sim.response.command.posko import Posko
from sim.response.open_roads import OpenRoads
from sim.streams import Streams
from sim.vocabulary import StationState
from sim.voting.polls import Polls

_STANDS_STILL = (StationState.STOPPED, StationState.EVACUATED, StationState.COUNTED, StationState.ABANDONED)


@dataclass(eq=False)
class Order:
    """The order to leave an area.

    Attributes:
        incident: Identity of the disturbance.
        plan: Name of the plan that is played.
        due: Since when the area had to be left, minutes after midnight.
        given: When the order was given.
        stations: Stations of the villages that have been told.
        votes_caught: Votes that were still to come at those of them that did not stand still already.
        posts: The posts that units are sent to.
    """

    incident: str
    plan: str
    due: float
    given: float
    stations: list[int] = field(default_factory=list)
    votes_caught: int = 0
    posts: list[AreaPost] = field(default_factory=list)

    @property
    def cause(self) -> str:
        """What stops its stations."""
        return f"area/{self.plan}"


class Areas:
    """The areas that are evacuated on one day.

    Args:
        env: The clock.
        plan: The plans.
        rule: What the strategy plays in place of which plan.
        polls: The stations.
        leaving: Those that must be left.
        posko: What the operations centre knows.
        roads: The roads through the day.
        streams: The day's random streams.
    """

    def __init__(
        self,
        env: simpy.Environment,
        plan: EvacuationPlan,
        rule: Leaving,
        polls: Polls,
        leaving: DangerousSites,
        posko: Posko,
        roads: OpenRoads,
        streams: Streams,
    ) -> None:
        self.env = env
        self.plan = plan
        self.rule = rule
        self.polls = polls
        self.leaving = leaving
        self.posko = posko
        self.roads = roads
        self.streams = streams
        self.orders: list[Order] = []
        self._due: dict[str, float] = {}

    def endanger(self, incident: Incident, effect: LeaveArea) -> None:
        """Let an area be evacuated, once a day for each plan."""
        if effect.plan not in self._due:
            self._due[effect.plan] = self.env.now
            self.env.process(self._decide(incident, effect))

    def _decide(self, incident: Incident, effect: LeaveArea) -> Process[None]:
        """Process: until the centre has heard how bad it is and given the order; never when it is over before."""
        severity = incident.severity
        while incident.identity not in self.posko.open or self.posko.open[incident.identity].severity < severity:
            if incident.is_over:
                return
            yield first_of(self.env, self.posko.news.next, incident.over)
        decision = self.plan.sites.decision.posko
        yield self.env.timeout(draw(decision, incident.marks(f"leaving/{effect.plan}")))
        chosen: str = self.rule.areas.get(effect.plan, effect.plan)
        order = Order(incident.identity, chosen, self._due[effect.plan], self.env.now)
        self.orders.append(order)
        self._man(order, incident)
        for after, stations in stages(self.plan.areas[chosen]).items():
            self.env.process(self._tell(order, incident, after, stations))

    def _tell(self, order: Order, incident: Incident, after: float, stations: Sequence[int]) -> Process[None]:
        """Process: until some villages are told to leave; from then on voting there stands still."""
        yield self.env.timeout(after)
        if incident.is_over:
            return
        order.votes_caught += sum(map(self._votes_to_come, stations))
        order.stations += stations
        for station in stations:
            self.polls.impose(station, order.cause, speed=0.0)
            self.leaving.endanger(incident, station)

    def _man(self, order: Order, incident: Incident) -> None:
        """Send units to the posts of the plan; nobody is sent any more when it is over."""
        if not incident.is_over:
            order.posts = [
                AreaPost(self.env, f"{order.incident}/{order.plan}/{number}", post, incident.over)
                for number, post in enumerate(self.plan.areas[order.plan].posts)
            ]
            for post in order.posts:
                self.posko.man(post)

    def _votes_to_come(self, station: int) -> int:
        """Return the votes of the calm day that have not been cast at a station; 0 where it stands still already."""
        if self.polls.state(station) in _STANDS_STILL:
            return 0
        return max(0, int(self.polls.calm.voted[station]) - self.polls.votes_so_far(station).voted)

    def all_clear(self, incident: str) -> None:
        """Let voting go on in the areas that were left on account of a disturbance."""
        for order in self.orders:
            if order.incident == incident:
                for cause in (order.cause, incident):  # a station that was left stands still by both
                    self.polls.lift_all(order.stations, cause)

    def rows(self) -> list[AreaRow]:
        """Play what was ordered, and return the records; the day must be over."""
        return [self._row(order) for order in self.orders]

    def _row(self, order: Order) -> AreaRow:
        timed = [(time - order.given, state) for time, state in self.roads.history]
        people, buses = (
            self.streams.generator(f"incident/{order.incident}/area/{what}") for what in ("people", "buses")
        )
        manned = directed(order.posts, order.given)
        result = play_area(self.plan.areas[order.plan], people, buses, timed, manned)
        return _row_of(order, result, float(self.env.now))


def _row_of(order: Order, result: AreaResult, end: float) -> AreaRow:
    def clock(minutes: float) -> float:
        return order.given + minutes if isfinite(minutes) else NEVER

    counts, held = result.counts, result.bottleneck
    return AreaRow(
        incident=order.incident, plan=order.plan, due=order.due, ordered=order.given, people=sum(counts),
        refused=counts[Whereabouts.REFUSED], safe=counts[Whereabouts.SAFE], left_behind=result.left_behind,
        without_place=counts[Whereabouts.WITHOUT_PLACE], half_safe=clock(result.t50), most_safe=clock(result.t90),
        last_safe=clock(result.last), least_minutes=result.bound, bottleneck="" if held is None else held.value,
        votes_caught=order.votes_caught, posts=len(result.plan.posts),
        posts_manned=sum(post.was_manned for post in order.posts),
        unguarded_minutes=sum(post.unmanned_minutes(end) for post in order.posts if post.post.duty is Duty.HOUSES),
    )  # fmt: skip


def stages(plan: AreaEvacuationPlan) -> dict[float, list[int]]:
    """Return the stations of the villages of a plan by when their village is told, minutes after the order."""
    told: dict[float, list[int]] = {}
    ordered = {zone.node: zone.ordered for zone in plan.zones}
    for station, node in enumerate(plan.network.region.stations.node.tolist()):
        if node in ordered:
            told.setdefault(ordered[node], []).append(station)
    return dict(sorted(told.items()))
