"""The packaged region: totals as published, distances as sourced, the derived stations as the rule says."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import simpy

from sim.config.compose import load
from sim.region.gazetteer import Gazetteer
from sim.region.load import load_region
from sim.region.outline import village_cells
from sim.region.position import Position, Spot
from sim.region.region import Region, RoadTable
from sim.region.road_state import RoadState
from sim.region.travel import RoadNetwork
from sim.response.journey import Journey
from sim.response.open_roads import OpenRoads


@pytest.fixture(scope="module")
def region() -> Region:
    return load_region(load("calm_day", ["strategy=even_spread"]).region)


@pytest.fixture(scope="module")
def network(region: Region) -> RoadNetwork:
    s = load("calm_day", ["strategy=even_spread"])
    return RoadNetwork(region, s.region.speed_kmh, s.weather.speed_factor, s.response.vehicles)


def node(region: Region, name: str) -> int:
    return Gazetteer(region).find(name, "test").node


def test_totals_are_those_published(region: Region) -> None:
    s = region.stations
    assert (len(region.districts), len(region.villages), len(s)) == (15, 156, 445)
    assert sum(v.kind == "ward" for v in region.villages) == 34
    assert s.registered.sum() == 208_094
    assert s.special.sum() == 2 and s.registered[s.special].sum() == 663
    assert np.bincount(s.vulnerability).tolist() == [396, 24, 25]
    assert s.registered.max() <= 600 and s.registered.min() > 100


def test_districts_keep_their_sums(region: Region) -> None:
    sums = np.bincount(region.stations.district, region.stations.registered)
    stations = np.bincount(region.stations.district)
    assert sums[2] == 10_448 and stations[2] == 23  # Sindang Kelingi
    assert sums[5] == 25_512 and stations[5] == 53  # Selupu Rejang


def test_kecamatan_n_follows_the_official_codes(region: Region) -> None:
    names = ["Kota Padang", "Padang Ulak Tanding", "Sindang Kelingi", "Curup"]
    for number, name in enumerate(names, start=1):
        assert Gazetteer(region).district(f"kecamatan {number}", "test").name == name
    assert Gazetteer(region).district("kecamatan 15", "test").name == "Bermani Ulu Raya"


def test_vulnerability_is_dealt_in_proportion_and_brands_no_village(region: Region) -> None:
    s = region.stations
    for code, total in ((2, 25), (1, 24)):
        dealt = np.bincount(s.district[s.vulnerability == code], minlength=15)
        expected = total * np.bincount(s.district) / len(s)
        assert np.all(np.abs(dealt - expected) < 1.2)


def test_observed_turnout_differs_between_districts_and_leaves_the_whole(region: Region) -> None:
    factors = {d.name: d.turnout_factor for d in region.districts}
    assert min(factors, key=factors.__getitem__) == "Kota Padang" and factors["Kota Padang"] < 0.9
    assert max(factors.values()) < 1.2
    assert np.average(region.turnout_factor, weights=region.stations.registered) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("start", "goal", "km"),
    [
        ("Pasar Baru", "Lubuklinggau", 55),
        ("Pasar Baru", "Kepahiang", 25),
        ("Pasar PU Tanding", "village Kota Padang", 24),
        ("Pasar Baru", "Bengkulu city", 85),
    ],
)
def test_road_distances_meet_their_sources(
    region: Region, network: RoadNetwork, start: str, goal: str, km: float
) -> None:
    assert network.km()[node(region, start), node(region, goal)] == pytest.approx(km, rel=0.05)


def test_curup_to_kepahiang_takes_the_sourced_time(region: Region, network: RoadNetwork) -> None:
    minutes = network.minutes("car")[node(region, "Pasar Baru"), node(region, "Kepahiang")]
    assert minutes == pytest.approx(43, rel=0.15)


def test_one_landslide_cuts_the_east_off(region: Region, network: RoadNetwork) -> None:
    trunk = region.edge(node(region, "Mojorejo"), node(region, "Beringin Tiga"))
    hill = region.edge(node(region, "Sumber Urip"), node(region, "Sumber Bening"))
    assert trunk is not None and hill is not None
    curup, east = node(region, "Pasar Baru"), node(region, "Pasar PU Tanding")
    assert np.isfinite(network.minutes("car", RoadState(frozenset({trunk})))[curup, east])
    cut = network.minutes("car", RoadState(frozenset({trunk, hill})))
    assert np.isinf(cut[curup, east])
    cut_off = {d.name for d in region.districts if np.isinf(cut[curup, d.office_node])}
    assert cut_off == {
        "Kota Padang", "Padang Ulak Tanding", "Sindang Kelingi", "Binduriang", "Sindang Beliti Ulu",
        "Sindang Dataran", "Sindang Beliti Ilir",
    }  # fmt: skip


def test_as_packaged_no_way_leads_round_by_a_neighbour(region: Region, network: RoadNetwork) -> None:
    """Roads outside are spurs: nobody who is cut off from the east gets there through another regency."""
    inside = len(region.villages)
    without = [r for r in range(len(region.roads.km)) if max(region.roads.u[r], region.roads.v[r]) >= inside]
    outside = network.minutes("car", RoadState(frozenset(without)))[:inside, :inside]
    assert np.array_equal(outside, network.minutes("car")[:inside, :inside])


def test_a_road_through_the_neighbour_is_the_way_when_the_trunk_is_closed(region: Region) -> None:
    """A planner who knows of a road from Kepahiang to Lubuklinggau adds a line; 160 km is made up for this test."""
    s, roads = load("calm_day", ["strategy=even_spread"]), region.roads
    kepahiang, lubuklinggau = node(region, "Kepahiang"), node(region, "Lubuklinggau")
    table = RoadTable(
        np.append(roads.u, kepahiang),
        np.append(roads.v, lubuklinggau),
        np.append(roads.km, 160.0),
        np.append(roads.road_class, roads.road_class.dtype.type(1)),
    )
    wider = dataclasses.replace(region, roads=table)
    network = RoadNetwork(wider, s.region.speed_kmh, s.weather.speed_factor, s.response.vehicles)
    trunk = wider.edge(node(region, "Mojorejo"), node(region, "Beringin Tiga"))
    hill = wider.edge(node(region, "Sumber Urip"), node(region, "Sumber Bening"))
    assert trunk is not None and hill is not None
    curup, east = node(region, "Pasar Baru"), node(region, "Pasar PU Tanding")
    free = network.path("car", curup, east)
    assert free is not None and kepahiang not in free.nodes, "by day with nothing in the way the trunk is shorter"
    env = simpy.Environment()
    open_roads = OpenRoads(env, network)
    journey = Journey(env, open_roads, "car", Position(curup), Spot((east,)))
    before = free.minutes[free.nodes.index(node(region, "Mojorejo"))] - 1.0
    env.process(open_roads.close_between(trunk, before, np.inf))
    env.process(open_roads.close_between(hill, before, np.inf))
    assert env.run(env.process(journey.run())) is True
    back = network.path("car", free.nodes[0], kepahiang)
    assert back is not None
    assert journey.km_at(float(env.now)) > 160.0 + back.km[-1]
    assert env.now > before + 160.0 / 36 * 60


def test_the_regency_hospital_stands_outside(region: Region) -> None:
    assert Gazetteer(region).base("RSUD", "test").district is None


def test_vehicles_and_rain_change_times_by_their_factors(region: Region) -> None:
    s = load("calm_day", ["strategy=even_spread"])
    wet = load("calm_day", ["strategy=even_spread", "weather=heavy_rain"])
    dry = RoadNetwork(region, s.region.speed_kmh, s.weather.speed_factor, s.response.vehicles)
    rain = RoadNetwork(region, s.region.speed_kmh, wet.weather.speed_factor, s.response.vehicles)
    assert np.allclose(dry.minutes("truck"), dry.minutes("car") / 0.8)
    assert np.allclose(rain.minutes("car"), dry.minutes("car") / 0.7)


def test_cells_cover_every_village_once(region: Region) -> None:
    cells = village_cells(region)
    assert len(cells) == 156
    for cell, village in zip(cells, region.villages, strict=True):
        x, y = cell[:, 0] - village.lon, cell[:, 1] - village.lat
        cross = x * np.roll(y, -1) - np.roll(x, -1) * y
        assert np.all(cross > -1e-12), "the village lies inside its cell"


def test_floods_and_landslides_are_where_the_disaster_agency_names_them(region: Region) -> None:
    """Sources in the region's SOURCES.md: Air Duku in the town and the eastern lowland; the roads out of the hills."""
    flooded = {village.name for village in region.villages if "flood" in village.prone_to}
    assert {"Jalan Baru", "Dusun Curup", "Karang Anyar", "Periang", "Tanjung Sanai I", "Bedeng SS"} <= flooded
    assert len(flooded) == 47 and "Bengko" not in flooded
    slides = [i for i in range(len(region.roads.u)) if "landslide" in region.roads.hazards(i)]
    ends = {frozenset((region.nodes[region.roads.u[i]].name, region.nodes[region.roads.v[i]].name)) for i in slides}
    assert {frozenset(("Simpang Beliti", "Taba Padang")), frozenset(("Tabarenah", "Dataran Tapus"))} <= ends
    assert len(slides) == 37
