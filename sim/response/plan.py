"""What the response needs to know on every day of a strategy: who stands where, how it works, roads and stations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.config.command import Command
from sim.config.dispatch import Dispatch
from sim.config.duty import Duty
from sim.config.relocation import Relocation
from sim.config.response import ResponseSettings
from sim.config.retasking import Retasking
from sim.config.scenario import Scenario
from sim.config.strategy import StrategySettings
from sim.echelon import Echelon
from sim.minutes import ROUNDING
from sim.region.gazetteer import Gazetteer
from sim.region.place import BasePlace, Place, StationPlace
from sim.region.position import ELSEWHERE, Position, Positions, Spot, Standing, Stop, at, travel_minutes
from sim.region.region import Base, Region
from sim.region.road_state import OPEN, RoadState
from sim.region.travel import Kept, RoadNetwork
from sim.response.agencies import agreed_for, called_by, under_command
from sim.response.boxes.parties import BoxesPlan, plan_boxes
from sim.response.command.dispatch import takes_guards
from sim.response.command.preference import Preferences, preferences
from sim.response.command.retasking import Busy, all_taken
from sim.response.deploy.deployment import Deployment, deploy
from sim.response.deploy.spots import station_spots
from sim.response.deploy.teams import sector_bases
from sim.response.deploy.walk import Walk
from sim.response.far import least_of_guards, never_in_time
from sim.response.units import RECORDED, SENT, UnitSet, UnitSpec, set_of
from sim.vocabulary import BaseAgency, Capability, Role, Severity

if TYPE_CHECKING:
    from sim.coverage.inputs import Rounds
    from sim.log import Columns
    from sim.region.route import Route

_Detour = tuple[str, RoadState, tuple[int, ...] | None]
"""The name of a unit, the state of the roads, and those of its stops that it can reach; None: no road is closed."""
_MOST_DETOURS = 2_000
"""Rounds kept that were planned again because roads were not as on a free day."""
_MOST_SPOTS = 500
"""Spots of which it is kept which guards are too far from them."""


@dataclass(frozen=True, eq=False)
class Home:
    """Where a unit belongs.

    Attributes:
        spot: Where it waits, or where its round begins.
        stops: Its round; one stop or none when it stands still.
        cycle: The round with every road open; None when it stands still.
        there: The route of who is there already.
    """

    spot: Spot
    stops: tuple[Stop, ...]
    cycle: Route | None
    there: Route

    @cached_property
    def spots(self) -> Mapping[tuple[int | None, int], Spot]:
        """Where the stops of its round are, by station and first node."""
        return {(stop.spot.station, stop.spot.nodes[0]): stop.spot for stop in reversed(self.stops)}

    @cached_property
    def stands(self) -> Standing:
        """Where who is there already stands."""
        return Standing(self.there.end)


@dataclass(frozen=True, eq=False)
class ResponsePlan:
    """The response under one strategy.

    Attributes:
        deployment: Who stands where.
        dispatch: The strategy's rules of dispatch.
        relocation: Its rule of relocation.
        command: How orders come to other agencies.
        retasking: Who is sent on, taken from what is milder, or let go early.
        duty: How long teams are on duty, and when they are tired.
        settings: Reports, mobilisation, posko, work on scene.
        report_factor: How much longer the weather makes a report take.
        network: The roads under the day's weather.
        stations: Where each station is.
        voters: Registered voters of each station.
        neighbours: Districts that share a border with each.
        sectors: Code of the police base that each district reports to; empty where its table names none.
        sector_of_node: The same for the district of each node; empty outside.
        signal: Whether each village has a mobile signal on an ordinary day.
        boxes: How the ballot boxes come home.
        able: How many units of each role have a capability; standing guards, who are never sent, are left out.
        people: People with a capability in each unit that may be sent; 0 in a standing guard.
        police: The bases of police, where reserves may wait.
        hours: When stations open and close, minutes after midnight.
        preferences: Who goes first where, by the strategy's table; nobody where its rule has none.
        end: When the simulated day stops, minutes after midnight.
    """

    deployment: Deployment
    dispatch: Dispatch
    relocation: Relocation
    command: Command
    retasking: Retasking
    duty: Duty
    settings: ResponseSettings
    report_factor: float
    network: RoadNetwork
    stations: tuple[Spot, ...]
    voters: NDArray[np.float64]
    neighbours: tuple[frozenset[int], ...]
    sectors: tuple[str, ...]
    sector_of_node: tuple[str, ...]
    signal: tuple[bool, ...]
    boxes: BoxesPlan
    able: Mapping[Capability, Counter[Role]]
    people: Mapping[Capability, tuple[int, ...]]
    police: tuple[Base, ...]
    hours: tuple[float, float]
    preferences: Preferences
    end: float

    @cached_property
    def homes(self) -> tuple[Home, ...]:
        """Where each unit belongs."""
        return tuple(_home(unit, self.network) for unit in self.deployment.units)

    @cached_property
    def at_home(self) -> Positions:
        """Where each unit is at home: where it waits, or where its round begins."""
        ends = [home.there.end for home in self.homes]
        nodes = np.array([end.node for end in ends], dtype=np.int64)
        minutes = np.array([end.minutes for end in ends], dtype=np.float64)
        stations = np.array([ELSEWHERE if end.station is None else end.station for end in ends], dtype=np.int64)
        return Positions(nodes, minutes, np.full(len(ends), ELSEWHERE), np.zeros(len(ends)), stations)

    @cached_property
    def records(self) -> Columns:
        """How each unit stands in the records: the columns ``RECORDED``."""
        from sim.log import dtypes  # the tables of a day, which preparing one does not need

        kinds, rows = dtypes("unit_states"), [unit.record for unit in self.deployment.units]
        return {name: np.array([row[k] for row in rows], dtype=kinds[name]) for k, name in enumerate(RECORDED)}

    @cached_property
    def sent_from(self) -> NDArray[np.int64]:
        """District of each unit with officers that posko may send; below 0 for the others, and for one of none."""
        specs = self.deployment.units
        counted = (s.district if s.officers and s.role in SENT and s.district is not None else ELSEWHERE for s in specs)
        return np.fromiter(counted, np.int64, len(specs))

    @cached_property
    def _detours(self) -> Kept[_Detour, Route]:
        return Kept(_MOST_DETOURS, self._detour)

    @cached_property
    def station_nodes(self) -> NDArray[np.int64]:
        """The first node of each station, shape (stations)."""
        return np.array([spot.nodes[0] for spot in self.stations], dtype=np.int64)

    @cached_property
    def station_access(self) -> Mapping[bool, NDArray[np.float64]]:
        """Minutes from there to each station, for vehicles that go on tracks and for those that do not."""
        return {tracks: np.array([spot.access_in(tracks) for spot in self.stations]) for tracks in (False, True)}

    @cached_property
    def least_minutes(self) -> Mapping[int, list[float]]:
        """For each guard who is sent at all: the least minutes to each node from anywhere on its round, on open roads.

        From the order on, so with the mean time to get ready. One whose post is a single place stands there.
        """
        return least_of_guards(self.deployment.units, self._grounds, self.network)

    @property
    def _grounds(self) -> list[Route]:
        """Where each unit is while it has no task: its round, or where it waits."""
        return [home.cycle or home.there for home in self.homes]

    @cached_property
    def never_in_time(self) -> Kept[Spot, UnitSet]:
        """For each spot: who is not there in time wherever on its own ground it is, on open roads."""
        too_late = never_in_time(self.deployment.units, self._grounds, self.network, self.dispatch)
        return Kept(_MOST_SPOTS, lambda spot: set_of(np.flatnonzero(too_late[:, spot.nodes].all(axis=1)).tolist()))

    @cached_property
    def can_do(self) -> Mapping[Capability, UnitSet]:
        """Which units that may be sent have each capability."""
        return {capability: set_of(i for i, n in enumerate(people) if n) for capability, people in self.people.items()}

    @cached_property
    def sent_for(self) -> Mapping[Severity, UnitSet]:
        """Which units are sent at all for each severity, whatever they wait for: guards only where they may be."""
        return {
            severity: set_of(
                i
                for i, unit in enumerate(self.deployment.units)
                if not unit.stays and (unit.role is not Role.GUARD or takes_guards(severity, self.dispatch))
            )
            for severity in Severity
        }

    @cached_property
    def agreed_for(self) -> Mapping[Severity, UnitSet]:
        """Which units wait for no worse severity than each, and may be called by the centre."""
        return agreed_for(self.deployment.units)

    @cached_property
    def called_by(self) -> Mapping[Echelon, UnitSet]:
        """Which units each kind of command post may call; a sector post orders its own besides."""
        return called_by(self.deployment.units)

    @cached_property
    def never_near(self) -> Kept[Spot, UnitSet]:
        """For each spot: the guards who are too far to be sent wherever on their own rounds they are, on open roads."""
        return Kept(_MOST_SPOTS, self._never_near)

    def _never_near(self, spot: Spot) -> UnitSet:
        within = self.dispatch.guards_within_minutes + ROUNDING
        return set_of(i for i, to in self.least_minutes.items() if min(map(to.__getitem__, spot.nodes)) > within)

    @cached_property
    def taken_from(self) -> Mapping[Severity, frozenset[Busy]]:
        """What units may be taken from for each severity; nothing where re-tasking takes nobody."""
        return {severity: all_taken(severity, self.retasking) for severity in Severity}

    def spot(self, place: Place) -> Spot:
        """Return where one goes to get to a place."""
        if isinstance(place, StationPlace):
            return self.stations[place.station]
        return Spot(place.nodes)

    def sector_of(self, district: int) -> frozenset[int]:
        """Return the districts that report to the same police base as a district, itself among them."""
        return self._reporting.get(self.sectors[district]) or frozenset({district})

    @cached_property
    def _reporting(self) -> Mapping[str, frozenset[int]]:
        """The districts that report to each police base, by its code."""
        found: dict[str, set[int]] = {}
        for district, code in enumerate(self.sectors):
            if code:
                found.setdefault(code, set()).add(district)
        return {code: frozenset(districts) for code, districts in found.items()}

    @cached_property
    def staying(self) -> int:
        """How many units stay where they are, and are never sent."""
        return len(self.deployment.units) - sum(self.goes)

    @cached_property
    def goes(self) -> tuple[bool, ...]:
        """Of each unit, whether it is ever sent; others stay where they are."""
        return tuple(not spec.stays for spec in self.deployment.units)

    def is_of_sector(self, spec: UnitSpec) -> bool:
        """Return whether a unit is a sector post's own: the routine patrol where districts report, no reserve there."""
        return spec.role is Role.PATROL and spec.base in self.sectors and bool(spec.base)

    @cached_property
    def own_units(self) -> Mapping[str, tuple[int, ...]]:
        """The units of each sector post, by code of its base."""
        units = list(enumerate(self.deployment.units))
        return {
            code: tuple(i for i, unit in units if unit.base == code and self.is_of_sector(unit))
            for code in self.sectors
            if code
        }

    def guard_of(self, place: Place) -> int | None:
        """Return the index of the unit that guards a station or an office; None when none does."""
        if isinstance(place, StationPlace):
            return self.guard_of_station(place.station)
        return self.standing_guard(place.code) if isinstance(place, BasePlace) else None

    def standing_guard(self, office: str) -> int | None:
        """Return the index of the unit that stands guard at an office, by its code; None where nobody does."""
        return self._standing.get(office)

    def guard_of_station(self, station: int) -> int | None:
        """Return the index of the guard unit of the post that covers a station; None when no post does."""
        return self._guards[station]

    @cached_property
    def _standing(self) -> dict[str, int]:
        """The standing guard of each office, by its code."""
        return {unit.base: i for i, unit in enumerate(self.deployment.units) if unit.stays}

    @cached_property
    def _guards(self) -> tuple[int | None, ...]:
        posts = self.deployment.posts
        return tuple(posts[post].unit if post >= 0 else None for post in self.deployment.post_of_station.tolist())

    @cached_property
    def _specs(self) -> dict[str, UnitSpec]:
        return {unit.name: unit for unit in self.deployment.units}

    def cycle(self, spec: UnitSpec, here: Position, roads: RoadState) -> Route:
        """Return the round of a unit over those of its stops that it can reach from here while the roads are so."""
        reach = None
        if roads.closed:
            ways = [travel_minutes(here, stop.spot, self.network, spec.vehicle, roads) for stop in spec.stops]
            reach = tuple(i for i, way in enumerate(ways) if way < np.inf)
        return self._detours.of((spec.name, roads, reach))

    def _detour(self, key: _Detour) -> Route:
        from sim.region.round import go_round  # rounds are walked on days, not when a scenario is checked

        name, roads, reach = key
        spec = self._specs[name]
        stops = spec.stops if reach is None else [spec.stops[i] for i in reach] or spec.stops[:1]
        return go_round(stops, self.network, spec.vehicle, roads)


