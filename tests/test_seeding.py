"""The compiled seed sequence gives the words of numpy's, and the compiled generator the numbers."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.seeding import WORDS, uniforms_of, words_of


@settings(deadline=None)  # the first call compiles
@given(st.lists(st.integers(0, 2**32 - 1), max_size=24))
def test_the_words_are_those_of_a_seed_sequence_of_any_entropy(entropy: list[int]) -> None:
    words = np.array(entropy, dtype=np.uint32)
    assert np.array_equal(words_of(words), np.random.SeedSequence(words).generate_state(WORDS, np.uint64))


@settings(deadline=None)
@given(st.lists(st.integers(0, 2**32 - 1), max_size=24), st.integers(0, 300))
def test_the_numbers_are_those_of_a_generator_of_any_entropy(entropy: list[int], number: int) -> None:
    words = np.array(entropy, dtype=np.uint32)
    whole = np.random.Generator(np.random.PCG64(np.random.SeedSequence(words))).random(number)
    assert np.array_equal(uniforms_of(words, number), whole)
