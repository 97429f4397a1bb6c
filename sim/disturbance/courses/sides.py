"""How the people of a crowd divide between two sides that meet. Where there is one crowd, all are of the first side."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import NamedTuple

from sim.config.courses import CrowdCourse
from sim.config.two_sided import OtherSide

_NO_SIDE = OtherSide.model_construct(starters=0, onlookers=0, supporters=0, supporters_per_minute=0.0)


class Side(NamedTuple):
    """The people of one side.

    Attributes:
        active: People who take part.
        bystanders: People who could join.
        left: People who have gone away or were taken away.
        to_come: Supporters who could still travel in.
    """

    active: int = 0
    bystanders: int = 0
    left: int = 0
    to_come: int = 0


NOBODY = Side()
"""The second side where there is one crowd."""


@dataclass(frozen=True)
class Sides:
    """The second side of a kind of crowd at its start, and what share of others is of it.

    Attributes:
        own: Starters of the first side.
        other: The settings of the second one.
        own_share: Share of the bystanders at the place who are of the first one.
    """

    own: int
    other: OtherSide
    own_share: float

    @classmethod
    def of_one(cls, course: CrowdCourse) -> Sides:
        """Return those of one crowd, which has nobody on the second side."""
        return cls(course.starters, _NO_SIDE, 1.0)

    @property
    def starters(self) -> int:
        """Active people of both sides at the start."""
        return self.own + self.other.starters

    def active(self, starters: int | None) -> int:
        """Return the active people of both sides at the start; None: as many as the kind has."""
        return self.starters if starters is None else starters

    def other_starters(self, starters: int) -> int:
        """Return how many of so many starters are of the second side: in the kind's proportion.

        A person who cannot be divided goes to the side that has the larger part of him, in case of doubt to the first.
        """
        both = self.starters
        return starters - (2 * starters * self.own + both) // (2 * both)

    def other_bystanders(self, people: int) -> int:
        """Return how many of so many bystanders at the place are of the second side; rounded as the starters."""
        return people - floor(people * self.own_share + 0.5)
