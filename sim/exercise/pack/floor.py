"""The floor map: the plan in force on a sheet that is laid on the floor, A3 or A0. No event is drawn on it.

Letters on A3 have 7 points and more. On A0 they have 24 points and more: capitals 6 mm high, which are seen under ten
minutes of arc from two metres, twice what an eye of normal sight tells apart (five, as on charts for testing eyes).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.day.world import World
from sim.exercise.pack.plan import district_rows, waiting_teams
from sim.pages import page
from sim.report.ground import WIDTH, Plane, ground
from sim.report.labels import Box, Label, Placed, place_labels
from sim.report.map_layers import MARKS, sort_of
from sim.text import shown
from sim.vocabulary import BaseAgency
from sim.words import exercise_pack as words
from sim.words import region as region_words

_MM_PER_POINT = 25.4 / 72
_LETTER, _LINE = 0.56, 1.25
"""Mean width of a letter and height of a line, of the size of the letters."""
_LINES_AT_ONE_PLACE = 5
"""Bases that are named at one place; the others are counted."""


@dataclass(frozen=True)
class Sheet:
    """A size of paper.

    Attributes:
        name: What it is called.
        long_mm: Its longer side, mm; ``short_mm`` the other.
        district_points: Size of the letters of districts; of bases and villages likewise.
        margin_mm: Free space at the edge, mm: what printers need.
    """

    name: str
    long_mm: float
    short_mm: float
    district_points: float
    base_points: float
    village_points: float
    margin_mm: float


A3 = Sheet("A3", 420.0, 297.0, 11.0, 7.5, 7.0, 8.0)
A0 = Sheet("A0", 1189.0, 841.0, 34.0, 25.0, 24.0, 15.0)


@dataclass(frozen=True)
class _Drawn:
    """A map on a sheet: its size and the scale of the plane on it, mm per unit of the plane."""

    sheet: Sheet
    wide_mm: float
    high_mm: float
    scale: float

    @property
    def head_mm(self) -> float:
        """Height of the title above the map."""
        return self.sheet.district_points * _MM_PER_POINT * 2.2

    @property
    def foot_mm(self) -> float:
        """Height of the legend under it."""
        return self.sheet.base_points * _MM_PER_POINT * 2.6


def floor_map(world: World, strategy: str, sheet: Sheet) -> bytes:
    """Return the floor map of a plan as a page of the sheet's size.

    Args:
        world: The prepared scenario; of it only the region and the plan are drawn.
        strategy: Name of the plan in force.
        sheet: The paper.
    """
    plane = Plane.around(world.region)
    drawn = _fitted(sheet, plane)
    districts = list(_district_labels(world, strategy, plane, drawn))
    bases = list(_base_labels(world, strategy, plane, drawn))
    frame = (0.0, 0.0, WIDTH * drawn.scale, plane.height * drawn.scale)
    marks = _marks(world, plane, drawn)
    placed = place_labels([*districts, *bases], frame, marks)
    villages = _free_villages(world, plane, drawn, placed, frame)
    ends, land, bar = len(districts), ground(world.region, plane), _bar(plane)
    return page(
        "sim.exercise", "floor_map.html",
        sheet=sheet, drawn=drawn, ground=land, base_marks=_base_marks(land, drawn), words=words,
        keys=_keys(drawn, bar * plane.km * drawn.scale + 10 * sheet.base_points * _MM_PER_POINT),
        title=words.MAP["title"].format(region=world.region.title, plan=world.scenario.titles[strategy]),
        groups=[
            ("district", sheet.district_points, [_text(p, sheet.district_points) for p in placed[:ends]]),
            ("base", sheet.base_points, [_text(p, sheet.base_points) for p in placed[ends:]]),
            ("village", sheet.village_points, villages),
        ],
        villages=_village_points(world, plane, drawn), mm=_MM_PER_POINT, line=_LINE,
        bar_km=bar, bar_mm=bar * plane.km * drawn.scale,
    ).encode()  # fmt: skip


def _fitted(sheet: Sheet, plane: Plane) -> _Drawn:
    """Return the map as large as it fits, in landscape or portrait."""
    found = []
    for wide, high in ((sheet.long_mm, sheet.short_mm), (sheet.short_mm, sheet.long_mm)):
        blank = _Drawn(sheet, wide, high, 1.0)
        inside = high - 2 * sheet.margin_mm - blank.head_mm - blank.foot_mm
        found.append(_Drawn(sheet, wide, high, min((wide - 2 * sheet.margin_mm) / WIDTH, inside / plane.height)))
    return max(found, key=lambda drawn: drawn.scale)


def _label(lines: list[str], x: float, y: float, points: float) -> Label:
    size = points * _MM_PER_POINT
    text = "\n".join(map(shown, lines))
    return Label(text, x, y, max(map(len, lines)) * _LETTER * size, len(lines) * _LINE * size)


def _district_labels(world: World, strategy: str, plane: Plane, drawn: _Drawn) -> Iterator[Label]:
    for district, row in zip(world.region.districts, district_rows(world, strategy).values(), strict=True):
        at = np.array([(v.lon, v.lat) for v in world.region.villages if v.district == district.index])
        if not len(at):
            continue
        x, y = float(plane.x(at[:, 0]).mean()) * drawn.scale, float(plane.y(at[:, 1]).mean()) * drawn.scale
        told = words.MAP["posts"].format(teams=row[2], officers=row[3]) if row[2] else words.MAP["none"]
        yield _label([district.name, told], x, y, drawn.sheet.district_points)


def _base_labels(world: World, strategy: str, plane: Plane, drawn: _Drawn) -> Iterator[Label]:
    """Give the names of the bases at each place, with the people of the plan who wait there."""
    people: defaultdict[str, int] = defaultdict(int)
    for alike, teams in waiting_teams(world, strategy).items():
        people[alike.base] += alike.strength * teams
    at: defaultdict[int, list[str]] = defaultdict(list)
    for base_at in world.region.bases:
        if sort_of(base_at) == "other" and base_at.agency is not BaseAgency.ELECTION and not people.get(base_at.code):
            continue  # the office of a district: its mark is enough, and it has its district's name
        there = people.get(base_at.code, 0)
        at[base_at.node].append(
            f"{base_at.name}: {words.MAP['wait'].format(people=there)}" if there else base_at.name
        )  # fmt: skip
    for node, names in at.items():
        x = float(plane.x(np.array(world.region.nodes[node].lon))) * drawn.scale
        y = float(plane.y(np.array(world.region.nodes[node].lat))) * drawn.scale
        if 0 <= x <= WIDTH * drawn.scale and 0 <= y <= plane.height * drawn.scale:
            more = names[_LINES_AT_ONE_PLACE:]
            yield _label([*names[:_LINES_AT_ONE_PLACE], *([f"+{len(more)}"] if more else [])], x, y,
                         drawn.sheet.base_points)  # fmt: skip


def _village_points(world: World, plane: Plane, drawn: _Drawn) -> list[tuple[float, float]]:
    villages = world.region.villages
    x = plane.x(np.array([v.lon for v in villages])) * drawn.scale
    y = plane.y(np.array([v.lat for v in villages])) * drawn.scale
    return list(zip(x.round(2).tolist(), y.round(2).tolist(), strict=True))


def _marks(world: World, plane: Plane, drawn: _Drawn) -> list[Box]:
    half = drawn.sheet.village_points * _MM_PER_POINT * 0.3
    return [(x - half, y - half, x + half, y + half) for x, y in _village_points(world, plane, drawn)]


def _free_villages(world: World, plane: Plane, drawn: _Drawn, placed: list[Placed], frame: Box) -> list[dict[str, Any]]:
    """Return the names of villages that have room beside their mark, those with most voters first."""
    region, size = world.region, drawn.sheet.village_points * _MM_PER_POINT
    voters = np.bincount(region.stations.node, weights=region.stations.registered, minlength=len(region.nodes))
    taken = [one.box for one in placed] + _marks(world, plane, drawn)
    points, found = _village_points(world, plane, drawn), []
    for i in sorted(range(len(region.villages)), key=lambda i: (-voters[i], i)):
        name = shown(region.villages[i].name)
        wide, high = len(name) * _LETTER * size, _LINE * size
        x, y = points[i]
        for dx, dy in ((wide / 2 + 0.5 * size, 0), (-wide / 2 - 0.5 * size, 0), (0, -0.9 * size), (0, 0.9 * size)):
            box = (x + dx - wide / 2, y + dy - high / 2, x + dx + wide / 2, y + dy + high / 2)
            inside = box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]
            if inside and not any(_meet(box, other) for other in taken):
                taken.append(box)
                found.append({"text": [name], "x": round(x + dx, 2), "y": round(y + dy, 2), "led": False})
                break
    return found


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _text(placed: Placed, points: float) -> dict[str, Any]:
    lines = placed.label.text.split("\n")
    top = placed.y - (len(lines) - 1) / 2 * _LINE * points * _MM_PER_POINT
    return {
        "text": lines, "x": round(placed.x, 2), "y": round(top, 2), "led": placed.is_led,
        "to": (round(placed.label.x, 2), round(placed.label.y, 2)), "from": (round(placed.x, 2), round(placed.y, 2)),
    }  # fmt: skip


def _path(sort: str, x: float, y: float, r: float) -> str:
    """Return the mark of a sort of base as SVG draws it, of half the size ``r``, mm."""
    corners = {
        "police": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
        "army": ((0, -1.1), (1.1, 0.9), (-1.1, 0.9)),
        "health": ((-0.4, -1.1), (0.4, -1.1), (0.4, -0.4), (1.1, -0.4), (1.1, 0.4), (0.4, 0.4), (0.4, 1.1),
                   (-0.4, 1.1), (-0.4, 0.4), (-1.1, 0.4), (-1.1, -0.4), (-0.4, -0.4)),
        "other": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
    }[sort]  # fmt: skip
    return "M" + "L".join(f"{x + dx * r:.2f} {y + dy * r:.2f}" for dx, dy in corners) + "Z"


def _base_marks(land: dict[str, Any], drawn: _Drawn) -> list[tuple[str, str]]:
    r = 0.5 * drawn.sheet.village_points * _MM_PER_POINT
    return [
        (_path(b["sort"], b["x"] * drawn.scale, b["y"] * drawn.scale, r), MARKS[b["sort"]][1]) for b in land["bases"]
    ]


def _keys(drawn: _Drawn, left: float) -> list[tuple[str, str, float, str]]:
    """Return the legend of the bases from so far to the right, mm: mark, colour, where its words are, and these."""
    size, found, x = drawn.sheet.base_points * _MM_PER_POINT, [], left
    for sort, (_, colour) in MARKS.items():
        name = region_words.MAP_LABELS[sort]
        found.append((_path(sort, x, 0.0, 0.5 * size), colour, round(x + size, 2), name))
        x += (len(name) * _LETTER + 4) * size
    return found


def _bar(plane: Plane) -> float:
    """Return the kilometres of the scale bar: the longest round number within a fifth of the map's width."""
    most = WIDTH / 5 / plane.km
    return max((km for km in (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0) if km <= most), default=0.5)
