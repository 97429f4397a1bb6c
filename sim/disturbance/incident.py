"""One disturbance on the clock: it grows and shrinks, acts on its station and the ones around, and ends.

The incident knows nothing of posko and units: it says what happens through its ``events`` and is told who has
arrived. A crowd's path is generated ahead up to its next turning point and cut off where the officers change, which
is exact because the chain has no memory.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import simpy

from sim.config.disturbance import SEVERITIES, CrowdKind, FixedKind, Kind, Need
from sim.disturbance.crowd import CrowdPath, CrowdState, play, start
from sim.log import NEVER, IncidentRow
from sim.streams import Streams, lognormal

_BEYOND_MINUTES = 60.0
"""Paths are generated a little beyond the day's end, where the clock stops, so that none ends just before it."""

Process = Generator[simpy.Event, Any, Any]


@dataclass(frozen=True)
class Origin:
    """Where an incident comes from.

    Attributes:
        identity: ``s0`` scripted, ``b12`` background, ``s0.1`` follower.
        kind_name: Name of its kind.
        source: ``scripted``, ``background`` or ``follower``.
        station: Index of its station.
        district: Index of its district.
        node: Node of its station.
        starters: Active people at the start; None: the kind's own number.
        followers: Expected followers when it turns red and nobody hinders them.
    """

    identity: str
    kind_name: str
    source: str
    station: int
    district: int
    node: int
    starters: int | None
    followers: float


@dataclass
class Times:
    """When things happened to an incident; NaN where they did not."""

    onset: float
    reported: float = NEVER
    ordered: float = NEVER
    first_on_scene: float = NEVER
    first_reinforcement: float = NEVER
    force_complete: float = NEVER
    yellow: float = NEVER
    red: float = NEVER
    peak: float = NEVER
    ended: float = NEVER


@dataclass
class Scene:
    """Strength on scene.

    Attributes:
        wardens: Effect of the station's wardens, in officers.
        officers: Officers of every agency that counts as police.
        medical: Ambulances standing by.
        disaster: People of the disaster agency.
    """

    wardens: float = 0.0
    officers: int = 0
    medical: int = 0
    disaster: int = 0

    def change(self, strength: Need, sign: int) -> None:
        """Add strength (sign +1) or take it away (sign -1)."""
        self.officers += sign * strength.police
        self.medical += sign * strength.medical
        self.disaster += sign * strength.disaster

    def meets(self, need: Need) -> bool:
        """Say whether all the strength asked for is there."""
        return self.officers >= need.police and self.medical >= need.medical and self.disaster >= need.disaster


@dataclass
class Hooks:
    """What the day does when something happens to an incident."""

    severity: Callable[[Incident], None]
    injury: Callable[[Incident], None]
    ended: Callable[[Incident], None]


