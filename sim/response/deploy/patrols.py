"""A strategy's patrols: those that drive the round of a district's villages, and those with a route of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.config.response import ResponseSettings
from sim.config.strategy import Patrols, PatrolTable, RoutePatrols, StrategySettings
from sim.errors import UserError
from sim.region.gazetteer import Gazetteer
from sim.region.place import Place, StationPlace
from sim.region.position import Spot, Stop
from sim.response.deploy.guards import district_sums
from sim.response.deploy.listed import Lists, route_of
from sim.response.deploy.numbering import Numbering
from sim.response.deploy.spots import station_spots
from sim.response.deploy.walk import Walk
from sim.response.units import UnitSpec
from sim.vocabulary import Agency, Role, Severity
from sim.words.language import gettext as _

_OUTSIDE = "outside"
"""In the name of a patrol that touches no district of the region, for the code of one."""


def patrols(
    strategy: StrategySettings,
    response: ResponseSettings,
    gazetteer: Gazetteer,
    walk: Walk,
    weights: NDArray[np.float64],
    lists: Lists,
) -> list[UnitSpec]:
    """Return a strategy's patrols in the order of its settings.

    Those by district are dealt to districts in turn, and each drives the round of its district's villages. Those with a
    route go its places in their order, again and again; they belong to the district where most of these are.

    Args:
        strategy: The strategy.
        response: Dwell times and mobilisation.
        gazetteer: The names of the place.
        walk: The order of villages.
        weights: Risk weight of each station, for patrols dealt ``by_risk``.
        lists: Reads the strategy's tables.

    Raises:
        UserError: For an unknown district or place, none to go to, or two patrols of one name.
    """
    makers = _Makers(response, gazetteer, walk, weights, lists)
    units: list[UnitSpec] = []
    for i, group in enumerate(strategy.patrols):
        setting = _("strategy '{name}': {setting}").format(name=strategy.name, setting=strategy.item("patrols", i))
        match group:
            case Patrols():
                units += makers.by_district(group, f"{setting}.districts")
            case RoutePatrols():
                units += makers.by_route(group, f"{setting}.route")
            case PatrolTable():
                units += makers.by_table(group)
    twice = [name for name, count in Counter(unit.name for unit in units).items() if count > 1]
    if twice:
        raise UserError(
            _("strategy '{strategy}': patrols: two are called '{name}'").format(
                strategy=strategy.name, name=twice[0].removeprefix("patrol/")
            )
        )
    return units


class _Team(NamedTuple):
    """What each patrol of a group is."""

    size: int
    vehicle: str
    shift: tuple[float, float] | None = None


def _team(group: Patrols | RoutePatrols) -> _Team:
    return _Team(group.size, group.vehicle, None if group.shift is None else group.shift.span)


@dataclass
class _Makers:
    """Make the units of each way to write patrols.

    All of a district are numbered together, and draw by their numbers; those without a name of their own are named by
    their numbers among themselves.
    """

    response: ResponseSettings
    gazetteer: Gazetteer
    walk: Walk
    weights: NDArray[np.float64]
    lists: Lists
    names: Numbering = field(default_factory=Numbering)
    streams: Numbering = field(default_factory=Numbering)

    def by_district(self, group: Patrols, setting: str) -> Iterator[UnitSpec]:
        region = self.gazetteer.region
        dealt = _districts(group, setting, self.gazetteer, self.weights)
        for team in range(group.teams):
            district = region.districts[dealt[team % len(dealt)]]
            villages = np.array([n for n, v in enumerate(region.villages) if v.district == district.index])
            spots = [Spot((node,)) for node in self.walk.nodes(villages).tolist()]
            home = spots[0] if spots else Spot((district.office_node,))
            yield self._unit(_team(group), district.index, home, spots)

    def by_route(self, group: RoutePatrols, setting: str) -> Iterator[UnitSpec]:
        route = route_of(group.route, setting, self.gazetteer)
        district, spots = _district_of(route), self._spots(route)
        for _one in range(group.teams):
            yield self._unit(_team(group), district, spots[0], spots)

    def by_table(self, group: PatrolTable) -> Iterator[UnitSpec]:
        for one in self.lists.patrols(group.table, self.response.vehicles):
            spots = self._spots(one.route)
            team = _Team(one.officers, one.vehicle)
            yield self._unit(team, _district_of(one.route), spots[0], spots, one.name)

    def _spots(self, route: Sequence[Place]) -> list[Spot]:
        stations = station_spots(self.gazetteer.region, self.response)
        return [stations[p.station] if isinstance(p, StationPlace) else Spot((p.node,)) for p in route]

    def _unit(
        self, team: _Team, district: int | None, home: Spot, spots: Sequence[Spot], name: str | None = None
    ) -> UnitSpec:
        code = _OUTSIDE if district is None else self.gazetteer.region.districts[district].code
        stay = self.response.rounds.patrol_dwell_minutes
        return UnitSpec(
            name=f"patrol/{name or self.names.next(code)}",
            stream=f"patrol/{self.streams.next(code)}",
            agency=Agency.POLICE,
            role=Role.PATROL,
            strength=team.size,
            vehicle=team.vehicle,
            district=district,
            home=home,
            stops=tuple(Stop(spot, stay) for spot in spots),
            from_severity=Severity.GREEN,
            request_delay=0.0,
            mobilisation=self.response.mobilisation.patrol,
            abilities=self.response.abilities.of(Agency.POLICE, team.size),
            shift=team.shift,
        )


def _district_of(route: Sequence[Place]) -> int | None:
    """Return the district of most places of a route, the earlier of several; None where all are outside."""
    districts = Counter(place.district for place in route if place.district is not None)
    return districts.most_common(1)[0][0] if districts else None


def _districts(group: Patrols, setting: str, gazetteer: Gazetteer, weights: NDArray[np.float64]) -> list[int]:
    """Return the districts that patrols are dealt to, in order: all of them by score, or those named."""
    if isinstance(group.districts, tuple):
        if not group.districts:
            raise UserError(
                _("{setting}: the list is empty; name a district, or write by_voters or by_risk").format(
                    setting=setting
                )
            )
        return [gazetteer.district(name, setting).index for name in group.districts]
    region = gazetteer.region
    score = district_sums(region, region.stations.registered if group.districts == "by_voters" else weights)
    return [int(d) for d in np.argsort(-score, kind="stable") if any(v.district == d for v in region.villages)]
