"""Where names stand on a map: near what they name, no name over another, with a line to it where it is far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Box = tuple[float, float, float, float]
"""Left, one edge, right, the other edge; the second is smaller than the fourth."""
_TURNS = 16
"""Directions that are tried at each distance."""
_DISTANCES = (0.6, 1.0, 1.5, 2.0, 2.7, 3.5, 4.5, 6.0, 8.0)
"""How far from its place a name may stand, in heights of its line; it may stand on its place as well."""
_LED_FROM = 1.4
"""From so many heights of its line on, a line leads from a name to its place."""
_GAP = 0.12
"""Free space round a name, in heights of its line."""
_OVER_NAME, _OUTSIDE, _NEARER_ANOTHER, _CROSSED, _OVER_MARK, _LED = 1e6, 1e5, 8.0, 10.0, 1.5, 2.0
"""What is worst: a name over a name, outside the picture, nearer to another's place than to its own, over another's
line, over a mark, and so far that a line is needed."""
_FAR, _FARTHER = 1.5, 0.2
"""How bad it is to be a line's height from one's place, and the square of it."""
_ROUNDS = 6
"""How often each name looks for a better place when all others have theirs."""
_ON_LINE = np.linspace(0.0, 0.95, 14)
"""Where on the line to its place a name's way is looked at."""


@dataclass(frozen=True)
class Label:
    """A name to be placed.

    Attributes:
        text: The name.
        x: Where its place is.
        y: Likewise.
        width: How wide it is written.
        height: How high.
    """

    text: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Placed:
    """A name and where its middle stands; ``is_led``: so far from its place that a line has to lead there."""

    label: Label
    x: float
    y: float
    is_led: bool

    @property
    def box(self) -> Box:
        """What it covers."""
        wide, high = self.label.width / 2, self.label.height / 2
        return self.x - wide, self.y - high, self.x + wide, self.y + high


@dataclass(frozen=True, eq=False)
class _Tried:
    """The places that are tried for one name, one entry each.

    Attributes:
        label: The name.
        middle: (places, 2) where its middle would stand.
        led: Whether a line would lead from there.
        cost: How bad each is by itself, whatever other names do.
    """

    label: Label
    middle: Floats
    led: NDArray[np.bool_]
    cost: Floats

    @cached_property
    def boxes(self) -> Floats:
        """(places, 4) what the name would cover, with the free space round it."""
        return _boxes(self.label, self.middle)

    @cached_property
    def lines(self) -> Floats:
        """(places, points, 2) points on the line to the place; outside of everything where there is none."""
        here = np.array([self.label.x, self.label.y])
        points = here + _ON_LINE[None, :, None] * (self.middle - here)[:, None, :]
        return np.where(self.led[:, None, None], points, np.nan)


def place_labels(labels: Sequence[Label], frame: Box, obstacles: Sequence[Box] = ()) -> list[Placed]:
    """Return where names stand, in the order in which they were given.

    One after another, those with the closest neighbours first, each takes the best of some places round its own: free
    of other names above all, then inside the frame, then nearest to its own place, over few marks, and near. Then each
    looks again, all others being placed, until nobody moves.

    Args:
        labels: The names.
        frame: The picture.
        obstacles: Marks that names should rather not cover.
    """
    marks = np.array(obstacles, dtype=float).reshape(-1, 4)
    tried = [_tried(label, [one for one in labels if one is not label], frame, marks) for label in labels]
    order, taken = _most_crowded_first(labels), dict[int, int]()
    for _ in range(_ROUNDS):
        before = dict(taken)
        for i in order:
            others = [(tried[j], taken[j]) for j in taken if j != i]
            taken[i] = int(np.argmin(tried[i].cost + _in_the_way(tried[i], others)))
        if taken == before:
            break
    found = ((tried[i], taken[i]) for i in range(len(labels)))
    return [Placed(t.label, float(t.middle[k, 0]), float(t.middle[k, 1]), bool(t.led[k])) for t, k in found]


def overlaps(ones: Floats, others: Floats) -> Floats:
    """Return the area that each of some boxes (n, 4) shares with each of others (m, 4), shape (n, m)."""
    wide = np.minimum(ones[:, None, 2], others[None, :, 2]) - np.maximum(ones[:, None, 0], others[None, :, 0])
    high = np.minimum(ones[:, None, 3], others[None, :, 3]) - np.maximum(ones[:, None, 1], others[None, :, 1])
    area: Floats = np.maximum(wide, 0.0) * np.maximum(high, 0.0)
    return area


