"""The compiled seed sequence gives the words of numpy's."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.seeding import WORDS, words_of


@settings(deadline=None)  # the first call compiles
@given(st.lists(st.integers(0, 2**32 - 1), max_size=24))
def test_the_words_are_those_of_a_seed_sequence_of_any_entropy(entropy: list[int]) -> None:
    words = np.array(entropy, dtype=np.uint32)
    assert np.array_equal(words_of(words), np.random.SeedSequence(words).generate_state(WORDS, np.uint64))
