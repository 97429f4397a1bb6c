"""Outlines for maps."""

from __future__ import annotations

import numpy as np
import pytest

from sim.day.world import World
from sim.region.outline import clip, clip_segment, district_borders, village_cells
from sim.region.region import Region

SQUARE = np.array([(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)])


@pytest.mark.parametrize(
    ("segment", "inside"),
    [
        ([(0.5, 0.5), (1.5, 1.0)], [(0.5, 0.5), (1.5, 1.0)]),
        ([(-1.0, 1.0), (3.0, 1.0)], [(0.0, 1.0), (2.0, 1.0)]),
        ([(1.0, 3.0), (1.0, 1.5)], [(1.0, 2.0), (1.0, 1.5)]),
        ([(-1.0, 1.0), (1.0, 3.0)], None),
        ([(3.0, 0.0), (3.0, 2.0)], None),
        ([(0.5, -1.0), (2.5, -1.0)], None),
    ],
)
def test_a_segment_is_cut_at_the_edges(segment: list, inside: list | None) -> None:
    found = clip_segment(np.array(segment), SQUARE)
    assert (found is None) == (inside is None)
    if inside is not None and found is not None:
        assert found == pytest.approx(np.array(inside))


def test_what_two_squares_have_in_common() -> None:
    common = clip(SQUARE, SQUARE + 1.0)
    assert sorted(map(tuple, common.tolist())) == [(1.0, 1.0), (1.0, 2.0), (2.0, 1.0), (2.0, 2.0)]


def nearest(region: Region, point: np.ndarray) -> list[int]:
    """Districts of the villages nearest a point, as many as are equally near."""
    at = np.array([(v.lon, v.lat) for v in region.villages])
    distance = np.hypot(*(at - point).T)
    return [region.villages[i].district for i in np.flatnonzero(distance < distance.min() + 1e-9)]


def test_a_border_lies_halfway_between_villages_of_two_districts(riot_world: World) -> None:
    region = riot_world.region
    borders = district_borders(region)
    for border in borders:
        assert len(set(nearest(region, border.mean(axis=0)))) == 2
    touching = {frozenset(nearest(region, border.mean(axis=0))) for border in borders}
    assert {d for pair in touching for d in pair} == set(range(len(region.districts))), "every district has a neighbour"


def test_a_village_lies_in_its_own_cell(riot_world: World) -> None:
    region = riot_world.region
    for village, cell in zip(region.villages, village_cells(region), strict=True):
        edge, to = np.roll(cell, -1, axis=0) - cell, np.array([village.lon, village.lat]) - cell
        assert np.all(edge[:, 0] * to[:, 1] >= edge[:, 1] * to[:, 0])
