"""Figures draw what the tables say: their lines and labels are read back."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest

from sim.config.compose import load
from sim.experiment.execute import execute
from sim.experiment.store import Run
from sim.inference.compare import compare
from sim.measures.response import asking
from sim.report.figures import coverage_through_day, differences_panels, response_ecdf, units_over_time
from sim.report.map import district_medians, response_map, response_maps
from sim.report.write import draw, render
from sim.words.report import FOREST_TITLES
from tests.conftest import small_scenario

mpl.use("Agg")
TWO = "strategy=even_spread,risk_weighted"
RISK = "region.forces.police=260"
RIOT = 'incidents=[{kind: riot, onset: "09:40", place: "district 2", starters: 25, followers: 1}]'


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("runs")
    more = ("run.replications=5", "run.workers=1", "run.resamples=100", f"run.output='{folder}'")
    return execute(small_scenario(RIOT, TWO, RISK, *more), command="simulate test")


def test_the_curve_ends_at_the_share_that_was_reached(run: Run) -> None:
    ax = response_ecdf(run)
    incidents = asking(run.table("incidents"))
    curves = [line for line in ax.lines if len(line.get_xdata()) > 2]
    for line, name in zip(curves, run.strategies, strict=True):
        rows = incidents[incidents["strategy"] == name]
        assert line.get_ydata()[-1] == pytest.approx(rows["first_on_scene"].notna().mean())
        assert np.all(np.diff(line.get_xdata()) >= 0)
    assert any(np.allclose(line.get_xdata(), 10.0) for line in ax.lines), "the standard is drawn"


def test_coverage_is_the_mean_over_days(run: Run) -> None:
    ax = coverage_through_day(run)
    table = run.table("coverage")
    first = table[(table["strategy"] == run.strategies[0]) & (table["time"] == 420.0)].groupby("replication")
    shares = first["voters_covered"].sum() / first["voters"].sum()
    assert ax.lines[0].get_ydata()[0] == pytest.approx(shares.mean())
    assert [label.get_text() for label in ax.get_legend().get_texts()] == ["Even spread", "Risk weighted"]


def test_units_add_up_to_the_minutes_in_the_log(run: Run) -> None:
    ax = units_over_time(run, strategy="even_spread")
    states = run.table("unit_states")
    rows = states[(states["strategy"] == "even_spread") & ~states["agency"].isin(["medical", "disaster"])]
    scene = rows[rows["state"] == "on_scene"]
    minutes = ((scene["end"] - scene["start"]) * scene["strength"]).sum() / run.replications
    labels = ax.get_legend_handles_labels()[1]
    band = ax.collections[labels.index("on scene")].get_paths()[0].vertices
    area = 0.5 * abs(np.dot(band[:-1, 0], band[1:, 1]) - np.dot(band[1:, 0], band[:-1, 1]))
    assert area == pytest.approx(minutes, rel=0.1)


def test_the_map_shows_each_districts_median(run: Run) -> None:
    found = district_medians(run)
    medians = found[found["strategy"] == "even_spread"].set_index("district")["value"]
    incidents = asking(run.table("incidents"))
    rows = incidents[(incidents["strategy"] == "even_spread") & (incidents["district"] == 1)]
    start = rows["onset"].where(rows["first_on_scene"] < rows["reported"], rows["reported"])
    minutes = np.sort((rows["first_on_scene"] - start).clip(lower=0).fillna(np.inf))
    assert medians[1] == minutes[(len(minutes) + 1) // 2 - 1]
    texts = [text.get_text() for text in response_map(run, "even_spread").texts]
    assert len(texts) == 3
    assert texts[1].split("\n")[0] == run.region.districts[1].name


def test_differences_have_a_panel_for_each_measure(run: Run) -> None:
    figure = differences_panels(run, compare(run))
    titles = [ax.get_title(loc="left") for ax in figure.axes]
    assert titles == list(FOREST_TITLES.values())


def test_the_same_figure_gives_the_same_bytes(run: Run) -> None:
    comparison = compare(run)
    once = {name: render(make(), "simulate test") for name, make in draw(run, comparison).items()}
    again = {name: render(make(), "simulate test") for name, make in draw(run, comparison).items()}
    assert once == again


def test_titles_of_maps_are_whole(tmp_path: Path) -> None:
    plans = "strategy=even_spread,risk_weighted,minimum_pattern,central_reserve,dynamic_relocation"
    day = ("run.replications=1", "run.workers=1", "run.resamples=100", "run.bound_days=0")
    figure = response_maps(execute(load("calm_day", [plans, *day]), command="simulate test", out=tmp_path))
    render(figure, "simulate test")  # the command at the foot moves what is above it
    titles = [title for ax in figure.axes for title in (ax.title, ax._left_title) if title.get_text()]
    assert len(titles) == 5
    assert max(title.get_window_extent().y1 for title in titles) < figure.bbox.y1 - 5