@dataclass(eq=False)
class Incident:
    """One disturbance on one day."""

    env: simpy.Environment
    origin: Origin
    kind: Kind
    streams: Streams
    hooks: Hooks
    until: float
    scene: Scene = field(default_factory=Scene)
    severity: int = 0
    peak_severity: int = 0
    peak_active: int = 0
    needed: int = 0
    outcome: str = "open"
    followers_drawn: float = 0.0
    state: CrowdState | None = None

    def __post_init__(self) -> None:
        self.times = Times(onset=self.env.now)
        self.received = self.env.event()
        """Triggers when posko has the report."""
        self.over = self.env.event()
        """Triggers when the disturbance has ended."""
        self._disturbed = self.env.event()
        if isinstance(self.kind, FixedKind):  # whoever stands there already meets it at the severity it starts with
            self.severity = SEVERITIES.index(self.kind.severity)
        else:
            self.severity = start(self.kind, 0, self.origin.starters).severity

    @property
    def need(self) -> Need:
        """What the present severity asks for."""
        return self.kind.needs.at(self.severity)

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.over.triggered

    def generator(self, purpose: str) -> np.random.Generator:
        """Return the incident's own random stream for one purpose."""
        return self.streams.generator(f"incident/{self.origin.identity}/{purpose}")

    def arrive(self, strength: Need, *, guard_of_post: bool = False) -> None:
        """Take note of strength that has come: people by the kind of need that they meet."""
        self.scene.change(strength, +1)
        now = self.env.now
        if strength.police:
            if np.isnan(self.times.first_on_scene):
                self.times.first_on_scene = now
            if not guard_of_post and np.isnan(self.times.first_reinforcement):
                self.times.first_reinforcement = now
        self._wake()

    def leave(self, strength: Need) -> None:
        """Take note of strength that has gone."""
        self.scene.change(strength, -1)
        self._wake()

    def withdraw_bystanders(self, people: int) -> None:
        """Take away the bystanders among people who were brought out of the station."""
        if self.state is not None and isinstance(self.kind, CrowdKind):
            gone = min(self.state.bystanders, round(self.kind.bystander_share * people))
            self.state = replace(self.state, bystanders=self.state.bystanders - gone)

    def _wake(self) -> None:
        self._note_force()
        event, self._disturbed = self._disturbed, self.env.event()
        event.succeed()

    def _note_force(self) -> None:
        need = self.need
        self.needed = max(self.needed, need.police) if np.isnan(self.times.force_complete) else self.needed
        asked = need.police or need.medical or need.disaster
        if asked and np.isnan(self.times.force_complete) and self.scene.meets(need):
            self.times.force_complete = self.env.now
            self.needed = need.police

    def _turn(self, severity: int, *, initial: bool = False) -> None:
        """Move to another severity, and tell the day when it is the first one or worse than ever before."""
        now, worse = self.env.now, initial or severity > self.peak_severity
        self.severity = severity
        self.peak_severity = max(self.peak_severity, severity)
        if severity >= 1 and np.isnan(self.times.yellow):
            self.times.yellow = now
        if severity >= 2 and np.isnan(self.times.red):
            self.times.red = now
        self._note_force()
        if worse:
            self.hooks.severity(self)

    def live(self, crowd_present: int) -> Process:
        """Process: the whole life of the disturbance.

        Args:
            crowd_present: People at the station when it starts.
        """
        if isinstance(self.kind, CrowdKind):
            yield from self._crowd(self.kind, crowd_present)
        else:
            yield from self._fixed(self.kind)
        self.times.ended = self.env.now
        self.over.succeed()
        self.hooks.ended(self)

    def _crowd(self, kind: CrowdKind, crowd_present: int) -> Process:
        self.state = start(kind, crowd_present, self.origin.starters)
        rng = self.generator("crowd")
        self._turn(self.severity, initial=True)
        self._peak(self.state.active, self.env.now)
        while True:
            began, before = self.env.now, self.state
            strength = self.scene.officers + self.scene.wardens
            path = play(kind, before, strength, began, self.until + _BEYOND_MINUTES, rng)
            timer = self.env.timeout(path.end_time - began)
            yield self.env.any_of([timer, self._disturbed])
            reached = timer.processed
            now_state = path.last if reached else path.at(self.env.now)
            self._peak(*path.peak(path.end_time if reached else self.env.now))
            self.state = now_state if self.state is before else _without(now_state, before, self.state)
            if not reached:
                continue
            self._after(path, before)
            if path.end == "contained":
                self.outcome = "contained" if self.scene.officers else "faded"
                return

    def _after(self, path: CrowdPath, before: CrowdState) -> None:
        if path.end == "injury":
            self.hooks.injury(self)
        elif path.end == "severity" and path.last.severity != before.severity:
            self._turn(path.last.severity)

    def _peak(self, active: int, when: float) -> None:
        if active > self.peak_active or np.isnan(self.times.peak):
            self.peak_active, self.times.peak = active, when

    def _fixed(self, kind: FixedKind) -> Process:
        # Whoever is still at it when the day ends is left "open": the clock simply stops.
        scores = self.generator("duration").standard_normal(2)
        lasts = float(lognormal(scores[0], kind.duration.mean_minutes, kind.duration.cv))
        resolves = float(lognormal(scores[1], kind.resolve.mean_minutes, kind.resolve.cv))
        self._turn(self.severity, initial=True)
        expires = self.env.now + lasts
        ends, hastened, timer = expires, False, self.env.timeout(expires - self.env.now)
        while not timer.processed:
            yield self.env.any_of([timer, self._disturbed])
            if not timer.processed and not np.isnan(self.times.force_complete) and not hastened:
                hastened = True
                ends = min(expires, self.times.force_complete + resolves)
                timer = self.env.timeout(max(0.0, ends - self.env.now))
        self.outcome = "resolved" if ends < expires else "expired"

    def row(self) -> IncidentRow:
        """Return the incident's record."""
        o, t = self.origin, self.times
        joined, dispersed, injured = (
            (self.state.joined, self.state.dispersed, self.state.injured) if self.state is not None else (0, 0, 0)
        )
        return IncidentRow(
            incident=o.identity, kind=o.kind_name, origin=o.source, station=o.station, district=o.district, node=o.node,
            onset=t.onset, reported=t.reported, ordered=t.ordered, first_on_scene=t.first_on_scene,
            first_reinforcement=t.first_reinforcement, needed=self.needed, force_complete=t.force_complete,
            yellow=t.yellow, red=t.red, peak_active=self.peak_active, peak_time=t.peak,
            peak_severity=self.peak_severity, joined=joined, dispersed=dispersed, injured=injured, ended=t.ended,
            outcome=self.outcome,
        )  # fmt: skip


def _without(state: CrowdState, before: CrowdState, reduced: CrowdState) -> CrowdState:
    """Carry over to a later state the bystanders who were taken away meanwhile."""
    return replace(state, bystanders=max(0, state.bystanders - (before.bystanders - reduced.bystanders)))
