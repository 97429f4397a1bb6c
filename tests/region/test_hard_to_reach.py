"""Stations that are harder to reach than others: which of a village's they are, where they stand, and what is refused."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from sim.config.compose import load
from sim.config.region import HardToReach
from sim.errors import UserError
from sim.region.load import load_region
from sim.region.region import Region
from sim.vocabulary import Access

PACKAGED = load("calm_day", []).region


def region(*listed: HardToReach, access_km: float = 1.0) -> Region:
    derive = PACKAGED.derive.model_copy(update={"hard_to_reach": listed, "access_km": access_km})
    return load_region(PACKAGED.model_copy(update={"derive": derive}))


def hard(village: str, stations: int = 1, access: str = "motorcycle", km: float = 4.0) -> HardToReach:
    return HardToReach(village=village, stations=stations, access=access, km=km)


def hard_in(made: Region) -> list[int]:
    return [i for i, way in enumerate(made.stations.access) if way is not Access.ROAD]


def test_the_packaged_region_has_as_many_as_are_sourced_in_the_districts_that_are() -> None:
    made = load_region(PACKAGED)
    s, far = made.stations, np.flatnonzero(made.stations.access_km > 1.0)
    assert len(far) == 15
    assert {made.districts[d].name for d in s.district[far]} == {
        "Kota Padang", "Binduriang", "Sindang Beliti Ulu", "Sindang Beliti Ilir", "Sindang Dataran",
    }  # fmt: skip
    by_motorcycle = {made.villages[s.node[i]].name for i in far if s.access[i] is Access.MOTORCYCLE}
    assert by_motorcycle == {"Lubuk Alai", "Sinar Gunung", "Suka karya"}
    assert set(hard_in(made)) <= set(far.tolist())


def test_they_are_the_last_regular_stations_of_their_village_and_nothing_else_changes() -> None:
    listed = hard("Lubuk Mumpo", 3), hard("LUBUK ALAI", 1, "foot", 2.0), hard("17.02.06.2018", 1, "road", 5.0)
    made, without = region(*listed), region()
    assert not hard_in(without)
    changed = [made.stations.name.index(f"TPS {name}") for name in (
        "2 Lubuk Mumpo", "3 Lubuk Mumpo", "4 Lubuk Mumpo", "1 Kota Padang Baru", "4 Lubuk Alai",
    )]  # fmt: skip
    for field in fields(made.stations):
        one, other = (np.array(getattr(of.stations, field.name)) for of in (made, without))
        differ = np.flatnonzero(one != other).tolist()
        assert differ == {"access": hard_in(made), "access_km": changed, "lat": changed, "lon": changed}.get(
            field.name, []
        ), field.name
    ways = [made.stations.access[i] for i in changed]
    assert ways == [Access.MOTORCYCLE] * 3 + [Access.ROAD, Access.FOOT]
    assert made.stations.access_km[changed].tolist() == [4.0, 4.0, 4.0, 5.0, 2.0]


@pytest.mark.parametrize("access_km", [1.0, 0.0])
def test_they_stand_as_far_from_the_middle_as_they_say_the_same_way_out(access_km: float) -> None:
    made, without = (region(*listed, access_km=access_km) for listed in ((hard("Lubuk Mumpo", 2),), ()))
    for i in hard_in(made):
        village = made.villages[made.stations.node[i]]
        (north, east), (before_north, before_east) = (
            (r.stations.lat[i] - village.lat, r.stations.lon[i] - village.lon) for r in (made, without)
        )
        km = 111.195 * np.hypot(north, east * np.cos(np.radians(village.lat)))
        assert km == pytest.approx(4.0, rel=1e-6)
        if access_km:
            assert np.arctan2(north, east) == pytest.approx(np.arctan2(before_north, before_east))
        else:
            assert north > 0 and east == 0, "without a way out it is north"


def test_special_stations_are_never_hard_to_reach() -> None:
    without = region()
    special = int(np.flatnonzero(without.stations.special)[0])
    node = without.stations.node[special]
    village, regular = (
        without.villages[node].code,
        int((~without.stations.special & (without.stations.node == node)).sum()),
    )
    made = region(hard(village, regular))
    assert len(hard_in(made)) == regular and made.stations.access[special] is Access.ROAD
    with pytest.raises(
        UserError, match=rf"hard_to_reach\[0\].stations = {regular + 1}, but .* has only {regular} regular"
    ):
        region(hard(village, regular + 1))


@pytest.mark.parametrize(
    ("listed", "message"),
    [
        ([hard("Lubuk Mumpu")], r"hard_to_reach\[0\].village: unknown 'Lubuk Mumpu' in .*villages.csv; did you mean 'Lubuk Mumpo'"),
        ([hard("Air Nau"), hard("Suka Rami")], r"hard_to_reach\[1\].village = 'Suka Rami': several have this name; their codes are 17"),
        ([hard("Air Nau"), hard("air nau")], r"hard_to_reach\[1\].village = 'air nau': stands twice"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_line(listed: list[HardToReach], message: str) -> None:
    with pytest.raises(UserError, match=message):
        region(*listed)


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(UserError) as caught:
        region(hard("Nowhere"), hard("Air Nau", 99), hard("Lubuk Alai"))
    assert "hard_to_reach[0].village" in str(caught.value) and "hard_to_reach[1].stations = 99" in str(caught.value)
