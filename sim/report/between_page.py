"""A comparison between runs as one page that needs nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from sim.errors import UserError
from sim.experiment.checksum import digest
from sim.experiment.store import write_atomically
from sim.files import read_text
from sim.inference.between import Between
from sim.measures.registry import MEASURES
from sim.pages import page
from sim.report.between import has_regret, sentences
from sim.report.measure_cells import (
    Cell,
    difference_cell,
    heading,
    heading_below,
    known_measures,
    regret_cell,
    value_cell,
)
from sim.report.verdict import LEAST_DAYS
from sim.words import compare as words
from sim.words.language import speaking

_MARK = re.compile(r"<!-- siaga ([0-9a-f]{64}) -->\n?\Z")
_MOST = 64 * 1024 * 1024
"""Bytes of such a page; one of a thousand runs has fifty million."""
_NOTHING = Cell("–")


def place_of(between: Between) -> Path:
    """Return where the page of a sweep is written: beside its first run, by a name made of all of them."""
    runs = [side.run.path.resolve() for side in between.sides]
    code = sha256("\n".join(run.name for run in runs).encode()).hexdigest()[:8]
    first = between.sides[0].run.path
    return (first if first.name not in ("", "..") else first.resolve()).parent / f"compare-{code}.html"


def write_page(between: Between, file: Path | None = None) -> Path:
    """Write the page and return its path.

    Args:
        between: The comparison.
        file: Where to; None: :func:`place_of`.

    Raises:
        UserError: When it cannot be written, or something else is there: never written here, or edited since.
    """
    file = file or place_of(between)
    text = html(between)
    try:
        if file.exists() and not _is_ours(file):
            raise UserError(words.EDITED.format(file=file))
        write_atomically(file, f"{text}<!-- siaga {digest(text.encode())} -->\n".encode())
    except OSError as error:
        raise UserError(words.CANNOT_WRITE.format(file=file, why=error.strerror or error)) from error
    return file


def _is_ours(file: Path) -> bool:
    """Return whether a file is a page as it was written here."""
    try:
        text = read_text(file, _MOST, ".html")
    except (ValueError, UserError):
        return False
    found = _MARK.search(text)
    return found is not None and digest(text[: found.start()].encode()) == found[1]


def html(between: Between) -> str:
    """Return the page."""
    measures = known_measures(between)
    own = [measure for measure in measures if not MEASURES[measure].own]
    return page(
        "sim.report",
        "between.html",
        lang=str(speaking()),
        headings=words.HEADINGS,
        notes=words.NOTES,
        names=between.names,
        percent=f"{100 * between.confidence:.0f} %",
        sentences=sentences(between),
        run_columns=[words.COLUMNS[name] for name in ("run", "days", "seed", "command")],
        runs=[_run(between, i) for i in range(len(between.sides))],
        setting_columns=[words.COLUMNS["setting"], *between.names],
        settings=[(row[0], list(row[1:])) for row in between.differs.itertuples(index=False, name=None)],
        summary_columns=["", *(heading(m) for m in own)],
        summary=list(_summary(between, own)),
        differences=list(_differences(between, measures)),
        regret=list(_regret(between)) if has_regret(between) else [],
        version=between.sides[0].run.manifest["siaga"],
    )


def _run(between: Between, number: int) -> tuple[str, list[str]]:
    side = between.sides[number]
    days, planned = side.run.replications, side.run.scenario.run.replications
    form = words.DAYS if days >= planned else words.DAYS_PARTIAL
    settings = side.run.scenario.run
    return side.name, [form.format(days=days, planned=planned), str(settings.seed), side.run.manifest["command"]]


def _summary(between: Between, measures: list[str]) -> Iterator[tuple[str, list[Cell]]]:
    for side in between.sides:
        yield side.name, []
        mine = between.measures[between.measures["run"] == side.name]
        for strategy, rows in mine.groupby("strategy", sort=False):
            found = {str(row["measure"]): value_cell(row) for _, row in rows.iterrows()}
            yield str(strategy), [found.get(m, _NOTHING) for m in measures]


def _differences(between: Between, measures: list[str]) -> Iterator[dict[str, Any]]:
    apart, concluded = between.differences, between.days >= LEAST_DAYS
    same = [words.NOTES["same"]] if any(MEASURES[measure].own for measure in measures) else []
    for strategy, some in apart.groupby("strategy", sort=False) if len(apart) else []:
        of = str(some["of"].iloc[0])
        form = words.NOTES["differences" if of == strategy else "across"]
        columns = {
            str(name): {str(row["measure"]): difference_cell(row, concluded) for _, row in rows.iterrows()}
            for name, rows in some.groupby("run", sort=False)
        }
        paired = some.groupby("run", sort=False)["paired"].all()
        heads = [name if paired[name] else f"{name}, {words.COLUMNS['not_paired']}" for name in columns]
        yield {
            "heading": strategy,
            "note": " ".join([form.format(of=of, baseline=between.baseline), *same]),
            "columns": [words.COLUMNS["measure"], *heads],
            "rows": [(heading_below(m), [cells.get(m, _NOTHING) for cells in columns.values()]) for m in measures],
        }


def _regret(between: Between) -> Iterator[dict[str, Any]]:
    """Give, for each measure, the table of plans and scenarios with each plan's largest regret at its end."""
    scenarios = list(dict.fromkeys(between.regret["scenario"]))
    known = between.regret.dropna(subset=["regret"])
    for measure, rows in known.groupby("measure", sort=False):
        name = str(measure)
        if not (rows["regret"] > 0).any():
            continue
        cells = {(r["plan"], r["scenario"]): regret_cell(r) for _, r in rows.iterrows()}
        worst = between.largest[between.largest["measure"] == measure]
        yield {
            "heading": f"{heading(name)}",
            "note": MEASURES[name].definition,
            "columns": [words.COLUMNS["plan"], *scenarios, words.COLUMNS["largest"]],
            "rows": [
                (str(plan), [*(cells.get((plan, s), _NOTHING) for s in scenarios), _largest(worst, str(plan))])
                for plan in dict.fromkeys(rows["plan"])
            ],
        }


def _largest(worst: pd.DataFrame, plan: str) -> Cell:
    mine = worst[worst["plan"] == plan]
    return regret_cell(mine.iloc[0], clear=bool(mine["least"].iloc[0])) if len(mine) else _NOTHING
