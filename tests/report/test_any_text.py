"""Every face of the report shows any title, place or command as it is, or written out: nothing in it is obeyed."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import docx
import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.text import Text
from rich.console import Console

from sim.config.scenario import Scenario
from sim.experiment.store import Run
from sim.inference.compare import Comparison
from sim.measures.registry import MEASURES
from sim.region.load import load_region
from sim.report import figures, write
from sim.report.brief.document import document
from sim.report.map import response_map
from sim.report.style import LEGEND, PANEL, TICK, Space, as_drawn, legend_of, styled
from sim.report.tables_by import Breakdown
from sim.report.terminal import print_comparison
from sim.report.write import render
from sim.text import shown
from sim.words.report import STATES
from tests.briefs import brief_of
from tests.conftest import small_scenario
from tests.nasty import ALLOWED, EVERYTHING

mpl.use("Agg")
NAMES = ("even_spread", "risk_weighted")


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return small_scenario("strategy=even_spread,risk_weighted", "region.forces.police=260")


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    """A comparison of two strategies that differ in everything by one."""
    row = {"value": 2.0, "low": 1.0, "high": 3.0, "n": 5}
    measures = [{"strategy": s, "measure": m, **row} for s in NAMES for m in MEASURES]
    change = {"difference": 1.0, "low": 0.5, "high": 1.5, "low_all": 0.5, "high_all": 1.5, "better": 0.0}
    changes = [{"strategy": NAMES[1], "baseline": NAMES[0], "measure": m, **change} for m in MEASURES]
    best = [{"strategy": s, "measure": m, "best": float(s == NAMES[0])} for s in NAMES for m in MEASURES]
    return Comparison(pd.DataFrame(measures), pd.DataFrame(changes), pd.DataFrame(best), NAMES[0], 0.95, 40, 40)


def called(scenario: Scenario, text: str, folder: Path = Path("run")) -> Run:
    """A run whose every title, description and name of a place is this text, as if nobody had checked it."""
    strategies = tuple(s.model_copy(update={"title": text, "description": text}) for s in scenario.strategies)
    changed = {
        "title": text,
        "description": text,
        "region": scenario.region.model_copy(update={"title": text}),
        "weather": scenario.weather.model_copy(update={"name": text}),
        "strategies": strategies,
    }
    run = Run(folder, {"command": f"simulate title={text}", "siaga": text, "finished": [[0, 40]]})
    run.__dict__["scenario"] = scenario.model_copy(update=changed)
    run.__dict__["region"] = load_region(scenario.region)
    return run


def printed(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.fixture(autouse=True)
def nobody_is_warned() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield
    plt.close("all")


@pytest.mark.parametrize("name", EVERYTHING)
def test_the_terminal_prints_it(
    name: str, scenario: Scenario, comparison: Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.report.terminal.unspent_line", lambda run: "")
    text = EVERYTHING[name]
    console = Console(file=io.StringIO(), width=40_000, color_system=None)  # one with markup on, as in a notebook
    run = called(scenario, text, Path(text))
    print_comparison(console, run, comparison, run.path / "report.html")
    out = printed(console)
    assert f"\n{shown(text)} – {shown(text)}, weather {shown(text)}\n" in out
    assert f"Against {shown(text)}, with {shown(text)} officers are there" in out
    assert f"Report: {shown(str(run.path / 'report.html'))}\n" in out
    assert shown(out, lines=True) == out


def test_the_terminal_says_of_which_incidents_a_comparison_is(
    scenario: Scenario, comparison: Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.report.terminal.unspent_line", lambda run: "")
    alone = replace(comparison, differences=pd.DataFrame())
    for one, is_said in ((comparison, True), (alone, False)):
        console = Console(file=io.StringIO(), width=200)
        run = called(scenario, "x")
        print_comparison(console, run, one, run.path / "report.html")
        said = " ".join(printed(console).split())
        assert ("measured by the incidents that happen under it" in said) is is_said
        assert (
            "'– same incidents', and what is concluded, are of those that the measure above counts under every plan"
            in said
        ) is is_said


def test_the_terminal_still_marks_what_is_clear(
    scenario: Scenario, comparison: Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.report.terminal.unspent_line", lambda run: "")
    console = Console(file=io.StringIO(), width=200, force_terminal=True, color_system="standard")
    run = called(scenario, "x")
    print_comparison(console, run, comparison, run.path / "report.html")
    assert "\x1b[1m" in printed(console) and "\x1b[2m" in printed(console)


@pytest.mark.parametrize("name", EVERYTHING)
def test_the_document_holds_it_as_text(name: str) -> None:
    text = EVERYTHING[name]
    read = docx.Document(io.BytesIO(document(brief_of(text), text, text, text)))
    assert read.paragraphs[0].text == shown(text)
    assert [p.text for p in read.paragraphs if p.style is not None and p.style.name == "List Bullet"] == [
        shown(text)
    ] * 3
    assert read.tables[1].cell(0, 1).text == shown(text, lines=True)


class Parsed(HTMLParser):
    """The tags of a page with their attributes, and the text between them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def written(scenario: Scenario, comparison: Comparison) -> Callable[[str], str]:
    """The maker of the page of a run that is called by a text."""

    def page(text: str) -> str:
        with pytest.MonkeyPatch.context() as patched:
            rows = [(f"1 {text}", ["1", "2"])]
            patched.setattr(write, "breakdowns", lambda run: [Breakdown("h", "n", "c", rows)])
            patched.setattr(write, "unspent_line", lambda run: text)
            patched.setattr(write, "brief", lambda *given: brief_of(text))
            return write.html(called(scenario, text), comparison, {"map": b"png"})

    return page


