"""What became of an imported road network, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.config.region import ROAD_CLASSES
from sim.errors import shortened
from sim.region.road_import.graph import NOT_SNAPPED
from sim.region.road_import.importing import Imported, ValueCount, missing_points
from sim.words import roads as words
from sim.words.language import number

_MOST_VALUES = 15
"""Values that are told of each sort; the rest is summed up."""
_MOST_PLACES = 8
"""Places that are named in a line; the rest is counted."""
_FARTHEST = 5
"""Places that are farthest from their road."""


def report(imported: Imported) -> list[str]:
    """Return what was read, dropped, snapped and left apart: the lines of a report."""
    return [*_read(imported), *_places(imported), *_parts(imported), *_roads(imported)]


def warnings(imported: Imported) -> list[str]:
    """Return what a user has to mend before the region is played: a sentence each."""
    places = imported.places
    limit = f"{imported.settings.snap_km:g}"
    off = np.flatnonzero(imported.snapped.point == NOT_SNAPPED).tolist()
    said = [words.WARN_NOT_SNAPPED.format(place=_name(imported, i), limit=limit) for i in off]
    main = places[imported.parts[0][0]].name
    said += [
        words.WARN_CUT_OFF.format(place=_name(imported, i), main=main) for part in imported.parts[1:] for i in part
    ]
    unknown = [one for one in imported.values if not one.known]
    return said + [
        words.WARN_UNKNOWN.format(value=shortened(one.value), lines=_lines(one.lines), km=_km(one.km))
        for one in unknown
    ]


def written_roads(imported: Imported, out: str) -> str:
    """Return the line that says what was written, and where to."""
    km = np.bincount(imported.road_class, imported.road_km, len(ROAD_CLASSES)).tolist()
    classes = ", ".join(f"{name} {_km(length)}" for name, length in zip(ROAD_CLASSES, km, strict=True) if length)
    return words.WRITTEN.format(
        out=out, roads=_count(words.ROADS, len(imported.u)), km=_km(float(imported.road_km.sum())), classes=classes
    )


def _read(imported: Imported) -> list[str]:
    """Return what the file holds, and what of it is no road."""
    drawn, values = imported.drawn, imported.values
    said = [
        words.READ.format(
            file=imported.file,
            lines=_lines(len(drawn.value)),
            key=imported.settings.key,
            km=_km(float(imported.km.sum())),
            without=_lines(drawn.without),
            no_lines=number(drawn.no_lines, ","),
        ),
        *_by_value(words.TAKEN, [one for one in values if one.road_class is not None]),
        *_by_value(words.DROPPED, [one for one in values if one.road_class is None and one.known]),
        *_by_value(words.UNKNOWN, [one for one in values if not one.known]),
    ]
    taken = {one.value for one in values if one.road_class is not None}
    is_taken = np.array([value in taken for value in drawn.values])[drawn.value] & ~drawn.barred
    for sentence, which in ((words.BARRED, drawn.barred), (words.ONE_WAY, drawn.one_way & is_taken)):
        said += _some(imported, sentence, which)
    if missing := missing_points(drawn):
        said.append(words.MISSING.format(count=number(missing, ",")))
    return said


def _by_value(heading: str, values: Sequence[ValueCount]) -> list[str]:
    """Return the lines of a file by what they say they are."""
    if not values:
        return []
    said = [heading]
    for one in values[:_MOST_VALUES]:
        said.append(_value(words.VALUE if one.road_class is None else words.VALUE_TAKEN, one))
    if more := values[_MOST_VALUES:]:
        lines, km = sum(one.lines for one in more), sum(one.km for one in more)
        said.append(words.MORE_VALUES.format(count=len(more), lines=_lines(lines), km=_km(km)))
    return said


def _value(sentence: str, one: ValueCount) -> str:
    """Return a sentence about the lines that say the same of themselves."""
    value, road_class = shortened(one.value), one.road_class
    return sentence.format(value=value, road_class=road_class, lines=_lines(one.lines), km=_km(one.km))


def _some(imported: Imported, sentence: str, which: NDArray[np.bool_]) -> list[str]:
    """Return a sentence about some lines, nothing when there are none."""
    count = int(which.sum())
    return [sentence.format(lines=_lines(count), km=_km(float(imported.km[which].sum())))] if count else []


def _places(imported: Imported) -> list[str]:
    """Return which places are on the network, and how far they were from it."""
    away, limit = imported.snapped.away, f"{imported.settings.snap_km:g}"
    on = imported.snapped.point != NOT_SNAPPED
    order = np.argsort(-away, kind="stable")
    said = [
        words.SNAPPED.format(
            snapped=number(int(on.sum()), ","),
            places=number(len(on), ","),
            limit=limit,
            median=_km(float(np.median(away[on])), 2),
        ),
        words.FARTHEST.format(places=_away(imported, order[on[order]][:_FARTHEST].tolist())),
    ]
    if moved := imported.snapped.moved:
        said.append(words.MOVED.format(places=_away(imported, moved)))
    if not on.all():
        said.append(words.NOT_SNAPPED.format(places=_away(imported, order[~on[order]].tolist())))
    return said


def _parts(imported: Imported) -> list[str]:
    """Return which places no road joins."""
    if len(imported.parts) == 1:
        return [words.CONNECTED]
    said = [words.PARTS.format(count=number(len(imported.parts), ","))]
    for part in imported.parts[:_MOST_VALUES]:
        sentence = words.PART_OF_ONE if len(part) == 1 else words.PART
        said.append(sentence.format(count=number(len(part), ","), places=_some_names(_name(imported, i) for i in part)))
    if more := len(imported.parts) - _MOST_VALUES:
        said += ["  " + words.MORE.format(count=number(more, ","))] if more > 0 else []
    return said


def _roads(imported: Imported) -> list[str]:
    """Return in what the roads differ from the ways of the network."""
    said = []
    if imported.same_point:
        names = _some_names(_name(imported, place) for place, _ in imported.same_point)
        said.append(words.SAME_POINT.format(places=names))
    if raised := len(imported.raised):
        most = _km(float(imported.raised.max()), 3)
        said.append(words.RAISED.format(roads=_count(words.ROADS, raised), most=most))
    through = f"{imported.settings.through_km:g}"
    sentence = words.LONGER if imported.settings.speeds is None else words.SLOWER
    said.append(
        sentence.format(
            longest=_km(imported.longest_km, 2), share=number(imported.longer_share, ".1%"), through=through
        )
    )
    return said


def _away(imported: Imported, places: Sequence[int]) -> str:
    """Return places with their distances from the nearest road."""
    return _some_names(
        words.PLACE_AWAY.format(
            name=imported.places[i].name, code=imported.places[i].code, km=_km(float(imported.snapped.away[i]), 2)
        )
        for i in places
    )


def _some_names(names: Iterable[str]) -> str:
    all_names = list(names)
    more = len(all_names) - _MOST_PLACES
    return ", ".join(all_names[:_MOST_PLACES]) + (" " + words.MORE.format(count=number(more, ",")) if more > 0 else "")


def _name(imported: Imported, place: int) -> str:
    return words.PLACE.format(name=imported.places[place].name, code=imported.places[place].code)


def _lines(count: int) -> str:
    return _count(words.LINES, count)


def _count(one_and_more: tuple[str, str], count: int) -> str:
    return one_and_more[count != 1].format(count=number(count, ","))


def _km(km: float, decimals: int = 1) -> str:
    return number(km, f",.{decimals}f")
