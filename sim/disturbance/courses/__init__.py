"""Courses: how a disturbance lives.

A new one is a class of settings in ``sim/config/``, a file here, and a line below.
"""

from __future__ import annotations

from sim.config.courses import CrowdCourse, FixedCourse
from sim.config.fields import Settings
from sim.config.slow import GrowingCourse, SlowCourse
from sim.config.two_sided import TwoSidedCourse
from sim.disturbance.courses.course import Course, Life
from sim.disturbance.courses.crowd import Crowd
from sim.disturbance.courses.fixed import Fixed
from sim.disturbance.courses.growing import Growing
from sim.disturbance.courses.slow import Slow
from sim.disturbance.courses.two_sided import TwoSided

COURSES: dict[type[Settings], type[Course]] = {
    CrowdCourse: Crowd,
    TwoSidedCourse: TwoSided,
    FixedCourse: Fixed,
    SlowCourse: Slow,
    GrowingCourse: Growing,
}
"""What plays each course, by its settings."""


def course_of(life: Life) -> Course:
    """Return the course of a disturbance's kind, ready to live."""
    return COURSES[type(life.kind.course)](life)
