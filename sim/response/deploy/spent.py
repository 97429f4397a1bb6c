"""What a strategy spends in each district, beside the voters who are there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from sim.region.region import Region
from sim.response.deploy.deployment import Deployment, district_of
from sim.response.units import UnitSpec
from sim.vocabulary import Role
from sim.words import own as words


@dataclass
class Spent:
    """People, posts and vehicles of the operation in one district; those of no district wait outside the region.

    Attributes:
        district: Index of the district; None: outside the region.
        stations: Polling stations.
        registered: Registered voters.
        posts: Guard posts with officers; a post is where most of its stations are.
        wardens: Wardens of the posts.
        officers: Officers by what they do.
        vehicles: Vehicles by name: each unit has one.
    """

    district: int | None
    stations: int = 0
    registered: int = 0
    posts: int = 0
    wardens: int = 0
    officers: Counter[Role] = field(default_factory=Counter)
    vehicles: Counter[str] = field(default_factory=Counter)

    @property
    def all_officers(self) -> int:
        """Officers, whatever they do."""
        return sum(self.officers.values())


def spent_by_district(deployment: Deployment, region: Region) -> list[Spent]:
    """Return what a strategy spends in each district, in the order of the region's table; then outside, if anything.

    The officers and wardens add up to ``deployment.spent``: those of the routine duty and of other agencies are not
    the strategy's to spend.

    Args:
        deployment: Who stands where.
        region: The place.
    """
    stations = np.bincount(region.stations.district, minlength=len(region.districts))
    voters = np.bincount(region.stations.district, region.stations.registered, len(region.districts))
    found = {
        i: Spent(i, int(n), int(v)) for i, (n, v) in enumerate(zip(stations.tolist(), voters.tolist(), strict=True))
    }
    outside = Spent(None)
    for unit in filter(_is_spent, deployment.units):
        at = outside if unit.district is None else found[unit.district]
        at.officers[unit.role] += unit.strength
        at.vehicles[unit.vehicle] += 1
    for post in deployment.posts:
        found[post.district].posts += 1
        found[post.district].wardens += post.wardens
    for plan in deployment.unmanned:
        found[district_of(plan, region)].wardens += plan.wardens
    return [*found.values(), *([outside] if outside.all_officers else [])]


def _is_spent(unit: UnitSpec) -> bool:
    """Say whether a unit is the strategy's to spend, and not there under every strategy."""
    match unit.role:
        case Role.GUARD:
            return not unit.stays
        case Role.PATROL:
            return not unit.base
        case _:
            return unit.role is Role.RESERVE


def odd_spending(deployment: Deployment, spent: Sequence[Spent], region: Region) -> list[str]:
    """Return what is odd about what a strategy spends: districts without an officer, people left over.

    Args:
        deployment: Who stands where.
        spent: What it spends in each district.
        region: The place.
    """
    name = deployment.strategy
    found = [
        words.NOBODY.format(
            name=name, district=region.districts[one.district].name, stations=one.stations, voters=one.registered
        )
        for one in spent
        if one.district is not None and one.stations and not one.all_officers
    ]
    found += [
        words.UNSPENT.format(name=name, left=left, available=left + deployment.spent[agency], agency=agency)
        for agency, left in deployment.unspent.items()
        if left
    ]
    return found