def _most_crowded_first(labels: Sequence[Label]) -> list[int]:
    if len(labels) < 2:
        return list(range(len(labels)))
    at = np.array([(label.x, label.y) for label in labels])
    apart = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.inf)
    nearest = np.sort(apart, axis=1)[:, : min(3, len(labels) - 1)].sum(axis=1)
    return [int(i) for i in np.argsort(nearest, kind="stable")]


def _tried(label: Label, others: Sequence[Label], frame: Box, marks: Floats) -> _Tried:
    """Return the places that are tried for a name: on its place, and on ovals round it."""
    distance, turn = (v.ravel() for v in np.meshgrid(_DISTANCES, np.arange(_TURNS) * 2 * np.pi / _TURNS, indexing="ij"))
    aside = np.cos(turn) * (distance * label.height + (label.width - label.height) / 2)
    above = np.sin(turn) * distance * label.height
    middle = np.array([label.x, label.y]) + np.concatenate([[[0.0, 0.0]], np.column_stack([aside, above])])
    led = np.concatenate([[False], distance >= _LED_FROM])
    return _Tried(label, middle, led, _by_itself(label, middle, led, others, frame, marks))


def _by_itself(
    label: Label, middle: Floats, led: NDArray[np.bool_], others: Sequence[Label], frame: Box, marks: Floats
) -> Floats:
    """Return how bad each place of a name is, whatever other names do."""
    boxes = _boxes(label, middle)
    whole = (boxes[0, 2] - boxes[0, 0]) * (boxes[0, 3] - boxes[0, 1])
    outside = 1.0 - overlaps(boxes, np.array([frame]))[:, 0] / whole
    size = np.maximum((marks[:, 2] - marks[:, 0]) * (marks[:, 3] - marks[:, 1]), 1e-12)
    covered = (overlaps(boxes, marks) / size).sum(axis=1)
    apart = np.hypot(*(middle - [label.x, label.y]).T)
    places = np.array([(one.x, one.y) for one in others]).reshape(-1, 2)
    strange = (np.hypot(*(middle[:, None] - places[None]).transpose(2, 0, 1)) < apart[:, None]).any(axis=1)
    heights = apart / label.height
    far = _FAR * heights + _FARTHER * heights**2
    cost: Floats = far + _LED * led + _OVER_MARK * covered + _NEARER_ANOTHER * strange
    cost += _OUTSIDE * np.where(outside > 1e-9, outside, 0.0)
    return cost


def _boxes(label: Label, middle: Floats) -> Floats:
    gap = _GAP * label.height
    half = np.array([label.width / 2 + gap, label.height / 2 + gap])
    return np.concatenate([middle - half, middle + half], axis=1)


def _in_the_way(one: _Tried, others: Sequence[tuple[_Tried, int]]) -> Floats:
    """Return how much each place of a name is in the way of names that are placed, and they of it."""
    if not others:
        return np.zeros(len(one.middle))
    boxes = np.array([other.boxes[k] for other, k in others])
    lines = np.array([other.lines[k] for other, k in others])
    over = overlaps(one.boxes, boxes).sum(axis=1)
    under_lines = _runs_through(lines[None], one.boxes[:, None])
    over_lines = _runs_through(one.lines[:, None], boxes[None])
    crossed = (under_lines | over_lines).sum(axis=1)
    whole = (one.boxes[0, 2] - one.boxes[0, 0]) * (one.boxes[0, 3] - one.boxes[0, 1])
    cost: Floats = _OVER_NAME * (over / whole + (over > 0)) + _CROSSED * crossed
    return cost


def _runs_through(lines: Floats, boxes: Floats) -> NDArray[np.bool_]:
    """Return whether lines (…, points, 2) run through boxes (…, 4)."""
    x, y = lines[..., 0], lines[..., 1]
    left, low, right, high = (boxes[..., i, None] for i in range(4))
    inside: NDArray[np.bool_] = (x > left) & (x < right) & (y > low) & (y < high)
    return np.asarray(inside.any(axis=-1), dtype=np.bool_)
