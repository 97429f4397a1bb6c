"""What rows of a region's tables say of each other: codes that must be there, pairs that stand once, sums."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np

from sim.errors import Mistakes, nearest, quoted
from sim.region.cells import Reference
from sim.region.columns import BASES, BORDERS, DISTRICTS, OUTSIDE, ROADS, SPECIAL_STATIONS, STATIONS, TABLES, VILLAGES
from sim.region.region import Stations
from sim.region.rows import DistrictRow, VillageRow, cell_of
from sim.region.table import Read, Tables, refuse_duplicates
from sim.table import Row
from sim.words.language import gettext as _
from sim.words.language import marked

_ONCE = {
    DISTRICTS.name: ("code",),
    VILLAGES.name: ("code",),
    OUTSIDE.name: ("code",),
    BASES.name: ("code",),
    SPECIAL_STATIONS.name: ("village_code", "name"),
    STATIONS.name: ("code",),
}
"""The columns that tell the rows of a table apart."""
_PAIRS = {
    ROADS.name: ("from_code", "to_code", marked("{code}: a road joins two different places, once")),
    BORDERS.name: ("code_a", "code_b", marked("{code}: a border parts two different districts, once")),
}
"""The two ends of what joins or parts two rows of another table."""


def check_references(tables: Tables) -> None:
    """Refuse codes that stand twice, and codes that another table should have and does not.

    A row that is wrong elsewhere still has its code, so that one mistake does not bring many. Of a table that cannot be
    read nothing is said here.

    Raises:
        UserError: For each of them.
    """
    lines = {columns.name: _lines(tables, columns.name) for columns in TABLES}
    mistakes = Mistakes()
    for name, columns in _ONCE.items():
        with mistakes.noted():
            refuse_duplicates(lines[name] or (), *columns)
    with mistakes.noted():
        refuse_outside(lines[OUTSIDE.name] or (), {row.cell("code").strip() for row in lines[VILLAGES.name] or ()})
    for columns_ in TABLES:
        for column, field in columns_.row.model_fields.items():
            cell = cell_of(field)
            if isinstance(cell, Reference):
                with mistakes.noted():
                    _check(lines[columns_.name], column, [lines[name] for name in cell.tables])
    for name, (a, b, message) in _PAIRS.items():
        with mistakes.noted():
            _refuse_pairs(lines[name] or (), a, b, message)
    mistakes.refuse()


def _lines(tables: Tables, name: str) -> Sequence[Row] | None:
    """Return the rows of a table that were read; None where it could not be."""
    return tables.seen.get(name)


def _check(lines: Sequence[Row] | None, column: str, others: Sequence[Sequence[Row] | None]) -> None:
    """Refuse each code in a column that no row of the other tables has."""
    if lines is None or any(rows is None for rows in others):
        return
    known = dict.fromkeys(row.cell("code").strip() for rows in others for row in rows or ())
    mistakes = Mistakes()
    for row in lines:
        value = row.cell(column).strip()
        if value and value not in known:
            with mistakes.noted():
                raise row.error(
                    column, _("unknown {value}; {hint}").format(value=quoted(value), hint=nearest(value, known))
                )
    mistakes.refuse()


def _refuse_pairs(lines: Iterable[Row], a: str, b: str, message: str) -> None:
    seen: set[frozenset[str]] = set()
    mistakes = Mistakes()
    for row in lines:
        ends = frozenset((row.cell(a).strip(), row.cell(b).strip()))
        with mistakes.noted():
            if len(ends) == 1 or ends in seen:
                raise row.error(b, _(message).format(code=quoted(row.cell(b).strip())))
        seen.add(ends)
    mistakes.refuse()


def refuse_outside(lines: Iterable[Row], villages: Collection[str]) -> None:
    """Refuse a place outside that has the code of a village, or stands twice.

    Raises:
        UserError: For each.
    """
    mistakes = Mistakes()
    for row in lines:
        code = row.cell("code").strip()
        if code and code in villages:
            with mistakes.noted():
                raise row.error("code", _("{code} is the code of a village").format(code=quoted(code)))
    mistakes.refuse()


def remark_sums(districts: Read[DistrictRow], villages: Read[VillageRow], stations: Stations, tables: Tables) -> None:
    """Remark on sums in other tables that the table of stations does not add up to; it is the table that counts."""
    registered = np.bincount(stations.district, stations.registered, len(districts.rows)).astype(int).tolist()
    numbers = np.bincount(stations.node, minlength=len(villages.rows)).tolist()
    for line, district, n in zip(districts.lines, districts.rows, registered, strict=True):
        if district.registered_voters != n:
            tables.remarks.append(
                _(
                    "{place}: {registered:,}, but the stations of district {district} in {file} have {n:,}; these count"
                ).format(
                    place=line.place("registered_voters"),
                    registered=district.registered_voters,
                    district=district.name,
                    file=STATIONS.file,
                    n=n,
                )
            )
    for line, village, n in zip(villages.lines, villages.rows, numbers, strict=False):
        if village.stations_est != n:
            tables.remarks.append(
                _("{place}: {stations:,}, but {village} has {n:,} in {file}; these count").format(
                    place=line.place("stations_est"),
                    stations=village.stations_est,
                    village=village.name,
                    n=n,
                    file=STATIONS.file,
                )
            )
