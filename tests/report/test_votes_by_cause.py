"""Votes lost by cause, drawn and written down from a comparison made by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from types import SimpleNamespace

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from sim.config.compose import load
from sim.inference.compare import Comparison
from sim.measures import voting
from sim.measures.registry import MEASURES
from sim.region.load import load_region
from sim.report import write
from sim.report.figures import votes_lost_by_cause
from sim.report.tables_by import NO_BREAK, votes_by_cause
from sim.words.report import CAUSES, FIGURES, PAGE
from tests.briefs import brief_of

mpl.use("Agg")
SOME = {"even_spread": (300, 0, 450, 0, 50, 0), "risk_weighted": (100, 0, 0, 0, 25.4, 0)}
NONE = {"even_spread": (0,) * 6, "risk_weighted": (0,) * 6}
LABELS = list(CAUSES.values())


def made(lost: dict[str, Sequence[float]]) -> Comparison:
    """A comparison in which strategies lost these votes by cause; intervals reach a tenth to both sides."""
    values = {name: dict(zip(CAUSES, votes, strict=True)) | {"votes_lost": sum(votes)} for name, votes in lost.items()}
    rows = [
        {"strategy": name, "measure": m, "value": values[name].get(m, 0.0), "low": 0.9 * values[name].get(m, 0.0),
         "high": 1.1 * values[name].get(m, 0.0), "n": 40}
        for name in lost for m in MEASURES
    ]  # fmt: skip
    return Comparison(pd.DataFrame(rows), pd.DataFrame(), pd.DataFrame(), next(iter(lost)), 0.95, 40, 40)


def run_of(*titles: str) -> SimpleNamespace:
    names = ("even_spread", "risk_weighted")
    strategies = [SimpleNamespace(name=n, title=t) for n, t in zip(names, titles, strict=False)]
    called = dict(zip(names, titles, strict=False))
    return SimpleNamespace(scenario=SimpleNamespace(strategies=strategies, titles=called))


TWO = run_of("Even spread", "Risk weighted")


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    plt.close("all")


def test_the_causes_are_those_that_all_votes_lost_are_made_up_of() -> None:
    assert list(CAUSES) == [f"votes_lost_{cause.removeprefix('lost_')}" for cause in voting.CAUSES]
    assert set(CAUSES) < set(MEASURES)


def test_bars_add_up_to_the_votes_lost() -> None:
    ax = votes_lost_by_cause(TWO, comparison=made(SOME))
    ends = [sum(container[row].get_width() for container in ax.containers) for row in range(2)]
    assert ends == pytest.approx([800, 125.4])
    assert [text.get_text() for text in ax.texts] == ["800 (720 to 880)", "125 (113 to 138)"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Even spread", "Risk weighted"]
    assert ax.get_xlabel() == "votes lost per day"


def test_a_cause_has_its_colour_whichever_others_occur() -> None:
    def colours(lost: dict[str, Sequence[float]]) -> dict[str, str]:
        bars, labels = votes_lost_by_cause(TWO, comparison=made(lost)).get_legend_handles_labels()
        return {label: to_hex(bar[0].get_facecolor()) for bar, label in zip(bars, labels, strict=True)}

    some, every = colours(SOME), colours({"even_spread": (1, 2, 3, 4, 5, 6)})
    assert list(some) == [LABELS[0], LABELS[2], LABELS[4]], "causes that cost no vote are not named"
    assert list(every) == LABELS and len(set(every.values())) == 6
    assert some.items() < every.items()


def test_where_no_vote_was_lost_the_figure_says_so() -> None:
    ax = votes_lost_by_cause(TWO, comparison=made(NONE))
    assert [text.get_text() for text in ax.texts] == [FIGURES["no_votes_lost"]]
    assert not ax.containers and ax.get_legend() is None


def test_it_draws_where_it_is_told_to() -> None:
    given = plt.subplots()[1]
    assert votes_lost_by_cause(TWO, given, comparison=made(SOME)) is given


@pytest.mark.parametrize("titles", [("Even spread", "Risk weighted"), ("Forward reserve, small teams", "B")])
@pytest.mark.parametrize("most", [3.0, 16827.0, 161_827.0])
def test_nothing_lies_over_anything_else(titles: tuple[str, str], most: float) -> None:
    ax: Axes = votes_lost_by_cause(
        run_of(*titles), comparison=made({"even_spread": (most / 6,) * 6, "risk_weighted": (1,) * 6})
    )
    ax.figure.draw_without_rendering()
    inside, legend = ax.get_window_extent(), ax.get_legend().get_window_extent()
    assert all(text.get_window_extent().x1 <= inside.x1 for text in ax.texts)
    assert legend.y1 <= ax.xaxis.label.get_window_extent().y0
    assert legend.y0 >= 0 and legend.x1 <= ax.figure.bbox.x1
    ticks = [label.get_window_extent() for label in ax.get_xticklabels()]
    assert all(a.x1 < b.x0 for a, b in pairwise(ticks))


def test_the_table_has_every_cause_its_share_and_the_sum() -> None:
    table = votes_by_cause(made(SOME))
    assert [label for label, _ in table.rows] == [*LABELS, PAGE["all_causes"]]
    cells = dict(table.rows)
    assert cells[LABELS[0]] == [f"300 (270 to 330); 37.5{NO_BREAK}%", f"100 (90 to 110); 79.7{NO_BREAK}%"]
    assert cells[LABELS[1]] == ["0", "0"]
    assert cells[PAGE["all_causes"]] == ["800 (720 to 880)", "125 (113 to 138)"]


def test_an_only_cause_is_the_whole() -> None:
    cells = dict(votes_by_cause(made({"even_spread": (0, 0, 7, 0, 0, 0)})).rows)
    assert cells[LABELS[2]] == [f"7 (6 to 8); 100.0{NO_BREAK}%"] and cells[PAGE["all_causes"]] == ["7 (6 to 8)"]


def test_a_strategy_that_lost_no_vote_has_no_shares() -> None:
    cells = dict(votes_by_cause(made(SOME | {"risk_weighted": (0,) * 6})).rows)
    assert [row[1] for row in cells.values()] == ["0"] * 7


def test_where_no_vote_was_lost_the_table_says_so() -> None:
    table = votes_by_cause(made(NONE))
    assert (table.rows, table.note) == ([], "No vote was lost under any strategy.")


@pytest.mark.parametrize(
    ("lost", "says", "rows"), [(SOME, f"300 (270 to 330); 37.5{NO_BREAK}%", 7), (NONE, "No vote was lost", 0)]
)
def test_the_page_shows_the_table(
    monkeypatch: pytest.MonkeyPatch, lost: dict[str, Sequence[float]], says: str, rows: int
) -> None:
    monkeypatch.setattr(write, "breakdowns", lambda run: [])
    monkeypatch.setattr(write, "unspent_line", lambda run: "")
    monkeypatch.setattr(write, "brief", lambda *given: brief_of("x"))
    scenario = load("calm_day", ["strategy=even_spread,risk_weighted"])
    manifest = {"command": "simulate test", "siaga": "0"}
    run = SimpleNamespace(scenario=scenario, region=load_region(scenario.region), manifest=manifest)
    page = write.html(run, made(lost), {"votes": b"picture"})
    part = page.split(f">{PAGE['votes']}</h2>")[1].split("<h2")[0]
    assert says in part and (part.count('<th scope="row">'), part.count("<td>")) == (rows, 2 * rows)
    assert 'alt="Votes lost per day by cause, one stacked bar for each strategy"' in page
