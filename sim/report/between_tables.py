"""A comparison between runs on the terminal: the runs, a table of values, of differences, of regret."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console
from rich.text import Text

from sim.inference.between import Between
from sim.measures.registry import MEASURES
from sim.report.between import has_regret, judged, sentences
from sim.report.fitted import Column, Rows, fitted
from sim.report.measure_cells import (
    as_text,
    difference_cell,
    heading,
    heading_below,
    known_measures,
    regret_cell,
    value_cell,
)
from sim.report.verdict import LEAST_DAYS
from sim.text import cells, shown
from sim.words import compare as words
from sim.words import report as report_words

_NAME_COLUMNS = 22
_HEADING_COLUMNS = 13
_LONGEST_HEADING = 40

Cells = dict[str, dict[str, Text]]
"""Cells by row, then by column; both by what stands at their head."""


def print_between(console: Console, between: Between) -> None:
    """Print a comparison: the runs, values and differences of each strategy, regret, and what can be said."""
    _print_runs(console, between)
    for strategy in dict.fromkeys(between.measures["strategy"]):
        _print_strategy(console, between, str(strategy))
    if any(MEASURES[measure].own for measure in known_measures(between)):
        console.print(Text(words.NOTES["same"]))
    _print_end(console, between)


def print_summary(console: Console, between: Between) -> None:
    """Print the end of a sweep: one table with a row for each run and plan, regret, and what can be said."""
    console.print(Text(words.HEADINGS["summary"].format(runs=len(between.sides)), "bold"))
    console.print(Text(words.NOTES["summary"].format(percent=_percent(between))))
    measures = [name for name in known_measures(between) if name in report_words.SUBJECTS]
    rows: Cells = {}
    for side in between.sides:
        mine = between.measures[between.measures["run"] == side.name]
        rows[shown(side.name)] = {}
        for strategy, some in mine.groupby("strategy", sort=False):
            found = {str(row["measure"]): as_text(value_cell(row)) for _, row in some.iterrows()}
            rows[f"{shown(side.name)}\n  {shown(str(strategy))}"] = {heading(m): found[m] for m in measures}
    _print_split(console, rows, [heading(m) for m in measures])
    _print_end(console, between)


def _print_runs(console: Console, between: Between) -> None:
    console.print(Text(words.HEADINGS["runs"], "bold"))
    for i, side in enumerate(between.sides, 1):
        days, planned = side.run.replications, side.run.scenario.run.replications
        form = words.RUN if days >= planned else words.RUN_PARTIAL
        console.print(Text(shown(form.format(number=i, name=side.name, days=days, planned=planned))))


def _print_end(console: Console, between: Between) -> None:
    if has_regret(between):
        _print_regret(console, between)
    for sentence in sentences(between):
        console.print(Text(shown(sentence)))


def _percent(between: Between) -> str:
    return f"{100 * between.confidence:.0f} %"


def _run_heading(between: Between, name: str) -> str:
    """Return a run's name as the head of a column; its number where it is too long for one."""
    if len(name) <= _LONGEST_HEADING:
        return shown(name)
    return words.NUMBERED.format(number=between.names.index(name) + 1)


def _print_strategy(console: Console, between: Between, strategy: str) -> None:
    """Print one strategy's values in each run, and beside each but the first its difference."""
    values = between.measures[between.measures["strategy"] == strategy]
    apart = between.differences
    apart = apart[apart["strategy"] == strategy] if len(apart) else apart
    concluded = between.days >= LEAST_DAYS
    columns: dict[str, dict[str, Text]] = {}
    for name, rows in values.groupby("run", sort=False):
        head = _run_heading(between, str(name))
        columns[head] = {str(r["measure"]): as_text(value_cell(r)) for _, r in rows.iterrows()}
        mine = apart[apart["run"] == name] if len(apart) else apart
        if len(mine):
            form = words.COLUMNS["difference" if mine["paired"].all() else "unpaired"]
            columns[f"{head}\n{form}"] = {
                str(r["measure"]): as_text(difference_cell(r, concluded)) for _, r in mine.iterrows()
            }
    said = words.HEADINGS["values"].format(strategy=strategy, percent=_percent(between))
    console.print(Text(f"\n{shown(said)}", "bold"))
    if len(apart):
        of = str(apart["of"].iloc[0])
        form = words.NOTES["differences" if of == strategy else "across"]
        console.print(Text(shown(form.format(of=of, baseline=between.baseline))))
    _print_measures(console, between, columns)


