"""What a disturbance does while it has a severity: effects, each with its own settings and the places it is for.

An effect says what happens at the place itself; only ``deter`` reaches farther. Where it can do nothing, it is refused.
In force are those of the worst severity that was reached so far, until the disturbance has ended.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from sim.config.fields import Factor, Number, PlainName, Positive, Settings, Share
from sim.config.refusal import SettingError, SettingPath
from sim.vocabulary import PlaceKind
from sim.words.language import gettext as _
from sim.words.language import marked

MOST_INJURED = 2_000
"""People hurt by one effect: more than the crews of a day could ever reach."""
MOST_EFFECTS = 4
"""A severity has at most one of each sort, see :func:`check_effects`."""
WHERE_BOXES_ARE = (PlaceKind.STATION, PlaceKind.AREA, PlaceKind.ROAD)
"""Where ballot boxes are from counted or sealed until they are handed over."""
_WHERE_PEOPLE_VOTE = frozenset({PlaceKind.STATION, PlaceKind.AREA})


class Slow(Settings):
    """Service at the stations goes slower."""

    places: ClassVar[frozenset[PlaceKind]] = _WHERE_PEOPLE_VOTE
    effect: Literal["slow"]
    speed: Factor
    """Speed of service as a share of the normal speed."""


class Suspend(Settings):
    """Voting stops at the stations, and everybody stands still."""

    places: ClassVar[frozenset[PlaceKind]] = _WHERE_PEOPLE_VOTE
    effect: Literal["suspend"]


class ShutDoor(Settings):
    """The door of the stations is shut: those inside still vote, nobody else comes in."""

    places: ClassVar[frozenset[PlaceKind]] = _WHERE_PEOPLE_VOTE
    effect: Literal["shut_door"]


class Evacuate(Settings):
    """Everybody at the stations, or at the office, is brought to safety."""

    places: ClassVar[frozenset[PlaceKind]] = _WHERE_PEOPLE_VOTE | {PlaceKind.BASE}
    effect: Literal["evacuate"]


class EndVoting(Settings):
    """What is needed to vote is destroyed or taken, and everybody at the stations is sent home.

    Voting or counting does not go on there today. Who has not voted waits for a follow-up poll.
    """

    places: ClassVar[frozenset[PlaceKind]] = _WHERE_PEOPLE_VOTE
    effect: Literal["end_voting"]


class CloseRoad(Settings):
    """The road is closed."""

    places: ClassVar[frozenset[PlaceKind]] = frozenset({PlaceKind.ROAD})
    effect: Literal["close_road"]


class SlowRoad(Settings):
    """The road can be used, but slowly."""

    places: ClassVar[frozenset[PlaceKind]] = frozenset({PlaceKind.ROAD})
    effect: Literal["slow_road"]
    factor: Factor
    """Speed on it as a share of the speed it has otherwise."""


class TakeSignal(Settings):
    """The villages of the place have no mobile signal."""

    places: ClassVar[frozenset[PlaceKind]] = _WHERE_PEOPLE_VOTE
    effect: Literal["take_signal"]


class Deter(Settings):
    """Voters who are due meanwhile stay away from the place's stations, and fewer with distance from others."""

    places: ClassVar[frozenset[PlaceKind]] = frozenset(PlaceKind)
    effect: Literal["deter"]
    share: Share
    """Share of the voters who stay away at the place itself; elsewhere it falls by exp(-road distance / reach)."""
    reach_km: Positive | None = None
    """That reach, km; null: ``disturbance.deterred_reach_km``."""


class LeaveArea(Settings):
    """People of an area are told to leave it, once the operations centre knows how bad it is."""

    places: ClassVar[frozenset[PlaceKind]] = frozenset(PlaceKind)
    effect: Literal["leave_area"]
    plan: PlainName
    """Which area, and how: a plan by its name, packaged in ``conf/evacuation_plan``, or ``evacuation_plan/NAME.yaml``
    in a user's own folder. A strategy may play another in its place."""


class HoldBoxes(Settings):
    """Ballot boxes wait where they are until the all-clear, then go on by the quickest way of that moment.

    A disturbance that started at boxes holds these, and all that go with them. Any other holds what is at its place
    when this begins: at a station or in an area the boxes of its stations that have not left, on a road those that are
    on it, with all that go with them. Boxes that come there later are not concerned, but for those that join a convoy
    that is held: they wait with it.
    """

    places: ClassVar[frozenset[PlaceKind]] = frozenset(WHERE_BOXES_ARE)
    effect: Literal["hold_boxes"]


class Injure(Settings):
    """People are hurt, whatever a crowd does: by what falls, slides or floods."""

    places: ClassVar[frozenset[PlaceKind]] = frozenset(PlaceKind)
    effect: Literal["injure"]
    people: Annotated[Number, Field(ge=0, le=MOST_INJURED)]
    """How many on average, with the spread of a Poisson distribution; in an area each in a village by its voters."""
    within_minutes: Positive
    """They are hurt one after another, evenly over so long a time from when it is so bad, until it is over."""


Effect = Annotated[
    Slow
    | Suspend
    | ShutDoor
    | Evacuate
    | EndVoting
    | CloseRoad
    | SlowRoad
    | TakeSignal
    | Deter
    | LeaveArea
    | HoldBoxes
    | Injure,
    Field(discriminator="effect"),
]
"""One thing that a disturbance does."""
StationEffect = Slow | Suspend | ShutDoor | Evacuate | EndVoting
"""What happens to voting: one of these, or nothing."""
RoadEffect = CloseRoad | SlowRoad
"""What happens to a road: one of these, or nothing."""
_GROUPS = {
    **dict.fromkeys(
        ("slow", "suspend", "shut_door", "evacuate", "end_voting"),
        marked("slow, suspend, shut_door, evacuate or end_voting"),
    ),
    **dict.fromkeys(("close_road", "slow_road"), marked("close_road or slow_road")),
}
"""Effects that contradict each other: of each group there is one at most."""


def check_effects(path: SettingPath, effects: tuple[Effect, ...], places: tuple[PlaceKind, ...]) -> None:
    """Refuse effects that contradict or repeat each other, or that do nothing at a place where the kind can happen.

    Args:
        path: Where the list of effects stands.
        effects: What happens at one severity.
        places: Where the kind of disturbance can happen.

    Raises:
        SettingError: Blaming the effect, or the places.
    """
    seen: dict[str, str] = {}
    for i, one in enumerate(effects):
        here = (*path, i, "effect")
        group = _GROUPS.get(one.effect, one.effect)
        if group in seen:
            message = _("there is '{effect}' already; a severity has at most one effect {group}")
            raise SettingError(here, message.format(effect=seen[group], group=_(group)))
        seen[group] = one.effect
        if useless := [place.value for place in places if place not in one.places]:
            fits = _(" or ").join(place.value for place in PlaceKind if place in one.places)
            message = _("'{effect}' does nothing at a {place}, which is among the places; only at a {fits}")
            raise SettingError(here, message.format(effect=one.effect, place=useless[0], fits=fits), also=["places"])
