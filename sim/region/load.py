"""Loading a region: a folder of CSV tables, every value checked, every error with file, row and column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from sim.config.packaged import REGIONS
from sim.config.region import ROAD_CLASSES, DerivedStations, RegionSettings
from sim.errors import Mistakes, UserError, nearest
from sim.region.columns import (
    BASES,
    BORDERS,
    DISTRICTS,
    OUTSIDE,
    REGION,
    ROADS,
    SPECIAL_STATIONS,
    STATIONS,
    VILLAGES,
    Columns,
)
from sim.region.derive import Special, derive_stations
from sim.region.hard_to_reach import make_hard_to_reach
from sim.region.outlines_file import read_outlines
from sim.region.plausible import check_roads, check_seats, check_stations, check_villages, refuse_far
from sim.region.references import check_references, refuse_outside, remark_sums
from sim.region.region import VULNERABILITY, Base, District, Node, Region, RoadTable, Stations, Village
from sim.region.rows import (
    ANY_NUMBER,
    MOST_SPECIAL,
    BaseRow,
    BorderRow,
    DistrictRow,
    OutsideRow,
    RoadRow,
    SpecialRow,
    StationRow,
    VillageRow,
)
from sim.region.table import Read, Tables
from sim.vocabulary import Access, BaseAgency, BaseKind, VillageKind
from sim.words.language import gettext as _

PACKAGED = REGIONS
"""Folder of the packaged regions."""
_MOST_IN_VILLAGE = 1000
"""Stations."""


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
        raise UserError(
            _("{setting}: '{path}' is neither a folder nor a packaged region; {hint}").format(
                setting=setting, path=path, hint=nearest(path, known)
            )
        )
    return folder


def region_files(path: str) -> list[Path]:
    """Return the tables of a region, for checksums."""
    return sorted(region_folder(path).glob("*.csv"))


def load_region(settings: RegionSettings) -> Region:
    """Load and check a region.

    Raises:
        UserError: For everything that is wrong, naming file, row and column.
    """
    return load_tables(Tables(region_folder(settings.path)), settings.title, settings.derive)


def read_region(folder: Path) -> Region:
    """Read a region that ``sim.region.write.write_region`` wrote, title included, the same to the last bit.

    Raises:
        UserError: When the folder lacks a table, or somebody has spoilt one.
    """
    row, *more = Tables(folder).rows(REGION)
    if more:
        raise more[0].error("title", _("a region has one title"))
    return load_tables(Tables(folder), row.text("title"), None)


def load_tables(tables: Tables, title: str, derive: DerivedStations | None) -> Region:
    """Read and check the tables of a region.

    Args:
        tables: The tables.
        title: What the region is called.
        derive: The rule to make stations by; None: there must be a table of them.

    Raises:
        UserError: For everything that is wrong in any row of any table; then, if nothing is, for everything that does
            not fit together.
    """
    read = _read_all(tables, derive)
    remarks = tables.remarks
    villages = tuple(_village(row, read.district_index) for row in read.villages.rows)
    places = _places(read.villages.rows)
    mistakes = Mistakes()
    with mistakes.noted():
        check_villages(read.villages.lines, places, remarks)
    nodes = (
        *(Node(v.code, v.name, v.lat, v.lon, v.district) for v in villages),
        *(Node(row.code, row.name, row.lat, row.lon, None) for row in read.outside.rows),
    )
    with mistakes.noted():
        refuse_far(read.outside.lines, _places(read.outside.rows), places)
    with mistakes.noted():
        check_seats(read.districts.lines, _places(read.districts.rows), places, remarks)
    roads = _roads(read)
    with mistakes.noted():
        _check_roads(read, roads, nodes, tables)
    with mistakes.noted():
        stations = _stations(read, tables, derive, villages)
    mistakes.refuse()
    bases, districts = _bases(read, tables), _districts(read, stations)
    outlines = read_outlines(tables.folder, districts, places, remarks) if tables.folder.is_dir() else ()
    return Region(
        title=title,
        districts=districts,
        villages=villages,
        nodes=nodes,
        stations=stations,
        roads=roads,
        bases=bases,
        borders=frozenset((read.district_index[b.code_a], read.district_index[b.code_b]) for b in read.borders.rows),
        remarks=tuple(remarks),
        outlines=outlines,
    )


@dataclass(frozen=True)
class _All:
    """All tables of a region as they were read.

    Attributes:
        district_index: The position of each district, by its code.
        where: The node of each village and outside place, by its code.
    """

    districts: Read[DistrictRow]
    villages: Read[VillageRow]
    outside: Read[OutsideRow]
    roads: Read[RoadRow]
    bases: Read[BaseRow]
    borders: Read[BorderRow]
    specials: Read[SpecialRow]
    stations: Read[StationRow] | None

    @cached_property
    def district_index(self) -> dict[str, int]:
        return {row.code: i for i, row in enumerate(self.districts.rows)}

    @cached_property
    def where(self) -> dict[str, int]:
        codes = [row.code for row in self.villages.rows] + [row.code for row in self.outside.rows]
        return {code: i for i, code in enumerate(codes)}


def _read_all(tables: Tables, derive: DerivedStations | None) -> _All:
    """Read every table, and find the rows that other rows name.

    Raises:
        UserError: For everything that is wrong in any of them.
    """
    mistakes = Mistakes()
    found: dict[Columns, Read[Any]] = {}
    wanted = [DISTRICTS, VILLAGES, OUTSIDE, ROADS, BASES, BORDERS, SPECIAL_STATIONS]
    for columns in [*wanted, STATIONS]:
        with mistakes.noted():
            found[columns] = tables.read(columns, columns.row, must=columns is STATIONS and derive is None)
    with mistakes.noted():
        check_references(tables)
    mistakes.refuse()
    return _All(
        districts=found[DISTRICTS],
        villages=found[VILLAGES],
        outside=found[OUTSIDE],
        roads=found[ROADS],
        bases=found[BASES],
        borders=found[BORDERS],
        specials=found[SPECIAL_STATIONS],
        stations=found[STATIONS] if found[STATIONS].rows else None,
    )


def _places(rows: Sequence[DistrictRow] | Sequence[VillageRow] | Sequence[OutsideRow]) -> NDArray[np.float64]:
    """Return (rows, 2) latitude and longitude, degrees."""
    return np.array([(row.lat, row.lon) for row in rows], dtype=np.float64).reshape(-1, 2)


def _village(row: VillageRow, districts: dict[str, int]) -> Village:
    return Village(
        code=row.code,
        name=row.name,
        district=districts[row.district_code],
        kind=VillageKind(row.kind),
        lat=row.lat,
        lon=row.lon,
        area_km2=row.area_km2,
        signal=row.mobile_signal,
        prone_to=row.prone_to or (),
    )


def _turnout_factors(rows: Sequence[DistrictRow], registered: NDArray[np.float64]) -> list[float]:
    """Return each district's turnout over that of all districts together; 1 everywhere unless all are known.

    A table that has the column ``turnout_factor`` states them; otherwise they come from the observed shares.

    Args:
        rows: The table of districts.
        registered: Registered voters of each, at its stations.
    """
    factors = [row.turnout_factor for row in rows if row.turnout_factor is not None]
    if factors:
        return factors  # the column is there, and no cell of it may be empty
    shares = [row.valid_vote_share_2024 for row in rows if row.valid_vote_share_2024 is not None]
    if len(shares) < len(rows):
        return [1.0] * len(rows)
    mean = float(np.average(shares, weights=registered))
    return [share / mean for share in shares]


def _districts(read: _All, stations: Stations) -> tuple[District, ...]:
    rows = read.districts.rows
    registered = np.bincount(stations.district, stations.registered, len(rows)).astype(np.float64)
    return tuple(
        District(
            index=i,
            number=i + 1,
            code=row.code,
            name=row.name,
            lat=row.lat,
            lon=row.lon,
            area_km2=row.area_km2,
            office_node=read.where[row.capital_code],
            sector_base=row.sector_base,
            turnout_factor=factor,
        )
        for i, (row, factor) in enumerate(zip(rows, _turnout_factors(rows, registered), strict=True))
    )


def outside_nodes(tables: Tables, villages: set[str], places: NDArray[np.float64]) -> list[Node]:
    """Return the places outside the region that its roads lead to, if it has any.

    Args:
        tables: The region's folder.
        villages: Codes of its villages.
        places: (villages, 2) their latitude and longitude, degrees.

    Raises:
        UserError: For everything that is wrong in the table of them.
    """
    read = tables.read(OUTSIDE, OutsideRow)
    refuse_outside(read.lines, villages)
    refuse_far(read.lines, _places(read.rows), places)
    return [Node(row.code, row.name, row.lat, row.lon, None) for row in read.rows]


def _roads(read: _All) -> RoadTable:
    rows = read.roads.rows
    return RoadTable(
        np.array([read.where[row.from_code] for row in rows]),
        np.array([read.where[row.to_code] for row in rows]),
        np.array([row.km for row in rows]),
        np.array([ROAD_CLASSES.index(row.road_class) for row in rows], dtype=np.int8),
        tuple(row.prone_to or () for row in rows) if any(row.prone_to for row in rows) else (),
    )


def _check_roads(read: _All, roads: RoadTable, nodes: tuple[Node, ...], tables: Tables) -> None:
    places = np.array([(node.lat, node.lon) for node in nodes])
    check_roads(read.roads.lines, (places[roads.u], places[roads.v]), roads.km, tables.remarks)
    graph = coo_array((np.ones(len(roads.u)), (roads.u, roads.v)), shape=(len(nodes), len(nodes)))
    count, part = connected_components(graph, directed=False)
    if count > 1:
        main = np.bincount(part).argmax()
        lost = [nodes[i] for i in np.flatnonzero(part != main).tolist()]
        alone = _("{file}: no road leads to {name} ({code})")
        several = _("{file}: no road leads to {name} ({code}), nor to {more} places more")
        raise UserError(
            (several if len(lost) > 1 else alone).format(
                file=tables.file(ROADS), name=lost[0].name, code=lost[0].code, more=len(lost) - 1
            )
        )


def _bases(read: _All, tables: Tables) -> tuple[Base, ...]:
    bases = tuple(
        Base(row.code, row.name, BaseAgency(row.agency), BaseKind(row.kind), read.where[row.node_code], row.personnel)
        for row in read.bases.rows
    )
    if not any(base.agency is BaseAgency.POLICE and base.kind is BaseKind.HEADQUARTERS for base in bases):
        tables.remarks.append(
            _(
                "{file}: there is no police headquarters (agency '{agency}', kind '{kind}'); "
                "the capital of the first district stands for it"
            ).format(file=tables.file(BASES), agency=BaseAgency.POLICE, kind=BaseKind.HEADQUARTERS)
        )
    return bases


def _stations(read: _All, tables: Tables, derive: DerivedStations | None, villages: tuple[Village, ...]) -> Stations:
    """Take the stations of their table, or make them by the rule where the folder has none."""
    if derive is None or read.stations is not None:
        assert read.stations is not None
        return _written_stations(read.stations, tables, read, ANY_NUMBER if derive is None else derive.most_registered)
    counts = [line.whole("stations_est", 0, _MOST_IN_VILLAGE) for line in read.villages.lines]
    lines, rows = read.districts.lines, read.districts.rows
    names = [
        _("{place}: district {name}").format(place=line.place("registered_voters"), name=row.name)
        for line, row in zip(lines, rows, strict=True)
    ]
    specials = [Special(read.where[row.village_code], row.name, row.registered) for row in read.specials.rows]
    voters = [row.registered_voters for row in rows]
    made = derive_stations(villages, counts, specials, voters, names, derive, tables.folder)
    return make_hard_to_reach(made, villages, derive.hard_to_reach, tables.folder)


def _written_stations(table: Read[StationRow], tables: Tables, read: _All, most: int) -> Stations:
    lines, rows = table.lines, table.rows
    node = np.array([read.where[row.village_code] for row in rows])
    places = np.array([(row.lat, row.lon) for row in rows])
    village = _places(read.villages.rows)
    access_km = np.array([row.access_km for row in rows])
    mistakes = Mistakes()
    with mistakes.noted():
        check_stations(lines, places, village[node], access_km, tables.remarks)
    for line, row in zip(lines, rows, strict=True):
        if not 1 <= row.registered <= most:
            with mistakes.noted():
                line.whole("registered", 1, max(most, MOST_SPECIAL) if row.special else most)
    mistakes.refuse()
    districts = [read.district_index[row.district_code] for row in read.villages.rows]
    stations = Stations(
        code=tuple(row.code for row in rows),
        name=tuple(row.name for row in rows),
        node=node,
        district=np.array([districts[v] for v in node.tolist()]),
        registered=np.array([row.registered for row in rows]),
        vulnerability=np.array([VULNERABILITY.index(row.vulnerability) for row in rows], dtype=np.int8),
        access_km=access_km,
        access=tuple(Access.ROAD if row.access is None else Access(row.access) for row in rows),
        special=np.array([row.special for row in rows]),
        lat=places[:, 0],
        lon=places[:, 1],
    )
    remark_sums(read.districts, read.villages, stations, tables)
    return stations
