"""Named random streams: who draws from which never depends on what else is in the model.

A stream is named by what it is for (``"voters"``, ``"incident/s0"``, ``"unit/reserve/POLRES/1"``). Its generator is
seeded by the run's seed, the replication, the branch and the name, so a strategy cannot change what another entity
draws (common random numbers), and results do not depend on the number of workers or the order of the days. A generator
is made once and kept: a stream that is asked for twice goes on, it does not start again.

**Branches.** A day can be forked at a time: up to it every stream is that of the day itself (branch 0), from it on
every stream is one of the branch. Whoever draws asks for his stream each time, and gets the one that is in force.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from typing import Any, Protocol, TypeVar, cast

import numpy as np
from numpy.random.bit_generator import ISeedSequence
from numpy.typing import DTypeLike, NDArray

S = TypeVar("S")
T = TypeVar("T")
_BLOCK = 128
"""Uniform numbers that are worked out together at first: more than most streams are asked for."""


class Uniform(Protocol):
    """Whatever gives uniform numbers."""

    def random(self) -> float:
        """Return the next one, in [0, 1)."""


@cache
def _uniforms() -> Callable[[NDArray[np.uint32], int], NDArray[np.float64]]:
    from sim.seeding import uniforms_of  # loads the compiler, which checking a file does not need

    return uniforms_of


class Drawn:
    """The uniform numbers of one stream, as far as somebody has asked for them.

    Args:
        entropy: What the stream starts from, words of 32 bits.

    Attributes:
        numbers: Those that are known so far.
    """

    def __init__(self, entropy: NDArray[np.uint32]) -> None:
        self._entropy = entropy
        self.numbers = _uniforms()(entropy, _BLOCK)

    def beyond(self, number: int) -> NDArray[np.float64]:
        """Return more of them than so many, from the first on."""
        if len(self.numbers) <= number:
            self.numbers = _uniforms()(self._entropy, 2 * number)
        return self.numbers


class Marks:
    """Uniform numbers in [0, 1) of one stream, used in order. Others may use the same ones, each from the first on.

    Args:
        drawn: The numbers.

    Attributes:
        numbers: Those that are drawn so far, as far as they are known here; not to be changed.
        used: How many of them are used.
    """

    def __init__(self, drawn: Drawn) -> None:
        self._drawn = drawn
        self.numbers = drawn.numbers
        self.used = 0

    def draw_more(self) -> None:
        """Let there be more numbers than there are."""
        self.numbers = self._drawn.beyond(len(self.numbers))

    def random(self) -> float:
        """Return the next number."""
        used = self.used
        self.used = used + 1
        try:
            return self.numbers.item(used)
        except IndexError:  # of most streams nobody asks for so many
            self.draw_more()
            return self.numbers.item(used)

    def several(self, number: int) -> list[float]:
        """Return the next so many numbers."""
        while self.used + number > len(self.numbers):
            self.draw_more()
        self.used += number
        return cast(list[float], self.numbers[self.used - number : self.used].tolist())


class _Seed(ISeedSequence):
    """What numpy's seed sequence of this entropy gives to the generators in use, worked out once.

    They take whatever has this interface; their type hints know of numpy's own only.
    """

    def __init__(self, entropy: NDArray[np.uint32]) -> None:
        from sim.seeding import words_of  # loads the compiler, which checking a file does not need

        self._words = words_of(entropy)

    def generate_state(self, n_words: int, dtype: DTypeLike = np.uint32) -> NDArray[np.uint32 | np.uint64]:
        """Return the first words, of 64 bits each: no generator in use asks for others, or for more of them."""
        assert dtype is np.uint64 and n_words <= len(self._words)
        return self._words[:n_words]


class Seeds:
    """The seeds of one replication: to work one out takes longer than to make a generator from it.

    Whoever plays the replication again, under another strategy, shares them; what is drawn is not shared.

    Args:
        seed: The run's seed.
        replication: Number of the simulated day, from 0.
    """

    def __init__(self, seed: int, replication: int) -> None:
        self._prefix = _words(seed) + _words(replication)
        self._day = f"{seed}/{replication}"
        self._kept: dict[tuple[str, int], _Seed] = {}
        self._drawn: dict[tuple[str, int], Drawn] = {}
        self._uniform: dict[tuple[str, int], float] = {}
        self.by_settings: dict[tuple[str, int], tuple[Any, Any]] = {}
        """Settings, and what was drawn by them from a stream of which everybody draws the same."""

    def of(self, name: str, branch: int) -> ISeedSequence:
        """Return the seed of a stream in a branch."""
        key = name, branch
        if key not in self._kept:
            self._kept[key] = _Seed(self._entropy(*key))
        return self._kept[key]

    def _entropy(self, name: str, branch: int) -> NDArray[np.uint32]:
        digest = blake2b(name.encode(), digest_size=16).digest()
        words = self._prefix + digest + (_words(branch) if branch else b"")
        return np.frombuffer(words, dtype=np.uint32)  # words of 32 bits are taken as they are

    def generator(self, name: str, branch: int) -> np.random.Generator:
        """Return a generator at the beginning of a stream in a branch."""
        return np.random.Generator(np.random.PCG64(self.of(name, branch)))  # type: ignore[arg-type]

    def numbers(self, stream: tuple[str, int]) -> Drawn:
        """Return the uniform numbers of a stream, given its name and branch, worked out once for everybody."""
        drawn = self._drawn.get(stream)
        if drawn is None:
            drawn = self._drawn[stream] = Drawn(self._entropy(*stream))
        return drawn

    def uniform(self, name: str, branch: int) -> float:
        """Return the only number of a name in a branch, in [0, 1)."""
        key = name, branch
        number = self._uniform.get(key)
        if number is None:
            words = f"{self._day}/{name}{f'/branch {branch}' if branch else ''}".encode()
            number = self._uniform[key] = int.from_bytes(blake2b(words, digest_size=7).digest()) / 2.0**56
        return number


class Streams:
    """The random streams of one replication.

    Args:
        seed: The run's seed.
        replication: Number of the simulated day, from 0.
        branch: 0: the day itself; another number: another course of the same day from ``fork`` on.
        fork: From when on the branch is in force, minutes after midnight; minus infinity: from the beginning.
        now: Tells the time, minutes after midnight; None: it is before every fork but minus infinity.
        seeds: The seeds of this replication, if it has been played before.
    """

    def __init__(
        self,
        seed: int,
        replication: int,
        branch: int = 0,
        *,
        fork: float = math.inf,
        now: Callable[[], float] | None = None,
        seeds: Seeds | None = None,
    ) -> None:
        self.seed = seed
        self.replication = replication
        self.branch = branch
        self.fork = fork
        self._now = now if now is not None else lambda: -math.inf
        self.seeds = Seeds(seed, replication) if seeds is None else seeds
        self._kept: dict[tuple[str, int], np.random.Generator] = {}
        self._bulk: dict[tuple[str, int], np.random.Generator] = {}
        self._marks: dict[tuple[str, int], Marks] = {}

    @property
    def branch_now(self) -> int:
        """The branch that is in force."""
        return self.branch if self.branch and self._now() >= self.fork else 0

    def generator(self, name: str) -> np.random.Generator:
        """Return the generator of this name in the branch that is in force; asked for again it goes on.

        Raises:
            ValueError: When the stream is used by its ``marks`` already, which are the same numbers.
        """
        key = (name, self.branch_now)
        kept = self._kept.get(key)
        if kept is None:
            if key in self._marks:
                raise ValueError(name)
            kept = self._kept[key] = self.seeds.generator(*key)
        return kept

    def marks(self, name: str) -> Marks:
        """Return the uniform numbers of this name in the branch that is in force; asked for again they go on.

        They are those of ``generator``, drawn once for all who share seeds: for streams that give nothing else.

        Raises:
            ValueError: When the stream is used by its generator already, which would give the same numbers again.
        """
        key = (name, self.branch and self.branch_now)
        marks = self._marks.get(key)
        if marks is None:
            if key in self._kept:
                raise ValueError(name)
            marks = self._marks[key] = Marks(self.seeds.numbers(key))
        return marks

    def once(self, name: str, draw: Callable[[S, np.random.Generator], T], settings: S) -> T:
        """Return all that is drawn from a stream that is asked for nothing else, drawn once for all who share seeds.

        Args:
            name: The stream.
            draw: Draws from it by some settings.
            settings: The settings; whoever has others, which are not equal to them, draws for himself.
        """
        key = name, self.branch_now
        known, drawn = self.seeds.by_settings.get(key, (None, None))
        if known is not settings and known != settings:
            self.seeds.by_settings[key] = settings, (drawn := draw(settings, self.seeds.generator(*key)))
        return cast(T, drawn)

    def bulk(self, name: str) -> np.random.Generator:
        """Return the same for large arrays: SFC64 (Doty-Humphrey 2010), a quarter faster there."""
        key = (name, self.branch_now)
        if key not in self._bulk:
            self._bulk[key] = np.random.Generator(np.random.SFC64(self.seeds.of(*key)))  # type: ignore[arg-type]
        return self._bulk[key]

    def uniform(self, name: str) -> float:
        """Return one number in [0, 1) for this name, straight from the hash: for entities that need a single draw."""
        return self.seeds.uniform(name, self.branch and self.branch_now)


def _words(number: int) -> bytes:
    """Return a whole number from zero in words of 32 bits, as many as it needs, at least one."""
    return number.to_bytes(4 * max(1, -(-number.bit_length() // 32)), "little")
