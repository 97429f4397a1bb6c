"""Small networks, drawn by hand or at random, as files; all near the equator, where a degree is a degree either way."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.region.region import Node
from sim.region.road_import.importing import Imported, ImportSettings, import_roads

DEGREE = 111.195
"""Kilometres."""
Line = tuple[str, Sequence[tuple[float, float]]]
"""What a line says it is, and its points: latitude and longitude."""


def village(code: str, lat: float, lon: float) -> Node:
    return Node(code, f"Village {code}", lat, lon, 0)


def outside(code: str, lat: float, lon: float) -> Node:
    return Node(code, f"Town {code}", lat, lon, None)


def feature(value: Any, points: Sequence[tuple[float, float]], **tags: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"highway": value, **tags},
        "geometry": {"type": "LineString", "coordinates": [[lon, lat] for lat, lon in points]},
    }


def geojson(features: Sequence[dict[str, Any]]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


def osm(lines: Sequence[Line]) -> str:
    """Return the same as an extract of OpenStreetMap: lines share a node where they have the same point."""
    points = list(dict.fromkeys(point for _, line in lines for point in line))
    number = {point: i for i, point in enumerate(points, 1)}
    nodes = "".join(f'<node id="{number[p]}" lat="{p[0]}" lon="{p[1]}"/>\n' for p in points)
    ways = "".join(
        f'<way id="{i}">{"".join(f"""<nd ref="{number[p]}"/>""" for p in line)}<tag k="highway" v="{value}"/></way>\n'
        for i, (value, line) in enumerate(lines, 1)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6">\n{nodes}{ways}</osm>\n'


def imported(folder: Path, features: Sequence[dict[str, Any]], places: Sequence[Node], **settings: Any) -> Imported:
    file = folder / "lines.geojson"
    file.write_text(geojson(features), encoding="utf-8")
    return import_roads(file, places, ImportSettings(**settings))


def rows(result: Imported) -> list[list[str]]:
    """Return the rows of the table, without its header."""
    header, *rest = result.csv().splitlines()
    assert header == "from_code,to_code,km,road_class"
    return [line.split(",") for line in rest]


def pairs(result: Imported) -> set[str]:
    return {u + v for u, v, _, _ in rows(result)}
