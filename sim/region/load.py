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
from sim.errors import UserError, nearest
from sim.region.derive import Special, derive_stations
from sim.region.region import VULNERABILITY, Base, District, Node, Region, RoadTable, Stations, Village
from sim.region.table import Row, read_table, refuse_duplicates

PACKAGED = REGIONS
"""Folder of the packaged regions."""
DISTRICTS = ("code", "name", "lat", "lon", "area_km2", "registered_voters", "capital_code", "sector_base")
VILLAGES = ("code", "district_code", "name", "kind", "lat", "lon", "area_km2", "stations_est", "mobile_signal")
OUTSIDE = ("code", "name", "lat", "lon")
ROADS = ("from_code", "to_code", "km", "road_class")
BASES = ("code", "name", "agency", "kind", "personnel", "node_code")
BORDERS = ("code_a", "code_b")
STATIONS = ("code", "name", "village_code", "registered", "vulnerability", "access_km", "special", "lat", "lon")
"""Columns that each table must have."""
TURNOUT_FACTOR = "turnout_factor"
"""Optional column of the districts: turnout over that of the whole region, taken as it is; a written region has it."""
_TURNOUT = "valid_vote_share_2024"
"""Optional column of the districts: observed valid votes as a share of the roll, above 0 and at most 1."""
_NEAR_DEGREES = 5.0
_MOST_SPECIAL = 600
"""No special station holds more registered voters; Indonesia's limit for any station in 2024."""
_ANY_NUMBER = 10_000_000


def region_folder(path: str) -> Path:
    """Return the folder that a setting ``region.path`` names: a packaged region, or a folder.

    Raises:
        UserError: When it is neither.
    """
    packaged = PACKAGED / path
    folder = packaged if packaged.is_dir() else Path(path)
    if not folder.is_dir():
        known = sorted(p.name for p in PACKAGED.iterdir() if p.is_dir())
        raise UserError(f"region.path: '{path}' is neither a folder nor a packaged region; {nearest(path, known)}")
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
    (row,) = read_table(folder / "region.csv", ("title",))[:1]
    return _load(folder, row.text("title"), None)


def _load(folder: Path, title: str, derive: DerivedStations | None) -> Region:
    """Load and check a region; without a rule to make stations it must have a table of them."""
    district_rows = read_table(folder / "districts.csv", DISTRICTS)
    village_rows = read_table(folder / "villages.csv", VILLAGES)
    for rows in (district_rows, village_rows):
        refuse_duplicates(rows, "code")
    index = {row.text("code"): i for i, row in enumerate(district_rows)}
    villages = tuple(_village(row, index) for row in village_rows)
    nodes = (
        *(Node(v.code, v.name, v.lat, v.lon, v.district) for v in villages),
        *_outside(folder, {v.code for v in villages}),
    )
    where = {node.code: i for i, node in enumerate(nodes)}
    _refuse_far(village_rows, villages)
    roads = _roads(folder, where, nodes)
    bases = _bases(folder, where)
    stations = _stations(folder, derive, district_rows, village_rows, villages)
    registered = np.bincount(stations.district, stations.registered, len(district_rows)).astype(np.float64)
    turnout = _turnout_factors(district_rows, registered)
    districts = tuple(
        _district(i, row, where, {b.code for b in bases}, turnout[i]) for i, row in enumerate(district_rows)
    )
    return Region(
        title=title,
        districts=districts,
        villages=villages,
        nodes=nodes,
        stations=stations,
        roads=roads,
        bases=bases,
        borders=_borders(folder, index),
    )


def _place(row: Row) -> tuple[float, float]:
    return row.number("lat", -90, 90), row.number("lon", -180, 180)


