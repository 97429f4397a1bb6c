"""Importing a road network: from a file of lines and the places of a region to the region's table of roads."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from sim.config.region import ROAD_CLASSES
from sim.decimals import written
from sim.errors import UserError, nearest, quoted, shortened
from sim.region.columns import ROADS, VILLAGES
from sim.region.load import outside_nodes
from sim.region.plausible import check_villages, straight_km
from sim.region.region import Node
from sim.region.road_import.classes import DROP, class_of, is_known
from sim.region.road_import.direct import SHORTEST_KM, Direct, direct_roads
from sim.region.road_import.drawn import NO_POINT, Drawn, Floats, Ints
from sim.region.road_import.graph import MOST_KM, NOT_SNAPPED, Graph, Snapped, graph_of, line_km, snapped
from sim.region.road_import.read import read_lines
from sim.region.road_import.simplify import simplified
from sim.region.table import Tables, refuse_duplicates
from sim.words import roads as words
from sim.words.language import gettext as _
from sim.words.language import number

MOST_PLACES = 2_000
"""Villages and outside nodes: all pairs of them are looked at. Regencies of Indonesia have 850 villages at most."""
MOST_OPTION_KM = 50.0
"""No distance that is asked for is longer."""
SNAP_KM = 2.0
"""How far a place may lie from its road, km, where nothing else is said: an assumption."""
THROUGH_KM = 1.0
"""By how much a way through a place may be longer than the way past it, km, if nothing else is said: an assumption."""
_DECIMALS = 3
_OTHER_PART_DEGREES = 5.0
"""A network whose middle is farther from that of the places than this is one of somewhere else."""


@dataclass(frozen=True)
class ImportSettings:
    """How a network is imported.

    Attributes:
        key: The property or tag that says what a line is.
        rules: What values of it mean that are to be read otherwise than the table says: a class of road, or DROP.
        snap_km: How far a place may be from its road, km.
        through_km: By how much the way through a place may be longer than the way past it, so that no road past it is
            written, km.
        speeds: Speed on roads of each class, km/h, in the order of ROAD_CLASSES: places are joined along the quickest
            way, and a kilometre of slow road counts as so many of the fastest as one drives meanwhile. None: along the
            shortest.
    """

    key: str = "highway"
    rules: Mapping[str, str] = field(default_factory=dict)
    snap_km: float = SNAP_KM
    through_km: float = THROUGH_KM
    speeds: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        """Check the distances.

        Raises:
            UserError: For one that is none, or too long.
        """
        for option, value in (("--snap", self.snap_km), ("--through", self.through_km)):
            if not 0 <= value <= MOST_OPTION_KM:  # NaN too
                most = number(MOST_OPTION_KM, "g")
                raise UserError(words.OUTSIDE.format(option=option, value=f"{value:g}", most=most))


@dataclass(frozen=True)
class ValueCount:
    """Lines that say the same of themselves.

    Attributes:
        value: What they say.
        road_class: The class that they get; None when they are dropped.
        known: Whether somebody has said what the value means.
        lines: How many there are, those that are closed to vehicles left out.
        km: Their length.
    """

    value: str
    road_class: str | None
    known: bool
    lines: int
    km: float


@dataclass(frozen=True)
class Imported:
    """What became of a file.

    Attributes:
        file: The file.
        settings: How it was read.
        drawn: What it holds.
        km: The length of each line, km.
        values: What lines say they are, the longest together first.
        places: Villages, then outside nodes.
        snapped: Where they are on the network, and how far from it.
        parts: Places that are connected, by their positions; the part with most of them first.
        same_point: Places that are at the point of another, which stands for them: place and the other one.
        u: One end of each road, as a position among the places.
        v: The other.
        road_km: Its length.
        road_class: Its class, as a position in ROAD_CLASSES.
        raised: By how much the straight line, which the table has, is longer than the network's way, km; a number for
            each road where it is.
        longest_km: By how much the way between two places on these roads is longer than on the network, at most.
        longer_share: By how much all of those ways together are longer, as a share.
    """

    file: Path
    settings: ImportSettings
    drawn: Drawn
    km: Floats
    values: tuple[ValueCount, ...]
    places: tuple[Node, ...]
    snapped: Snapped
    parts: tuple[tuple[int, ...], ...]
    same_point: tuple[tuple[int, int], ...]
    u: Ints
    v: Ints
    road_km: Floats
    road_class: Ints
    raised: Floats
    longest_km: float
    longer_share: float

    def csv(self) -> str:
        """Return the roads as the text of a region's ``roads.csv``."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(ROADS.needed)
        for u, v, km, c in zip(
            self.u.tolist(), self.v.tolist(), self.road_km.tolist(), self.road_class.tolist(), strict=True
        ):
            writer.writerow((self.places[u].code, self.places[v].code, written(km), ROAD_CLASSES[c]))
        return out.getvalue()


