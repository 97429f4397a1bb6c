"""The rows of a region's tables, described once: meaning, unit, what is allowed, what may be left out.

Reading, checking, the templates of ``simulate region new`` and the documentation of the tables come from here.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from sim.config.region import ROAD_CLASSES
from sim.region.cells import AboveZero, Cell, Choice, Number, Reference, Text, Whole, Words, YesNo
from sim.region.plausible import MOST_ACCESS_KM
from sim.region.region import VULNERABILITY
from sim.table import MOST_LINES
from sim.text import STATION_NAME
from sim.vocabulary import Access, BaseAgency, BaseKind, VillageKind
from sim.words.language import marked

ANY_NUMBER = 10_000_000
MOST_VILLAGE_KM2 = 30_000
"""No village is larger: a station in its corner would be farther from its middle than ``access_km`` may say."""
MOST_DISTRICT_KM2 = 1_000_000
MOST_PERSONNEL = 100_000
LONGEST_ROAD_KM = 1000
MOST_SPECIAL = 600
"""No special station holds more registered voters; Indonesia's limit for any station in 2024."""
_UNIT, _EXAMPLE = "unit", "example"


def column(meaning: str, example: str, unit: str = "", *, optional: bool = False) -> Any:
    """Return what describes a column besides its cell.

    Args:
        meaning: What it holds, in a sentence.
        example: A value, for templates.
        unit: Its unit; empty where it has none.
        optional: Whether a table may be without it.
    """
    more: dict[str, Any] = {_UNIT: unit, _EXAMPLE: example}
    return Field(None if optional else ..., description=meaning, json_schema_extra=more)


class TableRow(BaseModel):
    """A row of a table as it is read."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


_Name = Annotated[str, Text()]
_Lat = Annotated[float, Number(-90, 90)]
_Lon = Annotated[float, Number(-180, 180)]


class RegionRow(TableRow):
    """The region as a whole; only a run's own tables have it."""

    title: _Name = column(marked("How the region is called."), "Contoh")


class DistrictRow(TableRow):
    """A district (kecamatan)."""

    code: _Name = column(marked("Code of the district, such as the official one."), "99.01")
    name: _Name = column(marked("Name of the district."), "Contoh Barat")
    lat: _Lat = column(marked("Latitude of the middle of its capital; south is negative."), "-1.02", marked("degrees"))
    lon: _Lon = column(marked("Longitude of the middle of its capital."), "110.05", marked("degrees"))
    area_km2: Annotated[float, AboveZero(0, MOST_DISTRICT_KM2, hint=marked("a district lies somewhere"))] = column(
        marked("Area."), "60", "km²"
    )
    registered_voters: Annotated[int, Whole(0, ANY_NUMBER)] = column(
        marked("Registered voters of all its stations, special ones too."), "3600", marked("people")
    )
    capital_code: Annotated[str, Reference(tables=("villages", "outside_nodes"))] = column(
        marked("Code of the village where the district's office is."), "99.01.1001"
    )
    sector_base: Annotated[str, Reference(tables=("bases",))] = column(
        marked("Code of the police base that serves the district."), "SEK-CONTOH"
    )
    turnout_factor: Annotated[float | None, AboveZero(0, ANY_NUMBER, hint=marked("it is a ratio of turnouts"))] = (
        column(
            marked("Turnout over that of the whole region; instead of the share of valid votes."), "1.02", optional=True
        )
    )
    valid_vote_share_2024: Annotated[
        float | None, AboveZero(0, 1, hint=marked("leave it empty where it is not known"), may_be_empty=True)
    ] = column(
        marked("Valid votes as a share of the roll, as observed; taken where every district has one."),
        "0.7",
        marked("share"),
        optional=True,
    )


class VillageRow(TableRow):
    """A village or ward."""

    code: _Name = column(marked("Code of the village, such as the official one."), "99.01.1001")
    district_code: Annotated[str, Reference(tables=("districts",))] = column(marked("Code of its district."), "99.01")
    name: _Name = column(marked("Name of the village."), "Pasar Contoh")
    kind: Annotated[str, Choice(tuple(VillageKind))] = column(marked("Ward (kelurahan) or village (desa)."), "ward")
    lat: _Lat = column(marked("Latitude of its middle; south is negative."), "-1.02", marked("degrees"))
    lon: _Lon = column(marked("Longitude of its middle."), "110.05", marked("degrees"))
    area_km2: Annotated[float, AboveZero(0, MOST_VILLAGE_KM2, hint=marked("a village lies somewhere"))] = column(
        marked("Area."), "15", "km²"
    )
    stations_est: Annotated[int, Whole(0, MOST_LINES)] = column(
        marked("Polling stations (TPS), special ones too; the sum is what counts where there is no stations.csv."), "4"
    )
    mobile_signal: Annotated[bool, YesNo()] = column(marked("Whether a telephone works there."), "1")
    prone_to: Annotated[tuple[str, ...] | None, Words()] = column(
        marked("Which natural hazards are known there, as the setting prone_to of a kind calls them."),
        "flood",
        optional=True,
    )


