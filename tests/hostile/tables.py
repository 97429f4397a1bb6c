"""Cases of tables: the small regency's, with cells, rows, columns, quotes and bytes spoiled."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from tests.conftest import SMALL_REGION
from tests.hostile.nasty import texts
from tests.hostile.settings_files import CELLS, FILE, SCENARIO, Case
from tests.hostile.trees import Draw, spoiled, written

MORE = {
    "stations.csv": "code,name,village_code,registered,vulnerability,access_km,special,lat,lon\n"
    + "".join(f"S{i},TPS {i},T{1 + i % 3}.1,300,low,0.5,0,-1.0{i % 3},110.{15 * (i % 3):02d}\n" for i in range(12)),
    "special_stations.csv": "village_code,name,registered\nT1.1,Prison,400\n",
    "region.csv": "title\nElsewhere\n",
}
"""Tables that a region may have, and the small one has not."""
NUMBERS = [
    "-1",
    "0",
    "1e9",
    "999999999",
    "91",
    "-91",
    "181",
    "0.0001",
    "1.5",
    "nan",
    "inf",
    "-inf",
    "1e400",
    "1e308",
    "1e-320",
    "2",
    "1001",
    "-0.0",
]
SCRIPTED = ("incidents", "closures", "slow_stretches", "troubles")


@cache
def small_tables() -> dict[str, str]:
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(SMALL_REGION.glob("*.csv"))}


Rows = list[list[str]]


def _cell(draw: Draw, rows: Rows, r: int, c: int) -> None:
    rows[r][c] = draw(st.sampled_from(NUMBERS) | st.sampled_from(CELLS) | texts)


def _header(draw: Draw, rows: Rows, _: int, c: int) -> None:
    rows[0][min(c, len(rows[0]) - 1)] = draw(st.sampled_from(["", " ", "code", "CODE", "lat ", "\ufefflat"]) | texts)


def _swap(_: Draw, rows: Rows, r: int, c: int) -> None:
    rows[r][c], rows[r][0] = rows[r][0], rows[r][c]


def _many(draw: Draw, rows: Rows, r: int, _: int) -> None:
    rows += [[f"{rows[r][0]}.{i}", *rows[r][1:]] for i in range(draw(st.sampled_from([10, 1_000])))]


def _less(_: Draw, rows: Rows, __: int, c: int) -> None:
    rows[:] = [[cell for i, cell in enumerate(row) if i != c] for row in rows]


def _more(_: Draw, rows: Rows, __: int, ___: int) -> None:
    rows[:] = [[*row, "x"] for row in rows]


def _long(draw: Draw, rows: Rows, r: int, _: int) -> None:
    rows[r] += ["x"] * draw(st.sampled_from([1, 5_000]))


def _short(_: Draw, rows: Rows, r: int, c: int) -> None:
    del rows[r][c:]


def _gone(_: Draw, rows: Rows, r: int, __: int) -> None:
    del rows[r]


def _twice(_: Draw, rows: Rows, r: int, __: int) -> None:
    rows.insert(r, list(rows[r]))


def _empty(_: Draw, rows: Rows, __: int, ___: int) -> None:
    del rows[1:]


EDITS = [_cell, _cell, _cell, _cell, _cell, _header, _swap, _many, _less, _more, _long, _short, _gone, _twice, _empty]
"""What happens to a table, most often to one cell of it; each is given a row and a column."""


def spoiled_table(draw: Draw, text: str) -> str:
    """Return a table with some of its cells, rows, columns or its header changed."""
    rows = [line.split(",") for line in text.rstrip("\n").split("\n")]
    for edit in draw(st.lists(st.sampled_from(EDITS), min_size=1, max_size=2)):
        r = draw(st.integers(min(1, len(rows) - 1), len(rows) - 1)) if rows else 0
        if rows and rows[0] and rows[r]:
            edit(draw, rows, r, draw(st.integers(0, len(rows[r]) - 1)))
    return "\n".join(",".join(row) for row in rows) + draw(st.sampled_from(["\n", "", "\r\n", "\n\n\n"]))


@st.composite
def regions(draw: Draw) -> Case:
    """A region's folder that the stranger's scenario plays in; most scripts name nothing in it, so that it is the tables that matter."""
    tables = dict(small_tables())
    for name in draw(st.lists(st.sampled_from(sorted(MORE)), max_size=1)):
        tables[name] = MORE[name]
    for name in draw(st.lists(st.sampled_from(sorted(tables)), min_size=1, max_size=2, unique=True)):
        tables[name] = spoiled(draw, spoiled_table(draw, tables[name]))  # type: ignore[assignment]
    if draw(st.integers(0, 9)) == 0:
        del tables[draw(st.sampled_from(sorted(tables)))]
    path = "own/region"
    scenario = SCENARIO | {"region": SCENARIO["region"] | {"path": path}}
    if draw(st.booleans()):
        scenario |= {key: [] for key in SCRIPTED}
    files: dict[str, str | bytes] = {f"region/{name}": text for name, text in tables.items()}
    return Case(("check", FILE), {"mine.yaml": written(scenario), **files}, ("own/region",))
