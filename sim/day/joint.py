"""Between a disturbance and those who respond to it: what they see of it, and what they tell it."""

from __future__ import annotations

from math import inf

import simpy

from sim.clock import Signal
from sim.delay import draw
from sim.disturbance.incident import Incident
from sim.echelon import Echelon
from sim.strength import Strength
from sim.vocabulary import Capability, Purpose, Severity, Verdict


class Reported:
    """A disturbance as the operations centre sees it; see :class:`sim.response.emergency.Emergency`.

    Args:
        env: The clock.
        incident: The disturbance.

    Attributes:
        identity: What it is called in the records.
        place: Where it is.
        onset: When it began, minutes after midnight.
        severity: How bad it is, as far as the centre knows.
        heard: How bad it was when the last report was made.
        is_known: Whether the centre has handled a report of it.
        over: Triggers when it has ended.
        stirred: Fires when others are there, or it has another severity.
    """

    purpose = Purpose.INCIDENT

    def __init__(self, env: simpy.Environment, incident: Incident) -> None:
        self.env = env
        self.incident = incident
        self.identity = incident.identity
        self.place = incident.place
        self.onset = incident.times.onset
        self.over = incident.over
        self.stirred = Signal(env)
        self._needs = incident.kind.needs
        self.severity = self.heard = incident.severity
        self.is_known = False

    @property
    def need(self) -> Strength:
        """What that severity asks for."""
        return self._needs[self.severity]

    @property
    def heard_need(self) -> Strength:
        """What the severity asks for that was last heard of."""
        return self._needs[self.heard]

    @property
    def is_attended(self) -> bool:
        """Whether officers are there."""
        return self.incident.scene.officers > 0

    @property
    def hesitation(self) -> float:
        """How much longer than usual those who live through it take to tell, minutes; infinite: they never do."""
        telling = self.incident.kind.telling
        if telling is None:
            return 0.0
        marks = self.incident.marks("telling")
        told = marks.random() < telling.share
        return draw(telling.hesitation, marks) if told else inf

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.over.triggered

    def reported(self, misjudged: int = 0) -> None:
        """Take note that a report has got through, which may take it for milder or worse than it is."""
        times, telling = self.incident.times, self.incident.kind.telling
        if telling is not None and telling.judged_right:
            misjudged = 0
        known = list(self._needs)
        told = known.index(self.incident.severity) + misjudged
        self.heard = known[min(max(told, 0), len(known) - 1)]
        if times.reported != times.reported:
            times.reported = self.env.now

    def handled(self) -> None:
        """Take note that it has been handled: the centre knows now how bad it is."""
        self.severity, self.is_known = self.heard, True
        self.incident.note_handled(Echelon.POSKO)
        self.incident.note_known(self.severity)

    def answered(self) -> None:
        """Take note that a sector post has sent its own: it has handled the report, whatever the centre does."""
        self.incident.note_handled(Echelon.SECTOR)

    def ordered(self) -> None:
        """Take note that a unit has been ordered."""
        times = self.incident.times
        if times.ordered != times.ordered:
            times.ordered = self.env.now

    def unsent(self, why: Verdict) -> None:
        """Take note that no officers could be ordered when some were first asked for."""
        self.incident.unsent = why

    def asks_for(self, capability: Capability) -> bool:
        """Say whether it asks for this at any severity that it can reach."""
        return self.incident.asks_for(capability)

    def is_safe(self, below: Severity) -> bool:
        """Say whether a crew can go in: there is no crowd, it is milder, officers are there, or it is over."""
        return not self.incident.has_people or self.incident.severity < below or self.is_attended or self.is_over

    def arrive(self, strength: Strength, *, sent: bool = True, of_post: bool = False) -> None:
        """Take note of strength that has come."""
        self.incident.arrive(strength, sent=sent, of_post=of_post)
        self.stirred.fire()

    def leave(self, strength: Strength) -> None:
        """Take note of strength that has gone."""
        self.incident.leave(strength)