def _print_measures(console: Console, between: Between, columns: Mapping[str, Mapping[str, Text]]) -> None:
    rows = {_key(m): {name: some[m] for name, some in columns.items() if m in some} for m in known_measures(between)}
    _print_split(console, rows, list(columns))


def _key(measure: str) -> str:
    """Return what stands at the head of a measure's row, that of a twin in the group of the measure above it."""
    own = MEASURES[measure].own
    return f"{heading(own)}\n{heading_below(measure)}" if own else heading(measure)


def _print_regret(console: Console, between: Between) -> None:
    """Print plans across and scenarios down, a block a measure, with the largest regret of each plan below."""
    console.print(Text(f"\n{words.HEADINGS['regret']}", "bold"))
    console.print(Text(words.NOTES["regret"]))
    console.print(Text(f"{words.NOTES['largest']} {words.NOTES['least']}"))
    plans = [str(plan) for plan in dict.fromkeys(between.regret["plan"])]
    rows: Cells = {}
    known = between.regret.dropna(subset=["regret"])
    for measure in judged(between):
        some, title = known[known["measure"] == measure], heading(measure)
        if some.empty:
            continue
        rows[title] = {}
        for scenario, part in some.groupby("scenario", sort=False):
            rows[f"{title}\n  {shown(str(scenario))}"] = {
                str(r["plan"]): as_text(regret_cell(r)) for _, r in part.iterrows()
            }
        worst = between.largest[between.largest["measure"] == measure]
        rows[f"{title}\n  {words.COLUMNS['largest']}"] = {
            str(r["plan"]): as_text(regret_cell(r, clear=bool(r["least"]))) for _, r in worst.iterrows()
        }
    _print_split(console, rows, plans)


def _folded(text: str, most: int) -> str:
    """Return a text on several lines of at most so many columns, broken after blanks and signs where it can be."""
    lines = []
    for line in text.split("\n"):
        indent = line[: len(line) - len(line.lstrip())]
        folded = [indent]
        for part in _parts(line.strip(), most - len(indent)):
            if cells(folded[-1] + part.rstrip()) > most and folded[-1].strip():
                folded.append(indent)
            folded[-1] += part
        lines += folded
    return "\n".join(line.rstrip() for line in lines)


def _parts(line: str, most: int) -> Iterator[str]:
    """Give what a line may be broken into: after blanks, commas and equals signs; what is too long, anywhere."""
    for part in re.findall(r"[^ =,]*[ =,]+|[^ =,]+", line):
        if cells(part.rstrip()) <= most:
            yield part
            continue
        for piece in re.findall(r"[^_]*_|[^_]+", part):
            yield from (piece[i : i + most] for i in range(0, len(piece), most))


def _print_split(console: Console, rows: Cells, columns: Sequence[str]) -> None:
    """Print rows in as few tables, one under another, as show every column whole; groups of rows keep their heads."""
    cells_of = []
    for name, having in rows.items():
        group, _, inside = name.partition("\n")
        head = Text(_folded(inside or group, _NAME_COLUMNS), "" if having else "bold")
        nothing = Text(report_words.UNDEFINED if having else " ")
        cells_of.append([head, *(having.get(column, nothing) for column in columns)])
    heads = [Column(_folded(name, _HEADING_COLUMNS), right=True) for name in columns]
    console.print(*fitted(Rows([Column(), *heads], cells_of), console.width), sep="")
