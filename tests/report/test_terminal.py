"""The comparison on the terminal: every column is shown whole, in as few tables as fit, units beside titles."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from rich.console import Console
from rich.text import Text

from sim.measures.registry import MEASURES
from sim.report.measure_cells import as_text, heading, value_cell
from sim.report.terminal import HEADLINES, side_by_side
from sim.words.language import Language, spoken

HEADINGS = [f"strategy\nnumber {i}" for i in range(7)]
ROWS = {m: [Text(f"value {m[:3]}{i}\nlow{i}–high{i}") for i in range(7)] for m in HEADLINES}


def printed(width: int) -> tuple[int, str]:
    console = Console(file=io.StringIO(), width=width)
    tables = side_by_side(console, HEADINGS, ROWS)
    console.print(*tables, sep="")
    assert isinstance(console.file, io.StringIO)
    return len(tables), console.file.getvalue()


@pytest.mark.parametrize(("width", "tables"), [(200, 1), (80, 2), (60, 3), (37, 7), (24, len(ROWS))])
def test_nothing_is_cut(width: int, tables: int) -> None:
    many, text = printed(width)
    assert many == tables and "…" not in text
    assert max(map(len, text.splitlines())) <= width
    for m, cells in ROWS.items():
        for i, one in enumerate(cells):
            assert one.plain.splitlines()[0] in text and f"low{i}–high{i}" in text, (m, i)


def test_each_has_about_as_many_columns() -> None:
    _, text = printed(60)
    numbers = [line.count("number") for line in text.splitlines() if "number" in line]
    assert numbers == [3, 3, 1]


@pytest.mark.parametrize("language", Language)
def test_the_unit_stands_beside_the_title_once(language: Language) -> None:
    with spoken(language):
        labels = {name: heading(name) for name in MEASURES}
    assert all("\n" not in one for one in labels.values())
    assert labels["response_median"].endswith(" (min)" if language is Language.ENGLISH else ")")
    assert (
        "(" not in labels["votes_lost"]
        and "(" not in labels["exposed_minutes"]
        and "(" not in labels["within_standard"]
    )


@pytest.mark.parametrize(
    ("measure", "numbers", "says"),
    [
        ("within_standard", (0.427, 0.0994, 1.0), "42.7%\n9.9–100.0%"),
        ("response_p90", (float("inf"), 59.66, float("inf")), "never\n59.7–never"),
        ("votes_lost", (1234.4, 1234.4, 1234.4), "1,234"),
        ("last_station_closed", (785.0, 780.4, 790.0), "13:05\n13:00–13:10"),
        ("response_median", (float("nan"), float("nan"), float("nan")), "–"),
    ],
)
def test_a_value_and_its_interval_have_the_same_digits(
    measure: str, numbers: tuple[float, float, float], says: str
) -> None:
    row = pd.Series({"measure": measure, **dict(zip(("value", "low", "high"), numbers, strict=True))})
    assert as_text(value_cell(row)).plain == says
