"""A day played with somebody who looks on at one disturbance: what its tables do not hold, and what it was like around.

Looking on draws no random number and changes nothing: the log is that of :func:`sim.day.day.simulate_day`, to the byte.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from sim.day.day import Day
from sim.day.draws import draw_day
from sim.day.garbage import swept_at_end, take_apart
from sim.day.world import World
from sim.log import DayLog
from sim.region.road_state import RoadState
from sim.response.command.judgement import Judgement
from sim.response.emergency import Emergency
from sim.response.open_roads import OpenRoads
from sim.vocabulary import Capability


class RoadChange(StrEnum):
    """What becomes of a road, or of all of them."""

    CLOSED = "closed"
    OPENED = "opened"
    SLOWED = "slowed"
    FREED = "freed"
    """It is as fast as ever again."""
    DARK = "dark"
    """It gets dark: everybody is slower on all of them."""
    LIGHT = "light"


@dataclass(frozen=True)
class OfRoads:
    """Something that became of a road.

    Attributes:
        time: When, minutes after midnight.
        change: What.
        road: Its index; None: of all of them.
    """

    time: float
    change: RoadChange
    road: int | None = None


@dataclass(frozen=True)
class OfSignal:
    """The mobile signal has gone, or is back.

    Attributes:
        time: When, minutes after midnight.
        back: Whether it is back.
        nodes: Where.
    """

    time: float
    back: bool
    nodes: tuple[int, ...]


@dataclass
class Watched:
    """What somebody who looked on has seen.

    Attributes:
        judgements: What was said of all units whenever somebody was missing at the disturbance, in order of time.
        roads: What became of roads, in order of time.
        signal: Where the mobile signal went and came back, in order of time.
    """

    judgements: list[Judgement] = field(default_factory=list)
    roads: list[OfRoads] = field(default_factory=list)
    signal: list[OfSignal] = field(default_factory=list)


def watched_day(world: World, strategy: str, replication: int, incident: str) -> tuple[DayLog, Watched]:
    """Play one polling day and look on at one disturbance.

    Args:
        world: The prepared scenario.
        strategy: Name of one of its strategies.
        replication: Number of the day, from 0.
        incident: Identity of the disturbance.

    Raises:
        UserError: For a strategy that the scenario does not play.
    """
    world.response(strategy)  # before a day is drawn for nothing
    seen = Watched()
    with swept_at_end():
        day = Day(world, strategy, replication, draw_day(world, replication))

        def judged(emergency: Emergency, capability: Capability, asked: int) -> None:
            if emergency.identity == incident:
                said = day.posko.dispatcher.judge(emergency, capability, asked)
                if said is not None:
                    seen.judgements.append(said)

        def signal(nodes: tuple[int, ...], back: bool) -> None:
            if nodes:
                seen.signal.append(OfSignal(float(day.env.now), back, nodes))

        day.posko.dispatcher.heard, day.signal.heard = judged, signal
        log = day.run()
        seen.roads = list(_of_roads(day.roads))
        take_apart(day)
    return log, seen


def _of_roads(roads: OpenRoads) -> Iterator[OfRoads]:
    for (_, before), (time, now) in pairwise(roads.history):
        yield from (OfRoads(float(time), *change) for change in _changes(before, now))


def _changes(before: RoadState, now: RoadState) -> Iterator[tuple[RoadChange, int | None]]:
    yield from ((RoadChange.CLOSED, road) for road in sorted(now.closed - before.closed))
    yield from ((RoadChange.OPENED, road) for road in sorted(before.closed - now.closed))
    slowed, were = dict(now.slowed), dict(before.slowed)
    yield from ((RoadChange.SLOWED, road) for road in slowed if slowed[road] < were.get(road, 1.0))
    yield from ((RoadChange.FREED, road) for road in were if slowed.get(road, 1.0) > were[road])
    if now.dark is not before.dark:
        yield RoadChange.DARK if now.dark else RoadChange.LIGHT, None
