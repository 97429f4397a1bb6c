"""Loading a region: a folder of CSV tables, every value checked, every error with file, row and column."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from sim.config.packaged import REGIONS
from sim.config.region import ROAD_CLASSES, DerivedStations, RegionSettings
from sim.decimals import written
from sim.errors import UserError, nearest, quoted
from sim.region.columns import (
    ACCESS,
    BASES,
    BORDERS,
    DISTRICTS,
    OUTSIDE,
    REGION,
    ROADS,
    SPECIAL_STATIONS,
    STATIONS,
    TURNOUT,
    TURNOUT_FACTOR,
    VILLAGES,
)
from sim.region.derive import Special, derive_stations
from sim.region.plausible import (
    MOST_ACCESS_KM,
    check_roads,
    check_seats,
    check_stations,
    check_villages,
    refuse_far,
)
from sim.region.region import VULNERABILITY, Base, District, Node, Region, RoadTable, Stations, Village
from sim.region.table import Tables, refuse_duplicates
from sim.table import MOST_LINES, Row
from sim.vocabulary import Access, BaseAgency, BaseKind, VillageKind

PACKAGED = REGIONS
"""Folder of the packaged regions."""
_MOST_VILLAGE_KM2 = 30_000
"""No village is larger: a station in its corner would be farther from its middle than ``access_km`` may say."""
_MOST_DISTRICT_KM2 = 1_000_000
_MOST_IN_VILLAGE = 1000
"""Stations."""
_MOST_PERSONNEL = 100_000
_LONGEST_ROAD_KM = 1000
_MOST_SPECIAL = 600
"""No special station holds more registered voters; Indonesia's limit for any station in 2024."""
_ANY_NUMBER = 10_000_000


def region_folder(path: str, setting: str = "region.path") -> Path:
    """Return the folder that a setting names: a packaged region, or a folder.

    Args:
        path: What was set.
        setting: What messages call it.

    Raises:
        UserError: When it is neither.
    """
    packaged = PACKAGED / path
    folder = packaged if packaged.is_dir() else Path(path)
    if not folder.is_dir():
        known = sorted(p.name for p in PACKAGED.iterdir() if p.is_dir())
        raise UserError(f"{setting}: '{path}' is neither a folder nor a packaged region; {nearest(path, known)}")
    return folder


def region_files(path: str) -> list[Path]:
    """Return the tables of a region, for checksums."""
    return sorted(region_folder(path).glob("*.csv"))


def load_region(settings: RegionSettings) -> Region:
    """Load and check a region.

    Raises:
        UserError: For the first thing that is wrong, naming file, row and column.
    """
    return _load(region_folder(settings.path), settings.title, settings.derive)


def read_region(folder: Path) -> Region:
    """Read a region that ``sim.region.write.write_region`` wrote, title included, the same to the last bit.

    Raises:
        UserError: When the folder lacks a table, or somebody has spoilt one.
    """
    row, *more = Tables(folder).rows(REGION)
    if more:
        raise more[0].error("title", "a region has one title")
    return _load(folder, row.text("title"), None)


def _load(folder: Path, title: str, derive: DerivedStations | None) -> Region:
    """Load and check a region; without a rule to make stations it must have a table of them."""
    tables = Tables(folder)
    district_rows, village_rows = tables.rows(DISTRICTS), tables.rows(VILLAGES)
    for rows in (district_rows, village_rows):
        refuse_duplicates(rows, "code")
    index = {row.text("code"): i for i, row in enumerate(district_rows)}
    villages = tuple(_village(row, index) for row in village_rows)
    places = np.array([(v.lat, v.lon) for v in villages])
    check_villages(village_rows, places, tables.remarks)
    nodes = (
        *(Node(v.code, v.name, v.lat, v.lon, v.district) for v in villages),
        *outside_nodes(tables, {v.code for v in villages}, places),
    )
    where = {node.code: i for i, node in enumerate(nodes)}
    roads = _roads(tables, where, nodes)
    bases = _bases(tables, where)
    stations = _stations(tables, derive, district_rows, village_rows, villages)
    registered = np.bincount(stations.district, stations.registered, len(district_rows)).astype(np.float64)
    turnout = _turnout_factors(district_rows, registered)
    base_codes = {base.code: i for i, base in enumerate(bases)}
    districts = tuple(_district(i, row, where, base_codes, turnout[i]) for i, row in enumerate(district_rows))
    check_seats(district_rows, np.array([(d.lat, d.lon) for d in districts]), places, tables.remarks)
    return Region(
        title=title,
        districts=districts,
        villages=villages,
        nodes=nodes,
        stations=stations,
        roads=roads,
        bases=bases,
        borders=_borders(tables, index),
        remarks=tuple(tables.remarks),
    )


