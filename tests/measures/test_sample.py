"""A quantile is the same however many things are counted at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.measures import sample
from sim.measures.sample import Quantile


@given(
    st.lists(st.tuples(st.sampled_from([0.0, 1.0, 2.5, np.inf]), st.integers(0, 3), st.integers(0, 4)), min_size=1, max_size=60),
    st.sampled_from([0.1, 0.5, 0.9, 1.0]),
    st.integers(0, 2**32 - 1),
)  # fmt: skip
def test_at_once_block_by_block_and_thing_by_thing(
    things: list[tuple[float, int, int]], share: float, seed: int
) -> None:
    value, day, count = (np.array(column) for column in zip(*things, strict=True))
    weights = np.random.default_rng(seed).multinomial(4, [0.25] * 4, size=20).astype(float)
    made = Quantile(value, day, share, count.astype(float))
    at_once = made.estimate(weights)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sample, "_AT_ONCE", 0)
        block_by_block = made.estimate(weights)
    assert np.array_equal(at_once, block_by_block, equal_nan=True)
    for found, often in zip(at_once, weights, strict=True):
        all_things = np.sort(np.repeat(value, (often[day] * count).astype(int)))
        nothing = len(all_things) == 0
        assert np.isnan(found) if nothing else found == all_things[int(np.ceil(share * len(all_things) - 1e-9)) - 1]
