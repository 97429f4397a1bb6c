"""What was seen at elections in Indonesia: the yardsticks by which a scenario is called implausible, with sources.

They refuse nothing: a planner may well ask what would happen if something larger came than was ever seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sim.vocabulary import PlaceKind
from sim.words.language import gettext as _


class Sizes(NamedTuple):
    """People of a crowd: the fewest and the most that were seen."""

    fewest: int
    most: int


CROWDS: Mapping[PlaceKind, Sizes] = {
    PlaceKind.STATION: Sizes(30, 100),
    PlaceKind.AREA: Sizes(30, 100),
    PlaceKind.BASE: Sizes(100, 500),
}
"""Crowds seen at a station or in a village, and at an office of the election commission: press reports of Indonesian
elections, counts of single events and no survey. Of crowds on roads nothing was found."""
POOL_FACTOR = 10
"""So many times the largest crowd seen are the most who could plausibly take part; assumption."""
VIOLENT_INCIDENTS = 585
"""Violent incidents in LOCAL_ELECTIONS local elections in Indonesia, 2005-2013: Habibie Center, on data of the National
Violence Monitoring System (SNPK), 11 provinces, conflict regions over-sampled."""
LOCAL_ELECTIONS = 143
"""The elections of VIOLENT_INCIDENTS."""
MOST_VIOLENT_A_DAY = VIOLENT_INCIDENTS / LOCAL_ELECTIONS
"""Violent incidents of a regency's election, some 4.1. They are those of the whole campaign, so that one day has fewer:
an upper envelope."""


def largest_seen(places: Iterable[PlaceKind]) -> int | None:
    """Return the largest crowd that was seen at any of these kinds of place; None where none was looked for."""
    return max((CROWDS[place].most for place in places if place in CROWDS), default=None)


def seen_at(places: Iterable[PlaceKind]) -> str:
    """Return the sizes that were seen at these kinds of place, in words."""
    known = sorted({CROWDS[place] for place in places if place in CROWDS})
    return _(" and ").join(f"{sizes.fewest}-{sizes.most}" for sizes in known)
