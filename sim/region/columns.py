"""The tables of a region's folder: which columns each must have, may have, and may have for its readers alone."""

from __future__ import annotations

from dataclasses import dataclass

from sim.text import STATION_NAME, TABLE_NAME, Rule


@dataclass(frozen=True)
class Columns:
    """The columns of one table.

    Attributes:
        file: Its name in the region's folder.
        needed: Those that it must have.
        optional: Those that are read where they are there.
        notes: Those of the packaged tables that nobody reads but people.
        rule: What its codes and names may be.
    """

    file: str
    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    rule: Rule = TABLE_NAME

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
TURNOUT = "valid_vote_share_2024"
"""Observed valid votes as a share of the roll, above 0 and at most 1; empty where it is not known."""
ACCESS = "access"
"""How one gets to a station from the middle of its village; without it by road, to every station."""
REGION = Columns("region.csv", ("title",))
DISTRICTS = Columns(
    "districts.csv",
    ("code", "name", "lat", "lon", "area_km2", "registered_voters", "capital_code", "sector_base"),
    optional=(TURNOUT_FACTOR, TURNOUT),
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
)
VILLAGES = Columns(
    "villages.csv",
    ("code", "district_code", "name", "kind", "lat", "lon", "area_km2", "stations_est", "mobile_signal"),
    notes=("stations_feb2024", "confidence"),
)
OUTSIDE = Columns("outside_nodes.csv", ("code", "name", "lat", "lon"))
ROADS = Columns("roads.csv", ("from_code", "to_code", "km", "road_class"))
BASES = Columns(
    "bases.csv",
    ("code", "name", "agency", "kind", "personnel", "node_code"),
    notes=("village_hint", "confidence", "node_confidence"),
)
BORDERS = Columns(
    "borders.csv",
    ("code_a", "code_b"),
    notes=("name_a", "name_b", "shared_border_km", "capital_to_capital_km", "through_road"),
)
SPECIAL_STATIONS = Columns("special_stations.csv", ("village_code", "name", "registered"), notes=("confidence",))
STATIONS = Columns(
    "stations.csv",
    ("code", "name", "village_code", "registered", "vulnerability", "access_km", "special", "lat", "lon"),
    optional=(ACCESS,),
    rule=STATION_NAME,
)
TABLES = (REGION, DISTRICTS, VILLAGES, OUTSIDE, ROADS, BASES, BORDERS, SPECIAL_STATIONS, STATIONS)
"""All of them."""
