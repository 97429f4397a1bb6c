"""The lines of a file, as they are drawn: points, lines through them, and what each line says it is."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.errors import UserError
from sim.words.language import gettext as _

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MOST_POINTS = 3_000_000
"""Points of all lines together; an assumption of what fits the memory of a small machine."""
MOST_LINES = 500_000
"""Lines, for the same reason."""
NO_POINT = -1
"""Stands for a point that a line refers to and the file does not hold."""
_BARRED_BY = ("motor_vehicle", "vehicle", "access")
"""Tags that say who may use a way, the most particular first (OpenStreetMap wiki, "Key:access")."""
_ONE_WAY = ("yes", "true", "1", "-1", "reverse")
"""Values of the tag ``oneway`` that say so (OpenStreetMap wiki, "Key:oneway")."""


@dataclass(frozen=True)
class Drawn:
    """All lines of a file that say what they are.

    Attributes:
        lat: Of each point, degrees. Lines meet where they share a point.
        lon: Likewise.
        points: The points of all lines, line after line; NO_POINT where the file does not hold one.
        starts: Where each line begins in ``points``, and at last where the last one ends.
        value: What each line says it is, as a position in ``values``.
        values: The words for it, each once.
        one_way: Whether each line is marked as one-way.
        barred: Whether each line is marked as closed to vehicles.
        without: Lines that do not say what they are.
        no_lines: Things of the file that are no lines.
    """

    lat: Floats
    lon: Floats
    points: Ints
    starts: Ints
    value: Ints
    values: tuple[str, ...]
    one_way: NDArray[np.bool_]
    barred: NDArray[np.bool_]
    without: int
    no_lines: int


class Drawing:
    """Takes the lines of a file one by one."""

    def __init__(self, file: Path, key: str) -> None:
        """Begin.

        Args:
            file: The file, for messages.
            key: The property or tag that says what a line is.
        """
        self.file = file
        self.key = key
        self.without = 0
        self.no_lines = 0
        self._points = array("q")
        self._starts = array("q", [0])
        self._value = array("q")
        self._values: dict[str, int] = {}
        self._one_way = bytearray()
        self._barred = bytearray()

    def wants(self, tags: Mapping[str, object]) -> bool:
        """Return whether a line with these tags says what it is; one that does not is counted."""
        wanted = isinstance(tags.get(self.key), str)
        self.without += not wanted
        return wanted

    def line(self, points: Iterable[int], tags: Mapping[str, object]) -> None:
        """Take a line.

        Args:
            points: Numbers of its points, whatever they mean to the caller; equal ones are the same point.
            tags: What the file says of it; ``wants`` has said yes to them.

        Raises:
            UserError: When there are too many lines or points.
        """
        self._points.extend(points)
        self._starts.append(len(self._points))
        self._value.append(self._values.setdefault(str(tags[self.key]), len(self._values)))
        self._one_way.append(str(tags.get("oneway")).lower() in _ONE_WAY)
        said = next((tags[name] for name in _BARRED_BY if tags.get(name) is not None), None)
        self._barred.append(said == "no")
        if len(self._value) > MOST_LINES or len(self._points) > MOST_POINTS:
            raise UserError(
                _(
                    "{file}: cannot be read (it has more than {most_lines:,} lines with '{key}' or more "
                    "than {most_points:,} points of such lines; cut out the surroundings of the region)"
                ).format(file=self.file, most_lines=MOST_LINES, key=self.key, most_points=MOST_POINTS)
            )

    def points(self) -> Ints:
        """Return the numbers of all points of all lines so far."""
        return np.array(self._points, dtype=np.int64)

    def drawn(self, lat: Floats, lon: Floats, points: Ints) -> Drawn:
        """Return the whole.

        Args:
            lat: Of each point, degrees.
            lon: Likewise.
            points: For each entry of ``points()``, which point of ``lat`` and ``lon`` it is, or NO_POINT.
        """
        return Drawn(
            lat=lat,
            lon=lon,
            points=points,
            starts=np.array(self._starts, dtype=np.int64),
            value=np.array(self._value, dtype=np.int64),
            values=tuple(self._values),
            one_way=np.frombuffer(bytes(self._one_way), dtype=np.bool_),
            barred=np.frombuffer(bytes(self._barred), dtype=np.bool_),
            without=self.without,
            no_lines=self.no_lines,
        )
