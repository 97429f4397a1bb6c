"""Whether as many disturbances start by themselves as were seen, and where they can: reckoned, nothing is simulated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.config.disturbance import Background
from sim.config.kinds import Kind
from sim.config.scenario import Scenario
from sim.config.seen import LOCAL_ELECTIONS, MOST_VIOLENT_A_DAY, VIOLENT_INCIDENTS
from sim.disturbance.plan import DisturbancePlan
from sim.errors import nearest
from sim.region.region import Region
from sim.response.deploy.deployment import Deployment
from sim.words.language import gettext as _

Floats = NDArray[np.float64]


def odd_hazard(
    scenario: Scenario, region: Region, plan: DisturbancePlan, deployments: Iterable[Deployment]
) -> list[str]:
    """Return a sentence where more violent incidents start by themselves than were seen, whatever the strategy.

    Args:
        scenario: The settings.
        region: The place.
        plan: The hazard of each station.
        deployments: Who stands where under each strategy.
    """
    least = min((violent_a_day(scenario, region, plan, one) for one in deployments), default=0.0)
    if least <= MOST_VIOLENT_A_DAY:
        return []
    return [
        _(
            "disturbance.background.rate_per_station_hour = {rate}: at least {least:.1f} violent incidents a day start "
            "by themselves; seen were {seen:.1f} in a regency's whole campaign ({incidents} in {elections} local "
            "elections)"
        ).format(
            rate=f"{plan.background.rate_per_station_hour:g}",
            least=least,
            seen=MOST_VIOLENT_A_DAY,
            incidents=VIOLENT_INCIDENTS,
            elections=LOCAL_ELECTIONS,
        )
    ]


def odd_hazards(region: Region, plan: DisturbancePlan) -> list[str]:
    """Return a sentence for each natural hazard of a kind that the region's tables, which name others, do not name.

    It starts at any place then: the hazard of one of the two is misspelt, or it is not known anywhere.

    Args:
        region: The place.
        plan: The kinds, and where they start.
    """
    tables: dict[str, tuple[Sequence[tuple[str, ...]], str]] = {
        "villages.csv": ([village.prone_to for village in region.villages], "area_weight"),
        "roads.csv": (region.roads.prone_to, "road_weight"),
    }
    found = []
    for table, (hazards, weight) in tables.items():
        named = {hazard for known in hazards for hazard in known}
        for name, kind in plan.kinds.items():
            if named and kind.prone_to is not None and kind.prone_to not in named and getattr(kind, weight):
                text = _(
                    "kinds.{kind}.prone_to = {hazard}: {table} calls no place prone to it, so it starts at any; {hint}"
                )
                hint = nearest(kind.prone_to, named)
                found.append(text.format(kind=name, hazard=kind.prone_to, table=table, hint=hint))
    return found


def violent_a_day(scenario: Scenario, region: Region, plan: DisturbancePlan, deployment: Deployment) -> float:
    """Return how many violent incidents start by themselves at stations on a day, in expectation.

    Violent are kinds whose course injures people. It is a lower estimate: nobody crowds while people vote, those who
    watch the count are all that do so after it, and boxes on their way are left out.

    Args:
        scenario: The settings.
        region: The place.
        plan: The hazard of each station.
        deployment: Who deters it.
    """
    background, voting = plan.background, scenario.voting
    cast = voting.turnout_share * region.stations.registered
    counting = voting.counting.setup_minutes + voting.counting.minutes_per_voter * cast
    counted_hours = np.minimum(counting, voting.day_end - voting.close) / 60.0
    crowding = min(background.crowding_most, 1.0 + background.crowding_per_100 * voting.counting.spectators / 100.0)
    watched = background.counting_factor * (crowding if voting.counting.spectators else 0.0)
    hours = (voting.close - voting.open) / 60.0 * min(background.crowding_most, 1.0) + watched * counted_hours
    deterred = deterrence(background, deployment, scenario.response.warden_strength)
    starts = background.rate_per_station_hour * plan.weight * deterred * hours
    return float(starts.sum()) * violent_share(plan.kinds.values())


def deterrence(background: Background, deployment: Deployment, warden_strength: float) -> Floats:
    """Return the factor by which those who stand at each station lower its hazard, on average over a post's round.

    Args:
        background: The hazard's numbers.
        deployment: Who stands where.
        warden_strength: Effect of a warden as a share of an officer's.
    """
    wardens = np.exp(-background.deterrence_per_officer * warden_strength * deployment.wardens_at)
    officers = np.ones(len(wardens))
    for post in deployment.posts:
        there = 1.0 / len(post.stations)  # they are at one of them at a time
        officers[list(post.stations)] = 1.0 - there + there * np.exp(-background.deterrence_per_officer * post.officers)
    factor: Floats = wardens * officers
    return factor


def violent_share(kinds: Iterable[Kind]) -> float:
    """Return the share of what starts by itself at stations that is violent."""
    weights = [(kind.background_weight, injures(kind)) for kind in kinds]
    total = sum(weight for weight, _ in weights)
    return sum(weight for weight, violent in weights if violent) / total if total else 0.0


def injures(kind: Kind) -> bool:
    """Return whether people are injured while it lasts."""
    return bool(getattr(kind.course, "injuries_per_active_hour", 0.0))
