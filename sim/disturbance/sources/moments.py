"""Moments at which something may start: a Poisson process at many places, drawn beforehand, each with a mark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from sim.counts import poisson


@dataclass(frozen=True, eq=False)
class Moments:
    """Moments of one day in order of time.

    Attributes:
        time: Minutes after midnight.
        place: Index of the place.
        mark: Uniform in [0, 1); something starts when it is under the hazard over the rate that they were drawn with.
        kind: Name of the kind that it would be.
    """

    time: NDArray[np.float64]
    place: NDArray[np.int64]
    mark: NDArray[np.float64]
    kind: tuple[str, ...]

    def until(self, time: float, later: Moments) -> Moments:
        """Return these moments before a time and the later ones from it on: a Poisson process may be cut so."""
        mine, others = int(np.searchsorted(self.time, time)), int(np.searchsorted(later.time, time))
        return Moments(
            np.concatenate([self.time[:mine], later.time[others:]]),
            np.concatenate([self.place[:mine], later.place[others:]]),
            np.concatenate([self.mark[:mine], later.mark[others:]]),
            self.kind[:mine] + later.kind[others:],
        )


def draw_moments(
    rate: NDArray[np.float64], begin: float, end: float, weights: Mapping[str, float], rng: np.random.Generator,
    only: Mapping[str, NDArray[np.bool_]] = MappingProxyType({}),
) -> Moments:  # fmt: skip
    """Draw the moments of one day.

    Args:
        rate: Moments an hour at each place.
        begin: From when on, minutes after midnight.
        end: Until when.
        weights: How often each kind is the one that starts, against the others; not all 0.
        rng: Their stream.
        only: At which of the places a kind starts, where that is not all of them. It changes neither how many of the
            kind start in all, nor when, nor anything about the others.
    """
    count = poisson(float(rate.sum()) * max(0.0, end - begin) / 60.0, rng)
    time = np.sort(rng.uniform(begin, end, count))
    place_mark = rng.random(count)
    place = weighted(rate, place_mark)
    mark = rng.random(count)
    names = list(weights)
    kinds = weighted(np.array([*weights.values()], dtype=np.float64), rng.random(count))
    for k in set(kinds.tolist()):
        if (places := only.get(names[k])) is not None:
            these = kinds == k
            place[these] = weighted(rate * places, place_mark[these])
    return Moments(time, place, mark, tuple(names[k] for k in kinds.tolist()))


def weighted(weight: NDArray[np.float64], mark: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the index that each uniform mark falls on when every index has a share in proportion to its weight."""
    edges = np.cumsum(weight)
    index = np.searchsorted(edges, mark * edges[-1], side="right") if len(mark) else np.zeros(0)
    return index.astype(np.int64)
