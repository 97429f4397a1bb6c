"""What a kind of disturbance is like to those who live through it, by its record and not by its name."""

from __future__ import annotations

from enum import StrEnum

from sim.config.courses import CrowdCourse
from sim.config.kinds import Kind
from sim.config.slow import GrowingCourse
from sim.config.two_sided import TwoSidedCourse
from sim.vocabulary import PlaceKind


class Trait(StrEnum):
    """What it looks like; the words of its injects are found by it."""

    CROWD = "crowd"
    SIDES = "sides"
    """Two crowds that face each other."""
    OFFICE = "office"
    """A crowd before an office."""
    BOXES = "boxes"
    """A crowd that wants the ballot boxes."""
    ROADBLOCK = "roadblock"
    """A crowd on a road."""
    ROAD = "road"
    """A road that cannot be used as usual."""
    OUTAGE = "outage"
    THREAT = "threat"
    """A danger for which a building is left."""
    HAZARD = "hazard"
    """A danger that comes over an area."""
    DAMAGE = "damage"
    RUMOUR = "rumour"
    """Voters stay away, and nothing else is seen."""
    OTHER = "other"


MEDIA = {
    Trait.CROWD: "people",
    Trait.SIDES: "people",
    Trait.OFFICE: "people",
    Trait.BOXES: "people",
    Trait.ROADBLOCK: "people",
    Trait.ROAD: "nature",
    Trait.HAZARD: "nature",
    Trait.OUTAGE: "works",
    Trait.DAMAGE: "works",
    Trait.THREAT: "fear",
    Trait.RUMOUR: "fear",
    Trait.OTHER: "fear",
}
"""What the press asks about, by trait."""
_BY_EFFECT = (
    ({"close_road", "slow_road"}, Trait.ROAD),
    ({"leave_area", "injure"}, Trait.HAZARD),
    ({"take_signal"}, Trait.OUTAGE),
    ({"evacuate"}, Trait.THREAT),
    ({"suspend", "shut_door", "end_voting", "hold_boxes"}, Trait.DAMAGE),
    ({"deter", "slow"}, Trait.RUMOUR),
)
"""What has no crowd and does not grow: the first of these effects that any of its severities has."""


def trait_of(kind: Kind, place: PlaceKind) -> Trait:
    """Return what a kind of disturbance is like at a kind of place.

    Args:
        kind: Its record.
        place: What its place is.
    """
    effects = {str(one.effect) for _, stage in kind.severities.items() for one in stage.effects}
    if isinstance(kind.course, CrowdCourse):
        return _of_crowd(kind, place, effects)
    if isinstance(kind.course, GrowingCourse):
        return Trait.HAZARD
    return next((trait for some, trait in _BY_EFFECT if some & effects), Trait.OTHER)


def _of_crowd(kind: Kind, place: PlaceKind, effects: set[str]) -> Trait:
    if isinstance(kind.course, TwoSidedCourse):
        return Trait.SIDES
    if kind.boxes_weight:
        return Trait.BOXES
    if place is PlaceKind.ROAD:
        return Trait.ROADBLOCK
    if place is PlaceKind.BASE:
        return Trait.OFFICE
    return Trait.BOXES if effects & {"hold_boxes", "end_voting"} else Trait.CROWD
