"""From the entropy of a stream to the words that its generator starts from, and to its uniform numbers, compiled.

The first is numpy's seed sequence. The algorithm is that of ``numpy.random.SeedSequence`` (after M. E. O'Neill,
"Developing a seed_seq alternative", 2015), for a pool of four words; the words are the same, in a fifth of the time.

The second is what ``numpy.random.Generator.random`` gives with ``PCG64`` (M. E. O'Neill, "PCG: a family of simple fast
space-efficient statistically good algorithms for random number generation", 2014: XSL-RR with a state of 128 bits); the
numbers are the same. Most streams are asked for a number or two, and to make a generator takes longer than these.
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
_LOW_HALF, _HALF = np.uint64(0xFFFFFFFF), np.uint64(32)
_MULT_HIGH, _MULT_LOW = np.uint64(0x2360ED051FC65DA4), np.uint64(0x4385DF649FCCF645)
_ONE, _TOP, _ROTATED, _TURN, _ROUNDED = np.uint64(1), np.uint64(63), np.uint64(58), np.uint64(64), np.uint64(11)
_STEP = 2.0**-53
_Wide = tuple[np.uint64, np.uint64]
"""A number of 128 bits: its high and its low word."""


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


@compiled
def _high_of_product(a: np.uint64, b: np.uint64) -> np.uint64:
    """Return the high word of the product of two words."""
    a_low, a_high, b_low, b_high = a & _LOW_HALF, a >> _HALF, b & _LOW_HALF, b >> _HALF
    middle = a_high * b_low + ((a_low * b_low) >> _HALF)
    other = a_low * b_high + (middle & _LOW_HALF)
    return np.uint64(a_high * b_high + (middle >> _HALF) + (other >> _HALF))


@compiled
def _plus(a: _Wide, b: _Wide) -> _Wide:
    low = a[1] + b[1]
    return a[0] + b[0] + (_ONE if low < a[1] else np.uint64(0)), low


@compiled
def _stepped(state: _Wide, increment: _Wide) -> _Wide:
    """Return the next state of the generator."""
    high, low = state
    product = _high_of_product(low, _MULT_LOW) + high * _MULT_LOW + low * _MULT_HIGH, low * _MULT_LOW
    return _plus(product, increment)


@compiled
def uniforms_of(entropy: NDArray[np.uint32], number: int) -> NDArray[np.float64]:
    """Return the first uniform numbers in [0, 1) of the stream of this entropy.

    Args:
        entropy: Words of 32 bits.
        number: How many.
    """
    words = words_of(entropy)
    increment = (words[2] << _ONE) | (words[3] >> _TOP), (words[3] << _ONE) | _ONE
    state = _stepped(_plus(increment, (words[0], words[1])), increment)
    found = np.empty(number)
    for i in range(number):
        state = _stepped(state, increment)
        mixed, turn = state[0] ^ state[1], state[0] >> _ROTATED
        turned = (mixed >> turn) | (mixed << ((_TURN - turn) & _TOP))
        found[i] = (turned >> _ROUNDED) * _STEP
    return found
