"""The worst moment of coverage: one number on the page and in its tables, and its cause in words."""

from __future__ import annotations

import re
from html import unescape

import numpy as np
import pytest

from sim.day.fall import Fall, Part
from sim.experiment.execute import execute
from sim.experiment.store import Run
from sim.inference.compare import compare
from sim.measures.sums import Sums
from sim.report.brief import fall as told
from sim.report.brief import team
from sim.report.brief.brief import brief
from sim.report.brief.fall import fall_sentence, in_words, usual_day
from sim.report.brief.weak import values_of
from sim.report.wording import number
from sim.report.write import html
from tests.conftest import small_scenario

NAMES = {0: "Tanjung Timur", 1: "Tanjung Barat"}
RIOT = 'incidents=[{kind: riot, onset: "09:00", place: "Pasar Timur", starters: 40, followers: 1}]'


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Four days under one plan."""
    more = (RIOT, "strategy=central_reserve", "region.forces.police=200", "run.resamples=100")
    size = ("run.replications=4", "run.workers=1", f"run.output='{tmp_path_factory.mktemp('runs')}'")
    return execute(small_scenario(*more, *size), command="simulate scenario=calm_day run.replications=4")


class Days:
    """Worst moments of four days, by number of the day."""

    finished = (3, 0, 1, 2)

    def __init__(self, shares: dict[int, float]) -> None:
        self._shares = shares

    def sums(self, sample: str) -> dict[tuple[str, str], Sums]:
        assert sample == "coverage_worst_moment"
        days = np.array(sorted(self._shares), dtype=np.int64)
        shares = np.array([self._shares[day] for day in days.tolist()])
        everything = np.array(sorted(self.finished), dtype=np.int64)
        return {("a", ""): Sums.of(everything, days, np.zeros(len(days)), shares, np.ones(len(days)))}


def made(**parts: tuple[float, float]) -> Fall:
    start, worst = np.array([60, 90]), np.array([40, 20])
    by_part = {Part[name.upper()]: np.array(lost) for name, lost in parts.items()}
    return Fall(420.0, 590.0, np.array([100, 100]), start, worst, by_part)


def test_the_page_and_its_tables_name_the_same_moment_with_the_same_number(run: Run) -> None:
    comparison = compare(run)
    values = values_of(comparison, "central_reserve")
    page = " ".join(unescape(re.sub(r"<[^>]+>", " ", html(run, comparison, {}))).split())
    share, time = number(values["coverage_worst_moment"], "share"), number(values["coverage_worst_time"], "clock")
    assert f"At the worst moment of a day it is {share} of all voters" in page
    assert f"that moment has come by {time}." in page
    table = page.partition("Coverage, worst moment")[2]
    assert re.search(rf"moment of the day\. {share} .*?Median over days of when that was\. {time}", table)


def test_the_day_told_of_is_one_of_the_run_and_its_numbers_are_its_tables(run: Run) -> None:
    day, names = usual_day(run, "central_reserve"), {d.index: d.name for d in run.region.districts}
    (said,) = fall_sentence(run, "central_reserve", names)
    coverage = run.table("coverage")
    by_time = coverage[coverage["replication"] == day].groupby("time")[["voters_covered", "voters"]].sum()
    shares = by_time["voters_covered"] / by_time["voters"]
    assert shares.min() < shares.iloc[0], "it falls"
    assert said.startswith(
        f"Day {day} is most like that: {number(shares.min(), 'share')} at {number(float(shares.idxmin()), 'clock')}, "
        f"{number(shares.iloc[0], 'share')} when stations open."
    )
    of_day = coverage[coverage["replication"] == day].pivot_table(
        index="district", columns="time", values="voters_covered"
    )
    lost = (of_day[shares.index[0]] - of_day[shares.idxmin()]).to_dict()
    assert f"most are lost in {names[max(lost, key=lambda d: (lost[d], -d))]} (" in said
    assert "units at incidents" in said
    assert said in brief(run, compare(run), run.scenario.titles).weak


def test_it_is_the_day_nearest_to_the_average() -> None:
    days = Days({0: 0.1, 1: 0.5, 2: 0.3, 3: 0.35})  # on average 0.3125
    assert usual_day(days, "a") == 2  # type: ignore[arg-type]
    assert usual_day(Days({1: 0.5}), "a") == 1  # type: ignore[arg-type]
    assert usual_day(Days({}), "a") is None and usual_day(days, "b") is None  # type: ignore[arg-type]


def test_a_fall_in_words() -> None:
    assert in_words(made(incidents=(20.0, 40.0), closed=(0.0, 30.0)), 7, NAMES) == (
        "Day 7 is most like that: 30.0 % at 09:50, 75.0 % when stations open. The 45.0 percentage points between come "
        "from units at incidents (66.7 %) and closed roads (33.3 %); most are lost in Tanjung Barat (90.0 % to 20.0 %)."
    )


def test_what_has_next_to_no_part_is_left_out_and_what_brings_some_back_has_a_minus() -> None:
    said = in_words(made(incidents=(20.0, 79.9), boxes=(0.0, 0.1), moved=(0.0, -10.0)), 7, NAMES)
    assert "units at incidents (111.0 %) and units moved elsewhere (-11.1 %)" in said and "boxes" not in said


def test_where_nothing_is_lost_nothing_is_explained() -> None:
    flat = Fall(420.0, 420.0, np.array([100]), np.array([60]), np.array([60]), {})
    assert in_words(flat, 0, NAMES) == (
        "On day 0, which is most like that, it is never below 60.0 %, which it is at 07:00: nothing is lost that could "
        "be explained."
    )


def test_what_cannot_be_played_again_is_not_known(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(team, "MOST_STATIONS", 1)
    assert fall_sentence(run, "central_reserve", {}) == [told.words.FALL["unknown"]]
