"""The best possible beside what was, in a table and in words, from comparisons made by hand and from a run."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from rich.console import Console

from sim.experiment.execute import execute
from sim.experiment.store import Run, read
from sim.inference.compare import Comparison, compare
from sim.measures.registry import MEASURES
from sim.report.bound import BEST, LATE, PROVED, RATIO, bound_cells, bound_days, bound_sentences
from sim.report.tables_by import best_possible
from sim.report.terminal import print_comparison
from tests.conftest import small_scenario

NAN = float("nan")
TITLES = {"one": "Plan one", "two": "Plan two"}


def made(one: tuple[float, ...], two: tuple[float, ...], days: int = 20) -> Comparison:
    """A comparison with these values of late, late at best, their ratio, and the share of days that are sure."""
    rows = [
        {"strategy": name, "measure": measure, "value": value, "low": 0.9 * value, "high": 1.1 * value, "n": days}
        for name, values in (("one", one), ("two", two))
        for measure, value in zip((LATE, BEST, RATIO, PROVED), values, strict=True)
    ]
    return Comparison(pd.DataFrame(rows), pd.DataFrame(), pd.DataFrame(), "one", 0.95, 100, 100)


def test_late_and_late_at_best_stand_one_above_the_other() -> None:
    cells = dict(bound_cells(made((2.0, 1.0, 2.0, 1.0), (3.0, 2.0, 1.5, 1.0))))
    assert cells == {
        LATE: ["2.0 (1.8 to 2.2)", "3.0 (2.7 to 3.3)"],
        BEST: ["1.0 (0.9 to 1.1)", "2.0 (1.8 to 2.2)"],
        RATIO: ["2.00 (1.80 to 2.20)", "1.50 (1.35 to 1.65)"],
    }
    assert not bound_sentences(made((2.0, 1.0, 2.0, 1.0), (3.0, 2.0, 1.5, 1.0)), TITLES)


def test_where_none_need_be_late_words_say_so_and_nothing_is_divided() -> None:
    comparison = made((2.0, 0.0, NAN, 1.0), (0.0, 0.0, NAN, 1.0))
    assert dict(bound_cells(comparison))[RATIO] == ["–", "–"]
    assert bound_sentences(comparison, TITLES) == [
        "Under Plan one 2.0 responses a day were late; with another dispatch none need have been.",
        "Under Plan two no response was late.",
    ]


def test_what_is_not_sure_is_said() -> None:
    (sentence,) = bound_sentences(made((2.0, 1.0, 2.0, 1.0), (2.0, 1.0, 2.0, 0.85)), TITLES)
    assert sentence == ("Under Plan two the search was ended on 3 of these days; there even more may be late at best.")


def test_without_such_days_there_is_no_table() -> None:
    comparison = made((NAN,) * 4, (NAN,) * 4, days=0)
    assert bound_days(comparison) == 0 and best_possible(comparison) == []
    assert bound_sentences(comparison, TITLES) == []


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> list[Run]:
    """The same three days with the best possible beside two of them, and beside none."""
    folder = tmp_path_factory.mktemp("bound")
    more = (
        "disturbance.background.rate_per_station_hour=0.05",
        "run.replications=3",
        "run.batch=2",
        "run.resamples=100",
    )
    scenarios = [small_scenario(*more, f"run.bound_days={days}") for days in (2, 0)]
    return [execute(scenario, out=folder / str(i), workers=1) for i, scenario in enumerate(scenarios)]


def printed(run: Run) -> str:
    out = StringIO()
    print_comparison(Console(width=200, file=out), run, compare(run), Path("report.html"))
    return out.getvalue()


def test_a_run_prints_it_and_keeps_it(runs: list[Run]) -> None:
    run = runs[0]
    bounds = run.table("bounds")
    assert bounds["replication"].tolist() == [0, 1]
    measured = compare(run).measures.set_index("measure")
    assert measured.loc[LATE, "value"] == bounds["late"].mean() > 0
    assert measured.loc[BEST, "value"] == bounds["best_late"].mean()
    assert measured.loc[RATIO, "value"] == bounds["late"].sum() / bounds["best_late"].sum() >= 1
    assert measured.loc[PROVED, "value"] == 1
    text = printed(read(run.path))
    assert "could have had (first 2 days)" in text
    assert "Late at best" in text and "Late / at best" in text


def test_a_run_without_it_says_nothing_of_it_and_is_the_same_otherwise(runs: list[Run]) -> None:
    text = printed(runs[1])
    assert "Within standard" in text and "at best" not in text
    one, other = (compare(run).measures.set_index("measure") for run in runs)
    others = [name for name in MEASURES if name not in (LATE, BEST, RATIO, PROVED)]
    pd.testing.assert_frame_equal(one.loc[others], other.loc[others])
    assert other.loc[[LATE, BEST, RATIO, PROVED], "value"].isna().all()


def test_the_page_has_the_table(runs: list[Run]) -> None:
    (table,) = best_possible(compare(runs[0]))
    assert [label for label, _ in table.rows] == ["Late a day", "Late at best", "Late / at best"]
    assert "known beforehand" in table.note
