"""One disturbance on the clock: it lives by its course, asks for strength, and ends.

The incident knows nothing of posko and units: it says what happens through its hooks and is told who has arrived.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isnan

import simpy

from sim.clock import Process, Signal
from sim.config.effects import Effect
from sim.config.kinds import Kind
from sim.disturbance.courses import course_of
from sim.disturbance.courses.course import Tally
from sim.disturbance.force import Force
from sim.disturbance.scene import Scene
from sim.disturbance.start import Start
from sim.disturbance.surroundings import Around
from sim.echelon import Echelon
from sim.log import NEVER, NOWHERE, ForceRow, IncidentRow
from sim.region.place import AreaPlace, Place
from sim.streams import Marks, Streams
from sim.strength import Strength
from sim.vocabulary import Capability, Ending, Severity, Verdict


@dataclass
class Times:
    """When things happened to an incident, minutes after midnight; NaN where they did not."""

    onset: float
    reported: float = NEVER
    handled: float = NEVER
    ordered: float = NEVER
    first_on_scene: float = NEVER
    first_reinforcement: float = NEVER
    controlled: float = NEVER
    yellow: float = NEVER
    red: float = NEVER
    peak: float = NEVER
    ended: float = NEVER


@dataclass(frozen=True)
class Hooks:
    """What the day does when something happens to an incident.

    Attributes:
        severity: It has its first severity, or one worse than ever before.
        news: Officers on scene would tell of it: it has eased or worsened again, or they have come and see how it is.
        injury: Somebody has been hurt, at this node or at the place.
        changed: Its effects are gone or have come back, or it is in another area, at the same severity.
        ended: It is over.
    """

    severity: Callable[[Incident], None]
    news: Callable[[Incident], None]
    injury: Callable[[Incident, int | None], None]
    changed: Callable[[Incident], None]
    ended: Callable[[Incident], None]


class Incident:
    """One disturbance on one day.

    Args:
        env: The clock; the incident starts now.
        start: How it starts.
        kind: Its kind.
        streams: The day's random streams.
        hooks: What the day does when something happens to it.
        until: When the simulated day stops, minutes after midnight.
        around: Who lives around its place.

    Attributes:
        identity: Its identity, unique on its day.
        place: Where it happens.
        severity: The present severity.
        peak_severity: The worst so far.
        peak_active: The most active people so far, of both sides where two crowds meet.
        peak_other: The most of them who were of the second side; 0 where there is none.
        forces: What each severity that it has reached asks for, those that ask for nothing left out.
        handled_by: Who has handled the report first; None: nobody yet.
        first_sent: Whether the first officers had been ordered; None: nobody has come.
        unsent: Why no officers were ordered when the centre first asked for some; None: some were, or it did not ask.
        also_injured: People hurt so far by no crowd.
        withdrawn_minutes: For how long those on scene had drawn back before a crowd.
        followers_drawn: Followers drawn so far, as a share of those that it has when it turns red.
        ending: How it ended.
        times: When things happened to it.
        eased: Whether its effects are gone for now.
        scene: Who is there.
        over: Triggers when it has ended.
        changed: Fires when what was planned ahead no longer holds.
    """

    def __init__(
        self,
        env: simpy.Environment,
        start: Start,
        kind: Kind,
        streams: Streams,
        hooks: Hooks,
        until: float,
        around: Around,
    ) -> None:
        self.env, self.start = env, start
        self.identity = start.identity
        self.place: Place = start.place
        self.kind = kind
        self.streams = streams
        self.hooks = hooks
        self.until = until
        self.around = around
        self.times = Times(onset=env.now)
        self.scene = Scene()
        self.over = env.event()
        self.changed = Signal(env)
        self.ending = Ending.OPEN
        self.forces: dict[Severity, Force] = {}
        self.handled_by: Echelon | None = None
        self.first_sent: bool | None = None
        self.unsent: Verdict | None = None
        self.peak_active = self.peak_other = self.also_injured = 0
        self.followers_drawn = self.withdrawn_minutes = 0.0
        self.eased = False
        self._needs = kind.needs
        self._course = course_of(self)
        # Whoever stands there already meets it at the severity it starts with, before it lives.
        self.severity = self.peak_severity = self._course.first

    @property
    def title(self) -> str:
        """What it is called: the title of its kind."""
        return self.kind.title

    @property
    def starters(self) -> int | None:
        """Active people at the start; None: the kind's own number."""
        return self.start.starters

    @property
    def state(self) -> Tally | None:
        """Its people at this moment; None where it has none, or before it lives."""
        return self._course.state

    @property
    def has_people(self) -> bool:
        """Whether it has a state: that costs less to ask than how many they are."""
        return self._course.has_people

    @property
    def need(self) -> Strength:
        """What the present severity asks for."""
        return self._needs[self.severity]

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What the present severity does; nothing while it is eased."""
        return () if self.eased else self.kind.effects(self.severity)

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.over.triggered

    @property
    def is_untold(self) -> bool:
        """Whether no report of it has come to the operations centre so far."""
        return isnan(self.times.reported)

    @property
    def force_complete(self) -> float:
        """When all that its worst severity asks for was there; NaN before."""
        force = self.forces.get(self.peak_severity)
        return NEVER if force is None else force.complete

    def asks_for(self, capability: Capability) -> bool:
        """Whether any severity that it can reach asks for people who can do this."""
        return any(need[capability] for need in self._needs.values())

    def marks(self, purpose: str) -> Marks:
        """Return the incident's own stream of one purpose, the one that is in force now; asked again it goes on."""
        return self.streams.marks(f"incident/{self.identity}/{purpose}")

    def arrive(self, strength: Strength, *, sent: bool = True, of_post: bool = False) -> None:
        """Take note of people who have come.

        Args:
            strength: The people.
            sent: Whether they were ordered; else they stood here, or came by their round.
            of_post: Whether they guard this place anyway, and so are no reinforcement.
        """
        scene, times = self.scene, self.times
        unattended = not scene.officers
        scene.change(scene.strength + strength)
        if strength.officers:
            now = self.env.now
            if isnan(times.first_on_scene):
                times.first_on_scene, self.first_sent = now, sent
            if not of_post and isnan(times.first_reinforcement):
                times.first_reinforcement = now
            if unattended:
                self.hooks.news(self)
        self._stir()

    def note_handled(self, by: Echelon) -> None:
        """Take note that somebody has handled the report; who did so first is kept."""
        if self.handled_by is None:
            self.times.handled, self.handled_by = self.env.now, by

    def note_known(self, severity: Severity) -> None:
        """Take note that posko knows now how bad it is."""
        for reached, force in self.forces.items():
            if reached <= severity and isnan(force.known):
                force.known = self.env.now

    def leave(self, strength: Strength) -> None:
        """Take note of people who have gone."""
        self.scene.change(self.scene.strength - strength)
        self._stir()

    def set_wardens(self, effect_in_officers: float) -> None:
        """Take note of the wardens who stand there now, by their effect."""
        if effect_in_officers != self.scene.wardens:
            self.scene.wardens = effect_in_officers
            self.changed.fire()

    def withdraw_bystanders(self, people: int) -> None:
        """Take away the bystanders among people who were brought away from the place."""
        self._course.withdraw(people)

    def replan(self) -> None:
        """Cut what was drawn ahead, and go on from here with the streams now in force: the day has been forked."""
        if not self.is_over:
            self._course.replan()
            self.changed.fire()

    def roads_changed(self) -> None:
        """Take note that roads have closed or opened."""
        if not self.is_over and self._course.roads_changed():
            self.changed.fire()

    def live(self, crowd_present: int) -> Process[None]:
        """Process: the whole life of the disturbance.

        Args:
            crowd_present: People at the place when it starts.
        """
        self.ending = yield from self._course.live(crowd_present)
        self.times.ended = self.env.now
        if isnan(self.times.controlled):
            self.times.controlled = self.env.now
        self.over.succeed()
        self.hooks.ended(self)

    def turn(self, severity: Severity, *, first: bool = False) -> None:
        """Come to a severity; the day is told when it is the first one, or worse than ever before.

        Args:
            severity: The severity.
            first: Whether it is the one that the disturbance starts with.
        """
        worse = first or severity > self.peak_severity
        if severity > Severity.GREEN:
            self.times.controlled = NEVER
        elif not first:
            self.times.controlled = self.env.now
        self.severity = severity
        if severity not in self.forces and self._needs[severity]:
            self.forces[severity] = force = Force(self._needs[severity], self.env.now)
            force.note(self.scene.strength, self.env.now)
        self.peak_severity = max(self.peak_severity, severity)
        if severity >= Severity.YELLOW and isnan(self.times.yellow):
            self.times.yellow = self.env.now
        if severity >= Severity.RED and isnan(self.times.red):
            self.times.red = self.env.now
        if worse:
            self.hooks.severity(self)
        else:
            self.hooks.news(self)

    def ease(self, eased: bool) -> None:
        """Tell the day that its effects are gone, or have come back, though it goes on."""
        self.eased = eased
        self.hooks.changed(self)

    def grow(self, area: AreaPlace) -> None:
        """Tell the day that it is in this area now."""
        self.place = area
        self.hooks.changed(self)

    def hurt(self) -> None:
        """Tell the day that somebody has been hurt."""
        self.hooks.injury(self, None)

    def injure(self, node: int | None) -> None:
        """Let somebody be hurt by no crowd, in a village of its area or at the place itself."""
        self.also_injured += 1
        self.hooks.injury(self, node)

    def note_active(self, active: int, when: float) -> None:
        """Take note of how many people were active at a moment; the most count, and when there were first so many."""
        if active > self.peak_active or isnan(self.times.peak):
            self.peak_active, self.times.peak = active, when

    def note_other(self, active: int) -> None:
        """Take note of how many people of a second side were active at one time; the most count."""
        self.peak_other = max(self.peak_other, active)

    def note_withdrawn(self, minutes: float) -> None:
        """Take note that those on scene had drawn back for so long."""
        self.withdrawn_minutes += minutes

    def row(self) -> IncidentRow:
        """Return the incident's record as it is at this moment."""
        self._course.look()
        s, t, state = self.start, self.times, self.state
        return IncidentRow(
            incident=s.identity,
            kind=s.kind_name,
            origin=s.origin.value,
            place_kind=s.place.kind.value,
            place=s.place.code,
            district=NOWHERE if s.place.district is None else s.place.district,
            onset=t.onset,
            reported=t.reported,
            handled=t.handled,
            handled_by="" if self.handled_by is None else self.handled_by,
            ordered=t.ordered,
            unsent="" if self.unsent is None else self.unsent,
            first_on_scene=t.first_on_scene,
            first_sent=NOWHERE if self.first_sent is None else int(self.first_sent),
            first_reinforcement=t.first_reinforcement,
            needed=max((force.need[Capability.PRESENCE] for force in self.forces.values()), default=0),
            force_complete=self.force_complete,
            yellow=t.yellow,
            red=t.red,
            peak_active=self.peak_active,
            peak_other=self.peak_other,
            peak_time=t.peak,
            peak_severity=int(self.peak_severity),
            joined=0 if state is None else state.joined,
            dispersed=0 if state is None else state.dispersed,
            injured=self.also_injured + (0 if state is None else state.injured),
            officers_hurt=0 if state is None else state.officers_hurt,
            withdrawn_minutes=self.withdrawn_minutes,
            controlled=t.controlled,
            ended=t.ended,
            outcome=self.ending.value,
        )

    def _stir(self) -> None:
        """Other people are there: note whether they suffice, and let the course go on with them."""
        for force in self.forces.values():
            if force.complete != force.complete:
                force.note(self.scene.strength, self.env.now)
        self.changed.fire()

    def force_rows(self) -> list[ForceRow]:
        """Return the records of its forces, the mildest severity first."""
        return [
            ForceRow(
                self.identity, int(severity), force.reached, force.known, "" if force.short is None else force.short,
                force.complete, int(force.is_coming), *force.by_capability(),
            )
            for severity, force in sorted(self.forces.items())
        ]  # fmt: skip
