"""Expected coverage against values worked out by brute force."""

from __future__ import annotations

from itertools import combinations_with_replacement

import numpy as np
import pytest

from sim.response.command.cover import Cover, least_missed

DEMAND = np.array([2.0, 2.0, 1.0, 1.0])
SITES = np.array([[1, 1, 0, 0], [0, 1, 1, 0], [1, 0, 0, 1]], dtype=np.bool_)


def at(sites: tuple[int, ...], busy: float) -> Cover:
    return Cover(tuple(range(len(sites))), SITES[list(sites)], DEMAND, busy)


@pytest.mark.parametrize(
    ("busy", "best"),
    [(0.3, {1: 2.8, 2: 4.2, 3: 5.04, 4: 5.46}), (0.5, {1: 2.0, 2: 3.0, 3: 4.0, 4: 4.5})],
)
def test_maximum_expected_covering_of_daskin_on_the_jemss_data(busy: float, best: dict[int, float]) -> None:
    for units, value in best.items():
        found = max(at(sites, busy).expected() for sites in combinations_with_replacement(range(3), units))
        assert found == pytest.approx(value, abs=1e-9)


def test_a_unit_is_missed_by_what_expected_coverage_loses_without_it() -> None:
    cover = at((0, 1, 2, 2), 0.3)
    for row, missed in enumerate(cover.missed()):
        assert missed == pytest.approx(cover.expected() - cover.without(row).expected())
    assert least_missed(cover, [0, 1, 2, 3]) == 2, "two stand at the same site, and each is missed least"
    assert least_missed(cover, [0, 9]) == 9, "one that covers nothing is not missed"
    assert cover.without(9) is cover
