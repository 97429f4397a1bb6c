"""From the entropy of a stream to the words that its generator starts from: numpy's seed sequence, compiled.

The algorithm is that of ``numpy.random.SeedSequence`` (after M. E. O'Neill, "Developing a seed_seq alternative", 2015),
for a pool of four words; the words are the same, in a fifth of the time.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.compiled import compiled

WORDS = 4
"""Words of 64 bits that are worked out: as many as the most demanding of the generators in use asks for."""
_POOL = 4
_INIT_A, _MULT_A = np.uint32(0x43B0D7E5), np.uint32(0x931E8875)
_INIT_B, _MULT_B = np.uint32(0x8B51F9DD), np.uint32(0x58F38DED)
_MIX_LEFT, _MIX_RIGHT = np.uint32(0xCA01F9DD), np.uint32(0x4973F715)
_SHIFT = np.uint32(16)


@compiled
def _mixed(x: np.uint32, y: np.uint32) -> np.uint32:
    mixed = np.uint32(np.uint32(_MIX_LEFT * x) - np.uint32(_MIX_RIGHT * y))
    return np.uint32(mixed ^ (mixed >> _SHIFT))


@compiled
def _hashed(value: np.uint32, by: np.uint32, then: np.uint32) -> np.uint32:
    value = np.uint32(np.uint32(value ^ by) * then)
    return np.uint32(value ^ (value >> _SHIFT))


@compiled
def words_of(entropy: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """Return the first words that a seed sequence of this entropy gives.

    Args:
        entropy: Words of 32 bits.

    Returns:
        :data:`WORDS` words of 64 bits.
    """
    pool, by, count = np.zeros(_POOL, dtype=np.uint32), _INIT_A, len(entropy)
    for i in range(_POOL):
        then = np.uint32(by * _MULT_A)
        pool[i] = _hashed(entropy[i] if i < count else np.uint32(0), by, then)
        by = then
    for i in range(max(_POOL, count)):
        for j in range(_POOL):
            if i != j:
                then = np.uint32(by * _MULT_A)
                pool[j] = _mixed(pool[j], _hashed(pool[i] if i < _POOL else entropy[i], by, then))
                by = then
    found, by = np.empty(2 * WORDS, dtype=np.uint32), _INIT_B
    for i in range(2 * WORDS):
        then = np.uint32(by * _MULT_B)
        found[i] = _hashed(pool[i % _POOL], by, then)
        by = then
    return found.view(np.uint64)
