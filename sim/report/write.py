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
from sim.report.map import response_maps
from sim.report.sentence import conclude
from sim.report.style import Space, as_drawn, styled
from sim.report.tables_by import best_possible, breakdowns, votes_by_cause
from sim.report.terminal import unspent_line
from sim.report.untold import untold_sentences
from sim.report.wording import signed_interval, with_interval
from sim.text import word
from sim.words import measures as measures_words
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
        "votes": lambda: _figure(figures.votes_lost_by_cause(comparison, run)),
    }
    if not comparison.differences.empty:
        made["differences"] = lambda: _figure(figures.differences(comparison, run).flat[0])
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
    command = run.manifest["command"]
    try:
        pictures = {}
        with styled(), plt.ioff():
            for name, make in draw(run, comparison).items():
                pictures[name] = render(make(), command)
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
    """Return the report as one HTML page."""
    titles = {s.name: s.title for s in run.scenario.strategies}
    values, changes = _by_measure(comparison.measures), _by_measure(comparison.differences)
    return page(
        "sim.report",
        "report.html",
        text=report_words.PAGE,
        setting=report_words.PAGE["setting"].format(
            region=run.scenario.region.title,
            weather=run.scenario.weather.name,
            days=comparison.days,
            count=len(titles),
            strategies=report_words.PAGE["strategy" if len(titles) == 1 else "strategies"],
        ),
        alternatives=report_words.ALTERNATIVES,
        breakdowns=[*best_possible(comparison), votes_by_cause(comparison), *breakdowns(run)],
        scenario=run.scenario,
        run=run,
        comparison=comparison,
        titles=titles,
        sentences=[
            *conclude(comparison, titles),
            *untold_sentences(comparison, titles),
            *bound_sentences(comparison, titles),
        ],
        unspent=unspent_line(run),
        script=_script(run),
        measures=[(measures_words.TITLES[m], MEASURES[m].definition, _row(values[m], m)) for m in MEASURES],
        differences=[(measures_words.TITLES[m], _difference_row(changes[m], m)) for m in MEASURES],
        pictures={name: base64.b64encode(png).decode() for name, png in pictures.items()},
        caveats=report_words.CAVEATS,
    )


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


def _difference_row(rows: pd.DataFrame, measure: str) -> list[str]:
    if rows.empty:  # of one strategy alone: not even columns
        return []
    unit = MEASURES[measure].unit
    columns = (rows["difference"], rows["low_all"], rows["high_all"])
    return [signed_interval(v, low, high, unit) for v, low, high in zip(*columns, strict=True)]
