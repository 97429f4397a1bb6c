"""Orders in Indonesian say nothing in English, in the spreadsheet and on the page; numbers have its separators."""

from __future__ import annotations

import string
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from sim.day.world import World
from sim.orders.html import html
from sim.orders.make import orders_of
from sim.orders.spreadsheet import spreadsheet
from sim.orders.wording import post
from sim.words import names
from sim.words import orders as words
from sim.words.language import Language, spoken

_SHORT = 12
"""Characters of a text that may be the same in both languages, or a part of a name."""


def texts(value: Any) -> list[str]:
    """Every text of a constant, without its fields."""
    if isinstance(value, str):
        return [part.strip() for part, *_ in string.Formatter().parse(value)]
    inside = value.values() if isinstance(value, dict) else value
    return [text for one in inside for text in texts(one)]


SENTENCES = {text for name, value in vars(words).items() if name.isupper() for text in texts(value)}


def said(world: World, strategy: str, language: Language) -> tuple[str, str]:
    """The page to print, and all cells of the spreadsheet."""
    with spoken(language):
        orders = orders_of(world, strategy)
        page, book = html(orders).decode(), load_workbook(BytesIO(spreadsheet(orders)))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    return page.replace("&#39;", "'"), "\n".join(cells)


@pytest.fixture(scope="module")
def indonesian(riot_world: World) -> tuple[str, str]:
    return said(riot_world, "forward_reserve", Language.INDONESIAN)


def test_orders_in_indonesian_have_no_english_sentence(riot_world: World, indonesian: tuple[str, str]) -> None:
    english = said(riot_world, "forward_reserve", Language.ENGLISH)
    for before, after in zip(english, indonesian, strict=True):
        seen = [text for text in SENTENCES if len(text) > _SHORT and text in before]
        assert len(seen) > 25 and [text for text in seen if text in after] == []


def test_numbers_times_and_names_are_indonesian(indonesian: tuple[str, str]) -> None:
    page, cells = indonesian
    assert 'lang="id"' in page and "10.109 pemilih terdaftar" in page and "208.094" in page and "07.25" in page
    for text in (page, cells):
        for name in ("kurang rawan", "sepeda motor", "Brimob", "TNI", "cuaca 'kering'", "kurang rawan/13"):
            assert name in text
        assert "very_high" not in text and "motorcycle" not in text


def test_a_post_is_called_by_its_class_or_its_own_name() -> None:
    assert [post(name) for name in ("very_high/3", "low/13", "Pos Pasar", "north/1", "")] == [
        "very high/3", "low/13", "Pos Pasar", "north/1", "",
    ]  # fmt: skip
    with spoken(Language.INDONESIAN):
        assert post("very_high/3") == f"{names.VULNERABILITY['very_high']}/3" == "sangat rawan/3"
