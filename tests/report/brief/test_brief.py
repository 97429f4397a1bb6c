"""The brief of a run: whole, in both languages, on the page and in the document."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import docx
import duckdb
import pytest

from sim.config.compose import load
from sim.experiment.execute import execute
from sim.experiment.manifest import manifest_of, settings_of
from sim.experiment.store import Run
from sim.inference.compare import Comparison, compare
from sim.report.brief import cover, team
from sim.report.brief.brief import Brief, brief
from sim.report.brief.cover import covers
from sim.report.brief.departures import departures, different
from sim.report.brief.facts import scenario_hash
from sim.report.brief.fit import fit
from sim.report.brief.weak import values_of, worst_sentence
from sim.report.wording import number
from sim.report.write import brief_document, html
from sim.words.language import Language, spoken
from tests.conftest import small_scenario

RIOT = 'incidents=[{kind: riot, onset: "09:40", place: "district 1", starters: 25, followers: 1}]'


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Three days under two strategies."""
    more = ("strategy=even_spread,risk_weighted", "region.forces.police=260", "run.resamples=100")
    size = ("run.replications=3", "run.workers=1", f"run.output='{tmp_path_factory.mktemp('runs')}'")
    return execute(small_scenario(RIOT, *more, *size), command="simulate scenario=calm_day run.replications=3")


@pytest.fixture(scope="module")
def comparison(run: Run) -> Comparison:
    """A comparison of the run, as if it were of many days."""
    return replace(compare(run), days=100, planned=100)


@pytest.fixture(scope="module")
def made(run: Run, comparison: Comparison) -> Brief:
    return brief(run, comparison, run.scenario.titles)


