"""The units of one day: where each is, what it does, and the record of it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import simpy

from sim.log import UnitStateRow
from sim.response.deployment import Deployment
from sim.response.rounds import stop_at
from sim.response.units import UnitSpec
from sim.streams import Streams, lognormal
from sim.world import World

IDLE = {"guard": "post", "patrol": "free", "reserve": "free", "attached": "free", "ambulance": "free"}
"""The state of a unit of each role when nothing calls it."""


@dataclass(eq=False)
class Unit:
    """One unit on one day.

    Attributes:
        index: Position in the deployment.
        spec: What it is.
        phase: Where on its round it begins, 0 to 1.
        state: As in :class:`sim.log.UnitStateRow`.
        node: Where it is, or last was.
        toward: The node it makes for; its own node when it stays.
        access: Minutes from there to where it really stands (a station away from the village's middle).
        station: The station it stands at; -1 when at none.
        since: When this state began.
        called_away: Triggers when a standing-by ambulance is taken for a casualty.
        rng: Its own stream, made when first needed.
    """

    index: int
    spec: UnitSpec
    phase: float
    state: str
    node: int
    toward: int
    since: float
    access: float = 0.0
    station: int = -1
    called_away: simpy.Event | None = None
    rng: np.random.Generator | None = field(default=None, repr=False)

    @property
    def is_idle(self) -> bool:
        """Whether it can be sent."""
        return self.state in ("post", "free")

    @property
    def officers(self) -> int:
        """Officers in it; 0 for an ambulance or a disaster team."""
        return self.spec.officers


class Fleet:
    """All units of one day under one strategy.

    Args:
        env: The clock.
        world: The prepared scenario.
        deployment: Who stands where.
        streams: The day's random streams.
    """

    def __init__(self, env: simpy.Environment, world: World, deployment: Deployment, streams: Streams) -> None:
        self.env = env
        self.world = world
        self.deployment = deployment
        self.streams = streams
        self.rows: list[UnitStateRow] = []
        self.became_idle = env.event()
        self.units = [self._unit(i, spec) for i, spec in enumerate(deployment.units)]

    def _unit(self, index: int, spec: UnitSpec) -> Unit:
        phase = self.streams.uniform(f"unit/{spec.name}/phase") if len(spec.stops) > 1 else 0.0
        return Unit(index, spec, phase, IDLE[spec.role], spec.home, spec.home, self.env.now)

    def set_state(self, unit: Unit, state: str, toward: int | None = None) -> None:
        """Close the unit's present stretch and begin the next; nothing is recorded for a stretch of no length.

        Args:
            unit: The unit.
            state: Its new state.
            toward: The node it makes for; None when it stays where it is.
        """
        if self.env.now > unit.since:
            self.rows.append(self._row(unit, self.env.now))
        unit.state, unit.since = state, self.env.now
        unit.toward = unit.node if toward is None else toward
        if unit.is_idle:
            event, self.became_idle = self.became_idle, self.env.event()
            event.succeed(unit)

    def _row(self, unit: Unit, end: float) -> UnitStateRow:
        spec = unit.spec
        return UnitStateRow(
            spec.name, spec.agency, spec.role, spec.strength, spec.district, unit.state, unit.since, end, unit.toward
        )

    def close(self, end: float) -> None:
        """Record every unit's last stretch up to the end of the day."""
        self.rows.extend(self._row(unit, end) for unit in self.units if end > unit.since)

    def locate(self, unit: Unit) -> Unit:
        """Put an idle unit where its round has it now, and return it."""
        spec = unit.spec
        if unit.is_idle:
            unit.node, unit.access, unit.station = spec.home, 0.0, -1
            if spec.stops:
                n = len(spec.stops)
                stop = spec.stops[stop_at(self.env.now, self.world.start, spec.dwell, n, unit.phase)]
                if spec.role == "guard":
                    unit.node, unit.station = int(self.world.region.stations.node[stop]), stop
                    unit.access = float(self.world.access[stop])
                else:
                    unit.node = stop
        return unit

    def guard_of(self, station: int) -> Unit | None:
        """Return the guard unit of the post that covers a station; None when no post does."""
        post = int(self.deployment.post_of_station[station])
        return self.units[self.deployment.posts[post].unit] if post >= 0 else None

    def officers_at(self, station: int) -> float:
        """Strength standing at a station now: the post's officers while they are there, and its wardens' share."""
        guard = self.guard_of(station)
        here = guard is not None and guard.is_idle and self.locate(guard).station == station
        wardens = float(self.deployment.wardens_at[station]) * self.world.scenario.response.warden_strength
        return wardens + (guard.officers if guard is not None and here else 0)

    def mobilisation(self, unit: Unit) -> float:
        """Draw the unit's next mobilisation time, minutes, from its own stream."""
        if unit.rng is None:
            unit.rng = self.streams.generator(f"unit/{unit.spec.name}/mobilisation")
        delay = unit.spec.mobilisation
        return float(lognormal(unit.rng.standard_normal(), delay.mean_minutes, delay.cv))
