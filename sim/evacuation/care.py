"""Who carries the injured, and where to: pure choices. Among equals the first in order is taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf
from typing import NamedTuple

from sim.triage import Triage

GRAVEST_FIRST = tuple(Triage)
URGENCY = {triage: i for i, triage in enumerate(GRAVEST_FIRST)}
"""Order of the classes; a smaller number comes first."""


def is_able(gravest: Triage, triage: Triage) -> bool:
    """Return whether who is there for injuries up to the gravest is there for these."""
    return URGENCY[triage] >= URGENCY[gravest]


class Room(NamedTuple):
    """What a crew that is at a place, or on its way there, can still take.

    Attributes:
        gravest: The gravest injuries that it carries.
        places: Free places; 0 when it is about to leave.
    """

    gravest: Triage
    places: int


def still_wanted(waiting: Mapping[Triage, int], crews: Sequence[Room]) -> Triage | None:
    """Return the gravest class for which one more vehicle is needed; None when those that come suffice.

    Everybody who must be carried has a place, the gravest first, in a vehicle that may carry him, those with the fewest
    places first. Whose life depends on it takes all that are left in his vehicle, which leaves at once. Minor injuries
    need no place but a crew that nobody else has taken.

    Args:
        waiting: How many wait at the place in each class, as far as they are known.
        crews: The crews that are there or on their way.
    """
    free = [[crew.places, URGENCY[crew.gravest]] for crew in crews if crew.places > 0]
    if not free:  # as it is mostly where there are too few: the gravest of all lacks one
        return next((triage for triage in GRAVEST_FIRST if waiting.get(triage)), None)
    free.sort(key=lambda room: room[0])
    for urgency, triage in enumerate(GRAVEST_FIRST[:-1]):
        for _ in range(waiting.get(triage, 0)):
            for room in free:
                if room[0] > 0 and room[1] <= urgency:
                    room[0] = 0 if triage is Triage.IMMEDIATE else room[0] - 1
                    break
            else:
                return triage
    untaken = any(places > 0 for places, _ in free)
    return Triage.MINOR if waiting.get(Triage.MINOR) and not untaken else None


def choose_vehicle(minutes: Sequence[float]) -> int | None:
    """Return the index of the vehicle that would be there first; None when none can come.

    Args:
        minutes: Time each free vehicle would need; infinite when it is cut off.
    """
    return _soonest(minutes, range(len(minutes)))


def choose_facility(
    minutes: Sequence[float], intake: Sequence[float], has_bed: Sequence[bool], able: Sequence[bool]
) -> int | None:
    """Return the facility where somebody is received soonest.

    It is one that is there for such injuries and has a bed free; where no such one can be reached, one that is there
    for them, bed or not; where all of these are cut off, any.

    Args:
        minutes: Time to each facility; infinite when it is cut off.
        intake: Minutes until each could receive him, as far as is known now; he is received when he is there too.
        has_bed: Whether each has a bed free now.
        able: Whether each is there for such injuries.

    Returns:
        Its index; None when every one is cut off.
    """
    received = [max(both) for both in zip(minutes, intake, strict=True)]
    open_to_him = [i for i, suits in enumerate(able) if suits]
    for among in ([i for i in open_to_him if has_bed[i]], open_to_him, range(len(received))):
        chosen = _soonest(received, among)
        if chosen is not None:
            return chosen
    return None


def intake_minutes(ahead: int, teams: int, handover_minutes: float) -> float:
    """Return the minutes until a facility could receive one more, those before him handed over one after another.

    Args:
        ahead: Injured people who are there unreceived or being received, or on their way there.
        teams: How many it receives at one time.
        handover_minutes: Mean time of one.
    """
    return max(0, ahead + 1 - teams) * handover_minutes / teams


def _soonest(minutes: Sequence[float], among: Sequence[int]) -> int | None:
    """Return the index with the fewest minutes among some, of equal ones the first; None: all are infinite."""
    chosen = min(among, key=minutes.__getitem__, default=None)
    return None if chosen is None or minutes[chosen] == inf else chosen
