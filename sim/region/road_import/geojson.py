"""Lines from a GeoJSON file (RFC 7946): features whose geometry is a LineString or a MultiLineString."""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from sim.errors import UserError, quoted
from sim.files import open_regular
from sim.region.road_import.drawn import Drawing, Drawn, Ints
from sim.words.language import gettext as _
from sim.words.language import marked

MOST_BYTES = 256 * 1024 * 1024
"""Bytes of a file; it is held in memory as a whole, which takes ten times as much."""
DECIMALS = 6
"""Decimals of a degree to which coordinates are rounded, so that lines meet where they should; a tenth of a metre."""
_PER_DEGREE = 10**DECIMALS


def read_geojson(file: Path, key: str) -> Drawn:
    """Read a file of lines.

    Args:
        file: The file.
        key: The property that says what a line is.

    Raises:
        UserError: When it is no GeoJSON, too large, or has a coordinate that is none.
        OSError: Where the system does not let it be read.
    """
    drawing = Drawing(file, key)
    lat, lon = array("d"), array("d")
    for number, feature in enumerate(_features(file), 1):
        where = _("{file}, feature {number}").format(file=file, number=number)
        lines = _lines(feature, where)
        if lines is None:
            drawing.no_lines += 1
            continue
        tags = feature.get("properties") or {}
        if not isinstance(tags, dict):
            raise UserError(_("{where}: its properties are no object").format(where=where))
        if not drawing.wants(tags):
            continue
        for line in lines:
            begin = len(lat)
            for position in line:
                _take(position, lat, lon, where)
            drawing.line(range(begin, len(lat)), tags)
    return _joined(drawing, np.array(lat), np.array(lon))


def _joined(drawing: Drawing, lat: Any, lon: Any) -> Drawn:
    """Make one point of those that are the same when rounded."""
    north: Ints = np.rint((lat + 90) * _PER_DEGREE).astype(np.int64)
    east: Ints = np.rint((lon + 180) * _PER_DEGREE).astype(np.int64)
    _points, first, which = np.unique(north * (361 * _PER_DEGREE) + east, return_index=True, return_inverse=True)
    return drawing.drawn(lat[first], lon[first], which.astype(np.int64))


def _features(file: Path) -> Iterator[dict[str, Any]]:
    """Return the features of a file.

    Raises:
        UserError: When it has none, or is something else.
    """
    with open_regular(file) as stream:
        content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise UserError(
            _(
                "{file}: cannot be read (it has more than {most_bytes:,} bytes; cut out the surroundings of the region)"
            ).format(file=file, most_bytes=MOST_BYTES)
        )
    try:
        data = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError:
        raise UserError(_("{file}: cannot be read (it is not UTF-8 text)").format(file=file)) from None
    except (ValueError, RecursionError) as error:
        why = _("it is nested too deeply") if isinstance(error, RecursionError) else str(error)
        raise UserError(_("{file}: cannot be read (it is no JSON: {why})").format(file=file, why=why)) from None
    if isinstance(data, dict) and data.get("type") == "Feature":
        data = {"features": [data], "type": "FeatureCollection"}
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection":
        raise UserError(_("{file}: is no GeoJSON of lines; its type must be FeatureCollection").format(file=file))
    features = data.get("features")
    if not isinstance(features, list) or not features:
        raise UserError(_("{file}: has no features").format(file=file))
    for number, feature in enumerate(features, 1):
        if not isinstance(feature, dict):
            raise UserError(_("{file}, feature {number}: is no object").format(file=file, number=number))
        yield feature


def _no_number(text: str) -> NoReturn:
    raise ValueError(_("{text} is no number").format(text=text))


def _lines(feature: dict[str, Any], where: str) -> list[list[Any]] | None:
    """Return the lines of a feature; None when it is something else.

    Raises:
        UserError: When its coordinates are no lists of lists.
    """
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("LineString", "MultiLineString"):
        return None
    coordinates = geometry.get("coordinates")  # type: ignore[union-attr]
    lines = [coordinates] if kind == "LineString" else coordinates
    if not isinstance(lines, list) or not all(isinstance(line, list) for line in lines):
        raise UserError(
            _("{where}: the coordinates of a {kind} are a list of positions").format(where=where, kind=kind)
        )
    return lines


def _take(position: Any, lat: array[float], lon: array[float], where: str) -> None:
    """Add one position to those there are.

    Raises:
        UserError: When it is no pair of longitude and latitude.
    """
    if not isinstance(position, list) or len(position) < 2 or any(type(x) not in (int, float) for x in position[:2]):
        raise UserError(
            _("{where}: {position} is no position; it has longitude and latitude, two numbers").format(
                where=where, position=quoted(str(position))
            )
        )
    for value, most, name in ((position[1], 90, marked("latitude")), (position[0], 180, marked("longitude"))):
        if not -most <= value <= most or not math.isfinite(value):
            raise UserError(
                _(
                    "{where}: {name} {value} is outside -{most} to {most}; positions are longitude and "
                    "then latitude in degrees (WGS 84)"
                ).format(where=where, name=_(name), value=quoted(str(value)), most=most)
            )
    lat.append(position[1])
    lon.append(position[0])
