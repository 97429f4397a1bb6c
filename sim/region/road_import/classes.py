"""Which road of the region a line of a map is.

What the values of ``highway`` mean is in the OpenStreetMap wiki ("Key:highway", "Indonesia Tagging Guidelines"); which
class of a region's roads each comes nearest to is an assumption, and :func:`class_of` takes other rules before it.
No value says that a road is built up (``town``) or winds uphill (``hill``): only a rule of the user's makes those.
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.config.region import ROAD_CLASSES

HIGHWAY = {
    "motorway": "trunk",
    "motorway_link": "trunk",
    "trunk": "trunk",
    "trunk_link": "trunk",
    "primary": "trunk",
    "primary_link": "trunk",
    "secondary": "secondary",
    "secondary_link": "secondary",
    "tertiary": "secondary",
    "tertiary_link": "secondary",
    "unclassified": "local",
    "residential": "local",
    "living_street": "local",
    "service": "local",
    "track": "local",
    "road": "local",
}
"""Values for roads that a car can use, and the class of each. Every row is an assumption."""
NO_ROAD = (
    "footway",
    "pedestrian",
    "path",
    "steps",
    "cycleway",
    "bridleway",
    "corridor",
    "elevator",
    "escape",
    "via_ferrata",
    "platform",
    "bus_guideway",
    "busway",
    "bus_stop",
    "raceway",
    "rest_area",
    "services",
    "emergency_bay",
    "construction",
    "proposed",
    "abandoned",
    "razed",
    "no",
)
"""Values for what a car cannot use, or may not, or not yet (OpenStreetMap wiki, "Key:highway")."""
DROP = "drop"
"""The word for no class at all in a rule of the user's."""


def class_of(value: str, rules: Mapping[str, str]) -> int | None:
    """Return the class of a line, as a position in ROAD_CLASSES; None when it is no road.

    Args:
        value: What the line says it is.
        rules: Rules of the user's: a value, and a class or DROP. They go before the table.
    """
    name = rules.get(value) or HIGHWAY.get(value) or (value if value in ROAD_CLASSES else DROP)
    return None if name == DROP else ROAD_CLASSES.index(name)


def is_known(value: str, rules: Mapping[str, str]) -> bool:
    """Return whether somebody has said what a value means."""
    return value in rules or value in HIGHWAY or value in NO_ROAD or value in ROAD_CLASSES
