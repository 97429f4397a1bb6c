"""Where names stand on a map: near what they name, no name over another, with a line to it where it is far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Box = tuple[float, float, float, float]
"""Left, one edge, right, the other edge; the second is smaller than the fourth."""
_TURNS = 16
"""Directions that are tried at each distance."""
_DISTANCES = (0.0, 0.6, 1.0, 1.5, 2.0, 2.7, 3.5, 4.5, 6.0, 8.0, 11.0)
"""How far from its place a name may stand, in heights of its line."""
_LED_FROM = 1.4
"""From so many heights of its line on, a line leads from a name to its place."""
_GAP = 0.12
"""Free space round a name, in heights of its line."""
_OVER_NAME, _OUTSIDE, _OVER_MARK, _FAR = 1e6, 1e5, 6.0, 1.0
"""What is worst: a name over a name, one that leaves the picture, one over a mark, one that is far from its place."""


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
        return _box(self.label, self.x, self.y)


def place_labels(labels: Sequence[Label], frame: Box, obstacles: Sequence[Box] = ()) -> list[Placed]:
    """Return where names stand, in the order in which they were given.

    One after another, those with the closest neighbours first, each takes the best of some places round its own: free
    of other names above all, then inside the frame, then over few marks, then near.

    Args:
        labels: The names.
        frame: The picture.
        obstacles: Marks that names should rather not cover.
    """
    taken: list[Placed] = []
    found: dict[int, Placed] = {}
    for i in _most_crowded_first(labels):
        found[i] = min(_candidates(labels[i]), key=lambda c: _cost(c, taken, frame, obstacles))
        taken.append(found[i])
    return [found[i] for i in range(len(labels))]


def overlap(one: Box, other: Box) -> float:
    """Return the area that two boxes share."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return max(wide, 0.0) * max(high, 0.0)


def _most_crowded_first(labels: Sequence[Label]) -> list[int]:
    if len(labels) < 2:
        return list(range(len(labels)))
    at = np.array([(label.x, label.y) for label in labels])
    apart = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.inf)
    return [int(i) for i in np.argsort(np.sort(apart, axis=1)[:, : min(3, len(labels) - 1)].sum(axis=1), kind="stable")]


def _candidates(label: Label) -> list[Placed]:
    """Return the places of one name that are tried: on its place, and on ovals round it."""
    found = [Placed(label, label.x, label.y, False)]
    for distance in _DISTANCES[1:]:
        for angle in np.linspace(0.0, 2 * np.pi, _TURNS, endpoint=False).tolist():
            aside = distance * label.height + label.width / 2 - label.height / 2
            x, y = label.x + np.cos(angle) * aside, label.y + np.sin(angle) * distance * label.height
            found.append(Placed(label, float(x), float(y), distance >= _LED_FROM))
    return found


def _box(label: Label, x: float, y: float) -> Box:
    gap = _GAP * label.height
    wide, high = label.width / 2 + gap, label.height / 2 + gap
    return x - wide, y - high, x + wide, y + high


def _cost(candidate: Placed, taken: Sequence[Placed], frame: Box, obstacles: Sequence[Box]) -> float:
    box, label = candidate.box, candidate.label
    whole = (box[2] - box[0]) * (box[3] - box[1])
    over = sum(overlap(box, other.box) for other in taken) / whole
    crossed = sum(_crosses(candidate, other) for other in taken)
    outside = 1.0 - overlap(box, frame) / whole
    marks = sum(overlap(box, mark) / max((mark[2] - mark[0]) * (mark[3] - mark[1]), 1e-12) for mark in obstacles)
    far = np.hypot(candidate.x - label.x, candidate.y - label.y) / label.height
    worst = _OVER_NAME * (over + (1.0 if over else 0.0)) + _OUTSIDE * (outside if outside > 1e-9 else 0.0)
    return float(worst + 20.0 * crossed + _OVER_MARK * marks + _FAR * far + (2.0 if candidate.is_led else 0.0))


def _crosses(one: Placed, other: Placed) -> int:
    """Return 1 where the line of one name runs through the other name."""
    return int(_runs_through(one, other.box) or _runs_through(other, one.box))


def _runs_through(placed: Placed, box: Box) -> bool:
    if not placed.is_led:
        return False
    shares = np.linspace(0.0, 1.0, 13)
    x = placed.label.x + shares * (placed.x - placed.label.x)
    y = placed.label.y + shares * (placed.y - placed.label.y)
    return bool(((x > box[0]) & (x < box[2]) & (y > box[1]) & (y < box[3])).any())