def rounds_of(homes: Sequence[Home]) -> Rounds:
    """Put the rounds of units into one table."""
    from sim.coverage.inputs import Rounds  # coverage is reckoned on days, not when a scenario is checked
    from sim.region.route import RouteTable

    cycles = [home.cycle for home in homes]
    period = np.array([0.0 if c is None else c.minutes for c in cycles])
    offset = np.concatenate([[0.0], np.cumsum(period + 1.0)])[:-1]
    tables = [c.table._replace(begin=c.table.begin + o) for c, o in zip(cycles, offset, strict=True) if c is not None]
    columns = [np.concatenate(column) for column in zip(*tables, strict=True)] if tables else [np.empty(0)] * 7
    return Rounds(**dict(zip(RouteTable._fields, columns, strict=True)), offset=offset, period=period)


def plan_response(
    strategy: StrategySettings, scenario: Scenario, gazetteer: Gazetteer, network: RoadNetwork, walk: Walk
) -> ResponsePlan:
    """Deploy a strategy and prepare all that its response needs; for the arguments see :func:`deploy`.

    Raises:
        UserError: For an unknown base or district, a preference that names a missing place or unit, or a strategy that
            spends more than there is.
    """
    region = gazetteer.region
    deployment = deploy(strategy, scenario, gazetteer, network, walk)
    deployment = replace(deployment, units=under_command(deployment.units, strategy.command))
    stations, sectors = station_spots(region, scenario.response), _sectors(region)
    units, people = deployment.units, _people(deployment.units)
    return ResponsePlan(
        deployment=deployment,
        dispatch=strategy.dispatch,
        relocation=strategy.relocation,
        command=strategy.command,
        retasking=strategy.retasking,
        duty=strategy.duty,
        settings=scenario.response,
        report_factor=scenario.weather.report_delay_factor,
        network=network,
        stations=stations,
        voters=region.stations.registered.astype(np.float64),
        neighbours=tuple(region.neighbours(d.index) for d in region.districts),
        sectors=sectors,
        sector_of_node=tuple(sectors[node.district] if node.district is not None else "" for node in region.nodes),
        signal=tuple(v.signal for v in region.villages),
        boxes=plan_boxes(strategy.escort, deployment, region, stations, network, scenario.response.escort),
        able={c: Counter(u.role for u, n in zip(units, people[c], strict=True) if n) for c in Capability},
        people=people,
        police=tuple(base for base in region.bases if base.agency == BaseAgency.POLICE),
        hours=(scenario.voting.open, scenario.voting.close),
        preferences=preferences(strategy.name, strategy.dispatch, units, gazetteer),
        end=scenario.voting.day_end,
    )


def _people(units: Sequence[UnitSpec]) -> dict[Capability, tuple[int, ...]]:
    """Return the people with each capability in each unit that may be sent; 0 in a standing guard."""
    people = {capability: [0] * len(units) for capability in Capability}
    for i, unit in enumerate(units):
        for capability, number in () if unit.stays else unit.provides:
            people[capability][i] = number
    return {capability: tuple(numbers) for capability, numbers in people.items()}


def _sectors(region: Region) -> tuple[str, ...]:
    """Return the police base of each district: a sector post, or headquarters; no other base takes reports."""
    codes = {base.code for base in sector_bases(region)}
    return tuple(d.sector_base if d.sector_base in codes else "" for d in region.districts)


def _home(unit: UnitSpec, network: RoadNetwork) -> Home:
    from sim.region.round import go_round
    from sim.region.route import nowhere_to_go

    cycle = go_round(unit.stops, network, unit.vehicle, OPEN) if len(unit.stops) > 1 else None
    moves = cycle is not None and cycle.minutes > 0
    return Home(unit.home, unit.stops, cycle if moves else None, nowhere_to_go(at(unit.home, network, unit.vehicle)))
