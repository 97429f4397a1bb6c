"""A pack in Indonesian says nothing in English, and its events list is read back whatever language is spoken then."""

from __future__ import annotations

import string
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from sim.exercise.inject import COLUMNS
from sim.exercise.pack import read_spreadsheet, write_pack
from sim.experiment.execute import execute
from sim.words import exercise as words
from sim.words.language import Language, spoken
from tests.conftest import small_scenario
from tests.exercise.test_pack import CLOSURE, RIOT

SLOW = 'slow_stretches=[{between: [T1.1, T1.2], factor: 0.5, from_time: "07:30", to_time: "12:00"}]'
_SHORT = 12
"""Characters of a text that may be the same in both languages, such as a title of one word."""


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> dict[Language, Path]:
    """The same run's pack in each language."""
    folder = tmp_path_factory.mktemp("packs")
    run = execute(small_scenario(RIOT, CLOSURE, SLOW, "run.replications=3", "run.workers=1", f"run.output='{folder}'"))
    found = {language: folder / language for language in Language}
    for language, pack in found.items():
        with spoken(language):
            write_pack(run, pack)
    return found


def texts(value: Any) -> list[str]:
    """Every text of a constant, without its fields."""
    if isinstance(value, str):
        return [part.strip() for part, *_ in string.Formatter().parse(value)]
    inside = value.values() if isinstance(value, dict) else value
    return [text for one in inside for text in texts(one)]


def everything(pack: Path) -> str:
    """All that a reader of a pack sees."""
    sheet = load_workbook(pack / "control" / "msel.xlsx").active
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    pages = ("control/facilitator.html", "players/participant.html")
    return "\n".join([*cells, *((pack / page).read_text(encoding="utf-8") for page in pages)])


SENTENCES = sorted(
    {text for name, value in vars(words).items() if name.isupper() for text in texts(value) if len(text) > _SHORT}
)


def test_what_is_english_is_seen_by_this_test(packs: dict[Language, Path]) -> None:
    said = everything(packs[Language.ENGLISH]).replace("&#39;", "'")
    missing = [one for one in SENTENCES if one not in said]
    assert len(SENTENCES) > 90 and missing == [], "every sentence stands in a pack in English"


def test_a_pack_in_indonesian_has_no_english_sentence(packs: dict[Language, Path]) -> None:
    said = everything(packs[Language.INDONESIAN])
    assert [one for one in SENTENCES if one in said] == []
    assert 'lang="id"' in said and "hari pemungutan suara" in said and "9.000 pemilih terdaftar" in said
    assert "07.00" in said, "a time of day has a point"


@pytest.mark.parametrize("written", Language)
@pytest.mark.parametrize("read", Language)
def test_an_events_list_is_read_back_in_either_language(
    packs: dict[Language, Path], written: Language, read: Language
) -> None:
    content = (packs[written] / "control" / "msel.xlsx").read_bytes()
    cells = load_workbook(BytesIO(content)).active
    with spoken(read):
        found = read_spreadsheet(content)
    assert len(found) == cells.max_row - 1 > 10
    for row, inject in zip(cells.iter_rows(min_row=2), found, strict=True):
        assert [str(cell.value or "") for cell in row] == [str(getattr(inject, name)) for name in COLUMNS]


@pytest.mark.parametrize("language", Language)
def test_no_two_columns_have_the_same_heading(language: Language) -> None:
    with spoken(language):
        assert tuple(words.COLUMNS) == COLUMNS and len(set(words.COLUMNS.values())) == len(COLUMNS)
