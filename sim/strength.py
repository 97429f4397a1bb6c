"""People by what they can do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from sim.vocabulary import Capability


@dataclass(frozen=True)
class Strength:
    """People by what they can do. It can be added up, compared, and asked what is missing; it never changes.

    Attributes:
        people: Capabilities with the number of people that have each, in the order of :class:`Capability`, none of
            them with 0; made with :meth:`of`.
        auxiliaries: Of the presence, that of people who are no officers: for how many officers they make up.
    """

    people: tuple[tuple[Capability, int], ...] = ()
    auxiliaries: int = 0

    @classmethod
    def of(cls, people: Mapping[Capability, int] | None = None, /, **named: int) -> Strength:
        """Return a strength from numbers by capability, as a mapping or as ``presence=6``; else a ``ValueError``."""
        numbers = {**(people or {}), **{Capability(name): number for name, number in named.items()}}
        return cls(tuple([(c, int(numbers[c])) for c in _CAPABILITIES if numbers.get(c)]))

    @cached_property
    def _number(self) -> Mapping[Capability, int]:
        return dict(self.people)

    @cached_property
    def officers(self) -> int:
        """Officers: the presence but that of auxiliaries."""
        return self[Capability.PRESENCE] - self.auxiliaries

    def __getitem__(self, capability: Capability) -> int:
        return self._number.get(capability, 0)

    def __iter__(self) -> Iterator[tuple[Capability, int]]:
        return iter(self.people)

    def __bool__(self) -> bool:
        return bool(self.people)

    def __add__(self, other: Strength) -> Strength:
        return _combined(self, other, 1) if self.people else other  # as mostly: they are the first who come

    def __sub__(self, other: Strength) -> Strength:
        return _combined(self, other, -1) if self.people != other.people else NOBODY

    def covers(self, need: Strength) -> bool:
        """Return whether all that is asked for is there."""
        return all(self[capability] >= number for capability, number in need)

    def missing(self, need: Strength) -> Strength:
        """Return what is asked for and not there."""
        return Strength.of({capability: max(0, number - self[capability]) for capability, number in need})


@lru_cache(maxsize=65_536)
def _combined(one: Strength, other: Strength, sign: int) -> Strength:
    """Return what both are together, or the one without the other: the same come together again and again."""
    people = [(c, number) for c in _CAPABILITIES if (number := one[c] + sign * other[c])]
    return Strength(tuple(people), one.auxiliaries + sign * other.auxiliaries)


_CAPABILITIES = tuple(Capability)
NOBODY = Strength()
"""No people at all."""