def text_of(page: str) -> str:
    """What a page says, in words, spaces and lines made one."""
    body = re.sub(r"<(style|script).*?</\1>", " ", page, flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def sentences(made: Brief) -> list[str]:
    answers = [part for pair in (*made.answer, *made.facts) for part in pair]
    tables = [cell.value for row in made.decision.rows for cell in row.cells]
    return [
        *made.partial,
        *answers,
        made.rule,
        *made.decision.notes,
        *made.cover,
        *made.weak,
        *made.cover_sentences,
        *tables,
    ]


def test_standards_of_cover_and_the_weakest_are_what_the_raw_tables_say(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same again in SQL, from the tables of incidents, forces and coverage: code that shares nothing with ours."""
    monkeypatch.setattr(cover, "LEAST_RED", 1)
    database = duckdb.connect()
    for name in ("incidents", "forces", "coverage"):
        database.execute(
            f"CREATE VIEW {name} AS SELECT * FROM '{run.path}/tables/{name}/*.parquet' WHERE strategy = 'even_spread'"
        )
    asked = """
        WITH red AS (SELECT i.district, coalesce(greatest(i.first_on_scene - i.onset, 0), 'inf') AS came,
                            coalesce(f.complete - f.reached, 'inf') AS whole
                     FROM incidents i JOIN forces f USING (replication, incident)
                     WHERE i.needed > 0 AND i.red IS NOT NULL AND f.severity = 2)
        SELECT district, count(*), list_sort(list(came))[ceil(0.9 * count(*))::INT],
               list_sort(list(whole))[ceil(0.9 * count(*))::INT], avg((whole < 'inf')::INT)
        FROM red GROUP BY district"""
    found = {row[0]: row[1:] for row in database.execute(asked).fetchall()}
    made = {one.district: one for one in covers(run, "even_spread", [d.index for d in run.region.districts])}
    assert found and {d for d, one in made.items() if one.red} == set(found)
    for district, (count, came, whole, share) in found.items():
        one = made[district]
        assert (one.red, one.forced) == (count, pytest.approx(share))
        assert (one.first.value, one.force.value) == (pytest.approx(came), pytest.approx(whole))
    shares = database.execute("SELECT district, sum(voters_covered) / sum(voters) FROM coverage GROUP BY 1").fetchall()
    assert {d: one.covered for d, one in made.items()} == pytest.approx(dict(shares))
    moments = database.execute("""
        WITH m AS (SELECT replication, time, sum(voters_covered) / sum(voters) AS s FROM coverage GROUP BY 1, 2),
             w AS (SELECT replication, min(s) AS s, arg_min(time, (s, time)) AS t FROM m GROUP BY 1)
        SELECT avg(s), list_sort(list(t))[ceil(0.5 * count(*))::INT] FROM w""")
    worst, time = moments.fetchall()[0]
    names = {d.index: d.name for d in run.region.districts}
    values = values_of(compare(run), "even_spread")
    (said,) = worst_sentence(run, values, "even_spread", names, "10")
    assert f"At the worst moment of a day it is {number(worst, 'share')} of all voters" in said
    assert said.endswith(f"that moment has come by {number(time, 'clock')}.")
    assert f"Covered least: {names[min(shares, key=lambda row: (row[1], row[0]))[0]]}," in said


@pytest.mark.parametrize("language", Language)
def test_page_and_document_say_the_same_in_both_languages(run: Run, comparison: Comparison, language: Language) -> None:
    with spoken(language):
        told = brief(run, comparison, run.scenario.titles)
        page = html(run, comparison, {})
        read = docx.Document(io.BytesIO(brief_document(run, comparison)))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    document = " ".join(" ".join([p.text for p in read.paragraphs] + cells).split())
    assert f'<html lang="{language}">' in page
    for sentence in sentences(told):
        plain = " ".join(sentence.split())
        assert plain in text_of(page)
        assert plain in document


def test_the_document_is_the_same_bytes_each_time(run: Run, comparison: Comparison) -> None:
    assert brief_document(run, comparison) == brief_document(run, comparison)


def test_it_answers_what_is_asked(made: Brief, run: Run) -> None:
    questions = [question for question, _ in made.answer]
    assert questions[0] == "Which plan" and questions[-2:] == ["On what it rests", "What it costs in guards"]
    assert len(made.decision.head) == 9 and [len(row.cells) for row in made.decision.rows] == [5, 5]
    assert len(made.cover_rows) == len(made.cover_sentences) == len(run.region.districts)
    assert made.weak[0].startswith("Covered least: Tanjung ") and made.weak[2].startswith(("Late: ", "None of "))


def test_a_partial_run_says_so_on_the_page_in_its_title_and_in_the_document(run: Run, comparison: Comparison) -> None:
    partial = replace(comparison, days=40, planned=100)
    page, read = html(run, partial, {}), docx.Document(io.BytesIO(brief_document(run, partial)))
    said = "Partial: 40 of 100 days are finished; the rest: simulate resume."
    assert text_of(page.partition("<h2>")[0]).endswith(said), "before the answer"
    assert "<title>Partial: " in page and "PARTIAL: 40 of 100 days" in text_of(page)
    assert said in [p.text for p in read.paragraphs]
    assert "Partial" not in html(run, comparison, {})


def test_of_too_few_days_nothing_is_marked_anywhere(run: Run) -> None:
    few = compare(run)
    page = html(run, few, {})
    told = brief(run, few, run.scenario.titles)
    assert told.answer[0][1].startswith("Nothing is concluded from 3 days")
    assert told.rule.startswith("On 3 days nothing is marked better or worse")
    read = docx.Document(io.BytesIO(brief_document(run, few)))
    cells = "".join(cell.text for table in read.tables for row in table.rows for cell in row.cells)
    assert not set("▲▼◄") & set(text_of(page) + cells)


def test_its_headings_are_in_order_and_its_tables_have_scopes(run: Run, comparison: Comparison) -> None:
    page = html(run, comparison, {"map": b"png"})
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1 and set(levels[1:]) == {2}
    assert re.findall(r"<th(?! scope=\"(?:col|row)\")[ >]", page) == []
    assert re.findall(r"<img(?![^>]* alt=\"[^\"]+\")", page) == []


def test_nothing_is_loaded_from_anywhere(run: Run, comparison: Comparison) -> None:
    page = html(run, comparison, {"map": b"png"})
    assert re.findall(r"(?:src|href)=\"(?!data:)[^\"]*|@import|url\(|https?://", page) == []


def test_one_more_team_at_the_base_where_it_brings_most(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    gain = team.best_gain(run, "even_spread")
    assert gain is not None and gain.after >= gain.before
    monkeypatch.setattr(team, "MOST_STATIONS", 1)
    assert team.best_gain(run, "even_spread") is None, "too large to be reckoned while a report is written"
    assert team.team_command(run, "even_spread") == "simulate one-more scenario=calm_day strategy=even_spread"
    assert team.team_sentence(None, "simulate x", "10") == "What one more team would bring: simulate x"


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (0.425, "One more team of 12, standing at Polsek all day, would bring the first unit within 10 min to 2.5 percentage points more of the voters (now 40.0 %)"),
        (0.4, "One more team of 12 would bring nobody within 10 min who is not within it now"),
    ],
)  # fmt: skip
def test_what_the_team_brings_is_said_as_it_is(after: float, said: str) -> None:
    assert team.team_sentence(team.Gain(12, "Polsek", 0.4, after), "simulate x", "10").startswith(said)


def test_settings_that_differ_from_the_packaged_ones_are_told() -> None:
    plain = settings_of(load("calm_day"))
    machine = {
        **plain,
        "title": "As we call it",
        "run": {**plain["run"], "replications": 7, "seed": 5, "output": "elsewhere", "workers": 3},
    }

    def told(scenario: dict[str, Any], packaged: dict[str, Any] | None = plain) -> list[str]:
        return departures({"scenario": scenario, "packaged": packaged})

    assert told(plain) == told(machine) == ["nothing"]
    changed = settings_of(load("calm_day", ["response.standard_minutes=12", "run.confidence=0.9"]))
    assert told(changed) == [
        "response.standard_minutes = 12.0 (packaged: 10.0)",
        "run.confidence = 0.9 (packaged: 0.95)",
    ]
    other = told(settings_of(load("calm_day", ["strategy=even_spread"])))
    assert "strategies.minimum_pattern left out" in other
    assert told({**plain, "name": "mine"}, None) == [
        "no packaged scenario is called mine: everything in it is the planner's own"
    ]


def test_many_departures_are_counted() -> None:
    found = departures(manifest_of(small_scenario(), "simulate test"))
    assert len(found) == 7 and re.fullmatch(r"and \d+ more", found[-1])
    assert list(different({"a": {"b": 1}, "c": 2}, {"a": {"b": 2}, "d": 3})) == [
        "a.b = 1 (packaged: 2)",
        "d left out",
        "c = 2 (not packaged)",
    ]


def test_the_hash_is_of_what_is_played_and_not_of_days_seed_or_machine(run: Run) -> None:
    def hashed(inputs: dict[str, str], **changes: object) -> str:
        scenario = {**run.manifest["scenario"], **changes}
        return scenario_hash({**run.manifest, "scenario": scenario, "inputs": inputs})

    settings, inputs = run.manifest["scenario"]["run"], run.manifest["inputs"]
    same = hashed(inputs)
    assert re.fullmatch("[0-9a-f]{12}", same)
    assert hashed(inputs, run={**settings, "seed": 1, "replications": 9, "output": "x"}) == same
    assert hashed(inputs, title="another") == same
    assert hashed(inputs, closures=[{"between": ["T1.1", "T1.2"]}]) != same
    assert hashed({**inputs, "region/stations.csv": "0"}) != same, "another table under the same settings"


def test_it_says_when_it_was_played_or_that_nobody_noted_it(run: Run, comparison: Comparison, tmp_path: Path) -> None:
    dated = Run(run.path, {**run.manifest, "begun": "2024-11-20"}, run.batches)
    assert dict(brief(dated, comparison, run.scenario.titles).facts)["Played"].startswith(
        "begun 20 November 2024, Siaga"
    )
    old = Run(run.path, {k: v for k, v in run.manifest.items() if k != "begun"}, run.batches)
    assert dict(brief(old, comparison, run.scenario.titles).facts)["Played"].startswith("date not recorded")


def test_the_more_it_says_the_smaller_its_letters(made: Brief) -> None:
    long = replace(made, weak=made.weak * 12)
    longer = replace(made, weak=made.weak * 40)
    assert 1.0 >= fit(made) > fit(long) > fit(longer) >= 0.5
