"""Two crowds that meet: a crowd's life, with the second side that its kind has.

The chain is described at :class:`sim.config.two_sided.TwoSidedCourse`.
"""

from __future__ import annotations

from dataclasses import replace

from sim.config.kinds import Kind
from sim.config.two_sided import TwoSidedCourse
from sim.disturbance.courses.crowd import Crowd
from sim.disturbance.courses.rules import CrowdRules, once_a_kind
from sim.disturbance.courses.sides import Sides


class TwoSided(Crowd):
    """The course of two crowds that meet.

    Args:
        life: The disturbance.
    """

    @staticmethod
    def rules_of(kind: Kind) -> CrowdRules:
        """Return the rules of a kind: those of one crowd, with a second side."""
        return _of_two(kind)


@once_a_kind
def _of_two(kind: Kind) -> CrowdRules:
    course = kind.course
    assert isinstance(course, TwoSidedCourse)
    contact = course.contact_injuries_per_hour / 60.0
    rates = {
        "other_supporters": course.other_side.supporters_per_minute,
        "provocation": course.provocation,
        "contact_yellow": contact * course.injured_yellow_factor,
        "contact_red": contact,
        "separation": course.separation,
    }
    sides = Sides(course.starters, course.other_side, course.own_share)
    return replace(CrowdRules.of(kind).with_rates(rates), sides=sides)
