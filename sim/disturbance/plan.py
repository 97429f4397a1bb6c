"""Everything about disturbances that does not change from day to day, made ready once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.config.disturbance import Background, Spread
from sim.config.kinds import Kind
from sim.config.scenario import Scenario, ScriptedIncident
from sim.disturbance.start import Start
from sim.errors import Mistakes
from sim.region.gazetteer import Gazetteer
from sim.region.place import AreaPlace, Place, StationPlace
from sim.region.region import Region
from sim.region.travel import Kept
from sim.vocabulary import Origin

_MOST_PLACES = 4096
"""How many places have those remembered who notice them; a few kilobytes each."""


@dataclass(frozen=True)
class Scripted:
    """A disturbance of the scenario.

    Attributes:
        onset: When it starts, minutes after midnight.
        start: How it starts; its identity is ``s0``, ``s1``, … in the scenario's order.
    """

    onset: float
    start: Start


@dataclass(frozen=True, eq=False)
class DisturbancePlan:
    """What the disturbances of any day need to know.

    Attributes:
        kinds: The kinds by name.
        scripted: The scenario's disturbances, in its order.
        background: The hazard of disturbances that start by themselves.
        spread: How one brings others.
        deterred_reach_km: Reach of deterrence where an effect has none of its own, km.
        noticed_from: Share of the effect under which a place notices nothing.
        all_clear_minutes: From the end of a disturbance to the all-clear, minutes.
        open: When voting begins, minutes after midnight.
        close: When it ends.
        end: When the simulated day stops.
        stations: The place of every station.
        node: Node of every station, shape (stations).
        district: Index of the district of every station, shape (stations).
        weight: How likely a disturbance is at every station, by its vulnerability class, shape (stations).
        km: Shortest road distance between nodes with every road open, km, infinite where there is none, shape
            (nodes, nodes).
    """

    kinds: Mapping[str, Kind]
    scripted: tuple[Scripted, ...]
    background: Background
    spread: Spread
    deterred_reach_km: float
    noticed_from: float
    all_clear_minutes: float
    open: float
    close: float
    end: float
    stations: tuple[StationPlace, ...]
    node: NDArray[np.int64]
    district: NDArray[np.int64]
    weight: NDArray[np.float64]
    km: NDArray[np.float64]

    @cached_property
    def _noticed(self) -> Kept[tuple[Place, float | None], tuple[tuple[int, float], ...]]:
        return Kept(_MOST_PLACES, lambda key: _pairs(noticing(self, *key)))

    def noticed(self, place: Place, reach_km: float | None = None) -> tuple[tuple[int, float], ...]:
        """Return the same as ``noticing`` as pairs of station and share; places are asked for again and again."""
        return self._noticed[place, reach_km]

    @property
    def earliest(self) -> float:
        """When the first scripted disturbance starts, minutes after midnight; infinite where there is none."""
        return min((s.onset for s in self.scripted), default=float("inf"))

    def km_to_stations(self, place: Place) -> NDArray[np.float64]:
        """Return the road distance of every station from the nearest node of a place, km; 0 for those in it."""
        nodes = place.villages if isinstance(place, AreaPlace) else place.nodes
        km: NDArray[np.float64] = self.km[list(nodes)][:, self.node].min(axis=0)
        return km


def plan_disturbances(
    scenario: Scenario, region: Region, gazetteer: Gazetteer, km: NDArray[np.float64]
) -> DisturbancePlan:
    """Make ready what the disturbances of any day need to know.

    Args:
        scenario: The settings.
        region: The place.
        gazetteer: Finds the places of the scenario's disturbances.
        km: Shortest road distance between nodes with every road open, shape (nodes, nodes).

    Raises:
        UserError: For a place that is unknown, or where this kind of disturbance cannot happen.
    """
    s, settings = region.stations, scenario.disturbance
    return DisturbancePlan(
        kinds=dict(sorted(scenario.kinds.items())),  # equal scenarios, equal days: the table has no order
        scripted=_scripted(scenario, gazetteer),
        background=settings.background,
        spread=settings.spread,
        deterred_reach_km=settings.deterred_reach_km,
        noticed_from=settings.noticed_from,
        all_clear_minutes=settings.all_clear_minutes,
        open=scenario.voting.open,
        close=scenario.voting.close,
        end=scenario.voting.day_end,
        stations=tuple(gazetteer.station_place(i) for i in range(len(s))),
        node=s.node,
        district=s.district,
        weight=np.asarray(settings.background.vulnerability_weight.as_tuple)[s.vulnerability],
        km=km,
    )


def _scripted(scenario: Scenario, gazetteer: Gazetteer) -> tuple[Scripted, ...]:
    def made(i: int, one: ScriptedIncident) -> Scripted:
        place = gazetteer.find(one.place, f"incidents[{i}].place", scenario.kinds[one.kind].places)
        followers = scenario.disturbance.spread.followers if one.followers is None else one.followers
        return Scripted(one.onset, Start(f"s{i}", one.kind, Origin.SCRIPTED, place, one.starters, followers))

    mistakes = Mistakes()
    found = mistakes.each(scenario.incidents, made)
    mistakes.refuse()
    return found


def _pairs(found: tuple[NDArray[np.int64], NDArray[np.float64]]) -> tuple[tuple[int, float], ...]:
    return tuple(zip(found[0].tolist(), found[1].tolist(), strict=True))


def noticing(
    plan: DisturbancePlan, place: Place, reach_km: float | None = None
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return who notices what happens at a place, besides the stations in it.

    The share falls by exp(-road distance from the place's nearest node / reach); under ``noticed_from`` it is left out.

    Args:
        plan: The plan.
        place: Where it happens.
        reach_km: The reach, km; None: the plan's own.

    Returns:
        Indices of the stations, and how strongly each notices it, up to 1.
    """
    from sim import exact  # loads the compiler, which preparing a day does not need

    share = exact.exps(-plan.km_to_stations(place) / (plan.deterred_reach_km if reach_km is None else reach_km))
    share[list(place.stations)] = 0.0
    near = np.flatnonzero(share >= plan.noticed_from)
    return near, share[near]
