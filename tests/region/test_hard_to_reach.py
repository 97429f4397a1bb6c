"""Stations that no car reaches, made by rule."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from sim.config.compose import load
from sim.config.region import RegionSettings
from sim.errors import UserError
from sim.region.load import load_region
from sim.region.region import Region
from sim.vocabulary import Access

PACKAGED = load("calm_day", []).region
EAST = ("Kota Padang", "Binduriang", "Sindang Beliti Ulu", "Sindang Beliti Ilir", "Sindang Dataran")


def region(**changed: object) -> Region:
    return load_region(with_hard(**changed))


def with_hard(**changed: object) -> RegionSettings:
    hard = PACKAGED.derive.hard_to_reach.model_copy(update=changed)
    return PACKAGED.model_copy(update={"derive": PACKAGED.derive.model_copy(update={"hard_to_reach": hard})})


def hard_in(made: Region) -> list[int]:
    return [i for i, way in enumerate(made.stations.access) if way is not Access.ROAD]


def test_the_packaged_region_has_as_many_as_are_sourced_in_the_districts_that_are() -> None:
    made = region()
    hard, districts = hard_in(made), made.stations.district
    assert len(hard) == 15 and {made.districts[d].name for d in districts[hard]} == set(EAST)
    per_district = np.bincount(districts[hard], minlength=len(made.districts))
    assert set(per_district[per_district > 0].tolist()) == {3}, "districts of 18 to 21 stations"
    assert len({int(made.stations.node[i]) for i in hard}) == 15, "one in each of the largest villages"
    for d in set(districts[hard].tolist()):
        areas = sorted((v.area_km2 for v in made.villages if v.district == d), reverse=True)
        assert sorted(made.villages[made.stations.node[i]].area_km2 for i in hard if districts[i] == d) == areas[2::-1]


def test_one_walks_to_the_farthest() -> None:
    made = region()
    away = made.stations.access_km
    by = {way: [away[i] for i in hard_in(made) if made.stations.access[i] is way] for way in Access}
    assert len(by[Access.FOOT]) == 5 and len(by[Access.MOTORCYCLE]) == 10
    assert min(by[Access.FOOT]) >= max(by[Access.MOTORCYCLE]) > 1.0
    for i in hard_in(made):
        assert away[i] == min(4.0, made.villages[made.stations.node[i]].radius_km)
    for number, way in ((99, Access.FOOT), (0, Access.MOTORCYCLE)):
        assert set(region(on_foot=number).stations.access) == {Access.ROAD, way}


def test_nothing_else_of_the_region_changes() -> None:
    made, without = region(), region(stations=0)
    assert not hard_in(without)
    here, there, hard = made.stations, without.stations, hard_in(made)
    for field in fields(here):
        one, other = np.array(getattr(here, field.name)), np.array(getattr(there, field.name))
        differ = np.flatnonzero(one != other).tolist()
        assert differ == (hard if field.name in ("access", "access_km", "lat", "lon") else []), field.name


def test_they_stand_as_far_from_the_middle_of_their_village_as_they_say_the_same_way_out() -> None:
    made, without = region(), region(stations=0)
    for i in hard_in(made):
        village = made.villages[made.stations.node[i]]
        offsets = [(r.stations.lat[i] - village.lat, r.stations.lon[i] - village.lon) for r in (made, without)]
        (north, east), (before_north, before_east) = offsets
        km = 111.195 * np.hypot(north, east * np.cos(np.radians(village.lat)))
        assert km == pytest.approx(made.stations.access_km[i], rel=1e-6)
        assert np.arctan2(north, east) == pytest.approx(np.arctan2(before_north, before_east))


def test_where_every_station_is_in_the_middle_they_are_north_of_it() -> None:
    derive = with_hard().derive.model_copy(update={"access_km": 0.0})
    made = load_region(PACKAGED.model_copy(update={"derive": derive}))
    for i in hard_in(made):
        village = made.villages[made.stations.node[i]]
        assert made.stations.lon[i] == village.lon
        assert (made.stations.lat[i] - village.lat) * 111.195 == pytest.approx(made.stations.access_km[i])


def test_with_no_district_named_they_may_be_in_any_and_a_code_or_a_second_mention_is_as_good() -> None:
    anywhere = region(districts=())
    assert len(hard_in(anywhere)) == 15
    assert len({int(anywhere.stations.district[i]) for i in hard_in(anywhere)}) > 5
    one = region(districts=("binduriang",))
    code = one.districts[int(one.stations.district[hard_in(one)[0]])].code
    for same in (("Binduriang", "Binduriang"), (code,), (code, "Binduriang")):
        assert hard_in(region(districts=same)) == hard_in(one)
    assert len(hard_in(one)) == 15 and len({int(one.stations.node[i]) for i in hard_in(one)}) == 5


def test_special_stations_are_never_hard_to_reach() -> None:
    made = region(districts=("Curup",), stations=10)
    assert not np.any(made.stations.special[hard_in(made)]) and np.any(made.stations.special)
    every = int((~made.stations.special & (made.stations.district == made.stations.district[hard_in(made)[0]])).sum())
    assert len(hard_in(region(districts=("Curup",), stations=every))) == every
    with pytest.raises(UserError, match=rf"stations = {every + 1}, but its districts have only {every} regular"):
        region(districts=("Curup",), stations=every + 1)


def test_an_unknown_district_is_named_with_its_neighbour() -> None:
    with pytest.raises(UserError, match=r"unknown 'Binduring' in .*districts.csv; did you mean 'Binduriang'"):
        region(districts=("Binduring",))
