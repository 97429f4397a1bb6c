"""The registry: every course of the settings is played by one class, and one more is one line."""

from __future__ import annotations

from typing import get_args

import pytest
import simpy

from sim.config.courses import FixedCourse
from sim.config.kinds import Course as CourseSettings
from sim.disturbance.courses import COURSES
from sim.disturbance.courses.course import Course, Life, Living
from sim.disturbance.incident import Incident
from sim.disturbance.start import Start
from sim.streams import Streams
from sim.vocabulary import Ending, Origin, Severity
from tests.disturbance.made_up import END, KINDS, PLACES, Heard, nobody_around


def test_every_course_of_the_settings_is_played() -> None:
    assert set(COURSES) == set(get_args(get_args(CourseSettings)[0]))


def test_every_course_has_a_file_of_its_own() -> None:
    assert len({course.__module__ for course in COURSES.values()}) == len(COURSES)


class Lightning(Course):
    """Red for three minutes, whatever anybody does."""

    def __init__(self, life: Life) -> None:
        self.life = life

    @property
    def first(self) -> Severity:
        return Severity.RED

    def live(self, crowd_present: int) -> Living:
        self.life.turn(self.first, first=True)
        yield self.life.env.timeout(3.0)
        return Ending.EXPIRED

    def replan(self) -> None:
        """Nothing is planned."""

    def look(self) -> None:
        """Nothing is counted."""


def test_another_course_is_one_class_and_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(COURSES, FixedCourse, Lightning)
    env, heard = simpy.Environment(initial_time=600.0), Heard()
    start = Start("s0", "bomb_threat", Origin.SCRIPTED, PLACES[0], None, 0.0)
    incident = Incident(env, start, KINDS["bomb_threat"], Streams(1, 0), heard.hooks(), END, nobody_around())
    env.process(incident.live(10))
    env.run(700.0)
    assert (incident.times.red, incident.times.ended, incident.ending) == (600.0, 603.0, Ending.EXPIRED)
    assert (heard.severities, heard.ended, incident.row().joined) == ([Severity.RED], 1, 0)
