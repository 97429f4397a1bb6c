"""Files of lines: every format gives the same roads, and what is wrong with a stranger's file is said in one message."""

from __future__ import annotations

import bz2
import gzip
import sys
import tempfile
import types
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import UserError
from sim.region.road_import import drawn, geojson, openstreetmap
from sim.region.road_import.importing import Imported, ImportSettings, import_roads
from sim.region.road_import.read import read_lines
from sim.region.road_import.telling import report
from tests.region.road_import.drawings import feature, osm, rows, village
from tests.region.road_import.drawings import geojson as geojson_of

LINES = [
    ("primary", [(0, 100), (0, 100.05), (0, 100.1)]),
    ("residential", [(0, 100.05), (0.05, 100.05)]),
    ("path", [(0.05, 100.05), (0, 100.1)]),
]
PLACES = [village("A", 0, 100), village("B", 0, 100.1), village("C", 0.05, 100.05)]
TEXT = geojson_of([feature(value, points) for value, points in LINES])
XML = osm(LINES)


def read(file: Path, content: bytes) -> Imported:
    file.write_bytes(content)
    return import_roads(file, PLACES, ImportSettings())


def refused(file: Path, content: bytes) -> str:
    with pytest.raises(UserError) as caught:
        read(file, content)
    assert str(file) in str(caught.value) and "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "pack"),
    [("a.osm", bytes), ("a.osm.gz", gzip.compress), ("a.osm.bz2", bz2.compress)],
)
def test_an_extract_gives_the_same_as_the_same_lines_in_geojson(
    name: str, pack: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    other = read(tmp_path / "a.geojson", TEXT.encode())
    result = read(tmp_path / name, pack(XML.encode()))
    assert rows(result) == rows(other) and len(rows(result)) == 3
    assert report(result)[1:] == report(other)[1:]


def test_one_feature_and_a_line_of_many_parts_and_a_height_are_read(tmp_path: Path) -> None:
    parts = '{"type": "MultiLineString", "coordinates": [[[100, 0, 7], [100.1, 0, 8]], [[100.1, 0], [100.05, 0.05]]]}'
    one = f'\ufeff{{"type": "Feature", "properties": {{"highway": "primary"}}, "geometry": {parts}}}'
    assert {u + v for u, v, _, _ in rows(read(tmp_path / "a.json", one.encode()))} == {"AB", "BC"}


def test_lines_meet_where_their_coordinates_are_the_same_when_rounded(tmp_path: Path) -> None:
    def result(aside: float) -> int:
        lines = [("primary", [(0, 100), (0, 100.05)]), ("primary", [(aside, 100.05), (0, 100.1)])]
        return len(rows(read(tmp_path / "a.geojson", geojson_of([feature(*line) for line in lines]).encode())))

    assert result(0.0000004) == 1
    with pytest.raises(UserError, match="from any other place"):
        result(0.000006)


def test_a_line_is_broken_where_the_extract_lacks_a_node(tmp_path: Path) -> None:
    gone = XML.replace('<node id="2" lat="0" lon="100.05"/>\n', "")
    assert gone != XML
    assert "none of its roads has two points, or the file does not hold them" in refused(
        tmp_path / "a.osm", gone.encode()
    )
    detour = gone.replace("path", "track").replace(
        "</osm>", '<way id="9"><nd ref="1"/><nd ref="4"/><tag k="highway" v="track"/></way></osm>'
    )
    result = read(tmp_path / "a.osm", detour.encode())
    assert {u + v for u, v, _, _ in rows(result)} == {"AC", "BC"}
    assert "Points of lines that the file does not hold: 2; the lines are broken there." in report(result)


def test_what_an_editor_has_deleted_is_not_read(tmp_path: Path) -> None:
    deleted = XML.replace('<way id="2"', '<way action="delete" id="2"')
    assert len(rows(read(tmp_path / "a.osm", deleted.encode()))) == 1


DEEP = b'{"type": ' + b"[" * 100_000
LINE = b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"highway": "primary"}, "geometry": {"type": "LineString", "coordinates": %s}}]}'


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "it is no JSON: Expecting value: line 1 column 1"),
        (b"\xff\xfe\x00", "it is not UTF-8 text"),
        (DEEP, "cannot be read (it is n"),
        (b"[]", "its type must be FeatureCollection"),
        (b'{"type": "Topology"}', "its type must be FeatureCollection"),
        (b'{"type": "FeatureCollection", "features": []}', "has no features"),
        (b'{"type": "FeatureCollection", "features": {}}', "has no features"),
        (b'{"type": "FeatureCollection", "features": [3]}', "feature 1: is no object"),
        (LINE.replace(b'{"highway": "primary"}', b"[1]") % b"[[100, 0], [101, 0]]", "feature 1: its properties are no object"),
        (LINE.replace(b"highway", b"kelas") % b"[[100, 0], [101, 0]]", "no line in it has the property 'highway' (1 lines without it, 0 things"),
        (LINE % b"[[100, NaN], [101, 0]]", "it is no JSON: NaN is no number"),
        (LINE % b"[[100, 1e999], [101, 0]]", "feature 1: latitude 'inf' is outside -90 to 90"),
        (LINE % (b"[[100, 1" + b"0" * 400 + b"], [101, 0]]"), "is outside -90 to 90"),
        (LINE % (b"[[100, 1" + b"0" * 9000 + b"], [101, 0]]"), "it is no JSON"),
        (LINE % b"[[0, 100], [0, 101]]", "feature 1: latitude '100' is outside -90 to 90; positions are longitude and then latitude"),
        (LINE % b"[[11131949, 0], [101, 0]]", "longitude '11131949' is outside -180 to 180"),
        (LINE % b'[["100", "0"], [101, 0]]', "is no position; it has longitude and latitude, two numbers"),
        (LINE % b"[[true, false], [101, 0]]", "is no position"),
        (LINE % b"[100, 0]", "is no position"),
        (LINE % b"[[100], [101, 0]]", "is no position"),
        (LINE % b"7", "feature 1: the coordinates of a LineString are a list of positions"),
        (LINE % b"[]", "none of its roads has two points"),
        (LINE % b"[[100, 0]]", "none of its roads has two points"),
        (LINE % b"[[100, 0], [100, 0]]", "none of its roads has two points"),
        (LINE.replace(b"primary", b"footway") % b"[[100, 0], [101, 0]]", "no line in it is a road; 'highway' is 'footway'; --class VALUE=CLASS"),
        (LINE % b"[[0, 80], [0.1, 80]]", "no village is reached by a road: the nearest is"),
    ],
)  # fmt: skip
def test_a_spoilt_geojson_is_one_clear_message(content: bytes, says: str, tmp_path: Path) -> None:
    assert says in refused(tmp_path / "a.geojson", content)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "line 1: cannot be read (it is no XML: no element found)"),
        (b"\x00\x01", "it is no XML"),
        (XML[:-10].encode(), "it is no XML: "),
        (b"<html></html>", "its first element is 'html', not 'osm'"),
        (b"<osm></osm>", "no line in it has the property 'highway' (0 lines without it"),
        (b'<?xml version="1.0" encoding="nonsense"?><osm/>', "cannot be read"),
        (b'<!DOCTYPE osm [<!ENTITY a "aaaa">]><osm>&a;</osm>', "line 1: it has a document type"),
        (XML.replace(' lat="0"', "", 1).encode(), "an element cannot be read ('lat' is missing)"),
        (XML.replace(' lat="0"', ' lat="nan"', 1).encode(), "node 1: latitude nan is outside -90 to 90 degrees"),
        (XML.replace(' lat="0"', ' lat="100"', 1).encode(), "node 1: latitude 100 is outside -90 to 90 degrees"),
        (XML.replace(' lon="100"', ' lon="x"', 1).encode(), "an element cannot be read (could not convert string to float: 'x')"),
        (XML.replace('ref="1"', 'ref="1e3"', 1).encode(), "an element cannot be read (invalid literal for int()"),
        (XML.replace('ref="1"', f'ref="{10**30}"', 1).encode(), "an element cannot be read"),
        (XML.replace(' v="primary"', "", 1).encode(), "an element cannot be read ('v' is missing)"),
        (XML.replace("<nd ", "<nod ").encode(), "none of its roads has two points"),
    ],
)  # fmt: skip
def test_a_spoilt_extract_is_one_clear_message(content: bytes, says: str, tmp_path: Path) -> None:
    assert says in refused(tmp_path / "a.osm", content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.osm.gz", XML.encode()),
        ("a.osm.gz", gzip.compress(XML.encode())[:-20]),
        ("a.osm.gz", gzip.compress(XML.encode())[:20] + b"\xff" * 200),
        ("a.osm.bz2", XML.encode()),
        ("a.osm.bz2", bz2.compress(XML.encode())[:-20]),
    ],
)
def test_a_damaged_package_is_one_clear_message(name: str, content: bytes, tmp_path: Path) -> None:
    assert "it is damaged, or not packed as its name says" in refused(tmp_path / name, content)


