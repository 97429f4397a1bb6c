"""Writing a run's report: figures as PNG, and one HTML file that needs nothing else."""

from __future__ import annotations

import base64
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.day.script import script_rows
from sim.errors import UserError
from sim.experiment.store import Run, write_atomically
from sim.inference.compare import Comparison
from sim.measures.registry import MEASURES
from sim.pages import page
from sim.region.gazetteer import Gazetteer
from sim.report import figures
from sim.report.bound import bound_sentences
from sim.report.brief.brief import brief
from sim.report.brief.document import document
from sim.report.brief.fit import fit
from sim.report.map import response_maps
from sim.report.measure_cells import with_twins
from sim.report.sentence import conclude, partial_sentence
from sim.report.style import Space, as_drawn, styled
from sim.report.tables_by import best_possible, breakdowns, votes_by_cause
from sim.report.terminal import unspent_line
from sim.report.untold import untold_sentences
from sim.report.verdict import Verdict, is_enough, of_row
from sim.report.wording import signed_interval, with_interval
from sim.text import word
from sim.words import brief as brief_words
from sim.words import measures as measures_words
from sim.words import names
from sim.words import report as report_words
from sim.words import script as script_words
from sim.words.language import gettext as _

_FOOT_POINTS, _FOOT_LINES, _FOOT_SHARE = 7, 3, 0.94
"""Size of the letters and lines of the command at the foot of a figure, and how much of its width they take."""


def draw(run: Run, comparison: Comparison) -> dict[str, Callable[[], Figure]]:
    """Return the report's figures by name, each drawn when it is called."""
    made: dict[str, Callable[[], Figure]] = {
        "response": lambda: _figure(figures.response_ecdf(run)),
        "coverage": lambda: _figure(figures.coverage_through_day(run)),
        "map": lambda: response_maps(run),
        "units": lambda: figures.units_panels(run),
        "votes": lambda: _figure(figures.votes_lost_by_cause(run, comparison=comparison)),
    }
    if not comparison.differences.empty:
        made["differences"] = lambda: figures.differences_panels(run, comparison)
    return made


def _figure(ax: Axes) -> Figure:
    figure = ax.get_figure()
    assert isinstance(figure, Figure)
    return figure


def render(figure: Figure, command: str) -> bytes:
    """Return a figure as PNG, with the command that made it; the same figure gives the same bytes."""
    foot = as_drawn(command, Space(_FOOT_SHARE * figure.get_figwidth(), _FOOT_POINTS, _FOOT_LINES))
    figure.supxlabel(foot, x=0.01, ha="left", fontsize=_FOOT_POINTS, color="0.5")
    out = BytesIO()
    with styled():
        figure.savefig(out, format="png", dpi=130, metadata={"Software": None})
    plt.close(figure)
    return out.getvalue()


def write(run: Run, comparison: Comparison) -> Path:
    """Write the report into the run's folder and return the path of its HTML file.

    Raises:
        UserError: When the folder cannot be written.
    """
    foot = " – ".join([run.manifest["command"], *partial_sentence(comparison)])
    try:
        pictures = {}
        with styled(), plt.ioff():
            for name, make in draw(run, comparison).items():
                pictures[name] = render(make(), foot)
                write_atomically(run.place(f"figures/{name}.png"), pictures[name])
        report = run.path / "report.html"
        write_atomically(report, html(run, comparison, pictures).encode())
    except OSError as error:
        raise UserError(
            _(
                "'{folder}': the report cannot be written ({why}); the days are kept. Report: simulate report {run}"
            ).format(folder=run.path, why=error.strerror or error, run=word(str(run.path)))
        ) from error
    return report


