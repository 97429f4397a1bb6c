from __future__ import annotations

import re
from functools import cache
from html import unescape
from pathlib import Path

import pytest

from sim.errors import UserError
from sim.exercise.quick import page as made
from sim.exercise.quick import telling
from sim.exercise.quick.answer import Answered
from sim.exercise.quick.card import draw_card
from sim.exercise.quick.deal import deal
from sim.words.language import Language, spoken
from tests.exercise.quick._helping import answered, small, usual


@cache
def some(count: int) -> list[Answered]:
    return [answered(deal(usual(), draw_card(usual(), number)), 2) for number in range(count)]


def page(count: int) -> str:
    return made.cards_page(usual(), some(count), "simulate exercise quick --cards 5")


@pytest.mark.parametrize("language", Language)
def test_every_card_has_a_front_and_a_back(language: Language) -> None:
    with spoken(language):
        text = page(5)
        assert f'<html lang="{language.value}">' in text
        assert text.count('class="card front"') == text.count('class="card back"') == 5
        for one in some(5):
            assert one.dealt.text in unescape(text)


def test_backs_lie_behind_their_fronts_when_the_paper_is_flipped_on_its_long_edge() -> None:
    sheets = page(5).split('<div class="sheet">')[1:]
    assert len(sheets) == 4
    numbers = [[int(n) for n in re.findall(r"<h2>(?:<span>)?Card (\d+)", sheet)] for sheet in sheets]
    assert numbers == [[0, 1, 2, 3], [1, 0, 3, 2], [4], [4]]
    assert sheets[3].index('<div class="card"></div>') < sheets[3].index("card back")  # an empty place before it


def test_a_front_says_nothing_of_the_answer() -> None:
    fronts = page(5).split('<div class="sheet">')[1]
    for one in some(4):
        assert telling.title(one) not in unescape(fronts)
        assert "better" not in fronts


def test_names_of_a_strangers_region_are_text() -> None:
    world = small("region.title='<b>Contoh</b>'", "kinds.riot.title='<i>Ribut</i>'")
    text = made.cards_page(world, [answered(deal(world, draw_card(world, 5, "riot")), 2)], "x")
    assert "<b>Contoh" not in text
    assert "<i>Ribut" not in text
    assert "&lt;i&gt;Ribut" in text


def test_the_page_loads_nothing() -> None:
    assert not re.search(r"(src|href|url\()", page(1))


def test_an_edited_page_is_not_written_over(tmp_path: Path) -> None:
    file = tmp_path / "cards.html"
    made.write_page("one", file)
    made.write_page("two", file)
    assert file.read_text() == "two"
    file.write_text("mine")
    with pytest.raises(UserError, match="edited"):
        made.write_page("three", file)
    assert file.read_text() == "mine"


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot be written"):
        made.write_page("one", tmp_path / "file" / "cards.html")


@pytest.mark.parametrize("count", [0, -1, made.MOST_CARDS + 1])
def test_a_number_of_cards_that_cannot_be_is_refused(count: int) -> None:
    with pytest.raises(UserError, match=rf"cards = {count}: a whole number from 1 to 100"):
        made.answer_all(usual(), 0, count)