def test_what_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openstreetmap, "MOST_BYTES", 100_000)
    bomb = gzip.compress(XML.encode().replace(b"</osm>", b" " * 200_000 + b"</osm>"))
    assert len(bomb) < 10_000
    assert "it has more than 100,000 bytes, unpacked" in refused(tmp_path / "a.osm.gz", bomb)
    monkeypatch.setattr(openstreetmap, "MOST_NODES", 3)
    assert "it has more than 3 nodes" in refused(tmp_path / "a.osm", XML.encode())
    monkeypatch.setattr(geojson, "MOST_BYTES", 100)
    assert "it has more than 100 bytes" in refused(tmp_path / "a.geojson", TEXT.encode())
    monkeypatch.undo()
    monkeypatch.setattr(drawn, "MOST_LINES", 2)
    assert "it has more than 2 lines with 'highway'" in refused(tmp_path / "a.geojson", TEXT.encode())


def test_roads_longer_than_all_of_a_country_are_refused(tmp_path: Path) -> None:
    there_and_back = [[100 * (-1) ** i, 0] for i in range(60)]
    says = refused(tmp_path / "a.geojson", LINE % str(there_and_back).encode())
    assert "its roads have 1,312,101 km; 1,000,000 at most are possible" in says


def test_swapped_coordinates_are_told(tmp_path: Path) -> None:
    swapped = LINE % b"[[20, 60], [20.1, 60]]"
    file = tmp_path / "a.geojson"
    file.write_bytes(swapped)
    for places, told in (([village("A", 20, 60)], True), ([village("A", 20, 100)], False)):
        with pytest.raises(UserError) as caught:
            import_roads(file, places, ImportSettings())
        assert ("latitude and longitude are swapped" in str(caught.value)) is told


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("none.geojson", "cannot be read (No such file or directory)"),
        ("roads.shp", "its name does not end like a file that can be read: .geojson, .json, .osm, .osm.gz"),
        ("folder.osm", "cannot be read ("),
    ],
)
def test_what_is_no_file_of_lines_is_not_read(name: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "folder.osm").mkdir()
    with pytest.raises(UserError) as caught:
        read_lines(tmp_path / name, "highway")
    assert says in str(caught.value)