@pytest.fixture(scope="module")
def plain(written: Callable[[str], str]) -> Parsed:
    return Parsed(written("x"))


@pytest.mark.parametrize("name", EVERYTHING)
def test_the_page_holds_it_as_text(name: str, written: Callable[[str], str], plain: Parsed) -> None:
    text = EVERYTHING[name]
    source = written(text)
    source.encode()
    assert shown(source, lines=True) == source
    page, seen = Parsed(source), shown(text, lines=True)
    assert page.tags == plain.tags, "the same tags with the same attributes as for any title"
    for sentence in (
        f"{seen} – {seen}\n",
        f"{seen}, weather {seen}, 40 simulated days",
        f"Against {seen}, with {seen} officers are there",
        f"Differences from {seen}\n",
        f"1 {seen}12",
        f"{seen} (even_spread): {seen}\n",
        f"Made by simulate title={seen}; seed",
        f"Siaga {seen}.",
    ):
        assert sentence in page.text


@pytest.mark.parametrize("name", EVERYTHING)
def test_figures_draw_it(name: str, scenario: Scenario) -> None:
    text = EVERYTHING[name]
    figure, ax = plt.subplots(figsize=(8, 4), layout="constrained")
    ax.plot([0, 1], label=as_drawn(text, LEGEND))
    ax.set_title(as_drawn(text, PANEL))
    ax.set_yticks([0.5], [as_drawn(text, TICK)])
    legend_of(ax, "upper left")
    labels = ax.get_legend().get_texts() if text.strip() else []
    assert len(labels) == bool(text.strip()), "no title hides its line from the legend"
    picture = render(figure, f"simulate 'title={text}'")  # warnings are errors here
    assert picture.startswith(b"\x89PNG")
    for one in (*labels, ax.title, *ax.get_yticklabels(), figure._supxlabel):
        (line, mathematics), *_ = map(one._preprocess_math, one.get_text().split("\n"))
        assert not mathematics
        assert "\\$" not in line or "\\$" in text, "the sign that stops mathematics is not seen"


@pytest.mark.parametrize("name", ALLOWED)
def test_a_figure_shows_the_words_of_a_title(name: str) -> None:
    seen = as_drawn(ALLOWED[name], Space(100, 9)).replace(r"\$", "$").strip()
    assert seen == " ".join(ALLOWED[name].split())


def test_figures_call_strategies_by_their_titles(
    scenario: Scenario, comparison: Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The figures themselves, on axes that somebody else made."""
    run = called(scenario, r"$\frac{1$")
    shares = pd.DataFrame({"minutes": [1.0, 9.0], "share": [0.2, 0.9]})
    monkeypatch.setattr(figures, "response_shares", lambda run: dict.fromkeys(NAMES, shares))
    rows = [{"strategy": s, "time": t, "share": 0.5, "low": 0.4, "high": 0.6} for s in NAMES for t in (420.0, 480.0)]
    monkeypatch.setattr(figures, "coverage_shares", lambda run: pd.DataFrame(rows))
    states = pd.DataFrame({state: [1.0, 2.0] for state in STATES}, index=[420.0, 1200.0])
    monkeypatch.setattr(figures, "officers_by_state", lambda run, name, states_: states)
    run.__dict__["region"] = load_region(scenario.region)
    medians = pd.DataFrame({"strategy": ["even_spread"], "district": [0], "value": [5.0], "n": [20]})
    drawn = [
        lambda ax: figures.response_ecdf(run, ax),
        lambda ax: figures.coverage_through_day(run, ax),
        lambda ax: figures.units_over_time(run, ax=ax),
        lambda ax: figures.votes_lost_by_cause(run, ax, comparison=comparison),
        lambda ax: response_map(run, ax=ax, values=medians, posts=pd.DataFrame({"strategy": [], "station": []})),
    ]
    for draw in drawn:
        figure, ax = plt.subplots()
        draw(ax)
        texts = [text.get_text() for text in ax.findobj(Text)]
        assert any(r"\$\frac{1\$" in text for text in texts), "it is there, with no mathematics"
        render(figure, "simulate")
    figure = figures.differences_panels(run, comparison)
    assert figure.axes[0].get_yticklabels()[0].get_text() == r"\$\frac{1\$"
    render(figure, "simulate")


@pytest.mark.parametrize("parse_math", [True, False])
def test_dollars_are_drawn_alike_however_matplotlib_is_set(parse_math: bool) -> None:
    with mpl.rc_context({"text.parse_math": parse_math}):
        ax = plt.subplots()[1]
        ax.set_title(as_drawn("$5 and $6", PANEL))
        assert ax.title._preprocess_math(ax.title.get_text()) == ("$5 and $6", False)


def test_a_users_own_tex_is_not_run_on_it() -> None:
    with mpl.rc_context({"text.usetex": True}), styled():
        ax = plt.subplots()[1]
        ax.set_title("x")
    assert ax.title.get_usetex() is False


def test_a_long_command_at_the_foot_keeps_to_the_width_of_the_figure() -> None:
    figure = plt.figure(figsize=(8, 3), layout="constrained", dpi=130)  # as it is saved
    render(figure, "simulate " + "incidents=[{kind: riot}] " * 60)
    foot = figure._supxlabel
    assert len(foot.get_text().split("\n")) == 3 and foot.get_text().endswith("…")
    assert foot.get_window_extent().width <= figure.bbox.width
