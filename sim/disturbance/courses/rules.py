"""A kind of crowd as the kernel reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from math import inf

import numpy as np
from numpy.typing import NDArray

from sim import exact
from sim.config.courses import CrowdCourse
from sim.config.joining import Thresholds as Personal
from sim.config.kinds import Kind
from sim.disturbance.courses.kernel import Rates, Thresholds, numbers_of, severity_of
from sim.disturbance.courses.sides import Sides
from sim.vocabulary import Severity

_NEVER_REACHED = inf
"""More active people than there can be: the threshold of a severity that a kind does not have."""


_FINE = 10_000
"""Normal thresholds are laid out as so many people of equal weight: as fine as any crowd."""


def shares_of(thresholds: Personal | None) -> NDArray[np.float64]:
    """Return personal thresholds in order; normal ones at the middles of equal parts of their distribution."""
    if thresholds is None:
        return _NONE
    if thresholds.mean_share is None or thresholds.sd_share is None:
        return np.sort(np.array(thresholds.shares, dtype=np.float64))
    return thresholds.mean_share + thresholds.sd_share * _middles()


@cache
def _middles() -> NDArray[np.float64]:
    return exact.normals((np.arange(_FINE) + 0.5) / _FINE)


_NONE = np.empty(0)


@dataclass(frozen=True, eq=False)
class CrowdRules:
    """A kind of crowd as the kernel reads it.

    Attributes:
        settings: The course's settings.
        sides: How its people divide between two sides.
        thresholds: Active people at which something changes. A severity that the kind does not have begins together
            with the next worse one, or with more people than there can be.
        numbers: Rates of the jumps and thresholds as one array.
        shares: Personal thresholds in order, shares of all who are there; empty where nobody waits for others.
    """

    settings: CrowdCourse
    sides: Sides
    thresholds: Thresholds
    numbers: NDArray[np.float64]
    shares: NDArray[np.float64]

    @classmethod
    def of(cls, kind: Kind) -> CrowdRules:
        """Return the rules of a kind of one crowd, or of the first of two; the same for each disturbance of it."""
        return _of_one(kind)

    @classmethod
    def made(cls, kind: Kind) -> CrowdRules:
        """Return them made anew."""
        c = kind.course
        assert isinstance(c, CrowdCourse)
        injury = c.injuries_per_active_hour / 60.0
        rates = Rates(
            join=c.join_per_minute,
            calm=c.calm_per_minute,
            disperse=c.disperse_per_minute,
            deterrence=c.deterrence,
            team_size=c.team_size,
            engage_ratio=c.engage_ratio,
            supporters=c.supporters_per_minute,
            injury_yellow=injury * c.injured_yellow_factor,
            injury_red=injury,
            officer_injury=c.officers_hurt_per_hour / 60.0,
            withdraw_ratio=c.withdraw_ratio,
            react=0.0 if c.thresholds is None else c.thresholds.react_per_minute,
        )
        begins = {severity: stage.from_active for severity, stage in kind.severities.items()}
        red = begins.get(Severity.RED) or _NEVER_REACHED
        yellow = begins.get(Severity.YELLOW) or red
        # Floats, whatever they came as, or the kernel would be compiled once more for each mixture.
        thresholds = Thresholds(
            float(c.floor), float(yellow), float(red), float(c.hysteresis), float(Severity.of(c.formed_from))
        )
        return cls(c, Sides.of_one(c), thresholds, numbers_of(rates, thresholds), shares_of(c.thresholds))

    def first(self, active: int) -> Severity:
        """Return the severity with which so many active people begin."""
        return _first(self, active)

    def with_supporters(self, share: float) -> CrowdRules:
        """Return the rules when only a share of the supporters can come."""
        if share == 1.0:
            return self
        sides = ("supporters", "other_supporters")
        return self.with_rates({side: share * self.numbers[Rates._fields.index(side)] for side in sides})

    def with_rates(self, rates: Mapping[str, float]) -> CrowdRules:
        """Return the rules with some rates at other values, by their names in ``Rates``."""
        numbers = self.numbers.copy()
        for name, rate in rates.items():
            numbers[Rates._fields.index(name)] = rate
        return replace(self, numbers=numbers)


@lru_cache(maxsize=256)
def _first(rules: CrowdRules, active: int) -> Severity:
    return Severity(severity_of(active, 0, rules.thresholds))


class _Same:
    """A kind that is equal to itself alone: to compare two with all their settings takes longer than to read one."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.kind is self.kind

    def __hash__(self) -> int:
        return id(self.kind)


def once_a_kind(make: Callable[[Kind], CrowdRules]) -> Callable[[Kind], CrowdRules]:
    """Return what makes the rules of a kind, and makes them once for all its disturbances."""
    made = lru_cache(maxsize=256)(lambda same: make(same.kind))
    return lambda kind: made(_Same(kind))


_of_one = once_a_kind(CrowdRules.made)
