"""Where disturbances come from on one day: the scenario's script, the hazard of every station, followers of others."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import numpy as np
import simpy

from sim.config.disturbance import CrowdKind
from sim.disturbance.incident import Incident, Origin
from sim.disturbance.onset import Candidates, acceptance
from sim.disturbance.spread import draw_followers, place_weights, thinning
from sim.world import Scripted, World

Process = Generator[simpy.Event, Any, Any]
_SHARE_BY_SEVERITY = (0.0, 0.5, 1.0)
"""Followers that have been drawn once a severity is reached, as a share of those of a red incident."""


class Outbreak:
    """Starts the disturbances of one day.

    Args:
        env: The clock.
        world: The prepared scenario.
        officers_at: Strength standing at a station now.
        crowd_at: People at a station now.
        begin: Starts an incident of this origin.
    """

    def __init__(
        self,
        env: simpy.Environment,
        world: World,
        officers_at: Callable[[int], float],
        crowd_at: Callable[[int], int],
        begin: Callable[[Origin], Incident],
    ) -> None:
        self.env = env
        self.world = world
        self.officers_at = officers_at
        self.crowd_at = crowd_at
        self.begin = begin

    def _origin(
        self, identity: str, kind: str, source: str, station: int, starters: int | None, followers: float | None
    ) -> Origin:
        stations = self.world.region.stations
        expected = self.world.scenario.disturbance.spread.followers if followers is None else followers
        return Origin(
            identity, kind, source, station, int(stations.district[station]), int(stations.node[station]), starters,
            expected,
        )  # fmt: skip

    def script(self, scripted: Scripted) -> Process:
        """Process: one disturbance of the scenario, at its time."""
        yield self.env.timeout(scripted.onset - self.env.now)
        s = scripted
        self.begin(self._origin(s.identity, s.kind, "scripted", s.station, s.starters, s.followers))

    def background(self, candidates: Candidates) -> Process:
        """Process: the disturbances that start by themselves, thinned by what the station is like at that moment."""
        settings = self.world.scenario.disturbance.background
        voting = self.world.scenario.voting
        for i in range(len(candidates.time)):
            yield self.env.timeout(max(0.0, float(candidates.time[i]) - self.env.now))
            station = int(candidates.station[i])
            chance = acceptance(
                settings,
                counting=self.env.now >= voting.close,
                crowd=self.crowd_at(station),
                officers=self.officers_at(station),
            )
            if candidates.mark[i] < chance:
                self.begin(self._origin(f"b{i}", candidates.kind[i], "background", station, None, None))

    def follow(self, incident: Incident) -> None:
        """Draw the followers that an incident's new severity brings, and set them on their way."""
        share = _SHARE_BY_SEVERITY[incident.severity]
        mean = incident.origin.followers * (share - incident.followers_drawn)
        if mean <= 0 or not isinstance(incident.kind, CrowdKind):
            return
        incident.followers_drawn = share
        settings, origin = self.world.scenario.disturbance, incident.origin
        rng = incident.generator(f"followers/{incident.severity}")
        stations = self.world.region.stations
        weights = place_weights(
            self.world.km[origin.node, stations.node],
            np.asarray(settings.background.vulnerability_weight.as_tuple)[stations.vulnerability],
            settings.spread.reach_km,
            origin.station,
        )
        drawn = draw_followers(mean, settings.spread.delay_minutes, weights, rng)
        for k in range(len(drawn.delay)):
            identity = f"{origin.identity}.{incident.severity}{k}"
            self.env.process(
                self._follower(identity, incident, float(drawn.delay[k]), int(drawn.place[k]), float(drawn.mark[k]))
            )

    def _follower(self, identity: str, parent: Incident, delay: float, station: int, mark: float) -> Process:
        """Process: one follower, unless the officers who stand there keep it down or nobody is there any more."""
        yield self.env.timeout(delay)
        deterrence = self.world.scenario.disturbance.background.deterrence_per_officer
        if self.crowd_at(station) and mark < thinning(deterrence, self.officers_at(station)):
            self.begin(self._origin(identity, parent.origin.kind_name, "follower", station, None, None))