def rules_of(typed: Sequence[str]) -> dict[str, str]:
    """Return the rules that somebody has typed as ``VALUE=CLASS``.

    Raises:
        UserError: For one that is none, names no class, or has a value that has a rule already.
    """
    rules: dict[str, str] = {}
    for rule in typed:
        value, sign, name = rule.rpartition("=")
        if not sign or not value or not name:
            raise UserError(words.NO_RULE.format(rule=shortened(rule)))
        if name not in (*ROAD_CLASSES, DROP):
            hint = nearest(name, (*ROAD_CLASSES, DROP))
            raise UserError(words.NO_CLASS.format(rule=shortened(rule), name=shortened(name), hint=hint))
        if value in rules:
            raise UserError(words.TWICE.format(rule=shortened(rule), value=shortened(value)))
        rules[value] = name
    return rules


def places_of(folder: Path) -> tuple[Node, ...]:
    """Return the villages and outside nodes of a region whose roads need not be there yet.

    Raises:
        UserError: For the first thing that is wrong in the tables of them, or when there are too many.
    """
    tables = Tables(folder)
    rows = tables.rows(VILLAGES)
    refuse_duplicates(rows, "code")
    villages = [
        Node(row.text("code"), row.text("name"), row.number("lat", -90, 90), row.number("lon", -180, 180), 0)
        for row in rows
    ]
    where = np.array([(node.lat, node.lon) for node in villages])
    check_villages(rows, where, tables.remarks)
    places = (*villages, *outside_nodes(tables, {node.code for node in villages}, where))
    if len(places) > MOST_PLACES:
        count, most = number(len(places), ","), number(MOST_PLACES, ",")
        raise UserError(words.TOO_MANY.format(folder=folder, count=count, most=most))
    return places


def import_roads(file: Path, places: Sequence[Node], settings: ImportSettings) -> Imported:
    """Import a road network.

    Args:
        file: Lines of a map (see :data:`sim.region.road_import.read.READERS`).
        places: Villages, whose ``district`` is not negative, and outside nodes.
        settings: How.

    Raises:
        UserError: When the file cannot be read, has no roads, or leads from no village to another place.
    """
    drawn = read_lines(file, settings.key)
    km = line_km(drawn)
    values = _values(drawn, km, settings)
    by_value = np.array([_position(class_of(value, settings.rules)) for value in drawn.values])
    graph = graph_of(drawn, np.where(drawn.barred, -1, by_value[drawn.value]))
    _refuse_network(file, graph, values, settings)
    where = np.array([(place.lat, place.lon) for place in places])
    at = snapped(graph, where, settings.snap_km)
    _refuse_unreached(file, graph, places, at, settings)
    parts = _parts(at)
    if not any(len(part) > 1 and any(places[i].district is not None for i in part) for part in parts):
        raise UserError(words.NO_PAIR.format(file=file))
    first, same_point = _shared_points(at)
    speeds = np.array(settings.speeds or [1.0] * len(ROAD_CLASSES))
    roads = direct_roads(
        simplified(at.graph, at.point[first], speeds.max() / speeds), at.point[first], settings.through_km
    )
    return Imported(
        file, settings, drawn, km, values, tuple(places), at, parts, same_point,
        *_table(roads, first, same_point, where), roads.longest_km, roads.longer_share,
    )  # fmt: skip


def _position(road_class: int | None) -> int:
    return -1 if road_class is None else road_class


def _values(drawn: Drawn, km: Floats, settings: ImportSettings) -> tuple[ValueCount, ...]:
    """Count the lines by what they say they are."""
    usable = ~drawn.barred
    lines = np.bincount(drawn.value[usable], minlength=len(drawn.values)).tolist()
    length = np.bincount(drawn.value[usable], km[usable], len(drawn.values)).tolist()
    counts = []
    for value, count, value_km in zip(drawn.values, lines, length, strict=True):
        road_class = class_of(value, settings.rules)
        name = None if road_class is None else ROAD_CLASSES[road_class]
        counts.append(ValueCount(value, name, is_known(value, settings.rules), count, value_km))
    return tuple(sorted((c for c in counts if c.lines), key=lambda c: (-c.km, c.value)))


