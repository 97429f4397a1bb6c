"""Writing a region as a folder of tables, from which it is read back the same to the last bit."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from sim.config.region import ROAD_CLASSES
from sim.decimals import written
from sim.region.columns import BASES, BORDERS, DISTRICTS, OUTSIDE, REGION, ROADS, STATIONS, TURNOUT_FACTOR, VILLAGES
from sim.region.region import VULNERABILITY, Region

_Rows = Iterable[Sequence[str | int | float]]


def write_region(region: Region, folder: Path) -> None:
    """Write all tables of a region, and none of the files that it came from.

    ``sim.region.load.read_region`` reads them back, and so does ``load_region`` like any folder of a user (its title
    is then that of the settings). Tables of another region in the folder are replaced.

    Args:
        region: The place.
        folder: Where to; made when it is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    codes = [node.code for node in region.nodes]
    _write(folder, REGION.file, REGION.needed, [(region.title,)])
    _write(folder, DISTRICTS.file, (*DISTRICTS.needed, TURNOUT_FACTOR), _districts(region, codes))
    _write(folder, VILLAGES.file, VILLAGES.read, _villages(region))
    outside = region.nodes[len(region.villages) :]
    _write(folder, OUTSIDE.file, OUTSIDE.needed, [(n.code, n.name, n.lat, n.lon) for n in outside])
    _write(folder, ROADS.file, ROADS.read, _roads(region, codes))
    bases = [(b.code, b.name, b.agency, b.kind, b.personnel, codes[b.node]) for b in region.bases]
    _write(folder, BASES.file, BASES.needed, bases)
    borders = [(region.districts[a].code, region.districts[b].code) for a, b in sorted(region.borders)]
    _write(folder, BORDERS.file, BORDERS.needed, borders)
    (folder / STATIONS.file).write_text(stations_csv(region), encoding="utf-8", newline="")


def _districts(region: Region, codes: Sequence[str]) -> _Rows:
    registered = np.bincount(region.stations.district, region.stations.registered, len(region.districts))
    return [
        (d.code, d.name, d.lat, d.lon, d.area_km2, int(n), codes[d.office_node], d.sector_base, d.turnout_factor)
        for d, n in zip(region.districts, registered.tolist(), strict=True)
    ]


def _villages(region: Region) -> _Rows:
    stations = np.bincount(region.stations.node, minlength=len(region.villages)).tolist()
    return [
        (v.code, region.districts[v.district].code, v.name, v.kind, v.lat, v.lon, v.area_km2, n, int(v.signal),
         " ".join(v.prone_to))
        for v, n in zip(region.villages, stations, strict=True)
    ]  # fmt: skip


def _roads(region: Region, codes: Sequence[str]) -> _Rows:
    r = region.roads
    columns = zip(r.u.tolist(), r.v.tolist(), r.km.tolist(), r.road_class.tolist(), strict=True)
    prone_to = r.prone_to or ((),) * len(r.u)
    return [
        (codes[u], codes[v], km, ROAD_CLASSES[c], " ".join(hazards))
        for (u, v, km, c), hazards in zip(columns, prone_to, strict=True)
    ]


def _write(folder: Path, name: str, columns: Sequence[str], rows: _Rows) -> None:
    """Write a table; one without rows is left out, as a region's folder has no empty tables."""
    rows, file = list(rows), folder / name
    if not rows:
        file.unlink(missing_ok=True)
        return
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([written(cell) if isinstance(cell, float) else cell for cell in row] for row in rows)


def stations_csv(region: Region) -> str:
    """Return the region's stations as the text of a ``stations.csv``, for a planner to correct and use as his own."""
    s, out = region.stations, io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(STATIONS.read)
    for i, code in enumerate(s.code):
        writer.writerow(
            (
                code,
                s.name[i],
                region.villages[s.node[i]].code,
                int(s.registered[i]),
                VULNERABILITY[s.vulnerability[i]],
                written(float(s.access_km[i])),
                int(s.special[i]),
                written(float(s.lat[i])),
                written(float(s.lon[i])),
                s.access[i],
            )
        )
    return out.getvalue()
