"""Which hospital is near: on the packaged region, and where a road closes."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from sim.config.compose import load
from sim.day.world import World, prepare
from sim.evacuation.facility import WaysToCare
from sim.region.position import Position, Spot, travel_minutes
from sim.region.road_state import RoadState
from sim.triage import Triage


@cache
def world() -> World:
    return prepare(load("calm_day", ["strategy=minimum_pattern"]))


def village(name: str) -> Spot:
    return Spot((world().gazetteer.find(name, "place").node,))


def nearest(name: str, triage: Triage) -> str:
    plan = world().evacuation
    able = [f for f in plan.facilities if triage is not Triage.IMMEDIATE or f.takes is Triage.IMMEDIATE]
    return min(able, key=lambda f: plan.ways.to(village(name), f)).code


@pytest.mark.parametrize(
    ("name", "hospital"),
    [("Kota Padang", "HOSPITAL-LUBUKLINGGAU"), ("Pasar PU Tanding", "HOSPITAL-LUBUKLINGGAU"), ("kecamatan Curup", "RSUD"), ("kecamatan Bermani Ulu", "RSUD")],
)  # fmt: skip
def test_the_east_is_nearer_to_lubuklinggau_and_the_west_to_the_regencys_own_hospital(name: str, hospital: str) -> None:
    assert nearest(name, Triage.IMMEDIATE) == hospital


def test_whose_life_does_not_depend_on_it_is_brought_to_the_clinic_of_his_own_place() -> None:
    assert nearest("Kota Padang", Triage.DELAYED) == "PKM-KOTAPADANG"


def test_the_quickest_way_is_that_of_the_fastest_vehicle_and_never_longer_than_any() -> None:
    plan, network = world().evacuation, world().network
    spot = village("Kota Padang")
    for triage in Triage:
        able = [f for f in plan.facilities if triage is not Triage.IMMEDIATE or f.takes is Triage.IMMEDIATE]
        every = [
            travel_minutes(Position(spot.nodes[0]), f.spot, network, vehicle)
            for f in able
            for vehicle in world().scenario.medical_vehicles
        ]
        assert plan.ways.quickest(spot, triage) == min(every) >= 0
    assert WaysToCare(network, plan.facilities, ()).quickest(spot, Triage.MINOR) == np.inf


def test_with_the_road_east_closed_the_other_hospital_is_the_soonest() -> None:
    network, plan = world().network, world().evacuation
    lubuklinggau = next(f for f in plan.facilities if f.code == "HOSPITAL-LUBUKLINGGAU")
    roads = world().region.roads
    node = lubuklinggau.spot.nodes[0]
    shut = frozenset(int(i) for i in np.flatnonzero((roads.u == node) | (roads.v == node)))
    closed = RoadState(closed=shut)
    minutes = {
        f.code: travel_minutes(Position(village("Kota Padang").nodes[0]), f.spot, network, "ambulance", closed)
        for f in plan.facilities
        if f.takes is Triage.IMMEDIATE
    }
    assert minutes["HOSPITAL-LUBUKLINGGAU"] == np.inf and 0 < minutes["RSUD"] < np.inf


@pytest.mark.parametrize(
    ("override", "remark"),
    [
        ("evacuation.care.ambulances=[{base: PSC-119, count: 1, vehicle: car, carries: delayed}]", "care.ambulances: none carries"),
        ("evacuation.care.facilities=[{base: PKM-PUT, beds: 4, takes: delayed}]", "care.facilities: none is there"),
    ],
)  # fmt: skip
def test_it_is_said_where_nobody_is_there_for_whose_life_depends_on_it(override: str, remark: str) -> None:
    odd = prepare(load("calm_day", ["strategy=minimum_pattern", override])).remarks
    assert len(odd) == 1 and remark in odd[0]
    nobody = [f"evacuation.care.injuries.{severity}.immediate=0" for severity in ("yellow", "red")]
    assert not prepare(load("calm_day", ["strategy=minimum_pattern", override, *nobody])).remarks
    assert not world().remarks
