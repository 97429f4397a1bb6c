"""Names beside codes: what is stored as a number or a code, is told by its name too when it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache

import pandas as pd

from sim.config.scenario import Scenario
from sim.region.gazetteer import Gazetteer
from sim.region.printed import as_printed, name_of_code
from sim.region.region import Region
from sim.vocabulary import PlaceKind


def named(frame: pd.DataFrame, scenario: Scenario, region: Region) -> pd.DataFrame:
    """Return a table of a run with a column of names behind each column of codes: ``district_name``, ``kind_title``, ….

    A name of a place is one that is accepted wherever a place is asked for, and means this place.

    Args:
        frame: The table.
        scenario: What was played.
        region: Where.
    """
    gazetteer = Gazetteer(region)
    printed = cache(lambda: as_printed(gazetteer))  # not every table has such a column
    make: Mapping[str, Callable[[], pd.Series]] = {
        "station": lambda: _by_number(frame["station"], printed().stations.name),
        "district": lambda: _by_number(frame["district"], [one.name for one in printed().districts]),
        "node": lambda: _by_number(frame["node"], [one.name for one in printed().nodes]),
        "kind": lambda: frame["kind"].map({name: kind.said_title for name, kind in scenario.kinds.items()}),
        "place": lambda: _by_code(frame["place"], frame.get("place_kind"), gazetteer),
        "facility": lambda: _by_code(frame["facility"], None, gazetteer),
    }
    found: dict[str, pd.Series] = {}
    for column in frame:
        found[str(column)] = frame[column]
        if column in make:
            found[_name_of(str(column))] = make[str(column)]()
    return pd.DataFrame(found, index=frame.index)


def _name_of(column: str) -> str:
    return "kind_title" if column == "kind" else f"{column}_name"


def _by_number(numbers: pd.Series, names: tuple[str, ...] | list[str]) -> pd.Series:
    """Return the name at each number of a region's table; empty for none."""
    return numbers.map(dict(enumerate(names))).fillna("").astype("str")


def _by_code(codes: pd.Series, kinds: pd.Series | None, gazetteer: Gazetteer) -> pd.Series:
    """Return the name of each place; what is no code of a place stays as it is."""
    of: Iterable[PlaceKind | None] = [None] * len(codes) if kinds is None else map(PlaceKind, kinds)
    each = list(zip(codes, of, strict=True))
    known = {one: name_of_code(gazetteer, *one) for one in set(each)}
    return pd.Series([known[one] for one in each], index=codes.index, dtype="str")
