"""Outlines of districts from ``outlines.geojson`` in a region's folder: for maps only, no number comes of them.

An outline is that of the district whose code, or else whose name, is the value of one of its properties, as long as it
lies near the region's villages: a file of a whole country may be used as it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import UserError
from sim.files import MOST_TABLE, read_text
from sim.region.gazetteer import fold
from sim.region.region import District
from sim.words.language import gettext as _
from sim.words.language import marked

FILE = "outlines.geojson"
"""The file of them."""
Ring = NDArray[np.float64]
"""(n, 2) longitude and latitude of the corners of an area, degrees."""
Outlines = tuple[tuple[Ring, ...], ...]
"""The areas of each district; none where the file has none of it."""
_NEAR_DEGREES = 0.5
"""An outline farther from every village than this is that of another district of the name."""
_NEEDED = marked("{where}: a FeatureCollection of polygons in longitude and latitude is needed")


def read_outlines(
    folder: Path, districts: Sequence[District], villages: NDArray[np.float64], remarks: list[str]
) -> Outlines:
    """Read the outlines of a region's districts.

    Args:
        folder: The region's folder.
        districts: Its districts.
        villages: (villages, 2) latitude and longitude of its villages, degrees.
        remarks: Gets a sentence where some or all districts have no outline.

    Returns:
        The outlines by district; empty where there is no file, or none of its outlines is of a district.

    Raises:
        UserError: When the file is no GeoJSON.
    """
    file = folder / FILE
    if not (file.exists() or file.is_symlink()):
        return ()
    codes = {fold(d.code): i for i, d in enumerate(districts)}
    names = {fold(d.name): i for i, d in enumerate(districts)}
    found: list[list[Ring]] = [[] for _district_ in districts]
    for number, feature in enumerate(_features(file), 1):
        rings = list(_rings(feature, _feature(file, number)))
        which = _district(feature, codes, names)
        if which is not None and any(_is_near(ring, villages) for ring in rings):
            found[which] += rings
    without = [d.name for d, rings in zip(districts, found, strict=True) if not rings]
    if len(without) == len(districts):
        remarks.append(
            _(
                "{file}: no outline is of a district: one of its properties must be the code of a "
                "district in districts.csv, such as '{code}', or its name, such as '{name}'"
            ).format(file=file, code=districts[0].code, name=districts[0].name)
        )
        return ()
    if without:
        shown = ", ".join(without[:5]) + (", …" if len(without) > 5 else "")
        remarks.append(
            _("{file}: has no outline of {without} of {districts} districts ({shown})").format(
                file=file, without=len(without), districts=len(districts), shown=shown
            )
        )
    return tuple(map(tuple, found))


def _features(file: Path) -> Iterator[dict[str, Any]]:
    try:
        text = read_text(file, MOST_TABLE, ".geojson")
    except OSError as error:
        raise UserError(_("{file}: cannot be read ({why})").format(file=file, why=error.strerror)) from error
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UserError(_("{file}: cannot be read (it is not JSON)").format(file=file)) from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        raise UserError(_(_NEEDED).format(where=file))
    for number, feature in enumerate(features, 1):
        if not isinstance(feature, dict):
            raise UserError(_(_NEEDED).format(where=_feature(file, number)))
        yield feature


def _feature(file: Path, number: int) -> str:
    return _("{file}: feature {number}").format(file=file, number=number)


def _district(feature: dict[str, Any], codes: dict[str, int], names: dict[str, int]) -> int | None:
    """Return the district that a feature is of: by a code if any of its properties has one, else by a name."""
    properties = feature.get("properties")
    texts = [fold(str(value)) for value in properties.values()] if isinstance(properties, dict) else []
    for known in (codes, names):
        for text in texts:
            if text in known:
                return known[text]
    return None


def _rings(feature: dict[str, Any], where: str) -> Iterator[Ring]:
    """Give the outer ring of each polygon; what is no polygon is passed over."""
    shape = feature.get("geometry")
    if not isinstance(shape, dict) or shape.get("type") not in ("Polygon", "MultiPolygon"):
        return
    polygons = shape.get("coordinates")
    for polygon in [polygons] if shape["type"] == "Polygon" else polygons if isinstance(polygons, list) else [None]:
        yield _ring(polygon[0] if isinstance(polygon, list) and polygon else None, where)


def _ring(corners: Any, where: str) -> Ring:
    try:
        ring = np.array([(float(x), float(y)) for x, y, *_height in corners], dtype=np.float64)
    except (TypeError, ValueError):
        raise UserError(_(_NEEDED).format(where=where)) from None
    said = _("{needed}; {hint}")
    needed = _(_NEEDED).format(where=where)
    if len(ring) < 3 or not np.isfinite(ring).all():
        raise UserError(said.format(needed=needed, hint=_("a ring has three corners or more")))
    if np.abs(ring[:, 1]).max() > 90 or np.abs(ring[:, 0]).max() > 180:
        swapped = np.abs(ring[:, 0]).max() <= 90
        in_order, degrees = _("longitude comes first in GeoJSON, and here latitude does"), _("these are no degrees")
        raise UserError(said.format(needed=needed, hint=in_order if swapped else degrees))
    return ring


def _is_near(ring: Ring, villages: NDArray[np.float64]) -> bool:
    low, high = ring.min(axis=0) - _NEAR_DEGREES, ring.max(axis=0) + _NEAR_DEGREES
    return bool(((villages[:, ::-1] >= low) & (villages[:, ::-1] <= high)).all(axis=1).any())
