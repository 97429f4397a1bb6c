"""The last stretch to a station: by road, by a track for motorcycles, on foot; the line's stations are 0.5 km away."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.config.response import ResponseSettings
from sim.region.position import Position, Spot, Stop, at, travel_minutes
from sim.region.region import Region
from sim.region.route import plan_route
from sim.region.travel import RoadNetwork
from sim.response.deploy.spots import station_spots
from sim.vocabulary import Access
from tests.response.conftest import line_region, line_scenario

SPEED = {"road": 15, "motorcycle": 10, "foot": 5}
SETTINGS = line_scenario(access_speed_kmh=SPEED)
BY_ROAD, RIDDEN, WALKED = 2.0, 3.0, 6.0


def access_minutes(region: Region, response: ResponseSettings, vehicle: str) -> NDArray[np.float64]:
    """Return the minutes between each station and the middle of its village for who comes in a vehicle."""
    on_tracks = response.vehicles[vehicle].on_tracks
    return np.array([spot.access_in(on_tracks) for spot in station_spots(region, response)], dtype=np.float64)


def hard_to_reach() -> Region:
    """Station 2 is reached by a track, station 3 on foot."""
    region = line_region()
    ways = [Access.ROAD] * 8
    ways[2], ways[3] = Access.MOTORCYCLE, Access.FOOT
    return dataclasses.replace(region, stations=dataclasses.replace(region.stations, access=tuple(ways)))


REGION = hard_to_reach()
SPOTS = station_spots(REGION, SETTINGS.response)
NETWORK = RoadNetwork(REGION, SETTINGS.region.speed_kmh, SETTINGS.weather.speed_factor, SETTINGS.response.vehicles)


@pytest.mark.parametrize(
    ("station", "vehicle", "minutes"),
    [
        (0, "truck", BY_ROAD),
        (0, "motorcycle", BY_ROAD),
        (2, "motorcycle", RIDDEN),
        (2, "truck", WALKED),
        (2, "car", WALKED),
        (3, "motorcycle", WALKED),
        (3, "truck", WALKED),
    ],
)
def test_what_a_unit_rides_decides_where_it_begins_to_walk(station: int, vehicle: str, minutes: float) -> None:
    spot = SPOTS[station]
    start = Position(spot.nodes[0])
    assert travel_minutes(start, spot, NETWORK, vehicle) == pytest.approx(minutes)
    route = plan_route(start, [Stop(spot)], NETWORK, vehicle)
    assert route.minutes == pytest.approx(minutes) and route.km == 0.0
    assert route.end == at(spot, NETWORK, vehicle) == Position(spot.nodes[0], pytest.approx(minutes), station=station)
    back = plan_route(route.end, [Stop(Spot((3,)))], NETWORK, vehicle)
    roads = 10.0 * (3 - spot.nodes[0]) / SETTINGS.response.vehicles[vehicle].trunk
    assert back.minutes == pytest.approx(minutes + roads), "and as long out again"
    assert access_minutes(REGION, SETTINGS.response, vehicle)[station] == pytest.approx(minutes)


def test_only_the_motorcycle_goes_on_tracks_as_packaged() -> None:
    assert NETWORK.on_tracks == {"motorcycle"}


def test_stations_on_roads_are_as_far_for_everybody() -> None:
    plain = line_region()
    truck, motorcycle = (access_minutes(plain, SETTINGS.response, v) for v in ("truck", "motorcycle"))
    assert np.array_equal(truck, motorcycle) and np.all(truck == BY_ROAD)
