"""Who leaves together, in what, and when: every party of an area, drawn before the evacuation begins.

A party is a household's vehicle with the people in it, or one person without own transport. How many there are of each
follows from the plan's shares by rounding and is not drawn; what is drawn are uniform and normal numbers, the same
number of them whatever the plan's times are, so that two plans for the same area are compared on the same people.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim import exact
from sim.config.area import AreaPlan
from sim.delay import lognormal
from sim.evacuation.area.channels import broadcasts
from sim.evacuation.area.plan import AreaEvacuationPlan
from sim.evacuation.area.warning import warned_after
from sim.evacuation.area.zones import Zone

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
BY_BUS = -1
"""In place of the number of an own vehicle: none."""


@dataclass(frozen=True, eq=False)
class Population:
    """Every party of an area, one entry each.

    Attributes:
        zone: Number of its zone.
        people: How many they are.
        vehicle: Number of its kind among the plan's own vehicles; BY_BUS without own transport.
        assisted: Whether it is an ill or disabled person, without own transport.
        leaves: When it leaves home, minutes from the first order; infinite for who stays.
        walk: Minutes on foot to the assembly point; 0 for who does not walk.
    """

    zone: Ints
    people: Ints
    vehicle: Ints
    assisted: NDArray[np.bool_]
    leaves: Floats
    walk: Floats


def draw_population(plan: AreaEvacuationPlan, rng: np.random.Generator) -> Population:
    """Draw when each party of the area leaves.

    Args:
        plan: The plan.
        rng: Draws five numbers a party, in the order of the parties.
    """
    settings = plan.settings
    parts = [_parties(number, zone, settings) for number, zone in enumerate(plan.zones)]
    zone, people, vehicle, assisted = (np.concatenate(column) for column in zip(*parts, strict=True))
    n = len(zone)
    heard, will = rng.random(n), rng.random(n)
    ready, late, walk = (exact.scores(rng, n) for _ in range(3))
    reluctance, preparation = settings.reluctance, settings.preparation
    leaves = _warned(plan, zone, heard)
    leaves += lognormal(ready, preparation.mean_minutes, preparation.cv)
    is_late = will < reluctance.never + reluctance.late
    leaves += np.where(is_late, lognormal(late, reluctance.late_by.mean_minutes, reluctance.late_by.cv), 0.0)
    leaves[will < reluctance.never] = np.inf
    on_foot = lognormal(walk, settings.walk.mean_minutes, settings.walk.cv)
    between = np.array([one.point_km for one in plan.zones])[zone] / settings.walk_km_per_h * 60.0
    walks = (vehicle == BY_BUS) & ~assisted
    return Population(zone, people, vehicle, assisted, leaves, np.where(walks, on_foot + between, 0.0))


def _parties(number: int, zone: Zone, settings: AreaPlan) -> tuple[Ints, Ints, Ints, NDArray[np.bool_]]:
    """Return zone, people, vehicle and whether assisted of each party of one zone."""
    shares = settings.people
    own, ill = _rounded(zone.people * shares.own_transport_share), _rounded(zone.people * shares.assisted_share)
    ill = min(ill, zone.people - own)
    sizes: list[int] = []
    vehicles: list[int] = []
    until, given = 0.0, 0
    for kind, own_vehicle in enumerate(settings.own_vehicles):
        until += own_vehicle.share
        there = min(own, _rounded(own * until)) - given
        given += there
        full, rest = divmod(there, own_vehicle.people)
        sizes += [own_vehicle.people] * full + [rest] * bool(rest)
        vehicles += [kind] * (full + bool(rest))
    singles = zone.people - given
    people = np.array(sizes + [1] * singles, dtype=np.int64)
    vehicle = np.array(vehicles + [BY_BUS] * singles, dtype=np.int64)
    assisted = np.zeros(len(people), dtype=np.bool_)
    assisted[len(sizes) : len(sizes) + ill] = True
    return np.full(len(people), number, dtype=np.int64), people, vehicle, assisted


def _rounded(number: float) -> int:
    return int(number + 0.5)


def _warned(plan: AreaEvacuationPlan, zone: Ints, heard: Floats) -> Floats:
    """Return when each party is warned, minutes from the first order."""
    settings, found = plan.settings.warning, np.empty(len(heard))
    for number, one in enumerate(plan.zones):
        here = zone == number
        rates = broadcasts(settings, one.signal)
        found[here] = one.ordered + warned_after(heard[here], rates, settings.neighbours_per_minute)
    return found
