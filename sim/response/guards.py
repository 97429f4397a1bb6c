"""Guard posts: which stations share one, under a pattern or in proportion to risk."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from sim.config.strategy import Pattern, PatternGuards, RiskGuards
from sim.region.derive import largest_remainder
from sim.region.region import VULNERABILITY, Region
from sim.response.walk import cut, cut_by_weight, in_walking_order


@dataclass(frozen=True)
class PostPlan:
    """A post before it has a unit: its class or district label, stations in walking order, officers, wardens at each."""

    label: str
    stations: tuple[int, ...]
    officers: int
    wardens_each: float


def station_weights(
    region: Region, minutes_from_headquarters: NDArray[np.float64], rule: RiskGuards
) -> NDArray[np.float64]:
    """Return each station's risk weight: vulnerability x voters / mean voters x (1 + minutes / remoteness).

    Args:
        region: The place.
        minutes_from_headquarters: By node.
        rule: Its numbers.
    """
    s = region.stations
    vulnerability = np.array([rule.low, rule.high, rule.very_high])[s.vulnerability]
    remoteness = 1 + minutes_from_headquarters[s.node] / rule.remoteness_minutes
    return vulnerability * s.registered / s.registered.mean() * remoteness


def pattern_posts(rule: PatternGuards, region: Region, rank: NDArray[np.int64]) -> list[PostPlan]:
    """Return the posts of a pattern, the most vulnerable class first.

    A class of n stations has ceil(n / stations a post) posts, so a post may reach over a district's border; its
    stations follow one another along the walk.
    """
    posts = []
    for code in (2, 1, 0):
        pattern: Pattern = getattr(rule, VULNERABILITY[code])
        members = in_walking_order(np.flatnonzero(region.stations.vulnerability == code), region, rank)
        for piece in cut(len(members), ceil(len(members) / pattern.stations)):
            stations = tuple(members[piece].tolist())
            posts.append(PostPlan(VULNERABILITY[code], stations, pattern.police, pattern.wardens / pattern.stations))
    return posts


def risk_posts(
    rule: RiskGuards, region: Region, rank: NDArray[np.int64], weights: NDArray[np.float64]
) -> list[PostPlan]:
    """Return posts dealt to districts by the sum of their weights (at least one each), and cut by weight inside."""
    count = rule.officers // rule.post_size
    if count == 0:
        return []
    sums = np.bincount(region.stations.district, weights, minlength=len(region.districts))
    dealt = largest_remainder(max(0, count - len(sums)), sums) + (1 if count >= len(sums) else 0)
    if count < len(sums):
        dealt = largest_remainder(count, sums)
    posts = []
    for district, parts in zip(region.districts, dealt.tolist(), strict=True):
        members = in_walking_order(np.flatnonzero(region.stations.district == district.index), region, rank)
        for piece in cut_by_weight(weights[members], parts) if parts else []:
            stations = tuple(members[piece].tolist())
            posts.append(PostPlan(district.code, stations, rule.post_size, float(rule.wardens_per_station)))
    return posts
