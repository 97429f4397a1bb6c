"""The comparison on the terminal: measures down, strategies across, then differences from the first strategy.

Whatever is printed is a ``Text``: what a string holds would be taken for markup, by any console but the command's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console, RenderableType
from rich.text import Text

from sim.experiment.store import Run
from sim.inference.compare import Comparison
from sim.measures.registry import MEASURES
from sim.report import bound
from sim.report.fitted import Column, Rows, fitted
from sim.report.measure_cells import as_text, difference_cell, heading_below, value_cell, with_twins
from sim.report.sentence import conclude, is_enough
from sim.report.untold import untold_sentences
from sim.text import shown, word
from sim.words import measures as measures_words
from sim.words import names
from sim.words import terminal as words

HEADLINES = [name for name, measure in MEASURES.items() if measure.headline]


def headlines(*comparisons: Comparison) -> list[str]:
    """Return the headline measures of which at least one strategy has a value: no area is evacuated on most days."""
    found = {m for one in comparisons for m in one.measures.dropna(subset=["value"])["measure"]}
    return [name for name in HEADLINES if name in found]


def side_by_side(console: Console, headings: Sequence[str], rows: Mapping[str, Sequence[Text]]) -> list[RenderableType]:
    """Return as few tables, one under another, as show every column whole, each with about as many columns.

    Args:
        console: Where they are going to be printed.
        headings: Of the columns.
        rows: The cells of each measure, a column each.
    """
    columns = [Column(), *(Column(name, right=True) for name in headings)]
    return fitted(Rows(columns, [[heading_below(measure), *cells] for measure, cells in rows.items()]), console.width)


def _heading(strategy: str) -> str:
    """Return a strategy's name on two lines, so that more fit beside each other."""
    return names.called(names.STRATEGY, strategy).replace("_", " ").replace(" ", "\n", 1)


def measures_tables(console: Console, comparison: Comparison) -> list[RenderableType]:
    """Return the tables of headline measures."""
    names = list(dict.fromkeys(comparison.measures["strategy"]))
    indexed = comparison.measures.set_index(["measure", "strategy"], drop=False)
    rows = {m: [as_text(value_cell(indexed.loc[(m, name)])) for name in names] for m in headlines(comparison)}
    return side_by_side(console, [_heading(name) for name in names], rows)


def bound_tables(console: Console, comparison: Comparison) -> list[RenderableType]:
    """Return the tables of late responses beside the fewest that were possible."""
    names = list(dict.fromkeys(comparison.measures["strategy"]))
    indexed = comparison.measures.set_index(["measure", "strategy"], drop=False)
    rows = {m: [as_text(value_cell(indexed.loc[(m, name)])) for name in names] for m in bound.ROWS}
    return side_by_side(console, [_heading(name) for name in names], rows)


def differences_tables(console: Console, comparison: Comparison) -> list[RenderableType]:
    """Return the tables of paired differences from the baseline, twins below the measures whose twins they are."""
    names = list(dict.fromkeys(comparison.differences["strategy"]))
    indexed = comparison.differences.set_index(["measure", "strategy"], drop=False)
    enough = is_enough(comparison)
    rows = {
        m: [as_text(difference_cell(indexed.loc[(m, name)], enough)) for name in names]
        for m in with_twins(headlines(comparison))
    }
    return side_by_side(console, [_heading(name) for name in names], rows)


def print_comparison(console: Console, run: Run, comparison: Comparison, report: Path) -> None:
    """Print the whole answer of a run."""
    scenario = run.scenario
    title = shown(scenario.said_title)
    weather = shown(names.called(names.WEATHER, scenario.weather.name))
    where = words.HEADING.format(
        scenario=title,
        region=shown(scenario.region.title),
        weather=weather,
    )
    first_line = Text(where)
    first_line.highlight_words([title], "bold")
    console.print(Text("\n") + first_line)
    console.print(Text(words.BELOW.format(days=comparison.days, percent=100 * comparison.confidence)))
    console.print(*measures_tables(console, comparison), sep="")
    if not comparison.differences.empty:
        console.print(Text(words.DIFFERENCES.format(baseline=comparison.baseline)))
        console.print(*differences_tables(console, comparison), sep="")
        console.print(Text(words.OWN_INCIDENTS.format(same=measures_words.TWIN_HEADING)))
    titles = scenario.titles
    for sentence in (*conclude(comparison, titles), *untold_sentences(comparison, titles)):
        console.print(Text(shown(sentence)))
    if bound.bound_days(comparison):
        console.print(Text(f"\n{bound.bound_heading(comparison)}"))
        console.print(*bound_tables(console, comparison), sep="")
        for sentence in bound.bound_sentences(comparison, titles):
            console.print(Text(shown(sentence)))
    console.print(Text(unspent_line(run)))
    console.print(Text(words.REPORT.format(file=shown(str(report)))), soft_wrap=True)
    console.print(Text(words.WATCH.format(command=f"simulate playback {word(str(run.path))}")), soft_wrap=True)


def unspent_line(run: Run) -> str:
    """Return what each strategy leaves unspent, in a sentence."""
    people = run.deployments().people.pivot_table(index="strategy", columns="agency", values="unspent", sort=False)
    left = {name: people.loc[name].astype(int) for name in run.strategies}
    some = [
        words.UNSPENT_OF.format(strategy=name, police=u["police"], wardens=u["wardens"])
        for name, u in left.items()
        if u.any()
    ]
    return words.UNSPENT.format(strategies="; ".join(some)) if some else words.ALL_SPENT