def _refuse_network(file: Path, graph: Graph, values: Sequence[ValueCount], settings: ImportSettings) -> None:
    """Refuse a network without any road, or with more than there can be.

    Raises:
        UserError: When it is one.
    """
    if not len(graph.a):
        if any(one.road_class is not None for one in values):
            raise UserError(words.NO_STRETCH.format(file=file))
        listed = [quoted(one.value) for one in values][:5]
        said = ", ".join(listed) or _("only on lines that are closed to vehicles")
        raise UserError(words.NO_ROADS.format(file=file, key=settings.key, values=said))
    if (total := float(graph.km.sum())) > MOST_KM:
        raise UserError(words.TOO_LONG.format(file=file, km=number(total, ",.0f"), most=number(MOST_KM, ",")))


def _refuse_unreached(file: Path, graph: Graph, places: Sequence[Node], at: Snapped, settings: ImportSettings) -> None:
    """Refuse a network that is near no village.

    Raises:
        UserError: When it is one; the message tells when it would be near with its coordinates swapped.
    """
    villages = np.array([place.district is not None for place in places])
    if (at.point[villages] != NOT_SNAPPED).any():
        return
    best = int(np.flatnonzero(villages)[np.argmin(at.away[villages])])
    middle = np.array([np.median(graph.lat), np.median(graph.lon)])
    centre = np.median([(place.lat, place.lon) for place in places], axis=0)
    swapped = (np.abs(middle[::-1] - centre) < _OTHER_PART_DEGREES).all()
    far = (np.abs(middle - centre) > _OTHER_PART_DEGREES).any()
    said = words.NOBODY.format(
        file=file, km=number(at.away[best], ",.1f"), place=places[best].name, limit=f"{settings.snap_km:g}"
    )
    raise UserError(said + (words.SWAPPED if swapped and far else ""))


def _parts(at: Snapped) -> tuple[tuple[int, ...], ...]:
    """Return the places that are connected with each other, those that are most first."""
    part = at.graph.parts()
    groups: dict[int, list[int]] = {}
    for place in np.flatnonzero(at.point != NOT_SNAPPED).tolist():
        groups.setdefault(int(part[at.point[place]]), []).append(place)
    return tuple(sorted(map(tuple, groups.values()), key=lambda group: (-len(group), group[0])))


def _shared_points(at: Snapped) -> tuple[Ints, tuple[tuple[int, int], ...]]:
    """Return one place of each point, the nearest to its road, and of the others which one stands for them."""
    first: dict[int, int] = {}
    same: list[tuple[int, int]] = []
    for place in np.lexsort((np.arange(len(at.point)), at.away)).tolist():
        point = int(at.point[place])
        if point == NOT_SNAPPED:
            continue
        if point in first:
            same.append((place, first[point]))
        else:
            first[point] = place
    return np.array(sorted(first.values()), dtype=np.int64), tuple(sorted(same))


def _table(
    roads: Direct, first: Ints, same_point: Sequence[tuple[int, int]], where: Floats
) -> tuple[Ints, Ints, Floats, Ints, Floats]:
    """Return the roads between places, in order, and by how much some of them were made as long as the straight line.

    A place may lie off its road, and two on opposite sides of it: what a table of roads joins are the places, so that
    no road of it is shorter than the straight line between them.
    """
    extra = np.array(same_point, dtype=np.int64).reshape(-1, 2)
    u = np.concatenate((first[roads.u], extra.min(axis=1)))
    v = np.concatenate((first[roads.v], extra.max(axis=1)))
    km = np.concatenate((roads.km, np.zeros(len(extra))))
    local = ROAD_CLASSES.index("local")
    road_class = np.concatenate((roads.road_class, np.full(len(extra), local)))
    straight = straight_km(where[u], where[v])
    more = np.round(straight[: len(roads.u)] - roads.km, _DECIMALS)
    km = np.maximum(np.round(np.maximum(km, straight), _DECIMALS), SHORTEST_KM)
    order = np.lexsort((v, u))
    return u[order], v[order], km[order], road_class[order], more[more > 0]


def missing_points(drawn: Drawn) -> int:
    """Return how many points of lines the file does not hold."""
    return int((drawn.points == NO_POINT).sum())
