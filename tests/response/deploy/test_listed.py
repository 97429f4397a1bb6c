"""Tables of posts, patrols and offices: what a planner may write, and what is said of what she may not."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.config.plan_tables import PlanTable
from sim.errors import SeveralMistakes, UserError
from sim.region.gazetteer import Gazetteer
from sim.response.deploy.guards import PostPlan
from sim.response.deploy.listed import MOST_PATROLS, MOST_RESERVES, ListedPatrol, ListedReserve, Lists
from tests.hostile.nasty import texts
from tests.response.conftest import line_region

POSTS = "post,stations,officers,wardens"
PATROLS = "patrol,route,officers,vehicle"
RESERVES = "reserve,base,officers,vehicle"
VEHICLES = ("car", "motorcycle")


def table(folder: Path, *rows: str, header: str = POSTS) -> str:
    file = folder / "t.csv"
    file.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return str(file)


def posts(folder: Path, *rows: str, header: str = POSTS) -> list[PostPlan]:
    return Lists(Gazetteer(line_region())).posts(table(folder, *rows, header=header))


def patrols(folder: Path, *rows: str, header: str = PATROLS) -> list[ListedPatrol]:
    return Lists(Gazetteer(line_region())).patrols(table(folder, *rows, header=header), VEHICLES)


def reserves(folder: Path, *rows: str, header: str = RESERVES) -> list[ListedReserve]:
    return Lists(Gazetteer(line_region())).reserves(table(folder, *rows, header=header), VEHICLES)


def test_a_row_is_a_post_with_its_stations_in_walking_order(tmp_path: Path) -> None:
    found = posts(tmp_path, "Pasar,TPS 2; V0/1 ;TPS 1,3,7", "Hulu,Desa 3,0,4")
    assert found == [PostPlan("Pasar", (2, 0, 1), 3, 7, is_named=True), PostPlan("Hulu", (6, 7), 0, 4, is_named=True)]


@pytest.mark.parametrize(
    ("name", "stations"),
    [
        ("V1/2", (3,)),
        ("TPS 3", (3,)),
        ("tps  3", (3,)),
        ("station TPS 3", (3,)),
        ("TPS 3 (V1/2)", (3,)),
        ("V1", (2, 3)),
        ("Desa 1", (2, 3)),
        ("village Desa 1", (2, 3)),
        ("Barat", (0, 1, 2, 3)),
        ("kecamatan 1", (0, 1, 2, 3)),
        ("Desa 1;", (2, 3)),
        ("Desa 1; Desa 0", (2, 3, 0, 1)),
    ],
)
def test_every_name_of_the_gazetteer_is_a_name_here_an_area_all_its_stations(
    tmp_path: Path, name: str, stations: tuple[int, ...]
) -> None:
    (post,) = posts(tmp_path, f"A,{name},2,4")
    assert post.stations == stations


def test_a_spreadsheets_way_to_write_a_table_makes_no_difference(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes(b'\xef\xbb\xbf wardens,post ,"stations",officers,team\r\n4,A,"Desa 1",2.0,\r\n\r\n')
    assert Lists(Gazetteer(line_region())).posts(str(file)) == [PostPlan("A", (2, 3), 2, 4, is_named=True)]


TEAM = f"{POSTS},team"
BAD_POSTS = [
    ((POSTS, "A,Desa 1,2,4", "a ,Desa 2,2,4"), ", row 3, column 'post': 'a' stands already in row 2"),
    ((POSTS, "A,Desa 1,2,4", "B,TPS 3,2,4"), ", row 3, column 'stations': 'TPS 3' is listed in post 'A' (row 2) already"),
    ((POSTS, "A,Desa 1,2,4", "B,Barat,2,4"), ", row 3, column 'stations': 'Barat': TPS 2 is listed in post 'A' (row 2) already"),
    ((POSTS, "A,TPS 3;V1/2,2,4"), ", row 2, column 'stations': 'V1/2': TPS 3 is listed twice"),
    ((TEAM, "A,Desa 1,2,4,Regu 7", "B,Desa 2,2,4,regu  7"), ", row 3, column 'team': team 'regu  7' is at post 'A' (t.csv, row 2) already"),
    ((TEAM, "A,Desa 1,2,4,7;8", "B,Desa 2,2,4,9;8"), ", row 3, column 'team': team '8' is at post 'A'"),
    ((TEAM, "A,Desa 1,2,4,7;7"), ", row 2, column 'team': team '7' is at post 'A'"),
    ((POSTS, "A,Desa 1,2.5,4"), ", row 2, column 'officers': 2.5 is not a whole number"),
    ((POSTS, "A,Desa 1,-2,4"), ", row 2, column 'officers': -2 is outside 0 to 1,000,000"),
    ((POSTS, "A,Desa 1,2,1000001"), ", row 2, column 'wardens': 1000001 is outside 0 to 1,000,000"),
    ((POSTS, "A,Desa 1,two,4"), ", row 2, column 'officers': 'two' is not a number from 0 to 1,000,000"),
    ((POSTS, "A,Desa 1,,4"), ", row 2, column 'officers': '' is not a number"),
    ((POSTS, "A,Dessa 1,2,4"), ", row 2, column 'stations': unknown place 'Dessa 1' in Garis; did you mean 'Desa 1'?"),
    ((POSTS, "A,POLRES,2,4"), ", row 2, column 'stations': 'POLRES' is a base, but a station"),
    ((POSTS, "A,;,2,4"), ", row 2, column 'stations': is empty"),
    ((POSTS, ",Desa 1,2,4"), ", row 2, column 'post': is empty"),
    ((POSTS, f"{'x' * 101},Desa 1,2,4"), ", row 2, column 'post': 'xxx"),
    ((POSTS, "=A1,Desa 1,2,4"), ", row 2, column 'post': '=A1' may not begin with '='"),
    ((POSTS, "A,Desa 1;=cmd(),2,4"), ", row 2, column 'stations': '=cmd()' may not begin with '='"),
    ((POSTS, "A,Desa 1,2"), ", row 2, column 'wardens': the row is too short"),
    (("post,stations,oficers,wardens", "A,Desa 1,2,4"), ": column 'officers' is missing; did you mean 'oficers'?"),
    (("post;stations;officers;wardens", "A;Desa 1;2;4"), ": not a table of this kind; its first line needs the names of these columns, with commas between: post, stations, officers, wardens"),
    ((f"{POSTS},rank", "A,Desa 1,2,4,x"), ": unknown column 'rank'; known: "),
    ((f"{POSTS},tem", "A,Desa 1,2,4,x"), ": unknown column 'tem'; did you mean 'team'?"),
    ((POSTS,), ": has no rows"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "says"), BAD_POSTS, ids=lambda value: str(value)[:60])
def test_a_mistake_in_a_table_of_posts_is_named_with_its_place(
    tmp_path: Path, lines: tuple[str, ...], says: str
) -> None:
    with pytest.raises(UserError) as caught:
        posts(tmp_path, *lines[1:], header=lines[0])
    assert str(caught.value).startswith(f"{tmp_path / 't.csv'}{says}")
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("nowhere.csv", "there is no such file"),
        ("folder.csv", "is not a regular file"),
        ("t.txt", "name does not end in .csv"),
        ("large.csv", "more than 67,108,864 bytes"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "t.txt").write_text("post\n")
    with (tmp_path / "large.csv").open("wb") as stream:
        stream.truncate(80 << 20)
    with pytest.raises(UserError, match=says):
        Lists(Gazetteer(line_region())).posts(str(tmp_path / name))


def test_a_row_is_a_patrol_that_goes_its_places_in_their_order(tmp_path: Path) -> None:
    first, second = patrols(tmp_path, "1,Desa 3;POLRES;TPS 2,2,car", "B,Barat;V3;Barat,4,motorcycle")
    assert [(place.code, place.node) for place in first.route] == [("V3", 3), ("POLRES", 0), ("V1/1", 1)]
    assert [place.node for place in second.route] == [0, 3, 0], "a district is its seat"
    assert (first.name, first.officers, first.vehicle) == ("1", 2, "car")


BAD_PATROLS = [
    ((PATROLS, "1,Desa 1,2,car"), ", row 2, column 'route': 'Desa 1': a route needs two different places or more"),
    ((PATROLS, "1,Desa 1;V1,2,car"), ", row 2, column 'route': 'Desa 1; V1': a route needs two different places"),
    ((PATROLS, "1,Desa 1;Dessa 2,2,car"), ", row 2, column 'route': unknown place 'Dessa 2' in Garis; did you mean"),
    ((PATROLS, "1,Desa 1;V0--V1,2,car"), ", row 2, column 'route': 'V0--V1' is a road, but a"),
    ((PATROLS, f"1,{';'.join(['V0', 'V1'] * 101)},2,car"), ", row 2, column 'route': a route of 202 places; at most 200"),
    ((PATROLS, "1,V0;V1,0,car"), ", row 2, column 'officers': 0 is outside 1 to 1,000,000"),
    ((PATROLS, "1,V0;V1,2,caar"), ", row 2, column 'vehicle': unknown 'caar'; did you mean 'car'?"),
    ((PATROLS, "1,V0;V1,2,car", "1,V2;V3,2,car"), ", row 3, column 'patrol': '1' stands already in row 2"),
    ((PATROLS, *(f"{i},V0;V1,1,car" for i in range(MOST_PATROLS + 1))), ": has 1,001 patrols; at most 1,000 are planned"),
    ((POSTS, "A,Desa 1,2,4"), ": not a table of this kind"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "says"), BAD_PATROLS, ids=lambda value: str(value)[:60])
def test_a_mistake_in_a_table_of_patrols_is_named_with_its_place(
    tmp_path: Path, lines: tuple[str, ...], says: str
) -> None:
    with pytest.raises(UserError) as caught:
        patrols(tmp_path, *lines[1:], header=lines[0])
    assert str(caught.value).startswith(f"{tmp_path / 't.csv'}{says}")


def test_a_row_is_a_team_in_reserve_at_its_base(tmp_path: Path) -> None:
    first, second = reserves(tmp_path, "1,polres,12,car", "East,SEK-TIMUR,4,motorcycle")
    assert (first.name, first.base.code, first.officers, first.vehicle) == ("1", "POLRES", 12, "car")
    assert (second.name, second.base.code, second.officers, second.vehicle) == ("East", "SEK-TIMUR", 4, "motorcycle")


BAD_RESERVES = [
    ((RESERVES, "1,POLRS,12,car"), ", row 2, column 'base': unknown base 'POLRS' in Garis; did you mean 'POLRES'?"),
    ((RESERVES, "1,Desa 1,12,car"), ", row 2, column 'base': "),
    ((RESERVES, "1,=cmd(),12,car"), ", row 2, column 'base': '=cmd()' may not begin with '='"),
    ((RESERVES, "1,,12,car"), ", row 2, column 'base': is empty"),
    ((RESERVES, ",POLRES,12,car"), ", row 2, column 'reserve': is empty"),
    ((RESERVES, "1,POLRES,0,car"), ", row 2, column 'officers': 0 is outside 1 to 1,000,000"),
    ((RESERVES, "1,POLRES,1.5,car"), ", row 2, column 'officers': 1.5 is not a whole number"),
    ((RESERVES, "1,POLRES,2,caar"), ", row 2, column 'vehicle': unknown 'caar'; did you mean 'car'?"),
    ((RESERVES, "1,POLRES,2,car", "1,SEK-TIMUR,2,car"), ", row 3, column 'reserve': '1' stands already in row 2"),
    ((RESERVES, *(f"{i},POLRES,1,car" for i in range(MOST_RESERVES + 1))), ": has 1,001 reserve teams; at most 1,000 are planned"),
    (("reserve,base,size,vehicle", "1,POLRES,2,car"), ": column 'officers' is missing"),
    ((f"{RESERVES},shift", "1,POLRES,2,car,x"), ": unknown column 'shift'; known: "),
    ((RESERVES,), ": has no rows"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "says"), BAD_RESERVES, ids=lambda value: str(value)[:60])
def test_a_mistake_in_a_table_of_reserves_is_named_with_its_place(
    tmp_path: Path, lines: tuple[str, ...], says: str
) -> None:
    with pytest.raises(UserError) as caught:
        reserves(tmp_path, *lines[1:], header=lines[0])
    assert str(caught.value).startswith(f"{tmp_path / 't.csv'}{says}")
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("read", "rows", "says"),
    [
        (posts, ("A,Desa 1;TPS 1,2,4,12", "B,Desa 2,2,4,", "A,Desa 1;TPS 1,2,4,12"), "row 4, column 'post': 'A' stands"),
        (patrols, ("1,V0;V1,2,car,12", "1,V0;V1,2,car,12"), "row 3, column 'patrol': '1' stands"),
        (reserves, ("1,POLRES,2,car,12", "1,POLRES,2,car,12"), "row 3, column 'reserve': '1' stands"),
    ],
)  # fmt: skip
def test_a_repeated_row_is_one_mistake(tmp_path: Path, read: Any, rows: tuple[str, ...], says: str) -> None:
    header = f"{ {posts: POSTS, patrols: PATROLS, reserves: RESERVES}[read] },team"
    for repeated in (1, 2):
        with pytest.raises(SeveralMistakes) as caught:
            read(tmp_path, *rows, *[rows[-1]] * (repeated - 1), header=header)
        assert len(caught.value.lines) == repeated and says in caught.value.lines[0]


def test_what_a_row_of_the_same_name_takes_from_others_is_a_mistake_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(SeveralMistakes) as caught:
        posts(tmp_path, "A,Desa 1,2,4", "B,Desa 2,2,4", "A,Desa 2,2,4")
    assert [line.partition("column ")[2][:9] for line in caught.value.lines] == ["'post': '", "'stations"]


def test_a_team_is_at_one_post_or_on_one_patrol(tmp_path: Path) -> None:
    lists = Lists(Gazetteer(line_region()))
    lists.posts(table(tmp_path, "A,Desa 1,2,4,12", "B,Desa 2,2,4,", header=TEAM))
    with pytest.raises(UserError, match=r"row 2, column 'team': team '12' is at post 'A' \(t\.csv, row 2\) already"):
        lists.patrols(table(tmp_path, "1,V0;V1,2,car,12", header=f"{PATROLS},team"), VEHICLES)
    with pytest.raises(UserError, match=r"row 2, column 'team': team '12' is at post 'A' \(t\.csv, row 2\) already"):
        lists.reserves(table(tmp_path, "1,POLRES,2,car,12", header=f"{RESERVES},team"), VEHICLES)


def test_what_was_read_is_kept_as_it_was_written(tmp_path: Path) -> None:
    lists = Lists(Gazetteer(line_region()))
    lists.posts(table(tmp_path, "A,Desa 1,2,4"))
    assert lists.texts == {PlanTable.POSTS: f"{POSTS}\nA,Desa 1,2,4\n"}


cells = st.sampled_from(
    ["", " ", ";", "Desa 1", "V0/1; TPS 5", "Barat", "kecamatan 2", "2", "0", "-1", "1e9", "A", "a"]
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(*[cells | texts] * 4), max_size=5))
def test_any_table_is_read_whole_or_refused_with_its_file(
    tmp_path: Path, rows: list[tuple[str, str, str, str]]
) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([POSTS.split(","), *rows])
    file = tmp_path / "t.csv"
    file.write_bytes(out.getvalue().encode("utf-8", "surrogatepass"))
    try:
        found = Lists(Gazetteer(line_region())).posts(str(file))
    except UserError as refused:
        assert str(refused).startswith(str(file))
        return
    stations = [station for post in found for station in post.stations]
    assert len(set(stations)) == len(stations) and set(stations) <= set(range(8))
    assert [post.label for post in found] == [row[0].strip() for row in rows]
    assert len({post.label.casefold() for post in found}) == len(found)
    assert [(post.officers, post.wardens) for post in found] == [(float(row[2]), float(row[3])) for row in rows]


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.permutations(range(8)), st.lists(st.integers(1, 4), min_size=1, max_size=8), st.data())
def test_any_sharing_out_of_stations_is_read_as_it_is(
    tmp_path: Path, order: list[int], sizes: list[int], data: st.DataObject
) -> None:
    gazetteer, written, left = Gazetteer(line_region()), [], list(order)
    for i, size in enumerate(sizes):
        mine, left = left[:size], left[size:]
        if mine:
            written.append((f"P{i}", tuple(mine), data.draw(st.integers(0, 50)), data.draw(st.integers(0, 50))))
    rows = []
    for name, stations, officers, wardens in written:
        places = [gazetteer.station_place(station) for station in stations]
        cell = ";".join(data.draw(st.sampled_from([place.code, place.name, place.name.lower()])) for place in places)
        rows.append(f"{name},{cell},{officers},{wardens}")
    assert posts(tmp_path, *rows) == [PostPlan(*post, is_named=True) for post in written]