def _village(row: Row, districts: dict[str, int]) -> Village:
    lat, lon = _place(row)
    return Village(
        code=row.text("code"),
        name=row.text("name"),
        district=districts[row.choice("district_code", districts)],
        kind=row.text("kind"),
        lat=lat,
        lon=lon,
        area_km2=row.number("area_km2", 0, 1e6),
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
    if TURNOUT_FACTOR in rows[0].values:
        return [_above_zero(row, TURNOUT_FACTOR, _ANY_NUMBER, "it is a ratio of turnouts") for row in rows]
    known = [row for row in rows if (row.values.get(_TURNOUT) or "").strip()]
    shares = [_above_zero(row, _TURNOUT, 1, "leave it empty where it is not known") for row in known]
    if len(shares) < len(rows) or not registered.sum():
        return [1.0] * len(rows)
    mean = float(np.average(shares, weights=registered))
    return [share / mean for share in shares]


def _above_zero(row: Row, column: str, high: float, hint: str) -> float:
    value = row.number(column, 0, high)
    if value == 0:
        raise row.error(column, f"{value:g} is not above 0; {hint}")
    return value


def _district(i: int, row: Row, where: dict[str, int], bases: set[str], turnout_factor: float) -> District:
    lat, lon = _place(row)
    return District(
        index=i,
        number=i + 1,
        code=row.text("code"),
        name=row.text("name"),
        lat=lat,
        lon=lon,
        area_km2=row.number("area_km2", 0, 1e6),
        office_node=where[row.choice("capital_code", where)],
        sector_base=row.choice("sector_base", bases),
        turnout_factor=turnout_factor,
    )


def _outside(folder: Path, villages: set[str]) -> list[Node]:
    file = folder / "outside_nodes.csv"
    if not file.is_file():
        return []
    rows = read_table(file, OUTSIDE)
    refuse_duplicates(rows, "code")
    for row in rows:
        if row.text("code") in villages:
            raise row.error("code", f"'{row.text('code')}' is the code of a village")
    return [Node(row.text("code"), row.text("name"), *_place(row), -1) for row in rows]


def _refuse_far(rows: list[Row], villages: tuple[Village, ...]) -> None:
    """Refuse a village far from the others: latitude and longitude swapped, or a slip of the pen."""
    for column in ("lat", "lon"):
        values = np.array([getattr(v, column) for v in villages])
        far = np.flatnonzero(np.abs(values - np.median(values)) > _NEAR_DEGREES)
        if far.size:
            value = values[far[0]]
            raise rows[far[0]].error(
                column, f"{value:g} is more than {_NEAR_DEGREES:g} degrees from the other villages"
            )


def _roads(folder: Path, where: dict[str, int], nodes: tuple[Node, ...]) -> RoadTable:
    rows = read_table(folder / "roads.csv", ROADS)
    u = np.array([where[row.choice("from_code", where)] for row in rows])
    v = np.array([where[row.choice("to_code", where)] for row in rows])
    seen: set[frozenset[int]] = set()
    for row, a, b in zip(rows, u.tolist(), v.tolist(), strict=True):
        if a == b or frozenset((a, b)) in seen:
            raise row.error("to_code", "a road joins two different places, once")
        seen.add(frozenset((a, b)))
    km = np.array([row.number("km", 0.01, 1000) for row in rows])
    classes = np.array([ROAD_CLASSES.index(row.choice("road_class", ROAD_CLASSES)) for row in rows], dtype=np.int8)
    graph = coo_array((np.ones(len(u)), (u, v)), shape=(len(nodes), len(nodes)))
    count, part = connected_components(graph, directed=False)
    if count > 1:
        main = np.bincount(part).argmax()
        lost = nodes[int(np.flatnonzero(part != main)[0])]
        raise UserError(f"{folder / 'roads.csv'}: no road leads to {lost.name} ({lost.code})")
    return RoadTable(u, v, km, classes)


def _bases(folder: Path, where: dict[str, int]) -> tuple[Base, ...]:
    rows = read_table(folder / "bases.csv", BASES)
    refuse_duplicates(rows, "code")
    return tuple(
        Base(
            row.text("code"),
            row.text("name"),
            row.text("agency"),
            row.text("kind"),
            where[row.choice("node_code", where)],
            row.whole("personnel", 0, 100_000),
        )
        for row in rows
    )


def _borders(folder: Path, districts: dict[str, int]) -> frozenset[tuple[int, int]]:
    file = folder / "borders.csv"
    if not file.is_file():
        return frozenset()
    rows = read_table(file, BORDERS)
    return frozenset(
        (districts[row.choice("code_a", districts)], districts[row.choice("code_b", districts)]) for row in rows
    )


def _stations(
    folder: Path,
    derive: DerivedStations | None,
    district_rows: list[Row],
    village_rows: list[Row],
    villages: tuple[Village, ...],
) -> Stations:
    """Read the stations, or make them by the rule where the folder has no table of them."""
    file = folder / "stations.csv"
    if derive is None or file.is_file():
        return _read_stations(file, villages, _ANY_NUMBER if derive is None else derive.most_registered)
    counts = [row.whole("stations_est", 0, 1000) for row in village_rows]
    registered = [row.whole("registered_voters", 0, _ANY_NUMBER) for row in district_rows]
    where = {v.code: i for i, v in enumerate(villages)}
    return derive_stations(
        villages, counts, _specials(folder, where), registered, [row.text("name") for row in district_rows],
        derive,
    )  # fmt: skip


def _specials(folder: Path, where: dict[str, int]) -> list[Special]:
    file = folder / "special_stations.csv"
    if not file.is_file():
        return []
    rows = read_table(file, ("village_code", "name", "registered"))
    return [
        Special(where[row.choice("village_code", where)], row.text("name"), row.whole("registered", 0, _MOST_SPECIAL))
        for row in rows
    ]


def _read_stations(file: Path, villages: tuple[Village, ...], most: int) -> Stations:
    rows = read_table(file, STATIONS)
    refuse_duplicates(rows, "code")
    where = {v.code: i for i, v in enumerate(villages)}
    node = np.array([where[row.choice("village_code", where)] for row in rows])
    places = np.array([_place(row) for row in rows])
    special = np.array([row.whole("special", 0, 1) == 1 for row in rows])
    limits = np.where(special, max(most, _MOST_SPECIAL), most).tolist()
    return Stations(
        code=tuple(row.text("code") for row in rows),
        name=tuple(row.text("name") for row in rows),
        node=node,
        district=np.array([villages[v].district for v in node]),
        registered=np.array([row.whole("registered", 0, limit) for row, limit in zip(rows, limits, strict=True)]),
        vulnerability=np.array(
            [VULNERABILITY.index(row.choice("vulnerability", VULNERABILITY)) for row in rows], dtype=np.int8
        ),
        access_km=np.array([row.number("access_km", 0, 100) for row in rows]),
        special=special,
        lat=places[:, 0],
        lon=places[:, 1],
    )


def stations_csv(region: Region) -> str:
    """Return the region's stations as the text of a ``stations.csv``, for a planner to correct and use as his own."""
    s, out = region.stations, io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(STATIONS)
    for i, code in enumerate(s.code):
        writer.writerow(
            (
                code,
                s.name[i],
                region.villages[s.node[i]].code,
                int(s.registered[i]),
                VULNERABILITY[s.vulnerability[i]],
                float(s.access_km[i]),
                int(s.special[i]),
                float(s.lat[i]),
                float(s.lon[i]),
            )
        )
    return out.getvalue()
