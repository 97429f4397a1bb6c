"""Plays one future of a moment under each course, on the same random numbers.

Future k is branch k of the day: up to the moment it is the day itself, from then on everything random is the branch's.
All courses of a question are played on the same draws, and the plan without a decision beside them.

**How far a future is played.** What is counted in the whole region (votes, people hurt, stations) is counted until
stations close, on every course and in every future alike; the disturbance that the question is about is followed until
it is over. What becomes of the stations is known at closing: nobody comes any more, one that lets nobody in then is
given up, and the engine serves those who stand in line under the conditions that are in force. The way of the boxes
home, three quarters of the work of a whole day, is left out. Of a question that is asked after closing the day is
played to its end.

**What nobody looks at is not played.** A station that nothing has happened to is equal to its calm twin; only the
others are compared with theirs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf, nextafter

from sim.clock import first_of
from sim.day.day import Day
from sim.day.draws import DayDraws, Trunk, draw_day
from sim.day.garbage import swept_at_end
from sim.day.world import World
from sim.disturbance.incident import Incident
from sim.errors import UserError
from sim.exercise.futures.question import Course, Moment, Question, Timed
from sim.exercise.futures.sample import Sample, costs_of, hurt, times_of
from sim.words.language import gettext as _

PLAN = Course("")
"""The plan goes on: nothing is decided."""


@dataclass(frozen=True)
class Left:
    """A decision that could not be carried out in a future.

    Attributes:
        number: Its place among the decisions of its course.
        why: Why not.
    """

    number: int
    why: str


@dataclass(frozen=True)
class Played:
    """One future under one course.

    Attributes:
        sample: Its numbers.
        left: Decisions that could not be carried out.
    """

    sample: Sample
    left: tuple[Left, ...]


@dataclass(frozen=True)
class Future:
    """One future.

    Attributes:
        number: Its number, from 1; the branch of the day that it is.
        focus: The disturbance that times are about; None: all that begin from now on.
        until: Until when is counted, minutes after midnight.
        known: Identities of the disturbances that there were, on any course.
        played: The plan without a decision, then each course.
    """

    number: int
    focus: str | None
    until: float
    known: frozenset[str]
    played: tuple[Played, ...]

    @property
    def seen(self) -> bool:
        """Whether the disturbance that was asked about was there."""
        return self.focus is None or self.focus in self.known


def horizon(question: Question, close: float, end: float) -> float:
    """Return until when is counted, the same in every future and on every course.

    Args:
        question: The question.
        close: When stations close, minutes after midnight.
        end: When the simulated day stops.
    """
    now = question.moment.time
    asked = question.until if question.until is not None else close if now < close else end
    last = max((timed.time for course in question.courses for timed in course.decisions), default=now)
    return min(end, max(asked, last))


def play_future(world: World, trunk: Trunk, question: Question, number: int) -> Future:
    """Play one future under the plan and under each course.

    Args:
        world: The prepared scenario.
        trunk: What the futures of the day share.
        question: The question.
        number: Number of the future, from 1.

    Raises:
        UserError: For a moment that is not on the day, or a past that cannot be replayed.
    """
    moment = question.moment
    _check_moment(world, moment)
    until = horizon(question, world.scenario.voting.close, world.end)
    draws = draw_day(world, moment.replication, branch=number, fork=moment.time, trunk=trunk, again=True)
    focus, known, played = question.focus, set[str](), list[Played]()
    for course in (PLAN, *question.courses):
        with swept_at_end():
            day = day_at(world, moment, draws, number)
            focus = focus if focus is not None else worst(day)
            played.append(_play(day, course, moment.time, until, focus))
            known |= day.incidents.keys()
            del day  # so that it is swept
    return Future(number, focus, until, frozenset(known), tuple(played))


def _check_moment(world: World, moment: Moment) -> None:
    world.response(moment.strategy)
    if not world.start <= moment.time < world.end:
        raise UserError(
            _("time = {time:g}: the day is played from {start:g} to {end:g} minutes after midnight").format(
                time=moment.time, start=world.start, end=world.end
            )
        )


def day_at(world: World, moment: Moment, draws: DayDraws, number: int) -> Day:
    """Return a future, played up to the moment with all that had been decided by then.

    Raises:
        UserError: When a decision of the past cannot be carried out: it was not this day.
    """
    day = Day(world, moment.strategy, moment.replication, draws, branch=number, fork=moment.time)
    for timed in moment.past:
        day.until(timed.time)
        day.act(timed.decision)
    day.until(moment.time)
    return day


def worst(day: Day) -> str | None:
    """Return the worst disturbance going on, of those that the operations centre knows of if it knows of any."""

    def how_bad(incident: Incident) -> tuple[bool, int, int]:
        emergency, state = day.reported[incident.identity], incident.state
        severity = emergency.severity if emergency.is_known else incident.severity
        return emergency.is_known, int(severity), 0 if state is None else state.active

    going_on = [incident for incident in day.incidents.values() if not incident.is_over]
    return max(going_on, key=how_bad).identity if going_on else None


def _play(day: Day, course: Course, now: float, until: float, focus: str | None) -> Played:
    before, left = hurt(day.incidents.values()), list[Left]()
    decisions = list(enumerate(course.decisions))
    _carry_out(day, [(i, timed) for i, timed in decisions if timed.time == now], left)
    day.until(nextafter(now, inf))  # what goes on has gone over to the branch
    _count_peaks_from_here(day.incidents.values())
    _carry_out(day, [(i, timed) for i, timed in decisions if timed.time > now], left)
    day.until(until)
    counted = dict(day.incidents)
    costs = costs_of(day.polls.touched(), hurt(counted.values()), before)
    followed = list(counted.values()) if focus is None else [counted[focus]] if focus in counted else []
    _play_until_over(day, followed)
    for incident in followed:
        incident.row()  # which notes the most people up to this moment
    return Played(times_of(followed, now, of_one=focus is not None) | costs, tuple(left))


def _carry_out(day: Day, decisions: Iterable[tuple[int, Timed]], left: list[Left]) -> None:
    for number, timed in decisions:
        day.until(timed.time)
        try:
            day.act(timed.decision)
        except UserError as error:
            left.append(Left(number, str(error)))


def _count_peaks_from_here(incidents: Iterable[Incident]) -> None:
    """Forget how many people took part before now."""
    for incident in incidents:
        state = incident.state
        incident.peak_active = 0 if state is None or incident.is_over else state.active


def _play_until_over(day: Day, incidents: Iterable[Incident]) -> None:
    """Play on until some disturbances are over, at most to the end of the day."""
    env, end = day.env, day.world.end
    for incident in incidents:
        if not incident.is_over and env.now < end:
            env.run(until=first_of(env, incident.over, env.timeout(end - float(env.now))))