def _place(row: Row) -> tuple[float, float]:
    return row.number("lat", -90, 90), row.number("lon", -180, 180)


def _village(row: Row, districts: dict[str, int]) -> Village:
    lat, lon = _place(row)
    return Village(
        code=row.text("code"),
        name=row.text("name"),
        district=districts[row.choice("district_code", districts)],
        kind=VillageKind(row.choice("kind", VillageKind)),
        lat=lat,
        lon=lon,
        area_km2=row.above_zero("area_km2", _MOST_VILLAGE_KM2, "a village lies somewhere"),
        signal=row.whole("mobile_signal", 0, 1) == 1,
    )


def _turnout_factors(rows: list[Row], registered: NDArray[np.float64]) -> list[float]:
    """Return each district's turnout over that of all districts together; 1 everywhere unless all are known.

    A table that has the column ``turnout_factor`` states them; otherwise they come from the observed shares.

    Args:
        rows: The table of districts.
        registered: Registered voters of each, at its stations.

    Raises:
        UserError: When a factor is not a number above 0, or a share not one above 0 and at most 1.
    """
    if TURNOUT_FACTOR in rows[0]:
        return [row.above_zero(TURNOUT_FACTOR, _ANY_NUMBER, "it is a ratio of turnouts") for row in rows]
    known = [row for row in rows if row.cell(TURNOUT).strip()]
    shares = [row.above_zero(TURNOUT, 1, "leave it empty where it is not known") for row in known]
    if len(shares) < len(rows):
        return [1.0] * len(rows)
    mean = float(np.average(shares, weights=registered))
    return [share / mean for share in shares]


def _district(i: int, row: Row, where: dict[str, int], bases: dict[str, int], turnout_factor: float) -> District:
    lat, lon = _place(row)
    return District(
        index=i,
        number=i + 1,
        code=row.text("code"),
        name=row.text("name"),
        lat=lat,
        lon=lon,
        area_km2=row.above_zero("area_km2", _MOST_DISTRICT_KM2, "a district lies somewhere"),
        office_node=where[row.choice("capital_code", where)],
        sector_base=row.choice("sector_base", bases),
        turnout_factor=turnout_factor,
    )


def outside_nodes(tables: Tables, villages: set[str], places: NDArray[np.float64]) -> list[Node]:
    """Return the places outside the region that its roads lead to, if it has any.

    Args:
        tables: The region's folder.
        villages: Codes of its villages.
        places: (villages, 2) their latitude and longitude, degrees.

    Raises:
        UserError: For the first that is wrong.
    """
    rows = tables.rows_if_any(OUTSIDE)
    refuse_duplicates(rows, "code")
    for row in rows:
        if row.text("code") in villages:
            raise row.error("code", f"{quoted(row.text('code'))} is the code of a village")
    nodes = [Node(row.text("code"), row.text("name"), *_place(row), -1) for row in rows]
    refuse_far(rows, np.array([(node.lat, node.lon) for node in nodes]).reshape(-1, 2), places)
    return nodes


def _roads(tables: Tables, where: dict[str, int], nodes: tuple[Node, ...]) -> RoadTable:
    rows = tables.rows(ROADS)
    u = np.array([where[row.choice("from_code", where)] for row in rows])
    v = np.array([where[row.choice("to_code", where)] for row in rows])
    seen: set[frozenset[int]] = set()
    for row, a, b in zip(rows, u.tolist(), v.tolist(), strict=True):
        if a == b or frozenset((a, b)) in seen:
            raise row.error("to_code", f"{quoted(row.text('to_code'))}: a road joins two different places, once")
        seen.add(frozenset((a, b)))
    km = np.array([row.number("km", 0.01, _LONGEST_ROAD_KM) for row in rows])
    classes = np.array([ROAD_CLASSES.index(row.choice("road_class", ROAD_CLASSES)) for row in rows], dtype=np.int8)
    places = np.array([(node.lat, node.lon) for node in nodes])
    check_roads(rows, (places[u], places[v]), km, tables.remarks)
    graph = coo_array((np.ones(len(u)), (u, v)), shape=(len(nodes), len(nodes)))
    count, part = connected_components(graph, directed=False)
    if count > 1:
        main = np.bincount(part).argmax()
        lost = nodes[int(np.flatnonzero(part != main)[0])]
        raise UserError(f"{tables.file(ROADS)}: no road leads to {lost.name} ({lost.code})")
    return RoadTable(u, v, km, classes)


