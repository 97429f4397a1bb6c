"""What a course is: how a disturbance lives; and what it sees of the disturbance whose life it plays."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Protocol

import simpy

from sim.clock import Process, Signal
from sim.config.kinds import Kind
from sim.disturbance.scene import Scene
from sim.disturbance.surroundings import Around
from sim.region.place import AreaPlace
from sim.streams import Marks
from sim.vocabulary import Ending, Severity

Living = Process[Ending]
"""The generator of a whole life; it returns how that ended."""


class Life(Protocol):
    """What a course may use of its disturbance, and tell it."""

    @property
    def env(self) -> simpy.Environment:
        """The clock."""

    @property
    def kind(self) -> Kind:
        """The kind."""

    @property
    def starters(self) -> int | None:
        """Active people at the start; None: the kind's own number."""

    @property
    def scene(self) -> Scene:
        """Who is there now."""

    @property
    def around(self) -> Around:
        """Who lives around its place."""

    @property
    def until(self) -> float:
        """When the simulated day stops, minutes after midnight."""

    @property
    def force_complete(self) -> float:
        """When all the strength that was asked for was there; NaN before."""

    @property
    def changed(self) -> Signal:
        """Fires when what was planned ahead no longer holds: other people on scene, or other random streams."""

    def marks(self, purpose: str) -> Marks:
        """Return the stream of one purpose that is in force now; it is asked for again when one replans."""

    def turn(self, severity: Severity, *, first: bool = False) -> None:
        """Tell that it has come to a severity."""

    def ease(self, eased: bool) -> None:
        """Tell that its effects are gone, or have come back, though it goes on."""

    def grow(self, area: AreaPlace) -> None:
        """Tell that it is in this area now."""

    def hurt(self) -> None:
        """Tell that somebody has been hurt."""

    def note_active(self, active: int, when: float) -> None:
        """Tell how many people were active at a moment; the most count."""

    def note_other(self, active: int) -> None:
        """Tell how many people of a second side were active at one time; the most count."""

    def note_withdrawn(self, minutes: float) -> None:
        """Tell that those on scene had drawn back for so long."""


class Tally(Protocol):
    """What every course can be asked about its people, those of both sides where two meet."""

    @property
    def active(self) -> int:
        """People who take part now."""

    @property
    def joined(self) -> int:
        """People who have joined so far."""

    @property
    def dispersed(self) -> int:
        """People dispersed or detained so far."""

    @property
    def injured(self) -> int:
        """People injured so far."""

    @property
    def officers_hurt(self) -> int:
        """Officers injured so far."""


class Course(ABC):
    """The life of one disturbance.

    Args:
        life: The disturbance.
    """

    @abstractmethod
    def __init__(self, life: Life) -> None: ...

    @property
    @abstractmethod
    def first(self) -> Severity:
        """The severity with which it begins."""

    @abstractmethod
    def live(self, crowd_present: int) -> Living:
        """Process: from the start to the end.

        Args:
            crowd_present: People at the place when it starts.

        Returns:
            How it ended.
        """

    @property
    def state(self) -> Tally | None:
        """Its people at this moment; None where there are none, or before it lives."""
        return None

    @property
    def has_people(self) -> bool:
        """Whether there is a state: that is asked more often than what it is."""
        return False

    def withdraw(self, people: int) -> None:
        """Take note that people were brought away from the place."""
        del people

    def roads_changed(self) -> bool:
        """Think again, as roads have closed or opened; return whether that makes a difference."""
        return False

    @abstractmethod
    def replan(self) -> None:
        """Draw anew what was drawn ahead, given that it has not happened yet; the disturbance is woken after it."""

    @abstractmethod
    def look(self) -> None:
        """Bring the records up to this moment."""
