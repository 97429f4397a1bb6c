"""Settings of the place: which folder of tables, how gaps in them are filled, which forces it has."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from sim.config.fields import (
    MOST_ITEMS,
    Count,
    Location,
    NonNegative,
    OneOf,
    Positive,
    Seed,
    Settings,
    Share,
    Size,
    TableText,
)
from sim.config.reach import CONTEXT, Reach
from sim.vocabulary import Access

ROAD_CLASSES = ("town", "trunk", "secondary", "hill", "local")


class HardToReach(Settings):
    """Stations of a village that are far from its middle, or that no car reaches."""

    village: TableText
    """The village: its name, or its code where several have that name. One line a village."""
    stations: Size
    """So many of its stations, the last ones."""
    access: Annotated[str, OneOf(Access)]
    """How one gets there from the middle of the village; who comes by car walks where only motorcycles go."""
    km: NonNegative
    """From the middle of the village to each of them, km."""


class DerivedStations(Settings):
    """How polling stations are made where the folder holds no ``stations.csv``.

    Registered voters by station and vulnerability classes are seldom public. The rule is in
    :mod:`sim.region.derive`; every number it makes is marked as an assumption.
    """

    seed: Seed
    """Seed of the rule's own random numbers: another seed, another made-up region."""
    most_registered: Size
    """No station holds more registered voters than this."""
    spread: Share
    """Spread of registered voters between the stations of one district (coefficient of variation)."""
    very_vulnerable: Count
    """Stations of the class very vulnerable (very_high)."""
    vulnerable: Count
    """Stations of the class vulnerable (high)."""
    access_km: NonNegative
    """Largest distance of a station from the middle of its village, km."""
    hard_to_reach: Annotated[tuple[HardToReach, ...], Field(max_length=MOST_ITEMS)]
    """Stations that are harder to reach than the others."""


class Forces(Settings):
    """People the operation may spend."""

    police: Count
    """Officers in the operation."""
    wardens: Count
    """Civil-protection wardens."""


class RoadSpeeds(Settings):
    """Speed of a car in dry weather by road class, km/h."""

    town: Positive
    """Speed of a car in dry weather, km/h, on streets in town."""
    trunk: Positive
    """Speed of a car in dry weather, km/h, on trunk roads."""
    secondary: Positive
    """Speed of a car in dry weather, km/h, on secondary roads."""
    hill: Positive
    """Speed of a car in dry weather, km/h, on hill roads."""
    local: Positive
    """Speed of a car in dry weather, km/h, on local roads."""


class RegionSettings(Settings):
    """The place."""

    path: Location
    """Name of a packaged region, or a folder of CSV tables; in a file one beside it, on the command line any."""
    title: TableText
    """How the place is called in reports."""
    derive: DerivedStations
    forces: Forces
    """People the operation may spend."""
    speed_kmh: RoadSpeeds

    @field_validator("path")
    @classmethod
    def _in_reach(cls, path: str, info: ValidationInfo) -> str:
        reach = (info.context or {}).get(CONTEXT)
        return reach.region_path(path) if isinstance(reach, Reach) else path
