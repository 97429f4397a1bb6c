"""One rule finds every place: what the tool prints is accepted back, and what is refused is refused with a way out."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.config.compose import load
from sim.day.world import prepare
from sim.errors import UserError
from sim.region.gazetteer import Entry, Gazetteer
from sim.region.load import load_region
from sim.region.place import AreaPlace, BasePlace, Place, RoadPlace, StationPlace
from sim.region.region import Base, Region
from sim.vocabulary import PlaceKind
from sim.words.language import Language, spoken
from tests.conftest import SMALL, SMALL_REGION, small_scenario

STATION = frozenset({PlaceKind.STATION})
ROAD = frozenset({PlaceKind.ROAD})


def small() -> Region:
    return load_region(load("calm_day", [*SMALL, "strategy=even_spread"]).region)


PACKAGED = Gazetteer(load_region(load("calm_day", ["strategy=even_spread"]).region))
SMALL_ONE = Gazetteer(small())


def renamed(region: Region, **names: str) -> Region:
    """The region with names of its own for villages (and places outside), by code with ``_`` for a dot."""
    by_code = {code.replace("_", "."): name for code, name in names.items()}
    return replace(
        region,
        nodes=tuple(replace(n, name=by_code.get(n.code, n.name)) for n in region.nodes),
        villages=tuple(replace(v, name=by_code.get(v.code, v.name)) for v in region.villages),
    )


def accepted_or_refused_with_codes(gazetteer: Gazetteer, text: str, place: Place) -> bool:
    """Whether a text means this place; where several have it, whether the codes in the refusal mean one each."""
    try:
        return gazetteer.find(text, "place") == place
    except UserError as error:
        found = re.search(r"use a code: (.*)$", str(error))
        assert found is not None, str(error)
        return place in [gazetteer.find(code, "place") for code in found[1].split(", ")]


@pytest.mark.parametrize("gazetteer", [PACKAGED, SMALL_ONE], ids=["packaged", "small"])
def test_every_name_that_is_printed_is_accepted_back_and_means_its_place(gazetteer: Gazetteer) -> None:
    entries = gazetteer.entries()
    assert len(entries) > 50
    for entry in entries:
        place = gazetteer.place(entry)
        name = gazetteer.name_of(place)
        assert gazetteer.find(name, "place") == place
        assert gazetteer.find(name, "place", {place.kind}) == place
        assert gazetteer.find(place.code, "place") == place
        assert entry.name in name


@pytest.mark.parametrize("gazetteer", [PACKAGED, SMALL_ONE], ids=["packaged", "small"])
def test_every_plain_name_means_its_place_or_is_refused_with_codes_that_do(gazetteer: Gazetteer) -> None:
    of_districts = {d.name for d in gazetteer.region.districts}
    for entry in gazetteer.entries():
        place = gazetteer.place(entry)
        if entry.sort == "village" and entry.name in of_districts:  # a district is meant before its village
            assert gazetteer.find(f"village {entry.name}", "place") == place
        else:
            assert accepted_or_refused_with_codes(gazetteer, entry.name, place)


@given(st.sampled_from(PACKAGED.entries()), st.data())
@settings(max_examples=80, deadline=None)
def test_case_spaces_and_dashes_make_no_difference(entry: Entry, data: st.DataObject) -> None:
    name = PACKAGED.name_of_entry(entry)
    dash = data.draw(st.sampled_from(["-", " - ", "–", " – ", "‑"]))
    written = re.sub(r"(?<!-)-(?!-)", lambda _: dash, name).replace(" ", data.draw(st.sampled_from([" ", "  ", "\t"])))
    written = data.draw(st.sampled_from([written.upper(), written.lower(), f"  {written} "]))
    assert PACKAGED.find(written, "place") == PACKAGED.place(entry)


def test_a_code_and_a_name_find_a_station() -> None:
    station = PACKAGED.find("TPS 3 Mojorejo", "place")
    assert isinstance(station, StationPlace)
    assert PACKAGED.find(station.code, "place") == station
    prison = next(name for name in PACKAGED.region.stations.name if name.startswith("Prison 1"))
    found = PACKAGED.find(prison, "place")
    assert isinstance(found, StationPlace) and found.name == prison


@pytest.mark.parametrize("text", ["T2", "district 2", "kecamatan 2", "KECAMATAN Tanjung Tengah", "Tanjung  Tengah"])
def test_a_district_is_an_area_with_its_villages_and_stations(text: str) -> None:
    area = SMALL_ONE.find(text, "place")
    region = SMALL_ONE.region
    assert isinstance(area, AreaPlace)
    assert (area.code, area.district) == ("T2", 1)
    assert {region.nodes[v].district for v in area.villages} == {1}
    assert {region.stations.district[s] for s in area.stations} == {1}
    assert len(area.stations) == (region.stations.district == 1).sum()
    assert area.node == region.districts[1].office_node
    assert SMALL_ONE.district(text, "place") is region.districts[1]


def test_a_village_is_an_area_and_a_place_outside_is_one_without_stations() -> None:
    village = SMALL_ONE.find("village Air Jernih", "place")
    assert isinstance(village, AreaPlace) and len(village.stations) == 3 and village.villages == (village.node,)
    outside = SMALL_ONE.find("Kota Seberang", "place")
    assert isinstance(outside, AreaPlace) and outside.stations == () and outside.district is None


def test_an_area_stands_for_its_largest_station_where_a_station_is_needed() -> None:
    s = SMALL_ONE.region.stations
    in_district = SMALL_ONE.find("district 2", "place", STATION)
    assert isinstance(in_district, StationPlace) and s.district[in_district.station] == 1
    assert s.registered[in_district.station] == s.registered[s.district == 1].max()
    assert SMALL_ONE.station("district 2", "place") == in_district
    assert SMALL_ONE.stations("Air Jernih", "place") == SMALL_ONE.find("Air Jernih", "place").stations
    assert SMALL_ONE.stations("TPS 1 Air Jernih", "place") == (SMALL_ONE.station("TPS 1 Air Jernih", "place").station,)


@pytest.mark.parametrize(
    "text",
    [
        "Pasar Barat - Air Jernih",
        "Air Jernih – Pasar Barat",
        "air jernih-pasar barat",
        "T1.1--T1.2",
        "T1.2 -- T1.1",
        "T1.1 - Air Jernih",
        "road Pasar Barat - Air Jernih",
    ],
)
def test_a_road_is_found_by_its_ends_in_either_order_by_code_or_name(text: str) -> None:
    road = SMALL_ONE.find(text, "place")
    assert isinstance(road, RoadPlace)
    assert (road.name, road.code, road.district) == ("Pasar Barat - Air Jernih", "T1.1--T1.2", 0)
    assert SMALL_ONE.road("T1.2", "pasar barat", "between") == road


def test_an_end_of_a_road_may_be_a_district_or_a_base() -> None:
    by_village = PACKAGED.road("Mojorejo", "village Beringin Tiga", "between")
    sector = PACKAGED.region.districts[by_village.district or 0]
    assert sector.office_node in by_village.ends
    assert PACKAGED.road(f"district {sector.name}", "Mojorejo", "between") == by_village
    assert PACKAGED.road("Mojorejo", sector.sector_base, "between").ends == by_village.ends


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda g: g.find("Pasar Tenga", "incidents[0].place"),
         "incidents[0].place: unknown place 'Pasar Tenga' in Tanjung Contoh; did you mean 'Pasar Tengah'?"),
        (lambda g: g.find("TPS 1 Air Jernik", "place"), "did you mean 'TPS 1 Air Jernih'?"),
        (lambda g: g.find("Polsek Curop", "place"), "did you mean 'Polsek Curup'?"),
        (lambda g: g.find("Pasar Barat - Air Jernig", "place"), "did you mean 'Pasar Barat - Air Jernih'?"),
        (lambda g: g.find("qqqq", "place"), "'simulate places WORD' lists what can be named"),
        (lambda g: g.base("POLRS", "reserves[0].base"), "reserves[0].base: unknown base 'POLRS' in Tanjung Contoh; did you mean 'POLRES'?"),
        (lambda g: g.district("Tanjung Tenggah", "districts"), "unknown district 'Tanjung Tenggah' in Tanjung Contoh; did you mean 'Tanjung Tengah'?"),
        (lambda g: g.find("KPU", "place", STATION), "place: 'KPU' is a base, but a station is needed; the nearest station is 'TPS "),
        (lambda g: g.find("KPU", "place", {PlaceKind.ROAD, PlaceKind.STATION}), "but a station or road is needed"),
        (lambda g: g.find("Pasar Barat", "place", ROAD), "'Pasar Barat' is a ward, but a road is needed; roads there: 'Pasar Barat - Air Jernih', "),
        (lambda g: g.find("TPS 1 Air Jernih", "place", {PlaceKind.AREA}), "is a station, but a district or village is needed; the nearest district is 'Tanjung Barat'"),
        (lambda g: g.base("Pasar Barat", "base"), "'Pasar Barat' is a ward, but a base is needed; the nearest base is 'Polres Contoh'"),
        (lambda g: g.district("Kota Seberang", "districts"), "a place outside the region, but a district is needed; the nearest district is 'Tanjung Barat'"),
        (lambda g: g.station("Kota Seberang", "place"), "a place outside the region, but a station is needed; the nearest station is 'TPS "),
        (lambda g: g.stations("KPU", "troubles[0].place"), "troubles[0].place: 'KPU' is a base"),
        (lambda g: g.road("Pasar Barat", "Nowhere", "between"), "between: unknown place 'Nowhere'"),
        (lambda g: g.road("Pasar Barat", "Hulu Sungai", "between"), "no road joins 'Pasar Barat' and 'Hulu Sungai' directly; from 'Pasar Barat': 'Pasar Barat - Air Jernih', "),
        (lambda g: g.road("Pasar Barat", "Hulu Sungai", "between"), "; from 'Hulu Sungai': 'Pasar Timur - Hulu Sungai'"),
        (lambda g: g.road("Bukit Kapur", "Muara Baru", "between"), "from 'Bukit Kapur': 'Pasar Barat - Bukit Kapur', 'Air Jernih - Bukit Kapur'; from 'Muara Baru': 'Pasar Tengah - Muara Baru'"),
        (lambda g: g.road("Bukit Kapur", "Simpang Empat", "between"), "from 'Bukit Kapur': 'Air Jernih - Bukit Kapur', 'Pasar Barat - Bukit Kapur'; from 'Simpang Empat': 'Air Jernih - Simpang Empat', "),
        (lambda g: g.road("Pasar Barat", "Pasar Barat", "between"), "no road joins 'Pasar Barat' and 'Pasar Barat' directly; from 'Pasar Barat': "),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_with_what_can(ask: Callable[[Gazetteer], object], says: str) -> None:
    with pytest.raises(UserError) as caught:
        ask(SMALL_ONE)
    assert says in str(caught.value)


@pytest.mark.parametrize("language", Language)
def test_what_a_refusal_offers_is_accepted(language: Language) -> None:
    refused = 0
    for entry in SMALL_ONE.entries():
        for kind in PlaceKind:
            name = SMALL_ONE.name_of_entry(entry)
            try:
                with spoken(language):
                    SMALL_ONE.find(name, "place", {kind})
            except UserError as error:
                refused += 1
                for offered in re.findall(r"'([^']*)'", str(error))[1:]:
                    assert SMALL_ONE.find(offered, "place", {kind}).kind is kind
    assert refused > 50


def test_a_station_for_what_has_none_is_that_of_the_village_or_the_nearest() -> None:
    s, region = SMALL_ONE.region.stations, SMALL_ONE.region
    office = SMALL_ONE.base("KPU", "place")
    near = SMALL_ONE.station_near(office).station
    assert s.node[near] == office.node
    assert s.registered[near] == s.registered[s.node == office.node].max()
    outside = SMALL_ONE.station_near(SMALL_ONE.find("Kota Seberang", "place"))
    assert region.nodes[outside.node].district == 0


def test_two_villages_of_one_name_in_different_districts_ask_for_a_code() -> None:
    gazetteer = Gazetteer(renamed(small(), T1_3="Bukit Kembar", T3_3="Bukit Kembar"))
    with pytest.raises(
        UserError, match=r"place: 'bukit kembar' is the name of several places; use a code: T1\.3, T3\.3"
    ):
        gazetteer.find("bukit kembar", "place")
    with pytest.raises(UserError, match=r"several places; use a code: T1\.3, T3\.3"):
        gazetteer.station("Bukit Kembar", "place")
    one = gazetteer.find("T3.3", "place")
    assert gazetteer.name_of(one) == "Bukit Kembar (T3.3)"
    assert gazetteer.find("Bukit Kembar (T3.3)", "place") == one


def test_the_road_says_which_of_two_villages_of_one_name_is_meant() -> None:
    gazetteer = Gazetteer(renamed(small(), T1_3="Bukit Kembar", T3_3="Bukit Kembar"))
    road = gazetteer.find("Pasar Barat - Bukit Kembar", "place")
    assert isinstance(road, RoadPlace) and road.code == "T1.1--T1.3"
    assert gazetteer.road("Bukit Kembar", "Pasar Barat", "between") == road


def test_two_roads_of_one_name_ask_for_a_code() -> None:
    gazetteer = Gazetteer(renamed(small(), T1_2="Kembar", T1_3="Kembar"))
    for ask in (lambda: gazetteer.find("Pasar Barat - Kembar", "place"),
                lambda: gazetteer.road("Pasar Barat", "Kembar", "place")):  # fmt: skip
        with pytest.raises(UserError, match=r"several places; use a code: T1\.1--T1\.2, T1\.1--T1\.3"):
            ask()


def test_a_village_without_stations_has_no_station_to_stand_for_it() -> None:
    region = small()
    s = region.stations
    keep = [i for i in range(len(s)) if region.nodes[s.node[i]].code != "T1.2"]
    fewer = type(s)(
        **{name: tuple(getattr(s, name)[i] for i in keep) for name in ("code", "name", "access")},
        **{name: getattr(s, name)[keep] for name in s.__dataclass_fields__ if name not in ("code", "name", "access")},
    )
    gazetteer = Gazetteer(replace(region, stations=fewer))
    village = gazetteer.find("Air Jernih", "place")
    assert isinstance(village, AreaPlace) and village.stations == ()
    for ask in (gazetteer.station, gazetteer.stations):
        with pytest.raises(UserError, match=r"'Air Jernih' is a village without stations, but a station is needed; "):
            ask("Air Jernih", "place")
    assert gazetteer.station_near(village).district == 0


def test_a_station_of_a_villages_name_is_meant_only_where_a_station_is_needed() -> None:
    region = small()
    names = ("Pasar Tengah", *region.stations.name[1:])
    gazetteer = Gazetteer(replace(region, stations=replace(region.stations, name=names)))
    village = gazetteer.find("Pasar Tengah", "place")
    assert isinstance(village, AreaPlace)
    station = gazetteer.find("Pasar Tengah", "place", STATION)
    assert isinstance(station, StationPlace) and station.station == 0, "not the largest station of that village"
    assert gazetteer.name_of(station) == "station Pasar Tengah"
    assert gazetteer.find("station Pasar Tengah", "place") == station


def test_a_base_outside_the_region_is_found_and_lies_in_no_district() -> None:
    region = small()
    outside = next(i for i, node in enumerate(region.nodes) if node.district is None)
    gazetteer = Gazetteer(
        replace(region, bases=(*region.bases, Base("RS-X", "Rumah Sakit", "medical", "hospital", outside, 9)))
    )
    base = gazetteer.find("rumah sakit", "place")
    assert isinstance(base, BasePlace)
    assert (base.node, base.district, base.code) == (outside, None, "RS-X")
    assert gazetteer.base("RS-X", "base") == base


def test_codes_that_stand_in_two_tables_are_told_apart_by_a_word() -> None:
    region = small()
    districts = tuple(replace(d, code="T1.2") if d.index == 2 else d for d in region.districts)
    gazetteer = Gazetteer(replace(region, districts=districts))
    with pytest.raises(UserError, match=r"use a code: district T1\.2, village T1\.2"):
        gazetteer.find("T1.2", "place")
    assert gazetteer.district("T1.2", "districts").index == 2
    assert gazetteer.find("village T1.2", "place").name == "Air Jernih"


AWKWARD = st.sampled_from(
    ["A", "B", "A - B", "B--A", "Kota", "District 2", "village A", "T1.1", "T2", "road A - B", "Kota (T1.2)", "TPS 1 A",
     "KPU", "kecamatan 1", "T1.1--T1.2", "ＫＯＴＡ", "Sungai-Lama", "station T1.1/01"]
)  # fmt: skip


@given(st.data())
@settings(max_examples=20, deadline=None)
def test_however_awkward_the_names_every_thing_has_one_that_means_it_alone(data: st.DataObject) -> None:
    region = SMALL_ONE.region
    names = data.draw(st.lists(AWKWARD, min_size=len(region.nodes), max_size=len(region.nodes)))
    others = data.draw(st.lists(AWKWARD, min_size=8, max_size=8))
    stations = (*others[:4], *region.stations.name[4:])
    gazetteer = Gazetteer(
        replace(
            renamed(region, **{n.code.replace(".", "_"): name for n, name in zip(region.nodes, names, strict=True)}),
            districts=tuple(replace(d, name=other) for d, other in zip(region.districts, others[5:], strict=True)),
            bases=(replace(region.bases[0], name=others[4]), *region.bases[1:]),
            stations=replace(region.stations, name=stations),
        )
    )
    for entry in gazetteer.entries():
        place = gazetteer.place(entry)
        assert gazetteer.find(gazetteer.name_of(place), "place") == place
        assert gazetteer.find(entry.code, "place") == place
        means_itself_where_only_its_kind_will_do(gazetteer, place)


def means_itself_where_only_its_kind_will_do(gazetteer: Gazetteer, place: Place) -> None:
    """A plain name means its place where only that kind is allowed, or an earlier one, or asks for a code."""
    try:
        found = gazetteer.find(place.name, "place", {place.kind})
    except UserError as error:
        codes = re.search(r"use a code: (.*)$", str(error))
        assert codes is not None, str(error)
        assert {gazetteer.find(code, "place", {place.kind}).kind for code in codes[1].split(", ")} == {place.kind}
    else:
        assert found.kind is place.kind


@pytest.fixture
def odd_folder(tmp_path: Path) -> Path:
    """The small region with two villages of one name, one of them without stations, and a base outside of its own."""
    folder = Path(shutil.copytree(SMALL_REGION, tmp_path / "odd"))
    for file, old, new in (
        ("villages.csv", "Bukit Kapur,village,-1.04,110.01,15,2", "Hulu Sungai,village,-1.04,110.01,15,0"),
        (
            "bases.csv",
            "POLRES,Polres Contoh",
            "RS-X,Rumah Sakit Seberang,medical,hospital,9,X.KOTA\nPOLRES,Polres Contoh",
        ),
    ):
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    special = "village_code,name,registered\nT1.1,Hulu Sungai,90\n"
    (folder / "special_stations.csv").write_text(special, encoding="utf-8")
    return folder


def test_an_odd_region_from_a_folder_keeps_to_the_rule(odd_folder: Path) -> None:
    scenario = load("calm_day", [*SMALL, "strategy=even_spread", f"region.path={odd_folder}"])
    gazetteer = Gazetteer(load_region(scenario.region))
    for entry in gazetteer.entries():
        assert gazetteer.find(gazetteer.name_of_entry(entry), "place") == gazetteer.place(entry)
    with pytest.raises(UserError, match=r"several places; use a code: T1\.3, T3\.2"):
        gazetteer.find("Hulu Sungai", "place")
    only_one_has_any = gazetteer.station("Hulu Sungai", "place")
    assert only_one_has_any.station in gazetteer.stations("T3.2", "place")
    assert gazetteer.base("Rumah Sakit Seberang", "base").district is None
    assert gazetteer.station("Hulu Sungai (Pasar Barat)", "place").code == "T1.1/04"


def test_an_odd_region_can_be_played_in(odd_folder: Path) -> None:
    world = prepare(
        small_scenario(
            f"region.path={odd_folder}",
            'incidents=[{kind: clash, onset: "09:00", place: "hulu sungai (pasar barat)"}]',
            "evacuation.care.facilities=[{base: rumah sakit seberang, beds: 3}]",
        )
    )
    assert world.disturbances.scripted[0].start.place.code == "T1.1/04"
    assert world.evacuation.facilities[0].code == "RS-X"
    for place in ("T1.3", "Kota Seberang"):
        with pytest.raises(UserError, match=rf"incidents\[0\]\.place: '{place}' .*station is needed"):
            prepare(
                small_scenario(
                    f"region.path={odd_folder}", f'incidents=[{{kind: clash, onset: "09:00", place: {place}}}]'
                )
            )
    with pytest.raises(UserError, match=r"troubles\[0\]\.place: 'T1\.3' is a village without stations"):
        prepare(
            small_scenario(
                f"region.path={odd_folder}", 'troubles=[{what: late_opening, place: T1.3, opens_at: "08:00"}]'
            )
        )
