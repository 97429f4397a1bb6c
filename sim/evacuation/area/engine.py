"""An area's evacuation while it goes on: people, their vehicles, queues and shelters, advanced on anybody's clock.

Between two moments at which it is advanced everything happens in the order of its exact time. What is asked of the
world outside, the state of the roads and where officers direct the traffic, is asked when it is advanced: once a minute
a closure is noticed a minute late at most. Buses are somebody else's: they come for people with ``board`` and bring
them with ``alight``.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from sim.evacuation.area.gates import Gates
from sim.evacuation.area.plan import AreaEvacuationPlan
from sim.evacuation.area.population import BY_BUS, draw_population
from sim.evacuation.area.roads import NOWHERE, Links
from sim.evacuation.area.state import MOVING, Whereabouts
from sim.region.road_state import OPEN, RoadState

STEP_MINUTES = 1.0
"""How often the account is taken."""


class AreaEvacuation:
    """One evacuation of an area.

    Args:
        plan: The plan.
        rng: Draws who leaves when.
        roads: Says how the roads are, whenever it is asked.
        begins: When the first order is given, minutes after midnight.
        directed: Says at which nodes officers direct the traffic, whenever it is asked.

    Attributes:
        counts: People in each state now, by :class:`Whereabouts`.
        busy: Buses that are doing something; who brings buses counts them.
    """

    def __init__(
        self,
        plan: AreaEvacuationPlan,
        rng: np.random.Generator,
        roads: Callable[[], RoadState] = lambda: OPEN,
        begins: float = 0.0,
        directed: Callable[[], frozenset[int]] = frozenset,
    ) -> None:
        self.plan, self._roads, self.begins, self.now = plan, roads, begins, begins
        drawn = self.population = draw_population(plan, rng)
        own = plan.settings.own_vehicles
        vehicles, settings = [one.vehicle for one in own] or ["car"], plan.settings
        self.links = Links(plan.network, settings.road_capacity, vehicles, roads(), settings.traffic_post_factor)
        self._directed = directed
        self.links.direct(directed())
        self.gates = Gates(plan.shelters)
        n = self.parties = len(drawn.zone)
        self._zone: list[int] = drawn.zone.tolist()
        self.people: list[int] = drawn.people.tolist()
        self._vehicle: list[int] = drawn.vehicle.tolist()
        self._units = [one.car_units for one in own]
        self.state = [Whereabouts.INSIDE] * n
        self.counts = [0] * len(Whereabouts)
        self.counts[Whereabouts.INSIDE] = int(drawn.people.sum())
        self._turn = [0] * n  # of a party's next event: one of an older turn is void
        self.node = [plan.zones[zone].node for zone in self._zone]
        self._link = [NOWHERE] * n
        self._ends = [0.0] * n  # when the end of the link is reached
        self._goes: list[Sequence[int]] = [plan.zones[zone].goes_to for zone in self._zone]
        self._shelter = [0] * n
        self._walks: list[float] = drawn.walk.tolist()
        self.leaves: list[float] = (drawn.leaves + begins).tolist()
        self.in_queue = [0.0] * n
        self.waits_from = [np.nan] * n
        self.aboard_at = [np.nan] * n
        self.at_gate = [np.nan] * n
        self.safe_at = [np.inf] * n
        self.waiting: dict[int, tuple[deque[int], deque[int]]] = {zone.point: (deque(), deque()) for zone in plan.zones}
        """Who waits at each point, in the order of coming: first the ill and disabled, then the others."""
        self.busy = 0
        self._events = [(at, party, 0) for party, at in enumerate(self.leaves) if at < np.inf]
        heapify(self._events)
        for party in np.flatnonzero(np.isinf(drawn.leaves)).tolist():
            self._put(party, Whereabouts.REFUSED)
        self._accounts: list[tuple[float, ...]] = [(begins, *self.counts)]

    def advance(self, to: float) -> None:
        """Let everything happen until a time, minutes after midnight, and notice how the roads are then.

        Raises:
            AssertionError: When people were lost or made, or a shelter holds more than it has places for.
        """
        mark = self._accounts[-1][0] + STEP_MINUTES
        while mark <= to:
            self._until(mark)
            self.check()
            self._accounts.append((mark, *self.counts))
            mark += STEP_MINUTES
        self._until(to)
        state = self._roads()
        if state != self.links.state:
            self._changed(state)
        directed = self._directed()
        if directed != self.links.directed:
            self.links.direct(directed)

    def _until(self, time: float) -> None:
        events, turn = self._events, self._turn
        while events and events[0][0] <= time:
            at, party, of_turn = heappop(events)
            if of_turn == turn[party]:
                self.now = at
                self._happen(party, at)
        self.now = max(self.now, time)

    def _happen(self, party: int, time: float) -> None:
        match self.state[party]:
            case Whereabouts.ON_THE_WAY:
                self._at_end(party, time)
            case Whereabouts.INSIDE if self._vehicle[party] != BY_BUS:
                self._put(party, Whereabouts.ON_THE_WAY)
                self._at_node(party, time)
            case Whereabouts.INSIDE if self._walks[party] > 0:
                self._put(party, Whereabouts.WALKING)
                self._at(party, time + self._walks[party])
            case Whereabouts.INSIDE | Whereabouts.WALKING:
                self._wait(party, time)
            case Whereabouts.AT_THE_GATE:
                self._put(party, Whereabouts.SAFE)
                self.safe_at[party] = time
                self.gates.enter(self._shelter[party], self.people[party])

    def _put(self, party: int, state: Whereabouts) -> None:
        people = self.people[party]
        self.counts[self.state[party]] -= people
        self.counts[state] += people
        self.state[party] = state

    def _at(self, party: int, time: float) -> None:
        """Let a party's next event be at a time; what it had before is void."""
        self._turn[party] += 1
        heappush(self._events, (time, party, self._turn[party]))

    def _wait(self, party: int, time: float) -> None:
        self._put(party, Whereabouts.WAITING)
        self.waits_from[party] = time
        point = self.plan.zones[self._zone[party]].point
        self.node[party] = point
        self.waiting[point][0 if self.population.assisted[party] else 1].append(party)

    # A vehicle on the roads

    def _at_end(self, party: int, time: float) -> None:
        """Let a vehicle that is at the end of a link leave it, or wait in its queue."""
        link, links = self._link[party], self.links
        if self._ends[party] < np.inf:  # it has just come
            leaves = links.let_out(link, time, self._units[self._vehicle[party]])
            if leaves > time:
                self._ends[party] = np.inf
                self.in_queue[party] += leaves - time
                links.waited[link] += (leaves - time) * self.people[party]
                self._at(party, leaves)
                return
        links.passed[link] += self.people[party]
        self.node[party] = links.heads[link]
        self._at_node(party, time)

    def _at_node(self, party: int, time: float) -> None:
        """Let a vehicle at a node go on: into the next link, through the gate, or nowhere."""
        node, goes, self._link[party] = self.node[party], self._goes[party], NOWHERE
        while len(goes) > 1 and goes[0] == node:
            goes = self._goes[party] = goes[1:]
        if not goes:
            self._choose(party, 0, time)
        elif goes[0] == node:
            self._arrive(party, self.gates.at[node], time)
        else:
            self._drive(party, time)

    def _drive(self, party: int, time: float) -> None:
        vehicle = self._vehicle[party]
        link = self.links.next_link(vehicle, self.node[party], self._goes[party][0])
        if link == NOWHERE:  # what was chosen is cut off: any other that can be reached
            self._choose(party, self.people[party], time)
            return
        self._link[party] = link
        self._ends[party] = time + self.links.minutes[vehicle][link]
        self._at(party, self._ends[party])

    def _choose(self, party: int, places: int, time: float) -> None:
        """Let a party go to the nearest shelter that it can reach and that has so many places."""
        vehicle, node = self._vehicle[party], self.node[party]
        chosen = self.gates.nearest(lambda goal: self.links.way_minutes(vehicle, node, goal), places)
        if chosen is None:
            lost = Whereabouts.DEAD_END if self.gates.any_room(self.people[party]) else Whereabouts.WITHOUT_PLACE
            self._put(party, lost)
            return
        self._goes[party] = (self.plan.shelters[chosen].node,)
        self._at_node(party, time)

    def _arrive(self, party: int, shelter: int, time: float) -> None:
        people = self.people[party]
        if self.gates.room(shelter) < people:
            self._choose(party, people, time)
            return
        self.at_gate[party] = time
        self._shelter[party] = shelter
        _, inside = self.gates.claim(shelter, people, time)
        self._put(party, Whereabouts.AT_THE_GATE)
        self._at(party, inside)

    def _changed(self, state: RoadState) -> None:
        """Let the roads be as they are: who is on a closed one turns back, and who found no way looks again."""
        before, links, time = self.links.minutes, self.links, self.now
        links.set(state)
        for party in range(self.parties):
            if self.state[party] is Whereabouts.DEAD_END and self._vehicle[party] != BY_BUS:
                self._put(party, Whereabouts.ON_THE_WAY)
                self._at_node(party, time)
            elif self.state[party] is Whereabouts.ON_THE_WAY and self._link[party] != NOWHERE:
                self._on_changed(party, before[self._vehicle[party]], time)

    def _on_changed(self, party: int, before: Sequence[float], time: float) -> None:
        """Turn a vehicle round whose road has closed, or let it be as fast as its road is now."""
        links, link, vehicle = self.links, self._link[party], self._vehicle[party]
        took, takes = before[link], links.minutes[vehicle][link]
        queued = self._ends[party] == np.inf
        left = 0.0 if queued else (self._ends[party] - time) / took
        if links.is_closed(link):
            self._link[party] = link ^ 1
            self._ends[party] = time + (1.0 - left) * takes
            self._at(party, self._ends[party])
        elif takes != took and not queued:
            self._ends[party] = time + left * takes
            self._at(party, self._ends[party])

    # What buses do

    def board(self, point: int, seats: int, *, assisted_only: bool = False) -> list[int]:
        """Take people aboard who wait at a point, the ill and disabled first; return who they are.

        Args:
            point: The node of the assembly point.
            seats: How many at most.
            assisted_only: Whether nobody else may board.
        """
        taken: list[int] = []
        for line in self.waiting[point][: 1 if assisted_only else 2]:
            while line and len(taken) < seats:
                taken.append(line.popleft())
        for party in taken:
            self._put(party, Whereabouts.ABOARD)
            self.aboard_at[party] = self.now
        return taken

    def alight(self, shelter: int, riders: Sequence[int]) -> list[int]:
        """Let people out of a bus at a shelter; return those for whom it has no place, who stay aboard."""
        room = max(0, self.gates.room(shelter))
        for party in riders[:room]:
            self.node[party] = self.plan.shelters[shelter].node
            self._put(party, Whereabouts.ON_THE_WAY)
            self._arrive(party, shelter, self.now)
        return list(riders[room:])

    def leave_riders(self, riders: Sequence[int], state: Whereabouts) -> None:
        """Say what became of people in a bus that goes no further: in a dead end, without a place, or aboard again."""
        for party in riders:
            self._put(party, state)

    # What others want to know

    @property
    def settled(self) -> bool:
        """Whether nobody moves any more, nor any bus: nothing more will happen while the roads stay as they are."""
        return self.busy == 0 and not any(self.counts[state] for state in (*MOVING, Whereabouts.ABOARD))

    @property
    def curve(self) -> NDArray[np.float64]:
        """The account at every whole minute: time, minutes after midnight, then people by :class:`Whereabouts`."""
        return np.array(self._accounts, dtype=np.float64)

    def check(self) -> None:
        """Assert that nobody was lost or made and no shelter is overfull."""
        counts, gates = self.counts, self.gates
        assert min(counts) >= 0
        assert sum(counts) == self.plan.people, f"{sum(counts)} people, not {self.plan.people}"
        assert sum(gates.inside) == counts[Whereabouts.SAFE]
        assert sum(gates.claimed) == counts[Whereabouts.SAFE] + counts[Whereabouts.AT_THE_GATE]
        assert all(gates.room(number) >= 0 for number in range(len(gates.shelters)))
        waiting = sum(len(line) for lines in self.waiting.values() for line in lines)
        assert waiting == counts[Whereabouts.WAITING]
