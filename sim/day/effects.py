"""What disturbances do around them: to voting, to voters, to roads, to the mobile signal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import simpy

from sim.clock import after
from sim.config.effects import (
    CloseRoad,
    Deter,
    Effect,
    EndVoting,
    Evacuate,
    HoldBoxes,
    Injure,
    LeaveArea,
    RoadEffect,
    ShutDoor,
    Slow,
    SlowRoad,
    StationEffect,
    Suspend,
    TakeSignal,
)
from sim.day.areas import Areas
from sim.day.boxes import TroubledBoxes
from sim.day.injuries import injuries
from sim.day.leaving import DangerousSites
from sim.disturbance.incident import Incident
from sim.disturbance.plan import Deterred, DisturbancePlan
from sim.region.place import AreaPlace, BasePlace, RoadPlace
from sim.response.open_roads import OpenRoads
from sim.response.signal import MobileSignal
from sim.vocabulary import Severity
from sim.voting.polls import Polls


@dataclass
class _InForce:
    """What one disturbance does now.

    Attributes:
        stations: Stations where it is that it does something to, in order, and what.
        around: Stations around that it keeps voters away from, in order, and the share of their voters.
        deters: From what they follow.
        road: What it does to its road.
        silent: Nodes whose signal it takes.
        holds: Whether it holds ballot boxes.
        injured: Severities that hurt people there, or have done so: each does once.
    """

    stations: dict[int, tuple[Effect | None, float]] = field(default_factory=dict)
    around: dict[int, float] = field(default_factory=dict)
    deters: Deterred | None = None
    road: RoadEffect | None = None
    silent: tuple[int, ...] = ()
    holds: bool = False
    injured: set[Severity] = field(default_factory=set)

    def at(self, station: int) -> tuple[Effect | None, float]:
        """Return what it does to a station."""
        return self.stations.get(station) or (None, self.around.get(station, 0.0))

    def felt_at(self) -> dict[int, None]:
        """Return the stations that it does something to, each once: where it is, then those around."""
        return dict.fromkeys((*self.stations, *self.around))


class EffectsInForce:
    """Puts the effects of disturbances into force and takes them away.

    Args:
        env: The clock.
        plan: The disturbances' plan.
        polls: The stations.
        roads: Which roads are open.
        signal: Where a telephone works.
        leaving: The stations and offices that must be left.
        areas: The areas that must be left.
        boxes: The ballot boxes, which it may hold.
    """

    def __init__(
        self,
        env: simpy.Environment,
        plan: DisturbancePlan,
        polls: Polls,
        roads: OpenRoads,
        signal: MobileSignal,
        leaving: DangerousSites,
        areas: Areas,
        boxes: TroubledBoxes,
    ) -> None:
        self.env = env
        self.plan = plan
        self.polls = polls
        self.roads = roads
        self.signal = signal
        self.leaving = leaving
        self.areas = areas
        self.boxes = boxes
        self._in_force: dict[str, _InForce] = {}

    def turn(self, incident: Incident) -> None:
        """Put into force what a disturbance does now: at the severity that it has reached, where it is."""
        now = self._in_force.get(incident.identity)
        if now is None:
            now = self._in_force[incident.identity] = _InForce()
        effects = {type(effect): effect for effect in incident.effects}
        self._act_on_road(incident, now, effects.get(CloseRoad) or effects.get(SlowRoad))
        self._take_signal(incident, now, TakeSignal in effects)
        self._hold_boxes(incident, now, HoldBoxes in effects)
        hurts = effects.get(Injure)
        if isinstance(hurts, Injure) and incident.peak_severity not in now.injured:
            now.injured.add(incident.peak_severity)
            self.env.process(injuries(incident, hurts, self.plan.voters))
        leave = effects.get(LeaveArea)
        if isinstance(leave, LeaveArea):
            self.areas.endanger(incident, leave)
        deter = effects.get(Deter)
        share = deter.share if isinstance(deter, Deter) else 0.0
        acting = _acting(effects.values())
        if not incident.eased:
            for station in incident.place.stations:
                self._impose(incident, now, station, acting, share)
        if isinstance(incident.place, BasePlace):
            self._at_office(incident, incident.place, acting)
        if isinstance(deter, Deter):
            self._deter(incident, now, deter)
        if incident.eased:
            self._lift(incident, now)

    def _lift(self, incident: Incident, now: _InForce) -> None:
        """Let no station feel anything any more."""
        self.polls.lift_all(now.felt_at(), incident.identity)
        now.stations, now.around, now.deters = {}, {}, None

    def _deter(self, incident: Incident, now: _InForce, deter: Deter) -> None:
        """Let those around feel what has changed."""
        deters = self.plan.deterred(incident.place, deter.reach_km, deter.share)
        if now.deters is deters:
            return  # most severities only go on with what the one before did
        felt, now.deters = now.around, deters
        changed = deters.by_station
        if felt or not deter.share:  # else it kept nobody away so far, and does so everywhere now
            changed = {s: share for s, share in changed.items() if felt.get(s, 0.0) != share}
        felt.update(changed)
        if len(changed) == len(deters.by_station):
            stations, shares = deters.stations, deters.shares
        else:
            stations, shares = np.array([*changed], dtype=np.int64), np.array([*changed.values()], dtype=np.float64)
        if changed:
            self.polls.deter(stations, shares, incident.identity)

    def _impose(self, incident: Incident, now: _InForce, station: int, acting: Effect | None, share: float) -> None:
        """Let a station feel what has changed; most severities only go on with what the one before did."""
        if now.at(station) != (acting, share):
            now.stations[station] = acting, share
            self._at_station(incident, station, acting, share)

    def _at_station(self, incident: Incident, station: int, acting: Effect | None, share: float) -> None:
        cause = incident.identity
        if not isinstance(acting, Evacuate):
            self.leaving.relieve(station)
        match acting:
            case Slow():
                self.polls.impose(station, cause, speed=acting.speed, deterred=share)
            case Suspend():
                self.polls.impose(station, cause, speed=0.0, deterred=share)
            case ShutDoor():
                self.polls.impose(station, cause, door_open=False, deterred=share)
            case Evacuate():
                self.polls.impose(station, cause, speed=0.0, deterred=share)
                self.leaving.endanger(incident, station)
            case EndVoting():
                self.polls.impose(station, cause, speed=0.0, deterred=share)
                self.leaving.end_voting(incident, station)
            case _:
                self.polls.impose(station, cause, deterred=share)

    def _at_office(self, incident: Incident, place: BasePlace, acting: Effect | None) -> None:
        if isinstance(acting, Evacuate) and not incident.eased:
            self.leaving.endanger_office(incident, place)
        else:
            self.leaving.relieve_office(place)

    def _act_on_road(self, incident: Incident, now: _InForce, effect: Effect | None) -> None:
        """Close its road or slow it; the new effect comes before the old one goes, so that it is never free between."""
        place, before = incident.place, now.road
        if effect is before or not isinstance(place, RoadPlace) or effect == before:
            return
        match effect:
            case CloseRoad():
                self.roads.close(place.road)
            case SlowRoad():
                self.roads.slow(place.road, effect.factor)
        match before:
            case CloseRoad():
                self.roads.open(place.road)
            case SlowRoad():
                self.roads.free(place.road, before.factor)
        now.road = effect if isinstance(effect, RoadEffect) else None

    def _take_signal(self, incident: Incident, now: _InForce, takes: bool) -> None:
        if not takes and not now.silent:
            return
        place = incident.place
        nodes = place.villages if isinstance(place, AreaPlace) else place.nodes
        if takes and now.silent != nodes:
            self.signal.take(tuple(node for node in nodes if node not in now.silent))
            now.silent = nodes  # an area only grows
        elif not takes and now.silent:
            self.signal.give_back(now.silent)
            now.silent = ()

    def _hold_boxes(self, incident: Incident, now: _InForce, holds: bool) -> None:
        if holds and not now.holds:
            self.boxes.hold(incident)
        elif now.holds and not holds:
            self.boxes.release(incident.identity)
        now.holds = holds

    def end(self, incident: Incident, all_clear_minutes: float) -> None:
        """Note that a disturbance is over. Its road is open and the signal back at once; the all-clear comes later."""
        now = self._in_force.get(incident.identity) or _InForce()
        self._act_on_road(incident, now, None)
        self._take_signal(incident, now, takes=False)
        after(self.env, all_clear_minutes, lambda _: self._all_clear(incident, now))

    def _all_clear(self, incident: Incident, now: _InForce) -> None:
        """Let a disturbance that is over do nothing any more."""
        self.polls.lift_all(now.felt_at(), incident.identity)
        self.areas.all_clear(incident.identity)
        self._hold_boxes(incident, now, holds=False)
        self.leaving.all_clear(incident)


def _acting(effects: Iterable[Effect]) -> Effect | None:
    """Return the one effect of these that acts on voting itself."""
    return next((e for e in effects if isinstance(e, StationEffect)), None)
