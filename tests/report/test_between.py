"""A comparison of runs on the terminal and as a page, in both languages, at any width."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from sim.config.compose import load
from sim.errors import UserError
from sim.experiment.execute import execute
from sim.experiment.store import Run
from sim.inference.between import Between, between
from sim.report import between as telling
from sim.report.between import answer, has_regret, sentences
from sim.report.between_page import html, place_of, write_page
from sim.report.between_tables import print_between, print_summary
from sim.words import compare as words
from sim.words.language import Language, spoken
from sim.words.measures import TWIN_HEADING
from tests.conftest import SMALL

RIOT = 'incidents=[{kind: riot, onset: "09:40", place: "district 2", starters: 25, followers: 1}]'
GAME = (*SMALL, RIOT, "strategy=even_spread,risk_weighted", "region.forces.police=260", "run.replications=4",
        "run.workers=1", "run.resamples=100", "run.bound_days=0")  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Between:
    folder = tmp_path_factory.mktemp("runs")

    def played(*overrides: str) -> Run:
        return execute(load("calm_day", [*GAME, *overrides]), out=folder, command="simulate test")

    return between([played(), played("weather=heavy_rain"), played("run.seed=5", "run.replications=2")])


def printed(how: Any, found: Between, width: int) -> str:
    out = io.StringIO()
    how(Console(file=out, width=width, markup=False, emoji=False, highlight=False), found)
    return out.getvalue()


@pytest.mark.parametrize("width", [60, 80, 100, 200])
@pytest.mark.parametrize("how", [print_between, print_summary], ids=["compare", "sweep"])
@pytest.mark.parametrize("language", list(Language))
def test_nothing_is_cut_at_any_width(found: Between, how: Any, width: int, language: Language) -> None:
    with spoken(language):
        text = printed(how, found, width)
    assert max(map(len, text.splitlines())) <= width
    assert "…" not in text
    assert "even_spread" in text and "risk_weighted" in text


def test_the_summary_has_a_row_for_each_run_and_plan(found: Between) -> None:
    text = printed(print_summary, found, 200).partition(words.HEADINGS["regret"])[0]
    assert text.count("  even_spread") == text.count("  risk_weighted") == 3
    row = next(line for line in text.splitlines() if "  even_spread" in line)
    values = found.measures
    first = values[(values["run"] == found.baseline) & (values["strategy"] == "even_spread")].set_index("measure")[
        "value"
    ]
    assert f"{first['arrival_median']:.1f}" in row and f"{first['peak_crowd']:.1f}" in row


def test_twins_stand_below_their_measures_where_runs_are_compared_and_the_page_says_what_they_are(
    found: Between,
) -> None:
    text = printed(print_between, found, 120)
    lines = [line.strip() for line in text.splitlines()]
    own = next(i for i, line in enumerate(lines) if line.startswith("Within standard"))
    assert any(line.startswith(TWIN_HEADING) for line in lines[own + 1 : own + 4])
    assert TWIN_HEADING not in printed(print_summary, found, 200).partition(words.HEADINGS["regret"])[0]
    assert " ".join(words.NOTES["same"].split()) in " ".join(text.split()) and words.NOTES["same"] in html(found)


def test_plans_and_scenarios_stand_in_the_table_of_regret(found: Between) -> None:
    assert has_regret(found)
    text = printed(print_summary, found, 120).partition(words.HEADINGS["regret"])[2]
    assert text.count("  largest") >= 5
    for name in ("weather=", "heavy_rain"):
        assert name in text


def test_the_page_says_what_the_terminal_says_and_needs_nothing_else(found: Between) -> None:
    for language in Language:
        with spoken(language):
            page, said = html(found), sentences(found)
        assert f'<html lang="{language}">' in page
        plain = page.replace("&#39;", "'")
        assert all(sentence in plain for sentence in said)
        assert not re.search(r'(?:src|href)="(?!data:)', page) and "<script" not in page
        assert page.count("<h1>") == 1 and not re.search(r">(None|nan|inf)<", page)
        assert page.count('scope="row"') > 40


def test_a_page_is_written_again_the_same_and_not_over_what_somebody_edited(found: Between, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    assert write_page(found, file) == file
    once = file.read_bytes()
    write_page(found, file)
    assert file.read_bytes() == once
    file.write_bytes(once.replace(b"<h1>", b"<h1>My own "))
    with pytest.raises(UserError, match="it was edited since it was written"):
        write_page(found, file)
    assert b"My own" in file.read_bytes()
    file.write_text("somebody else's")
    with pytest.raises(UserError, match="something else in its place"):
        write_page(found, file)


def test_a_page_that_cannot_be_written_is_one_error(found: Between, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="the page cannot be written"):
        write_page(found, tmp_path / "no" / "page.html")


def test_the_page_stands_beside_the_first_run(found: Between) -> None:
    assert place_of(found).parent == found.sides[0].run.path.parent
    assert place_of(found) == place_of(between([side.run for side in found.sides], ["votes_lost"]))


def test_plain_data_has_everything_and_no_number_that_json_has_not(found: Between) -> None:
    said = answer(found)
    assert [run["paired"] for run in said["runs"]] == [True, True, False]
    assert said["runs"][2]["why_unpaired"] == ["seed"]
    assert said["differs"][0] == {
        "setting": "weather",
        "values": dict(zip(found.names, ("dry", "heavy_rain", "dry"), strict=True)),
    }
    assert {row["measure"] for row in said["largest_regret"]} >= {"arrival_median", "votes_lost"}
    for table in ("measures", "differences", "regret", "largest_regret"):
        values = [value for row in said[table] for value in row.values()]
        assert all(value == value and value not in (float("inf"), -float("inf")) for value in values)


def test_with_enough_days_differences_are_said_for_each_plan(found: Between, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "LEAST_DAYS", 2)
    said = sentences(found)
    assert f"What follows is against {found.baseline}." in said
    assert sum(one.startswith(f"{found.names[1]}, ") for one in said) == 2
    assert any("loses least at worst" in one for one in said)
