"""Names on maps: none over another, inside the picture, near their places, and a line to those that are far."""

from __future__ import annotations

import io
from itertools import combinations, pairwise

import matplotlib as mpl
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import pyplot as plt
from matplotlib.colors import to_rgb

from sim.config.compose import load
from sim.region.load import load_region
from sim.region.region import Region
from sim.report.labels import Box, Label, Placed, overlaps, place_labels
from sim.report.map import LEVELS, SHADES
from sim.report.region_map import region_map
from tests.conftest import small_scenario

mpl.use("Agg")
FRAME: Box = (0.0, 0.0, 1000.0, 600.0)


def shared(placed: list[Placed]) -> float:
    return sum(float(overlaps(np.array([a.box]), np.array([b.box]))[0, 0]) for a, b in combinations(placed, 2))


def test_a_name_with_nobody_near_stands_on_its_place() -> None:
    (one,) = place_labels([Label("Curup", 300.0, 200.0, 80.0, 20.0)], FRAME)
    assert (one.x, one.y, one.is_led) == (300.0, 200.0, False)


def test_fifteen_names_at_one_place_stand_apart_each_with_a_line() -> None:
    placed = place_labels([Label(f"name {i}", 500.0, 300.0, 90.0, 20.0) for i in range(15)], FRAME)
    assert shared(placed) == 0.0
    assert sum(one.is_led for one in placed) >= 10
    for one in placed:
        left, low, right, high = one.box
        assert left >= 0 and low >= 0 and right <= 1000 and high <= 600


def test_a_name_at_the_edge_stays_in_the_picture() -> None:
    (one,) = place_labels([Label("Bermani Ulu", 4.0, 598.0, 120.0, 20.0)], FRAME)
    left, low, right, high = one.box
    assert left >= 0 and low >= 0 and right <= 1000 and high <= 600


def test_a_name_goes_out_of_the_way_of_a_mark() -> None:
    label = Label("Curup", 300.0, 200.0, 60.0, 20.0)
    marks: list[Box] = [(x, 195.0, x + 10.0, 205.0) for x in (275.0, 290.0, 305.0, 320.0)]
    (one,) = place_labels([label], FRAME, marks)
    assert (
        overlaps(np.array([one.box]), np.array(marks)).sum()
        < overlaps(np.array([(270, 190, 330, 210)]), np.array(marks)).sum() / 2
    )


def test_no_names_need_no_place() -> None:
    assert place_labels([], FRAME) == []


@given(st.lists(st.tuples(st.floats(50, 950), st.floats(50, 550), st.integers(3, 12)), max_size=12))
@settings(deadline=None, max_examples=40)
def test_a_dozen_names_wherever_they_are_never_stand_on_each_other(names: list[tuple[float, float, int]]) -> None:
    placed = place_labels([Label("x" * n, x, y, 9.0 * n, 18.0) for x, y, n in names], FRAME)
    assert shared(placed) == 0.0
    assert [(p.label.x, p.label.y) for p in placed] == [(x, y) for x, y, _ in names], "in the order in which they came"


def regions() -> list[Region]:
    return [load_region(small_scenario().region), load_region(load("calm_day", []).region)]


@pytest.mark.parametrize("region", regions(), ids=lambda region: region.title)
def test_every_district_of_a_region_is_named_and_no_name_covers_another(region: Region) -> None:
    figure, ax = plt.subplots(figsize=(10, 8), layout="constrained")
    region_map(region, ax)
    figure.savefig(io.BytesIO(), format="png")
    named = {d.name for d in region.districts}
    texts = [text for text in ax.texts if text.get_text() in named and text.get_fontsize() == 9.0]
    assert {text.get_text() for text in texts} == named
    boxes = [np.array([text.get_window_extent().extents]) for text in texts]
    assert all(overlaps(a, b)[0, 0] == 0 for a, b in combinations(boxes, 2))
    whole = np.array([ax.get_window_extent().extents])
    assert all(overlaps(box, whole)[0, 0] == pytest.approx(np.prod(box[0, 2:] - box[0, :2])) for box in boxes)
    plt.close(figure)


def test_the_colours_of_response_go_from_light_to_dark_so_that_they_read_in_grey() -> None:
    grey = [float(np.dot(to_rgb(shade), (0.299, 0.587, 0.114))) for shade in SHADES]
    assert len(SHADES) == len(LEVELS)
    assert all(before - after > 0.09 for before, after in pairwise(grey))
    first, last = to_rgb(SHADES[0]), to_rgb(SHADES[-1])
    assert first[1] > first[0] and last[0] > last[1], "from green to red"
