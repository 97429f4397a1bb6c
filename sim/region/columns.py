"""The tables of a region's folder: which columns each must have, may have, and may have for its readers alone."""

from __future__ import annotations

from dataclasses import dataclass

from sim.region.rows import (
    BaseRow,
    BorderRow,
    DistrictRow,
    OutsideRow,
    RegionRow,
    RoadRow,
    SpecialRow,
    StationRow,
    TableRow,
    VillageRow,
)
from sim.text import STATION_NAME, TABLE_NAME, Rule


@dataclass(frozen=True)
class Columns:
    """The columns of one table.

    Attributes:
        file: Its name in the region's folder.
        row: What its rows are, column by column.
        notes: Those of the packaged tables that nobody reads but people.
        needed_by_all: Whether every region has it; others may be left out.
        rule: What its codes and names may be.
    """

    file: str
    row: type[TableRow]
    notes: tuple[str, ...] = ()
    needed_by_all: bool = False
    rule: Rule = TABLE_NAME

    @property
    def name(self) -> str:
        """Its name without an ending, which is that of its sheet in a workbook."""
        return self.file.removesuffix(".csv")

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns that it must have."""
        return tuple(name for name, field in self.row.model_fields.items() if field.is_required())

    @property
    def optional(self) -> tuple[str, ...]:
        """Those that are read where they are there."""
        return tuple(name for name, field in self.row.model_fields.items() if not field.is_required())

    @property
    def read(self) -> tuple[str, ...]:
        """Those that are read."""
        return (*self.needed, *self.optional)

    @property
    def known(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.read, *self.notes)


TURNOUT_FACTOR = "turnout_factor"
"""Turnout over that of the whole region, taken as it is; a written region has it."""
REGION = Columns("region.csv", RegionRow)
DISTRICTS = Columns(
    "districts.csv",
    DistrictRow,
    notes=(
        "index",
        "bps_code",
        "capital",
        "capital_confidence",
        "wards",
        "villages",
        "population_2020",
        "population_confidence",
        "registered_confidence",
        "stations",
        "stations_confidence",
        "road_km_from_curup",
        "travel_min_from_curup",
        "road_confidence",
        "police_sector",
    ),
    needed_by_all=True,
)
VILLAGES = Columns("villages.csv", VillageRow, notes=("stations_feb2024", "confidence"), needed_by_all=True)
OUTSIDE = Columns("outside_nodes.csv", OutsideRow)
ROADS = Columns("roads.csv", RoadRow, needed_by_all=True)
BASES = Columns("bases.csv", BaseRow, notes=("village_hint", "confidence", "node_confidence"), needed_by_all=True)
BORDERS = Columns(
    "borders.csv",
    BorderRow,
    notes=("name_a", "name_b", "shared_border_km", "capital_to_capital_km", "through_road"),
)
SPECIAL_STATIONS = Columns("special_stations.csv", SpecialRow, notes=("confidence",))
STATIONS = Columns("stations.csv", StationRow, rule=STATION_NAME)
TABLES = (REGION, DISTRICTS, VILLAGES, OUTSIDE, ROADS, BASES, BORDERS, SPECIAL_STATIONS, STATIONS)
"""All of them."""
USERS = TABLES[1:]
"""Those that a user fills in: the title of a region stands in its ``region.yaml``."""