class OutsideRow(TableRow):
    """A place outside the region that its roads lead to."""

    code: _Name = column(marked("Code of the place; no village has it."), "X.CONTOH")
    name: _Name = column(marked("Name of the place."), "Kota Contoh")
    lat: _Lat = column(marked("Latitude; south is negative."), "-1.12", marked("degrees"))
    lon: _Lon = column(marked("Longitude."), "110.05", marked("degrees"))


class RoadRow(TableRow):
    """A road between two neighbouring places, both ways."""

    from_code: Annotated[str, Reference(tables=("villages", "outside_nodes"))] = column(
        marked("Code of the place at one end."), "99.01.1001"
    )
    to_code: Annotated[str, Reference(tables=("villages", "outside_nodes"))] = column(
        marked("Code of the place at the other end."), "99.01.2002"
    )
    km: Annotated[float, Number(0.01, LONGEST_ROAD_KM)] = column(marked("Length along the road."), "4.2", "km")
    road_class: Annotated[str, Choice(ROAD_CLASSES)] = column(marked("Class of the road, which has a speed."), "local")
    prone_to: Annotated[tuple[str, ...] | None, Words()] = column(
        marked("Which natural hazards are known on it, as the setting prone_to of a kind calls them."),
        "landslide",
        optional=True,
    )


class BaseRow(TableRow):
    """Where units wait, people are cared for, or an office stands."""

    code: _Name = column(
        marked("Code of the base, by which plans name it; POLRES for the headquarters lets packaged plans find it."),
        "POLRES",
    )
    name: _Name = column(marked("Name of the base."), "Polres Contoh")
    agency: Annotated[str, Choice(tuple(BaseAgency))] = column(marked("Whose it is."), "police")
    kind: Annotated[str, Choice(tuple(BaseKind))] = column(marked("What it is."), "headquarters")
    personnel: Annotated[int, Whole(0, MOST_PERSONNEL)] = column(
        marked("People in routine duty there, besides the operation."), "30", marked("people")
    )
    node_code: Annotated[str, Reference(tables=("villages", "outside_nodes"))] = column(
        marked("Code of the village, or place outside, where it stands."), "99.01.1001"
    )


class BorderRow(TableRow):
    """Two districts that share a border."""

    code_a: Annotated[str, Reference(tables=("districts",))] = column(marked("Code of one district."), "99.01")
    code_b: Annotated[str, Reference(tables=("districts",))] = column(marked("Code of the other."), "99.02")


class SpecialRow(TableRow):
    """A special station: a prison, a hospital."""

    village_code: Annotated[str, Reference(tables=("villages",))] = column(marked("Code of its village."), "99.01.1001")
    name: _Name = column(marked("Name of the station."), "Lapas Contoh")
    registered: Annotated[int, Whole(1, MOST_SPECIAL)] = column(marked("Registered voters."), "250", marked("people"))


_StationName = Annotated[str, Text(STATION_NAME)]


class StationRow(TableRow):
    """A polling station (TPS). Where the table is missing, stations are made by a rule from the villages' numbers."""

    code: _StationName = column(marked("Code of the station."), "99.01.1001/01")
    name: _StationName = column(marked("Name of the station."), "TPS 1 Pasar Contoh")
    village_code: Annotated[str, Reference(STATION_NAME, ("villages",))] = column(
        marked("Code of its village."), "99.01.1001"
    )
    registered: Annotated[int, Whole(0, ANY_NUMBER)] = column(
        marked("Registered voters; 1 or more, and no more than region.derive.most_registered."), "420", marked("people")
    )
    vulnerability: Annotated[str, Choice(VULNERABILITY, STATION_NAME)] = column(
        marked("How vulnerable: low (kurang rawan), high (rawan), very_high (sangat rawan)."), "low"
    )
    access_km: Annotated[float, Number(0, MOST_ACCESS_KM)] = column(
        marked("Distance from the middle of the village."), "0.5", "km"
    )
    special: Annotated[bool, YesNo()] = column(marked("Whether it is a special station."), "0")
    lat: _Lat = column(marked("Latitude; south is negative."), "-1.001", marked("degrees"))
    lon: _Lon = column(marked("Longitude."), "110.002", marked("degrees"))
    access: Annotated[str | None, Choice(tuple(Access), STATION_NAME)] = column(
        marked("How one gets there from the middle of the village; without the column, by road."), "road", optional=True
    )


def cell_of(field: FieldInfo) -> Cell:
    """Return the cell by which a field is read."""
    return next(part for part in field.metadata if isinstance(part, Cell))


def unit_of(field: FieldInfo) -> str:
    """Return the unit of a column; empty where it has none."""
    return _more(field, _UNIT)


def example_of(field: FieldInfo) -> str:
    """Return a value that a column may have, for templates."""
    return _more(field, _EXAMPLE)


def _more(field: FieldInfo, key: str) -> str:
    more = field.json_schema_extra
    assert isinstance(more, dict)
    return str(more[key])
