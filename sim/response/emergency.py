"""All that the operations centre sees of a disturbance: it neither knows nor needs anything else of it."""

from __future__ import annotations

from typing import Protocol

import simpy

from sim.region.place import Place
from sim.strength import Strength
from sim.vocabulary import Capability, Purpose, Severity, Verdict


class Emergency(Protocol):
    """Something that units are sent to."""

    @property
    def identity(self) -> str:
        """What it is called in the records."""

    @property
    def place(self) -> Place:
        """Where it is."""

    @property
    def onset(self) -> float:
        """When it began, minutes after midnight."""

    @property
    def severity(self) -> Severity:
        """How bad it is, as far as the centre knows: as it was when the last report that it has handled was made."""

    @property
    def heard(self) -> Severity:
        """How bad it was when the last report was made, whether that has been handled or not."""

    @property
    def need(self) -> Strength:
        """What that severity asks for."""

    @property
    def heard_need(self) -> Strength:
        """What the severity asks for that was last heard of."""

    @property
    def is_attended(self) -> bool:
        """Whether officers are there, who report at once."""

    @property
    def hesitation(self) -> float:
        """How much longer than usual those who live through it take to tell, minutes; infinite: they never do."""

    @property
    def over(self) -> simpy.Event:
        """Triggers when it has ended."""

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""

    @property
    def purpose(self) -> Purpose:
        """What units are sent there for; to check is all that they do where there is nothing."""

    def reported(self, misjudged: int = 0) -> None:
        """Take note that a report has got through; ``misjudged``: by how many severities it is wrong."""

    def handled(self) -> None:
        """Take note that it has been handled: the centre knows now how bad it is, and can send."""

    def answered(self) -> None:
        """Take note that a sector post has sent its own; the centre may not have handled it yet."""

    def ordered(self) -> None:
        """Take note that a unit has been ordered."""

    def unsent(self, why: Verdict) -> None:
        """Take note that no officers could be ordered when some were first asked for, and why."""

    def asks_for(self, capability: Capability) -> bool:
        """Say whether it asks for this at any severity that it can reach."""

    def arrive(self, strength: Strength, *, sent: bool = True, of_post: bool = False) -> None:
        """Take note of strength that has come; ``sent``: it was ordered; ``of_post``: the guards of the post itself."""

    def leave(self, strength: Strength) -> None:
        """Take note of strength that has gone."""


class Unrecorded:
    """Something that units are sent to and that is no disturbance: of what the centre does about it nothing is kept."""

    over: simpy.Event
    need: Strength
    is_attended = False
    hesitation = 0.0

    @property
    def is_over(self) -> bool:
        """Whether nobody is wanted there any more."""
        return self.over.triggered

    def asks_for(self, capability: Capability) -> bool:
        """Say whether it asks for this."""
        return self.need[capability] > 0

    def reported(self, misjudged: int = 0) -> None:
        """Nothing is kept of it."""

    def handled(self) -> None:
        """Nothing is kept of it."""

    def answered(self) -> None:
        """Nothing is kept of it."""

    def ordered(self) -> None:
        """Nothing is kept of it."""

    def unsent(self, why: Verdict) -> None:
        """Nothing is kept of it."""

    def leave(self, strength: Strength) -> None:
        """Nothing is kept of it."""