def _bases(tables: Tables, where: dict[str, int]) -> tuple[Base, ...]:
    rows = tables.rows(BASES)
    refuse_duplicates(rows, "code")
    bases = tuple(
        Base(
            row.text("code"),
            row.text("name"),
            BaseAgency(row.choice("agency", BaseAgency)),
            BaseKind(row.choice("kind", BaseKind)),
            where[row.choice("node_code", where)],
            row.whole("personnel", 0, _MOST_PERSONNEL),
        )
        for row in rows
    )
    if not any(base.agency is BaseAgency.POLICE and base.kind is BaseKind.HEADQUARTERS for base in bases):
        tables.remarks.append(
            f"{tables.file(BASES)}: there is no police headquarters (agency '{BaseAgency.POLICE}', kind "
            f"'{BaseKind.HEADQUARTERS}'); the capital of the first district stands for it"
        )
    return bases


def _borders(tables: Tables, districts: dict[str, int]) -> frozenset[tuple[int, int]]:
    borders: set[tuple[int, int]] = set()
    for row in tables.rows_if_any(BORDERS):
        a, b = (districts[row.choice(column, districts)] for column in BORDERS.needed)
        if a == b or (a, b) in borders or (b, a) in borders:
            raise row.error("code_b", f"{quoted(row.text('code_b'))}: a border parts two different districts, once")
        borders.add((a, b))
    return frozenset(borders)


def _stations(
    tables: Tables,
    derive: DerivedStations | None,
    district_rows: list[Row],
    village_rows: list[Row],
    villages: tuple[Village, ...],
) -> Stations:
    """Read the stations, or make them by the rule where the folder has no table of them."""
    specials = _specials(tables, {v.code: i for i, v in enumerate(villages)})
    registered = [row.whole("registered_voters", 0, _ANY_NUMBER) for row in district_rows]
    if derive is None or tables.have(STATIONS):
        for row in village_rows:
            row.whole("stations_est", 0, MOST_LINES)
        return _read_stations(tables, villages, _ANY_NUMBER if derive is None else derive.most_registered)
    counts = [row.whole("stations_est", 0, _MOST_IN_VILLAGE) for row in village_rows]
    names = [f"{row.place('registered_voters')}: district {row.text('name')}" for row in district_rows]
    return derive_stations(villages, counts, specials, registered, names, derive, tables.folder)


def _specials(tables: Tables, where: dict[str, int]) -> list[Special]:
    rows = tables.rows_if_any(SPECIAL_STATIONS)
    refuse_duplicates(rows, "village_code", "name")
    return [
        Special(where[row.choice("village_code", where)], row.text("name"), row.whole("registered", 1, _MOST_SPECIAL))
        for row in rows
    ]


def _read_stations(tables: Tables, villages: tuple[Village, ...], most: int) -> Stations:
    rows = tables.rows(STATIONS)
    refuse_duplicates(rows, "code")
    where = {v.code: i for i, v in enumerate(villages)}
    node = np.array([where[row.choice("village_code", where)] for row in rows])
    places = np.array([_place(row) for row in rows])
    access_km = np.array([row.number("access_km", 0, MOST_ACCESS_KM) for row in rows])
    check_stations(rows, places, np.array([(v.lat, v.lon) for v in villages])[node], access_km, tables.remarks)
    special = np.array([row.whole("special", 0, 1) == 1 for row in rows])
    limits = np.where(special, max(most, _MOST_SPECIAL), most).tolist()
    return Stations(
        code=tuple(row.text("code") for row in rows),
        name=tuple(row.text("name") for row in rows),
        node=node,
        district=np.array([villages[v].district for v in node]),
        registered=np.array([row.whole("registered", 1, limit) for row, limit in zip(rows, limits, strict=True)]),
        vulnerability=np.array(
            [VULNERABILITY.index(row.choice("vulnerability", VULNERABILITY)) for row in rows], dtype=np.int8
        ),
        access_km=access_km,
        access=tuple(Access(row.choice(ACCESS, list(Access))) if ACCESS in row else Access.ROAD for row in rows),
        special=special,
        lat=places[:, 0],
        lon=places[:, 1],
    )


def stations_csv(region: Region) -> str:
    """Return the region's stations as the text of a ``stations.csv``, for a planner to correct and use as his own."""
    s, out = region.stations, io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(STATIONS.read)
    for i, code in enumerate(s.code):
        writer.writerow(
            (
                code,
                s.name[i],
                region.villages[s.node[i]].code,
                int(s.registered[i]),
                VULNERABILITY[s.vulnerability[i]],
                written(float(s.access_km[i])),
                int(s.special[i]),
                written(float(s.lat[i])),
                written(float(s.lon[i])),
                s.access[i],
            )
        )
    return out.getvalue()