def test_the_binary_format_needs_its_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "osmium", None)
    assert "needs the library osmium: pip install 'siaga[osm]'" in refused(tmp_path / "a.osm.pbf", b"x")


def test_ways_that_the_library_reads_are_taken_as_those_of_xml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library itself need not be installed: one with its interface gives the ways."""

    class SimpleHandler:
        def apply_file(self, name: str, locations: bool) -> None:
            if Path(name).read_bytes() != b"fine":
                raise RuntimeError("PBF error: invalid BlobHeader size")
            assert locations
            number: dict[tuple[float, float], int] = {}
            for value, points in LINES:
                nodes = [
                    types.SimpleNamespace(ref=number.setdefault(p, len(number) + 1), location=_Location(p))
                    for p in points
                ]
                self.way(types.SimpleNamespace(tags=[types.SimpleNamespace(k="highway", v=value)], nodes=nodes))  # type: ignore[attr-defined]

    module = types.ModuleType("osmium")
    module.SimpleHandler = SimpleHandler  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "osmium", module)
    assert rows(read(tmp_path / "a.osm.pbf", b"fine")) == rows(read(tmp_path / "a.osm", XML.encode()))
    assert "cannot be read (PBF error: invalid BlobHeader size)" in refused(tmp_path / "a.osm.pbf", b"bad")


class _Location:
    def __init__(self, point: tuple[float, float]) -> None:
        self.lat, self.lon = point

    def valid(self) -> bool:
        return True


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["a.geojson", "a.osm", "a.osm.gz", "a.osm.bz2"]), st.data())
def test_a_file_that_is_spoilt_anyhow_is_read_or_refused(name: str, data: st.DataObject) -> None:
    content = bytearray(TEXT.encode() if name == "a.geojson" else XML.encode())
    packed_first = data.draw(st.booleans())
    pack = {"gz": gzip.compress, "bz2": bz2.compress}.get(name.rpartition(".")[2], bytes)
    if packed_first:
        content = bytearray(pack(bytes(content)))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        odd = data.draw(
            st.sampled_from(
                [b"", b"0", b"-", b"[", b"{", b"}", b'"', b"<", b"&", b"\xff", b"1e999", b"null", b" NaN", b"9" * 30]
            )
        )
        content[at : at + data.draw(st.integers(0, 6))] = odd
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(content if packed_first else pack(bytes(content)))
        try:
            result = import_roads(file, PLACES, ImportSettings())
        except UserError as error:
            assert str(file) in str(error)
        else:
            assert rows(result) and np.isfinite(result.road_km).all() and report(result)
