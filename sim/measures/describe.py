"""What the columns of a table mean, and their units."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sim.config.override import CHOSEN
from sim.errors import UserError, nearest
from sim.log import TABLES
from sim.measures.registry import MEASURES
from sim.words import columns as words
from sim.words import deployments
from sim.words.language import gettext as _

Meanings = Mapping[str, tuple[str, str]]
TABLE = "siaga_table"
"""Under this name a data frame keeps which table it is (``DataFrame.attrs``)."""
_RESULTS = ("comparison", "causes", "runs", "trials", "voters", "deployments", "rounds")
DESCRIBED = (*TABLES, *_RESULTS)
"""Names of the tables that are described: those of a run, then those that are made of runs or stations."""


def describe(table: pd.DataFrame | str) -> pd.DataFrame:
    """Return what each column of a table means, and its unit.

    Args:
        table: A data frame of this package: a table of a run, of a comparison, of a sweep, of stations; or the name of
            a table (``incidents``).

    Returns:
        One row a column: column, meaning, unit. The meaning is empty for a column that is not of this package.

    Raises:
        UserError: For an unknown name, with the nearest.
    """
    if isinstance(table, str):
        if table not in DESCRIBED:
            raise UserError(_("unknown table '{name}'; {hint}").format(name=table, hint=nearest(table, DESCRIBED)))
        front = {name: words.EVERYWHERE[name] for name in ("strategy", "replication")} if table in TABLES else {}
        meanings = {**front, **_of(table)}
        return _frame(list(meanings), meanings)
    columns = [str(name) for name in table.columns]
    return _frame(columns, _best_fitting(columns, str(table.attrs.get(TABLE, ""))))


def _of(table: str) -> Meanings:
    """Return the columns of a table by its name."""
    if table == "deployments":
        return deployments.UNITS
    if table == "rounds":
        return {**deployments.ROUNDS, **{name: of for name, of in words.WAYS.items() if name != "way"}}
    if table == "voters":
        return {**words.VOTERS, **words.ONE_STATION}
    found: Meanings = getattr(words, table.upper())
    return found


def _best_fitting(columns: list[str], name: str) -> Meanings:
    """Return what the columns mean in the table of this name, or else in the one that has most of them."""
    tables = {table: _of(table) for table in DESCRIBED}
    if name not in tables:
        name = max(tables, key=lambda table: sum(column in tables[table] for column in columns))
    others = [meanings for table, meanings in tables.items() if table in _RESULTS]
    found = dict(words.EVERYWHERE)
    for meanings in (*reversed(others), tables[name]):
        found |= {column: meanings[column] for column in columns if column in meanings}
    for column in columns:
        if column not in found and (made := _made(column)) is not None:
            found[column] = made
    return found


def _made(column: str) -> tuple[str, str] | None:
    """Return what a column means that is called after something: a measure, a setting, a stage."""
    if column in MEASURES:
        measure = MEASURES[column]
        return measure.definition, words.MEASURE_UNITS[measure.unit]
    stage, _, end = column.rpartition(" ")
    if stage and end in words.STAGE:
        return words.STAGE[end]
    return (words.AXIS.format(setting=column), "") if "." in column or column in CHOSEN else None


def _frame(columns: list[str], meanings: Meanings) -> pd.DataFrame:
    rows = [(column, *meanings.get(column, ("", ""))) for column in columns]
    return pd.DataFrame(rows, columns=["column", "meaning", "unit"])


def measures_table() -> pd.DataFrame:
    """Return all measures: measure, title, unit, better (lower, higher, none), headline, by, definition."""
    rows = [
        (m.name, m.title, words.MEASURE_UNITS[m.unit], m.better, m.headline, ", ".join(m.by), m.definition)
        for m in MEASURES.values()
    ]
    return pd.DataFrame(rows, columns=["measure", "title", "unit", "better", "headline", "by", "definition"])
