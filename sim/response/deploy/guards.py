"""Guard posts: which stations share one, under a pattern or in proportion to risk."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from sim.config.response import RiskWeights
from sim.config.strategy import Pattern, PatternGuards, RiskGuards
from sim.region.derive import largest_remainder
from sim.region.region import VULNERABILITY, Region
from sim.response.deploy.walk import Walk, cut, cut_by_weight


@dataclass(frozen=True)
class PostPlan:
    """A post before it has a unit.

    Attributes:
        label: What it is named after: a vulnerability class, the code of a district, or its own name.
        stations: Its stations in walking order.
        officers: Officers who share them; 0 where only wardens stand.
        wardens: Wardens of all its stations together, spread evenly.
        is_named: Whether the label is its own name; posts of one label are numbered otherwise.
    """

    label: str
    stations: tuple[int, ...]
    officers: int
    wardens: int
    is_named: bool = False


def station_weights(
    region: Region, minutes_from_headquarters: NDArray[np.float64], rule: RiskGuards | RiskWeights
) -> NDArray[np.float64]:
    """Return each station's risk weight: vulnerability x voters / mean voters x (1 + minutes / remoteness).

    Args:
        region: The place.
        minutes_from_headquarters: By node.
        rule: Its numbers.
    """
    s = region.stations
    vulnerability = np.array([rule.low, rule.high, rule.very_high])[s.vulnerability]
    voters = s.registered / float(s.registered.mean())
    remoteness: NDArray[np.float64] = 1 + minutes_from_headquarters[s.node] / rule.remoteness_minutes
    return vulnerability * voters * remoteness


def district_sums(region: Region, of_station: NDArray[np.float64] | NDArray[np.int64]) -> NDArray[np.float64]:
    """Return a quantity of the stations added up by district."""
    sums = np.bincount(region.stations.district, of_station, minlength=len(region.districts))
    return sums.astype(np.float64)


def pattern_posts(rule: PatternGuards, region: Region, walk: Walk) -> list[PostPlan]:
    """Return the posts of a pattern, the most vulnerable class first.

    A class of n stations has ceil(n / stations a post) posts region-wide, so a post may reach over a district's
    border; its stations follow one another along the walk. A post with fewer stations than the pattern has its officers
    in full and its wardens in proportion, rounded up.
    """
    posts = []
    for code in (2, 1, 0):
        pattern: Pattern = getattr(rule, VULNERABILITY[code])
        members = walk.stations(np.flatnonzero(region.stations.vulnerability == code))
        for piece in cut(len(members), ceil(len(members) / pattern.stations)):
            stations = tuple(members[piece].tolist())
            wardens = ceil(pattern.wardens * len(stations) / pattern.stations)
            posts.append(PostPlan(VULNERABILITY[code], stations, pattern.police, wardens))
    return posts


def risk_posts(rule: RiskGuards, region: Region, walk: Walk, weights: NDArray[np.float64]) -> list[PostPlan]:
    """Return posts dealt to districts by the sum of their weights, and cut by weight inside.

    Every district has at least one when there are enough. A district never has more posts than stations; the officers
    of the posts it cannot use stay unspent. Where a district has none, its stations have their wardens only.

    Args:
        rule: Its numbers.
        region: The place.
        walk: The order of stations.
        weights: Risk weight of each station, not all zero.
    """
    sums = district_sums(region, weights)
    posts = []
    for district, parts in zip(region.districts, _dealt(rule.officers // rule.post_size, sums, region), strict=True):
        members = walk.stations(np.flatnonzero(region.stations.district == district.index))
        for piece in cut_by_weight(weights[members], max(parts, 1)):
            stations = tuple(members[piece].tolist())
            officers = rule.post_size if parts else 0
            posts.append(PostPlan(district.code, stations, officers, rule.wardens_per_station * len(stations)))
    return posts


def _dealt(count: int, sums: NDArray[np.float64], region: Region) -> list[int]:
    """Deal posts to districts by largest remainder: first one to each that votes, when there are enough."""
    votes = (district_sums(region, np.ones(len(region.stations))) > 0).astype(np.int64)
    first = votes if count >= votes.sum() else np.zeros_like(votes)
    return [int(n) for n in first + largest_remainder(count - int(first.sum()), sums)]
