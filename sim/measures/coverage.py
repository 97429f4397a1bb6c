"""Samples of coverage and of potential response: free of the choice of incidents, over all stations and moments."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from sim.log import COVERED_BY
from sim.measures.sample import Floats
from sim.measures.tables import Rows, Tables
from sim.vocabulary import Force

WHOLES = ("voters", "stations", "area")
"""What coverage is a share of: registered voters, stations, area of villages."""
QUANTILES = (Force.FIRST, Force.YELLOW, Force.RED)
"""Forces whose potential response is told."""
_DAY = ["strategy", "replication"]


def covered(whole: str, force: Force) -> Callable[[Tables], Rows]:
    """Return the sample of the share of voters, stations or area that a force covers over the polling hours."""

    def compute(t: Tables) -> Rows:
        districts = t.made("coverage of districts", _of_districts)
        return t.ratio(districts, *_covered(districts, whole, COVERED_BY[force]))

    compute.__doc__ = f"Share of {whole} at which the {force} force could be in the standard time, over the hours."
    return compute


def at_start(t: Tables) -> Rows:
    """Registered voters at whose station the first officers could be in the standard time, when stations open."""
    coverage = t.get("coverage")
    first = coverage[coverage["time"] == coverage["time"].min()]
    return t.ratio(first, *_covered(first))


def by_time(t: Tables) -> Rows:
    """The same at each moment of the polling hours."""
    coverage = t.get("coverage")
    return t.keyed(coverage, "time", *_covered(coverage))


def in_districts(t: Tables) -> Rows:
    """The same over the polling hours in each district."""
    districts = t.made("coverage of districts", _of_districts)
    return t.keyed(districts, "district", *_covered(districts))


def with_guards(t: Tables) -> Rows:
    """The same over the polling hours when the guards of each station's own post are counted too."""
    districts = t.made("coverage of districts", _of_districts)
    return t.ratio(districts, *_covered(districts, ending="covered_any"))


def worst_moment(t: Tables) -> Rows:
    """The smallest share of voters at whose station the first officers could be in time, of all moments of a day."""
    worst = t.made("worst moments", _worst_moments)
    return t.ratio(worst, worst["share"].to_numpy(float), np.ones(len(worst)))


def worst_moment_time(t: Tables) -> Rows:
    """When that was."""
    worst = t.made("worst moments", _worst_moments)
    return t.values(worst, worst["time"].to_numpy(float))


def worst_moment_of(column: str) -> Callable[[Tables], Rows]:
    """Return the sample of what a column of coverage counted in the whole region at that moment."""

    def compute(t: Tables) -> Rows:
        worst = t.made("worst moments", _worst_moments)
        return t.per_day(worst, worst[column].to_numpy(float))

    compute.__doc__ = f"``{column}`` at the moment of the day at which fewest voters were covered."
    return compute


def potential(force: Force) -> Callable[[Tables], Rows]:
    """Return the sample of a force's potential response, minutes: each voter at each moment; never counts as never."""

    def compute(t: Tables) -> Rows:
        table = t.get("potential")
        rows = table[table["force"] == force.value]
        key = rows["minutes"].fillna(np.inf).to_numpy(float)
        return Rows(rows, key, rows["voters"].to_numpy(float), np.zeros(len(rows)))

    compute.__doc__ = f"Minutes until the {force} force could be at a voter's station, of all voters and moments."
    return compute


def _covered(coverage: pd.DataFrame, whole: str = "voters", ending: str = "covered") -> tuple[Floats, Floats]:
    return coverage[f"{whole}_{ending}"].to_numpy(float), coverage[whole].to_numpy(float)


def _of_districts(t: Tables) -> pd.DataFrame:
    """Return one row for each strategy, day and district: the sums over all moments."""
    coverage = t.get("coverage")
    counted = [column for column in coverage.columns if column.startswith(WHOLES)]
    return coverage.groupby([*_DAY, "district"], sort=True, as_index=False)[counted].sum()


def _worst_moments(t: Tables) -> pd.DataFrame:
    """Return one row for each strategy and day: the sums over districts when fewest voters were covered, and the share.

    Of several such moments it is the first.
    """
    coverage = t.get("coverage")
    counted = ["voters", "voters_covered", "busy_units", "closed_roads"]
    moments = coverage.groupby([*_DAY, "time"], sort=True, as_index=False)[counted].sum()
    moments["share"] = moments["voters_covered"] / moments["voters"]
    return moments.loc[moments.groupby(_DAY, sort=True)["share"].idxmin()]
