"""What a disturbance leaves behind when it is over: no setting of its own, it follows from what it does."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from sim.config.courses import CrowdCourse, Severities
from sim.config.effects import (
    CloseRoad,
    Deter,
    Effect,
    EndVoting,
    Evacuate,
    HoldBoxes,
    Injure,
    LeaveArea,
    ShutDoor,
    SlowRoad,
    Suspend,
)
from sim.config.two_sided import TwoSidedCourse
from sim.vocabulary import PlaceKind, Severity


class Trace(StrEnum):
    """What is left of a disturbance."""

    VOTES_LOST = "votes_lost"
    """Of the voters who stayed away or were sent home some do not come back that day (`voting.absence`)."""
    PAUSE = "pause"
    """Stations serve again some time after the all-clear (`voting.restart_minutes`); where that would be after closing
    their poll is put off, and a count that people had to leave is not gone on with."""
    FOLLOW_UP_POLL = "follow_up_poll"
    """What is needed to vote is gone: who has not voted waits for a follow-up poll, and nothing is counted there."""
    LATE_BOXES = "late_boxes"
    """Ballot boxes that were held come home later."""
    CLOSED_ROAD = "closed_road"
    """Its road is closed or slow until it has been cleared; who was on the way has gone another way, or waited."""
    EMPTY_AREA = "empty_area"
    """People have left an area, and are where they were brought."""
    INJURED = "injured"
    """People are hurt, and have to be brought into care."""
    OFFICERS_HURT = "officers_hurt"
    """Officers are hurt, and have to be brought into care."""
    UNTOLD = "untold"
    """Some are never told of: of these nothing but the votes that are missing would show."""


_OF_EFFECT: dict[type[Effect], tuple[Trace, ...]] = {
    Suspend: (Trace.PAUSE,),
    ShutDoor: (Trace.PAUSE,),
    Evacuate: (Trace.PAUSE, Trace.VOTES_LOST),
    EndVoting: (Trace.FOLLOW_UP_POLL,),
    CloseRoad: (Trace.CLOSED_ROAD,),
    SlowRoad: (Trace.CLOSED_ROAD,),
    Deter: (Trace.VOTES_LOST,),
    LeaveArea: (Trace.EMPTY_AREA,),
    HoldBoxes: (Trace.LATE_BOXES,),
    Injure: (Trace.INJURED,),
}
"""What each effect leaves; those that are not named are gone with the disturbance."""


def traces_of(
    course: object, severities: Severities, places: Iterable[PlaceKind], told_share: float
) -> tuple[Trace, ...]:
    """Return what a kind leaves behind, in the order of :class:`Trace`.

    Args:
        course: How it lives.
        severities: What each severity that it can reach does.
        places: Where it can happen.
        told_share: Share of these disturbances that anybody tells of.
    """
    stages = dict(severities.items())
    effects = [effect for stage in stages.values() for effect in stage.effects if _leaves(effect, places)]
    found = {trace for effect in effects for trace in _OF_EFFECT.get(type(effect), ())}
    if isinstance(course, CrowdCourse):
        found |= _of_crowd(course, max(stages))
    if told_share < 1.0:
        found.add(Trace.UNTOLD)
    return tuple(trace for trace in Trace if trace in found)


def _of_crowd(course: CrowdCourse, worst: Severity) -> set[Trace]:
    """Return what a crowd leaves that becomes so bad: at green it hurts nobody, officers only while it is red."""
    hurt = course.injuries_per_active_hour
    if isinstance(course, TwoSidedCourse):
        hurt += course.contact_injuries_per_hour
    at_worst = {Severity.GREEN: 0.0, Severity.YELLOW: course.injured_yellow_factor, Severity.RED: 1.0}[worst]
    found = {Trace.INJURED} if hurt * at_worst else set()
    return found | ({Trace.OFFICERS_HURT} if course.officers_hurt_per_hour and worst is Severity.RED else set())


def _leaves(effect: Effect, places: Iterable[PlaceKind]) -> bool:
    """Return whether an effect leaves anything: that people leave an office stops no voting."""
    return not isinstance(effect, Evacuate) or any(place is not PlaceKind.BASE for place in places)
