"""Potential response at a moment of a day from what a run stores: its tables, its deployments, its region, its settings.

Nothing of the day is asked, and nothing of the response: who could be sent, where he was, how long he takes and by
which roads is worked out anew, unit by unit, on a graph of the roads. A stretch counts from its first moment on, not at
its last: what is told of a moment at which something happens is what held just after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import networkx as nx
import numpy as np
import pandas as pd

from sim.config.dispatch import HoldReserve
from sim.config.region import ROAD_CLASSES
from sim.config.relocation import Dynamic
from sim.experiment.store import Run
from sim.vocabulary import Access, Agency, Capability, Force, Severity

NEVER = float("inf")
SLACK = 1e-9
"""Minutes by which sums of the same times may differ."""
SENT = ("patrol", "reserve", "attached")
"""Roles whose units go off duty and tire."""


class Target(NamedTuple):
    """A station or, without one, the middle of a village."""

    node: int
    access: float
    station: int | None
    district: int
    voters: int
    area: float
    walked: float


class Position(NamedTuple):
    node: int
    away: float
    ahead: int
    left: float
    station: int


@dataclass(frozen=True)
class Unit:
    """A unit at a moment: its row of deployments, its state, since when on duty, and where it could be sent from."""

    row: Any
    state: str
    tired: bool
    here: Position
    wait: dict[int, float]  # minutes until it comes by a station on its round, going on as it does


class Strategy:
    """A strategy of a run, and a day of it at a time.

    Args:
        run: A run that is finished.
        name: Name of the strategy.
    """

    def __init__(self, run: Run, name: str) -> None:
        self.scenario, self.region = run.scenario, run.region
        self.settings = run.scenario.response
        self.plan = next(strategy for strategy in run.scenario.strategies if strategy.name == name)
        who = run.deployments()
        units, posts, rounds = (t[t["strategy"] == name] for t in (who.units, who.posts, who.rounds))
        self.units = list(units.itertuples(index=False))
        codes = {code: s for s, code in enumerate(self.region.stations.code)}
        self.pair = {codes[row.station]: row.unit for row in posts.itertuples(index=False)}
        self.rounds = {str(unit): rows.reset_index(drop=True) for unit, rows in rounds.groupby("unit")}
        names = ("unit_states", "tasks", "tracks", "ways", "roads", "coverage")
        tables = {table: run.table(table) for table in names}
        self._tables = {table: frame[frame["strategy"] == name] for table, frame in tables.items()}

    def day(self, number: int) -> Day:
        return Day(self, {name: table[table["replication"] == number] for name, table in self._tables.items()})

    @cached_property
    def targets(self) -> list[Target]:
        stations, speed = self.region.stations, self.settings.access_speed_kmh
        found = []
        for s, way in enumerate(stations.access):  # on a track only motorcycles drive; all others walk
            node, district, voters = int(stations.node[s]), int(stations.district[s]), int(stations.registered[s])
            hours = [float(stations.access_km[s]) / kmh for kmh in (getattr(speed, way), speed.foot)]
            access, walked = 60.0 * hours[0], 60.0 * hours[way is Access.MOTORCYCLE]
            found.append(Target(node, access, s, district, voters, 0.0, walked))
        return found + [
            Target(n, 0.0, None, v.district, 0, v.area_km2, 0.0) for n, v in enumerate(self.region.villages)
        ]


class Day:
    """A day under a strategy, as its tables tell of it."""

    def __init__(self, strategy: Strategy, tables: dict[str, pd.DataFrame]) -> None:
        self.strategy, self.tables = strategy, tables
        self.states = {str(unit): rows.sort_values("start") for unit, rows in tables["unit_states"].groupby("unit")}
        self.tracks = {str(unit): rows for unit, rows in tables["tracks"].groupby("unit")}
        self.ways = {way: rows.reset_index(drop=True) for way, rows in tables["ways"].groupby("way")}
        self.moves = tables["tasks"].sort_values("task")

    def at(self, time: float) -> Moment:
        return Moment(self, time)


class Moment:
    """What is known of one moment of a day."""

    def __init__(self, day: Day, time: float) -> None:
        self.day, self.time, self.strategy = day, time, day.strategy
        self.plan, self.settings = day.strategy.plan, day.strategy.settings
        self._from: dict[tuple[str, int], dict[int, float]] = {}

    @cached_property
    def graphs(self) -> dict[str, nx.Graph]:
        """The roads that are open, by vehicle, with minutes."""
        region, scenario, table = self.strategy.region, self.strategy.scenario, self.day.tables["roads"]
        now = table[(table["start"] <= self.time) & (self.time < table["end"])]
        speed = dict(zip(now["road"], now["speed"], strict=True))
        found = {}
        for vehicle, factors in self.settings.vehicles.items():
            graph = found[vehicle] = nx.Graph()
            graph.add_nodes_from(range(len(region.nodes)))
            for road, km in enumerate(region.roads.km.tolist()):
                name = ROAD_CLASSES[region.roads.road_class[road]]
                kmh = getattr(scenario.region.speed_kmh, name) * getattr(scenario.weather.speed_factor, name)
                kmh *= getattr(factors, name) * speed.get(road, 1.0)
                kmh *= getattr(self.settings.night.speed_factor, name) if -1 in speed else 1.0
                if kmh:
                    graph.add_edge(int(region.roads.u[road]), int(region.roads.v[road]), minutes=km / kmh * 60.0)
        return found

    @cached_property
    def units(self) -> list[Unit]:
        """Everybody who could be sent."""
        found = []
        for row in self.strategy.units:
            states = self.day.states[row.unit]
            now = states[(states["start"] <= self.time) & (self.time < states["end"])]
            assert len(now) == 1, "every unit has one stretch at every moment"
            since, state = self._on_duty(row, states), str(now["state"].iloc[0])
            if not row.stays and self._can_be_sent(row, state, since):
                track = self._track(row.unit)
                after = self.plan.duty.tired_after_minutes
                tired = row.role in SENT and after is not None and self.time - since >= after
                found.append(Unit(row, state, tired, self._here(row.unit, track), self._waits(row.unit, track, state)))
        return found

    def _on_duty(self, row: Any, states: pd.DataFrame) -> float:
        """Since when it has been on duty."""
        off = states[(states["state"] == "off_duty") & (states["start"] <= self.time)]
        if len(off):
            return float(off["end"].iloc[-1])
        begins = self.plan.duty.begins if np.isnan(row.shift_from) else row.shift_from
        return float(states["start"].iloc[0] if begins is None else begins)

    def _can_be_sent(self, row: Any, state: str, since: float) -> bool:
        """Whether it waits, or may be sent on from its way: home, or to where it is moved."""
        if state in ("post", "free"):
            return True
        longest = NEVER if self.plan.duty.longest_minutes is None else self.plan.duty.longest_minutes
        ends = min(since + longest, NEVER if np.isnan(row.shift_to) else row.shift_to)
        if row.role in SENT and self.time >= ends:
            return False
        if state == "returning":
            return self.plan.retasking.way_home
        tasks = self.day.moves[(self.day.moves["unit"] == row.unit) & (self.day.moves["ordered"] <= self.time)]
        is_moved = state in ("mobilising", "travelling") and tasks["purpose"].iloc[-1] == "relocation"
        return is_moved and isinstance(self.plan.relocation, Dynamic)

    def _track(self, unit: str) -> Any | None:
        tracks = self.day.tracks.get(unit)
        now = None if tracks is None else tracks[(tracks["start"] <= self.time) & (self.time < tracks["end"])]
        if now is None or now.empty:
            assert self.strategy.rounds[unit]["period"].iloc[0] == 0, "who has a round is on it"
            return None
        assert len(now) == 1, "nobody goes two ways at once"
        return next(now.itertuples(index=False))

    def _pieces(self, unit: str, way: int) -> pd.DataFrame:
        return self.strategy.rounds[unit] if way == -1 else self.day.ways[way]

    def _here(self, unit: str, track: Any | None) -> Position:
        pieces, elapsed = self._pieces(unit, -1), 0.0
        if track is not None:
            pieces, elapsed = self._pieces(unit, track.way), self.time - track.began
            elapsed = elapsed % track.period if track.period else elapsed
        begun = np.searchsorted(pieces["begins"], elapsed + SLACK, side="right")  # who leaves at this moment has left
        i = max(int(begun) - 1, 0)
        piece = pieces.loc[i]
        gone = piece["slope"] * (elapsed - piece["begins"])
        return Position(
            int(piece["node"]), float(piece["away"] + gone), int(piece["ahead"]), float(piece["length"] - gone),
            int(piece["station"]),
        )  # fmt: skip

    def _waits(self, unit: str, track: Any | None, state: str) -> dict[int, float]:
        """When it comes to each station of its round next, if it goes on."""
        if track is None or state not in ("post", "free"):
            return {}
        joined, on_it = self.time, track
        if not track.period:  # on the way to its round: the track that begins when that ends, or would have ended
            joined, tracks = track.began + self._pieces(unit, track.way)["begins"].iloc[-1], self.day.tracks[unit]
            later = tracks[(tracks["start"] == track.end) & (tracks["period"] > 0)].sort_values("end")
            if later.empty:
                return {}  # nothing of its round can be reached
            on_it = next(later.itertuples(index=False))  # without length, where it was called away before
        pieces = self._pieces(unit, on_it.way).query("station >= 0")
        to_go = (pieces["begins"] - (joined - on_it.began) + SLACK) % on_it.period - SLACK
        waits = joined - self.time + to_go
        return waits.groupby(pieces["station"]).min().to_dict()

    def travel(self, unit: Unit, target: Target) -> float:
        here, vehicle = unit.here, unit.row.vehicle
        if target.station is not None and here.station == target.station:
            return 0.0
        way = here.away + self._way(vehicle, here.node).get(target.node, NEVER)
        if here.ahead >= 0 and self.graphs[vehicle].has_edge(here.node, here.ahead):
            way = min(way, here.left + self._way(vehicle, here.ahead).get(target.node, NEVER))
        return way + (target.access if self.settings.vehicles[vehicle].on_tracks else target.walked)

    def _way(self, vehicle: str, node: int) -> dict[int, float]:
        if (vehicle, node) not in self._from:
            found = nx.single_source_dijkstra_path_length(self.graphs[vehicle], node, weight="minutes")
            self._from[vehicle, node] = found
        return self._from[vehicle, node]

    def ordered(self, unit: Unit, target: Target) -> float:
        """Minutes from the order; who drives already need not get ready."""
        if unit.state in ("returning", "travelling"):
            return self.travel(unit, target)
        more = (self.plan.duty.tired_factor - 1.0) * unit.row.mobilisation_minutes if unit.tired else 0.0
        return float(unit.row.ready_minutes) + more + self.travel(unit, target)

    def alarm(self, unit: Unit | None, target: Target) -> float:
        """Mean alarm handling; a sector post orders its own patrol, its pairs and whom it may call (None: a pair)."""
        posts, posko = self.settings.sector_posts, self.settings.posko.alarm_handling.mean_minutes
        post = self.strategy.region.districts[target.district].sector_base
        soon = min(posko, posts.alarm_handling.mean_minutes) if posts.desks and post else posko
        if unit is None:
            return soon
        callers = unit.row.called_by.split(";")
        is_its_own = unit.row.role == "patrol" and unit.row.base == post
        if is_its_own or (posts.desks and "sector" in callers and post):
            return soon
        return posko if "posko" in callers else NEVER

    def arrivals(self, target: Target, severity: Severity, *, with_own: bool) -> Iterator[tuple[float, Unit]]:
        """Everybody who would come, and when."""
        rule, own = self.plan.dispatch, self.strategy.pair.get(target.station)
        takes = rule.take_guards_from is not None and severity >= Severity.of(rule.take_guards_from)
        for unit in self.units:
            minutes = self.ordered(unit, target)
            if unit.row.unit == own:
                if with_own and unit.here.station == target.station:
                    yield 0.0, unit
                elif with_own:
                    by_round = unit.wait.get(target.station, NEVER)
                    yield min(self.alarm(None, target) + minutes, by_round), unit
                continue
            is_guard = unit.row.role == "guard"
            if is_guard and not (takes and minutes <= rule.guards_within_minutes):
                continue
            is_kept = unit.row.unit in self.kept and severity is not Severity.RED
            if minutes < NEVER and severity >= Severity.of(unit.row.from_severity) and not is_kept:
                yield self.alarm(unit, target) + minutes, unit

    @cached_property
    def kept(self) -> set[str]:
        """The reserves that the rule keeps for red: without them most voters would be served late."""
        rule = self.plan.dispatch
        if not isinstance(rule, HoldReserve):
            return set()
        free = [u for u in self.units if u.state in ("post", "free") and u.row.role in ("patrol", "reserve")]
        stations = [target for target in self.strategy.targets if target.station is not None]
        near = np.array([[self.ordered(u, target) <= rule.within_minutes for target in stations] for u in free])
        voters = np.array([target.voters for target in stations])
        many = near.sum(axis=0)
        loss = [float(voters @ (rule.busy ** (many - mine) - rule.busy**many)) for mine in near]
        order = sorted((-round(x, 6), i) for i, x in enumerate(loss) if free[i].row.role == "reserve")
        return {free[i].row.unit for _, i in order[: rule.hold_back]}

    def minutes(self, force: Force, target: Target) -> float:
        """When a force would be at a place."""
        if force in (Force.YELLOW, Force.RED):
            severity, needs = Severity.of(force.value), getattr(self.settings.force, force.value).strength
        else:
            severity, needs = Severity.GREEN, [(None, 2 if force is Force.BACKUP else 1)]
        with_own = force not in (Force.FIRST, Force.BACKUP)
        come = sorted(self.arrivals(target, severity, with_own=with_own), key=lambda pair: pair[0])
        return max(_gathered(come, capability, need) for capability, need in needs)


def _gathered(come: list[tuple[float, Unit]], capability: Capability | None, need: int) -> float:
    """When those who come have together all that is asked for; without a capability: so many units with officers."""
    there = 0
    for minutes, unit in come:
        officers = Agency(unit.row.agency).are_officers and unit.row.strength > 0
        there += int(officers) if capability is None else int(getattr(unit.row, capability))
        if there >= need:
            return minutes
    return NEVER