def html(run: Run, comparison: Comparison, pictures: dict[str, bytes]) -> str:
    """Return the report as one HTML page: the brief, then the rest."""
    titles = run.scenario.titles
    made = brief(run, comparison, titles)
    return page(
        "sim.report",
        "report.html",
        scenario=run.scenario,
        run=run,
        comparison=comparison,
        titles=titles,
        text=report_words.PAGE,
        setting=_setting(run, comparison),
        brief=made,
        fit=f"{fit(made):.2f}",
        headings=brief_words.HEADINGS,
        table=brief_words.TABLE,
        sentences_heading=brief_words.COVER["sentences"],
        views=brief_words.VIEWS,
        pictures={name: base64.b64encode(png).decode() for name, png in pictures.items()},
        **_rest(run, comparison, titles),
    )


def brief_document(run: Run, comparison: Comparison) -> bytes:
    """Return the brief as a document to edit."""
    made = brief(run, comparison, run.scenario.titles)
    return document(made, run.scenario.said_title, _setting(run, comparison), run.manifest["command"])


def _setting(run: Run, comparison: Comparison) -> str:
    count = len(run.scenario.strategies)
    return report_words.PAGE["setting"].format(
        region=run.scenario.region.title,
        weather=names.called(names.WEATHER, run.scenario.weather.name),
        days=comparison.days,
        count=count,
        strategies=report_words.PAGE["strategy" if count == 1 else "strategies"],
    )


def _rest(run: Run, comparison: Comparison, titles: dict[str, str]) -> dict[str, Any]:
    """Return what the page says behind the brief."""
    values, changes = _by_measure(comparison.measures), _by_measure(comparison.differences)
    marked, own = is_enough(comparison), [m for m, one in MEASURES.items() if not one.own]
    return {
        "sentences": [
            *conclude(comparison, titles),
            *untold_sentences(comparison, titles),
            *bound_sentences(comparison, titles),
        ],
        "unspent": unspent_line(run),
        "alternatives": report_words.ALTERNATIVES,
        "breakdowns": [*best_possible(comparison), votes_by_cause(comparison), *breakdowns(run)],
        "script": _script(run),
        "measures": [(MEASURES[m].title, MEASURES[m].definition, _row(values[m], m)) for m in own],
        "marks": brief_words.RULE["marks"] if marked else "",
        "differences": [
            (
                measures_words.TWIN_HEADING if MEASURES[m].own else MEASURES[m].title,
                _difference_row(changes[m], m, marked=marked),
            )
            for m in with_twins(own)
        ],
        "caveats": report_words.CAVEATS,
        "descriptions": {s.name: _(s.description) for s in run.scenario.strategies},
    }


def _script(run: Run) -> dict[str, Any]:
    """Return the table of all that the scenario writes down."""
    return {
        "heading": script_words.HEADING,
        "note": script_words.NOTE,
        "nothing": script_words.NOTHING,
        "columns": script_words.COLUMNS,
        "rows": script_rows(run.scenario, Gazetteer(run.region)),
    }


def _by_measure(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the rows of each measure, in their order; none where the table has none."""
    found = {} if table.empty else {str(name): rows for name, rows in table.groupby("measure", sort=False)}
    return {name: found.get(name, table.iloc[:0]) for name in MEASURES}


def _row(rows: pd.DataFrame, measure: str) -> list[str]:
    unit = MEASURES[measure].unit
    return [
        with_interval(v, low, high, unit) for v, low, high in zip(rows["value"], rows["low"], rows["high"], strict=True)
    ]


def _difference_row(rows: pd.DataFrame, measure: str, *, marked: bool) -> list[str]:
    """Write the differences of one measure; the sign of the rule behind one that is better or worse."""
    if rows.empty:  # of one strategy alone: not even columns
        return []
    unit, found = MEASURES[measure].unit, []
    for row in rows.to_dict("records"):
        text = signed_interval(float(row["difference"]), float(row["low_all"]), float(row["high_all"]), unit)
        said = of_row(row)
        told = marked and MEASURES[measure].better != "none" and said in (Verdict.BETTER, Verdict.WORSE)
        found.append(f"{text} {brief_words.SIGNS[said]}" if told else text)
    return found
